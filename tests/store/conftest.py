"""A store with three inspections, in a folder of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Store, check
from store.storage import CATALOGUE
from tests.making.readings import SMALL_RECORD


@pytest.fixture(autouse=True)
def intact_stores(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Check every store of the test's folder after the test: nothing in it is wrong or lost.

    A test that damages a store and leaves it so is marked with `leaves_damage`.
    """
    # `monkeypatch` is asked for so that what a test has patched, such as the schema, is in force during the check.
    yield
    if request.node.get_closest_marker("leaves_damage") is None:
        stores = {path.parent for path in tmp_path.rglob(CATALOGUE)}
        faults = {str(store): [fault for fault in check(store) if fault.severity != "left over"] for store in stores}
        assert {store: found for store, found in faults.items() if found} == {}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def small_store(folder: Path) -> Store:
    return Store.open(folder, record=SMALL_RECORD)
