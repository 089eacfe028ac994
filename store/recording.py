"""Bringing a store up to the shipped record: at its first run, and when a newer record was installed."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from reinspect.attaching import attach
from store.catalogue import About, Change, InspectionRow

if TYPE_CHECKING:
    from reinspect.facts import Record


def is_newer(record: Record, about: About | None) -> bool:
    """Whether the record tells more than the one the store was brought up to: a later date, or the same one amended."""
    if about is None or record.as_of != about.as_of:
        return about is None or record.as_of > about.as_of
    return _digest(record) != about.digest


def bring_up_to(change: Change, record: Record) -> None:
    """Take over the record's accounts. Documents and corrections stay; what the record withdrew goes, if it has none.

    Earlier changes can no longer be taken back: their rows hold accounts of the former record.
    """
    catalogue = change.catalogue
    catalogue.changes.clear()
    told = {inspection.id: inspection for inspection in record.inspections}
    for identifier, inspection in told.items():
        before = catalogue.inspections.get(identifier)
        row = InspectionRow(
            authority=inspection.authority,
            framework=inspection.account.framework or "",
            record=inspection.account,
            corrections=before.corrections if before else (),
        )
        if row != before:
            change.put_inspection(identifier, row)
    withdrawn = [key for key, row in catalogue.inspections.items() if row.record is not None and key not in told]
    for identifier in withdrawn:
        change.put_inspection(identifier, msgspec.structs.replace(catalogue.inspections[identifier], record=None))
        _move_documents(change, identifier)
    catalogue.about = About(as_of=record.as_of, digest=_digest(record))


def _move_documents(change: Change, identifier: str) -> None:
    """Let the documents of an inspection that the record withdrew find the one that it names instead."""
    catalogue = change.catalogue
    others = [
        event for event in catalogue.events(catalogue.inspections[identifier].authority) if event.id != identifier
    ]
    for held in list(catalogue.attached(identifier)):
        row = catalogue.documents[held]
        found = attach(row.document.kind, row.account, others)
        if found.inspection and not found.creates:
            change.put_document(held, msgspec.structs.replace(row, inspection=found.inspection))
    if not catalogue.attached(identifier) and not catalogue.inspections[identifier].corrections:
        change.put_inspection(identifier, None)


def _digest(record: Record) -> str:
    return sha256(msgspec.json.encode(record.inspections)).hexdigest()
