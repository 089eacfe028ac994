"""Copies and exports have what a pane shows: with the filter that is on, which the page names."""

from __future__ import annotations

from pathlib import Path

import pytest

from reinspect.exporting import render_sheet
from reinspect.model import SourceFacts
from store import Store
from tests.making.events import ILACS_2022, reading
from tests.making.person import Person, person_at
from tui.app.app import ReinspectApp
from tui.app.pane import Pane


def page_of(app: ReinspectApp, title: str) -> str:
    """Return what the pane of that title would export, as text."""
    answer = next(pane for pane in app.screen.query(Pane) if title == pane.TITLE).answer()
    assert answer is not None
    return render_sheet(answer.sheet(), "text", width=1000)


async def gives_verdict_on_first(person: Person) -> None:
    """Say that the recommendation under the cursor is reported better."""
    await person.presses("3", "v", "down", "enter")


async def test_recommendations_without_a_filter_are_exported_whole(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("3")
        page = page_of(app, "Recommendations")
        assert "Shown:" not in page
        assert "Order within" not in page
        assert "Raised again now" in page


async def test_filtered_recommendations_are_exported_alone_and_the_page_says_so(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with person_at(app, 120, 40) as person:
        await gives_verdict_on_first(person)
        await person.presses("F", "F", "e", "enter")
        page = (tmp_path / "camden-recommendations-better.txt").read_text("utf-8")
        assert (
            "Shown: 1 of 2 recommendations with a later text, those reported better when last inspected."
            in " ".join(page.split())
        )
        assert page.count("To improve, ") == 1
        assert "Raised again now" not in page


async def test_a_filter_that_leaves_no_recommendation_exports_none(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("3", "F", "F")
        page = page_of(app, "Recommendations")
        assert "Shown: 0 of 2 recommendations with a later text, those reported better when last inspected." in page
        assert "To improve\n----------\n\nNone.\n" in page


async def test_the_order_of_recommendations_is_that_of_the_export(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await gives_verdict_on_first(person)
        await person.presses("o")
        page = page_of(app, "Recommendations")
        assert "Order within each inspection: by latest status." in page
        assert "Shown:" not in page
        await person.presses("o", "o")
        assert "Order within" not in page_of(app, "Recommendations")


async def test_a_comparison_with_a_filter_exports_the_passages_on_that_strand(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("2")
        assert "Passages: those on" not in page_of(app, "Compare")
        await person.presses("down", "down", "F")
        page = page_of(app, "Compare")
        assert "Passages: those on Help and protection alone." in page
        assert "left out" not in page


async def test_themes_whose_name_is_typed_are_exported_alone(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5", "t", "slash")
        await person.types("oversight")
        await person.presses("enter")
        page = page_of(app, "Authorities")
        assert "themes with “oversight” in their name" in page


async def test_authorities_whose_name_is_typed_say_so_in_the_export(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5", "slash")
        await person.types("barnet")
        await person.presses("enter")
        assert '1 of 158 authorities by name; latest grades; with "barnet" in the name or region' in page_of(
            app, "Authorities"
        )


async def test_phrases_name_the_kind_of_text_that_they_are_limited_to(app: ReinspectApp, store: Store) -> None:
    letter = SourceFacts(framework="focused-visit", windows=ILACS_2022.windows)
    store.add([reading(("Dear director,\nOversight is weak.\nOversight is weak.",), "camden", letter, kind="letter")])
    async with person_at(app, 120, 40) as person:
        await person.presses("4", "slash")
        await person.types("oversight")
        await person.presses("enter", "F", "down", "down", "down", "right", "right", "enter")
        assert ", letters alone, of " in page_of(app, "Phrases")
