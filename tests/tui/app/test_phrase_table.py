"""Lines of sentences in Phrases: what is copied or pinned from a line is cited as the line is."""

from __future__ import annotations

from textual.content import Content

from reinspect.model import Passage
from reinspect.phrases.query import Hit
from tui.app.panes.phrase_table import ColumnHeading, PhraseRow, fit_columns, sentence_line


def test_a_sentence_on_the_second_page_of_its_paragraph_is_pinned_with_that_page() -> None:
    text = "Plans are read. Dashboards are used."
    passage = Passage(document="a" * 64, page=3, start=100, end=116, text=text, paragraph=11, runs_on=((4, 0, 20),))
    hit = Hit(
        score=100, document="a" * 64, number=0, page=4, phrase="Dashboards", spans=((16, 26),), context=(16, 36),
        passage=passage,
    )  # fmt: skip
    line = sentence_line(hit, "Kent, p. 4, para 11")
    assert line.evidence is not None
    assert (line.evidence.page, line.evidence.paragraph) == (4, 11)
    assert line.quote == "Dashboards are used."


def test_the_digits_of_numbers_are_below_each_other() -> None:
    headings = (ColumnHeading("Phrase"), ColumnHeading("Times\nas often", is_number=True))
    rows = [
        PhraseRow((Content("one"), Content(number)), "", lambda library: library.cite_sentences(()))
        for number in ("7", "33")
    ]
    columns, lines = fit_columns(headings, rows, 60)
    assert [line.cells[1].plain for line in lines] == ["       7", "      33"]
    assert columns[1].label.plain == "   Times\nas often"
