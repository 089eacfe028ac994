"""Put dates and sources into words: "Camden, ILACS inspection 25-29 April 2022, p. 3, para 12"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from reinspect.frameworks import frameworks
from reinspect.model import Evidence, Improvement, Inspection, Origin, Window

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
_OTHER_SOURCES = {
    "shipped record": "the shipped record",
    "table of inspections": "your table of inspections",
    "entered by hand": "your corrections",
}
_DOCUMENT_NAMES = {"coverage": "press coverage", "digest": "digest", "other": "other document"}


def day(value: date) -> str:
    """Return a date in English words: "25 April 2022"."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def coarse(value: str) -> str:
    """Return an ISO date in words, even without its day or month: "2012-04" -> "April 2012"."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return day(date(*parts))
    return f"{_MONTHS[parts[1] - 1]} {parts[0]}" if len(parts) == 2 else value


def days(windows: Sequence[Window]) -> str:
    """Return the days of one or more visits in words: "25-29 April 2022 and 3 May 2022"."""
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
    """Return the date of an inspection in words: "25-29 April 2022", "April 2012" or "published 8 June 2022"."""
    if inspection.windows:
        return days(inspection.windows)
    if inspection.partial_date:
        return coarse(inspection.partial_date)
    return f"published {day(inspection.published)}" if inspection.published else "date not known"


def occasion(inspection: Inspection) -> str:
    """Return the kind of inspection in words: "ILACS inspection", "focused visit", "annual rating"."""
    framework = frameworks().get(inspection.framework)
    if framework is None:
        return _occasion(inspection.framework, graded=True)
    return _occasion(framework.short, graded=framework.graded)


@lru_cache(maxsize=256)
def _occasion(short: str, *, graded: bool) -> str:
    name = re.sub(r"\s+\d{4}.*$", "", short)
    if name.isupper() and graded:
        return f"{name} inspection"
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def event(inspection: Inspection, name: str) -> str:
    """Return a heading for an inspection: "Camden, ILACS inspection 25-29 April 2022"."""
    return f"{name}, {occasion(inspection)} {when(inspection)}"


def citation(inspection: Inspection, name: str, evidence: Evidence | None = None, origin: Origin | None = None) -> str:
    """Return the source of a fact in words: "Camden, ILACS inspection 25-29 April 2022, p. 3, para 12".

    `name` is the local authority. Without `evidence` (a page), `origin` is the source, such as "shipped record".
    """
    parts = [event(inspection, name)]
    if evidence is not None:
        kind = next((d.kind for d in inspection.documents if d.sha256 == evidence.document), None)
        if kind in _DOCUMENT_NAMES:
            parts.append(_DOCUMENT_NAMES[kind])
        elif kind is not None and evidence.document != inspection.primary_text:
            parts.append(f"another {kind}")
        parts.append(place(evidence.page, evidence.paragraph))
    elif origin is not None and origin.kind != "document":
        parts.append(origin_in_words(origin))
    return ", ".join(parts)


def origin_in_words(origin: Origin) -> str:
    """Return the source of a fact: "shipped record", "table of inspections", "entered by hand" or "document"."""
    return {"record": "shipped record", "hand": origin.source or "entered by hand", "document": "document"}[origin.kind]


def other_sources(inspections: Iterable[Inspection]) -> str:
    """Return where facts come from that no document states: "the shipped record and your table of inspections"."""
    origins = [origin for inspection in inspections for origin in inspection.origins.values()]
    named = {origin_in_words(origin) for origin in origins if origin.kind != "document"}
    return " and ".join(words for source, words in _OTHER_SOURCES.items() if source in (named or {"shipped record"}))


def place(page: int | None, paragraph: int | None = None) -> str:
    """Return page and paragraph in words: "p. 3, para 12", "p. 3", or "" without a page."""
    pages = [f"p. {page}"] if page is not None else []
    return ", ".join([*pages, *([f"para {paragraph}"] if paragraph is not None else [])])


def source_name(source: str) -> str:
    """Return the name of a file without its folders, which belong to the person's machine; a web address as it is."""
    return source if "://" in source else re.split(r"[/\\]", source)[-1]


def unbroken(citation: str) -> str:
    """Return a citation with no-break spaces after "p." and "para", so that no line ends there."""
    return _NUMBERED_PLACE.sub("\N{NO-BREAK SPACE}", citation)


def cite_asked(inspection: Inspection, name: str, item: Improvement) -> str:
    """Return the citation of an improvement or a priority action that an inspection of `name`, an authority, lists."""
    field = "improvements" if inspection.role_of(item) == "improvement" else "priority_actions"
    return citation(inspection, name, item.evidence, origin_of(inspection, field))


def origin_of(inspection: Inspection, field: str) -> Origin | None:
    """Return where a field of an inspection comes from: a document, the shipped record, or a person."""
    # A single judgement ("judgement.care") falls back to the origin of all judgements ("judgements").
    return inspection.origins.get(field) or inspection.origins.get(f"{field.partition('.')[0]}s")
