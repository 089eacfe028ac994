"""Check dates, visits and addresses that come from outside: from a table, a record file or a person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from reinspect.model import Window

_PARTIAL_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)


def is_partial_date(text: str) -> bool:
    """Return whether a text is a year, a month or a day that exists: "2023", "2023-05" or "2023-05-16"."""
    if not _PARTIAL_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def check_partial_date(text: str) -> str:
    """Return a year, a month or a day as it is written: "2012", "2012-04", "2012-04-16".

    Raises:
        ValueError: the text is anything else.
    """
    if not is_partial_date(text):
        raise ValueError(f'the date "{text}" is not valid: it is written as 2012-04-16, 2012-04 or 2012')
    return text


def sort_windows(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Return visits in the order of their days.

    Raises:
        ValueError: a visit ends before it begins.
    """
    ordered = tuple(sorted(windows))
    for window in ordered:
        if window.end < window.start:
            raise ValueError(f"the visit ends on {window.end}, before it begins on {window.start}")
    return ordered


def check_address(address: str, schemes: tuple[str, ...] = ("https://",)) -> str:
    """Return the address of a report as it is written.

    Raises:
        ValueError: it does not begin with one of the `schemes`.
    """
    if not address.startswith(schemes):
        raise ValueError(f'the address "{address}" does not begin with {" or ".join(schemes)}')
    return address
