"""Inspections of other bands, such as SEND, in the app: below a timeline, and in Recommendations on request."""

from __future__ import annotations

import pytest

from reinspect.model import SourceFacts
from store import Store
from tests.making.area_send import send_front, send_lists
from tests.making.person import person_at
from tests.making.readings import sha_of
from tui.app.app import ReinspectApp


@pytest.fixture
def send(store: Store) -> SourceFacts:
    """An area SEND report of Camden of 2024 in the store of the app."""
    from reinspect.reading.documents import read_pages

    item = "Leaders should improve the oversight of records."
    pages = ("\n".join(send_front()), send_lists(improvements=f"{item}\n\n\nThey should share their plans."))
    reading = read_pages(pages, sha256=sha_of("send"), title="send", file="send.pdf")
    store.add([reading])
    return reading.facts


async def test_a_timeline_keeps_its_columns_and_lists_the_outcomes_of_other_bands(
    app: ReinspectApp, send: SourceFacts
) -> None:
    async with person_at(app, 120, 60) as person:
        assert person.sees_in_line("2017", "2018", "2022", "2025")
        assert not person.sees_in_line("2022", "2024", "2025")
        assert person.sees_in_line("SEND: Ofsted and CQC")
        assert person.sees_in_line("4-8 March 2024", "area SEND", "± inconsistent", "2 to improve")


async def test_compare_starts_with_the_latest_two_of_social_care(app: ReinspectApp, send: SourceFacts) -> None:
    async with person_at(app, 120, 60) as person:
        await person.presses("2")
        assert person.sees_in_line("A 2022", "B 2025")


async def test_follow_through_crosses_bands_only_on_request(app: ReinspectApp, send: SourceFacts) -> None:
    async with person_at(app, 120, 60) as person:
        await person.presses("3")
        assert person.sees_in_line("1. How often managers look")
        assert not person.sees_in_line("Area SEND 4-8 March 2024:")
        await person.presses("w")
        assert person.sees_in_line("Area SEND 4-8 March 2024:")
        await person.presses("w")
        assert not person.sees_in_line("Area SEND 4-8 March 2024:")


async def test_recurring_phrases_count_reports_on_social_care_and_a_search_looks_at_all(
    app: ReinspectApp, send: SourceFacts
) -> None:
    async with person_at(app, 120, 24) as person:
        await person.presses("4")
        assert person.sees_in_line("[Camden 3]", "3 of 4: one for each inspection of social care")
        await person.presses("slash")
        await person.types("oversight")
        assert person.sees_in_line("[Camden 4]")
        assert "one for each inspection" not in person.sees
