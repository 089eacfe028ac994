"""Shells complete commands, authorities, inspections and cohorts, and pay for no more than they ask."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from store import Store
from tests.making.events import BARNET, reading
from tui.cli import main


def completed(*typed: str) -> list[str]:
    """What may stand in place of the last word."""
    found = ShellComplete(main, {}, "reinspect", "_REINSPECT_COMPLETE").get_completions(list(typed[:-1]), typed[-1])
    return [item.value for item in found]


def test_commands_are_completed() -> None:
    assert completed("ti") == ["timeline"]


@pytest.mark.parametrize("command", ["list", "timeline", "follow", "phrases", "fetch"])
def test_authorities_are_completed_wherever_one_is_asked_for(command: str) -> None:
    assert completed(command, "cam") == ["cambridgeshire", "camden"]


@pytest.mark.parametrize("command", ["show", "compare", "edit"])
def test_inspections_are_completed_by_id(command: str) -> None:
    assert completed(command, "camden-2022") == ["camden-2022-04-25-ilacs"]


def test_after_a_colon_stand_the_years_in_which_the_authority_was_graded() -> None:
    assert completed("compare", "camden:2017", "camden:20") == ["camden:2017", "camden:2022", "camden:2025"]


def test_a_cohort_is_completed_part_by_part() -> None:
    assert completed("list", "--cohort", "re") == ["region:"]
    assert completed("list", "--cohort", "region:Lon") == ["region:London"]
    assert "grade:leaders=outstanding" in completed("list", "--cohort", "grade:lea")
    assert completed("list", "--cohort", "region:London+neighbours:camd") == ["region:London+neighbours:camden"]


def test_an_inspection_that_only_the_store_knows_is_completed_from_it(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    store = Store.open(folder)
    (added,) = store.add([reading(("A page of ours",), "city-of-london", BARNET)])
    assert added.inspection is not None
    assert completed("--store", str(folder), "show", added.inspection[:-2]) == [added.inspection]


def test_no_store_is_made_for_a_completion(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    assert completed("--store", str(folder), "show", "nowhere") == []
    assert not folder.exists()


@pytest.fixture
def on_path(tmp_path: Path) -> dict[str, str]:
    """An environment in which `reinspect` is this program."""
    program = tmp_path / "bin" / "reinspect"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nfrom tui.cli import main\n\nmain()\n")
    program.chmod(0o755)
    root = str(Path(__file__).parents[2])
    return {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "PYTHONPATH": root}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("reinspect timeline camd", "camden"),
        # bash itself keeps what stands before a colon or an equals sign.
        ("reinspect compare camden:2017 camden:202", "2022 2025"),
        ("reinspect list --cohort grade:leaders=outs", "outstanding"),
        ("reinspect list --cohort neigh", "neighbours:"),
    ],
)
def test_bash_completes(typed: str, answer: str, on_path: dict[str, str]) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    script = f"""eval "$(reinspect completion bash)"
compopt() {{ :; }}  # only a real completion has options
COMP_LINE='{typed}' COMP_POINT={len(typed)}
_reinspect_completion reinspect
echo "${{COMPREPLY[*]}}" """
    done = subprocess.run([bash, "-c", script], env=on_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == answer, done.stderr


@pytest.mark.parametrize(
    ("shell", "script"),
    [
        (
            "zsh",
            "autoload -Uz compinit; compinit -u -D; {source}; (( $+functions[_reinspect_completion] )) && echo whole",
        ),
        ("fish", '{source}; complete -C "reinspect timeline camd" | string match -q "camden*"; and echo whole'),
    ],
)
def test_other_shells_take_what_is_printed_for_them(shell: str, script: str, on_path: dict[str, str]) -> None:
    source = CliRunner().invoke(main, ["completion", shell]).stdout
    assert f"_REINSPECT_COMPLETE={shell}_complete" in source
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    whole = script.replace("{source}", source)
    done = subprocess.run([program, "-c", whole], env=on_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("whole"), done.stderr
