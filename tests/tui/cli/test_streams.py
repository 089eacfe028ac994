"""Commands whose output nobody takes, and names that are none: one line that says so, and nothing done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from store import Store
from tui.cli.main import main

PROGRAM = [sys.executable, "-c", "from tui.cli.main import main; main(prog_name='reinspect')"]
FULL = Path("/dev/full")
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
"""The environment of a plain shell, where Python keeps output back until it ends."""


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full here")
@pytest.mark.parametrize("words", [["--help"], ["--version"], ["list", "--help"], ["list"], ["list", "--json"]])
def test_a_disk_that_is_full_behind_the_output_is_said_to_be_so(store: Store, words: list[str]) -> None:
    with FULL.open("w") as full:
        ended = subprocess.run(
            [*PROGRAM, "--store", str(store.folder), *words],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=BUFFERED,
        )
    assert ended.returncode == 1
    assert "No space left on device" in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert "fault of reinspect" not in ended.stderr


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full here")
@pytest.mark.parametrize(
    ("words", "code"), [("list", 0), ("check", 0), ("read nosuch", 2), ("bogus", 1), ("--help", 0)]
)
def test_messages_that_nobody_can_get_change_no_exit_code(store: Store, words: str, code: int) -> None:
    with FULL.open("w") as full:
        command = [*PROGRAM, "--store", str(store.folder), *words.split()]
        ended = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=full, check=False, env=BUFFERED)
    assert ended.returncode == code


@pytest.mark.skipif(os.name == "nt", reason="a shell of another kind")
@pytest.mark.parametrize("words", ["--help", "--version", "list --help", "list"])
def test_a_reader_that_leaves_early_ends_the_command_in_silence(store: Store, words: str) -> None:
    command = [*PROGRAM, "--store", str(store.folder), *words.split()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=BUFFERED) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(os.name == "nt", reason="a shell of another kind")
@pytest.mark.parametrize(("closed", "prints"), [(">&-", False), ("2>&-", True), ("<&-", True), (">&- 2>&- <&-", False)])
def test_a_stream_that_is_closed_is_no_fault(store: Store, closed: str, prints: bool) -> None:
    command = ["sh", "-c", f'"$@" {closed}', "sh", *PROGRAM, "--store", str(store.folder), "list"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ("inspections" in ended.stdout) == prints


@pytest.mark.parametrize(
    "words", [["--store", "", "list"], ["add", ""], ["read", ""], ["backup", ""], ["list", "-o", ""]], ids=" ".join
)
def test_an_empty_name_is_not_the_folder_one_is_in(
    store: Store, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    (here / "report.txt").write_text("Words that nobody asked to be taken in.")
    monkeypatch.chdir(here)
    held = len(store.stored_documents())
    ended = CliRunner(env={"REINSPECT_STORE": str(store.folder)}).invoke(main, words)
    assert ended.exit_code == 2
    assert "the name is empty" in ended.stderr
    store.refresh()
    assert len(store.stored_documents()) == held
    assert [path.name for path in here.iterdir()] == ["report.txt"]


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="this system has no names for open streams")
@pytest.mark.parametrize("stream", ["/dev/stdout", "/dev/fd/1"])
@pytest.mark.parametrize("force", [[], ["--force"]], ids=" ".join)
@pytest.mark.parametrize(("words", "start"), [(["list", "-o"], b"Inspections"), (["backup"], b"PK")], ids=str)
def test_the_name_of_an_open_stream_may_be_given_for_a_file(
    store: Store, words: list[str], start: bytes, force: list[str], stream: str
) -> None:
    command = [*PROGRAM, "--store", str(store.folder), *words, stream, *force]
    ended = subprocess.run(command, capture_output=True, check=False)
    assert (ended.returncode, ended.stderr.decode()) == (0, f"written: {stream}\n")
    assert ended.stdout.startswith(start)


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="this system has no names for open streams")
def test_a_stream_that_leads_into_a_file_is_added_to_that_file(store: Store, tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    log.write_text("before\n")
    command = [*PROGRAM, "--store", str(store.folder), "list", "-o", "/dev/stdout", "--force"]
    with log.open("a") as end:
        assert subprocess.run(command, stdout=end, check=False).returncode == 0
    assert log.read_text("utf-8").startswith("before\nInspections")
