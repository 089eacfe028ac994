"""Reports whose lines were lost on the way: in one line, a line a page, with cells and words run together."""

from __future__ import annotations

import re

import pytest

from reinspect.reading.layout.lines import PrintedLine, split_lines
from reinspect.reading.layout.reflow import break_long_lines
from tests.making.reports import ilacs_2023, letter, read, sif

MADE = {"ilacs": ilacs_2023, "sif": sif, "letter": letter}


def one_line(pages):
    return [[" ".join(line for page in pages for line in page)]]


def a_line_a_page(pages):
    return [[" ".join(page)] for page in pages]


def without_apostrophes(pages):
    return [[re.sub(r"(?<=\w)’(?=\w)", " ", line) for line in page] for page in one_line(pages)]


def cells_glued(pages):
    return [
        [re.sub(r"(?<=[a-z]) (?=(?:Good|Outstanding|Requires) )", "", line) for line in page]
        for page in one_line(pages)
    ]


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("flattened", [one_line, a_line_a_page, without_apostrophes, cells_glued])
def test_what_is_judged_and_when_is_read_without_line_ends(made, flattened):
    pages = MADE[made]()
    printed, flat = read(pages).facts, read(flattened(pages)).facts

    assert flat.framework == printed.framework
    assert flat.authority.slug == printed.authority.slug
    assert flat.windows == printed.windows
    assert flat.published == printed.published
    assert [(one.strand, one.grade, one.not_judged) for one in flat.judgements] == [
        (one.strand, one.grade, one.not_judged) for one in printed.judgements
    ]
    assert len(flat.improvements) == len(printed.improvements)


def test_each_piece_of_a_long_line_stands_where_it_says():
    pages = [one_line(sif())[0][0], "a short line"]

    found = list(break_long_lines(split_lines(pages)))

    assert len(found) > 20
    assert all(pages[line.page - 1][line.start : line.end] == line.text for line in found)
    assert "".join("".join(line.text.split()) for line in found) == "".join("".join(pages).split())


def test_a_printed_line_is_left_as_it_is():
    line = PrintedLine(1, 0, 60, "Inspection date: 4 May 2015 Report published: 9 June 2015 1. No")

    assert list(break_long_lines([line])) == [line]


def test_words_of_a_label_in_the_middle_of_a_sentence_break_nothing():
    prose = "We wrote of the experiences and progress of care leavers, of recommendations, and of what was good. " * 6

    assert len(list(break_long_lines(split_lines([prose])))) == 1


def test_minutes_in_one_line_that_repeat_the_judgements_are_no_report():
    minutes = (
        "Minute 12 of the scrutiny panel. The officer told members that Ofsted had inspected Camden and had reported. "
        "The judgements were as follows: Leadership, management and governance Good Adoption performance Good Children "
        "who need help and protection Requires improvement Children looked after and achieving permanence Good Members "
        "asked when the action plan would come, and thanked everyone who had worked late."
    )

    reading = read([[minutes]])

    assert reading.document.kind == "coverage"
    assert reading.facts.framework is None
