"""The basket: adding, moving, removing and annotating pins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reinspect.basket import add_pin, make_quote, move_pin, pin_at, remove_pins, set_note
from reinspect.errors import NotFoundError
from reinspect.model import Pin
from tests.making.inspections import passage


def pins(*texts: str) -> tuple[Pin, ...]:
    return tuple(Pin(kind="quote", text=text, citation="p. 1") for text in texts)


def texts(basket: tuple[Pin, ...]) -> list[str]:
    return [pin.text for pin in basket]


def test_a_new_pin_goes_last() -> None:
    basket, place = add_pin(pins("a", "b"), pins("c")[0])
    assert (texts(basket), place) == (["a", "b", "c"], 3)


def test_the_same_words_of_the_same_source_are_pinned_once() -> None:
    assert add_pin(pins("a", "b"), pins("a")[0]) == (pins("a", "b"), 1)
    elsewhere = Pin(kind="quote", text="a", citation="p. 2")
    assert add_pin(pins("a"), elsewhere)[1] == 2


def test_pinning_again_replaces_the_note_only_if_there_is_a_new_one() -> None:
    with_note = set_note(pins("a"), 1, "for the committee")
    assert add_pin(with_note, pins("a")[0])[0] == with_note
    again, _ = add_pin(with_note, set_note(pins("a"), 1, "for the board")[0])
    assert again[0].note == "for the board"


@pytest.mark.parametrize(
    ("place", "to", "order"), [(1, 3, "bcad"), (4, 1, "dabc"), (2, 2, "abcd"), (1, 4, "bcda"), (3, 2, "acbd")]
)
def test_a_pin_moves_to_a_place_and_the_pins_between_move_by_one(place: int, to: int, order: str) -> None:
    assert "".join(texts(move_pin(pins(*"abcd"), place, to))) == order


@given(some.integers(1, 6), some.integers(1, 6))
def test_moving_there_and_back_changes_nothing(place: int, to: int) -> None:
    basket = pins(*"abcdef")
    assert move_pin(move_pin(basket, place, to), to, place) == basket


def test_several_pins_are_removed_at_once_by_their_earlier_places() -> None:
    assert texts(remove_pins(pins(*"abcd"), {1, 3})) == ["b", "d"]


def test_an_empty_note_removes_the_note() -> None:
    assert set_note(set_note(pins("a"), 1, " mine "), 1, "") == pins("a")
    assert set_note(pins("a"), 1, " mine ")[0].note == "mine"


def test_a_note_pasted_from_anywhere_is_made_safe_to_show() -> None:
    note = set_note(pins("a"), 1, "red \x1b[31m\nalert")[0].note
    assert "\x1b" not in note
    assert note.endswith(" alert")


@pytest.mark.parametrize("place", [0, -1, 3])
def test_a_number_that_is_not_in_the_basket_is_refused_with_a_reason(place: int) -> None:
    with pytest.raises(NotFoundError, match=f"no number {place} in the basket; it has 2"):
        pin_at(pins("a", "b"), place)
    with pytest.raises(NotFoundError):
        move_pin(pins("a", "b"), 1, place)
    with pytest.raises(NotFoundError, match="it is empty"):
        remove_pins((), {1})


def test_a_whole_passage_is_pinned_with_its_place() -> None:
    source = passage("Plans are reviewed on time.", page=4, paragraph=9)
    pin = make_quote(source, "Camden, p. 4, para 9", "camden-2022-04-25-ilacs", "good news")
    assert (pin.kind, pin.text, pin.citation, pin.note) == ("quote", source.text, "Camden, p. 4, para 9", "good news")
    assert pin.evidence == source.evidence
