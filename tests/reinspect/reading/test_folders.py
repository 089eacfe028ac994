"""Finding the files to read in given paths, and the reasons for the skipped ones."""

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
    names = [str(entry.path.relative_to(reports)) for entry in walk([reports])]
    assert names == ["a.PDF", "b.pdf", "camden/letter.docx", "camden/notes.md", "page.htm", "page.html", "text.txt"]


def test_a_file_named_twice_is_listed_once(reports: Path) -> None:
    entries = walk([reports / "b.pdf", reports, reports / "camden" / ".." / "b.pdf"])
    assert len(entries) == 7
    assert entries[0] == FolderEntry(reports / "b.pdf")


def test_a_path_given_by_name_is_never_skipped(tmp_path: Path) -> None:
    named = [tmp_path / "missing.pdf", tmp_path / "grades.csv", Path("nul\0.pdf")]
    assert walk(named) == [FolderEntry(path) for path in named]


def test_a_file_that_is_skipped_in_a_folder_is_read_if_it_is_named(reports: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(b"words")
    hidden = reports / ".hidden.pdf"
    hidden.write_bytes(b"words")
    (reports / "link.pdf").symlink_to(outside)
    entries = walk([reports, hidden, outside])
    assert [entry for entry in entries if entry.path in (hidden, outside)] == [
        FolderEntry(hidden),
        FolderEntry(outside),
    ]
    assert not any(entry.skipped for entry in entries)


def test_entries_that_cannot_be_documents_are_skipped_with_a_reason(reports: Path, tmp_path: Path) -> None:
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
    skipped = {entry.path.name: entry.skipped for entry in walk([reports]) if entry.skipped}
    assert skipped == {
        "grades.csv": "unknown file type (.csv)",
        "README": "unknown file type (no suffix)",
        ".git": "hidden",
        "~$letter.docx": "hidden",
        "out.txt": "a link to outside the folder",
        "up": "a link to outside the folder",
        "gone.txt": "a link to a missing file",
        "loop": "a link to a folder",
        "pipe.pdf": "a device or a pipe, not a file",
    }


def test_a_link_within_the_folder_is_followed_once(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("words")
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    assert walk([tmp_path]) == [FolderEntry(tmp_path / "a.txt")]


def test_links_that_lead_to_each_other_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert all(entry.skipped for entry in walk([tmp_path]))


def test_a_file_that_is_too_large_is_skipped(reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "LARGEST_FILE", 2)
    assert {entry.skipped for entry in walk([reports])} == {"larger than 0 MB"}


def test_folders_below_the_deepest_level_are_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "DEEPEST", 2)
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "shallow.txt").write_text("words")
    (tmp_path / "a" / "b" / "deep.txt").write_text("words")
    assert walk([tmp_path]) == [
        FolderEntry(tmp_path / "a" / "b", "more than 2 folders deep"),
        FolderEntry(tmp_path / "a" / "shallow.txt"),
    ]


def test_an_empty_folder_has_no_entries(tmp_path: Path) -> None:
    assert walk([tmp_path]) == []
