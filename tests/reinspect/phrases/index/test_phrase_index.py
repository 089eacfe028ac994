"""The index: kept in a file, extended without reading the rest again, and never trusted when damaged."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from reinspect.phrases import Index, IndexUnusableError
from tests.making.passages import index_of, passages, sha_of

TEXTS = {
    "a": ("Plans drift. The virtual school knows every child (and asks).", "Drift and delay are rare."),
    "b": ("A new panel sees each plan.", "Foster carers feel heard."),
    "c": ("Drift and delay again.",),
}


def answers(index: Index) -> list[object]:
    return [index.search(query).hits for query in ("drift and delay", "foster carer", "virtul school", "plan")]


def test_a_saved_index_answers_as_before(tmp_path: Path) -> None:
    index = index_of(**TEXTS)
    index.save(tmp_path / "index", stamp="reader 1")
    loaded = Index.load(tmp_path / "index", stamp="reader 1")
    assert answers(loaded) == answers(index)
    assert loaded.documents == {sha_of(name) for name in TEXTS}


def test_an_empty_index_is_kept_too(tmp_path: Path) -> None:
    Index.build([]).save(tmp_path / "index")
    assert Index.load(tmp_path / "index").search("plan").total == 0


def test_documents_that_are_added_are_found_as_if_they_had_always_been_there() -> None:
    grown = index_of(a=TEXTS["a"]).with_documents(
        [(sha_of("b"), passages("b", *TEXTS["b"])), (sha_of("c"), passages("c", *TEXTS["c"]))]
    )
    assert answers(grown) == answers(index_of(**TEXTS))


def test_a_document_that_is_added_again_takes_its_own_place() -> None:
    index = index_of(**TEXTS).with_documents([(sha_of("a"), passages("a", "Nothing left."))])
    assert index.search("drift and delay").by_document == {sha_of("c"): 1}
    assert len(index.documents) == 3


def test_documents_that_are_removed_are_gone_and_the_others_are_not() -> None:
    index = index_of(**TEXTS).without_documents([sha_of("a"), sha_of("never held")])
    assert answers(index) == answers(index_of(b=TEXTS["b"], c=TEXTS["c"]))
    assert index.without_documents(index.documents).search("plan").total == 0


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


def test_an_index_is_refused_wherever_it_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "index"
    index_of(**TEXTS).save(path)
    whole = path.read_bytes()
    for place in np.linspace(0, len(whole) - 1, 80, dtype=int).tolist():
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        _is_refused_or_unharmed(path, index_of(**TEXTS))
    for size in range(1, len(whole), 97):
        path.write_bytes(whole[:size])
        _is_refused_or_unharmed(path, index_of(**TEXTS))


def _is_refused_or_unharmed(path: Path, index: Index) -> None:
    """Bytes between the columns carry nothing, so that damage there does no harm."""
    try:
        loaded = Index.load(path)
    except IndexUnusableError:
        return
    assert answers(loaded) == answers(index)


def test_a_failed_save_leaves_the_index_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "index"
    index_of(**TEXTS).save(path)

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="no space"):
        index_of(a=TEXTS["a"]).save(path)
    assert answers(Index.load(path)) == answers(index_of(**TEXTS))
    assert [each.name for each in tmp_path.iterdir()] == ["index"]


def test_naming_the_package_loads_neither_numpy_nor_rapidfuzz() -> None:
    code = "import sys, reinspect.phrases; print({'numpy', 'rapidfuzz'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
