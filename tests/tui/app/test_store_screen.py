"""Pinning, copying, exporting, correcting and undoing in the app."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from textual.widgets import Input

from reinspect.answers import Library
from store import Store
from tests.making.person import person_at, told
from tests.making.printed import printed_objects
from tui.app.app import ReinspectApp
from tui.app.clipboard import clipboard_sequence
from tui.app.reader_screen import ReaderScreen
from tui.app.widgets.notice import Notice

# The basket


async def test_p_pins_the_grade_under_the_cursor_with_its_citation(app: ReinspectApp, store: Store) -> None:
    async with person_at(app) as person:
        await person.presses("p")
        assert told(app).startswith("Added to basket (1)")
    (pin,) = Store.open(store.folder).pins()
    assert (pin.kind, pin.text) == ("row", "Overall: good")
    assert pin.citation == "Camden, ILACS inspection 3-7 March 2025, p. 1"


async def test_p_pins_a_line_below_the_table_without_its_number(app: ReinspectApp, store: Store) -> None:
    async with person_at(app) as person:
        await person.presses("tab", "n", "p")
    (pin,) = Store.open(store.folder).pins()
    assert (pin.kind, pin.text) == ("quote", "delay for children in pre-proceedings")
    assert pin.citation == "Camden, ILACS inspection 3-7 March 2025, p. 2, para 4"
    assert pin.inspection == "camden-2025-03-03-ilacs"


async def test_p_pins_a_sentence_that_was_found(app: ReinspectApp, store: Store) -> None:
    async with person_at(app) as person:
        await person.presses("slash")
        await person.types("steady")
        await person.presses("enter", "p", "6")
        assert person.sees_in_line("1. “Oversight by managers is steady.”")
        assert person.sees_in_line("Camden, ILACS inspection 3-7 March 2025, p. 2, para 3")


async def test_an_empty_basket_says_how_it_is_filled(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("6")
        assert person.sees_in_line("p in any pane pins what is under the cursor")
        await person.presses("delete")
        assert told(app).startswith("The basket is empty")


async def test_pins_are_moved_annotated_and_removed_and_u_undoes_it(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("p", "down", "p", "6", "J")
        assert person.sees_in_line("1. Leaders: outstanding")
        assert person.sees_in_line("2. Overall: good")
        await person.presses("i")
        await person.types("for item 7")
        await person.presses("enter")
        assert person.sees_in_line("Note: for item 7")
        await person.presses("delete")
        assert not person.sees_in_line("Overall: good", "2.")
        await person.presses("u")
        assert person.sees_in_line("2. Overall: good")


async def test_enter_on_a_pin_opens_its_source(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("p", "6", "enter")
        assert person.sees_in_line("▌ Grades below")


# The clipboard


async def test_y_copies_what_is_under_the_cursor_and_says_so(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("2", "y")
        assert told(app).startswith("Copied 1 line: “Overall: outstanding (2022), then good (2025): ...”")
    first, _, second = app.clipboard.partition(", and ")
    assert first.startswith("Overall: outstanding (2022), then good (2025): declined")
    assert "Camden, ILACS inspection 25-29 April 2022" in first
    assert second == "Camden, ILACS inspection 3-7 March 2025)"


async def test_capital_y_copies_the_whole_pane_and_says_how_many_lines(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("Y", "enter")
        lines = app.clipboard.rstrip("\n").split("\n")
        assert told(app).startswith(f"Copied {len(lines)} lines: Timeline")
    assert any("3-7 March 2025" in line for line in lines)


async def test_a_copy_is_also_written_to_a_file(store: Store, tmp_path: Path) -> None:
    kept = tmp_path / "settings" / "copied.txt"
    app = ReinspectApp(lambda: store, copy_file=kept)
    async with person_at(app) as person:
        await person.presses("y")
        assert told(app).endswith(f"Also in {kept}")
    assert kept.read_text("utf-8") == app.clipboard
    assert kept.stat().st_mode & 0o077 == 0


async def test_a_copy_in_the_reader_is_written_to_the_file_too(store: Store, tmp_path: Path) -> None:
    kept = tmp_path / "copied.txt"
    app = ReinspectApp(lambda: store, copy_file=kept)
    async with person_at(app) as person:
        await person.presses("y", "enter", "y")
        assert isinstance(app.screen, ReaderScreen)
        assert kept.read_text("utf-8") == app.clipboard
        await person.presses("Y")
        assert told(app).endswith(f"Also in {kept}")
        assert kept.read_text("utf-8") == app.clipboard


def test_the_clipboard_sequence_is_sent_twice_inside_tmux() -> None:
    encoded = base64.b64encode("p. 3 – good".encode()).decode()
    plain = f"\x1b]52;c;{encoded}\x07"
    assert clipboard_sequence("p. 3 – good", {}) == plain
    assert clipboard_sequence("p. 3 – good", {"TMUX": "/tmp/x"}) == f"{plain}\x1bPtmux;\x1b{plain}\x1b\\"


# Export


@pytest.mark.parametrize(
    ("ending", "beginning"), [("md", "# "), ("html", "<!DOCTYPE html>"), ("csv", "\ufeff"), ("json", '{"schema":2')]
)
async def test_the_suffix_of_the_name_chooses_the_format(
    app: ReinspectApp, tmp_path: Path, ending: str, beginning: str
) -> None:
    file = tmp_path / f"paper.{ending}"
    async with person_at(app) as person:
        await person.presses("2", "e")
        app.screen.query_one("#path", Input).value = str(file)
        await person.waits()
        await person.presses("enter")
    assert file.read_text("utf-8").casefold().startswith(beginning.casefold())


async def test_down_chooses_the_next_format_and_the_name_follows(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("e", "down")
        assert person.sees_in_line("text", "[Markdown]", "CSV", "JSON")
        assert person.sees_in_line("camden-timeline.md")
        assert person.sees_in_line("# ")


async def test_typing_replaces_the_suggested_name(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with person_at(app) as person:
        await person.presses("e")
        await person.types("paper.md")
        await person.presses("enter", "e", "down", "down")
        await person.types("page")
        await person.presses("enter")
        assert told(app) == f"Written to {tmp_path / 'page.html'}"
    assert sorted(each.name for each in tmp_path.glob("p*")) == ["page.html", "paper.md"]
    assert (tmp_path / "page.html").read_text("utf-8").startswith("<!DOCTYPE html>")


async def test_the_end_key_keeps_the_suggested_name_for_editing(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("e", "end", *["backspace"] * 4)
        await person.types("-2025.csv")
        assert person.sees_in_line("camden-timeline-2025.csv")


@pytest.mark.parametrize("pane", "123456")
async def test_every_pane_exports_json(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pane: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with person_at(app) as person:
        await person.presses("p", pane, "e", "up", "up", "enter")
    (file,) = tmp_path.glob("*.json")
    assert all(printed["schema"] == 2 for printed in printed_objects(file.read_text("utf-8")))


# Corrections


async def test_a_grade_is_corrected_by_hand_and_u_undoes_it(app: ReinspectApp) -> None:
    async with person_at(app, 80, 40) as person:
        await person.presses("E", "enter")
        await person.types("goood")
        await person.presses("enter")
        assert person.sees_in_line('Not accepted: "goood" is not a grade of ILACS')
        await person.presses(*["backspace"] * 5)
        await person.types("inadequate")
        await person.presses("enter")
        assert person.sees_in_line("> Overall", "■ Inadequate", "your correction")
        assert person.sees_in_line("Sources disagree on 1 field")
        assert person.sees_in_line("used: inadequate", "your correction")
        assert person.sees_in_line("other source: good", "report: A report of ours")
        await person.presses("u")
        assert told(app).startswith("Undone: correct judgement.overall")
        assert person.sees_in_line("Overall", "● Good", "p. 1")


async def test_undo_without_a_change_says_so(app: ReinspectApp) -> None:
    async with person_at(app) as person:
        await person.presses("u", "down", "enter", "u")
        assert "there is no change to undo" in told(app)


# Taking an import back


async def test_u_asks_before_it_removes_documents_and_keeps_them_by_default(app: ReinspectApp, store: Store) -> None:
    async with person_at(app) as person:
        await person.presses("u")
        assert person.sees_in_line("Undo: add 3 documents?")
        await person.presses("enter")
        assert len(store.stored_documents()) == 3
        await person.presses("u", "down", "enter")
        assert told(app) == "Undone: add 3 documents."
        assert store.stored_documents() == []


async def test_u_undoes_a_pin_without_asking(app: ReinspectApp, store: Store) -> None:
    async with person_at(app) as person:
        await person.presses("p", "u")
        assert told(app).startswith('Undone: pin "')
        assert store.pins() == ()


async def test_undoing_a_pin_refreshes_the_basket_only(app: ReinspectApp, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    follow = Library.follow
    monkeypatch.setattr(
        Library, "follow", lambda library, name, **how: asked.append(name) or follow(library, name, **how)
    )
    async with person_at(app) as person:
        await person.presses("3", "1")
        before = len(asked)
        await person.presses("p", "u", "3")
    assert len(asked) == before


async def test_a_long_error_message_is_shown_to_its_end(app: ReinspectApp) -> None:
    async with person_at(app, 60, 24) as person:
        app.screen.query_one(Notice).say_error(
            f"/{'a-long-name/' * 25}catalogue.json: damaged. `reinspect check` says more."
        )
        await person.waits()
        assert person.sees_in_line("more.")
