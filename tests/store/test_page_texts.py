"""Page texts are returned exactly as they were stored, or not at all."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

import store.page_texts
from reinspect.errors import StoreCorruptError
from store.page_texts import (
    decode_pages,
    encode_pages,
    list_page_texts,
    read_page_texts,
    replaces_pages,
    text_path,
    write_page_texts,
)
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


def test_a_missing_page_text_and_one_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    path = text_path(tmp_path, SHA)
    with pytest.raises(StoreCorruptError, match="the page text of a document is missing") as caught:
        read_page_texts(tmp_path, SHA)
    assert str(caught.value).startswith(str(path))
    path.mkdir(parents=True)
    with pytest.raises(StoreCorruptError, match="the page text of a document cannot be read"):
        read_page_texts(tmp_path, SHA)


def test_folders_are_flushed_only_when_they_got_a_new_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[Path] = []
    monkeypatch.setattr(store.page_texts, "sync_folder", flushed.append)
    one, two, three = ("aa" + "0" * 62, "aa" + "1" * 62, "bb" + "0" * 62)
    write_page_texts(tmp_path, {})
    write_page_texts(tmp_path, {one: ("Page.",)})
    assert set(flushed) == {tmp_path, tmp_path / "texts"}
    flushed.clear()
    write_page_texts(tmp_path, {two: ("Page.",)})
    assert flushed == []
    write_page_texts(tmp_path, {three: ("Page.",)})
    assert flushed == [tmp_path / "texts"]


def test_other_pages_replace_those_of_a_file_and_new_ones_and_the_same_ones_do_not(tmp_path: Path) -> None:
    write_page_texts(tmp_path, {SHA: ("Page.",)})
    assert not replaces_pages(tmp_path, {SHA: ("Page.",), sha_of("another"): ("Page.",)})
    assert replaces_pages(tmp_path, {sha_of("another"): ("Page.",), SHA: ("Another page.",)})


def test_different_pages_have_different_tokens() -> None:
    tokens = {decode_pages(encode_pages(SHA, pages), SHA).token for pages in (("a", "b"), ("ab",), ("a", "c"))}
    assert len(tokens) == 3


def test_only_files_in_their_own_place_are_page_texts(tmp_path: Path) -> None:
    other = sha_of("another")
    write_page_texts(tmp_path, {SHA: ("Page.",), other: ("Page.",)})
    for name in (f"texts/zz/{SHA}.txt", "texts/ab/abc.txt", f"texts/{SHA[:2]}/notes.txt", f"texts/{SHA[:2]}/{SHA}.bak"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert list(list_page_texts(tmp_path)) == sorted([text_path(tmp_path, SHA), text_path(tmp_path, other)])
