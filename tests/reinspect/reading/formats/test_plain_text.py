"""Plain text in the usual encodings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reinspect.errors import UnreadableError
from reinspect.reading import read_file
from reinspect.reading.formats import text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_curly_quotes_and_dashes_survive_every_encoding(encoding: str) -> None:
    assert text.extract_pages("‘Good’ – 25 to 29 April".encode(encoding)) == (["‘Good’ – 25 to 29 April"], [])


def test_form_feeds_divide_pages_and_a_last_form_feed_adds_no_page() -> None:
    assert text.extract_pages(b"one\ftwo\f") == (["one", "two"], [])


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011", "\u00ad", "\u00ad ", "¬", "\u2027"])
def test_words_divided_at_line_ends_by_any_hyphen_are_whole_and_real_hyphens_stay(tmp_path: Path, hyphen: str) -> None:
    lines = [
        f"Leaders have good over{hyphen}",
        f"sight of the manage{hyphen}",
        f"ment of multi{hyphen}",
        "agency work.",
    ]
    path = tmp_path / "report.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    read = " ".join(passage.text for passage in read_file(path).passages)
    assert read == "Leaders have good oversight of the management of multi-agency work."


def test_bytes_unknown_to_every_encoding_become_replacement_characters() -> None:
    assert text.decode(b"a\x81b\x92") == "a\ufffdb’"


def test_one_damaged_byte_leaves_the_other_letters_as_they_are() -> None:
    written = "the children’s café and the council’s"
    assert text.decode(written.encode().replace("é".encode(), b"\xe9")) == written.replace("é", "\ufffd")


def test_a_binary_file_is_refused() -> None:
    with pytest.raises(UnreadableError, match="binary"):
        text.decode(b"MZ\x90\x00\x03")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert "".join(text.extract_pages(data)[0]) is not None
    except UnreadableError:
        assert b"\0" in data


@given(st.text(st.characters(exclude_characters="\0\f", exclude_categories=["Cs"])).filter(lambda t: t[:1] != "\ufeff"))
def test_written_text_is_read_back_unchanged(written: str) -> None:
    assert text.extract_pages(written.encode()) == ([written], [])
