"""Save and delete verdicts: a person's decisions on what became of an improvement in a later inspection."""

from __future__ import annotations

from contextlib import suppress

from reinspect.errors import NotFoundError
from reinspect.model import StepId, Verdict
from store.change_labels import step_label
from store.transaction import CatalogueFile


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

    def withdraw(self, step: StepId) -> None:
        """Delete the verdict on a step, so that the status computed by the program applies again."""
        with self._file.transaction("withdraw a verdict") as change:
            with suppress(NotFoundError):
                change.label = f"withdraw the verdict on {step_label(change.catalogue, step)}"
            change.put_verdict(step.key, None)
