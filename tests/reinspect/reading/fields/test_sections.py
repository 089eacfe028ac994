"""The sections of a document: its headings, listed or not, and the strand and the owner of what is below them."""

from __future__ import annotations

import pytest

from reinspect.frameworks import Framework, Grade, Strand
from reinspect.model import Owner, Role
from reinspect.reading.fields.sections import (
    FrameworkHeadings,
    SectionHeading,
    SectionPlace,
    find_section_lines,
    locate_blocks,
)
from reinspect.reading.layout.blocks import group_blocks
from reinspect.reading.layout.lines import split_lines

BOARD = "The county board of harbour masters"
WATERWAYS = Framework(
    key="waterways",
    family="waterways",
    name="Inspection of waterways",
    short="Waterways",
    inspector="the water board",
    strands=(
        Strand(
            key="overall",
            name="Overall",
            labels=("Overall effectiveness",),
            prose=("Waterways in {authority} {is} {grade}",),
        ),
        Strand(key="bridges", name="Bridges", labels=("The care of bridges and canals",)),
        Strand(key="boats", name="Boats", labels=("Boats",), headings=("Boats and their crews",)),
        Strand(key="lscb", name="Board", headings=(BOARD,), prose=("The board {is} {grade}",)),
    ),
    grades=(
        Grade(key="bright", rung=1, letter="B", shape="◆", printed=("Bright",)),
        Grade(key="worn", rung=2, letter="W", shape="▲", printed=("Needs the repair of many", "Needs repair")),
    ),
    improvement_headings=(
        "What to improve",
        "What does the local authority need to improve",
        "What does the LSCB need to improve",
    ),
    priority_headings=("What cannot wait",),
    summary_headings=("Summary",),
    finding_headings=("What was found", "The local authority", "A summary of tides"),
    outcome_headings=("The outcome of it all",),
    background_headings=("About this inspection",),
)
OPENING = SectionPlace("background", None, "authority", None)


def make_headings() -> FrameworkHeadings:
    return FrameworkHeadings(WATERWAYS)


def heading_of(*lines: str) -> tuple[SectionHeading, int] | None:
    return make_headings()(split_lines(["\n".join(lines)]), 0)


def places_of(*lines: str) -> list[SectionPlace]:
    return locate_blocks(group_blocks(split_lines(["\n".join(lines)]), make_headings()), OPENING)


def last_place(*lines: str) -> SectionPlace:
    return places_of(*lines)[-1]


@pytest.mark.parametrize(
    "end", ["bright", "is bright", "are bright", "judged bright", "that it is bright", "they are bright", "for: bright"]
)
def test_a_heading_may_state_its_grade(end: str) -> None:
    assert heading_of(f"Boats {end}") == (SectionHeading("finding", "boats", "authority", graded=True), 1)


@pytest.mark.parametrize("end", ["needs the repair of many", "grade 4", "grade 4 (needs repair)"])
def test_the_grade_of_a_heading_may_have_an_article_or_a_number(end: str) -> None:
    assert heading_of(f"Boats: {end}") == (SectionHeading("finding", "boats", "authority", graded=True), 1)


@pytest.mark.parametrize("end", ["4", "4 bright", "are painted", "of many colours"])
def test_other_words_after_a_name_make_no_heading(end: str) -> None:
    assert heading_of(f"Boats {end}") is None


def test_the_grade_of_a_heading_may_be_on_its_next_line() -> None:
    assert heading_of("Boats are", "bright") == (SectionHeading("finding", "boats", "authority", graded=True), 2)
    assert heading_of("Boats are", "painted") is None


def test_a_heading_that_names_no_judged_area_has_no_grade() -> None:
    assert heading_of("The local authority is bright") is None
    assert heading_of("The local authority: grade 2") is not None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["The county board of harbour masters"], (SectionHeading("finding", "lscb", "lscb"), 1)),
        (["Section 2: The county board of harbor masters"], (SectionHeading("finding", "lscb", "lscb"), 1)),
        (["Section 2: The county board", "of harbor masters"], (SectionHeading("finding", "lscb", "lscb"), 2)),
        (["The county board of harbor masters"], None),
        (["Section 2: Tides"], None),
        (["The board is bright"], (SectionHeading("finding", "lscb", "lscb", graded=True), 1)),
        (["Waterways in Dover are bright"], (SectionHeading("finding", "overall", "authority", graded=True), 1)),
    ],
)
def test_the_title_of_the_board_may_be_misprinted_in_a_numbered_section(
    lines: list[str], expected: tuple[SectionHeading, int] | None
) -> None:
    assert heading_of(*lines) == expected


@pytest.mark.parametrize(
    ("title", "whose"),
    [
        ("What to improve", None),
        ("What does the local authority need to improve", "authority"),
        ("What does the LSCB need to improve", "lscb"),
    ],
)
def test_a_heading_above_a_list_may_name_the_owner(title: str, whose: str | None) -> None:
    heading = heading_of(title)
    assert heading is not None
    assert (heading[0].role, heading[0].strand, heading[0].whose) == ("improvement", None, whose)


@pytest.mark.parametrize(
    "lines",
    [
        ["Yours sincerely"],
        ["YOURS SINCERELY,"],
        ["Ofsted will take the", "findings to heart"],
        ["You may reuse this information (not including logos) free of charge."],
    ],
)
def test_a_closing_opens_the_background(lines: list[str]) -> None:
    assert heading_of(*lines) == (SectionHeading("background"), 1)


@pytest.mark.parametrize(
    "line", ["Yours truly", "You may row here.", "boats", "2. boats", "2. Boats.", "The outcome of it all"]
)
def test_other_lines_open_no_section(line: str) -> None:
    assert heading_of(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "2. Boats",
        "## Boats",
        "**Boats",
        "2.1 Boats",
        "Boats2",
        "Key judgement Judgement grade Boats",
        "Key judgement Judgement grade The boats",
    ],
)
def test_a_heading_may_have_a_mark_a_number_or_a_footnote(line: str) -> None:
    assert heading_of(line) == (SectionHeading("finding", "boats", "authority"), 1)


@pytest.mark.parametrize("lines", [["Boats", "are painted here."], ["2. Boats", "are painted here."]])
def test_the_start_of_a_sentence_is_not_a_heading(lines: list[str]) -> None:
    assert heading_of(*lines) is None
    assert heading_of(lines[0], "Crews paint them.") is not None


def test_the_end_of_a_sentence_is_not_a_heading() -> None:
    lines = split_lines(["All of them like\nBoats.\nThis is a sentence.\nBoats."])
    assert make_headings()(lines, 1) is None
    assert make_headings()(lines, 3) == (SectionHeading("finding", "boats", "authority"), 1)


def test_the_longest_heading_is_taken() -> None:
    assert heading_of("Boats", "and their", "crews", "Boats") == (SectionHeading("finding", "boats", "authority"), 3)


@pytest.mark.parametrize(("text", "known"), [("The boats", True), ("Boats are bright", True), ("Boats sink", False)])
def test_a_whole_line_is_known_as_a_heading(text: str, known: bool) -> None:
    assert make_headings().is_known(text) is known


def test_the_lines_of_a_role_end_at_the_next_heading_or_where_the_caller_says() -> None:
    lines = split_lines(
        ["What to improve\n1. Paint.\nWhat to improve\n2. Oars.\nSummary\nFine.\nWhat to improve\nEND\nRest."]
    )
    found = find_section_lines(lines, make_headings(), "improvement", lambda lines, i: lines[i].text == "END")
    assert [line.text for line in found] == ["1. Paint.", "2. Oars."]


def test_a_name_within_a_numbered_list_is_the_strand_of_the_items_below_it() -> None:
    found = places_of("What to improve", "1. The paint.", "Boats and their crews", "2. The oars.", "3. The sails.")
    assert [(place.role, place.strand, place.heading) for place in found] == [
        ("improvement", None, "What to improve"),
        ("improvement", None, "What to improve"),
        ("improvement", "boats", "Boats and their crews"),
        ("improvement", "boats", "Boats and their crews"),
        ("improvement", "boats", "Boats and their crews"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["1. The paint.", "Boats and their crews", "1. The oars are new."], id="the numbers begin again"),
        pytest.param(["1. The paint.", "Boats and their crews", "The oars are new."], id="no number follows"),
        pytest.param(["1. The paint.", "Boats are bright", "2. The oars are new."], id="the name has its grade"),
        pytest.param(["◼ The paint.", "Boats and their crews", "1. The oars are new."], id="the list has bullets"),
    ],
)
def test_a_name_that_does_not_divide_a_list_ends_it(lines: list[str]) -> None:
    place = last_place("What to improve", *lines)
    assert (place.role, place.strand) == ("finding", "boats")


def test_a_name_above_bullets_divides_the_summary_of_the_whole() -> None:
    found = places_of("Summary", "Much is well.", "Boats and their crews", "◼ The oars are new.")
    assert [(place.role, place.strand, place.heading) for place in found][2:] == [
        ("summary", None, "Boats and their crews"),
        ("summary", None, "Boats and their crews"),
    ]


@pytest.mark.parametrize("end", [["The oars are new."], []])
def test_a_name_above_other_text_ends_the_summary_of_the_whole(end: list[str]) -> None:
    place = last_place("Summary", "Much is well.", "Boats and their crews", *end)
    assert (place.role, place.strand) == ("finding", "boats")


def test_an_unlisted_heading_keeps_the_section_and_is_its_heading() -> None:
    place = last_place("Boats and their crews", "1. The oars are new.", "Plans for winter", "2. The sails are dry.")
    assert (place.role, place.strand, place.heading) == ("finding", "boats", "Plans for winter")


@pytest.mark.parametrize(
    ("owner", "strand", "whose"), [("local authority", None, "authority"), ("LSCB", "lscb", "lscb")]
)
@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Main findings", "finding"),
        ("Key strengths", "finding"),
        ("The judgement", "finding"),
        ("The judgment", "finding"),
        ("Plans for winter", "improvement"),
    ],
)
def test_an_unlisted_heading_about_findings_ends_a_list(
    heading: str, role: Role, owner: str, strand: str | None, whose: Owner
) -> None:
    title = f"What does the {owner} need to improve"
    place = last_place(title, "1. The oars.", heading, "2. The sails are dry.")
    assert place == SectionPlace(role, strand, whose, heading)


def test_the_items_of_a_judged_area_are_not_those_below_an_unlisted_heading() -> None:
    place = last_place(
        "What to improve", "1. Paint.", "Boats and their crews", "2. Oars.", "Plans for winter", "3. Sails."
    )
    assert (place.role, place.strand) == ("improvement", None)


def test_a_section_below_that_of_the_board_is_about_the_board_until_the_background() -> None:
    lines = [BOARD, "1. They meet.", "What was found", "2. They agree.", "What to improve", "3. The minutes."]
    assert [(place.role, place.strand, place.whose) for place in places_of(*lines)][1::2] == [
        ("finding", "lscb", "lscb"),
        ("finding", "lscb", "lscb"),
        ("improvement", "lscb", "lscb"),
    ]
    assert last_place(*lines, "About this inspection") == SectionPlace(
        "background", None, "authority", "About this inspection"
    )


@pytest.mark.parametrize(
    ("heading", "role", "strand"),
    [
        ("Summary", "summary", "boats"),
        ("What was found", "finding", "boats"),
        ("What to improve", "improvement", None),
        ("About this inspection", "background", None),
    ],
)
def test_the_summary_and_the_findings_within_a_judged_area_are_about_it(
    heading: str, role: str, strand: str | None
) -> None:
    place = last_place("Boats and their crews", "The oars are new.", heading, "The sails are dry.")
    assert (place.role, place.strand) == (role, strand)


def test_a_footnote_mark_is_not_part_of_a_heading() -> None:
    assert [last_place(line).heading for line in ("What to improve?2", "Boats3")] == ["What to improve?", "Boats"]


def test_a_numbered_paragraph_ends_the_summary_of_a_judged_area_alone() -> None:
    of_boats = last_place("Boats and their crews", "The oars are new.", "Summary", "Dry.", "1. The sails are dry.")
    of_all = last_place("Summary", "Much is well.", "1. The sails are dry.")
    assert of_boats == SectionPlace("finding", "boats", "authority", None)
    assert of_all == SectionPlace("summary", None, "authority", "Summary")


def test_a_heading_may_begin_with_a_word_of_one_letter() -> None:
    assert heading_of("A summary of tides") == (SectionHeading("finding"), 1)


def test_the_grade_of_the_board_beside_the_table_does_not_open_the_section_of_the_board() -> None:
    lines = split_lines(["The board is bright\n1. Boats are dry.\nThe board is bright\n2. It meets often."])
    blocks = group_blocks(lines, FrameworkHeadings(WATERWAYS))
    places = locate_blocks(blocks, SectionPlace("summary", "overall", "authority", None))

    owners = {block.text: place.whose for block, place in zip(blocks, places, strict=True)}
    assert (owners["Boats are dry."], owners["It meets often."]) == ("authority", "lscb")
