"""Bands: groups of inspection frameworks that judge the same thing, so that figures of one never mix with another's.

An officer holds reports of several inspectorates. Each framework belongs to one band, by a line in its file
(`band = "SEND"`). The latest grade, counts, changes and the usual pair to compare are taken within one band, and that
is social care unless a person asks for another.
"""

from __future__ import annotations

SOCIAL_CARE = "social care"
"""The default band."""

BANDS = (SOCIAL_CARE, "SEND", "multi-agency", "youth justice", "adults")
"""All bands, in the order in which they are shown."""

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


def band_order(band: str) -> int:
    """Return the place of a band in the order in which bands are shown; an unknown band comes last."""
    return BANDS.index(band) if band in BANDS else len(BANDS)
