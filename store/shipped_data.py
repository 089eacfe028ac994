"""Bringing a store up to what ships, the record and the digests: at its first run, and when newer ones came."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from reinspect import READER
from reinspect.matching import match
from store.catalogue import About, Change, DocumentRow, InspectionRow

if TYPE_CHECKING:
    from reinspect.digests import Digest
    from reinspect.model import Reading
    from reinspect.record import Record


def is_newer(record: Record, about: About | None) -> bool:
    """Whether the record tells more than the one the store was brought up to: a later date, or the same one amended."""
    if about is None or record.as_of != about.as_of:
        return about is None or record.as_of > about.as_of
    return _digest(record) != about.digest


def differ(digests: Sequence[Digest], record: Record, about: About | None) -> bool:
    """Whether other digests ship than were taken over. Those of an older program, known by its record, do not count."""
    if about is None or record.as_of < about.as_of:
        return about is None
    return (about.digests, about.reader) != (_sealed(digests), READER)


def upgrade_digests(change: Change, digests: Sequence[Digest]) -> list[Reading]:
    """Put the shipped digests in place of former ones; those now held, for their pages and passages to be kept.

    One that a person took out stays out, and so does its successor.
    """
    catalogue = change.catalogue
    about = catalogue.about
    former = about.digests if about else {}
    sealed = _sealed(digests)
    refused = {inspection for inspection, digest in former.items() if digest not in catalogue.documents}
    for inspection, digest in former.items():
        if digest in catalogue.documents and digest != sealed.get(inspection):
            change.put_document(digest, None)
    wanted = (digest for digest in digests if digest.inspection in catalogue.inspections.keys() - refused)
    readings = [_put(change, digest) for digest in wanted]
    if about:
        catalogue.about = msgspec.structs.replace(about, digests=sealed, reader=READER)
    return readings


def upgrade_record(change: Change, record: Record) -> None:
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
            framework=inspection.facts.framework or "",
            record=inspection.facts,
            catalogued=before.catalogued if before else None,
            corrections=before.corrections if before else (),
        )
        if row != before:
            change.put_inspection(identifier, row)
    withdrawn = [key for key, row in catalogue.inspections.items() if row.record is not None and key not in told]
    for identifier in withdrawn:
        row = msgspec.structs.replace(catalogue.inspections[identifier], record=None)
        change.put_inspection(identifier, row)
        if row.catalogued is None:
            _move_documents(change, identifier)
    former = catalogue.about
    catalogue.about = About(
        as_of=record.as_of,
        digest=_digest(record),
        digests=former.digests if former else {},
        reader=former.reader if former else "",
    )


def _move_documents(change: Change, identifier: str) -> None:
    """Let the documents of an inspection that the record withdrew find the one that it names instead."""
    catalogue = change.catalogue
    others = [
        event for event in catalogue.events(catalogue.inspections[identifier].authority) if event.id != identifier
    ]
    for held in list(catalogue.attached(identifier)):
        row = catalogue.documents[held]
        found = match(row.document.kind, row.facts, others)
        if found.inspection and not found.creates:
            change.put_document(held, msgspec.structs.replace(row, inspection=found.inspection))
    if not catalogue.attached(identifier) and not catalogue.inspections[identifier].corrections:
        change.put_inspection(identifier, None)


def _put(change: Change, digest: Digest) -> Reading:
    """Hold a digest as a document of its inspection, or of the one that a person chose for it."""
    reading = digest.read()
    row = DocumentRow(document=reading.document, facts=reading.facts, inspection=digest.inspection)
    held = change.catalogue.documents.get(digest.sha256)
    if held is not None:
        row = msgspec.structs.replace(held, document=row.document, facts=row.facts)
    if row != held:
        change.put_document(digest.sha256, row)
    return reading


def _sealed(digests: Sequence[Digest]) -> dict[str, str]:
    return {digest.inspection: digest.sha256 for digest in digests}


def _digest(record: Record) -> str:
    return sha256(msgspec.json.encode(record.inspections)).hexdigest()
