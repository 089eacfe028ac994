"""What was found or what recurs told in words: the line above it, the counts, the sentences, and the next step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from reinspect.exporting.sheets.labels import counted
from reinspect.exporting.sheets.phrases import sentences_found
from reinspect.exporting.sparkline import years_in_words, years_row
from reinspect.phrases.query import Hit
from tui.app.widgets.grades import QUIET, STRONG, quiet
from tui.app.widgets.line_list import ListLine
from tui.phrase_answers import CitedSentences, PhraseAnswer, RecurringAnswer, SentenceAnswer, UsageAnswer

_MATCHED = "bold underline $text-accent"
_ORDERS = {
    "issues": "what is criticised first",
    "themes": "what is written about most first",
    "distinctive": "what sets them apart from all others first",
}


def told(answer: PhraseAnswer) -> Content:
    """How much was found, in how much, and what was left out."""
    narrowing = answer.asked.narrowing
    if isinstance(answer, SentenceAnswer):
        others = f", {answer.tally.told_of_others}" if answer.tally.others else ""
        where = f" in {_where(answer)}{others}"
        return Content.assemble((sentences_found(answer.found), STRONG), (where, QUIET), *_narrowed(narrowing.words))
    passages = narrowing.words_of_passages
    whole = f" ({passages}: in a search alone)" if passages else ""
    beside = f", beside {answer.searched_beside}" if answer.searched_beside else ""
    if isinstance(answer, UsageAnswer):
        forms = answer.said.phrases
        further = f" and {len(forms) - 1} more form{'' if len(forms) == 2 else 's'}" if len(forms) > 1 else ""
        phrase = f"What \N{LEFT DOUBLE QUOTATION MARK}{forms[0]}\N{RIGHT DOUBLE QUOTATION MARK}{further} says"
        where = f" in {answer.whose}{beside}"
        return Content.assemble((phrase, STRONG), (where, QUIET), *_narrowed(narrowing.words + whole))
    order = f", {_ORDERS[answer.asked.order]}" if isinstance(answer, RecurringAnswer) and answer.recurring else ""
    recurs = f"What recurs in {answer.whose}{beside}{order}"
    return Content.assemble((recurs, QUIET), *_narrowed(narrowing.words + whole))


def _where(answer: SentenceAnswer) -> str:
    """In how many of how many texts, those set beside apart."""
    by_document = answer.found.by_document
    own = len([document for document in answer.documents if document in by_document])
    if answer.searched_beside:
        others = len(by_document) - own
        return f"{own} of {answer.whose}, beside {others} of {answer.searched_beside}"
    total, shown = answer.found.total, len(answer.found.hits)
    best = f", the best {shown} below" if total > shown else ""
    return f"{own} of {answer.whose}{best}"


def _narrowed(words: str) -> Iterator[tuple[str, str]]:
    """What a person narrowed down to, always to be seen."""
    if words:
        yield f"  F: {words}", STRONG


def tally(answer: SentenceAnswer, room: int) -> Content:
    """Inspections by year and sentences by authority, as far as a line holds each; an export has them all."""
    years, of = answer.tally.by_year, answer.tally.by_authority
    told = [_by_year(years, room)] if years else []
    ranked = sorted(of.items(), key=lambda each: (-each[1][0], each[0]))
    if len(ranked) > 1:
        told.append(_by_authority([f"{name} {count} in {held}" for name, (count, held) in ranked], room))
    return quiet("\n".join(told))


def _by_year(years: dict[int, int], room: int) -> str:
    """A bar a year; every year's inspections beside it if there is room, else the highest number."""
    first, last, most = min(years), max(years), max(years.values())
    if most == 1:
        return f"By year: {years_in_words(years)}, 1 inspection each"
    bars = f"By year {first} {years_row(years)} {last}" if first < last else "By year"
    each = f"{bars}: {', '.join(f'{year} {count}' for year, count in sorted(years.items()))}"
    if len(each) <= room:
        return each
    return f"{bars}, at most {most} inspections ({years_in_words(year for year in years if years[year] == most)})"


def _by_authority(ranked: Sequence[str], room: int) -> str:
    """As many as fit, those with most first."""
    told = f"Of {len(ranked)} authorities: {ranked[0]}"
    for place, each in enumerate(ranked[1:], 1):
        left = f", and {len(ranked) - place} more"
        if len(f"{told}, {each}{left}") > room:
            return f"{told}{left}"
        told = f"{told}, {each}"
    return told


def answer_lines(answer: PhraseAnswer) -> Iterator[ListLine]:
    """The sentences that were found; or that there is nothing, and which keys lead on from there."""
    if isinstance(answer, SentenceAnswer) and answer.found.hits:
        yield from _found(answer)
        return
    if not (answer.documents or (isinstance(answer, SentenceAnswer) and answer.beside)):
        yield ListLine(Content.styled("No text is held to search.", STRONG))
    elif isinstance(answer, SentenceAnswer):
        yield ListLine(Content.styled("Nothing was found.", STRONG))
        yield ListLine(quiet("/ changes the words: fewer find more. Esc leads back to what recurs."))
    elif answer.asked.order == "distinctive":
        yield ListLine(Content.styled("No phrase is used twice as much here as elsewhere.", STRONG))
        yield ListLine(quiet("o gives another order."))
    elif len(answer.documents) == 1:
        yield ListLine(Content.styled("One text is held here, and what recurs stands in two at least.", STRONG))
        yield ListLine(quiet("/ searches it."))
    else:
        yield ListLine(Content.styled("Nothing recurs in the texts held.", STRONG))
        yield ListLine(quiet("/ searches them."))
    yield from _leads_on(answer)


def _leads_on(answer: PhraseAnswer) -> Iterator[ListLine]:
    """How to look at more: without what it is narrowed to, elsewhere, or in more reports."""
    if answer.asked.narrowing.words:
        yield ListLine(quiet(f"Narrowed to: {answer.asked.narrowing.words}. F, then d and Enter, clears that."))
    if answer.authority or answer.asked.cohort:
        yield ListLine(quiet("w looks in the texts of others, as far as to every authority; F names a region."))
    if not answer.documents:
        yield ListLine(quiet("A adds reports, as does `reinspect add FILE`; a chooses another authority."))


def _found(answer: SentenceAnswer) -> Iterator[ListLine]:
    """The sentences; where a cohort is set beside an authority, each under a heading that says whose they are."""
    cited = tuple(zip(answer.found.hits, answer.citations, strict=True))
    if answer.authority is None or not answer.searched_beside:
        yield from (_sentence(*each) for each in cited)
        return
    others = frozenset(answer.beside)
    parts = ((answer.authority.name, False), ("the cohort beside it", True))
    for name, is_beside in parts:
        total = sum(n for document, n in answer.found.by_document.items() if (document in others) == is_beside)
        shown = [each for each in cited if (each[0].document in others) == is_beside]
        best = f", the best {len(shown)} below" if total > len(shown) else ""
        yield ListLine(Content.styled(f"Of {name}: {counted(total, 'sentence')}{best}", STRONG), heading=True)
        yield from (_sentence(*each) for each in shown)


def place_lines(places: CitedSentences) -> Iterator[ListLine]:
    """The sentences of a row, under how many there are."""
    shown = f", the first {len(places.hits)} below" if places.total > len(places.hits) else ""
    counted = f"{places.total} sentence{'' if places.total == 1 else 's'}{shown}"
    yield ListLine(Content.styled(counted, QUIET), heading=True)
    yield from map(_sentence, places.hits, places.citations)


def _sentence(hit: Hit, citation: str) -> ListLine:
    """A sentence with its matched words marked, and its citation below."""
    words = Content(hit.passage.text)
    for matched in hit.spans:
        words = words.stylize(_MATCHED, *matched)
    shown = Content.assemble(words[slice(*hit.context)], "\n", (f"  {citation}", QUIET))
    return ListLine(shown, hit.passage.evidence, quote=hit.sentence, found=hit.phrase)
