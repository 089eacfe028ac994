"""What a change is called when it is taken back, in words that a person knows it by."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reinspect.model import Inspection, Pin, StepId
    from store.catalogue import Catalogue, ChangeRow
    from store.document_import import ImportResult

_OPENING = 8


def import_label(additions: Sequence[ImportResult]) -> str:
    """An import, by what it added; by what it read again, where it added nothing."""
    new = [addition for addition in additions if addition.outcome in {"added", "unattached"}]
    names = [Path(addition.file).name for addition in new or additions]
    return f"{'add' if new else 'read again'} {names[0] if len(names) == 1 else f'{len(names)} documents'}"


def undo_label(rows: Sequence[ChangeRow]) -> str:
    """Changes that are taken back together: several are the batches of one import. "" where there is none."""
    new = {sha256 for row in rows for sha256, before in row.documents.items() if before is None}
    return f"add {len(new)} documents" if len(rows) > 1 and len(new) > 1 else ", ".join(row.words for row in rows)


def excerpt(pin: Pin) -> str:
    """The first words of a pin."""
    words = pin.text.split()
    return f'"{" ".join(words[:_OPENING])}{" ..." if len(words) > _OPENING else ""}"'


def inspection_label(inspection: Inspection) -> str:
    """An inspection, as a citation begins: "Camden, SIF inspection 2017"."""
    from reinspect.authorities import authorities

    authority = authorities().by_slug(inspection.authority)
    return f"{authority.name if authority else inspection.authority}, {_event(inspection)}"


def step_label(catalogue: Catalogue, link: StepId) -> str:
    """An improvement in a later text: "no. 1 of Camden, SIF inspection 2017; focused visit 2023".

    Raises:
        NotFoundError: one of the two inspections is not held.
    """
    asked, later = catalogue.settled(link.inspection), catalogue.settled(link.later)
    return f"no. {link.index} of {inspection_label(asked)}; {_event(later)}"


def _event(inspection: Inspection) -> str:
    from reinspect.exporting.citation import occasion

    return f"{occasion(inspection)} {inspection.year or ''}".rstrip()
