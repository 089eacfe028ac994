"""The command line as a whole: its faults end in one line and a code, and nothing unsafe reaches the terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import util
from importlib.machinery import ModuleSpec
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from reinspect import __version__
from reinspect.errors import StoreLockedError
from tui.cli import main as cli_main
from tui.cli.commands import read
from tui.cli.main import main


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner()


def fails_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(read, "read_with_progress", fail)


def test_version_is_a_constant(runner: CliRunner) -> None:
    result = runner.invoke(main, ["--version"])
    assert result.stdout == f"reinspect {__version__}\n"


def test_help_names_every_command_and_the_exit_codes(runner: CliRunner) -> None:
    shown = runner.invoke(main, ["--help"]).stdout
    commands = main.list_commands(click.Context(main))
    assert all(f"\n  {name} " in shown for name in commands)
    assert "4 the store is in use by another process" in shown


def test_every_command_explains_itself(runner: CliRunner) -> None:
    for name in main.list_commands(click.Context(main)):
        result = runner.invoke(main, [name, "--help"])
        assert result.exit_code == 0
        assert len(result.stdout.splitlines()) > 4


def test_a_mistyped_command_is_met_with_the_nearest(runner: CliRunner) -> None:
    result = runner.invoke(main, ["timelin"])
    assert result.exit_code == 2
    assert "Did you mean 'timeline'?" in result.stderr


def test_an_explained_error_is_one_line_and_its_own_exit_code(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_with(monkeypatch, StoreLockedError("held by another process"))
    result = runner.invoke(main, ["read", "x.pdf"])
    assert result.exit_code == 4
    assert result.stderr == "reinspect: held by another process\n"
    assert result.stdout == ""


def test_an_unexpected_error_is_one_line_that_says_where_to_report(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_with(monkeypatch, RuntimeError("broken\x1b[2J"))
    result = runner.invoke(main, ["read", "x.pdf"])
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "report" in result.stderr
    assert "\x1b" not in result.stderr


def test_interruption_ends_with_130(runner: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    fails_with(monkeypatch, KeyboardInterrupt())
    assert runner.invoke(main, ["read", "x.pdf"]).exit_code == 130


def test_control_bytes_in_arguments_do_not_reach_the_terminal(runner: CliRunner, tmp_path: Path) -> None:
    for arguments in (
        ["\x1b]0;title\x07"],
        ["--\x1b[2J"],
        ["undo", "\x1b[2J"],
        ["read", "\x1b[2J.pdf"],
        ["--store", str(tmp_path), "timeline", "\x9b2J"],
    ):
        result = runner.invoke(main, arguments)
        assert result.exit_code == 2
        assert not {character for character in result.output if not character.isprintable()} - {"\n"}


def every_command() -> Iterator[click.Context]:
    """Yield every command and subcommand with its context."""
    waiting = [click.Context(main, info_name="reinspect")]
    while waiting:
        context = waiting.pop()
        yield context
        if isinstance(context.command, click.Group):
            for name in context.command.list_commands(context):
                command = context.command.get_command(context, name)
                assert command is not None
                waiting.append(click.Context(command, info_name=name, parent=context))


def test_the_help_groups_the_commands_and_cuts_no_summary_at_80_columns(runner: CliRunner) -> None:
    text = runner.invoke(main, ["--help"], terminal_width=80).output
    for section in ("History and comparison", "Phrases", "Your reports", "Export", "Store", "Settings"):
        assert f"\n{section}:\n" in text
    assert "..." not in text.replace("[ARGS]...", "")
    assert max(map(len, text.splitlines())) <= 80


def test_the_help_of_every_command_has_an_example() -> None:
    assert [each.command_path for each in every_command() if "Example" not in (each.command.help or "")] == []


def test_a_pipe_that_closes_early_ends_in_silence(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing of note stands here.")
    files = f"'{tmp_path}/a.txt' " * 3
    command = f"'{sys.executable}' -c 'from tui.cli.main import main; main()' read --json {files} | head -c 1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert done.returncode in {0, 141}
    assert done.stderr == ""


def test_a_stranger_called_store_is_refused(runner: CliRunner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stranger = ModuleSpec("store", None, origin=str(tmp_path / "store" / "__init__.py"))
    monkeypatch.setattr(cli_main, "find_spec", lambda name: stranger if name == "store" else util.find_spec(name))
    result = runner.invoke(main, ["read", "x.pdf"])
    assert result.exit_code == 1
    assert "not part of this program" in result.stderr
    assert str(tmp_path) in result.stderr


def test_a_stranger_that_overwrote_the_package_is_refused(runner: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_main, "_OURS", b"A part of " + b"something else")
    result = runner.invoke(main, ["read", "x.pdf"])
    assert result.exit_code == 1
    assert 'the package "store" is not part of this program' in result.stderr


def test_a_stranger_that_overwrote_or_deleted_a_module_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    ours = tmp_path / "store" / "lock.py"
    ours.write_text("ours")
    assert cli_main.overwritten_module(tmp_path) is None
    installed = tmp_path / f"reinspect-{__version__}.dist-info"
    installed.mkdir()
    (installed / "RECORD").write_text(
        'reinspect/model.py,sha256=x,999\nstore/lock.py,sha256=x,4\nstore/fetching/client.py,sha256=x,9\n"RECORD",,\n'
    )
    assert cli_main.overwritten_module(tmp_path) is None
    ours.write_text("a stranger's")
    assert cli_main.overwritten_module(tmp_path) == "store/lock.py"
    ours.unlink()
    assert cli_main.overwritten_module(tmp_path) == "store/lock.py"


def test_an_overwritten_module_ends_every_command_with_its_path(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_main, "overwritten_module", lambda home: "store/lock.py")
    result = runner.invoke(main, ["about"])
    assert result.exit_code == 1
    assert "lock.py was overwritten" in result.stderr


class _System:
    """`os` of another system."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __getattr__(self, name: str) -> object:
        return getattr(os, name)


@pytest.mark.parametrize(("system", "number", "code"), [("nt", 22, 141), ("nt", 28, 1), ("posix", 22, 1)])
def test_a_pipe_that_closes_early_on_windows_ends_in_silence_too(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch, system: str, number: int, code: int
) -> None:
    def refuse() -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr(cli_main, "os", _System(system))
    monkeypatch.setattr(cli_main, "_drop_unwritten_output", lambda: None)
    monkeypatch.setattr(cli_main.Commands, "get_command", lambda *_: click.Command("about", callback=refuse))
    result = runner.invoke(main, ["about"])
    assert result.exit_code == code
    assert ("refused" in result.stderr) == (code == 1)


def test_without_a_terminal_the_app_says_what_to_run_instead(runner: CliRunner, tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", "from tui.cli.main import main; main()", "--store", str(tmp_path)],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert result.returncode == 2
    assert "reinspect timeline" in result.stderr


def test_the_program_runs_as_a_module_of_python() -> None:
    result = subprocess.run([sys.executable, "-m", "tui", "--help"], capture_output=True, text=True, check=False)
    assert result.returncode == 0
    assert result.stdout.startswith("Usage: reinspect ")
