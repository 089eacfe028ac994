"""Read printed dates: single dates, and the days of a visit.

    "25-29 April 2022"                        one window, 25 to 29 April
    "between 3 and 4 March 2021"              one window: "between" makes "and" a range
    "4, 5 and 12 May 2021"                    two windows: 4 to 5 May, 12 May
    "14 December to 8 January 2021"           one window that crosses the new year
    "9 to 20/11/2023", "the 3rd of May 2022"  other forms

A window is a run of consecutive days. A month or year that is left out is taken from the next date of the same
expression, never from elsewhere on the page. The forms are those counted in some 860 reports and letters.
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
"""The number of each month, by its name and its abbreviations in small letters."""

_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})(?![^\W\d_])\.?"
_WEEKDAY = r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_DAY = (
    rf"(?:the\s+)?{_WEEKDAY}(?P<day>\d{{1,2}})(?:\s?(?:st|nd|rd|th)(?![^\W\d_]))?"
    rf"(?:\s*(?:of\s+)?(?P<month>{_MONTH}))?(?:,?\s*(?P<year>(?:19|20)\d{{2}})(?!\d))?"
    # A number within a word is not a day: "9" of "children9s", where a font has lost the apostrophe.
    r"(?!(?!(?:to|until|till|through|and)(?![^\W_]))[^\W_])"
)
_NUMERIC = (
    r"(?P<numeric>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})|\d{1,2}(?P<dot>[.-])\d{1,2}(?P=dot)(?:19|20)\d{2}"
    r"|(?:19|20)\d{2}-\d{2}-\d{2})(?!\d)"
)
_DASHES = "-‐‑‒–—―⁃−─━╌╍┄┅┈┉╴╶⎯⏤⸺⸻﹘﹣－ー˗‾¯~∼～〜→➔➜⟶⇒"  # dashes, and signs that stand for one
_DAY_AND_MONTH = (
    r"(?P<short>\d{1,2}[/.]\d{1,2})(?=\s*(?:to|until|till|through|"
    rf"[{_DASHES}])\s*\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2}})"
)
"""A date in digits that has its year from the next: "11/09 to 05/10/2017"."""
_DATE = re.compile(rf"{_NUMERIC}|{_DAY_AND_MONTH}|{_DAY}", re.IGNORECASE)
_CONNECTOR = re.compile(
    rf"\s*(?:(?P<range>(?:up\s+|through\s+)?(?:to|until|till)|through|(?:[{_DASHES}]\s*){{1,3}}>?)"
    r"|(?P<list>,\s*and|and|&|,|;|/))\s*",
    re.IGNORECASE,
)
_UNKNOWN_CONNECTOR = re.compile(
    rf"(?!\s*(?:{_MONTH}))(?:[^\w\n]|_|(?<![^\W\d_])[a-z]+(?![^\W\d_])){{1,8}}"
    rf"(?<![\d/])(?=(?:the\s+)?{_WEEKDAY}\d)"
)
"""Signs or a few small words that are printed between two dates and that are not known to join them in one way."""
_SENTENCE_END = re.compile(r"(?:^|[^\W\d_])[.?!][’”)]*\s")
_OTHER_DATE = re.compile(
    r"\b(?:inspection|inspected|published|publication|letter|report|visit|judged|last|previous|since|after|before|of)\b",
    re.IGNORECASE,
)
"""A word that shows that the date after it is that of something else."""
LONGEST_STAY = timedelta(100)
"""The longest time that inspectors stay, with some to spare; two dates further apart are not of one visit."""
_BEFORE_DAYS = re.compile(r"\s*(between|from|on)\s+", re.IGNORECASE)
_DATE_IN_TEXT = re.compile(rf"(?<!\d){_NUMERIC}|(?<![\d/]){_DAY}", re.IGNORECASE)
_MOST_DAYS = 31
_MONTH_AND_YEAR = re.compile(rf"\b({_MONTH})\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b20[0-3]\d\b")


class _DatePart(msgspec.Struct):
    """One date of a printed expression, such as "8 May 2021" in "4 to 8 May 2021".

    `ends_range` is true if the date ends a range, as in this example.
    """

    day: int
    month: int | None
    year: int | None
    ends_range: bool


def read_windows(text: str, start: int) -> tuple[tuple[Window, ...], int]:
    """Read the visit dates printed at an offset; return them as windows (runs of days), and the offset after them.

        "25-29 April 2022"      -> one window, 25 to 29 April 2022
        "4, 5 and 12 May 2021"  -> two windows, 4 to 5 May and 12 May 2021

    The tuple of windows is empty if no date can be read, or if an unknown sign or word joins it to another date: then
    the offset is the one after that date.
    """
    opening = _BEFORE_DAYS.match(text, start)
    between = bool(opening and opening[1].lower() == "between")
    parts, end = _read_parts(text, opening.end() if opening else start, between)
    windows = _join_windows(parts)
    unread = _unread_date_end(text, end, windows) if parts else None
    return (windows, end) if unread is None else ((), unread)


def _unread_date_end(text: str, start: int, windows: Sequence[Window]) -> int | None:
    """Return the offset after a date that follows others but is not joined to them in a known way, or None.

    `windows` are the days read from the dates before it; a date that is far from them is that of something else.
    """
    connector = _UNKNOWN_CONNECTOR.match(text, start)
    if connector is None or _OTHER_DATE.search(connector[0]) or _SENTENCE_END.search(connector[0]):
        return None
    following, end = _read_parts(text, connector.end(), between=False)
    # A number is a date only with its month: "3 to 7 March 2025 (5 days)".
    if not any(part.month for part in following):
        return None
    later = _join_windows(following)
    if windows and later and not timedelta(0) < later[0].start - windows[-1].end <= LONGEST_STAY:
        return None
    return end


def _read_parts(text: str, start: int, between: bool) -> tuple[list[_DatePart], int]:
    """Return the dates in a printed list or range, such as "4, 5 and 12 May 2021", and the offset after the last date.

    `between` is true after the word "between", where "and" makes a range.
    """
    parts: list[_DatePart] = []
    ends_range = False
    end = start
    while match := _DATE.match(text, start):
        part = _read_part(match, ends_range)
        if part is None:
            break
        parts.append(part)
        end = match.end()
        connector = _CONNECTOR.match(text, end)
        if connector is None:
            break
        ends_range = bool(connector["range"]) or (between and len(parts) == 1)
        start = connector.end()
    while len(parts) > 1 and parts[-1].month is None and parts[-1].year is None:
        parts.pop()  # a number that is not a day: "12 September 2018, and 3 inspectors"
    return parts, end


def _read_part(match: re.Match[str], ends_range: bool) -> _DatePart | None:
    """Return the date that was matched, or None if its number is not a day of a month."""
    if match["short"]:
        day, month = (int(piece) for piece in re.split(r"[/.]", match["short"]))
        return _DatePart(day, month, None, ends_range)
    if match["numeric"]:
        first, month, last = (int(piece) for piece in re.split(r"[/.-]", match["numeric"]))
        day, year = (last, first) if first > _MOST_DAYS else (first, last)  # "2017-09-11"
        return _DatePart(day, month, year + 2000 if year < 100 else year, ends_range)
    month_name = (match["month"] or "").lower().rstrip(".")
    day = int(match["day"])
    if not 1 <= day <= _MOST_DAYS:
        return None
    return _DatePart(day, MONTHS.get(month_name), int(match["year"]) if match["year"] else None, ends_range)


def _join_windows(parts: Sequence[_DatePart]) -> tuple[Window, ...]:
    """Join consecutive days and ranges into windows (runs of days)."""
    days = _complete_dates(parts)
    if not days:
        return ()
    windows: list[Window] = []
    for part, day in zip(parts, days, strict=True):
        if windows and (part.ends_range or day - windows[-1].end <= timedelta(1)):
            windows[-1] = Window(windows[-1].start, day)
        else:
            windows.append(Window(day, day))
    return tuple(windows)


def _complete_dates(parts: Sequence[_DatePart]) -> list[date]:
    """Fill in each missing month and year from the next date; return an empty list if that gives no valid dates.

    "4, 5 and 12 May 2021"  -> [4 May 2021, 5 May 2021, 12 May 2021]
    """
    month = year = None
    # The year of the first day holds for the range: "28 January 2019 to 1 February", "11 December 2017 to 12 January".
    if len(parts) == 2 and parts[1].ends_range and parts[1].month and parts[0].year and not parts[1].year:
        year = parts[0].year + (parts[1].month < (parts[0].month or parts[1].month))
    days: list[date] = []
    for part in reversed(parts):
        month = part.month or month
        year = part.year or year
        if month is None or year is None:
            return []
        try:
            day = date(year, month, part.day)
            if days and day > days[0] and part.year is None:
                year -= 1  # the range crosses a new year: "14 December to 8 January 2021"
                day = date(year, month, part.day)
                if days[0] - day > LONGEST_STAY:
                    return []
        except ValueError:
            return []
        days.insert(0, day)
    return days if days == sorted(days) else []


def read_date(text: str, start: int) -> tuple[date | None, int]:
    """Return the date printed at an offset, and the offset after it.

    Return (None, start) if no date with day, month and year is printed there.
    """
    match = _DATE.match(text, start)
    if match is None:
        return None, start
    part = _read_part(match, ends_range=False)
    if part is None or part.month is None or part.year is None:
        return None, start
    try:
        return date(part.year, part.month, part.day), match.end()
    except ValueError:
        return None, start


def find_dates(text: str) -> list[tuple[date, int, int]]:
    """Return (date, start offset, end offset) for every date in a text that has a day, a month and a year."""
    dates = []
    for match in _DATE_IN_TEXT.finditer(text):
        day, end = read_date(text, match.start())
        if day is not None:
            dates.append((day, match.start(), end))
    return dates


def find_coarse_dates(text: str) -> tuple[str, ...]:
    """Return the dates in a text, each as precise as it is printed: "2018-06-08", "2017-11" or "2009".

    The dates are in order of appearance, without duplicates.
    """
    full_dates = find_dates(text)
    found = [(start, day.isoformat()) for day, start, _ in full_dates]
    covered = [(start, end) for _, start, end in full_dates]

    def is_free(offset: int) -> bool:
        return not any(start <= offset < end for start, end in covered)

    for match in _MONTH_AND_YEAR.finditer(text):
        if is_free(match.start()):
            found.append((match.start(), f"{match[2]}-{MONTHS[match[1].lower().rstrip('.')]:02d}"))
            covered.append(match.span())
    found += [(year.start(), year[0]) for year in _YEAR.finditer(text) if is_free(year.start())]
    return tuple(dict.fromkeys(value for _, value in sorted(found)))
