"""What a search found, and the phrases that recur, as sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from reinspect.exporting.sheet import Listing, Paragraph, Sheet, SheetCell, SheetItem, SheetSection, SheetTable
from reinspect.exporting.sheets.labels import LICENCE
from reinspect.exporting.sparkline import years_in_words, years_row
from reinspect.phrases.query import Hit, SearchResult

_MOST_AUTHORITIES = 12
_COMPARED = ("Elsewhere", "Log ratio", "Bound")
_MEASURES = (
    "Inspections are of {of} read, elsewhere of {others} others. Log ratio 1 means used twice as much as elsewhere; "
    "the bound is the end of its 95 % interval nearer to 0, and 0 where there is too little evidence."
)


class Recurring(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase that recurs: in how many inspections, how often in all, in which years and in which other forms.

    `score` is its weight in the order asked for, `citation` where the first of the texts to hold it says it.
    `by_year` is how many inspections of each year use it. It is used by `inspections` of the `group` and by `elsewhere`
    of `others`, whose shares `log_ratio` and `bound` set side by side (`reinspect.phrases.mining.keyness`).
    """

    phrase: str
    variants: tuple[str, ...] = ()
    inspections: int
    years: tuple[int, ...]
    count: int
    score: float = 0.0
    citation: str | None = None
    by_year: dict[int, int] = {}
    group: int = 0
    elsewhere: int = 0
    others: int = 0
    log_ratio: float = 0.0
    bound: float = 0.0


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """Where a phrase was found: inspections by year; by authority (its name) the sentences, and their inspections.

    `others` are the sentences that are in neither: those of press pieces, and of texts of no known inspection.
    """

    by_year: dict[int, int] = {}
    by_authority: dict[str, tuple[int, int]] = {}
    others: int = 0

    @property
    def told_of_others(self) -> str:
        """That some sentences are not an inspector's, or nothing."""
        return f"{self.others} of press pieces or of no known inspection" if self.others else ""


def search_sheet(
    sought: str,
    found: SearchResult,
    citations: Sequence[str],
    searched: str,
    texts: Sequence[str] = (),
    *,
    tally: Tally | None = None,
) -> Sheet:
    """The sentences that a search found, best first and numbered, the matched words marked, each with its citation.

    `citations` has one for each hit; `searched` says where: "5 texts of Camden", and `texts` which they are.
    `tally` adds where it was found.
    """
    shown = f", the best {len(found.hits)} below" if found.total > len(found.hits) else ""
    counted = f"{sentences_found(found)} in {_counted(len(found.by_document), 'text')}{shown}."
    return Sheet(
        title=f"Search: {sought}",
        head=(f"Searched: {searched}.", counted, *_tallied(tally or Tally())),
        sections=(*_found(found, citations), *_texts(texts)),
        foot=(LICENCE,),
    )


def _found(found: SearchResult, citations: Sequence[str]) -> Iterator[SheetSection]:
    """The sentences; those without the very words under a heading of their own, for they may say another thing."""
    if not found.hits:
        yield SheetSection(heading="Found", blocks=(Paragraph(text="Nothing was found."),))
    cited = list(enumerate(zip(found.hits, citations, strict=True), 1))
    for heading, exact in (("Found", True), ("Found, but not word for word", False)):
        items = tuple(_hit(place, hit, where) for place, (hit, where) in cited if hit.word_for_word is exact)
        if items:
            yield SheetSection(heading=heading, blocks=(Listing(items=items),))


def sentences_found(found: SearchResult) -> str:
    """How many sentences were found, how many of them with the words as they were typed, or what is printed instead."""
    counted = _counted(found.total, "sentence")
    if found.word_for_word == found.total:
        return counted
    if found.suggestion:
        quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{found.suggestion}\N{RIGHT DOUBLE QUOTATION MARK}"
        return f"{counted} ({found.suggestion_count} with {quoted})"
    return f"{counted} ({found.word_for_word or 'none'} word for word)"


def phrases_sheet(
    recurring: Iterable[Recurring], searched: str, order: str, texts: Sequence[str] = (), *, beside: str = ""
) -> Sheet:
    """The phrases that recur, in the order given, with the number of inspections behind each and one place of each.

    `searched` says which texts, and `texts` names them. `beside` says which others the counts elsewhere are of, where
    these were chosen: they are told in any order then.
    """
    found = tuple(recurring)
    distinctive = order == "distinctive"
    compared = distinctive or bool(beside)
    columns = ("Phrase", "Inspections", "Times", *(_COMPARED if compared else ()), "Years", "Variants")
    rows = tuple(
        (
            SheetCell(text=phrase.phrase, citation=phrase.citation),
            SheetCell(text=str(phrase.inspections)),
            SheetCell(text=str(phrase.count)),
            *(_compared(phrase) if compared else ()),
            SheetCell(text=years_in_words(phrase.years), shape=years_row(phrase.by_year)),
            SheetCell(text="; ".join(phrase.variants)),
        )
        for phrase in found
    )
    nothing = "No phrase is used twice as much here as elsewhere." if distinctive else "Nothing recurs in these texts."
    block = SheetTable(columns=columns, rows=rows) if rows else Paragraph(text=nothing)
    measures = (_MEASURES.format(of=found[0].group, others=found[0].others),) if compared and found else ()
    return Sheet(
        title="Phrases that recur",
        head=(f"Searched: {searched}.", f"Order: {order}. The source is one place where the phrase stands.", *measures),
        sections=(SheetSection(heading="Phrases", blocks=(block,)), *_texts(texts)),
        foot=(LICENCE,),
    )


def _tallied(tally: Tally) -> Iterator[str]:
    """The years and the authorities it was found in, each with the number of inspections."""
    if tally.by_year:
        years = ", ".join(f"{year} {number}" for year, number in sorted(tally.by_year.items()))
        yield f"Inspections by year: {years} {years_row(tally.by_year)}"
    ranked = sorted(tally.by_authority.items(), key=lambda each: (-each[1][0], each[0]))
    if ranked:
        told = [f"{name} {sentences} in {inspections}" for name, (sentences, inspections) in ranked[:_MOST_AUTHORITIES]]
        told[0] += " inspection" if ranked[0][1][1] == 1 else " inspections"
        left = len(ranked) - len(told)
        more = f", and {left} more" if left else ""
        yield f"Sentences by authority: {', '.join(told)}{more}."
    if tally.others:
        yield f"Beside these: {tally.told_of_others}."


def _compared(phrase: Recurring) -> tuple[SheetCell, ...]:
    """How many others use a phrase, its log ratio, and the bound of that."""
    bound = f"{phrase.bound:+.1f}" if phrase.bound else "0"
    return SheetCell(text=str(phrase.elsewhere)), SheetCell(text=f"{phrase.log_ratio:+.1f}"), SheetCell(text=bound)


def _hit(place: int, hit: Hit, citation: str) -> SheetItem:
    """A sentence, with the matched words marked in it."""
    start, end = hit.context
    inside = ((max(first, start) - start, min(last, end) - start) for first, last in hit.spans)
    marks = tuple(mark for mark in inside if mark[0] < mark[1])
    return SheetItem(
        marker=f"{place}.", text=hit.sentence, citation=citation, marks=marks, evidence=hit.passage.evidence
    )


def _texts(texts: Sequence[str]) -> tuple[SheetSection, ...]:
    items = tuple(SheetItem(text=text) for text in texts)
    return (SheetSection(heading="Texts searched", blocks=(Listing(items=items),)),) if items else ()


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
