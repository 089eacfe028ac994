"""Save and delete verdicts: a person's decisions on what became of an improvement in a later inspection."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from reinspect.errors import NotFoundError
from reinspect.model import StepId, Verdict
from store.change_labels import step_label
from store.transaction import CatalogueFile

if TYPE_CHECKING:
    from store.catalogue import Catalogue


class SavedVerdicts(NamedTuple):
    """The numbers of verdicts saved, kept as they were, and left out because the store has no such improvement."""

    saved: int
    kept: int
    left_out: int


class VerdictTable:
    """Saves and deletes verdicts: a person's decisions on what became of a required improvement in a later inspection.

    A step is one improvement in one later inspection; a step has at most one verdict. Each method saves its change at
    once, and `Store.undo` can undo the change.
    """

    def __init__(self, file: CatalogueFile) -> None:
        self._file = file

    def save(self, verdict: Verdict) -> None:
        """Save a verdict, in place of any earlier verdict on the same step.

        Raises:
            NotFoundError: one of the two inspections is not in the store.
        """
        with self._file.transaction(verdict.review) as change:
            change.label = f"mark as {verdict.review}: {step_label(change.catalogue, verdict.step)}"
            change.put_verdict(verdict.step.key, verdict)

    def save_all(self, verdicts: Sequence[Verdict]) -> SavedVerdicts:
        """Save verdicts that were given elsewhere, as one change.

        A verdict on a step that has another verdict here is not saved, and neither is one on an improvement that the
        store does not have in the same words.
        """
        saved, kept, left_out = 0, 0, 0
        with self._file.transaction("verdicts") as change:
            for verdict in verdicts:
                known = change.catalogue.verdicts.get(verdict.step.key)
                if not _has_improvement(change.catalogue, verdict):
                    left_out += 1
                elif known is not None:
                    kept += known != verdict
                else:
                    change.put_verdict(verdict.step.key, verdict)
                    saved += 1
            change.label = f"add {saved} verdict{'' if saved == 1 else 's'}"
        return SavedVerdicts(saved, kept, left_out)

    def withdraw(self, step: StepId) -> None:
        """Delete the verdict on a step, so that the status computed by the program applies again."""
        with self._file.transaction("withdraw a verdict") as change:
            with suppress(NotFoundError):
                change.label = f"withdraw the verdict on {step_label(change.catalogue, step)}"
            change.put_verdict(step.key, None)


def _has_improvement(catalogue: Catalogue, verdict: Verdict) -> bool:
    """Return True if the store has the later inspection, and the improvement in the same words."""
    from reinspect.comparing.improvement_key import improvement_key

    try:
        earlier = catalogue.reconciled(verdict.step.inspection)
        catalogue.reconciled(verdict.step.later)
    except NotFoundError:
        return False
    asked = improvement_key(verdict.improvement)
    listed = earlier.improvements if verdict.step.role == "improvement" else earlier.priority_actions
    return any(one.index == verdict.step.index and improvement_key(one.text) == asked for one in listed)
