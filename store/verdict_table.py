"""Changes to the verdicts: a person's decisions on what became of an improvement in a later inspection."""

from __future__ import annotations

from contextlib import suppress

from reinspect.errors import NotFoundError
from reinspect.model import StepId, Verdict
from store.change_labels import step_label
from store.transaction import CatalogueFile


class VerdictTable:
    """The verdicts of one store, at most one for each step, to change them; `Store.verdicts` reads them.

    A step is one improvement of an inspection in one later inspection. Each method is a transaction that can be undone.
    """

    def __init__(self, file: CatalogueFile) -> None:
        self._file = file

    def save(self, verdict: Verdict) -> None:
        """Store a verdict in place of an earlier one on the same step.

        Raises:
            NotFoundError: one of the two inspections is not in the store.
        """
        with self._file.transaction(verdict.review) as change:
            change.label = f"mark as {verdict.review}: {step_label(change.catalogue, verdict.step)}"
            change.put_verdict(verdict.step.key, verdict)

    def withdraw(self, step: StepId) -> None:
        """Delete the verdict on a step, so that the computed status applies again."""
        with self._file.transaction("withdraw a verdict") as change:
            with suppress(NotFoundError):
                change.label = f"withdraw the verdict on {step_label(change.catalogue, step)}"
            change.put_verdict(step.key, None)
