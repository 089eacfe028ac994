"""Find the parts that letters of all kinds have: the salutation, the date and the closing.

"Date: 5 March 2024"       the date of the letter, alone on its line
"Dear Ms Lovelace"         the salutation
"on 8 and 9 January"       the days of a visit; their year is that of the letter, or the year before
"Yours sincerely"          the closing
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from reinspect.model import Window
from reinspect.reading.dates import find_dates, read_windows
from reinspect.reading.layout.lines import PrintedLine

SALUTATION = re.compile(r"Dear\b", re.IGNORECASE)
CLOSING = re.compile(r"Yours?\s+(?:sincerely|faithfully)", re.IGNORECASE)
SHORT_LINE = 80
"""Number of characters of the longest line that is only a date or a part of an address."""
_DATE_LABEL = re.compile(r"(?:Date)?\W*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.?!])\d{0,2}\s+(?=[A-Z])")
_LONGEST_WAIT = timedelta(180)
"""Longest time between a visit whose year is not printed and its letter; the usual one is 14 to 104 days."""


def read_only_date(line: PrintedLine) -> date | None:
    """Return the date on a line that has no other words, except perhaps "Date"; else None."""
    for day, start, end in find_dates(line.text[:SHORT_LINE]):
        if _DATE_LABEL.fullmatch(line.text[:start] + line.text[end:]):
            return day
    return None


def find_letter_date(lines: Iterable[PrintedLine]) -> tuple[date, PrintedLine] | None:
    """Return the date of the letter, alone on one of these lines, and its line; None if there is none.

    The date nearest above the salutation is the letter's own: a newspaper that prints the letter has its date at the
    top. Without one there, the first below counts.
    """
    found = None
    below = False
    for line in lines:
        below = below or SALUTATION.match(line.text) is not None
        day = read_only_date(line) if found is None or not below else None
        if day is not None:
            found = day, line
        if found and below:
            break
    return found


def split_sentences(text: str) -> list[str]:
    """Split the opening of a letter into sentences; the mark of a footnote may follow a full stop."""
    return _SENTENCE_END.split(text)


def read_days_before(printed: str, letter_date: date | None) -> tuple[Window, ...]:
    """Return the days that a text without a year names, the last such days before the date of the letter."""
    if letter_date is None or re.search(r"\d{4}", printed):
        return ()
    for year in (letter_date.year, letter_date.year - 1):
        windows, _ = read_windows(f"{printed.rstrip(' ,.')} {year}", 0)
        if windows and timedelta(0) <= letter_date - windows[-1].end <= _LONGEST_WAIT:
            return windows
    return ()
