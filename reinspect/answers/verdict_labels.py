"""Answer "what did people decide about the statuses?": the verdicts, as labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.comparing.followthrough.verdict_labels import VerdictLabel, label_of
from reinspect.model import Authority

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable


class VerdictLabelsAnswer(Answer, frozen=True, kw_only=True):
    """The verdicts on one authority, or all, each as a label."""

    labels: tuple[VerdictLabel, ...]

    def sheet(self) -> Sheet:
        """Return a page with a line for each verdict."""
        from reinspect.exporting.sheets.verdicts import verdicts_sheet

        return verdicts_sheet(self.labels)

    def tables(self) -> tuple[TidyTable, ...]:
        """Return one table: a row for each verdict."""
        from reinspect.exporting.tables.verdicts import verdicts_table

        return (verdicts_table(self.labels),)

    def records(self) -> list[JsonObject]:
        """Return one JSON object for each verdict."""
        from reinspect.exporting.records import verdict_record

        return [verdict_record(label) for label in self.labels]


def list_verdict_labels(holdings: Holdings, authority: Authority | None = None) -> VerdictLabelsAnswer:
    """Return the verdicts on the improvements of one authority, or of all."""
    texts = holdings.primary_texts()
    wanted = {one.id for one in holdings.inspections(authority.slug)} if authority else None
    labels = (
        label_of(verdict, texts)
        for verdict in holdings.verdicts()
        if wanted is None or verdict.step.inspection in wanted
    )
    return VerdictLabelsAnswer(
        labels=tuple(sorted(labels, key=lambda label: (label.inspection, label.role, label.index, label.later)))
    )
