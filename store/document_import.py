"""Add, assign and remove documents, inside one transaction.

A reading is what the reader found in one file: its pages, passages and facts. `store.file_import` reads files and
passes the readings to `Store.add` in batches, which uses this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from reinspect import READER
from reinspect.errors import NotFoundError, ReinspectError, StoreCorruptError
from reinspect.fact_changes import describe_changes
from reinspect.matching import Match, match
from reinspect.model import Document, Reading
from store.catalogue import Catalogue, DocumentRow, InspectionRow
from store.page_texts import read_page_texts
from store.transaction import Change


class ImportResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of importing one document.

    `inspection` is the id of the inspection that the document belongs to, and `created` is True if that inspection was
    not known before. `reason` says why the import failed, why the document belongs to no inspection, or what was
    repaired of a document that was stored already. `changes` says in words what a new reading changed: the facts, and
    the inspection that the document belongs to.
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
    """Return True if a document should be read from its file.

    That is so if it is not stored, was read by another version of the reader, has lost its pages, or has a list that
    the file may divide better than the stored pages do.
    """
    row = catalogue.documents.get(sha256)
    if row is None or row.document.reader != READER or not has_pages(folder, sha256):
        return True
    from reinspect.reading.fields.responsible_bodies import DIVIDED_BY_WORDING

    return DIVIDED_BY_WORDING in row.document.warnings


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
    for number, reading in sorted(enumerate(readings), key=lambda pair: _import_order(pair[1].document)):
        results[number] = _import_reading(change, reading, to_renew)
    _match_unattached(change, _inspections_of(change, results.values()))
    final = [_after_batch(change, results[number]) for number in range(len(readings))]
    documents = change.catalogue.documents
    # Undoing the import does not bring old facts back, unless the document came to belong to another inspection, or to
    # one of another framework.
    change.kept_on_undo.update(
        sha256
        for sha256, row in before.items()
        if row.inspection == documents[sha256].inspection and not _is_on_another(row, documents[sha256])
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
    """Read the stored pages of all documents again, replace the facts of each, and match it again if need be.

    Returns one result for each document whose facts or inspection changed, with the changes in words, then one for each
    whose pages are lost.
    """
    from store.rereading import reread_document

    before = dict(change.catalogue.documents)
    to_match: list[str] = []
    lost: list[ImportResult] = []
    for sha256, row in before.items():
        # Opening the store reads digests again after an update (`store.shipped_data`).
        if row.document.kind == "digest":
            continue
        try:
            reading = reread_document(row.document, read_page_texts(folder, sha256).pages)
        except StoreCorruptError as error:
            lost.append(failed_import(row.document.source, sha256, str(error)))
            continue
        if _renew_facts(change, reading):
            to_match.append(sha256)
    for sha256 in sorted(to_match, key=lambda sha256: _import_order(change.catalogue.documents[sha256].document)):
        _match_again(change, sha256)
    # Coverage of an inspection that was removed meanwhile belongs to the one that took its place.
    freed = (sha256 for sha256, row in before.items() if row.inspection and _is_unattached(change, sha256))
    for sha256 in list(freed):
        _match_document(change, sha256)
    changed = [
        msgspec.structs.replace(_result(change, row.document.source, sha256), changes=_describe(row, after))
        for sha256, row in before.items()
        if (after := change.catalogue.documents[sha256]) != row
    ]
    return changed + lost


def _describe(before: DocumentRow, after: DocumentRow) -> tuple[str, ...]:
    """Return what a new reading changed, in words: the facts, and the inspection that the document belongs to."""
    changes = describe_changes((before.document, before.facts), (after.document, after.facts))
    if before.inspection == after.inspection:
        return changes
    return (*changes, f"assigned to {after.inspection or f'no inspection: {after.reason}'}")


def _import_order(document: Document) -> bool:
    # Press coverage goes last, so that it finds the inspections that reports and letters create.
    return document.kind == "coverage"


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
    return f"{row.document.shown_title or sha256[:12]}{also}"


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
        if sha256 in to_renew and _renew_facts(change, reading):
            _match_again(change, sha256)
        row = change.catalogue.documents[sha256]
        return ImportResult(file=reading.file, sha256=sha256, outcome="already held", inspection=row.inspection)
    change.put_document(sha256, DocumentRow(document=reading.document, facts=reading.facts))
    created = _match_document(change, sha256)
    return _result(change, reading.file, sha256, created=created)


def _renew_facts(change: Change, reading: Reading) -> bool:
    """Replace the facts of a stored document; return True if it must be matched to an inspection again.

    That is so if no person chose its inspection, and it has none or is now known to be of another kind.
    """
    sha256 = reading.document.sha256
    before = change.catalogue.documents[sha256]
    row = msgspec.structs.replace(before, document=reading.document, facts=reading.facts)
    if row != before:
        change.put_document(sha256, row)
    return not row.chosen and (row.inspection is None or _is_on_another(before, row))


def _is_on_another(before: DocumentRow, after: DocumentRow) -> bool:
    """Return True if two readings of a document differ in its kind, framework or authority."""
    one, other = ((row.document.kind, row.facts.framework, row.authority) for row in (before, after))
    return one != other


def _match_again(change: Change, sha256: str) -> None:
    """Match a stored document as if it were new; an inspection that only this document supported is removed."""
    row = change.catalogue.documents[sha256]
    former = change.catalogue.inspections.get(row.inspection or "")
    if row.inspection:
        change.put_document(sha256, msgspec.structs.replace(row, inspection=None))
    was_removed = _remove_if_unsupported(change, row.inspection)
    created = _match_document(change, sha256)
    if was_removed and created and former and former.corrections:
        # A person's corrections go with the document.
        identifier = change.catalogue.documents[sha256].inspection or ""
        new = change.catalogue.inspections[identifier]
        change.put_inspection(identifier, msgspec.structs.replace(new, corrections=former.corrections))


def _is_unattached(change: Change, sha256: str) -> bool:
    """Return True if a document belongs to no inspection, and no person decided so."""
    row = change.catalogue.documents[sha256]
    return row.inspection is None and not row.chosen


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


def _inspections_of(change: Change, results: Iterable[ImportResult]) -> set[str]:
    """Return the inspections (ids) that the documents of an import belong to, now that all are in."""
    rows = (change.catalogue.documents.get(result.sha256) for result in results)
    return {row.inspection for row in rows if row and row.inspection}


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
    """Return the result for a document after the whole batch, which may have added or removed its inspection."""
    row = change.catalogue.documents.get(result.sha256)
    if result.outcome == "failed" or row is None or row.inspection == result.inspection:
        return result
    if result.outcome == "already held":
        return msgspec.structs.replace(result, inspection=row.inspection)
    outcome: Literal["added", "unattached"] = "added" if row.inspection else "unattached"
    return msgspec.structs.replace(result, outcome=outcome, inspection=row.inspection, reason=row.reason or None)


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
