"""The file that `-o` names: its ending chooses the format, an unknown ending is refused, and its mode stays."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from reinspect.errors import ReinspectError
from tests.tui.cli.conftest import Run
from tui.streams import FORMAT_OF_SUFFIX, format_by_name

UNKNOWN = ["t.xls", "t.doc", "t.docm", "t.pdf", "t.odt", "t.png", "t.txt.gz", "t", "t."]


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_ending_of_a_format_that_is_not_written_is_refused_with_the_list(
    run: Run, tmp_path: Path, name: str
) -> None:
    result = run("timeline", "camden", "-o", tmp_path / name)
    assert result.exit_code == 2
    assert all(ending in result.stderr for ending in FORMAT_OF_SUFFIX)
    assert "written" not in result.stderr
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("command", ["list", "search plans", "compare camden:2017 camden:2022", "basket", "phrases"])
def test_every_command_refuses_such_an_ending(run: Run, tmp_path: Path, command: str) -> None:
    assert run(*command.split(), "-o", tmp_path / "t.pdf").exit_code == 2
    assert not (tmp_path / "t.pdf").exists()


def test_a_chosen_format_is_written_under_any_name(run: Run, tmp_path: Path) -> None:
    assert run("list", "camden", "--format", "csv", "-o", tmp_path / "camden.data").exit_code == 0
    assert (tmp_path / "camden.data").read_text("utf-8-sig") == run("list", "camden", "--format", "csv").stdout.lstrip(
        "\ufeff"
    )


@pytest.mark.parametrize(("name", "form"), [("t", "text"), ("T.HTM", "html"), ("a.b.md", "md"), (".csv", "text")])
def test_the_ending_chooses_the_format(name: str, form: str) -> None:
    assert format_by_name(Path(name)) == form


def test_an_unknown_ending_names_itself() -> None:
    with pytest.raises(ReinspectError, match=r"does not write \.rtf files"):
        format_by_name(Path("t.rtf"))


@pytest.mark.skipif(os.name == "nt", reason="this system has neither modes nor named pipes")
def test_an_export_over_a_file_keeps_its_mode_and_a_pipe_stays(run: Run, tmp_path: Path) -> None:
    file, pipe = tmp_path / "camden.txt", tmp_path / "pipe"
    file.write_text("before")
    file.chmod(0o644)
    os.mkfifo(pipe)
    assert run("timeline", "camden", "--force", "-o", file).exit_code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    for command in (("timeline", "camden", "--force", "-o", pipe), ("backup", "--force", pipe)):
        result = run(*command)
        assert result.exit_code != 0
        assert "nothing reads from this pipe" in result.stderr
    assert pipe.is_fifo()
