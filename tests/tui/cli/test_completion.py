"""Shells complete commands, authorities, inspections and cohorts, and pay for no more than they ask."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from reinspect.answers.scope import find_cohort
from reinspect.comparing.cohorts.cohort import CohortError
from store import Store
from tests.making.events import BARNET, reading
from tui.cli.main import main


def completed(*typed: str) -> list[str]:
    """Return the words that may replace the last one."""
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


@pytest.mark.parametrize("command", ["list", "compare", "phrases", "search"])
def test_every_kind_of_cohort_that_is_understood_is_completed(command: str, store: Store) -> None:
    with pytest.raises(CohortError) as fault:
        find_cohort(store, "nothing:of the kind")
    kinds = [kind for kind in completed(command, "--cohort", "") if kind != "all"]
    assert f"is not one of {', '.join(kinds)}" in str(fault.value)


@pytest.mark.parametrize("begun", ["region:", "framework:", "grade:leaders", "since:", "moved:help=good>", "camden"])
def test_every_cohort_that_is_completed_is_understood(begun: str, store: Store) -> None:
    for whole in completed("list", "--cohort", begun):
        try:
            find_cohort(store, whole)
        except CohortError as nobody:
            assert "no authority is in every part" in str(nobody)


def test_a_move_is_completed_from_its_strand_to_the_grade_before_and_the_grade_after() -> None:
    assert completed("compare", "--cohort", "mov") == ["moved:"]
    assert completed("compare", "--cohort", "moved:ov") == ["moved:overall="]
    assert "moved:overall=requires improvement>" in completed("compare", "--cohort", "moved:overall=")
    assert completed("list", "--cohort", "moved:overall=ri>go") == ["moved:overall=ri>good"]


def test_an_authority_is_a_cohort_too() -> None:
    assert completed("phrases", "--cohort", "camd") == ["camden"]
    assert completed("phrases", "--cohort", "camden,enf") == ["camden,enfield"]


def test_a_cohort_is_completed_part_by_part() -> None:
    assert completed("list", "--cohort", "reg") == ["region:"]
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
    program.write_text(f"#!{sys.executable}\nfrom tui.cli.main import main\n\nmain()\n")
    program.chmod(0o755)
    root = str(Path(__file__).parents[3])
    return {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "PYTHONPATH": root}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("reinspect timeline camd", "camden"),
        # bash itself keeps what stands before a colon or an equals sign.
        ("reinspect compare camden:2017 camden:202", "2022 2025"),
        ("reinspect list --cohort grade:leaders=outs", "outstanding"),
        ("reinspect list --cohort neigh", "neighbours:"),
        ("reinspect list --cohort=region:Lond", "London"),
        # What would end a word or lead into a file is quoted, unless the person has begun to.
        ("reinspect list --cohort region:South", r"South\ East South\ West"),
        (r"reinspect list --cohort region:South\ W", r"South\ West"),
        ('reinspect list --cohort "region:South W', "region:South West"),
        ("reinspect compare --cohort mov", "moved:"),
        (r"reinspect compare --cohort moved:overall=ri\>go", r"ri\>good"),
        ("reinspect compare --cohort 'moved:overall=ri>go", "moved:overall=ri>good"),
    ],
)
def test_bash_completes(typed: str, answer: str, on_path: dict[str, str]) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    script = f"""eval "$(reinspect completion bash)"
compopt() {{ :; }}  # only a real completion has options
COMP_LINE={shlex.quote(typed)} COMP_POINT={len(typed)}
_reinspect_completion reinspect
echo "${{COMPREPLY[*]}}" """
    done = subprocess.run([bash, "-c", script], env=on_path, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == answer, done.stderr


# Each is handed the line as it hands a line on itself; what it would offer is printed.
_ASKED = {
    "zsh": "autoload -Uz compinit; compinit -u -D; {source}; compadd() {{ print -l -- $completions }}; "
    "_describe() {{ print -l -- ${{completions_with_descriptions%%:*}} }}; "
    "words=({words}) CURRENT=${{#words}}; _reinspect_completion",
    "fish": "{source}; complete -C {line}",
}


@pytest.mark.parametrize("shell", _ASKED)
@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (["timeline", "camd"], "camden"),
        (["list", "--cohort", "mov"], "moved:"),
        (["list", "--cohort", "'moved:overall=ri>go"], "moved:overall=ri>good"),
        (["compare", "--cohort", "'region:South W"], "region:South West"),
    ],
)
def test_other_shells_complete_the_same(shell: str, typed: list[str], answer: str, on_path: dict[str, str]) -> None:
    source = CliRunner().invoke(main, ["completion", shell]).stdout
    assert f"_REINSPECT_COMPLETE={shell}_complete" in source
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    line = ["reinspect", *typed]
    asked = _ASKED[shell].format(
        source=source, words=" ".join(map(shlex.quote, line)), line=_quoted_for_fish(" ".join(line))
    )
    done = subprocess.run([program, "-c", asked], env=on_path, capture_output=True, text=True, check=False)
    assert done.stdout.split("\t")[0].strip() == answer, done.stderr


def _quoted_for_fish(line: str) -> str:
    return "'" + line.replace("\\", "\\\\").replace("'", "\\'") + "'"
