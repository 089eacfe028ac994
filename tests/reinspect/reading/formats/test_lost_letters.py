"""Letters that a file names wrongly are corrected where the words around them prove it."""

from __future__ import annotations

from reinspect.reading.formats.lost_letters import MendedPage, mend_pages


def test_a_digit_that_several_words_have_in_place_of_their_apostrophe_is_an_apostrophe() -> None:
    pages = [
        "The council9s plans, the children9s boats and Exampleshire9s 9 staff.",
        "Parents9 views of an adult9s raft.",
    ]
    assert mend_pages(pages) == [
        MendedPage("The council’s plans, the children’s boats and Exampleshire’s 9 staff.", 3, 3),
        MendedPage("Parents’ views of an adult’s raft.", 2, 2),
    ]


def test_a_digit_in_two_words_alone_is_left_as_it_is() -> None:
    pages = ["The council9s plans and the children9s boats."]
    assert mend_pages(pages) == [MendedPage(pages[0], 0, 0)]


def test_different_digits_in_words_are_no_apostrophe() -> None:
    pages = ["The council1s plans, the children2s boats and the adult3s raft."]
    assert mend_pages(pages) == [MendedPage(pages[0], 0, 0)]


def test_codes_and_years_are_left_as_they_are() -> None:
    pages = ["The council9s plans, the children9s boats, an adult9s raft of the 1990s, form X9s and B9."]
    assert mend_pages(pages)[0].text.endswith("an adult’s raft of the 1990s, form X9s and B9.")
