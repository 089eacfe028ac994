"""Passages: one for each paragraph and list item, with its section and its place on each page."""

from __future__ import annotations

import pytest

from reinspect.model import Passage, Role
from reinspect.reading.fields.passages import build_passages
from reinspect.reading.fields.sections import SectionPlace
from reinspect.reading.layout.blocks import Block
from reinspect.reading.layout.lines import split_lines

DOCUMENT = "0" * 64
FINDING = SectionPlace("finding", "help", "authority", "Help and protection")


def passages_of(*blocks: Block, place: SectionPlace = FINDING) -> tuple[Passage, ...]:
    return build_passages(blocks, [place] * len(blocks), DOCUMENT)


def block_of(*pages: str) -> Block:
    return Block("prose", tuple(split_lines(pages)))


def test_a_passage_has_the_section_number_and_place_of_its_paragraph() -> None:
    page = "Help and protection\n7. Staff visit\nchildren."
    lines = split_lines([page])
    block = Block("numbered", tuple(lines[1:]), number=7, mark="7.")

    [passage] = passages_of(block)
    assert (passage.document, passage.page, page[passage.start : passage.end]) == (
        DOCUMENT,
        1,
        "7. Staff visit\nchildren.",
    )
    assert (passage.text, passage.paragraph) == ("Staff visit children.", 7)
    assert (passage.role, passage.strand, passage.whose, passage.heading) == (
        "finding",
        "help",
        "authority",
        "Help and protection",
    )
    assert passage.runs_on == ()


def test_a_paragraph_that_goes_on_over_pages_has_its_place_on_each_of_them() -> None:
    pages = ["Plans are short.\nStaff visit\nchildren and", "many of\ntheir", "friends."]
    lines = split_lines(pages)

    [passage] = passages_of(Block("prose", tuple(lines[1:])))
    assert (passage.page, passage.start, passage.end) == (1, pages[0].index("Staff"), len(pages[0]))
    assert passage.runs_on == ((2, 0, len(pages[1])), (3, 0, len(pages[2])))


def test_a_passage_about_another_body_names_it() -> None:
    [passage] = passages_of(block_of("The board plans."), place=SectionPlace("finding", "lscb", "lscb", None))
    assert passage.whose == "lscb"


def test_headings_and_blocks_without_letters_are_no_passages() -> None:
    heading = Block("heading", tuple(split_lines(["Help and protection"])))
    found = passages_of(heading, block_of("12 – 34"), block_of("Staff visit children."))
    assert [passage.text for passage in found] == ["Staff visit children."]


@pytest.mark.parametrize(
    ("role", "text"),
    [
        ("improvement", "Plans for health."),
        ("priority action", "Plans for health."),
        ("finding", "Plans for health (outcome 1)."),
        ("summary", "Plans for health (outcome 1)."),
    ],
)
def test_only_what_must_improve_is_shown_without_its_references_to_the_national_framework(
    role: Role, text: str
) -> None:
    [passage] = passages_of(
        block_of("Plans for health (outcome 1)."), place=SectionPlace(role, None, "authority", None)
    )
    assert passage.text == text


def test_a_paragraph_without_a_section_is_an_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        build_passages([block_of("Staff visit."), block_of("Staff plan.")], [FINDING], DOCUMENT)
