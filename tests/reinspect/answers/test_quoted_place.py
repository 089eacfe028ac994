"""A quote is found where its words are printed: over line ends, hyphens and the end of a page."""

from __future__ import annotations

from reinspect.answers.quoted_place import find_quote
from reinspect.model import Evidence


def printed(pages: tuple[str, ...], words: str, page: int = 1, start: int = 0) -> list[str]:
    spans = find_quote(pages, Evidence(document="a", page=page, start=start, end=start + 1), words)
    return [pages[span.page - 1][span.start : span.end] for span in spans]


def test_a_quote_is_found_over_line_ends_and_put_together_words() -> None:
    pages = ("Staff are kind. Man-\nagement of\nrecords is weak. All is calm.",)
    assert printed(pages, "Management of records is weak.") == ["Man-\nagement of\nrecords is weak"]


def test_of_two_places_the_one_nearest_to_the_passage_is_taken() -> None:
    pages = ("Visits are late. " + "Much else. " * 20 + "Visits are late.",)
    [span] = find_quote(pages, Evidence(document="a", page=1, start=220, end=240), "Visits are late.")
    assert span.start > 200


def test_a_quote_that_goes_on_on_the_next_page_is_found_in_two_parts() -> None:
    pages = ("Some reviews of records are held", "An inspection of ours\nmuch too late. Others are not.")
    assert printed(pages, "Some reviews of records are held much too late.") == [
        "Some reviews of records are held",
        "much too late",
    ]


def test_a_quote_that_ends_on_its_page_is_found_on_the_page_before_too() -> None:
    pages = ("Some reviews of records are held", "much too late. Others are not.")
    assert printed(pages, "Some reviews of records are held much too late.", page=2) == [
        "Some reviews of records are held",
        "much too late",
    ]


def test_a_quote_on_the_page_after_its_passage_is_found_there() -> None:
    assert printed(("First page.", "Visits are prompt."), "Visits are prompt.") == ["Visits are prompt"]


def test_a_quote_of_which_only_the_first_words_are_printed_is_not_found() -> None:
    pages = ("The local authority plans ahead. Visits are prompt.", "The local authority listens.")
    assert printed(pages, "The local authority keeps no records of visits.") == []
    assert printed(pages, "Visits are prompt and well recorded by all staff.") == ["Visits are prompt"]


def test_words_that_are_not_printed_are_not_found() -> None:
    assert printed(("Visits are prompt.", "More."), "The zebra crosses the road.") == []
    assert printed(("Visits are prompt.",), " ... ") == []
    assert printed(("Visits are prompt.",), "Visits", page=7) == []


def test_a_quote_wholly_on_the_page_before_marks_nothing_on_its_page() -> None:
    pages = ("Others are late. Visits are prompt and kind. All is calm.", "Entirely other words.")
    assert printed(pages, "Visits are prompt and kind.", page=2) == ["Visits are prompt and kind"]


def test_words_in_the_middle_of_a_page_are_not_joined_to_a_word_of_the_next() -> None:
    pages = ("Leaders act on plans. " + "Much else is told here. " * 40, "Staff sand the floors and sing.")
    assert printed(pages, "Leaders act on plans and") == []
    near = ("Leaders act on plans. All is calm.", "Staff sand floors.")
    assert printed(near, "Leaders act on plans and") == []
