"""A store with three inspections, in a folder of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import Store
from tests.making.readings import SMALL_RECORD


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def small_store(folder: Path) -> Store:
    return Store.open(folder, record=SMALL_RECORD)
