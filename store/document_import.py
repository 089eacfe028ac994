"""Placing documents in the catalogue: which inspection each belongs to, and what becomes of it when one goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from reinspect.errors import NotFoundError, ReinspectError
from reinspect.matching import Match, match
from reinspect.model import Reading
from store.catalogue import Change, DocumentRow, InspectionRow
from store.change_labels import import_label

# Inspectors' own words make events known; coverage then finds them, whatever the order of the files.
_ORDER = {"report": 0, "letter": 0, "digest": 1, "other": 1, "coverage": 2}


class ImportResult(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one document: attached to `inspection` (which it created, if `created`), or why not."""

    file: str
    sha256: str
    outcome: Literal["added", "already held", "unattached", "failed"]
    inspection: str | None = None
    reason: str | None = None
    created: bool = False
    warnings: tuple[str, ...] = ()


def import_readings(
    change: Change, readings: Sequence[Reading], renewed: frozenset[str] = frozenset()
) -> list[ImportResult]:
    """Put readings into the catalogue; what became of each, in the order given.

    Of documents held already only the `renewed` ones (sha256) are read anew; they stay where they are attached, and
    that they were read anew is nothing that a person would take back.
    """
    before = {sha256: row for sha256 in renewed if (row := change.catalogue.documents.get(sha256))}
    additions: dict[int, ImportResult] = {}
    for number, reading in sorted(enumerate(readings), key=lambda pair: _ORDER.get(pair[1].document.kind, 3)):
        additions[number] = _place(change, reading, renewed)
    _attach_the_loose(change, {addition.inspection for addition in additions.values() if addition.inspection})
    placed = [_as_placed(change, additions[number]) for number in range(len(readings))]
    now = change.catalogue.documents
    change.lasting.update(sha256 for sha256, row in before.items() if row.inspection == now[sha256].inspection)
    change.words = import_label(placed)
    return placed


def failed(file: str, sha256: str, reason: str) -> ImportResult:
    """What became of a document that could not be read or kept."""
    return ImportResult(file=file, sha256=sha256, outcome="failed", reason=reason)


def reimport_readings(change: Change, readings: Sequence[Reading]) -> list[ImportResult]:
    """Put new readings of held documents in place of the old; what became of each that changed."""
    changed = [reading for reading in readings if _renew(change, reading)]
    return [_addition(change, reading.file, reading.document.sha256) for reading in changed]


def assign(change: Change, sha256: str, inspection: str | None) -> None:
    """Attach a document to the inspection that a person chose, or to none. Raises NotFoundError."""
    row = change.catalogue.documents[sha256]
    if inspection is not None and inspection not in change.catalogue.inspections:
        if inspection not in row.candidates or row.authority is None or row.facts.framework is None:
            raise NotFoundError(f'there is no inspection "{inspection}" in the store; `reinspect list` names them')
        change.put_inspection(inspection, InspectionRow(authority=row.authority, framework=row.facts.framework))
    change.put_document(sha256, msgspec.structs.replace(row, inspection=inspection, chosen=True, reason=""))
    _drop_if_unfounded(change, row.inspection)


def remove_document(change: Change, sha256: str) -> str:
    """Take out a document, and the inspection that it alone made known; says so."""
    row = change.catalogue.documents[sha256]
    change.put_document(sha256, None)
    dropped = _drop_if_unfounded(change, row.inspection)
    also = f" and the inspection {row.inspection}, which only it made known" if dropped else ""
    return f"remove {row.document.title or sha256[:12]}{also}"


def remove_inspection(change: Change, identifier: str) -> str:
    """Take out an inspection that only documents made known; they stay, unattached. Raises ReinspectError."""
    if change.catalogue.inspections[identifier].record is not None:
        raise ReinspectError(f"{identifier} is in the shipped record and stays; its documents can be removed")
    _drop(change, identifier)
    return f"remove {identifier}"


def _place(change: Change, reading: Reading, renewed: frozenset[str]) -> ImportResult:
    document = reading.document
    if document.kind == "unreadable":
        return failed(reading.file, document.sha256, reading.reason or "it cannot be read")
    if not _storable(reading):
        return failed(reading.file, document.sha256, "it holds characters that are no text")
    if document.sha256 in change.catalogue.documents:
        if document.sha256 in renewed:
            _renew(change, reading)
        held = change.catalogue.documents[document.sha256]
        return ImportResult(
            file=reading.file, sha256=document.sha256, outcome="already held", inspection=held.inspection
        )
    change.put_document(document.sha256, DocumentRow(document=document, facts=reading.facts))
    created = _attach(change, document.sha256)
    return _addition(change, reading.file, document.sha256, created=created)


def _renew(change: Change, reading: Reading) -> bool:
    """Put a new reading of a held document in place of the old; True if it says anything else."""
    sha256 = reading.document.sha256
    before = change.catalogue.documents[sha256]
    row = msgspec.structs.replace(before, document=reading.document, facts=reading.facts)
    if row == before:
        return False
    change.put_document(sha256, row)
    if row.inspection is None and not row.chosen:
        _attach(change, sha256)
    return True


def _addition(change: Change, file: str, sha256: str, *, created: bool = False) -> ImportResult:
    row = change.catalogue.documents[sha256]
    return ImportResult(
        file=file,
        sha256=sha256,
        outcome="added" if row.inspection else "unattached",
        inspection=row.inspection,
        reason=row.reason or None,
        created=created,
        warnings=row.document.warnings,
    )


def _attach(change: Change, sha256: str) -> bool:
    """Let a document find its inspection; True if that is a new one."""
    row = change.catalogue.documents[sha256]
    events = change.catalogue.events(row.authority) if row.authority else []
    found: Match = match(row.document.kind, row.facts, events)
    if found.creates and found.inspection and row.authority and row.facts.framework:
        new = InspectionRow(authority=row.authority, framework=row.facts.framework)
        change.put_inspection(found.inspection, new)
    attached = msgspec.structs.replace(
        row, inspection=found.inspection, candidates=found.candidates, reason=found.reason
    )
    if attached != row:
        change.put_document(sha256, attached)
    return found.creates


def _attach_the_loose(change: Change, touched: set[str]) -> None:
    """Let earlier documents without an inspection look again among those that were just told more of."""
    authorities = {change.catalogue.inspections[identifier].authority for identifier in touched}
    for sha256, row in list(change.catalogue.documents.items()):
        if row.inspection is None and not row.chosen and row.authority in authorities:
            found = match(row.document.kind, row.facts, change.catalogue.events(row.authority))
            if found.inspection and not found.creates:
                attached = msgspec.structs.replace(row, inspection=found.inspection, candidates=(), reason="")
                change.put_document(sha256, attached)


def _as_placed(change: Change, addition: ImportResult) -> ImportResult:
    """The addition as it stands once the whole batch is in place."""
    row = change.catalogue.documents.get(addition.sha256)
    if addition.outcome != "unattached" or row is None or row.inspection is None:
        return addition
    return msgspec.structs.replace(addition, outcome="added", inspection=row.inspection, reason=None)


def _drop_if_unfounded(change: Change, identifier: str | None) -> bool:
    """Take out an inspection that neither a record nor a report or letter makes known any more."""
    row = change.catalogue.inspections.get(identifier) if identifier else None
    if identifier is None or row is None or row.record is not None or row.catalogued is not None:
        return False
    held = (change.catalogue.documents[sha256] for sha256 in change.catalogue.attached(identifier))
    if any(document.document.kind in {"report", "letter"} for document in held):
        return False
    _drop(change, identifier)
    return True


def _drop(change: Change, identifier: str) -> None:
    for sha256 in list(change.catalogue.attached(identifier)):
        row = change.catalogue.documents[sha256]
        reason = "its inspection was removed"
        change.put_document(sha256, msgspec.structs.replace(row, inspection=None, chosen=False, reason=reason))
    change.put_inspection(identifier, None)


def _storable(reading: Reading) -> bool:
    """Whether JSON can hold what was read: text from a careless source may hold half a character."""
    try:
        msgspec.json.encode((reading.document, reading.facts))
    except UnicodeEncodeError:
        return False
    return True
