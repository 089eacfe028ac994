"""Page furniture: footnotes are removed, and dates and lists that look like them are kept."""

from __future__ import annotations

import pytest

from tests.making.reports import GRADES, ilacs_body, ilacs_front, letter, read, rows, section


def report(*lines: str):
    """Read a report with these lines at the end of its second page."""
    return read([ilacs_front(rows(**GRADES)), [*(line.removesuffix("1") for line in ilacs_body(**GRADES)), *lines]])


def passages(reading):
    return " ".join(passage.text for passage in reading.passages)


@pytest.mark.parametrize("month", ["April", "September", "Dec"])
def test_the_rest_of_a_date_at_the_start_of_a_line_is_not_a_footnote(month: str) -> None:
    reading = report(
        "6. Leaders know their streets.1 The council opened its new front door, with more staff, on",
        f"1 {month} 2019. Thresholds are clear, and the people who ring are answered at once and in a",
        "kind voice.",
        "7. Leaders read what they are sent.",
    )

    assert f"1 {month} 2019. Thresholds are clear" in passages(reading)
    assert "kind voice." in passages(reading)


def test_a_date_that_ends_a_letter_is_kept_with_the_sentence_after_it() -> None:
    page = letter()[0]
    end = page.index("Ofsted will take the findings from this focused visit into account when planning your next")
    told = ["◼ Leaders at the council’s new office1 have met in each week since", "1 April 2018. Managers give advice."]

    assert "1 April 2018. Managers give advice." in passages(read([[*page[:end], *told, *page[end:]]]))


def test_a_line_that_begins_with_a_number_without_a_mark_above_is_not_a_footnote() -> None:
    reading = report(
        "6. Leaders have opened a school in the street that people call Station Square, at number", "1 Albert Row."
    )

    assert "at number 1 Albert Row." in passages(reading)


@pytest.mark.parametrize("heading", ["What needs to improve?", "What needs to improve?1"])
def test_a_list_numbered_without_full_stops_is_kept(heading: str) -> None:
    items = ["1 The speed of plans", "2 The quality of supervision", "3 The offer to those who leave"]
    reading = read(
        [
            ilacs_front(rows(**GRADES)),
            ["Leaders know their streets.", "They read what they are sent.", heading, *items],
            [section("help", GRADES["help"]), "1. Most families are met early."],
        ]
    )

    assert [item.text for item in reading.facts.improvements] == [item[2:] for item in items]


def test_a_footnote_below_a_list_without_full_stops_is_removed() -> None:
    page = [
        "Leaders know their streets.",
        "What needs to improve?",
        "1 The speed of plans",
        "2 The notes.3",
        "3 A guide.",
    ]
    first = [*ilacs_front(rows(**GRADES)), "Some of them write.1 Some read.2", "1 A guide.", "2 A law."]
    reading = read([first, page, [section("help", GRADES["help"]), "1. Most families are met early."]])

    assert [item.text for item in reading.facts.improvements] == ["The speed of plans", "The notes.3"]


@pytest.mark.parametrize("mark", ["streets.1", "streets1", "guide of the LSCP1", "streets.\n1"])
def test_a_footnote_with_its_mark_above_is_removed(mark: str) -> None:
    reading = report(f"6. Leaders know their {mark}", "1 The streets of the council are listed", "in a book.")

    assert "listed" not in passages(reading)


def test_a_footnote_below_a_blank_line_is_removed_though_its_mark_was_lost() -> None:
    reading = report("6. Leaders know their streets.", "", "1 The streets of the council are listed.")

    assert "listed" not in passages(reading)


@pytest.mark.parametrize(("number", "pages", "kept"), [(2, 2, False), (1, 2, True), (2, 3, True)])
def test_a_last_line_that_ends_with_the_number_of_its_page_is_furniture(number: int, pages: int, kept: bool) -> None:
    reading = report("7. Leaders read what they are sent.", f"Letter to the director, page {number} of {pages}")

    assert ("Letter to the director" in passages(reading)) is kept
