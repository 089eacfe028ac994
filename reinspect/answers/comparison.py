"""Answer "what changed between two inspections?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from reinspect.answers.answer import Answer
from reinspect.answers.cohort import CohortAnswer, describe_cohort
from reinspect.answers.names import authority_of
from reinspect.comparing.comparison import Comparison, compare
from reinspect.comparing.followthrough.steps import LaterText

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.comparing.followthrough.asked_again import AskedAgain
    from reinspect.comparing.followthrough.threads import KnownSteps
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable
    from reinspect.model import Inspection, Passage


class ComparisonAnswer(Answer, frozen=True, kw_only=True):
    """The comparison of two inspections: grades, recommendations and passages.

    `cohort`, if given, compares the second inspection with a group of authorities. `texts` are both inspections with
    their passages. The page has the passages only if `full`. Steps of follow-through in `known` are not worked out
    again. With `strand`, the passages are those on this strand alone, which are then on the page.
    """

    comparison: Comparison
    cohort: CohortAnswer | None = None
    texts: tuple[LaterText, ...] = ()
    full: bool = False
    known: KnownSteps | None = None
    strand: str | None = None

    @property
    def in_order(self) -> tuple[Inspection, Inspection]:
        """Both inspections, the earlier first."""
        earlier, later = sorted((self.comparison.a, self.comparison.b), key=lambda inspection: inspection.when)
        return earlier, later

    @property
    def has_both_lists(self) -> bool:
        """True if the recommendations can be compared: of one authority and one band, and the later text is stored."""
        later = next((text for text in self.texts if text.inspection.id == self.in_order[1].id), None)
        return (
            self.comparison.kinship == "same authority"
            and not self.comparison.across_bands
            and all(inspection.asked for inspection in self.in_order)
            and later is not None
            and bool(later.passages)
        )

    def compare_lists(self) -> AskedAgain | None:
        """Follow what the earlier inspection asked for into the later one; None if the two cannot be compared."""
        from reinspect.comparing.followthrough.asked_again import asked_again
        from reinspect.comparing.followthrough.threads import follow

        if not self.has_both_lists:
            return None
        texts = sorted(self.texts, key=lambda text: text.inspection.when)
        return asked_again(follow(texts, self.known), *self.in_order)

    @property
    def is_one_record(self) -> bool:
        """True without a group: JSON has one object."""
        return self.cohort is None

    def sheet(self) -> Sheet:
        """Return a page with the comparison."""
        from reinspect.exporting.sheets.cohort import with_cohort
        from reinspect.exporting.sheets.comparison import comparison_sheet

        sheet = comparison_sheet(self._on_strand, self.compare_lists(), full=self.full or self.strand is not None)
        if self.strand is not None:
            name = next(
                (each.name for each in self.comparison.judgements if self.strand in (each.strand_a, each.strand_b)),
                self.strand,
            )
            sheet = msgspec.structs.replace(sheet, head=(*sheet.head, f"Passages: those on {name} alone."))
        if self.cohort is None:
            return sheet
        return with_cohort(sheet, self.cohort.grades, self.cohort.changes, self.cohort.authority)

    @property
    def _on_strand(self) -> Comparison:
        """The comparison, with the passages on one strand alone if that is asked for."""
        if self.strand is None:
            return self.comparison
        pairs = tuple(pair for pair in self.comparison.pairs if pair.strand == self.strand)
        return msgspec.structs.replace(self.comparison, pairs=pairs)

    def records(self) -> list[JsonObject]:
        """Return the comparison as a JSON object, and a second object for the group if there is one."""
        from reinspect.exporting.records import comparison_record

        return [comparison_record(self._on_strand), *(self.cohort.records() if self.cohort else [])]

    def tables(self) -> tuple[TidyTable, ...]:
        """Return a row for each strand; then the recommendations, the passages if `full`, and the group if any."""
        from reinspect.exporting.tables.comparison import comparison_tables

        strands, improvements, passages = comparison_tables(self._on_strand)
        group = self.cohort.tables() if self.cohort else ()
        return strands, improvements, *((passages,) if self.full or self.strand is not None else ()), *group


def compare_inspections(
    holdings: Holdings,
    a: Inspection,
    b: Inspection,
    cohort: str | None = None,
    known: KnownSteps | None = None,
    *,
    full: bool = False,
) -> ComparisonAnswer:
    """Compare the grades, recommendations and passages of two inspections.

    `cohort` is an expression such as "region:London": a group to compare inspection `b` with. With `full`, the page
    has the passages too. Steps of follow-through in `known` are not worked out again.

    Raises:
        CohortError: the expression cannot be understood.
    """
    passages = _passages(holdings, a), _passages(holdings, b)
    return ComparisonAnswer(
        comparison=compare(a, b, *passages, (authority_of(a), authority_of(b))),
        cohort=describe_cohort(holdings, cohort, b) if cohort is not None else None,
        texts=tuple(
            LaterText(inspection=inspection, passages=own) for inspection, own in zip((a, b), passages, strict=True)
        ),
        full=full,
        known=known,
    )


def _passages(holdings: Holdings, inspection: Inspection) -> tuple[Passage, ...]:
    return holdings.passages(inspection.primary_text) if inspection.primary_text else ()
