"""Dates, inspections and places in documents, in words: "Camden, ILACS inspection 25-29 April 2022, p. 3, para 12"."""

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
_NUMBERED_PLACE = re.compile(r"(?<=\bp\.) (?=\d)|(?<=\bpara) (?=\d)")
_DOCUMENT_NAMES = {"coverage": "press coverage", "digest": "digest", "other": "other document"}


def day(value: date) -> str:
    """Return a day in words, the same in every locale: "25 April 2022"."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def coarse(value: str) -> str:
    """Return an ISO date of any precision in words: "2012", "April 2012" or "9 December 2009"."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return day(date(*parts))
    return f"{_MONTHS[parts[1] - 1]} {parts[0]}" if len(parts) == 2 else value


def days(windows: Sequence[Window]) -> str:
    """Return the days on site in words: "25-29 April 2022"; two visits are joined by "and"."""
    return " and ".join(_date_range(window.start, window.end) for window in windows)


def _date_range(start: date, end: date) -> str:
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}-{day(end)}"
    if start.year == end.year:
        return f"{start.day} {_MONTHS[start.month - 1]} - {day(end)}"
    return f"{day(start)} - {day(end)}"


def when(inspection: Inspection) -> str:
    """Return the date of an inspection in words: its days on site, else its coarse date, else its publication date."""
    if inspection.windows:
        return days(inspection.windows)
    if inspection.partial_date:
        return coarse(inspection.partial_date)
    return f"published {day(inspection.published)}" if inspection.published else "date not known"


def occasion(inspection: Inspection) -> str:
    """Return the kind of inspection, without years: "ILACS inspection", "focused visit", "annual rating"."""
    framework = frameworks().get(inspection.framework)
    name = re.sub(r"\s+\d{4}.*$", "", framework.short if framework else inspection.framework)
    if name.isupper():
        return f"{name} inspection"
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def event(inspection: Inspection, name: str) -> str:
    """Return an inspection in words, for a heading: "Camden, ILACS inspection 25-29 April 2022"."""
    return f"{name}, {occasion(inspection)} {when(inspection)}"


def citation(inspection: Inspection, name: str, evidence: Evidence | None = None, origin: Origin | None = None) -> str:
    """Return the source of a line: "Camden, ILACS inspection 25-29 April 2022, p. 3, para 12".

    `name` is the name of the authority. A document other than the report or letter is named, such as "press coverage".
    Without `evidence` the `origin` is named: "shipped record" or "entered by hand".
    """
    parts = [event(inspection, name)]
    if evidence is not None:
        kind = next((d.kind for d in inspection.documents if d.sha256 == evidence.document), None)
        if kind in _DOCUMENT_NAMES:
            parts.append(_DOCUMENT_NAMES[kind])
        parts.append(place(evidence.page, evidence.paragraph))
    elif origin is not None and origin.kind == "record":
        parts.append("shipped record")
    elif origin is not None and origin.kind == "hand":
        parts.append("entered by hand")
    return ", ".join(parts)


def place(page: int | None, paragraph: int | None = None) -> str:
    """Return a place in a document: "p. 3, para 12", "p. 3", or "" without a page."""
    pages = [f"p. {page}"] if page is not None else []
    return ", ".join([*pages, *([f"para {paragraph}"] if paragraph is not None else [])])


def unbroken(citation: str) -> str:
    """Return a citation that never breaks a line between "p." or "para" and its number."""
    return _NUMBERED_PLACE.sub("\N{NO-BREAK SPACE}", citation)


def origin_of(inspection: Inspection, field: str) -> Origin | None:
    """Return the origin of a field of an inspection; a single judgement falls back to the origin of all judgements."""
    return inspection.origins.get(field) or inspection.origins.get(f"{field.partition('.')[0]}s")
