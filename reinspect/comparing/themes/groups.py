"""The groups that themes are counted by: the framework of an inspection, its region, and the grade that applied."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from reinspect.authorities import authorities
from reinspect.comparing.cohorts.cohort import is_full
from reinspect.frameworks import frameworks
from reinspect.model import Inspection

Grouping = Literal["year", "framework", "region", "grade"]
"""The groups of inspections that a table of themes has a column for."""


def framework_name(inspection: Inspection) -> str:
    """Return the short name of the framework of an inspection: "ILACS 2018-22"."""
    framework = frameworks().get(inspection.framework)
    return framework.short if framework else inspection.framework


def framework_order(name: str) -> int:
    """Return the place of a framework, by its short name; an unknown one comes last."""
    names = [framework.short for framework in frameworks().values()]
    return names.index(name) if name in names else len(names)


def region_of(inspection: Inspection) -> str | None:
    """Return the region of the authority that was inspected, or None if it is not known."""
    authority = authorities().by_slug(inspection.authority)
    return authority.region or None if authority else None


def grades_when_asked(inspections: Iterable[Inspection]) -> dict[str, str | None]:
    """Return the overall grade that applied at each inspection, by id: its own or, for a visit, the latest before.

    None if there was none, or if the latest graded inspection gave no overall grade.
    """
    latest: dict[str, str | None] = {}
    grades: dict[str, str | None] = {}
    for inspection in sorted(inspections, key=lambda each: (each.when, each.id)):
        if is_full(inspection):
            overall = inspection.judgement("overall")
            latest[inspection.authority] = overall.grade if overall else None
        grades[inspection.id] = latest.get(inspection.authority)
    return grades
