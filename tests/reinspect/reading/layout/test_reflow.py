"""Text that lost its line ends: on one line, a line for each page, with cells and words glued together."""

from __future__ import annotations

import re

import pytest

from reinspect.frameworks import frameworks
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.reading.layout.lines import PrintedLine, split_lines
from reinspect.reading.layout.reflow import break_long_lines
from tests.making.reports import ilacs_2023, letter, read, sif

MADE = {"ilacs": ilacs_2023, "sif": sif, "letter": letter}


def one_line(pages):
    return [[" ".join(line for page in pages for line in page)]]


def one_line_for_each_page(pages):
    return [[" ".join(page)] for page in pages]


def without_apostrophes(pages):
    return [[re.sub(r"(?<=\w)’(?=\w)", " ", line) for line in page] for page in one_line(pages)]


def cells_glued(pages):
    return [
        [re.sub(r"(?<=[a-z]) (?=(?:Good|Outstanding|Requires) )", "", line) for line in page]
        for page in one_line(pages)
    ]


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("flattened", [one_line, one_line_for_each_page, without_apostrophes, cells_glued])
def test_facts_are_read_from_text_without_line_ends(made, flattened):
    pages = MADE[made]()
    printed, flat = read(pages).facts, read(flattened(pages)).facts

    assert flat.framework == printed.framework
    assert flat.authority.slug == printed.authority.slug
    assert flat.windows == printed.windows
    assert flat.published == printed.published
    assert [(judgement.strand, judgement.grade, judgement.not_judged) for judgement in flat.judgements] == [
        (judgement.strand, judgement.grade, judgement.not_judged) for judgement in printed.judgements
    ]
    assert len(flat.improvements) == len(printed.improvements)


def test_each_piece_of_a_long_line_keeps_its_position():
    pages = [one_line(sif())[0][0], "a short line"]

    pieces = list(break_long_lines(split_lines(pages)))

    assert len(pieces) > 20
    assert all(pages[line.page - 1][line.start : line.end] == line.text for line in pieces)
    assert "".join("".join(line.text.split()) for line in pieces) == "".join("".join(pages).split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Board1 Inspection date: 4 May 2015 Report published: 9 June 2015",
            ["Board1", "Inspection date: 4 May 2015", "Report published: 9 June 2015"],
        ),
        (
            "London Borough of Camden Inspection of services for children",
            ["London Borough of Camden", "Inspection of services for children"],
        ),
        ("Camden Council and the Inspection of its services", None),
        ("It is the council that told of the Inspection of services", None),
        ("Report published: soon, and Inspection date: none", None),
    ],
)
def test_a_line_of_any_length_is_broken_before_a_date_of_the_title_page_and_a_title(text, expected):
    broken = [line.text for line in break_long_lines(split_lines([text]))]
    assert broken == (expected or [text])


def test_a_line_of_printed_length_is_not_broken():
    line = PrintedLine(1, 0, 60, "All were seen. 2. Plans are read. Recommendations 1. Inspection date")

    assert list(break_long_lines([line])) == [line]


def test_a_label_within_a_sentence_does_not_break_the_line():
    prose = "We wrote of the experiences and progress of care leavers, of recommendations, and of what was good. " * 6

    assert len(list(break_long_lines(split_lines([prose])))) == 1


def test_minutes_on_one_line_that_repeat_the_judgements_are_not_a_report():
    minutes = (
        "Minute 12 of the scrutiny panel. The officer told members that Ofsted had inspected Camden and had reported. "
        "The judgements were as follows: Leadership, management and governance Good Adoption performance Good Children "
        "who need help and protection Requires improvement Children looked after and achieving permanence Good Members "
        "asked when the action plan would come, and thanked everyone who had worked late."
    )

    reading = read([[minutes]])

    assert reading.document.kind == "coverage"
    assert reading.facts.framework is None


def wordings():
    """Return a line with each wording of the frameworks, its gaps filled in."""
    known = [framework for framework in frameworks().values() if framework.band == SOCIAL_CARE]
    filled = {"{authority}": "Camden", "{is}": "is", "{grade}": "good", "#": "2"}
    for framework in known:
        of_strands = [
            each for strand in framework.strands for each in (*strand.labels, *strand.headings, *strand.prose)
        ]
        for wording in (*framework.titles, *(title for _, title in framework.headings()), *of_strands):
            yield re.sub(r"\{\w+\}|#", lambda gap: filled[gap[0]], wording)


def test_a_line_that_is_a_little_too_long_is_broken_as_a_longer_one_is():
    before = "We met staff and young people, and we read what they wrote about their homes and schools. " * 3
    after = " Good The council has plans. " + "Staff keep to them, and they write down what they do. " * 3
    broken = 0
    for wording in sorted(set(wordings())):
        for printed in (wording, wording.upper(), wording.replace("’", "'").replace("s", "ſ")):
            lines = [f"{before}{printed}{after}{rest}" for rest in ("", "Each plan is read again. " * 40)]
            short, long = (
                [piece.start for piece in break_long_lines([PrintedLine(1, 0, len(line), line)])] for line in lines
            )
            assert short == [start for start in long if start < len(lines[0])], printed
            broken += len(short) > 1
    assert broken > 100
