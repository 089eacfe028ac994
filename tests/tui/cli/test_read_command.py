"""`reinspect read` prints what files say, and the reason where they say nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.making.printed import printed_objects
from tui.cli.main import main


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text("The council has written a plain note.\n\nIt names no inspection.")
    return path


def read(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["read", *map(str, arguments)])


def test_a_file_is_one_json_object_on_one_line(note: Path) -> None:
    result = read("--json", note, note)
    assert result.exit_code == 0
    said = printed_objects(result.stdout)
    assert [each["file"] for each in said] == [str(note), str(note)]
    assert said[0]["schema"] == 2
    assert said[0]["judgements"] == []
    assert said[0]["framework"] is None


def test_a_file_that_cannot_be_read_is_told_with_its_reason(note: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    result = read("--json", note, empty)
    assert result.exit_code == 3
    good, bad = printed_objects(result.stdout)
    assert good["reason"] is None
    assert bad["kind"] == "unreadable"
    assert bad["reason"] in result.stderr


def test_a_path_that_does_not_exist_is_a_slip_where_it_stands_alone(note: Path, tmp_path: Path) -> None:
    missing = tmp_path / "gone.pdf"
    assert read(missing).exit_code == 2
    assert read(note, missing).exit_code == 3


def test_words_for_a_person_stand_on_stdout_and_reasons_on_stderr(note: Path, tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_text("<html><body>Not found</body></html>")
    result = read(note, tmp_path / "page.pdf")
    assert "note" in result.stdout
    assert "page.pdf" not in result.stdout
    assert result.stderr.count("\n") == 1


def test_a_file_name_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    evil = tmp_path / "a\x1b]0;b\x07.txt"
    evil.write_text("Plain words in a strangely named file.")
    for arguments in ([evil], ["--json", evil]):
        assert "\x1b" not in read(*arguments).output


def test_a_file_that_may_not_be_read_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch, note: Path) -> None:
    # Root may read every file, so the test denies it: then the reader, and not the command line, gives the reason.
    monkeypatch.setattr("os.access", lambda *_, **__: False)
    result = read(note, note.parent / "none.txt")
    assert result.exit_code == 3
    assert "not readable" not in result.stderr
    assert "Kind: other" in result.stdout


def test_a_folder_that_may_not_be_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("os.access", lambda *_, **__: False)
    result = read(tmp_path)
    assert result.exit_code == 2
    assert f"the folder '{tmp_path}' is not readable." in " ".join(result.stderr.split())
