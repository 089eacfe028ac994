"""Rows of recurring phrases for the Phrases pane, with the printed forms of a phrase below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from reinspect.exporting.sparkline import years_in_words, years_row
from tui.app.panes.phrase_table import ColumnHeading, PhraseRow
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
    return f"Recurring phrases in {whose}{peers}{f', {_ORDERS[answer.order]}' if answer.recurring else ''}"


def recurring_headings(answer: RecurringAnswer) -> tuple[ColumnHeading, ...]:
    """Return the columns; distinctive phrases also have their measures."""
    first, last = _span(answer)
    years = f"{first}{last:>{max(last - first + 1 - 4, 5)}}" if last - first > 3 else f"{first}-"
    elsewhere = "Group" if answer.peers else "Elsewhere"
    usual = (ColumnHeading("Recurring phrase"), ColumnHeading("Inspections"))
    if answer.order == "distinctive":
        measures = (
            ColumnHeading(elsewhere, 2),
            ColumnHeading("Log\nratio"),
            ColumnHeading("Bound", 1),
            ColumnHeading(years, 3),
        )
        return (*usual, *measures, ColumnHeading("Times", 4), ColumnHeading("Forms", 5))
    peers = (ColumnHeading(elsewhere),) if answer.peers else ()
    return (
        *usual,
        *peers,
        ColumnHeading("Times", 2),
        ColumnHeading(years, 1),
        ColumnHeading("In the years", 4),
        ColumnHeading("Forms", 3),
    )


def recurring_rows(answer: RecurringAnswer, expanded: int | None, forms: Sequence[SurfaceForm]) -> Iterator[PhraseRow]:
    """Return a row for every phrase; below phrase number `expanded`, a row for each of its printed forms."""
    for number, phrase in enumerate(answer.recurring):
        yield _phrase_row(answer, phrase)
        if number == expanded:
            for form in forms:
                yield _form_row(answer, phrase, form)


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
        bound = f"{phrase.bound:+.1f}" if phrase.bound else "0"
        measures = (Content(elsewhere), Content(f"{phrase.log_ratio:+.1f}"), Content(bound))
        rest = (*measures, _bars(answer, phrase.by_year), Content(str(phrase.count)), quiet(more_forms))
        words = f"{words}; elsewhere {elsewhere}, log ratio {phrase.log_ratio:+.1f}, bound {bound}"
    else:
        words = f"{words}; in the group {elsewhere}" if answer.peers else words
        rest = (
            *([Content(elsewhere)] if answer.peers else []),
            Content(str(phrase.count)),
            _bars(answer, phrase.by_year),
            quiet(years_in_words(phrase.years)),
            quiet(more_forms),
        )
    cells = (Content(phrase.phrase), count, *rest)
    return PhraseRow(cells, words, lambda library: library.sentences(forms, answer.documents), phrase)


def _form_row(answer: RecurringAnswer, phrase: Recurring, form: SurfaceForm) -> PhraseRow:
    words = f"{form.words}: {form.inspections} inspections, {form.times} times ({years_in_words(form.by_year)})"
    cells = {
        "Recurring phrase": quiet(f"  {form.words}"),
        "Inspections": Content(str(form.inspections)),
        "Times": Content(str(form.times)),
        "In the years": quiet(years_in_words(form.by_year)),
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
    return Content(years_row(dict.fromkeys(_span(answer), 0) | dict(by_year)) if by_year else "")
