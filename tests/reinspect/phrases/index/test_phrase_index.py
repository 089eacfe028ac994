"""The index: saved, loaded, extended, and refused when it is damaged."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from msgspec import structs

from reinspect.model import Passage
from reinspect.phrases import Index, IndexUnusableError, Searcher
from reinspect.phrases.index.column_file import is_unchanged, note_changes
from reinspect.phrases.index.texts import Texts
from tests.making.passages import index_of, passages, sha_of

TEXTS = {
    "a": ("Plans drift. The virtual school knows every child (and asks).", "Drift and delay are rare."),
    "b": ("A new panel sees each plan.", "Foster carers feel heard."),
    "c": ("Drift and delay again.",),
}


def answers(index: Index) -> list[object]:
    searcher = Searcher(index)
    return [searcher.search(query).hits for query in ("drift and delay", "foster carer", "virtul school", "plan")]


def test_a_loaded_index_answers_like_the_saved_one(tmp_path: Path) -> None:
    index = index_of(**TEXTS)
    index.save(tmp_path / "index", stamp="reader 1")
    loaded = Index.load(tmp_path / "index", stamp="reader 1")
    assert answers(loaded) == answers(index)
    assert loaded.documents == {sha_of(name) for name in TEXTS}


def test_an_empty_index_can_be_saved(tmp_path: Path) -> None:
    Index.build([]).save(tmp_path / "index")
    assert Searcher(Index.load(tmp_path / "index")).search("plan").total == 0


def test_an_index_with_added_documents_answers_like_one_built_with_them() -> None:
    grown = index_of(a=TEXTS["a"]).with_documents(
        [(sha_of("b"), passages("b", *TEXTS["b"])), (sha_of("c"), passages("c", *TEXTS["c"]))]
    )
    assert answers(grown) == answers(index_of(**TEXTS))


def test_a_document_that_is_added_again_replaces_the_earlier_one() -> None:
    index = index_of(**TEXTS).with_documents([(sha_of("a"), passages("a", "Nothing left."))])
    assert Searcher(index).search("drift and delay").by_document == {sha_of("c"): 1}
    assert len(index.documents) == 3


def test_only_removed_documents_are_gone() -> None:
    index = index_of(**TEXTS).without_documents([sha_of("a"), sha_of("never indexed")])
    assert answers(index) == answers(index_of(b=TEXTS["b"], c=TEXTS["c"]))
    assert Searcher(index.without_documents(index.documents)).search("plan").total == 0


def test_an_index_of_another_reader_is_refused(tmp_path: Path) -> None:
    index_of(**TEXTS).save(tmp_path / "index", stamp="reader 1")
    with pytest.raises(IndexUnusableError, match="another reader"):
        Index.load(tmp_path / "index", stamp="reader 2")


def test_a_missing_or_empty_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusableError):
        Index.load(tmp_path / "index")
    (tmp_path / "index").write_bytes(b"")
    with pytest.raises(IndexUnusableError):
        Index.load(tmp_path / "index")


def test_an_index_is_refused_when_it_is_damaged_anywhere(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    index_of(**TEXTS).save(folder)
    for path in sorted(folder.iterdir()):
        whole = path.read_bytes()
        for place in np.linspace(0, len(whole) - 1, 8, dtype=int).tolist():
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
            with pytest.raises(IndexUnusableError):
                Index.load(folder)
        for size in np.linspace(0, len(whole) - 1, 4, dtype=int).tolist():
            path.write_bytes(whole[:size])
            with pytest.raises(IndexUnusableError):
                Index.load(folder)
        path.write_bytes(whole)
    assert answers(Index.load(folder)) == answers(index_of(**TEXTS))


def test_an_index_of_a_machine_with_another_order_of_bytes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_of(**TEXTS).save(tmp_path / "index")
    monkeypatch.setattr("sys.byteorder", "middle")
    with pytest.raises(IndexUnusableError, match="order of bytes"):
        Index.load(tmp_path / "index")


def test_a_failed_save_keeps_the_previous_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "index"
    index_of(**TEXTS).save(folder)
    files = sorted(folder.iterdir())
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(OSError, match="no space"):
            index_of(a=TEXTS["a"]).save(folder)
    assert answers(Index.load(folder)) == answers(index_of(**TEXTS))
    assert sorted(folder.iterdir()) == files


# Growing


def test_a_saved_index_that_grew_answers_like_one_built_at_once(tmp_path: Path) -> None:
    grown = Index.load(grown_index(tmp_path))
    assert len(grown.stretches) == 3
    assert_is_like(grown, made_index(range(30)))


def strands_of(texts: Texts) -> list[str | None]:
    return [texts.strands[strand] for strand in texts.passage_strand]


def grown_index(place: Path) -> Path:
    """Save an index of the texts 0 to 29 that grew in several steps, and return its folder."""
    made, done = [(sha_of(f"{number}"), made_passages(number)) for number in range(30)], 0
    folder = place / "index"
    Index.build([]).save(folder)
    for size in (20, 6, 2, 1, 1):
        Index.load(folder).append_to(folder, made[done : done + size])
        done += size
    return folder


def made_index(numbers: Iterable[int]) -> Index:
    return Index.build((sha_of(f"{number}"), made_passages(number)) for number in numbers)


def assert_is_like(grown: Index, whole: Index) -> None:
    """Assert that two indexes of the same documents differ in the numbers of words and strands alone."""
    assert grown.texts.documents == whole.texts.documents
    assert strands_of(grown.texts) == strands_of(whole.texts)
    # The words of removed documents stay.
    assert set(grown.words) >= set(whole.words)
    assert all(not grown.holds(word) for word in set(grown.words) - set(whole.words))
    assert [grown.words[one] for one in grown.texts.tokens] == [whole.words[one] for one in whole.texts.tokens]
    for name in set(Texts.__struct_fields__) - {"tokens", "documents", "strands", "passage_strand"}:
        assert np.array_equal(getattr(grown.texts, name), getattr(whole.texts, name)), name
    for word, number in whole.numbers.items():
        own = grown.numbers[word]
        assert grown.words[grown.folded[own]] == whole.words[whole.folded[number]]
        assert np.array_equal(grown.letters[:, own], whole.letters[:, number])
        assert np.array_equal(grown.places(own), whole.places(number))
        assert np.array_equal(grown.places_of(np.array([own, own])), whole.places_of(np.array([number, number])))
        assert grown.count(own) == grown.frequencies[own] == len(whole.places(number))


@pytest.mark.parametrize("dropped", [(0,), (29,), (3, 4, 5, 20, 25, 27), (*range(1, 30, 2),), (*range(20, 30),)])
def test_a_saved_index_without_some_documents_is_like_one_built_without_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dropped: tuple[int, ...]
) -> None:
    monkeypatch.setattr("reinspect.phrases.index.column_file.PIECE", 16)
    monkeypatch.setattr("reinspect.phrases.index.stretches.PIECE", 16)
    folder = grown_index(tmp_path)
    Index.load(folder).remove_from(folder, [sha_of(f"{number}") for number in (*dropped, 77)], stamp="reader 1")
    smaller = Index.load(folder, stamp="reader 1")
    whole = made_index(number for number in range(30) if number not in dropped)
    assert_is_like(smaller, whole)
    Index.load(folder, stamp="reader 1").append_to(folder, [(sha_of("30"), made_passages(30))])
    assert answers(Index.load(folder)) == answers(whole.with_documents([(sha_of("30"), made_passages(30))]))


def made_passages(number: int) -> tuple[Passage, ...]:
    """Return passages whose words and strands differ from number to number, and partly recur."""
    texts = (f"Plan {number % 7} of panel {number} drifts (see {number % 3}).", f"Carers of {number % 5} feel heard.")
    strand = ("help", "leaders", None)[number % 3]
    return tuple(structs.replace(one, strand=strand) for one in passages(f"{number}", *texts))


def test_what_an_interrupted_writer_left_behind_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "index"
    index_of(a=TEXTS["a"]).save(folder)
    more = [(sha_of(name), passages(name, *TEXTS[name])) for name in ("b", "c")]
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(OSError, match="no space"):
            Index.load(folder).append_to(folder, more)
    assert answers(Index.load(folder)) == answers(index_of(a=TEXTS["a"]))
    Index.load(folder).append_to(folder, more)
    assert answers(Index.load(folder)) == answers(index_of(**TEXTS))


def test_an_index_in_use_stays_as_it_is_while_the_saved_one_grows_or_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    index_of(a=TEXTS["a"]).save(folder)
    in_use = Index.load(folder)
    in_use.append_to(folder, [(sha_of("b"), passages("b", *TEXTS["b"]))])
    assert answers(in_use) == answers(index_of(a=TEXTS["a"]))
    index_of(c=TEXTS["c"]).save(folder)
    assert answers(in_use) == answers(index_of(a=TEXTS["a"]))


def test_an_index_grows_beyond_the_words_that_two_bytes_can_number(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    index_of(a=TEXTS["a"]).save(folder)
    many = (sha_of("many"), passages("many", " ".join(f"w{number}" for number in range(2**16))))
    Index.load(folder).append_to(folder, [many])
    grown = Index.load(folder)
    assert grown.texts.tokens.dtype == np.uint32
    assert grown.count(grown.numbers["w65535"]) == grown.count(grown.numbers["drift"]) - 1 == 1


def test_checksums_are_compared_once_in_a_copied_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index_of(**TEXTS).save(tmp_path / "index")
    copied = shutil.copytree(tmp_path / "index", tmp_path / "copied")
    assert not is_unchanged(copied)
    note_changes(copied)
    assert is_unchanged(copied)

    def compare(*_: object) -> int:
        raise AssertionError

    monkeypatch.setattr("reinspect.phrases.index.column_file._checksum", compare)
    assert answers(Index.load(copied)) == answers(index_of(**TEXTS))


def refuse(*_: object) -> None:
    raise OSError("no space left")
