"""Build a page on the use of one phrase, and a page of phrases that differ between two groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from reinspect.exporting.sheet import Block, Listing, Paragraph, Sheet, SheetCell, SheetItem, SheetSection, SheetTable
from reinspect.exporting.sheets.labels import counted, credits_of
from reinspect.exporting.sparkline import share_bar, years_in_words, years_row
from reinspect.frameworks import frameworks
from reinspect.phrases.query import Hit
from reinspect.phrases.types import RecurringPhrase, UsageShare
from reinspect.phrases.usage import PhraseUsage

_MOST_AUTHORITIES = 20
_EXPLANATION = (
    "Log ratio: 1 means twice the share of all others, -1 half of it. Bound: the cautious end of its 95 % interval; 0 "
    "means too little evidence to call the difference real."
)


def usage_sheet(
    usage: PhraseUsage,
    searched: str,
    names: Mapping[str, str],
    hits: Sequence[Hit],
    citations: Sequence[str],
    *,
    keys: Sequence[str] = (),
) -> Sheet:
    """Return a page that shows who uses a phrase, when and with which grades, and quotes sentences.

    - `searched`: the texts in words, "5 texts of Camden".
    - `names`: the name of each authority of the texts, by slug.
    - `hits`, `citations`: the sentences to quote, and the source of each.
    - `keys`: the frameworks of the texts.
    """
    phrase = " or ".join(f'"{form}"' for form in usage.phrases)
    summary = (
        f"{phrase} occurs in {usage.uses} of {counted(usage.of, 'inspection')}, {counted(usage.times, 'time')} in all."
    )
    return Sheet(
        title=f"Use of a phrase: {' or '.join(usage.phrases)}",
        head=(f"Searched: {searched}.", summary, _EXPLANATION),
        sections=tuple(_sections(usage, names, hits, citations)),
        foot=credits_of((*names.values(), *citations), keys),
    )


def contrast_sheet(
    one: str,
    other: str,
    found: tuple[Sequence[RecurringPhrase], Sequence[RecurringPhrase]],
    searched: str,
    keys: Sequence[str] = (),
) -> Sheet:
    """Return a page with the phrases more common in one group, then those more common in the other.

    `one` and `other` are the names of the groups. `searched` describes the texts: "5 texts of A and 7 texts of B".
    `keys` are their frameworks.
    """
    return Sheet(
        title="Phrases that differ between two groups",
        head=(f"A: {one}.", f"B: {other}.", f"Searched: {searched}.", _EXPLANATION),
        sections=(
            SheetSection(heading="More in A", blocks=(_contrast(found[0], "A", "B"),)),
            SheetSection(heading="More in B", blocks=(_contrast(found[1], "B", "A"),)),
        ),
        foot=credits_of((one, other), keys),
    )


def _sections(
    usage: PhraseUsage, names: Mapping[str, str], hits: Sequence[Hit], citations: Sequence[str]
) -> Iterator[SheetSection]:
    known = frameworks()
    if usage.beside:
        yield SheetSection(heading="Compared with others", blocks=(_others(usage),))
    yield _grouped("By year", "Year", "Inspections", usage.by_year, str)
    note = Paragraph(
        text=f"Strands: out of all strands with this grade, the number that use the phrase. {usage.in_grades} of "
        f"{counted(usage.times, 'occurrence')} are in a graded strand."
    )
    yield _grouped("By grade of the strand", "Grade", "Strands", usage.by_grade, str, note)
    yield _grouped(
        "By framework",
        "Framework",
        "Inspections",
        usage.by_framework,
        lambda key: known[key].short if key in known else key,
    )
    if len(usage.by_authority) > 1:
        left = len(usage.by_authority) - _MOST_AUTHORITIES
        more = [Paragraph(text=f"{counted(left, 'more authority', 'more authorities')} not shown.")] if left > 0 else []
        shown = usage.by_authority[:_MOST_AUTHORITIES]
        yield _grouped("By authority", "Authority", "Inspections", shown, lambda slug: names.get(slug, slug), *more)
    items = tuple(
        SheetItem(marker=f"{number}.", text=hit.sentence, citation=source, marks=_marks(hit))
        for number, (hit, source) in enumerate(zip(hits, citations, strict=True), 1)
    )
    block: Block = Listing(items=items) if items else Paragraph(text="The phrase does not occur in these texts.")
    yield SheetSection(heading="Where it occurs", blocks=(block,))


def _grouped(
    heading: str, first: str, counts: str, shares: Sequence[UsageShare], name: Callable[[str], str], *notes: Paragraph
) -> SheetSection:
    rows = tuple(
        (
            SheetCell(text=name(share.name)),
            SheetCell(text=f"{share.uses} of {share.of}", shape=share_bar(share.uses, share.of)),
            SheetCell(text=_percent(share.uses, share.of)),
            SheetCell(text=_percent(share.elsewhere, share.others)),
            *_measures(share.log_ratio, share.bound),
        )
        for share in shares
    )
    table = SheetTable(columns=(first, counts, "Share", "All others", "Log ratio", "Bound"), rows=rows)
    return SheetSection(heading=heading, blocks=(table if rows else Paragraph(text="Nothing to count."), *notes))


def _others(usage: PhraseUsage) -> SheetTable:
    rows = tuple(
        (
            SheetCell(text=share.name),
            SheetCell(text=f"{share.elsewhere} of {share.others}", shape=share_bar(share.elsewhere, share.others)),
            SheetCell(text=_percent(share.elsewhere, share.others)),
            SheetCell(text=_percent(share.uses, share.of)),
            *_measures(share.log_ratio, share.bound),
        )
        for share in usage.beside
    )
    return SheetTable(columns=("Others", "Inspections", "Share", "Here", "Log ratio", "Bound"), rows=rows)


def _contrast(found: Sequence[RecurringPhrase], own: str, others: str) -> Block:
    if not found:
        return Paragraph(text=f"No phrase is twice as common in {own} as in {others}.")
    rows = tuple(
        (
            SheetCell(text=phrase.phrase),
            SheetCell(text=f"{phrase.inspections} of {phrase.group}"),
            SheetCell(text=f"{phrase.elsewhere} of {phrase.others}"),
            *_measures(phrase.log_ratio, phrase.bound),
            SheetCell(text=years_in_words(phrase.years), shape=years_row(phrase.by_year)),
        )
        for phrase in found
    )
    return SheetTable(columns=("Phrase", own, others, "Log ratio", "Bound", "Years"), rows=rows)


def _measures(log_ratio: float, bound: float) -> tuple[SheetCell, SheetCell]:
    return SheetCell(text=f"{log_ratio:+.1f}"), SheetCell(text=f"{bound:+.1f}" if bound else "0")


def _percent(uses: int, of: int) -> str:
    return f"{100 * uses / of:.0f} %" if of else "\N{EM DASH}"


def _marks(hit: Hit) -> tuple[tuple[int, int], ...]:
    start, end = hit.context
    return tuple((max(first, start) - start, min(last, end) - start) for first, last in hit.spans if first < end)
