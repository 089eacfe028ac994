"""Commands that work on a store of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import pytest

from reinspect.answers import Library
from store import Store
from tui.cli.main import COMMANDS

UseStore = Callable[[Store], None]


@pytest.fixture
def use_store(monkeypatch: pytest.MonkeyPatch) -> UseStore:
    """Make every command open this store."""

    def use(store: Store) -> None:
        for name in COMMANDS:
            module = import_module(f"tui.cli.commands.{name}")
            monkeypatch.setattr(module, "open_store", lambda _: store, raising=False)
            monkeypatch.setattr(module, "open_library", lambda _: Library(store), raising=False)

    return use
