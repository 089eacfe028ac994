"""Snapshots of the panes: without colour, with a light theme, at 60, 80, 120 and 200 columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from textual.pilot import Pilot

from store import Store
from tui.app.app import ReinspectApp
from tui.app.store_handle import StoreHandle

Compares = Callable[..., bool]


class SameDay(date):
    """A calendar on which it is always the same day, so that no grade grows older."""

    @classmethod
    def today(cls) -> SameDay:
        return cls(2026, 8, 20)


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """No tester's terminal and no newer record may change a picture."""
    for name in ("NO_COLOR", "COLORTERM", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(StoreHandle, "as_of", lambda _: date(2026, 8, 20))


def after(*keys: str, theme: str | None = None) -> Callable[[Pilot[int]], object]:
    async def act(pilot: Pilot[int]) -> None:
        from tests.making.person import Person

        person = Person(pilot)
        await person.waits()
        if theme:
            pilot.app.theme = theme
        await person.presses(*keys)

    return act


def test_the_timeline_without_colour_at_80_columns(
    snap_compare: Compares, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(ReinspectApp(lambda: store), terminal_size=(80, 24), run_before=after("left"))


def test_a_comparison_on_a_light_ground_at_120_columns(snap_compare: Compares, store: Store) -> None:
    light = after("2", theme="textual-light")
    assert snap_compare(ReinspectApp(lambda: store), terminal_size=(120, 40), run_before=light)


def test_a_search_at_60_columns(snap_compare: Compares, store: Store) -> None:
    search = after("slash", *"oversight", "enter")
    assert snap_compare(ReinspectApp(lambda: store), terminal_size=(60, 24), run_before=search)


def test_the_reader_at_a_passage(snap_compare: Compares, store: Store) -> None:
    opened = after("enter")
    assert snap_compare(ReinspectApp(lambda: store), terminal_size=(80, 24), run_before=opened)


def test_the_timeline_with_a_group_at_200_columns(snap_compare: Compares, store: Store) -> None:
    grouped = after("f", *"barnet", "enter", "down", "down")
    assert snap_compare(ReinspectApp(lambda: store), terminal_size=(200, 50), run_before=grouped)


def test_authorities_on_a_light_ground_at_160_columns(
    snap_compare: Compares, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.app.panes.authorities.date", SameDay)
    listed = after("5", theme="reinspect-light")
    assert snap_compare(ReinspectApp(lambda: store), terminal_size=(160, 40), run_before=listed)
