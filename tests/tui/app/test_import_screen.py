"""Adding files from inside the app, and the list of results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from textual.widgets import Input

from reinspect.model import Reading
from reinspect.reading.worker_pool import read_files
from store import Store
from tests.making.pdf import make_pdf
from tests.making.person import Person, person_at, told
from tests.making.reports import ilacs_2023
from tui.app.app import ReinspectApp
from tui.app.dialogs.add_files import AddDialog
from tui.app.main_screen import MainScreen
from tui.app.reader_screen import ReaderScreen

TEA = "The committee met and had tea. Nothing was inspected.\n" * 20
PIECE = (
    """Council praised

Inspectors have rated children's services in Camden as good. Ofsted visited the London Borough of Camden
from 4 to 8 March 2024, and its report was welcomed by the council's leader.
"""
    + "Families told this paper that they had been listened to. A spokesman said that more was to come.\n" * 20
)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A report, a press article about it, unrelated minutes, and two files that cannot be read."""
    folder = tmp_path / "papers"
    folder.mkdir()
    make_pdf(ilacs_2023(), folder / "report.pdf")
    (folder / "minutes.txt").write_text(TEA)
    (folder / "piece.txt").write_text(PIECE)
    (folder / "saved.pdf").write_text("<html>not found</html>")
    (folder / "music.mp3").write_bytes(b"la la")
    return folder


async def adds(person: Person, path: Path) -> None:
    await person.presses("A")
    person.app.screen.query_one("#path", Input).value = str(path)
    await person.presses("enter")


async def test_every_file_is_listed_with_its_inspection_or_the_reason_for_none(app: ReinspectApp, papers: Path) -> None:
    async with person_at(app, 120, 50) as person:
        await adds(person, papers)
        assert person.sees_in_line("report.pdf: report of Camden, ILACS inspection 4-8 March 2024")
        assert person.sees_in_line("piece.txt: press or council piece on Camden, ILACS inspection 4-8 March 2024")
        assert person.sees_in_line(
            "minutes.txt: document, not matched to an inspection: no authority was recognised in it"
        )
        assert "`reinspect attach" in person.sees
        assert person.sees_in_line("saved.pdf: not a PDF: a web page (HTML)")
        assert person.sees_in_line("music.mp3:")
        assert person.sees_in_line("Documents: ", "2 added", "1 unattached", "1 failed", "1 skipped")


async def test_a_file_already_in_the_store_names_its_inspection(app: ReinspectApp, papers: Path) -> None:
    async with person_at(app, 120, 40) as person:
        await adds(person, papers / "report.pdf")
        await person.presses("escape")
        await adds(person, papers / "report.pdf")
        assert person.sees_in_line("Already in the store: 1")
        assert person.sees_in_line("report.pdf: report of Camden, ILACS inspection 4-8 March 2024")


async def test_a_stored_file_is_not_read_again(
    app: ReinspectApp, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def recorded(files: Sequence[Path], jobs: int = 1) -> Iterator[Reading]:
        read.extend(file.name for file in files)
        return read_files(files, jobs)

    monkeypatch.setattr("store.file_import.read_files", recorded)
    async with person_at(app, 120, 40) as person:
        for _ in range(2):
            await adds(person, papers / "report.pdf")
            await person.presses("escape")
    assert read == ["report.pdf"]


async def test_capital_a_lists_the_files_again_after_the_notice_is_gone(app: ReinspectApp, papers: Path) -> None:
    async with person_at(app) as person:
        await adds(person, papers / "minutes.txt")
        await person.presses("escape")
        assert isinstance(app.screen, MainScreen)
        assert told(app) == "Documents: 1 unattached. Press A to see what happened to each file."
        await person.presses("escape")
        assert not person.sees_in_line("Documents:")
        await person.presses("A")
        assert person.sees_in_line("minutes.txt: document, not matched to an inspection")


async def test_enter_on_a_file_opens_it_and_escape_leads_back_to_the_list(app: ReinspectApp, papers: Path) -> None:
    async with person_at(app) as person:
        await adds(person, papers / "piece.txt")
        await person.presses("down", "enter")
        assert isinstance(app.screen, ReaderScreen)
        assert person.sees_in_line("Council praised")
        await person.presses("escape")
        assert isinstance(app.screen, AddDialog)
        await person.presses("escape")
        assert isinstance(app.screen, MainScreen)


async def test_a_path_that_does_not_exist_is_refused(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await adds(person, Path("/nowhere/at/all.pdf"))
        assert person.sees_in_line("There is no file or folder /nowhere/at/all.pdf.")
        await person.types("x")
        assert not person.sees_in_line("There is no file or folder")


# Notices disappear when they are outdated


@pytest.mark.parametrize("keys", [["2"], ["2", "H"], ["enter", "escape"]], ids=["pane", "back", "reader"])
async def test_a_notice_disappears_with_the_location_it_is_about(app: ReinspectApp, keys: list[str]) -> None:
    async with person_at(app) as person:
        await person.presses("p")
        assert person.sees_in_line("Added to basket (1)")
        await person.presses(*keys)
        assert not person.sees_in_line("Added to basket (1)")


async def test_a_notice_disappears_when_another_authority_is_chosen(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("y", "a")
        await person.types("barnet")
        await person.presses("enter")
        assert not person.sees_in_line("Copied")


async def test_a_notice_stays_while_only_the_cursor_moves(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("p", "left", "down")
        assert person.sees_in_line("Added to basket (1)")


async def test_a_notice_disappears_when_another_process_changes_the_store(app: ReinspectApp, store: Store) -> None:
    async with person_at(app) as person:
        await person.presses("p")
        Store.open(store.folder).basket.remove(1)
        assert isinstance(app.screen, MainScreen)
        await app.screen._poll_store().wait()
        await person.waits()
        assert not person.sees_in_line("Added to basket (1)")
