"""Brackets in a report are shown unchanged: reading them as markup would lose words, run actions or crash the app."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.events import Paste
from textual.widgets import Static

import tui
from reinspect.model import Correction, Improvement
from reinspect.record import Record, RecordedInspection
from store import Store
from tests.making.events import ILACS_2022, ILACS_2025, VISIT, reading
from tests.making.person import Person, person_at, told
from tui.app.app import ReinspectApp
from tui.app.widgets.notice import Notice
from tui.app.widgets.panel import set_frame

BRACKETS = ("[/]", "[sic]", "[@click=app.quit]x[/]", "[/Annex]", "[link=http://a]b", "[b $primary]", "\\[x")
LINE = " ".join(BRACKETS)
EVENT, VISITED = "camden-2025-03-03-ilacs", "camden-2018-05-15-focused-visit"


@pytest.fixture
def store(tmp_path: Path, record: Record) -> Store:
    """A store with brackets in every text field."""
    named = replace(ILACS_2025, improvements=(Improvement(index=1, text=f"zebra {LINE}"),), lead_inspector=LINE)
    letter = replace(VISIT, topics=(LINE,), improvements=(Improvement(index=1, text=f"zebra {LINE}"),))
    pages = (f"Grades below zebra {LINE}\nA second zebra {LINE} here.",)
    told = [reading(pages, "camden", named), reading((f"Dear zebra {LINE}\nMore.",), "camden", letter, kind="letter")]
    told += [reading((f"Grades zebra {LINE}\nA third zebra.",), "camden", ILACS_2022)]
    told = [replace(each, document=replace(each.document, title=LINE, source=LINE)) for each in told]
    strange = RecordedInspection(id="[/]-2020", authority="[/]", facts=replace(ILACS_2022, published=date(2020, 1, 1)))
    store = Store.open(tmp_path / "store", record=replace(record, inspections=(*record.inspections, strange)))
    store.add(told)
    store.correct(VISITED, Correction(field="topics", value=f"by hand {LINE}"))
    return store


def shown(seen: str) -> bool:
    """Return whether all brackets are on the screen, across line ends too."""
    words = "".join(seen.split())
    return all(bracket.replace(" ", "") in words for bracket in BRACKETS)


async def pastes(person: Person, words: str) -> None:
    """Paste a text as a terminal does."""
    person.app.post_message(Paste(words))
    await person.waits()


async def test_the_timeline_shows_brackets_unchanged(app: ReinspectApp) -> None:
    async with person_at(app, 160, 45) as person:
        assert shown(person.sees)
        await person.presses("left", "left")
        assert shown(person.sees)


async def test_compare_and_its_citations_show_brackets_unchanged(app: ReinspectApp) -> None:
    async with person_at(app, 160, 60) as person:
        await person.presses("2")
        assert shown(person.sees)


async def test_passages_side_by_side_show_brackets_unchanged(app: ReinspectApp) -> None:
    async with person_at(app, 200, 60) as person:
        await person.presses("2", "n", "F", "n")
        assert shown(person.sees)
        assert "[@click=app.quit]x[/]" in person.sees


async def test_recommendations_show_brackets_unchanged(app: ReinspectApp) -> None:
    async with person_at(app, 200, 60) as person:
        await person.presses("3")
        assert shown(person.sees)
        await person.presses("F", "o", "v")
        assert app.is_running


async def test_frames_and_the_first_line_show_a_hostile_group_unchanged(app: ReinspectApp) -> None:
    async with person_at(app, 160, 45) as person:
        await person.presses("f")
        await pastes(person, LINE)
        await person.presses("enter")
        assert "Not accepted: group" in person.sees
        await person.presses("escape", "5", "slash")
        await pastes(person, f"moved:{LINE}")
        await person.presses("enter", "m", "m")
        assert app.is_running
        frame = Static()
        set_frame(frame, LINE, LINE)
        assert str(frame._border_title) == LINE


async def test_the_reader_shows_brackets_in_title_and_pages_and_finds_them(app: ReinspectApp) -> None:
    async with person_at(app, 160, 45) as person:
        await person.presses("enter")
        assert person.sees.count("[@click=app.quit]x[/]") >= 2
        await person.presses("slash")
        await pastes(person, "[sic]")
        assert "found" in person.sees


async def test_brackets_can_be_searched(app: ReinspectApp) -> None:
    async with person_at(app, 160, 45) as person:
        await person.presses("3", "slash")
        await pastes(person, "zebra")
        assert shown(person.sees)
        await pastes(person, f" {LINE}")
        assert app.is_running
        await person.presses("enter", "escape")
        assert "[@click=app.quit]x[/]" in person.sees


async def test_pins_show_brackets_unchanged(app: ReinspectApp) -> None:
    async with person_at(app, 160, 45) as person:
        await person.presses("3", "slash")
        await pastes(person, "zebra")
        await person.presses("enter", "p")
        await person.presses("5")
        assert "[sic]" in person.sees or "basket" in person.sees.lower()


async def test_notices_errors_and_dialogs_show_brackets_unchanged(app: ReinspectApp, tmp_path: Path) -> None:
    async with person_at(app, 160, 45) as person:
        app.screen.query_one(Notice).say_error(LINE)
        await person.waits()
        assert shown(person.sees)
        app.notify(LINE, title=LINE, markup=False)
        await person.waits()
        await person.presses("A")
        await pastes(person, "/none/[sic][/]")
        await person.presses("enter")
        assert "There is no file or folder /none/[sic][/]." in person.sees
        await person.presses("escape", "e")
        await person.presses("ctrl+u")
        await pastes(person, "/none/[sic][/].txt")
        await person.presses("enter")
        assert "Cannot write this file" in person.sees
        await person.presses("escape", "a")
        await pastes(person, "[/]")
        assert "Choose an authority" in person.sees
        await person.presses("escape", "4")
        await person.presses("slash")
        await pastes(person, "[/b]")
        assert app.is_running


async def test_the_palette_opens_where_the_home_folder_has_brackets_in_its_name(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / LINE / "config.toml"
    monkeypatch.setattr("tui.app.app.settings_file", lambda: file)
    async with person_at(app, 160, 45) as person:
        await person.presses("ctrl+p")
        await person.types("settings where")
        await person.presses("enter")
        assert app.is_running
        assert str(file) in told(app)


async def test_links_in_a_report_cannot_be_clicked(app: ReinspectApp) -> None:
    async with person_at(app, 160, 45) as person:
        for y, line in enumerate(person.sees.split("\n")):
            at = line.find("[@click=app.quit]")
            if at >= 0:
                style = app.screen.get_style_at(at + 17, y)
                assert "@click" not in style.meta, "a click would run what the report says"
        assert "[@click=app.quit]" in person.sees


def test_no_widget_reads_its_text_as_markup() -> None:
    """A `Static`, `Label`, list or toast has markup=False or a `Content`, which is never read as markup."""
    wordy = {"Static", "Label", "OptionList", "SelectionList", "Button", "Checkbox", "RadioButton", "Collapsible"}
    careless = []
    for path in sorted(Path(tui.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                plain = any(word.arg == "markup" and ast.unparse(word.value) == "False" for word in node.keywords)
                content = node.args and ast.unparse(node.args[0]).startswith("Content")
                if (name in wordy or name == "notify") and not plain and not content:
                    careless.append(f"{path.name}:{node.lineno} {ast.unparse(node)[:60]}")
    assert careless == []
