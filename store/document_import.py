"""Add, assign and remove documents, inside one transaction.

A reading is what the reader found in one file: its pages, passages and facts. `store.file_import` reads files and
passes the readings to `Store.add` in batches, which uses this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from reinspect import READER
from reinspect.errors import NotFoundError, ReinspectError, StoreCorruptError
from reinspect.fact_changes import describe_changes
from reinspect.matching import Match, match
from reinspect.model import Reading
from store.catalogue import Catalogue, DocumentRow, InspectionRow
from store.page_texts import read_page_texts
from store.transaction import Change

# Reports and letters create inspections, so they go first; press coverage then finds them, whatever the file order.
_IMPORT_ORDER = {"report": 0, "letter": 0, "digest": 1, "other": 1, "coverage": 2}


class ImportResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of importing one document.

    `inspection` is the id of the inspection that the document belongs to, and `created` is True if that inspection was
    not known before. `reason` says why the import failed, why the document belongs to no inspection, or what was
    repaired of a document that was stored already. `changes` says in words what a new reading changed.
    """

    file: str
    sha256: str
    outcome: Literal["added", "already held", "unattached", "failed"]
    inspection: str | None = None
    reason: str | None = None
    created: bool = False
    warnings: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


def needs_import(folder: Path, catalogue: Catalogue, sha256: str) -> bool:
    """Return True if a document is not stored, was read by another version of the reader, or has lost its pages."""
    row = catalogue.documents.get(sha256)
    if row is None or row.document.reader != READER or not has_pages(folder, sha256):
        return True
    from reinspect.reading.fields.responsible_bodies import DIVIDED_BY_WORDING

    return DIVIDED_BY_WORDING in row.document.warnings  # the file itself may show what its stored pages do not


def has_pages(folder: Path, sha256: str) -> bool:
    """Return True if the page text of a document is there and intact."""
    try:
        read_page_texts(folder, sha256)
    except StoreCorruptError:
        return False
    return True


def import_readings(
    change: Change, readings: Sequence[Reading], to_renew: frozenset[str] = frozenset()
) -> list[ImportResult]:
    """Add documents to the catalogue; return one result for each, in the same order.

    A document that is already stored is skipped or, if its sha256 is in `to_renew`, gets the new facts.
    """
    before = {sha256: row for sha256 in to_renew if (row := change.catalogue.documents.get(sha256))}
    results: dict[int, ImportResult] = {}
    for number, reading in sorted(enumerate(readings), key=lambda pair: _IMPORT_ORDER.get(pair[1].document.kind, 3)):
        results[number] = _import_reading(change, reading, to_renew)
    _match_unattached(change, {result.inspection for result in results.values() if result.inspection})
    final = [_after_batch(change, results[number]) for number in range(len(readings))]
    documents = change.catalogue.documents
    # Undoing the import does not bring old facts back, unless the document came to belong to another inspection.
    change.kept_on_undo.update(
        sha256 for sha256, row in before.items() if row.inspection == documents[sha256].inspection
    )
    change.label = import_label(final)
    return final


def import_label(results: Sequence[ImportResult]) -> str:
    """Return a label for an import: "add report.pdf" or "reread 3 documents"."""
    added = [result for result in results if result.outcome in {"added", "unattached"}]
    names = [Path(result.file).name for result in added or results]
    return f"{'add' if added else 'reread'} {names[0] if len(names) == 1 else f'{len(names)} documents'}"


def failed_import(file: str, sha256: str, reason: str) -> ImportResult:
    """Return the result for a document that could not be read or stored."""
    return ImportResult(file=file, sha256=sha256, outcome="failed", reason=reason)


def reread_documents(change: Change, folder: Path) -> list[ImportResult]:
    """Read the stored pages of all documents again, and replace the facts of each document.

    Returns one result for each document whose facts changed, with the changes in words, then one for each whose pages
    are lost.
    """
    from store.rereading import reread_document

    changed: list[ImportResult] = []
    lost: list[ImportResult] = []
    for sha256, row in list(change.catalogue.documents.items()):
        # Opening the store reads digests again after an update (`store.shipped_data`).
        if row.document.kind == "digest":
            continue
        try:
            reading = reread_document(row.document, read_page_texts(folder, sha256).pages)
        except StoreCorruptError as error:
            lost.append(failed_import(row.document.source, sha256, str(error)))
            continue
        if _renew(change, reading):
            changes = describe_changes((row.document, row.facts), (reading.document, reading.facts))
            changed.append(msgspec.structs.replace(_result(change, reading.file, sha256), changes=changes))
    return changed + lost


def assign(change: Change, sha256: str, inspection: str | None) -> None:
    """Assign a document to the inspection that a person chose; None assigns it to no inspection.

    Raises:
        NotFoundError: the inspection is neither in the store nor a candidate of the document.
    """
    row = change.catalogue.documents[sha256]
    if inspection is not None and inspection not in change.catalogue.inspections:
        if inspection not in row.candidates or row.authority is None or row.facts.framework is None:
            raise NotFoundError(f'there is no inspection "{inspection}" in the store; `reinspect list` shows all ids')
        change.put_inspection(inspection, InspectionRow(authority=row.authority, framework=row.facts.framework))
    change.put_document(sha256, msgspec.structs.replace(row, inspection=inspection, chosen=True, reason=""))
    _remove_if_unsupported(change, row.inspection)


def remove_document(change: Change, sha256: str) -> str:
    """Remove a document; return a description of what was removed.

    The document's inspection is removed too if no other source describes that inspection.
    """
    row = change.catalogue.documents[sha256]
    change.put_document(sha256, None)
    also_removed = _remove_if_unsupported(change, row.inspection)
    also = f" and inspection {row.inspection}, which no other document supports" if also_removed else ""
    return f"{row.document.title or sha256[:12]}{also}"


def remove_inspection(change: Change, identifier: str) -> None:
    """Remove an inspection. Its documents stay, without an inspection.

    Raises:
        ReinspectError: the inspection is in the record that ships with the program.
    """
    if change.catalogue.inspections[identifier].record_facts is not None:
        raise ReinspectError(
            f"{identifier} is part of the shipped record and cannot be removed; its documents can be removed"
        )
    _remove_inspection_row(change, identifier)


def _import_reading(change: Change, reading: Reading, to_renew: frozenset[str]) -> ImportResult:
    sha256 = reading.document.sha256
    if reading.document.kind == "unreadable":
        return failed_import(reading.file, sha256, reading.reason or "the file cannot be read")
    if not _is_valid_unicode(reading):
        return failed_import(reading.file, sha256, "the file contains characters that are not valid text")
    if sha256 in change.catalogue.documents:
        if sha256 in to_renew:
            _renew(change, reading)
        row = change.catalogue.documents[sha256]
        return ImportResult(file=reading.file, sha256=sha256, outcome="already held", inspection=row.inspection)
    change.put_document(sha256, DocumentRow(document=reading.document, facts=reading.facts))
    created = _match_document(change, sha256)
    return _result(change, reading.file, sha256, created=created)


def _renew(change: Change, reading: Reading) -> bool:
    """Replace the facts of a stored document; return True if the facts differ from before."""
    sha256 = reading.document.sha256
    before = change.catalogue.documents[sha256]
    row = msgspec.structs.replace(before, document=reading.document, facts=reading.facts)
    if row == before:
        return False
    change.put_document(sha256, row)
    if row.inspection is None and not row.chosen:
        _match_document(change, sha256)
    return True


def _result(change: Change, file: str, sha256: str, *, created: bool = False) -> ImportResult:
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


def _match_document(change: Change, sha256: str) -> bool:
    """Assign a document to the inspection that its facts describe; return True if that inspection is new."""
    row = change.catalogue.documents[sha256]
    candidates = change.catalogue.match_candidates(row.authority) if row.authority else []
    found: Match = match(row.document.kind, row.facts, candidates)
    if found.creates and found.inspection and row.authority and row.facts.framework:
        new = InspectionRow(authority=row.authority, framework=row.facts.framework)
        change.put_inspection(found.inspection, new)
    matched = msgspec.structs.replace(
        row, inspection=found.inspection, candidates=found.candidates, reason=found.reason
    )
    if matched != row:
        change.put_document(sha256, matched)
    return found.creates


def _match_unattached(change: Change, inspections: set[str]) -> None:
    """Look again for an inspection for documents without one, if their authority has one of `inspections` (ids)."""
    authorities = {change.catalogue.inspections[identifier].authority for identifier in inspections}
    for sha256, row in list(change.catalogue.documents.items()):
        if row.inspection is None and not row.chosen and row.authority in authorities:
            found = match(row.document.kind, row.facts, change.catalogue.match_candidates(row.authority))
            if found.inspection and not found.creates:
                matched = msgspec.structs.replace(row, inspection=found.inspection, candidates=(), reason="")
                change.put_document(sha256, matched)


def _after_batch(change: Change, result: ImportResult) -> ImportResult:
    """Return the result for a document after the whole batch, which may have added the document's inspection."""
    row = change.catalogue.documents.get(result.sha256)
    if result.outcome != "unattached" or row is None or row.inspection is None:
        return result
    return msgspec.structs.replace(result, outcome="added", inspection=row.inspection, reason=None)


def _remove_if_unsupported(change: Change, identifier: str | None) -> bool:
    """Remove an inspection that no table, report or letter supports; return True if it was removed."""
    row = change.catalogue.inspections.get(identifier) if identifier else None
    if identifier is None or row is None or row.record_facts is not None or row.csv_facts is not None:
        return False
    documents = (change.catalogue.documents[sha256] for sha256 in change.catalogue.documents_of(identifier))
    if any(document.document.kind in {"report", "letter"} for document in documents):
        return False
    _remove_inspection_row(change, identifier)
    return True


def _remove_inspection_row(change: Change, identifier: str) -> None:
    for sha256 in list(change.catalogue.documents_of(identifier)):
        row = change.catalogue.documents[sha256]
        reason = "its inspection was removed"
        change.put_document(sha256, msgspec.structs.replace(row, inspection=None, chosen=False, reason=reason))
    change.put_inspection(identifier, None)


def _is_valid_unicode(reading: Reading) -> bool:
    """Return True if JSON can represent the text of a reading, which it cannot with lone surrogates."""
    try:
        msgspec.json.encode((reading.document, reading.facts))
    except UnicodeEncodeError:
        return False
    return True
