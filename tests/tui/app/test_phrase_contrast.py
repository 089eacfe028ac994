"""Phrases that differ before and after a move, and between a group and all others, from the Authorities pane."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reinspect.answers import Library
from reinspect.answers.contrast import find_contrast_of_moves
from reinspect.authorities import authorities
from reinspect.record import Record, RecordedInspection
from store import Store
from tests.making.events import graded, reading
from tests.making.person import person_at, told
from tui.app.app import ReinspectApp

BEFORE, AFTER = "Paper files go missing in the old registry.", "Warm family hubs welcome young carers."
COMMON = "Visits to children are written down."
MOVERS = ("barnet", "kent", "leeds", "norfolk")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with two reports of each mover, and two of Camden, which was always good."""
    empty = Record(as_of=date(2026, 8, 20), authorities=authorities().all(), inspections=())
    store = Store.open(tmp_path / "store", record=empty)
    events = [(slug, *event) for slug in MOVERS for event in (("inadequate", 2019, BEFORE), ("good", 2021, AFTER))]
    events += [("camden", "good", 2019, "The yard is swept."), ("camden", "good", 2021, "The gate is mended.")]
    store.add(
        [
            reading(
                ("Overall: as printed", f"{sentence}\n{COMMON}\nThis is report {year}."),
                slug,
                graded("ilacs-2018", date(year, 5, 13), date(year, 5, 17), overall=grade, leaders=grade),
            )
            for slug, grade, year, sentence in events
        ]
    )
    return store


def test_texts_before_a_move_are_compared_with_those_after_it(store: Store) -> None:
    answer = Library(store).contrast_moves("moved:overall=inadequate>good")
    assert [len(texts) for texts in answer.documents] == [4, 4]
    before, after = ({phrase.phrase for phrase in side} for side in answer.phrases)
    assert "paper files" in before and "paper files" not in after
    assert "family hubs welcome young carers" in after and not any("hubs" in phrase for phrase in before)
    assert answer.group_a == "4 authorities before moving from inadequate to good or better on overall"


def test_only_the_named_movers_count(store: Store) -> None:
    answer = find_contrast_of_moves(store, "moved:overall=inadequate>good", {"kent", "leeds"}, minimum=2, limit=40)
    assert [len(texts) for texts in answer.documents] == [2, 2]


def test_a_group_is_compared_with_all_other_texts(store: Store) -> None:
    answer = Library(store).contrast_with_others("camden")
    assert [len(texts) for texts in answer.documents] == [2, 8]
    assert "family hubs welcome young carers" in {phrase.phrase for phrase in answer.phrases[1]}


def test_a_mover_without_a_text_is_not_counted(store: Store) -> None:
    moved = [
        graded("ilacs-2018", date(y, 6, 3), date(y, 6, 7), overall=g) for y, g in ((2019, "inadequate"), (2021, "good"))
    ]
    store.import_csv(
        [
            RecordedInspection(id=f"york-{y}-06-03-ilacs", authority="york", facts=f)
            for y, f in zip((2019, 2021), moved, strict=True)
        ]
    )
    answer = Library(store).contrast_moves("moved:overall=inadequate>good")
    assert answer.group_a.startswith("4 authorities before moving")


def test_a_group_of_another_band_is_compared_within_its_band(store: Store) -> None:
    store.add(
        [
            reading(
                ("The partnership plans early.",), slug, graded("area-send-2023", date(2024, 3, 4), date(2024, 3, 8))
            )
            for slug in ("leeds", "york")
        ]
    )
    own, others = Library(store).contrast_with_others("framework:area-send-2023").documents
    assert len(own) == 2
    assert len(others) == 0


async def test_d_in_movers_shows_the_phrases_and_esc_leads_back(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5", "m")
        assert person.sees_in_line("d Phrases", "? Help")
        await person.presses("d")
        assert person.sees_in_line("Compared: [before and after]", "all others")
        assert person.sees_in_line("Before, 4 texts: 4 authorities before moving from")
        assert person.sees_in_line("paper files", "4 of 4", "0 of 4")
        assert person.sees_in_line("family hubs welcome", "0 of 4", "4 of 4")
        await person.presses("w")
        assert person.sees_in_line("[all others]")
        assert person.sees_in_line("Group, 8 texts: authorities that moved from inadequate to good")
        await person.presses("escape")
        assert person.sees_in_line("4 moves (4 direct)")


async def test_the_sentences_of_a_phrase_are_those_of_its_own_side(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5", "m", "d", "enter")
        assert person.sees_in_line("Sentences (4)")
        assert person.sees_in_line("Paper files go missing")
        await person.presses("enter")
        assert person.sees_in_line("ILACS inspection 13-17 May 2019", "page 2 of 2")


async def test_a_group_is_compared_with_another_group(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("f")
        await person.types("camden")
        await person.presses("enter", "5", "slash")
        await person.types("grade:overall=good")
        await person.presses("enter", "d", "w")
        assert person.sees_in_line("[the group]")
        assert person.sees_in_line("other group, 0 texts: Camden", "Group, 8 texts")


async def test_without_movers_or_a_group_the_key_says_what_to_choose(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5", "d")
        assert told(app).startswith("Phrases are compared for movers (m) or for a group")
