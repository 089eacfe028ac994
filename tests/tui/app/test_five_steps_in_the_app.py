"""A framework of another inspectorate with five steps, in every pane of the app."""

from __future__ import annotations

import pytest

from reinspect.reading.documents import read_pages
from store import Store
from tests.making.frameworks import POLICE, UseFrameworks, police_report, use_frameworks
from tests.making.person import person_at
from tests.making.readings import sha_of
from tui.app.app import ReinspectApp
from tui.app.panes.timeline import TimelinePane
from tui.last_session import LastSession
from tui.selection import Location, Selection

__all__ = ["use_frameworks"]
EARLIER, LATER = "camden-2021-06-07-police", "camden-2023-06-05-police"


@pytest.fixture
def police_store(store: Store, use_frameworks: UseFrameworks) -> Store:
    """The store of the app with two reports on the police of Camden, from the best of five grades to the worst."""
    use_frameworks(POLICE)
    for when, overall in (("7 to 11 June 2021", "Outstanding"), ("5 to 9 June 2023", "Inadequate")):
        page = "\n".join(police_report(when, overall))
        store.add([read_pages((page,), sha256=sha_of(when), title="police", file="police.txt")])
    return store


def app_at(store: Store, pane: str) -> ReinspectApp:
    selection = Selection(authority="camden", a=EARLIER, b=LATER)
    return ReinspectApp(lambda: store, session=LastSession(location=Location(pane=pane, selection=selection)))


async def test_a_timeline_names_the_strands_of_another_band(police_store: Store) -> None:
    async with person_at(app_at(police_store, "Timeline"), 150, 60) as person:
        assert person.sees_in_line("Police: The police inspectorate")
        assert person.sees_in_line("5-9 June 2023", "Patrols good", "Chiefs requires improvement")
        assert person.sees_in_line("whole force inadequate; 1 to improve")


async def test_a_comparison_says_how_many_of_five_steps_a_grade_fell(police_store: Store) -> None:
    async with person_at(app_at(police_store, "Compare"), 160, 60) as person:
        assert person.sees_in_line("The whole force", "Outstanding", "Inadequate", "declined, four grades down")
        assert not person.sees_in_line("K12")


async def test_every_pane_opens_with_such_reports(police_store: Store) -> None:
    async with person_at(app_at(police_store, "Timeline"), 120, 40) as person:
        for key in ("1", "2", "3", "4", "5", "6"):
            await person.presses(key, "down")
            assert person.sees_in_line("1 Timeline", "6 Basket")


async def test_a_history_without_social_care_may_follow_before_the_chart_is_drawn_again(store: Store) -> None:
    async with person_at(ReinspectApp(lambda: store), 120, 40) as person:
        (pane,) = person.app.screen.query(TimelinePane)
        pane._events = ()
        pane._fill()
        assert person.sees_in_line("1 Timeline")
