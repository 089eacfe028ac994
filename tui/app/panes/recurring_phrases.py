"""Rows of recurring phrases for the Phrases pane, with the printed forms of a phrase below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from textual.content import Content

from reinspect.authorities import authorities
from reinspect.exporting.sparkline import years_in_words
from tui.app.panes.phrase_table import ColumnHeading, PhraseRow
from tui.app.widgets.bars import year_bars
from tui.app.widgets.differences import how_sure, ratio_words, times_as_often
from tui.app.widgets.grades import STRONG, quiet
from tui.app.widgets.line_list import ListLine

if TYPE_CHECKING:
    from reinspect.answers.recurring import RecurringAnswer
    from reinspect.answers.sentences import SurfaceForm
    from reinspect.exporting.sheets.phrases import Recurring

_ORDERS = {
    "issues": "most criticised first",
    "themes": "most written about first",
    "distinctive": "most distinctive first",
}


def recurring_headline(answer: RecurringAnswer, whose: str) -> str:
    """Return the line above the table: the texts, the comparison group and the order. `whose` describes the texts."""
    peers = f", compared with {answer.peers_description}" if answer.peers_description else ""
    order = f", {_ORDERS[answer.order]}" if answer.recurring else ""
    if answer.order == "distinctive" and answer.recurring and not _sure_and_weak(answer)[0]:
        order += ". Nothing sets these apart reliably"
    return f"{whose}{peers}{order}"


def recurring_headings(answer: RecurringAnswer) -> tuple[ColumnHeading, ...]:
    """Return the columns; distinctive phrases also have their measures."""
    first, last = _span(answer)
    years = f"{first}{last:>{max(last - first + 1 - 4, 5)}}" if last - first > 3 else f"{first}-"
    elsewhere = "Group" if answer.peers else "Elsewhere"
    usual = (ColumnHeading("Phrase"), ColumnHeading("Inspections", is_number=True))
    if answer.order == "distinctive":
        measures = (
            ColumnHeading(elsewhere, 2, is_number=True),
            ColumnHeading("Times\nas often", is_number=True),
            ColumnHeading("How\nsure", 1),
            ColumnHeading(years, 3),
        )
        return (*usual, *measures, ColumnHeading("Times", 4, is_number=True), ColumnHeading("Forms", 5))
    peers = (ColumnHeading(elsewhere, is_number=True),) if answer.peers else ()
    return (
        *usual,
        *peers,
        ColumnHeading("Times", 2, is_number=True),
        ColumnHeading(years, 1),
        ColumnHeading("Forms", 3),
    )


def recurring_rows(answer: RecurringAnswer, expanded: int | None, forms: Sequence[SurfaceForm]) -> Iterator[PhraseRow]:
    """Return a row for every phrase; below phrase number `expanded`, a row for each of its printed forms."""
    sure, weak = _sure_and_weak(answer)
    for place, phrase in enumerate((*sure, *weak)):
        if weak and place == len(sure) and answer.order == "distinctive":
            yield _weak_row(answer)
        number = answer.recurring.index(phrase)
        yield _phrase_row(answer, phrase)
        if number == expanded:
            for form in forms:
                yield _form_row(answer, phrase, form)


def _sure_and_weak(answer: RecurringAnswer) -> tuple[list[Recurring], list[Recurring]]:
    """Return the phrases to list, and those whose difference has too little evidence. Names of places are left out."""
    if answer.order != "distinctive":
        return list(answer.recurring), []
    phrases = [phrase for phrase in answer.recurring if not is_place(phrase.phrase)]
    return [phrase for phrase in phrases if phrase.bound], [phrase for phrase in phrases if not phrase.bound]


def is_place(phrase: str) -> bool:
    """Return whether a phrase is the name of an authority or a region, or a part of one of at least two words."""
    return f" {phrase.casefold()} " in _places()


@cache
def _places() -> str:
    names = {name for each in authorities().all() for name in (each.name, each.region, *each.aliases) if name}
    return " | ".join(("", *sorted(f"{name.casefold()}" for name in names), ""))


def _weak_row(answer: RecurringAnswer) -> PhraseRow:
    words = "Weak signs: too little evidence"
    cells = (Content.styled(words, STRONG), *(Content("") for _ in recurring_headings(answer)[1:]))
    return PhraseRow(cells, words, lambda library: library.cite_sentences(()), is_heading=True)


def nothing_recurs_lines(answer: RecurringAnswer) -> Iterator[ListLine]:
    """Return the reason why no phrase is listed, and what to do."""
    if not answer.documents:
        yield ListLine(Content.styled("There is no text to search.", STRONG))
    elif answer.order == "distinctive":
        yield ListLine(Content.styled("No phrase is used twice as much here as elsewhere.", STRONG))
        yield ListLine(quiet("o changes the order."))
    elif len(answer.documents) == 1:
        yield ListLine(Content.styled("Only one text is stored here; a phrase recurs in two or more.", STRONG))
        yield ListLine(quiet("/ searches it."))
    else:
        yield ListLine(Content.styled("No phrase recurs in these texts.", STRONG))
        yield ListLine(quiet("/ searches them."))


def _phrase_row(answer: RecurringAnswer, phrase: Recurring) -> PhraseRow:
    forms = (phrase.phrase, *phrase.variants)
    words = f"{phrase.phrase}: {phrase.inspections} inspections, {phrase.count} times ({years_in_words(phrase.years)})"
    more_forms = f"+{len(phrase.variants)}" if phrase.variants else ""
    count = Content(f"{phrase.inspections} of {phrase.group}" if phrase.group else str(phrase.inspections))
    elsewhere = f"{phrase.elsewhere} of {phrase.others}"
    rest: tuple[Content, ...]
    if answer.order == "distinctive":
        measures = (Content(elsewhere), times_as_often(phrase.log_ratio, phrase.bound), how_sure(phrase.bound))
        measure = ratio_words(phrase.log_ratio) + " as often" if phrase.bound else "too little evidence of a difference"
        rest = (*measures, _bars(answer, phrase.by_year), Content(str(phrase.count)), quiet(more_forms))
        words = f"{words}; elsewhere {elsewhere}: {measure}"
    else:
        words = f"{words}; in the group {elsewhere}" if answer.peers else words
        rest = (
            *([Content(elsewhere)] if answer.peers else []),
            Content(str(phrase.count)),
            _bars(answer, phrase.by_year),
            quiet(more_forms),
        )
    is_weak = answer.order == "distinctive" and not phrase.bound
    cells = (quiet(phrase.phrase) if is_weak else Content(phrase.phrase), count, *rest)
    return PhraseRow(cells, words, lambda library: library.sentences(forms, answer.documents), phrase)


def _form_row(answer: RecurringAnswer, phrase: Recurring, form: SurfaceForm) -> PhraseRow:
    words = f"{form.words}: {form.inspections} inspections, {form.times} times ({years_in_words(form.by_year)})"
    cells = {
        "Phrase": quiet(f"  {form.words}"),
        "Inspections": Content(str(form.inspections)),
        "Times": Content(str(form.times)),
    }
    labels = [heading.label for heading in recurring_headings(answer)]
    row = tuple(
        _bars(answer, form.by_year) if label[:1].isdigit() else cells.get(label, Content("")) for label in labels
    )
    return PhraseRow(row, words, lambda library: library.sentences_with_form(form.words, answer.documents), phrase)


def _span(answer: RecurringAnswer) -> tuple[int, int]:
    return (answer.years[0], answer.years[-1]) if answer.years else (0, 0)


def _bars(answer: RecurringAnswer, by_year: Mapping[int, int]) -> Content:
    """Return one bar for each year; all rows have the same years so that they can be compared."""
    return year_bars(dict.fromkeys(_span(answer), 0) | dict(by_year)) if by_year else Content("")
