"""Page texts are returned exactly as they were stored, or not at all."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reinspect.errors import StoreCorruptError
from store.page_texts import decode_pages, encode_pages, read_page_texts, text_path, write_page_texts
from tests.making.readings import sha_of

SHA = sha_of("a report")
any_text = st.text(st.characters(exclude_categories=[]))


@given(st.lists(any_text, max_size=5).map(tuple))
def test_every_page_is_returned_exactly(pages: tuple[str, ...]) -> None:
    assert decode_pages(encode_pages(SHA, pages), SHA).pages == pages


def test_a_form_feed_inside_a_page_does_not_split_it(tmp_path: Path) -> None:
    write_page_texts(tmp_path, {SHA: ("one\ftwo", "", "three\n")})
    assert read_page_texts(tmp_path, SHA).pages == ("one\ftwo", "", "three\n")


def test_the_file_can_be_searched_as_plain_text(tmp_path: Path) -> None:
    write_page_texts(tmp_path, {SHA: ("Leaders know their service.", "Visits are timely.")})
    kept = text_path(tmp_path, SHA).read_text("utf-8")
    assert kept.splitlines()[1:] == ["Leaders know their service.", "Visits are timely."]


@given(st.data())
def test_any_flipped_bit_or_missing_end_is_noticed(data: st.DataObject) -> None:
    whole = encode_pages(SHA, ("Leaders know their service.", "Visits are timely."))
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytearray(whole)
    flipped[place] ^= 1 << data.draw(st.integers(0, 7))
    with TemporaryDirectory() as name:
        path = text_path(Path(name), SHA)
        path.parent.mkdir(parents=True)
        for damaged in (bytes(flipped), whole[:place]):
            path.write_bytes(damaged)
            with pytest.raises(StoreCorruptError, match="Add the document's file again"):
                read_page_texts(Path(name), SHA)


def test_the_pages_of_another_document_are_refused(tmp_path: Path) -> None:
    path = text_path(tmp_path, SHA)
    path.parent.mkdir(parents=True)
    path.write_bytes(encode_pages(sha_of("another"), ("Page.",)))
    with pytest.raises(StoreCorruptError, match="contains the pages of"):
        read_page_texts(tmp_path, SHA)


def test_an_intact_page_text_is_not_written_again(tmp_path: Path) -> None:
    write_page_texts(tmp_path, {SHA: ("Page.",)})
    before = text_path(tmp_path, SHA).stat().st_ino
    write_page_texts(tmp_path, {SHA: ("Page.",)})
    assert text_path(tmp_path, SHA).stat().st_ino == before
