"""Making text safe to show: control, direction and zero-width characters are replaced."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reinspect.reading.sanitise import make_safe, safe_line

ANY_TEXT = st.text(st.characters(categories=None), max_size=200)  # surrogates too
ODD_TEXT = st.text(st.sampled_from("a\r\n\t\x1b\x9b\u2028\u202e\ud800\ufffe\U000e0041"), max_size=20)
BIDI_CLASSES = {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"}


def is_dangerous(character: str) -> bool:
    """Return whether the Unicode database, rather than the list under test, calls a character dangerous."""
    category = unicodedata.category(character)
    return (category in {"Cc", "Cs"} and character not in "\t\n") or (
        category == "Cf" and unicodedata.bidirectional(character) in BIDI_CLASSES | {"BN"} and character != "\xad"
    )


@given(ANY_TEXT | ODD_TEXT)
def test_no_character_is_left_that_a_terminal_acts_on(text: str) -> None:
    assert not [character for character in make_safe(text) if is_dangerous(character)]


@given(ANY_TEXT | ODD_TEXT)
def test_making_safe_text_safe_again_changes_nothing(text: str) -> None:
    assert make_safe(make_safe(text)) == make_safe(text)


@given(ANY_TEXT | ODD_TEXT)
def test_a_safe_line_has_no_line_break_and_can_be_encoded(text: str) -> None:
    line = safe_line(text)
    assert len(line.splitlines()) <= 1
    assert "\t" not in line
    line.encode("utf-8")


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b[2J",
        "\x1b]52;c;aGVsbG8=\x07",
        "\x1b]0;title\x1b\\",
        "\x9b31m",
        "\x7f",
        "\u202egnp.exe",
        "\u2066",
        "\u200b",
        "\ufeff",
        "\ud83d",
        "\ufffe",
        "\U000e0041",
    ],
)
def test_the_first_character_of_each_known_attack_is_replaced(hostile: str) -> None:
    assert make_safe(f"grade{hostile}").startswith("grade\ufffd")


def test_every_kind_of_line_end_becomes_a_newline() -> None:
    assert make_safe("a\r\nb\rc\u2028d\u2029e\n") == "a\nb\nc\nd\ne\n"


def test_ordinary_text_is_unchanged() -> None:
    printed = "‘Requires improvement’ – £5m • naïve\t½ ◼ 日本 \uf06e"
    assert make_safe(printed) == printed


def test_newlines_and_tabs_in_a_file_name_become_symbols() -> None:
    assert safe_line("two\nlines\tand a tab") == "two␤lines␉and a tab"
