"""Bands: groups of inspection frameworks that judge the same thing, so that figures of one never mix with another's.

An officer holds reports of several inspectorates. Each framework belongs to one band, by a line in its file
(`band = "SEND"`). A file may name a band of its own (`band = "police"`), which is kept apart in the same way. The
latest grade, counts, changes and the usual pair to compare are taken within one band, and that is social care unless a
person asks for another.
"""

from __future__ import annotations

from collections.abc import Iterable

SOCIAL_CARE = "social care"
"""The default band."""

BANDS = (SOCIAL_CARE, "SEND", "multi-agency", "youth justice", "adults")
"""The known bands, in the order in which they are shown. A framework file may name another."""

UNKNOWN = "unknown"
"""The band of inspections whose framework file is not loaded any more. No framework file may name it."""

BAND_NAMES = {
    SOCIAL_CARE: "Social care",
    "SEND": "SEND",
    "multi-agency": "Multi-agency",
    "youth justice": "Youth justice",
    "adults": "Adults",
    UNKNOWN: "Unknown framework",
}
"""The name of each band at the start of a line."""


_TYPING_ERRORS = 2
_SHORT = 5


def band_name(band: str) -> str:
    """Return the name of a band at the start of a line: "Social care", "Police"."""
    return BAND_NAMES.get(band, f"{band[:1].upper()}{band[1:]}")


def band_order(band: str) -> tuple[int, str]:
    """Return a sort key for bands: the known ones, then those of a user's own files by name, then the unknown one."""
    return (BANDS.index(band) if band in BANDS else len(BANDS) + (band == UNKNOWN)), band


def near_band(band: str, known: Iterable[str]) -> str | None:
    """Return the known band that a name is a misspelling of, or None: "Social-care" is "social care"."""
    from rapidfuzz.distance import OSA

    typed = _folded(band)
    distances = {each: OSA.distance(typed, _folded(each)) for each in known if each != band}
    nearest = min(distances, key=lambda each: distances[each], default=None)
    allowed = 1 if len(typed) <= _SHORT else _TYPING_ERRORS
    return nearest if nearest is not None and distances[nearest] <= allowed else None


def _folded(band: str) -> str:
    return "".join(letter for letter in band.casefold() if letter.isalpha())
