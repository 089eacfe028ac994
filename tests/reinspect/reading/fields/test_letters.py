"""Parts that letters of all kinds have: the date alone on its line, and days without a year."""

from __future__ import annotations

from datetime import date

import pytest

from reinspect.model import Window
from reinspect.reading.fields.letters import find_letter_date, read_days_before
from reinspect.reading.layout.lines import split_lines
from tests.making.area_send import joint_letter
from tests.making.reports import letter, read


@pytest.mark.parametrize("label", ["", "Date: ", "DATE: ", "date "])
def test_the_date_of_a_letter_may_have_a_label_in_any_case(label: str) -> None:
    visit = [line.replace("8 June 2018", f"{label}8 June 2018") for line in letter()[0]]
    joint = [line.replace("5 March 2024", f"{label}5 March 2024") for line in joint_letter()]

    assert read([visit]).facts.published == date(2018, 6, 8)
    assert read([joint]).facts.published == date(2024, 3, 5)


def test_a_date_among_other_words_is_not_that_of_the_letter() -> None:
    lines = split_lines(["Ofsted, 7 June 2018, London\nUpdated: 7 June 2018\n8 June 2018"])

    found = find_letter_date(lines)
    assert found is not None
    assert (found[0], found[1].text) == (date(2018, 6, 8), "8 June 2018")


def test_the_date_of_a_letter_that_a_newspaper_prints_is_the_nearest_above_the_salutation() -> None:
    page = ["Town told to act", "14 October 2018", "The letter in full:", *letter()[0], "1 November 2018"]

    assert read([page]).facts.published == date(2018, 6, 8)


def test_without_a_date_above_the_salutation_the_first_one_below_counts() -> None:
    found = find_letter_date(split_lines(["Dear Ms Lovelace\nStaff plan.\n8 June 2018\n9 June 2018"]))

    assert found is not None
    assert found[0] == date(2018, 6, 8)


@pytest.mark.parametrize(("dots", "is_found"), [(69, True), (70, False)])
def test_a_line_that_is_only_a_date_has_80_letters_at_most(dots: int, is_found: bool) -> None:
    line = f"{'.' * dots}8 June 2018"

    assert (find_letter_date(split_lines([line])) is not None) is is_found


@pytest.mark.parametrize(
    ("printed", "days"),
    [
        ("8 and 9 January", (Window(date(2024, 1, 8), date(2024, 1, 9)),)),
        ("13 and 14 December", (Window(date(2023, 12, 13), date(2023, 12, 14)),)),
        ("5 March", (Window(date(2024, 3, 5), date(2024, 3, 5)),)),
        ("7 September", (Window(date(2023, 9, 7), date(2023, 9, 7)),)),
        ("6 September", ()),
        ("6 March", ()),
        ("8 and 9 July", ()),
        ("8 and 9 January 2024", ()),
    ],
)
def test_days_without_a_year_are_the_last_ones_at_most_half_a_year_before_the_letter(
    printed: str, days: tuple[Window, ...]
) -> None:
    assert read_days_before(printed, date(2024, 3, 5)) == days
