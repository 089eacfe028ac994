"""Import a person's own CSV table of inspections.

Each row updates the inspection that it describes, or adds a new inspection. A row replaces the row of an earlier table
as a whole: a value that it leaves out is no longer stated.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from reinspect.matching import match
from reinspect.model import SourceFacts
from reinspect.record import RecordedInspection
from store.catalogue import InspectionRow
from store.transaction import Change


class CsvImportResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of importing one row of a CSV table.

    `inspection` is the id of the inspection that the row describes. If that is unclear, `candidates` are the ids of the
    possible inspections, and `reason` says why none was chosen.
    """

    row: RecordedInspection
    outcome: Literal["new", "updated", "unchanged", "unclear"]
    inspection: str | None = None
    candidates: tuple[str, ...] = ()
    reason: str = ""


def import_rows(change: Change, rows: Iterable[RecordedInspection]) -> list[CsvImportResult]:
    """Import rows of a CSV table; return one result for each row, in the same order."""
    return [_import_row(change, row) for row in rows]


def _import_row(change: Change, row: RecordedInspection) -> CsvImportResult:
    catalogue = change.catalogue
    identifier = row.id
    if identifier not in catalogue.inspections:
        found = match("report", row.facts, catalogue.match_candidates(row.authority))
        if found.inspection is None:
            return CsvImportResult(row=row, outcome="unclear", candidates=found.candidates, reason=found.reason)
        identifier = found.inspection
    before = catalogue.inspections.get(identifier)
    if before is None:
        new = InspectionRow(authority=row.authority, framework=row.facts.framework or "", csv_facts=row.facts)
        change.put_inspection(identifier, new)
        return CsvImportResult(row=row, outcome="new", inspection=identifier)
    if not _is_known(before, row.facts):
        change.put_inspection(identifier, msgspec.structs.replace(before, csv_facts=row.facts))
        return CsvImportResult(row=row, outcome="updated", inspection=identifier)
    return CsvImportResult(row=row, outcome="unchanged", inspection=identifier)


def _is_known(row: InspectionRow, facts: SourceFacts) -> bool:
    """Return True if the former table says just this, or, without one, if the record has every value in `facts`."""
    if row.csv_facts is not None:
        return row.csv_facts == facts
    return row.record_facts is not None and all(
        getattr(row.record_facts, field) == value
        for field in facts.__struct_fields__
        if (value := getattr(facts, field))
    )
