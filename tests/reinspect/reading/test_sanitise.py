"""Making text safe to show: control and direction characters are replaced, invisible ones left out."""

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


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x85", "\u2028", "\u2029"])
def test_every_line_end_becomes_a_newline(end: str) -> None:
    assert make_safe(f"plans{end}for") == "plans\nfor"


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
        "\ud83d",
        "\ufffe",
        "\U000e0041",
    ],
)
def test_the_first_character_of_each_known_attack_is_replaced(hostile: str) -> None:
    assert make_safe(f"grade{hostile}").startswith("grade\ufffd")


IGNORABLE = (
    *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0, 0x2800, 0x85),
    *(*range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)),
    *(*range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFF9), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B)),
    *range(0xE0000, 0xE1000),
)
"""Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties.txt, BRAILLE PATTERN BLANK and NEXT LINE."""


def test_no_character_is_left_that_nobody_can_see() -> None:
    assert not [hex(code) for code in IGNORABLE if chr(code) in make_safe(f"a{chr(code)}b")]


@pytest.mark.parametrize("invisible", [*"\u200b\u200c\u200d\ufeff\u200e\u2060\u034f\u180b\ufe0f\U000e0101"])
def test_a_word_with_a_harmless_invisible_character_is_whole(invisible: str) -> None:
    assert make_safe(f"chil{invisible}dren") == "children"


@pytest.mark.parametrize("blank", [*"\u115f\u1160\u2800\u3164\uffa0"])
def test_a_blank_letter_becomes_a_space(blank: str) -> None:
    assert make_safe(f"two{blank}words") == "two words"


def test_every_kind_of_line_end_becomes_a_newline() -> None:
    assert make_safe("a\r\nb\rc\u2028d\u2029e\n") == "a\nb\nc\nd\ne\n"


def test_ordinary_text_is_unchanged() -> None:
    printed = "‘Requires improvement’ – £5m • naïve\t½ ◼ 日本 \uf06e"
    assert make_safe(printed) == printed


def test_newlines_and_tabs_in_a_file_name_become_symbols() -> None:
    assert safe_line("two\nlines\tand a tab") == "two␤lines␉and a tab"
