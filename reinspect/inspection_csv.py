"""Read a CSV table with one inspection per row: `data/inspections.csv`, or a list that a person keeps.

    authority,framework,inspection_start,inspection_end,published,help,leaders
    Camden,ilacs-2026,2026-09-14,2026-09-18,2026-11-02,Good,Outstanding

Columns: `authority` (any of its names), `framework`, the days on site, `published`, one column with the grade of each
strand, `not_judged` (strands, with spaces between), `outcome` (of a framework without grades), `topics` (with
semicolons between) and `report_url`. The days on site are `inspection_start` and `inspection_end`; or, for several
visits, `windows` ("first/last first/last"); or a partial date in `dated` ("2012-04") if they are not known. Only the
first two columns and some date are required. A column or a value that is not known is refused, so that no grade is lost
by a misprint; the further columns of the program's own tables are passed over.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TypeVar

from reinspect.checks import check_address, check_partial_date, sort_windows
from reinspect.errors import ReinspectError
from reinspect.frameworks import Framework, frameworks
from reinspect.frameworks.wordings import fold_words
from reinspect.matching import inspection_id
from reinspect.model import Authority, Judgement, Outcome, PrintedAuthority, SourceFacts, Window
from reinspect.reading.sanitise import safe_line
from reinspect.record import RecordedInspection
from reinspect.regular_files import read_regular_file

_FAULTS_SHOWN = 5
_COLUMNS = (
    *("authority", "framework", "inspection_start", "inspection_end", "windows", "dated", "published"),
    *("not_judged", "outcome", "topics", "report_url"),
)
"""The columns other than those of the strands."""
_PASSED_OVER = ("id", "urn", "la_code", "region", "graded", "documents", "conflicts", "origin", "band", "theme")
"""Further columns of the tables that `list` and `export` write. They follow from the others, or from documents."""
_SCHEMES = ("https://", "http://")
_Found = TypeVar("_Found")


class InspectionCsvError(ReinspectError):
    """An invalid CSV table of inspections; the message names the lines and the reasons."""


def read_inspections_csv(file: Path) -> tuple[RecordedInspection, ...]:
    """Read the inspections of a CSV file (UTF-8), in the order of its rows.

    Raises:
        InspectionCsvError: the file cannot be read, or a row is invalid; the message names the lines.
    """
    inspections, faults = [], []
    try:
        rows = csv.DictReader(StringIO(read_regular_file(file).decode("utf-8-sig"), newline=""))
        rows.fieldnames = [safe_line(name.strip()).casefold() for name in rows.fieldnames or ()]
        if fault := _header_fault(rows.fieldnames):
            raise InspectionCsvError(f"{file}: {fault}")
        for row in rows:
            try:
                inspections.append(_read_row(row))
            except ValueError as error:
                faults.append(f"line {rows.line_num}: {error}")
    except OSError as error:
        raise InspectionCsvError(f"{file}: cannot be read as a CSV table: {error.strerror or error}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InspectionCsvError(f"{file}: cannot be read as a CSV table: {error}") from error
    if faults:
        more = f"; and {len(faults) - _FAULTS_SHOWN} more" if len(faults) > _FAULTS_SHOWN else ""
        raise InspectionCsvError(f"{file}: nothing was added. {'; '.join(faults[:_FAULTS_SHOWN])}{more}")
    if not inspections:
        raise InspectionCsvError(f"{file}: the table has no rows")
    return tuple(inspections)


def _header_fault(columns: Sequence[str]) -> str:
    """Return the fault of the columns of a table, or an empty string."""
    if missing := {"authority", "framework"} - set(columns):
        return f"the column {' and the column '.join(sorted(missing))} is missing"
    known = {*_COLUMNS, *_PASSED_OVER, *_strand_keys(), ""}
    if unknown := [column for column in columns if column not in known]:
        return f'"{unknown[0]}" is not a known column; the known ones are {", ".join((*_COLUMNS, *_strand_keys()))}'
    if twice := [column for column, count in Counter(columns).items() if column and count > 1]:
        return f'the column "{twice[0]}" is there twice'
    return ""


def _strand_keys() -> tuple[str, ...]:
    """Return the keys of the strands of all frameworks."""
    return tuple(dict.fromkeys(strand.key for framework in frameworks().values() for strand in framework.strands))


def _read_row(row: Mapping[str | None, str | Sequence[str] | None]) -> RecordedInspection:
    """Return the inspection of one row from `csv.DictReader`.

    Raises:
        ValueError: a value is not understood; the message quotes it.
    """
    from reinspect.authorities import authorities

    # `csv` gives the cells of a long row to the column None, and a short row the value None.
    cells = {column or "": safe_line(cell.strip()) for column, cell in row.items() if isinstance(cell, str)}
    surplus = [*(row.get(None) or ()), cells.pop("", "")]
    if any(cell.strip() for cell in surplus):
        raise ValueError("it has more cells than the header; put quotes around a text that has commas in it")
    cells = {**dict.fromkeys(("authority", "framework"), ""), **cells}
    recorded = inspection(cells, _require(authorities().find(cells["authority"]), cells["authority"], "authority"))
    _check_strands(cells, frameworks()[cells["framework"]])
    return recorded


def inspection(row: Mapping[str, str], of: Authority) -> RecordedInspection:
    """Return the inspection of one table row, of the authority `of`. A column without a value may be absent.

    Raises:
        ValueError: a value is not understood; the message quotes it.
    """
    framework = _require(frameworks().get(row["framework"]), row["framework"], "framework")
    facts = SourceFacts(
        authority=PrintedAuthority(printed=of.name, slug=of.slug, name=of.name, urn=of.urn or None),
        framework=framework.key,
        graded=framework.graded,
        windows=sort_windows(_windows(row)),
        published=_date_cell(row, "published"),
        partial_date=check_partial_date(row["dated"]) if row.get("dated") else None,
        topics=split_cell(row.get("topics", "")),
        judgements=tuple(_judgements(row, framework)),
        outcome=_outcome(row.get("outcome", ""), framework),
        report_url=check_address(row["report_url"], _SCHEMES) if row.get("report_url") else None,
    )
    if not (facts.windows or facts.partial_date or facts.published):
        raise ValueError("no date; fill in inspection_start, dated or published")
    return RecordedInspection(id=inspection_id(of.slug, facts), authority=of.slug, facts=facts)


def split_cell(cell: str) -> tuple[str, ...]:
    """Split a value at its semicolons: "front door; early help" -> ("front door", "early help")."""
    return tuple(item.strip() for item in cell.split(";") if item.strip())


def _windows(row: Mapping[str, str]) -> Iterator[Window]:
    """Yield each visit in a table row."""
    for window in row.get("windows", "").split():
        first, _, last = window.partition("/")
        yield Window(_parse_date(first, "windows"), _parse_date(last or first, "windows"))
    if not row.get("windows"):
        start, end = _date_cell(row, "inspection_start"), _date_cell(row, "inspection_end")
        if end and not start:
            raise ValueError("inspection_end without inspection_start")
        if start:
            yield Window(start, end or start)


def _check_strands(row: Mapping[str, str], framework: Framework) -> None:
    """Check that the framework judges each strand that a table row names.

    Raises:
        ValueError: it does not; the message names the strand.
    """
    own = {strand.key for strand in framework.strands}
    graded = [key for key in _strand_keys() if row.get(key)]
    if foreign := [key for key in (*graded, *row.get("not_judged", "").split()) if key not in own]:
        raise ValueError(
            f'{framework.short} has no strand "{foreign[0]}"; its strands are {", ".join(sorted(own)) or "none"}'
        )


def _judgements(row: Mapping[str, str], framework: Framework) -> Iterator[Judgement]:
    """Yield the judgements of a table row, in the order of the framework's strands."""
    not_judged = row.get("not_judged", "").split()
    for strand in framework.strands:
        printed = row.get(strand.key, "")
        if strand.key in not_judged:
            yield Judgement(strand=strand.key, grade=None, not_judged="Not judged")
        elif printed:
            forms = {" ".join(words): key for words, key in framework.grade_forms()}
            folded = " ".join(printed.lower().split())
            grade = framework.grade(folded) or framework.grade(forms.get(" ".join(fold_words(printed))))
            yield Judgement(strand=strand.key, grade=_require(grade, printed, f"grade of {framework.short}").key)


def _outcome(typed: str, framework: Framework) -> Outcome | None:
    """Return the outcome that a row names by its key or its name, or None for an empty cell."""
    if not typed:
        return None
    names = {name: known.key for known in framework.outcomes for name in (known.key, known.name)}
    folded = " ".join(typed.casefold().split())
    return Outcome(key=_require(names.get(folded), typed, f"outcome of {framework.short}"))


def _require(found: _Found | None, typed: str, name: str) -> _Found:
    if found is None:
        raise ValueError(f'"{typed}" is not a known {name}')
    return found


def _date_cell(row: Mapping[str, str], column: str) -> date | None:
    return _parse_date(row[column], column) if row.get(column) else None


def _parse_date(cell: str, column: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError(f'{column}: "{cell}" is not a date; write it as 2026-09-14') from None
