"""Commands that work on a store of the test's own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reinspect.answers import Library
from store import Store
from tui.cli.main import COMMANDS, main

UseStore = Callable[[Store], None]
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as the first run makes it."""
    folder = tmp_path_factory.mktemp("made") / "store"
    assert CliRunner().invoke(main, ["--store", str(folder), "list"]).exit_code == 0
    return folder


@pytest.fixture
def run(made: Path, tmp_path: Path) -> Run:
    """Run a command on a store of the test's own."""
    folder = tmp_path / "store"
    shutil.copytree(made, folder)
    return lambda *arguments: CliRunner().invoke(main, ["--store", str(folder), *map(str, arguments)])


@pytest.fixture
def use_store(monkeypatch: pytest.MonkeyPatch) -> UseStore:
    """Make every command open this store."""
    return lambda store: open_always(store, monkeypatch)


def open_always(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every command open this store until the patch is undone."""
    for name in COMMANDS:
        module = import_module(f"tui.cli.commands.{name}")
        monkeypatch.setattr(module, "open_store", lambda _: store, raising=False)
        monkeypatch.setattr(module, "open_library", lambda _: Library(store), raising=False)
