"""Which files are read from what a person names, and the word on those that are not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reinspect.reading import folders
from reinspect.reading.folders import FolderEntry, walk


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    (folder / "camden").mkdir(parents=True)
    for name in ["b.pdf", "a.PDF", "camden/letter.docx", "camden/notes.md", "page.htm", "page.html", "text.txt"]:
        (folder / name).write_bytes(b"words")
    return folder


def test_a_folder_is_read_in_sorted_order(reports: Path) -> None:
    names = [str(found.path.relative_to(reports)) for found in walk([reports])]
    assert names == ["a.PDF", "b.pdf", "camden/letter.docx", "camden/notes.md", "page.htm", "page.html", "text.txt"]


def test_each_file_is_found_once_however_often_it_is_named(reports: Path) -> None:
    found = walk([reports / "b.pdf", reports, reports / "camden" / ".." / "b.pdf"])
    assert len(found) == 7
    assert found[0] == FolderEntry(reports / "b.pdf")


def test_what_is_named_is_always_tried(tmp_path: Path) -> None:
    named = [tmp_path / "missing.pdf", tmp_path / "grades.csv", Path("nul\0.pdf")]
    assert walk(named) == [FolderEntry(path) for path in named]


def test_what_cannot_be_a_document_is_passed_over_with_a_word(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("outside")
    (reports / "grades.csv").write_text("strand")
    (reports / "README").write_text("about")
    (reports / ".git").mkdir()
    (reports / "~$letter.docx").write_text("lock")
    (reports / "out.txt").symlink_to(tmp_path / "secret.txt")
    (reports / "up").symlink_to(tmp_path)
    (reports / "gone.txt").symlink_to(reports / "nowhere.txt")
    (reports / "loop").symlink_to(reports)
    os.mkfifo(reports / "pipe.pdf")
    skipped = {found.path.name: found.skipped for found in walk([reports]) if found.skipped}
    assert skipped == {
        "grades.csv": "of a type not known here (.csv)",
        "README": "of a type not known here (no suffix)",
        ".git": "hidden",
        "~$letter.docx": "hidden",
        "out.txt": "a link that leads out of the folder",
        "up": "a link that leads out of the folder",
        "gone.txt": "a link to nothing",
        "loop": "a link to a folder",
        "pipe.pdf": "a device or a pipe, not a file",
    }


def test_a_link_within_the_folder_is_followed_once(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("words")
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    assert walk([tmp_path]) == [FolderEntry(tmp_path / "a.txt")]


def test_a_ring_of_links_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert all(found.skipped for found in walk([tmp_path]))


def test_a_file_that_is_too_large_is_passed_over(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "LARGEST_FILE", 2)
    assert {found.skipped for found in walk([reports])} == {"larger than 0 MB"}


def test_a_walk_goes_only_so_deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "DEEPEST", 2)
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "shallow.txt").write_text("words")
    (tmp_path / "a" / "b" / "deep.txt").write_text("words")
    assert walk([tmp_path]) == [
        FolderEntry(tmp_path / "a" / "b", "more than 2 folders deep"),
        FolderEntry(tmp_path / "a" / "shallow.txt"),
    ]


def test_an_empty_folder_comes_to_nothing(tmp_path: Path) -> None:
    assert walk([tmp_path]) == []
