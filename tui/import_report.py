"""Import files step by step, and describe the result for each file in words, for the app and its text mode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from reinspect.answers import Answer
from reinspect.exporting.sheet import Listing, Sheet, SheetItem, SheetSection
from reinspect.model import Evidence

if TYPE_CHECKING:
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.tidy import TidyTable
    from store import ImportResult, Store

_KINDS = {"coverage": "press or council piece", "other": "document"}
_SHORT_SHA256 = 12
_OUTCOMES_IN_WORDS = {"already held": "already stored", "passed over": "skipped"}


class ImportedFile(msgspec.Struct, frozen=True, kw_only=True):
    """The result of importing one file, in words. `document` is the sha256 of the stored document, if any."""

    name: str
    outcome: Literal["added", "already held", "unattached", "failed", "passed over"]
    words: str
    document: str | None = None

    @property
    def outcome_words(self) -> str:
        """The outcome to print; data has names of their own for some."""
        return _OUTCOMES_IN_WORDS.get(self.outcome, self.outcome)


class ImportProgress(Answer, frozen=True, kw_only=True):
    """The progress of an import: the number of files, the results so far, and whether it is still running.

    `source` is the file, the folder or the authority that the files are of. `downloaded` is the number of reports that
    have been downloaded or failed, if they are downloaded before they are read. `ended` is what a download came to, in
    words, once it has ended.
    """

    source: str
    files: int = 0
    downloaded: int | None = None
    results: tuple[ImportedFile, ...] = ()
    running: bool = True
    ended: str = ""

    @property
    def words(self) -> str:
        """A sentence on the progress: how many files were read or, at the end, how many had which result."""
        if self.running and self.downloaded is not None:
            return f"{self.downloaded} of {self.files} downloaded"
        if self.running:
            return f"{len(self.results)} of {self.files} read"
        if self.ended:
            return self.ended
        return f"Documents: {counts}." if (counts := count_outcomes(self.results)) else "No documents found."

    def sheet(self) -> Sheet:
        """Return the results as a sheet (a page for display or export); each line links to its document."""
        items = tuple(
            SheetItem(
                marker=f"{number}.",
                text=f"{result.name}: {result.outcome_words}, {result.words}.",
                evidence=Evidence(document=result.document, page=1, start=0, end=0) if result.document else None,
            )
            for number, result in enumerate(self.results, 1)
        )
        sections = (SheetSection(heading="Result for each file", blocks=(Listing(items=items),)),) if items else ()
        return Sheet(title="Files read", head=(self.words,), sections=sections)

    def records(self) -> list[JsonObject]:
        """Return the result for each file as a JSON object."""
        return [msgspec.to_builtins(result) for result in self.results]

    def tables(self) -> tuple[TidyTable, ...]:
        """Return a row for each file."""
        from reinspect.exporting.tidy import Fields, tabulate, text

        fields: Fields[ImportedFile] = (
            text("name", "name of the file", lambda file: file.name),
            text("outcome", "added, already held, unattached, failed or passed over", lambda file: file.outcome),
            text("words", "what it is, or the reason", lambda file: file.words),
            text("document", "SHA-256 of the file", lambda file: file.document),
        )
        return (tabulate("files", "one file", fields, self.results),)


def count_outcomes(results: Iterable[ImportedFile]) -> str:
    """Return how many files had which outcome: "2 added, 1 failed"; empty if there are no files."""
    return ", ".join(f"{count} {outcome}" for outcome, count in Counter(one.outcome_words for one in results).items())


def import_with_report(
    store: Store, path: Path, report: Callable[[ImportProgress], None], stopped: Callable[[], bool]
) -> ImportProgress:
    """Import a file or folder and return the results.

    `report` is called with the progress after each batch of files. The import ends early when `stopped` returns True.
    """
    from reinspect.reading.folders import walk
    from store.file_import import import_files

    entries = walk([path])
    files = [entry.path for entry in entries if not entry.skipped]
    progress = ImportProgress(source=str(path), files=len(files))
    report(progress)
    for batch in import_files(store, files):
        progress = replace(progress, results=(*progress.results, *describe_results(store, batch)))
        report(progress)
        if stopped():
            break
    skipped = tuple(_skipped_file(entry.path, entry.skipped) for entry in entries if entry.skipped)
    return replace(progress, results=(*progress.results, *skipped), running=False)


def describe_results(store: Store, results: Sequence[ImportResult]) -> tuple[ImportedFile, ...]:
    """Describe the result of each import in words."""
    return tuple(_describe(store, result) for result in results)


def _skipped_file(path: Path, reason: str) -> ImportedFile:
    from reinspect.reading.sanitise import safe_line

    return ImportedFile(name=safe_line(path.name), outcome="passed over", words=reason)


def _describe(store: Store, result: ImportResult) -> ImportedFile:
    from reinspect.reading.sanitise import safe_line

    name = safe_line(Path(result.file).name)
    if result.outcome == "failed":
        return ImportedFile(name=name, outcome="failed", words=result.reason or "it cannot be read")
    words = _describe_document(store, result.sha256) + (" (a new inspection)" if result.created else "")
    if result.outcome == "already held" and result.reason:
        words = f"{words}; {result.reason}"
    return ImportedFile(name=name, outcome=result.outcome, words=words, document=result.sha256)


def _describe_document(store: Store, sha256: str) -> str:
    """Return the inspection that a stored document belongs to or, if there is none, why and how to choose one."""
    from reinspect.answers.names import authority_of
    from reinspect.exporting.citation import event

    stored = store.document(sha256)
    kind = _KINDS.get(stored.document.kind, stored.document.kind)
    if stored.inspection:
        inspection = store.inspection(stored.inspection)
        about = "on" if stored.document.kind == "coverage" else "of"
        return f"{kind} {about} {event(inspection, authority_of(inspection).name)}"
    candidates = f", where ID is {' or '.join(stored.candidates)}" if stored.candidates else ""
    assign = f"to assign it: `reinspect attach {sha256[:_SHORT_SHA256]} ID`{candidates}"
    return f"{kind}, not matched to an inspection: {stored.reason or 'nobody has assigned it'}; {assign}"
