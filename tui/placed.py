"""What became of each file that a person added, in words: of which inspection it is, and as what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from store import ImportResult, Store

_KINDS = {"coverage": "press or council piece", "other": "document"}
_SHORT_HASH = 12


class ImportedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file's name, what became of it, and the sha256 of what is held of it; None where nothing is."""

    name: str
    outcome: Literal["added", "already held", "unattached", "failed", "passed over"]
    words: str
    document: str | None = None


class ImportProgress(msgspec.Struct, frozen=True, kw_only=True):
    """Files being read into the store: those `describe_results` so far, of so many."""

    path: Path
    files: int = 0
    placed: tuple[ImportedFile, ...] = ()
    under_way: bool = True

    @property
    def words(self) -> str:
        """How far it is, or how many files came to what."""
        if self.under_way:
            return f"{len(self.placed)} of {self.files} read"
        counts: dict[str, int] = {}
        for each in self.placed:
            counts[each.outcome] = counts.get(each.outcome, 0) + 1
        return f"Documents: {', '.join(f'{count} {outcome}' for outcome, count in counts.items()) or 'none there'}."


def describe_results(store: Store, additions: Sequence[ImportResult]) -> tuple[ImportedFile, ...]:
    """Each addition with its words."""
    return tuple(_placed(store, addition) for addition in additions)


def skipped_file(path: Path, reason: str) -> ImportedFile:
    """A file of a folder that is no document."""
    from reinspect.reading.sanitise import safe_line

    return ImportedFile(name=safe_line(path.name), outcome="passed over", words=reason)


def _placed(store: Store, addition: ImportResult) -> ImportedFile:
    from reinspect.reading.sanitise import safe_line

    name = safe_line(Path(addition.file).name)
    if addition.outcome == "failed":
        return ImportedFile(name=name, outcome="failed", words=addition.reason or "it cannot be read")
    words = _belongs(store, addition.sha256)
    words += ", which was not known before" if addition.created else ""
    return ImportedFile(name=name, outcome=addition.outcome, words=words, document=addition.sha256)


def _belongs(store: Store, sha256: str) -> str:
    """Of which inspection a held document is; where it is of none, why, and how a person chooses one."""
    from reinspect.exporting.citation import event
    from tui.naming import authority_of

    held = store.document(sha256)
    kind = _KINDS.get(held.document.kind, held.document.kind)
    if held.inspection:
        inspection = store.inspection(held.inspection)
        about = "on" if held.document.kind == "coverage" else "of"
        return f"{kind} {about} {event(inspection, authority_of(inspection).name)}"
    some = f" ({', '.join(held.candidates)})" if held.candidates else ""
    choose = f"`reinspect attach {sha256[:_SHORT_HASH]} ID` chooses one{some}"
    return f"{kind} of no inspection yet: {held.reason or 'nobody has chosen one'}; {choose}"
