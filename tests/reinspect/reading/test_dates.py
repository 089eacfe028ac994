"""Printed dates in every form that the reports use."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reinspect.model import Window
from reinspect.reading.dates import find_coarse_dates, find_dates, read_windows


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("3 to 7 March 2025", "2025-03-03/2025-03-07"),
        ("29 January to 9 February 2018", "2018-01-29/2018-02-09"),
        ("9 September 2019 to 13 September 2019", "2019-09-09/2019-09-13"),
        ("4 July 2016–28 July 2016", "2016-07-04/2016-07-28"),
        ("18 Feb 2014 – 12 March 2014", "2014-02-18/2014-03-12"),
        ("1/06/2015 – 25/06/2015", "2015-06-01/2015-06-25"),
        ("between 3 and 4 March 2021", "2021-03-03/2021-03-04"),
        ("14 December 2020 to 8 January 2021", "2020-12-14/2021-01-08"),
        ("12 September 2018, and 3 others", "2018-09-12/2018-09-12"),
        ("1.06.2015 to 25.06.2015", "2015-06-01/2015-06-25"),
        ("1-06-2015 – 25-06-2015", "2015-06-01/2015-06-25"),
        ("Monday, 3 March 2025 to Fri 7 March 2025", "2025-03-03/2025-03-07"),
        ("28 January 2019 to 1 February", "2019-01-28/2019-02-01"),
        ("16/17 March 2021", "2021-03-16/2021-03-17"),
        ("10, 11 and 12 May 2018", "2018-05-10/2018-05-12"),
        ("11 September 2017 through to 5 October 2017", "2017-09-11/2017-10-05"),
        ("11 September 2017 up until 5 October 2017", "2017-09-11/2017-10-05"),
        ("11 December 2017 to 12 January", "2017-12-11/2018-01-12"),
        ("2017-09-11 to 2017-10-05", "2017-09-11/2017-10-05"),
        ("11/09 to 05/10/2017", "2017-09-11/2017-10-05"),
        ("11.09 – 05.10.2017", "2017-09-11/2017-10-05"),
        ("11September2017–5October2017", "2017-09-11/2017-10-05"),
        ("1 st to 5 th October 2017", "2017-10-01/2017-10-05"),
        ("3 to 7 March 2025 (5 days)", "2025-03-03/2025-03-07"),
        ("3 to 7 March 2025 after the visit of 4 May 2025", "2025-03-03/2025-03-07"),
        ("3 to 7 March 2025. 4 May 2025", "2025-03-03/2025-03-07"),
        ("3 to 7 March 2025 with 4 May 2021", "2025-03-03/2025-03-07"),
    ],
)
def test_a_window_is_read_in_every_printed_form(printed, expected):
    windows, _ = read_windows(printed, 0)

    assert "/".join((str(windows[0].start), str(windows[-1].end))) == expected


@pytest.mark.parametrize("printed", ["12 and 13 February", "31 February 2020", "6 November 20205", "no date", ""])
def test_an_incomplete_or_invalid_date_gives_no_window(printed):
    assert read_windows(printed, 0)[0] == ()


@pytest.mark.parametrize(
    "between",
    [
        " ",
        "  ",
        " (start) to ",
        " inclusive to ",
        " concluding ",
        ", concluding on ",
        " w/e ",
        " + ",
        " … ",
        " ... ",
        " as well as ",
    ],
)
@pytest.mark.parametrize("dates", ["11 September 2017{}5 October 2017", "11–15 September 2017{}25–29 September 2017"])
def test_days_that_unknown_words_or_signs_join_are_not_half_a_visit(dates, between):
    printed = dates.format(between)

    assert read_windows(printed, 0) == ((), len(printed))


def test_no_year_is_invented_to_put_days_in_order():
    assert read_windows("11, 9 to 5 October 2017", 0)[0] == ()


def test_dates_are_kept_as_precise_as_they_are_printed():
    assert find_coarse_dates("On 8 June 2018, after November 2017 and in 2009") == ("2018-06-08", "2017-11", "2009")


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 1, 1)))
def test_a_written_date_is_read_back(day):
    written = f"{day.day} {day:%B} {day.year}"

    assert [found for found, _, _ in find_dates(f"Published on {written}.")] == [day]


@given(st.text(max_size=200))
def test_any_text_can_be_searched_for_dates(text):
    read_windows(text, 0)
    find_dates(text)
    find_coarse_dates(text)


def test_a_digit_within_a_word_is_not_a_day() -> None:
    text = "children9s boats on 28 to 29 March 2023"
    assert read_windows(text, text.index("9s")) == ((), text.index("9s"))
    assert read_windows(text, text.index("28"))[0] == (Window(date(2023, 3, 28), date(2023, 3, 29)),)


def test_a_missing_space_after_a_day_or_before_a_month_hides_no_date() -> None:
    days = (Window(date(2023, 3, 28), date(2023, 3, 29)),)
    assert [read_windows(text, 0)[0] for text in ("28to 29 March 2023", "28 to 29March 2023")] == [days, days]
