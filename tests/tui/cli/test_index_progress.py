"""Commands say on stderr how far the making of the phrase index is."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from store import Store
from store.caches import index_path
from tests.making.readings import ILACS_2022, SMALL_RECORD, reading
from tui.cli import progress
from tui.cli.main import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = Store.open(tmp_path / "store", record=SMALL_RECORD)
    store.add([reading(name, ILACS_2022) for name in ("one", "two")])
    return store.folder


def search(folder: Path) -> tuple[str, str]:
    result = CliRunner().invoke(main, ["--store", str(folder), "search", "plans"])
    return result.stdout, result.stderr


def test_a_damaged_index_is_made_again_with_a_word(folder: Path) -> None:
    expected = search(folder)
    assert expected[1] == search(folder)[1] == ""
    tokens = next(index_path(folder).glob("tokens.*"))
    tokens.write_bytes(bytes(len(tokens.read_bytes())))
    found, said = search(folder)
    assert found == expected[0]
    assert "does not match its checksum. It is made again" in said
    assert search(folder) == expected


def test_an_index_of_an_earlier_version_gives_way_without_a_trace(folder: Path) -> None:
    old = index_path(folder).with_name("phrases.index")
    old.parent.mkdir(exist_ok=True)
    old.write_bytes(b"reinspect columns 1\n")
    assert search(folder)[1] == ""
    assert not old.exists()


def test_long_work_is_announced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_WORTH_SHOWING", 1)
    assert search(folder)[1].startswith("indexing ")
    assert search(folder)[1] == ""
