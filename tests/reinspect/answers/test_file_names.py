"""The name that an answer suggests for its file says what was asked, in letters that every system allows."""

from __future__ import annotations

import pytest

from reinspect.answers.search import file_name_of


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("drift and delay", "search-drift-and-delay"),
        ('"line of sight" -adults', "search-line-of-sight-adults"),
        ("../../etc/passwd", "search-etc-passwd"),
        ("C:\\x\x00?*", "search-c-x"),
        ("", "search"),
        ("\u4e2d\u6587", "search"),
    ],
)
def test_a_search_is_named_in_its_file(words: str, name: str) -> None:
    assert file_name_of("search", words) == name


def test_a_long_search_has_a_short_name() -> None:
    assert len(file_name_of("search", "word " * 100)) <= 70
