"""Notes about single pages: what could not be read of a page, or was left out of its text."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

_MOST_LISTED = 10
_VERBS = ("could not", "may be")


class PageNote(msgspec.Struct, frozen=True):
    """A note about one page (numbered from 1); `doubtful` if text of the page may be missing or wrong."""

    page: int
    what: str
    doubtful: bool = False


def write_notes(notes: Iterable[PageNote | str]) -> tuple[str, ...]:
    """Return notes as sentences; pages with the same note share a sentence.

    [PageNote(2, "a picture"), PageNote(5, "a picture")]  -> ("pages 2, 5: a picture",)
    """
    pages: dict[str, list[int]] = {}
    for note in notes:
        if isinstance(note, PageNote):
            pages.setdefault(note.what, []).append(note.page)
        else:
            pages.setdefault(note, [])
    return tuple(_sentence(what, numbers) for what, numbers in pages.items())


def _sentence(what: str, numbers: list[int]) -> str:
    if not numbers:
        return what
    listed = ", ".join(map(str, numbers[:_MOST_LISTED])) + (" and others" if len(numbers) > _MOST_LISTED else "")
    named = f"page {listed}" if len(numbers) == 1 else f"pages {listed}"
    return f"{named} {what}" if what.startswith(_VERBS) else f"{named}: {what}"
