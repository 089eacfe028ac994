"""Build a page of sentences found by a search, and a page of recurring phrases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from reinspect.exporting.sheet import Listing, Paragraph, Sheet, SheetCell, SheetItem, SheetSection, SheetTable
from reinspect.exporting.sheets.labels import counted, credits_of
from reinspect.exporting.sparkline import years_in_words, years_row
from reinspect.phrases.query import Hit, SearchResult, reason_to_find_nothing, what_is_cut

_MOST_AUTHORITIES = 12
_LONGEST_TITLE = 200
_OTHERS = "press articles, documents of no inspection, or inspections other than of social care"
_COMPARED_COLUMNS = ("Elsewhere", "Log ratio", "Bound")
_COUNTED_ONCE = "Counted: one text for each inspection, of social care unless another framework is asked for."
_EXPLANATION = (
    "Inspections: out of {of} read. Elsewhere: out of {others} others. Log ratio: 1 means twice as common here as "
    "elsewhere, -1 half as common. Bound: the cautious end of its 95 % interval; 0 means too little evidence."
)


class Recurring(msgspec.Struct, frozen=True, kw_only=True):
    """A recurring phrase, ready to print.

    - `inspections` out of `group` use the phrase, `count` times in all.
    - `elsewhere` out of `others` inspections use the phrase in the comparison group.
    - `log_ratio` compares the two shares; `bound` is the cautious end of its 95 % interval.
    - `variants` are other wordings of the phrase; `citation` is one source.
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
    """The counts of a search.

    - `by_year`: the number of inspections in each year.
    - `by_authority`: the numbers of sentences and of inspections for each authority name.
    - `others`: sentences in press articles, in documents without an inspection, or of inspections of another band.
    """

    by_year: dict[int, int] = {}
    by_authority: dict[str, tuple[int, int]] = {}
    others: int = 0

    @property
    def told_of_others(self) -> str:
        """The number `others` in words: "3 are in press articles, documents of no inspection, or ...", or ""."""
        if not self.others:
            return ""
        verb = "is" if self.others == 1 else "are"
        return f"{self.others} {verb} in {_OTHERS}"


def search_sheet(
    sought: str,
    found: SearchResult,
    citations: Sequence[str],
    searched: str,
    texts: Sequence[str] = (),
    *,
    tally: Tally | None = None,
    alone: Sequence[tuple[str, int]] = (),
    alike: tuple[Sequence[Hit], Sequence[str]] = ((), ()),
    keys: Sequence[str | None] = (),
) -> Sheet:
    """Return a page with the sentences found, numbered, the matched words marked; or why nothing was searched.

    - `citations`: the source of each sentence.
    - `searched`: the texts in words, "5 texts of Camden"; `texts` lists them.
    - `tally`: the counts by year and authority.
    - `alone`: words with the number of sentences that have each.
    - `alike`: sentences alike in meaning, and their sources, where the words found nothing.
    - `keys`: the frameworks of the sentences.
    """
    if reason := reason_to_find_nothing(sought):
        return Sheet(title=f"Search: {sought}", sections=(_found_nothing(reason),))
    shown = f", the best {len(found.hits)} below" if found.total > len(found.hits) else ""
    summary = f"{sentences_found(found)} in {counted(len(found.by_document), 'text')}{shown}."
    return Sheet(
        title=f"Search: {excerpt_of(sought)}",
        head=(
            f"Searched: {searched}.",
            *filter(None, [what_is_cut(sought)]),
            summary,
            *_tally_lines(tally or Tally()),
            *filter(None, [words_alone(alone)]),
        ),
        sections=(
            *_hit_sections(found, citations),
            *_alike_sections(*alike),
            *texts_searched(texts),
        ),
        foot=credits_of((*citations, *alike[1]), keys),
    )


def _alike_sections(hits: Sequence[Hit], citations: Sequence[str]) -> Iterator[SheetSection]:
    """Yield the sentences alike in meaning in a section of their own, if there are any."""
    items = tuple(hit_item(place, *both) for place, both in enumerate(zip(hits, citations, strict=True), 1))
    if items:
        yield SheetSection(heading="In other words (alike in meaning, not counted)", blocks=(Listing(items=items),))


def _found_nothing(words: str) -> SheetSection:
    return SheetSection(heading="Found", blocks=(Paragraph(text=words),))


def _hit_sections(found: SearchResult, citations: Sequence[str]) -> Iterator[SheetSection]:
    """Yield the exact matches in one section and the similar sentences in another."""
    if not found.hits:
        yield _found_nothing("Nothing was found.")
    numbered = list(enumerate(zip(found.hits, citations, strict=True), 1))
    for heading, exact in (("Found", True), ("Similar wording", False)):
        items = tuple(hit_item(place, hit, source) for place, (hit, source) in numbered if hit.word_for_word is exact)
        if items:
            yield SheetSection(heading=heading, blocks=(Listing(items=items),))


def excerpt_of(query: str) -> str:
    """Return a query for a title: its beginning, if it is long."""
    return query if len(query) <= _LONGEST_TITLE else f"{query[:_LONGEST_TITLE].rstrip()} …"


def sentences_found(found: SearchResult) -> str:
    """Return the number of sentences found, in words: "3 sentences", "3 sentences (1 word for word)"."""
    sentences = counted(found.total, "sentence")
    if found.word_for_word == found.total:
        return sentences
    if found.suggestion:
        quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{found.suggestion}\N{RIGHT DOUBLE QUOTATION MARK}"
        return f"{sentences} ({found.suggestion_count} with {quoted})"
    return f"{sentences} ({found.word_for_word or 'none'} word for word)"


def words_alone(alone: Sequence[tuple[str, int]]) -> str:
    """Return how many sentences have each word of a search: "Alone: “panel” in 214 sentences, ...", or ""."""
    parts = (
        f"\N{LEFT DOUBLE QUOTATION MARK}{word}\N{RIGHT DOUBLE QUOTATION MARK} in "
        + (counted(number, "sentence") if number else "none")
        for word, number in alone
    )
    return f"Alone: {', '.join(parts)}." if alone else ""


def phrases_sheet(
    recurring: Iterable[Recurring],
    searched: str,
    order: str,
    texts: Sequence[str] = (),
    *,
    beside: str = "",
    names: Sequence[str] = (),
    keys: Sequence[str | None] = (),
) -> Sheet:
    """Return a page that lists recurring phrases with their counts.

    - `searched`: the texts in words, "5 texts of Camden"; `texts` lists them.
    - `order`: how the phrases are sorted; "distinctive" also shows the counts elsewhere.
    - `beside`: the name of a comparison group, whose counts are then shown.
    - `names`, `keys`: the authorities and the frameworks of the texts.
    """
    found = tuple(recurring)
    distinctive = order == "distinctive"
    compared = distinctive or bool(beside)
    columns = ("Phrase", "Inspections", "Times", *(_COMPARED_COLUMNS if compared else ()), "Years", "Variants")
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
    nothing = "No phrase is twice as common here as elsewhere." if distinctive else "No phrase recurs in these texts."
    block = SheetTable(columns=columns, rows=rows) if rows else Paragraph(text=nothing)
    explanation = (_EXPLANATION.format(of=found[0].group, others=found[0].others),) if compared and found else ()
    return Sheet(
        title="Recurring phrases",
        head=(
            f"Searched: {searched}.",
            f"Order: {order}. The source is one place where the phrase occurs.",
            _COUNTED_ONCE,
            *explanation,
        ),
        sections=(SheetSection(heading="Phrases", blocks=(block,)), *texts_searched(texts)),
        foot=credits_of((*names, *(phrase.citation for phrase in found if phrase.citation)), keys),
    )


def _tally_lines(tally: Tally) -> Iterator[str]:
    """Yield the counts of a search as lines: by year, by authority, not counted."""
    if tally.by_year:
        years = ", ".join(f"{year} {number}" for year, number in sorted(tally.by_year.items()))
        yield f"Inspections by year: {years} {years_row(tally.by_year)}"
    ranked = sorted(tally.by_authority.items(), key=lambda item: (-item[1][0], item[0]))
    if ranked:
        shown = [
            f"{name} {sentences} in {inspections}" for name, (sentences, inspections) in ranked[:_MOST_AUTHORITIES]
        ]
        shown[0] += " inspection" if ranked[0][1][1] == 1 else " inspections"
        left = len(ranked) - len(shown)
        more = f", and {left} more" if left else ""
        yield f"Sentences by authority: {', '.join(shown)}{more}."
    if tally.others:
        left_out = " The counts by year and by authority leave them out." if ranked else ""
        yield f"Of these sentences, {tally.told_of_others}.{left_out}"


def _compared(phrase: Recurring) -> tuple[SheetCell, ...]:
    """Return three cells that compare a phrase with other texts: count elsewhere, log ratio, bound."""
    bound = f"{phrase.bound:+.1f}" if phrase.bound else "0"
    return SheetCell(text=str(phrase.elsewhere)), SheetCell(text=f"{phrase.log_ratio:+.1f}"), SheetCell(text=bound)


def hit_item(place: int, hit: Hit, citation: str) -> SheetItem:
    """Return a numbered sentence with the matched words marked."""
    start, end = hit.context
    inside = ((max(first, start) - start, min(last, end) - start) for first, last in hit.spans)
    marks = tuple(mark for mark in inside if mark[0] < mark[1])
    return SheetItem(
        marker=f"{place}.",
        text=hit.sentence,
        citation=citation,
        marks=marks,
        evidence=hit.evidence,
    )


def texts_searched(texts: Sequence[str]) -> tuple[SheetSection, ...]:
    """Return a section that lists the texts, or none."""
    items = tuple(SheetItem(text=text) for text in texts)
    return (SheetSection(heading="Texts searched", blocks=(Listing(items=items),)),) if items else ()
