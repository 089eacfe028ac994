"""Printed dates: visit windows in every shape the reports use, and single dates.

Shapes counted in domain.md 3 and focused_visit_letters.md "Dates". What a page leaves out (a month, a year) is
taken from what stands after it in the same expression, never from outside the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from reinspect.model import Window

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}

_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_WEEKDAY = r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_DAY = (
    rf"(?:the\s+)?{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"(?:\s*(?:of\s+)?(?P<month>{_MONTH}))?(?:,?\s*(?P<year>(?:19|20)\d{{2}})(?!\d))?"
)
_NUMERIC = r"(?P<numeric>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})|\d{1,2}(?P<dot>[.-])\d{1,2}(?P=dot)(?:19|20)\d{2})(?!\d)"
_ITEM = re.compile(rf"{_NUMERIC}|{_DAY}", re.IGNORECASE)
_CONNECTOR = re.compile(r"\s*(?:(?P<range>to|until|through|[-–—‒−])|(?P<list>,\s*and|and|&|,|;|/))\s*", re.IGNORECASE)
_BEFORE_DAYS = re.compile(r"\s*(between|from|on)\s+", re.IGNORECASE)
_SINGLE = re.compile(rf"(?<!\d){_NUMERIC}|(?<![\d/]){_DAY}", re.IGNORECASE)


class _Part(msgspec.Struct):
    day: int
    month: int | None
    year: int | None
    ranged: bool
    """Whether a range runs from the part before to this one."""


def windows_at(text: str, at: int) -> tuple[tuple[Window, ...], int]:
    """The visit windows printed from a place on, and where the expression ends; empty where none can be read.

    Runs of neighbouring days are one window; a gap begins another. "between 3 and 4 March" is a range.
    """
    opening = _BEFORE_DAYS.match(text, at)
    between = bool(opening and opening[1].lower() == "between")
    parts, end = _parts(text, opening.end() if opening else at, between)
    return _windows(parts), end


def _parts(text: str, at: int, between: bool) -> tuple[list[_Part], int]:
    parts: list[_Part] = []
    ranged = False
    end = at
    while item := _ITEM.match(text, at):
        part = _part(item, ranged)
        if part is None:
            break
        parts.append(part)
        end = item.end()
        connector = _CONNECTOR.match(text, end)
        if connector is None:
            break
        ranged = bool(connector["range"]) or (between and len(parts) == 1)
        at = connector.end()
    while len(parts) > 1 and parts[-1].month is None and parts[-1].year is None:
        parts.pop()  # a number that is no day: "12 September 2018, and 3 inspectors"
    return parts, end


def _part(item: re.Match[str], ranged: bool) -> _Part | None:
    if item["numeric"]:
        day, month, year = (int(piece) for piece in re.split(r"[/.-]", item["numeric"]))
        return _Part(day, month, year + 2000 if year < 100 else year, ranged)
    month_name = (item["month"] or "").lower().rstrip(".")
    day = int(item["day"])
    if not 1 <= day <= 31:
        return None
    return _Part(day, MONTHS.get(month_name), int(item["year"]) if item["year"] else None, ranged)


def _windows(parts: Sequence[_Part]) -> tuple[Window, ...]:
    days = _dated(parts)
    if not days:
        return ()
    windows: list[Window] = []
    for part, day in zip(parts, days, strict=True):
        if windows and (part.ranged or day - windows[-1].end <= timedelta(1)):
            windows[-1] = Window(windows[-1].start, day)
        else:
            windows.append(Window(day, day))
    return tuple(windows)


def _dated(parts: Sequence[_Part]) -> list[date]:
    """Each part as a date, month and year filled from the right; empty where a year is nowhere printed.

    A range that would run backwards crosses a new year ("14 December to 8 January 2021"). A range that prints its year
    with the first day alone ("28 January 2019 to 1 February") ends in that year.
    """
    month = year = None
    if len(parts) == 2 and parts[1].ranged and parts[1].month:
        year = parts[0].year
    found: list[date] = []
    for part in reversed(parts):
        month = part.month or month
        year = part.year or year
        if month is None or year is None:
            return []
        try:
            day = date(year, month, part.day)
            if found and day > found[0] and part.year is None:
                year -= 1
                day = date(year, month, part.day)
        except ValueError:
            return []
        found.insert(0, day)
    return found if found == sorted(found) else []


def date_at(text: str, at: int) -> tuple[date | None, int]:
    """One full date printed at a place (day, month and year), and where it ends."""
    item = _ITEM.match(text, at)
    if item is None:
        return None, at
    part = _part(item, ranged=False)
    if part is None or part.month is None or part.year is None:
        return None, at
    try:
        return date(part.year, part.month, part.day), item.end()
    except ValueError:
        return None, at


def dates_in(text: str) -> list[tuple[date, int, int]]:
    """Every full date in a text with its span, in order."""
    found = []
    for item in _SINGLE.finditer(text):
        day, end = date_at(text, item.start())
        if day is not None:
            found.append((day, item.start(), end))
    return found


def coarse_dates_in(text: str) -> tuple[str, ...]:
    """Dates that a text names, as coarse as it names them: "2018-06-08", "2017-11", "2009"; in order, each once."""
    found: list[tuple[int, str]] = [(start, day.isoformat()) for day, start, _ in dates_in(text)]
    covered = [(start, end) for _, start, end in dates_in(text)]

    def free(at: int) -> bool:
        return not any(start <= at < end for start, end in covered)

    for named in re.finditer(rf"\b({_MONTH})\s+((?:19|20)\d\d)\b", text, re.IGNORECASE):
        if free(named.start()):
            found.append((named.start(), f"{named[2]}-{MONTHS[named[1].lower().rstrip('.')]:02d}"))
            covered.append(named.span())
    found += [(year.start(), year[0]) for year in re.finditer(r"\b20[0-3]\d\b", text) if free(year.start())]
    return tuple(dict.fromkeys(value for _, value in sorted(found)))
