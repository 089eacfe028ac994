"""Lists with bullets of joint inspection letters: items, their parts, headings between them, and boxes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from reinspect.reading.fields.bulleted_lists import find_study_lines, read_items
from reinspect.reading.layout.lines import split_lines
from reinspect.reading.layout.ruled_cells import BETWEEN_ROWS

ROWS = "\n" * BETWEEN_ROWS


def items(*lines: str) -> list[str]:
    return [item.text for item in read_items(split_lines(["\n".join(lines)]), "0" * 64)]


def study_lines(pages: Sequence[str]) -> list[str]:
    lines = split_lines(pages)
    found = find_study_lines(lines, pages)
    return [line.text for line in lines if line in found]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(("• Checks are slow.", "• Plans are late."), ["Checks are slow.", "Plans are late."], id="two"),
        pytest.param(
            ("• Plans lack:", "• clear dates", "• Visits are rare."),
            ["Plans lack: clear dates", "Visits are rare."],
            id="a part after a colon",
        ),
        pytest.param(
            ("• Plans lack:", "• clear dates;", "• clear names", "• Visits are rare."),
            ["Plans lack: clear dates; clear names", "Visits are rare."],
            id="parts divided by semicolons",
        ),
        pytest.param(
            ("• Plans lack:", "• clear dates", "• visits are rare"),
            ["Plans lack: clear dates", "visits are rare"],
            id="a part that announces no other",
        ),
        pytest.param(
            ("• Plans lack:", "• iPads"), ["Plans lack: iPads"], id="a part whose first letter alone is small"
        ),
        pytest.param(("- Checks are slow.", "- Plans wait."), ["Checks are slow.", "Plans wait."], id="hyphens"),
        pytest.param(("• Checks", "- are slow.", "• Plans wait."), ["Checks are slow.", "Plans wait."], id="two marks"),
        pytest.param(
            ("• Plans are late,", "• visits are rare"),
            ["Plans are late,", "visits are rare"],
            id="a comma and no colon",
        ),
        pytest.param(
            ("• Plans are late;", "• visits are rare"), ["Plans are late;", "visits are rare"], id="no colon before"
        ),
        pytest.param(
            ("• Plans lack:", "• Clear dates."),
            ["Plans lack:", "Clear dates."],
            id="a capital opens an item of its own",
        ),
    ],
)
def test_a_bullet_opens_an_item_unless_it_is_a_part_of_the_one_before(
    lines: tuple[str, ...], expected: list[str]
) -> None:
    assert items(*lines) == expected


def test_one_word_with_a_full_stop_is_no_item() -> None:
    assert items("Supervision.") == []


def test_a_short_sentence_is_an_item_and_a_short_heading_is_not() -> None:
    assert items("Improve supervision.", "", "Plans for children must be read by all.", "", "The police") == [
        "Improve supervision.",
        "Plans for children must be read by all.",
    ]


@pytest.mark.parametrize("ending", [",", ";", " and"])
def test_a_part_may_end_with_a_comma_a_semicolon_or_and(ending: str) -> None:
    assert items("• Plans lack:", f"• clear dates{ending}", "• clear names") == [
        f"Plans lack: clear dates{ending} clear names"
    ]


def test_a_line_after_a_part_still_belongs_to_the_item_with_the_colon() -> None:
    found = items("• Plans wait. They lack:", "• clear dates and", "more names,", "• clear aims", "• Visits are rare.")
    assert found == ["Plans wait. They lack: clear dates and more names, clear aims", "Visits are rare."]


def test_a_colon_within_a_part_does_not_make_a_list_of_parts() -> None:
    found = items("• Plans wait", "− as follows:", "• late,", "• rare")
    assert found == ["Plans wait as follows: late,", "rare"]


def test_another_mark_than_the_first_does_not_open_an_item() -> None:
    assert items("• Plans lack dates", "− and names.", "• Visits are rare.") == [
        "Plans lack dates and names.",
        "Visits are rare.",
    ]


def test_items_are_numbered_from_one_and_cite_their_lines() -> None:
    page = "• Checks are slow.\n• Plans are late."
    found = read_items(split_lines([page]), "0" * 64)
    assert [item.index for item in found] == [1, 2]
    cited = [item.evidence for item in found if item.evidence]
    assert [page[each.start : each.end] for each in cited] == page.split("\n")


def test_lines_before_the_first_item_belong_to_none() -> None:
    assert items("What must improve", "for all children", "• Checks are slow.") == ["Checks are slow."]


def test_the_last_line_of_a_list_goes_on_its_item() -> None:
    assert items("• Checks are slow.", "The police") == ["Checks are slow. The police"]


def test_a_study_before_the_first_item_ends_with_it() -> None:
    found = items("Practice study: a child", "The child was seen.", "• Checks are slow", "for all.")
    assert found == ["Checks are slow for all."]


@pytest.mark.parametrize(("words", "is_heading"), [(14, True), (15, False)])
def test_a_heading_within_a_list_has_fourteen_words_at_most(words: int, is_heading: bool) -> None:
    line = " ".join(["Police", *["and"] * (words - 1)])
    first = "Checks are slow." if is_heading else f"Checks are slow. {line}"
    assert items("• Checks are slow.", line, "• Plans are late.") == [first, "Plans are late."]


@pytest.mark.parametrize(("letters", "expected"), [(24, []), (25, ["a" * 25])])
def test_a_paragraph_without_a_full_stop_is_an_item_from_25_letters_on(letters: int, expected: list[str]) -> None:
    assert items("a" * letters) == expected


def test_a_heading_between_items_belongs_to_none() -> None:
    assert items("• Checks are slow.", "The police", "• Plans are late.") == ["Checks are slow.", "Plans are late."]
    assert items("• Checks are", "slow.", "The police", "• Plans are late.") == ["Checks are slow.", "Plans are late."]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ("• Checks are slow.", "They are late.", "• Plans wait."), "Checks are slow. They are late.", id="."
        ),
        pytest.param(
            ("• Checks are often", "Made in haste", "• Plans wait."), "Checks are often Made in haste", id="open"
        ),
        pytest.param(
            ("• Checks are slow.", "of all things", "• Plans wait."), "Checks are slow. of all things", id="case"
        ),
        pytest.param(
            ("• Checks are slow.", "The police", "are late.", "• Plans wait."),
            "Checks are slow. The police are late.",
            id="no bullet below",
        ),
    ],
)
def test_a_line_that_does_not_stand_alone_goes_on_the_item(lines: tuple[str, ...], expected: str) -> None:
    assert items(*lines) == [expected, "Plans wait."]


def test_a_study_in_plain_text_ends_where_the_next_item_begins() -> None:
    found = items("• Checks are slow.", "Practice study: a child", "The child was seen.", "• Plans are late.")
    assert found == ["Checks are slow.", "Plans are late."]


def test_there_are_none_is_not_an_item() -> None:
    assert items("• There are no areas for priority action.") == []


def test_paragraphs_without_bullets_are_items_divided_by_short_lines() -> None:
    full = "The partnership does not know how many children wait for a plan,"
    assert items(full, "or for how long.", full, "or why.") == [f"{full} or for how long.", f"{full} or why."]


def test_a_line_of_nearly_the_full_width_does_not_end_a_paragraph() -> None:
    wide, nearly, next_line = "x" * 39 + ".", "y" * 33 + ".", "z" * 39 + "."
    assert items(wide, next_line) == [f"{wide} {next_line}"]
    assert items(wide, nearly, next_line) == [f"{wide} {nearly} {next_line}"]
    assert len(items(wide, nearly[1:], next_line)) == 2


def test_a_box_with_a_study_is_found_with_all_of_its_lines() -> None:
    page = f"Checks are slow.{ROWS}Case study: a child\nThe child was seen.{ROWS}Plans are late."
    assert study_lines([page]) == ["Case study: a child", "The child was seen."]


def test_a_study_that_is_not_laid_out_as_a_box_is_left_in() -> None:
    assert study_lines(["Checks are slow.\nCase study: a child\nThe child was seen."]) == []


def test_a_box_that_ends_within_a_sentence_goes_on_at_the_top_of_the_next_page() -> None:
    first = f"Checks are slow.{ROWS}Case study: a child\nThe child was seen by"
    second = f"two workers.{ROWS}Plans are late."
    assert study_lines([first, second]) == ["Case study: a child", "The child was seen by", "two workers."]


def test_a_box_that_ends_with_a_sentence_does_not_go_on() -> None:
    first = f"Checks are slow.{ROWS}Case study: a child\nThe child was seen."
    second = f"Two workers wait.{ROWS}Plans are late."
    assert study_lines([first, second]) == ["Case study: a child", "The child was seen."]


def test_a_box_does_not_go_on_lower_on_its_page_or_in_plain_text_that_begins_a_sentence() -> None:
    lower = f"Case study: a child\nThe child was seen by{ROWS}Two workers wait."
    assert study_lines([lower]) == ["Case study: a child", "The child was seen by"]
    plain = [f"Checks are slow.{ROWS}Case study: a child\nThe child was seen by", "Two workers wait."]
    assert study_lines(plain) == ["Case study: a child", "The child was seen by"]
    going_on = [f"Checks are slow.{ROWS}Case study: a child\nThe child was seen by", "two workers."]
    assert study_lines(going_on) == ["Case study: a child", "The child was seen by", "two workers."]


def test_a_box_of_one_line_is_found() -> None:
    assert study_lines([f"Checks are slow.{ROWS}Case study: a child.{ROWS}Plans are late."]) == ["Case study: a child."]


def test_a_box_at_the_top_of_a_page_does_not_go_on_lower_on_that_page() -> None:
    second = f"Case study: a child\nThe child was seen by{ROWS}Two workers wait."
    assert study_lines(["Checks are slow.", second]) == ["Case study: a child", "The child was seen by"]


def test_a_box_goes_on_in_plain_text_whose_first_letter_alone_is_small() -> None:
    first = f"Checks are slow.{ROWS}Case study: a child\nThe child was seen with"
    assert study_lines([first, "iPads in hand."])[2:] == ["iPads in hand."]
