"""Tables of a comparison of two inspections: strands, recommendations and passages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reinspect.comparing.comparison import Comparison
from reinspect.comparing.judgements import StrandChange
from reinspect.comparing.passages import PassagePair
from reinspect.exporting.tables.inspections import improvements_table
from reinspect.exporting.tables.shared_columns import authority_name, date_of, joined
from reinspect.exporting.tidy import Fields, TidyTable, day, number, tabulate, text, whole
from reinspect.model import Passage


class ComparedStrand(NamedTuple):
    """One strand of a comparison."""

    comparison: Comparison
    change: StrandChange


def comparison_tables(comparison: Comparison) -> tuple[TidyTable, TidyTable, TidyTable]:
    """Return the strands compared, the recommendations of both inspections, and their passages."""
    return (
        strands_table(ComparedStrand(comparison, change) for change in comparison.judgements),
        improvements_table((comparison.a, comparison.b)),
        tabulate("passages", "two passages on one subject, or one without a match", _PASSAGES, comparison.pairs),
    )


def strands_table(strands: Iterable[ComparedStrand]) -> TidyTable:
    """Return a row for each strand."""
    return tabulate("strands", "one strand (graded subject), compared between inspections a and b", _STRANDS, strands)


def _page(change: StrandChange, side: str) -> int | None:
    judgement = change.judgement_a if side == "a" else change.judgement_b
    return judgement.evidence.page if judgement and judgement.evidence else None


def _passage_fields(side: str) -> Fields[PassagePair]:
    def of(row: PassagePair) -> Passage | None:
        return row.a if side == "a" else row.b

    return (
        text(f"text_{side}", f"passage of {side}", lambda row: getattr(of(row), "text", None)),
        text(f"document_{side}", f"SHA-256 of the file of {side}", lambda row: getattr(of(row), "document", None)),
        whole(f"page_{side}", f"page in {side}", lambda row: getattr(of(row), "page", None)),
        whole(f"paragraph_{side}", f"paragraph in {side}", lambda row: getattr(of(row), "paragraph", None)),
    )


_STRANDS: Fields[ComparedStrand] = (
    text("strand", "name of the strand", lambda row: row.change.name),
    text("authority_a", "authority of a", lambda row: authority_name(row.comparison.a)),
    text("inspection_a", "id of inspection a", lambda row: row.comparison.a.id),
    day("date_a", "date of inspection a", lambda row: date_of(row.comparison.a)),
    text("strand_a", "key of the strand in a", lambda row: row.change.strand_a),
    text("grade_a", "grade in a", lambda row: row.change.grade_a),
    whole("page_a", "page in a", lambda row: _page(row.change, "a")),
    text("authority_b", "authority of b", lambda row: authority_name(row.comparison.b)),
    text("inspection_b", "id of inspection b", lambda row: row.comparison.b.id),
    day("date_b", "date of inspection b", lambda row: date_of(row.comparison.b)),
    text("strand_b", "key of the strand in b", lambda row: row.change.strand_b),
    text("grade_b", "grade in b", lambda row: row.change.grade_b),
    whole("page_b", "page in b", lambda row: _page(row.change, "b")),
    text("change", "change from the earlier to the later; empty between two authorities", lambda r: r.change.change),
    text("relation", "which grade is higher", lambda row: row.change.relation),
    text("wording", "change or relation, as the page says it", lambda row: row.change.wording),
    text("caveats", "keys of the caveats", lambda row: joined(row.change.caveats)),
    text("reason", "why the grades cannot be compared", lambda row: row.change.reason),
)
_PASSAGES: Fields[PassagePair] = (
    text("strand", "key of the strand", lambda row: row.strand),
    number("likeness", "similarity of the passages, 0 to 1", lambda row: round(row.similarity, 3)),
    *_passage_fields("a"),
    *_passage_fields("b"),
)
