"""However long the app is open, what it keeps has an end: counted in things kept, not in bytes."""

from __future__ import annotations

import gc
import inspect
import pkgutil
import string
from collections.abc import Iterator
from importlib import import_module
from itertools import islice, product
from typing import get_args
from weakref import ref

import pytest

import reinspect
import store as store_package
import tui
from reinspect.answers import Library
from reinspect.answers.scope import Scope
from reinspect.model import Pin
from reinspect.phrases.search.compounds import Compounds
from reinspect.phrases.search.similar_words import QueryWord, SimilarWords
from reinspect.phrases.types import Order
from reinspect.record import Record
from store import Store
from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.app.history import History, Location
from tui.app.memory import tidy
from tui.selection import Selection

# What these are asked of is in files that ship: so many frameworks, topics and word lists, and no more.
OF_FILES = {"_any_wording", "_grade_forms", "lexicon"}

_PAUSES = 20


@pytest.mark.parametrize(
    "way_in", [["question_mark"], ["a"], ["e"], ["2", "enter"]], ids=["help", "authority", "export", "reader"]
)
async def test_what_is_closed_is_kept_no_more_nor_what_it_drew(
    app: ReinspectApp, way_in: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gc, "freeze", lambda: None)
    async with person_at(app, 80, 24) as person:
        await person.presses(*way_in)
        opened = app.screen
        seen = [*opened.walk_children(with_self=True)]
        traces = [*map(ref, seen), *(ref(widget._styles_cache) for widget in seen)]
        assert len(app.screen_stack) == 2
        del opened, seen
        await person.presses("escape")
        assert len(app.screen_stack) == 1
        for _ in range(_PAUSES):
            gc.collect()
            tidy()
            if all(trace() is None for trace in traces):
                break
            # A message or a timer of the closed screen may still be on its way.
            await person.waits()
        assert [trace() for trace in traces if trace() is not None] == []


async def test_garbage_is_collected_as_before_once_the_app_has_ended(app: ReinspectApp) -> None:
    before = gc.get_threshold()
    async with person_at(app, 80, 24):
        assert gc.get_threshold() != before
        tidy()
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


async def test_work_that_is_done_is_forgotten(app: ReinspectApp) -> None:
    async with person_at(app, 80, 24) as person:
        await person.presses(*"12345612345", "s", "s", "slash", *"drift", "enter")
        assert not list(app.workers)


def test_a_person_can_go_back_far_but_not_for_ever() -> None:
    trail = History()
    for number in range(1000):
        trail.go(Location(pane="Timeline", selection=Selection(authority=str(number))))
    steps = 0
    while trail.can_step(-1):
        trail.step(-1)
        steps += 1
    assert 100 <= steps < 1000


def test_of_all_that_recurs_the_last_few_answers_are_kept(store: Store) -> None:
    library = Library(store)
    kinds = ((), ("report",), ("letter",))
    for authorities, kind, order in product(((), ("camden",)), kinds, get_args(Order)):
        library.recurring(Scope(authorities=authorities, kinds=kind), order=order)
    assert 1 < len(library._recurring) <= 8


def test_words_that_were_sought_are_forgotten_in_time(store: Store) -> None:
    similar_words = SimilarWords(store.index())
    compounds = Compounds(store.index(), similar_words)
    for letters in islice(product(string.ascii_lowercase, repeat=4), 1500):
        similar_words.similarity(QueryWord("".join(letters)))
        compounds.of(QueryWord("".join(letters)))
    assert 1 < len(similar_words._cache) <= 600
    assert 1 < len(compounds._cache) <= 600
    for length in range(1, 200):
        similar_words.similarity(QueryWord("x" * min(length, 40), prefix=True))
    assert len(similar_words._beginnings) <= max(map(len, store.index().words))


def test_of_a_store_that_changes_the_present_state_alone_is_kept(store: Store, record: Record) -> None:
    beside, traces = Store.open(store.folder, record=record), []
    for turn in range(5):
        beside.inspections()
        traces.append(ref(beside._file.catalogue))
        store.basket.add(Pin(kind="phrase", text=f"phrase {turn}", citation="Camden"))
        assert beside.refresh()
    gc.collect()
    assert [trace() for trace in traces if trace() is not None] == []


def test_every_cache_has_an_end() -> None:
    endless = [
        f"{module}.{name}"
        for module, name, cached in caches()
        if cached.cache_parameters()["maxsize"] is None
        and inspect.signature(cached.__wrapped__).parameters
        and name not in OF_FILES
    ]
    assert not endless


def caches() -> Iterator[tuple[str, str, object]]:
    """Every function of ours that keeps its answers: its module, its name, and itself."""
    for package in (reinspect, store_package, tui):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                module = import_module(found.name)
                for name, each in vars(module).items():
                    if hasattr(each, "cache_parameters") and each.__module__ == found.name:
                        yield found.name, name, each
