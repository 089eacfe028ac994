"""The columns that several tables share: the inspection of a row, and the place where a fact is printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from reinspect.authorities import authorities
from reinspect.exporting.citation import citation
from reinspect.exporting.sheets.labels import judgement_source
from reinspect.exporting.tidy import Fields, day, text, whole
from reinspect.model import Evidence, Inspection


def inspection_columns(path: str, prefix: str = "") -> Fields[Any]:
    """Return the columns that name an inspection: authority, id, framework and dates.

    `path` leads from the thing that a row is about to its inspection: "step.inspection". If there is none, the columns
    are empty. `prefix` begins their names, for the second inspection of a row.
    """
    return (
        text(f"{prefix}authority", "name of the local authority", _take(path, authority_name)),
        text(f"{prefix}authority_slug", "short name of the local authority", _take(f"{path}.authority")),
        text(f"{prefix}inspection", "id of the inspection", _take(f"{path}.id")),
        text(f"{prefix}framework", "inspection framework", _take(f"{path}.framework")),
        day(f"{prefix}date", "first day on site; the day of publication if not known", _take(path, date_of)),
        whole(f"{prefix}year", "year of the inspection", _take(f"{path}.year")),
        day(f"{prefix}published", "day of publication", _take(f"{path}.published")),
    )


def place_columns(path: str, inspection: str, judgement: str = "") -> Fields[Any]:
    """Return the columns that say where a fact is printed.

    `path` leads to its evidence ("row.evidence"), `inspection` to the inspection that is cited. `judgement` leads to
    the grade that the row is about, if it is about one: then a grade that no stored page prints has its source too.
    """
    evidence, source = _take(path), _take(inspection)
    grade = _take(judgement) if judgement else None

    def cite(thing: Any) -> str | None:
        inspected: Inspection | None = source(thing)
        if grade and inspected:
            return judgement_source(inspected, authority_name(inspected), grade(thing))
        return _cite(inspected, evidence(thing))

    return (
        text("document", "SHA-256 of the file", _take(f"{path}.document")),
        whole("page", "page of the file, from 1", _take(f"{path}.page")),
        whole("paragraph", "printed number of the paragraph", _take(f"{path}.paragraph")),
        text("citation", "source in words", cite),
    )


def authority_name(inspection: Inspection) -> str:
    """Return the name of the authority that was inspected; its slug if the authority is not known."""
    return authorities().name_of(inspection.authority)


def date_of(inspection: Inspection) -> date | None:
    """Return the first day on site, else the day of publication, else None."""
    return inspection.start or inspection.published


def _cite(inspection: Inspection | None, evidence: Evidence | None) -> str | None:
    return citation(inspection, authority_name(inspection), evidence) if inspection and evidence else None


def joined(values: tuple[object, ...]) -> str:
    """Return several values as the text of one cell: "2017; 2022"."""
    return "; ".join(map(str, values))


def _take(path: str, then: Callable[[Any], Any] | None = None) -> Callable[[Any], Any]:
    """Return a function that follows a path of attributes, then calls `then`; None where the path breaks off."""

    def take(thing: Any) -> Any:
        for name in path.split("."):
            if thing is None:
                return None
            thing = getattr(thing, name)
        return thing if then is None or thing is None else then(thing)

    return take
