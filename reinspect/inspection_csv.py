"""A table of inspections, one a row: the form of `data/inspections.csv`, and of whatever list a person keeps.

Columns: `authority` (any name it is known by), `framework`, `inspection_start` and `inspection_end` (or `windows`,
"first/last" for each visit; or, where the days are not known, a coarse `dated`), `published`, one column for each
strand with its grade, `not_judged`, `topics` and `report_url`. Only the first two and some date must be there.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from reinspect.errors import ReinspectError
from reinspect.frameworks import Framework, frameworks
from reinspect.matching import inspection_id
from reinspect.model import Authority, Judgement, PrintedAuthority, SourceFacts, Window
from reinspect.record import RecordedInspection

_MOST_FAULTS = 5
_Named = TypeVar("_Named")


class InspectionCsvError(ReinspectError):
    """A table of inspections cannot be used; says where and why."""


def read_inspections_csv(file: Path) -> tuple[RecordedInspection, ...]:
    """The inspections of a CSV file in UTF-8, in its order.

    Raises:
        CatalogueError: it cannot be read, or any row is not understood; names the first faults by line.
    """
    found, faults = [], []
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = csv.DictReader(opened)
            if missing := {"authority", "framework"} - set(rows.fieldnames or ()):
                raise InspectionCsvError(f"{file}: it has no column {' and no column '.join(sorted(missing))}")
            for row in rows:
                try:
                    found.append(_told(row))
                except ValueError as error:
                    faults.append(f"line {rows.line_num}: {error}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InspectionCsvError(f"{file}: it cannot be read as a table (CSV): {error}") from error
    if faults:
        more = f"; and {len(faults) - _MOST_FAULTS} more" if len(faults) > _MOST_FAULTS else ""
        raise InspectionCsvError(f"{file}: nothing was taken in. {'; '.join(faults[:_MOST_FAULTS])}{more}")
    if not found:
        raise InspectionCsvError(f"{file}: it has no rows")
    return tuple(found)


def _told(row: Mapping[str | None, str | None]) -> RecordedInspection:
    """The inspection of a row as the table gives it: short rows lack cells, long ones have cells without a column."""
    from reinspect.authorities import authorities

    cells = {column: (cell or "").strip() for column, cell in row.items() if column is not None}
    return inspection(cells, _known(authorities().find(cells["authority"]), cells["authority"], "authority"))


def inspection(row: Mapping[str, str], of: Authority) -> RecordedInspection:
    """The inspection that a row tells of; the columns of a cell that is empty may be missing.

    Raises:
        ValueError: the row is not understood; says which of its cells.
    """
    framework = _known(frameworks().get(row["framework"]), row["framework"], "framework")
    facts = SourceFacts(
        authority=PrintedAuthority(printed=of.name, slug=of.slug, name=of.name, urn=of.urn or None),
        framework=framework.key,
        graded=framework.graded,
        windows=tuple(_windows(row)),
        published=_day(row, "published"),
        dated=_coarse(row.get("dated", "")),
        topics=split_cell(row.get("topics", "")),
        judgements=tuple(_judgements(row, framework)),
        report_url=row.get("report_url") or None,
    )
    return RecordedInspection(id=inspection_id(of.slug, facts), authority=of.slug, facts=facts)


def split_cell(cell: str) -> tuple[str, ...]:
    """The items of a cell that holds several, with semicolons between."""
    return tuple(item.strip() for item in cell.split(";") if item.strip())


def _windows(row: Mapping[str, str]) -> Iterator[Window]:
    """The days on site: `windows` where there were several, else the first and the last day."""
    for window in row.get("windows", "").split():
        first, _, last = window.partition("/")
        yield _window(_iso(first, "windows"), _iso(last or first, "windows"))
    if not row.get("windows"):
        start, end = _day(row, "inspection_start"), _day(row, "inspection_end")
        if end and not start:
            raise ValueError("inspection_end without inspection_start")
        if start:
            yield _window(start, end or start)


def _window(start: date, end: date) -> Window:
    if end < start:
        raise ValueError(f"it ends on {end}, before it begins on {start}")
    return Window(start, end)


def _judgements(row: Mapping[str, str], framework: Framework) -> Iterator[Judgement]:
    """The grades of a row, in the order of the framework's strands."""
    not_judged = row.get("not_judged", "").split()
    for strand in framework.strands:
        printed = row.get(strand.key, "")
        if strand.key in not_judged:
            yield Judgement(strand=strand.key, grade=None, not_judged="Not judged")
        elif printed:
            forms = {" ".join(words): key for words, key in framework.grade_forms()}
            folded = " ".join(printed.lower().split())
            grade = framework.grade(folded) or framework.grade(forms.get(folded))
            yield Judgement(strand=strand.key, grade=_known(grade, printed, f"grade of {framework.short}").key)


def _known(found: _Named | None, typed: str, what: str) -> _Named:
    if found is None:
        raise ValueError(f'"{typed}" is no {what} that is known here')
    return found


def _day(row: Mapping[str, str], column: str) -> date | None:
    return _iso(row[column], column) if row.get(column) else None


def _iso(cell: str, column: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError(f'{column}: "{cell}" is no date; write it as 2026-09-14') from None


def _coarse(cell: str) -> str | None:
    """An ISO date, of which the day, or the month too, may be missing."""
    if cell:
        _iso(f"{cell}-01-01"[:10], "dated")
    return cell or None
