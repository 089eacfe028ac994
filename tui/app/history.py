"""Where a person has been, to go back and forward through, and where they left off."""

from __future__ import annotations

import os
from collections.abc import Hashable
from hashlib import sha256
from pathlib import Path

import msgspec

from tui.selection import Selection

_MOST = 200
_FOR_ALL = "left-off.json"


class Location(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A pane (its title) and what was looked at in it."""

    pane: str = ""
    selection: Selection = Selection()

    @property
    def _what(self) -> Hashable:
        """What makes it another place: moving a cursor does not, nor does a pair that the pane does not show."""
        chosen = self.selection
        pair = (chosen.a, chosen.b) if self.pane == "Compare" else None
        return (self.pane, chosen.authority, chosen.cohort, pair)

    def is_like(self, other: Location) -> bool:
        """Whether they are the same place, but for where the cursor stands."""
        return self._what == other._what


class History:
    """Places one after another, and the one where the person is."""

    def __init__(self) -> None:
        self._places: list[Location] = []
        self._here = -1

    @property
    def here(self) -> Location:
        """Where the person is; nowhere before the first step."""
        return self._places[self._here] if self._places else Location()

    def go(self, place: Location) -> None:
        """Go on to a place; what lay ahead is forgotten. A place like the present one takes its place."""
        if self._places and place.is_like(self.here):
            self._places[self._here] = place
            return
        self._places = [*self._places[: self._here + 1], place][-_MOST:]
        self._here = len(self._places) - 1

    def can_step(self, by: int) -> bool:
        """Whether there is a place that many steps on (or back, if negative)."""
        return 0 <= self._here + by < len(self._places)

    def step(self, by: int) -> Location:
        """Go there."""
        self._here += by
        return self.here


class LastSession(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the next start begins with: where the person was, and in which theme."""

    place: Location = Location()
    theme: str | None = None


def memory(folder: Path, store: Path) -> Path:
    """The file beside the settings (in `folder`) that keeps where a person left off in that store, and in no other."""
    return folder / "left-off" / f"{sha256(os.fsencode(store.resolve())).hexdigest()}.json"


def left_off(folder: Path, store: Path) -> LastSession:
    """What was kept there of that store, in the theme of all; the beginning where nothing can be read."""
    here, for_all = _read(memory(folder, store)), _read(folder / _FOR_ALL)
    return LastSession(place=here.place, theme=for_all.theme)


def keep(folder: Path, store: Path, left: LastSession) -> None:
    """Keep it for the next start. A disk that refuses costs no more than that."""
    file = memory(folder, store)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(msgspec.json.encode(LastSession(place=left.place)))
        (folder / _FOR_ALL).write_bytes(msgspec.json.encode(LastSession(theme=left.theme)))
    except OSError:
        return


def _read(file: Path) -> LastSession:
    try:
        return msgspec.json.decode(file.read_bytes(), type=LastSession)
    except (OSError, msgspec.MsgspecError, RecursionError):
        return LastSession()
