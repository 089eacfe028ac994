"""What a search found, and the phrases that recur, as sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from reinspect.exporting.sheet import Cell, Item, Listing, Paragraph, Section, Sheet, Table
from reinspect.exporting.sheets.wording import LICENCE
from reinspect.phrases.query import Found, Hit


class Recurring(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase that recurs: in how many inspections, how often in all, in which years and in which other forms.

    `score` is its weight in the order asked for, `citation` where the first of the texts to hold it says it.
    """

    phrase: str
    variants: tuple[str, ...] = ()
    inspections: int
    years: tuple[int, ...]
    count: int
    score: float = 0.0
    citation: str | None = None


def search_sheet(
    sought: str, found: Found, citations: Sequence[str], searched: str, texts: Sequence[str] = ()
) -> Sheet:
    """The sentences that a search found, best first and numbered, the matched words marked, each with its citation.

    `citations` has one for each hit; `searched` says where: "5 texts of Camden", and `texts` which they are.
    """
    shown = f", the best {len(found.hits)} below" if found.total > len(found.hits) else ""
    counted = f"{_counted(found.total, 'sentence')} in {_counted(len(found.by_document), 'text')}{shown}."
    cited = zip(found.hits, citations, strict=True)
    items = tuple(_hit(place, hit, citation) for place, (hit, citation) in enumerate(cited, 1))
    block = Listing(items=items) if items else Paragraph(text="Nothing was found.")
    return Sheet(
        title=f"Search: {sought}",
        head=(f"Searched: {searched}.", counted),
        sections=(Section(heading="Found", blocks=(block,)), *_texts(texts)),
        foot=(LICENCE,),
    )


def phrases_sheet(recurring: Iterable[Recurring], searched: str, order: str, texts: Sequence[str] = ()) -> Sheet:
    """The phrases that recur, in the order given, with the number of inspections behind each and one place of each.

    `searched` says which texts, and `texts` names them.
    """
    rows = tuple(
        (
            Cell(text=phrase.phrase, citation=phrase.citation),
            Cell(text=str(phrase.inspections)),
            Cell(text=str(phrase.count)),
            Cell(text=_years(phrase.years)),
            Cell(text="; ".join(phrase.variants)),
        )
        for phrase in recurring
    )
    table = Table(columns=("Phrase", "Inspections", "Times", "Years", "Variants"), rows=rows)
    block = table if rows else Paragraph(text="Nothing recurs in these texts.")
    return Sheet(
        title="Phrases that recur",
        head=(f"Searched: {searched}.", f"Order: {order}. The source is one place where the phrase stands."),
        sections=(Section(heading="Phrases", blocks=(block,)), *_texts(texts)),
        foot=(LICENCE,),
    )


def _hit(place: int, hit: Hit, citation: str) -> Item:
    """A sentence, with the matched words marked in it."""
    start, end = hit.context
    inside = ((max(first, start) - start, min(last, end) - start) for first, last in hit.spans)
    marks = tuple(mark for mark in inside if mark[0] < mark[1])
    return Item(marker=f"{place}.", text=hit.sentence, citation=citation, marks=marks)


def _texts(texts: Sequence[str]) -> tuple[Section, ...]:
    items = tuple(Item(text=text) for text in texts)
    return (Section(heading="Texts searched", blocks=(Listing(items=items),)),) if items else ()


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _years(years: Sequence[int]) -> str:
    return ", ".join(str(year) for year in sorted(set(years)))
