"""How an inspection, its dates and a place in its documents are printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from reinspect.frameworks import frameworks
from reinspect.model import Evidence, Inspection, Origin, Window

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_PLACE = re.compile(r"(?<=\bp\.) (?=\d)|(?<=\bpara) (?=\d)")
_SOURCES = {"coverage": "press coverage", "digest": "digest", "other": "other document"}


def day(value: date) -> str:
    """A day in words: "25 April 2022", the same in every locale."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def coarse(value: str) -> str:
    """A coarse ISO date in words: "2012" stays, "2012-04" is "April 2012", "2009-12-09" is "9 December 2009"."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return day(date(*parts))
    return f"{_MONTHS[parts[1] - 1]} {parts[0]}" if len(parts) == 2 else value


def days(windows: Sequence[Window]) -> str:
    """Days on site in words: "25-29 April 2022", "31 October - 1 November 2023", two visits joined by "and"."""
    return " and ".join(_span(window.start, window.end) for window in windows)


def _span(start: date, end: date) -> str:
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}-{day(end)}"
    if start.year == end.year:
        return f"{start.day} {_MONTHS[start.month - 1]} - {day(end)}"
    return f"{day(start)} - {day(end)}"


def when(inspection: Inspection) -> str:
    """When an inspection was, in words: its days on site, else its coarse date, else its publication."""
    if inspection.windows:
        return days(inspection.windows)
    if inspection.partial_date:
        return coarse(inspection.partial_date)
    return f"published {day(inspection.published)}" if inspection.published else "date not known"


def occasion(inspection: Inspection) -> str:
    """What kind of event it is, without years: "ILACS inspection", "focused visit", "annual rating"."""
    framework = frameworks().get(inspection.framework)
    name = re.sub(r"\s+\d{4}.*$", "", framework.short if framework else inspection.framework)
    if name.isupper():
        return f"{name} inspection"
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def event(inspection: Inspection, name: str) -> str:
    """An inspection in words, for a heading: "Camden, ILACS inspection 25-29 April 2022"."""
    return f"{name}, {occasion(inspection)} {when(inspection)}"


def citation(inspection: Inspection, name: str, evidence: Evidence | None = None, origin: Origin | None = None) -> str:
    """Where a line comes from: "Camden, ILACS inspection 25-29 April 2022, p. 3, para 12".

    `name` is the authority's. A document that is not the inspection's own report or letter is named as what it is.
    Without evidence the `origin` of the fact is named: the shipped record, or a person's hand.
    """
    parts = [event(inspection, name)]
    if evidence is not None:
        kind = next((d.kind for d in inspection.documents if d.sha256 == evidence.document), None)
        if kind in _SOURCES:
            parts.append(_SOURCES[kind])
        parts.append(place(evidence.page, evidence.paragraph))
    elif origin is not None and origin.kind == "record":
        parts.append("shipped record")
    elif origin is not None and origin.kind == "hand":
        parts.append("entered by hand")
    return ", ".join(parts)


def place(page: int | None, paragraph: int | None = None) -> str:
    """A place in a document: "p. 3, para 12", "p. 3", or "" where no page is known."""
    printed = [f"p. {page}"] if page is not None else []
    return ", ".join([*printed, *([f"para {paragraph}"] if paragraph is not None else [])])


def unbroken(cited: str) -> str:
    """A citation in which no line end can part "p." or "para" from its number."""
    return _PLACE.sub("\N{NO-BREAK SPACE}", cited)


def origin_of(inspection: Inspection, field: str) -> Origin | None:
    """Where a field of an inspection came from: its own origin, else that of all judgements for one of them."""
    return inspection.origins.get(field) or inspection.origins.get(f"{field.partition('.')[0]}s")
