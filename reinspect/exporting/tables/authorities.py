"""Tables of local authorities, and of the latest grades of each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reinspect.comparing.judgements import STRANDS
from reinspect.comparing.latest_grades import LatestGrades
from reinspect.exporting.tables.shared_columns import date_of, joined
from reinspect.exporting.tidy import Field, Fields, TidyTable, day, tabulate, text
from reinspect.model import Authority


def authorities_table(authorities: Iterable[Authority]) -> TidyTable:
    """Return a row for each local authority."""
    return tabulate("authorities", "one local authority", _AUTHORITIES, authorities)


def latest_grades_table(rows: Iterable[LatestGrades]) -> TidyTable:
    """Return a row for each local authority, with its latest grades."""
    fields = (*_LATEST, *map(_latest_grade, STRANDS))
    return tabulate("latest_grades", "one local authority and its latest grades", fields, rows)


def _latest_date(row: LatestGrades) -> date | None:
    return date_of(row.latest) if row.latest else None


_AUTHORITIES: Fields[Authority] = (
    text("authority_slug", "short name, the key of all other tables", lambda row: row.slug),
    text("authority", "name of the local authority", lambda row: row.name),
    text("urn", "number at Ofsted", lambda row: row.urn),
    text("la_code", "code at the Department for Education", lambda row: row.la_code),
    text("ons_code", "code at the Office for National Statistics", lambda row: row.ons_code),
    text("region", "region of England", lambda row: row.region),
    text("neighbours", "la_codes of its statistical neighbours, nearest first", lambda row: joined(row.neighbours)),
    text("predecessors", "short names of the councils that it replaced", lambda row: joined(row.predecessors)),
    text("successors", "short names of the councils that replaced it", lambda row: joined(row.successors)),
    day("changed", "day of that change", lambda row: row.changed),
)
_LATEST: Fields[LatestGrades] = (
    text("authority", "name of the local authority", lambda row: row.authority.name),
    text("authority_slug", "short name of the local authority", lambda row: row.authority.slug),
    text("region", "region of England", lambda row: row.authority.region),
    text("inspection", "id of the latest graded inspection", lambda row: row.latest.id if row.latest else None),
    text("framework", "its inspection framework", lambda row: row.latest.framework if row.latest else None),
    day("date", "first day on site; the day of publication if not known", _latest_date),
)


def _latest_grade(strand: str) -> Field[LatestGrades]:
    def grade(row: LatestGrades) -> str | None:
        judgement = row.latest.judgement(strand) if row.latest else None
        return judgement.grade if judgement else None

    return text(strand, f"latest grade of {strand.replace('_', ' ')}", grade)
