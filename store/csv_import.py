"""Taking in a person's own table of inspections: each row finds its inspection, or makes a new one known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from reinspect.matching import match
from reinspect.model import SourceFacts
from reinspect.record import RecordedInspection
from store.catalogue import Change, InspectionRow


class CsvImportResult(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one row: the inspection that it made known or told more of, or why it was left out.

    `candidates` are the ids of the inspections that may be meant where it is not clear which.
    """

    row: RecordedInspection
    outcome: Literal["new", "told more", "nothing new", "unclear"]
    inspection: str | None = None
    candidates: tuple[str, ...] = ()
    reason: str = ""


def import_rows(change: Change, rows: Iterable[RecordedInspection]) -> list[CsvImportResult]:
    """Put rows into the catalogue; what became of each, in the order given."""
    return [_enter(change, row) for row in rows]


def _enter(change: Change, row: RecordedInspection) -> CsvImportResult:
    catalogue = change.catalogue
    identifier = row.id
    if identifier not in catalogue.inspections:
        found = match("report", row.facts, catalogue.events(row.authority))
        if found.inspection is None:
            return CsvImportResult(row=row, outcome="unclear", candidates=found.candidates, reason=found.reason)
        identifier = found.inspection
    before = catalogue.inspections.get(identifier)
    if before is None:
        new = InspectionRow(authority=row.authority, framework=row.facts.framework or "", catalogued=row.facts)
        change.put_inspection(identifier, new)
        return CsvImportResult(row=row, outcome="new", inspection=identifier)
    if not any(_says_no_more(row.facts, than) for than in (before.record, before.catalogued)):
        change.put_inspection(identifier, msgspec.structs.replace(before, catalogued=row.facts))
        return CsvImportResult(row=row, outcome="told more", inspection=identifier)
    return CsvImportResult(row=row, outcome="nothing new", inspection=identifier)


def _says_no_more(facts: SourceFacts, than: SourceFacts | None) -> bool:
    """Whether all that an account says, another one says too."""
    return than is not None and all(
        getattr(than, field) == said for field in facts.__struct_fields__ if (said := getattr(facts, field))
    )
