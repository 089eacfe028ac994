"""Taking in a person's own table of inspections: each row finds its inspection, or makes a new one known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from reinspect.attaching import attach
from reinspect.facts import RecordedInspection
from reinspect.model import Account
from store.catalogue import Change, InspectionRow


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one row: the inspection that it made known or told more of, or why it was left out.

    `candidates` are the ids of the inspections that may be meant where it is not clear which.
    """

    row: RecordedInspection
    outcome: Literal["new", "told more", "nothing new", "unclear"]
    inspection: str | None = None
    candidates: tuple[str, ...] = ()
    reason: str = ""


def enter(change: Change, rows: Iterable[RecordedInspection]) -> list[Entry]:
    """Put rows into the catalogue; what became of each, in the order given."""
    return [_enter(change, row) for row in rows]


def _enter(change: Change, row: RecordedInspection) -> Entry:
    catalogue = change.catalogue
    identifier = row.id
    if identifier not in catalogue.inspections:
        found = attach("report", row.account, catalogue.events(row.authority))
        if found.inspection is None:
            return Entry(row=row, outcome="unclear", candidates=found.candidates, reason=found.reason)
        identifier = found.inspection
    before = catalogue.inspections.get(identifier)
    if before is None:
        new = InspectionRow(authority=row.authority, framework=row.account.framework or "", catalogued=row.account)
        change.put_inspection(identifier, new)
        return Entry(row=row, outcome="new", inspection=identifier)
    if not any(_says_no_more(row.account, than) for than in (before.record, before.catalogued)):
        change.put_inspection(identifier, msgspec.structs.replace(before, catalogued=row.account))
        return Entry(row=row, outcome="told more", inspection=identifier)
    return Entry(row=row, outcome="nothing new", inspection=identifier)


def _says_no_more(account: Account, than: Account | None) -> bool:
    """Whether all that an account says, another one says too."""
    return than is not None and all(
        getattr(than, field) == said for field in account.__struct_fields__ if (said := getattr(account, field))
    )
