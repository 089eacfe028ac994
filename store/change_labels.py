"""Short descriptions of changes, for a person who wants to undo one: `pin "Plans are late."`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reinspect.model import Inspection, Pin, StepId
    from store.catalogue import Catalogue, ChangeRow

_EXCERPT_WORDS = 8


def undo_label(rows: Sequence[ChangeRow]) -> str:
    """Return one label for changes that are undone together; "" for no changes."""
    added = {sha256 for row in rows for sha256, before in row.documents.items() if before is None}
    if len(added) > 1:
        return f"add {len(added)} documents"
    return ", ".join(row.label for row in rows)


def excerpt(pin: Pin) -> str:
    """Return the first eight words of a pin, in quotation marks."""
    return excerpt_of(pin.text)


def excerpt_of(text: str) -> str:
    """Return the first eight words of a text, in quotation marks."""
    words = text.split()
    return f'"{" ".join(words[:_EXCERPT_WORDS])}{" ..." if len(words) > _EXCERPT_WORDS else ""}"'


def inspection_label(inspection: Inspection) -> str:
    """Return a label for an inspection: "Camden, SIF inspection 2017"."""
    from reinspect.authorities import authorities

    return f"{authorities().name_of(inspection.authority)}, {_kind_and_year(inspection)}"


def step_label(catalogue: Catalogue, step: StepId) -> str:
    """Return a label for one improvement in one later inspection.

    Example: "improvement 1 of Camden, SIF inspection 2017, in focused visit 2023".

    Raises:
        NotFoundError: one of the two inspections is not in the store.
    """
    earlier, later = catalogue.reconciled(step.inspection), catalogue.reconciled(step.later)
    return f"{step.role} {step.index} of {inspection_label(earlier)}, in {_kind_and_year(later)}"


def _kind_and_year(inspection: Inspection) -> str:
    from reinspect.exporting.citation import occasion

    return f"{occasion(inspection)} {inspection.year or ''}".rstrip()
