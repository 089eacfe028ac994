"""What a phrase says, and which phrases tell two groups apart, as sheets and as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from reinspect.exporting.sheet import Block, Listing, Paragraph, Sheet, SheetCell, SheetItem, SheetSection, SheetTable
from reinspect.exporting.sheets.labels import LICENCE, counted
from reinspect.exporting.sparkline import share_bar, years_in_words, years_row
from reinspect.frameworks import frameworks
from reinspect.phrases.query import Hit
from reinspect.phrases.types import RecurringPhrase
from reinspect.phrases.usage import PhraseUsage, UsageShare

_MOST_AUTHORITIES = 20
_GROUPS = (("year", "by_year"), ("grade", "by_grade"), ("framework", "by_framework"), ("authority", "by_authority"))
_READING = (
    "Log ratio 1 means twice the share of all others, -1 half of it. The bound is the end of its 95 % interval nearer "
    "to 0; where it is 0, there is too little evidence to call the difference real."
)


def usage_sheet(
    said: PhraseUsage, searched: str, names: Mapping[str, str], hits: Sequence[Hit], citations: Sequence[str]
) -> Sheet:
    """Who uses a phrase, when and of what grade, each beside how many were read, and where it is printed.

    `names` are those of authorities by slug; `hits` are the sentences to quote and `citations` has one for each.
    """
    phrase = " or ".join(f'"{each}"' for each in said.phrases)
    head = f"{phrase} stands in {said.uses} of {counted(said.of, 'inspection')}, {counted(said.times, 'time')} in all."
    return Sheet(
        title=f"What a phrase says: {' or '.join(said.phrases)}",
        head=(f"Read: {searched}.", head, _READING),
        sections=tuple(_sections(said, names, hits, citations)),
        foot=(LICENCE,),
    )


def usage_table(said: PhraseUsage) -> SheetTable:
    """Every figure for a spreadsheet: the kind of group, the group, and how many use the phrase there and elsewhere."""
    columns = ("group", "name", "uses", "of", "elsewhere", "others", "log_ratio", "bound")
    shares = [(kind, share) for kind, field in (*_GROUPS, ("beside", "beside")) for share in getattr(said, field)]
    return SheetTable(
        columns=columns,
        rows=tuple(
            tuple(
                SheetCell(text=str(each))
                for each in (kind, *(getattr(share, field) for field in UsageShare.__struct_fields__))
            )
            for kind, share in shares
        ),
    )


def contrast_sheet(
    one: str, other: str, found: tuple[Sequence[RecurringPhrase], Sequence[RecurringPhrase]], searched: str
) -> Sheet:
    """The phrases of one group beside another, and those of the other; `one` and `other` say who they are."""
    return Sheet(
        title="Phrases that tell two groups apart",
        head=(f"A: {one}.", f"B: {other}.", f"Read: {searched}.", _READING),
        sections=(
            SheetSection(heading="More in A", blocks=(_apart(found[0], "A", "B"),)),
            SheetSection(heading="More in B", blocks=(_apart(found[1], "B", "A"),)),
        ),
        foot=(LICENCE,),
    )


def _sections(
    said: PhraseUsage, names: Mapping[str, str], hits: Sequence[Hit], citations: Sequence[str]
) -> Iterator[SheetSection]:
    known = frameworks()
    if said.beside:
        yield SheetSection(heading="Beside others", blocks=(_beside(said),))
    yield _grouped("By year", "Year", "Inspections", said.by_year, str)
    note = Paragraph(
        text=f"Counted are the strands of inspections: one that was graded so, and how many of these use the phrase. "
        f"{said.in_grades} of {counted(said.times, 'time')} it stands in a graded strand."
    )
    yield _grouped("By the grade of the strand it stands in", "Grade", "Strands", said.by_grade, str, note)
    yield _grouped(
        "By framework",
        "Framework",
        "Inspections",
        said.by_framework,
        lambda key: known[key].short if key in known else key,
    )
    if len(said.by_authority) > 1:
        left = len(said.by_authority) - _MOST_AUTHORITIES
        more = [Paragraph(text=f"{counted(left, 'more authority', 'more authorities')} use it.")] if left > 0 else []
        shown = said.by_authority[:_MOST_AUTHORITIES]
        yield _grouped("By authority", "Authority", "Inspections", shown, lambda slug: names.get(slug, slug), *more)
    items = tuple(
        SheetItem(marker=f"{place}.", text=hit.sentence, citation=cited, marks=_marks(hit))
        for place, (hit, cited) in enumerate(zip(hits, citations, strict=True), 1)
    )
    block: Block = Listing(items=items) if items else Paragraph(text="It stands nowhere in these words.")
    yield SheetSection(heading="Where it stands", blocks=(block,))


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


def _beside(said: PhraseUsage) -> SheetTable:
    rows = tuple(
        (
            SheetCell(text=share.name),
            SheetCell(text=f"{share.elsewhere} of {share.others}", shape=share_bar(share.elsewhere, share.others)),
            SheetCell(text=_percent(share.elsewhere, share.others)),
            SheetCell(text=_percent(share.uses, share.of)),
            *_measures(share.log_ratio, share.bound),
        )
        for share in said.beside
    )
    return SheetTable(columns=("Others", "Inspections", "Share", "Here", "Log ratio", "Bound"), rows=rows)


def _apart(found: Sequence[RecurringPhrase], own: str, others: str) -> Block:
    if not found:
        return Paragraph(text=f"No phrase is used twice as much in {own} as in {others}.")
    rows = tuple(
        (
            SheetCell(text=each.phrase),
            SheetCell(text=f"{each.inspections} of {each.group}"),
            SheetCell(text=f"{each.elsewhere} of {each.others}"),
            *_measures(each.log_ratio, each.bound),
            SheetCell(text=years_in_words(each.years), shape=years_row(each.by_year)),
        )
        for each in found
    )
    return SheetTable(columns=("Phrase", own, others, "Log ratio", "Bound", "Years"), rows=rows)


def _measures(log_ratio: float, bound: float) -> tuple[SheetCell, SheetCell]:
    return SheetCell(text=f"{log_ratio:+.1f}"), SheetCell(text=f"{bound:+.1f}" if bound else "0")


def _percent(uses: int, of: int) -> str:
    return f"{100 * uses / of:.0f} %" if of else "\N{EM DASH}"


def _marks(hit: Hit) -> tuple[tuple[int, int], ...]:
    start, end = hit.context
    return tuple((max(first, start) - start, min(last, end) - start) for first, last in hit.spans if first < end)
