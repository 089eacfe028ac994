"""The index: saved, loaded, extended, and refused when it is damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reinspect.phrases import Index, IndexUnusableError, Searcher
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
    path = tmp_path / "index"
    index_of(**TEXTS).save(path)
    whole = path.read_bytes()
    for place in np.linspace(0, len(whole) - 1, 80, dtype=int).tolist():
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        _assert_refused_or_unharmed(path, index_of(**TEXTS))
    for size in range(1, len(whole), 97):
        path.write_bytes(whole[:size])
        _assert_refused_or_unharmed(path, index_of(**TEXTS))


def _assert_refused_or_unharmed(path: Path, index: Index) -> None:
    """Check that a damaged file is refused, or that only unused bytes between the columns are damaged."""
    try:
        loaded = Index.load(path)
    except IndexUnusableError:
        return
    assert answers(loaded) == answers(index)


def test_a_failed_save_keeps_the_previous_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "index"
    index_of(**TEXTS).save(path)

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="no space"):
        index_of(a=TEXTS["a"]).save(path)
    assert answers(Index.load(path)) == answers(index_of(**TEXTS))
    assert [path.name for path in tmp_path.iterdir()] == ["index"]
