"""A small store for the panes: invented inspections in our own words."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from reinspect.authorities import authorities
from reinspect.model import Evidence, Improvement
from reinspect.record import Record, RecordedInspection
from store import Store
from tests.making.events import BARNET, EARLIER, ILACS_2022, ILACS_2025, LATEST, LETTER, SIF, VISIT, reading
from tui.app.app import ReinspectApp


@pytest.fixture(scope="session")
def record() -> Record:
    """A record in which Camden has four events and Barnet one."""
    held = (
        ("barnet-2019-05-13-ilacs", "barnet", BARNET),
        ("camden-2017-09-11-sif", "camden", SIF),
        ("camden-2018-05-15-focused-visit", "camden", VISIT),
        ("camden-2022-04-25-ilacs", "camden", ILACS_2022),
        ("camden-2025-03-03-ilacs", "camden", ILACS_2025),
    )
    inspections = tuple(RecordedInspection(id=i, authority=slug, facts=facts) for i, slug, facts in held)
    return Record(as_of=date(2026, 8, 20), authorities=authorities().all(), inspections=inspections)


@pytest.fixture(scope="session")
def store_folder(tmp_path_factory: pytest.TempPathFactory, record: Record) -> Path:
    """The folder of a store of that record, with the texts of Camden's two latest inspections and of its visit."""
    timely = Improvement(
        index=1,
        text="delay for children in pre-proceedings",
        tags=("Principle 1",),
        evidence=Evidence(document="", page=2, start=33, end=47, paragraph=4),
    )
    folder = tmp_path_factory.mktemp("made") / "store"
    latest = replace(ILACS_2025, improvements=(timely,), lead_inspector="Ann Example")
    earlier = replace(ILACS_2022, improvements=(Improvement(index=1, text="the oversight of records"),))
    Store.open(folder, record=record).add(
        [
            reading(LATEST, "camden", latest),
            reading(EARLIER, "camden", earlier),
            reading(LETTER, "camden", VISIT, kind="letter"),
        ]
    )
    return folder


@pytest.fixture
def store(tmp_path: Path, store_folder: Path, record: Record) -> Store:
    """A copy of that store, of the test's own."""
    shutil.copytree(store_folder, tmp_path / "store")
    return Store.open(tmp_path / "store", record=record)


@pytest.fixture
def app(store: Store, monkeypatch: pytest.MonkeyPatch) -> ReinspectApp:
    """The app on that store, in full colour whatever the tester's terminal asks for."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    return ReinspectApp(lambda: store)
