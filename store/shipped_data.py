"""Upgrade a store to the data that ships with the program: the record of inspections, and the digests.

This happens at the first run and whenever the program ships something newer. A digest is our own notes on an
inspection whose report does not ship; it is stored as a document of that inspection.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from reinspect import READER
from reinspect.errors import RecordRefusedError
from reinspect.matching import match
from reinspect.record import record as shipped_record
from reinspect.record import record_file_checksum
from store.catalogue import DocumentRow, InspectionRow, ShippedVersion
from store.transaction import Change

if TYPE_CHECKING:
    from reinspect.digests import Digest
    from reinspect.model import Reading
    from reinspect.record import Record, RecordedInspection


def is_newer_record(record: Record, shipped: ShippedVersion | None) -> bool:
    """Return True if the program's record of inspections is newer than the one in the store."""
    # Newer is a later date, or the same date with other contents.
    if shipped is None or record.as_of != shipped.as_of:
        return shipped is None or record.as_of > shipped.as_of
    return _record_checksum(record) != shipped.record_checksum


def has_shipped_files(shipped: ShippedVersion | None, digests: Sequence[Digest]) -> bool:
    """Return True if the store has the record of the shipped file, byte for byte, and these digests.

    This is known without decoding the record.
    """
    if shipped is None or not shipped.record_file or shipped.record_file != record_file_checksum():
        return False
    return (shipped.digest_checksums, shipped.reader) == (_digest_checksums(digests), READER)


def lacks_record_file(record: Record, shipped: ShippedVersion | None) -> bool:
    """Return True if the store has this record, but from a file that differs elsewhere, such as in its gaps.

    Until the file is noted, every opening decodes the record.
    """
    if shipped is None or record.as_of != shipped.as_of or record is not shipped_record():
        return False
    return shipped.record_file != record_file_checksum()


def note_record_file(change: Change) -> None:
    """Note the file of the record that the store has."""
    if change.catalogue.shipped is not None:
        change.catalogue.shipped = msgspec.structs.replace(change.catalogue.shipped, record_file=record_file_checksum())


def needs_digests(digests: Sequence[Digest], record: Record, shipped: ShippedVersion | None) -> bool:
    """Return True if the digests (our own notes on inspections) in the store must be replaced by these.

    `shipped` describes the data in the store, or is None for a new store.
    """
    # An older record means an older program, whose digests must not replace those of a newer one.
    if shipped is None or record.as_of < (shipped.program_as_of or shipped.as_of):
        return shipped is None
    return (shipped.digest_checksums, shipped.reader) != (_digest_checksums(digests), READER)


def upgrade_digests(change: Change, digests: Sequence[Digest], as_of: date) -> list[Reading]:
    """Replace the digests (our own notes on inspections) in the store; return what was read from the new ones.

    A digest that a person removed is not added again. `as_of` is the date of the program's own record.
    """
    catalogue = change.catalogue
    former = catalogue.shipped.digest_checksums if catalogue.shipped else {}
    current = _digest_checksums(digests)
    # Neither the digest that a person removed is added again, nor a newer version of it.
    removed_by_person = {inspection for inspection, checksum in former.items() if checksum not in catalogue.documents}
    for inspection, checksum in former.items():
        if checksum in catalogue.documents and checksum != current.get(inspection):
            change.put_document(checksum, None)
    wanted_inspections = catalogue.inspections.keys() - removed_by_person
    readings = [_put_digest(change, digest) for digest in digests if digest.inspection in wanted_inspections]
    if catalogue.shipped:
        # An older program must not bring its digests back, even if a person chose a record that is newer than both.
        own = as_of if catalogue.shipped.program_as_of else None
        catalogue.shipped = msgspec.structs.replace(
            catalogue.shipped, digest_checksums=current, reader=READER, program_as_of=own
        )
    return readings


def upgrade_record(change: Change, record: Record) -> None:
    """Replace the facts from the former shipped record (a table of inspections) with those from a newer record.

    Documents and a person's corrections stay. Earlier changes can no longer be undone.
    """
    catalogue = change.catalogue
    # Undoing an earlier change would bring back facts of the former record.
    catalogue.changes.clear()
    recorded = {inspection.id: inspection for inspection in record.inspections}
    for inspection in recorded.values():
        _put_recorded(change, inspection)
    rows = catalogue.inspections.items()
    # An inspection that left the record is deleted, unless it has documents, corrections or CSV facts.
    withdrawn = [key for key, row in rows if row.record_facts is not None and key not in recorded]
    for identifier in withdrawn:
        _withdraw(change, identifier)
    former = catalogue.shipped
    catalogue.shipped = ShippedVersion(
        as_of=record.as_of,
        record_checksum=_record_checksum(record),
        record_file=record_file_checksum() if record is shipped_record() else "",
        digest_checksums=former.digest_checksums if former else {},
        reader=former.reader if former else "",
    )


def replace_record(change: Change, record: Record) -> None:
    """Replace the record in the store by a newer one that a person chose.

    Raises:
        RecordRefusedError: it is not newer.
    """
    former = change.catalogue.shipped
    if former and record.as_of < former.as_of:
        raise RecordRefusedError(f"it is older than yours: as of {record.as_of}, and yours is as of {former.as_of}")
    if former and record.as_of == former.as_of:
        same = _record_checksum(record) == former.record_checksum
        raise RecordRefusedError(
            "the store has this record already" if same else f"it is as of {record.as_of}, as yours is, but differs"
        )
    upgrade_record(change, record)
    if former and change.catalogue.shipped:
        own = former.program_as_of or former.as_of
        change.catalogue.shipped = msgspec.structs.replace(change.catalogue.shipped, program_as_of=own)


def _put_recorded(change: Change, inspection: RecordedInspection) -> None:
    before = change.catalogue.inspections.get(inspection.id)
    row = InspectionRow(
        authority=inspection.authority,
        framework=inspection.facts.framework or "",
        record_facts=inspection.facts,
        csv_facts=before.csv_facts if before else None,
        corrections=before.corrections if before else (),
    )
    if row != before:
        change.put_inspection(inspection.id, row)


def _withdraw(change: Change, identifier: str) -> None:
    """Delete the shipped facts about an inspection, and the inspection too if it has no other source."""
    row = msgspec.structs.replace(change.catalogue.inspections[identifier], record_facts=None)
    change.put_inspection(identifier, row)
    if row.csv_facts is None:
        _move_documents(change, identifier)


def _move_documents(change: Change, identifier: str) -> None:
    """Assign the documents of an inspection to other inspections that match; delete the inspection if none is left."""
    catalogue = change.catalogue
    authority = catalogue.inspections[identifier].authority
    others = [candidate for candidate in catalogue.match_candidates(authority) if candidate.id != identifier]
    for document in list(catalogue.documents_of(identifier)):
        row = catalogue.documents[document]
        found = match(row.document.kind, row.facts, others)
        if found.inspection and not found.creates:
            change.put_document(document, msgspec.structs.replace(row, inspection=found.inspection))
    if not catalogue.documents_of(identifier) and not catalogue.inspections[identifier].corrections:
        change.put_inspection(identifier, None)


def _put_digest(change: Change, digest: Digest) -> Reading:
    """Store a digest as a document of its inspection; return what was read from the digest."""
    reading = digest.read()
    row = DocumentRow(document=reading.document, facts=reading.facts, inspection=digest.inspection)
    # A digest that a person assigned to another inspection stays there.
    before = change.catalogue.documents.get(digest.sha256)
    if before is not None:
        row = msgspec.structs.replace(before, document=row.document, facts=row.facts)
    if row != before:
        change.put_document(digest.sha256, row)
    return reading


def _digest_checksums(digests: Sequence[Digest]) -> dict[str, str]:
    return {digest.inspection: digest.sha256 for digest in digests}


def _record_checksum(record: Record) -> str:
    return sha256(msgspec.json.encode(record.inspections)).hexdigest()
