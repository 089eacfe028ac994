"""Memory does not grow while the app is open: objects are counted, not bytes."""

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
from tui.app.history import History
from tui.app.memory import free_memory
from tui.selection import Location, Selection

# The arguments of these functions come from shipped files, so their caches are limited by those.
OF_FILES = {"_grade_forms", "_shown", "lexicon", "_any_wording"}

_PAUSES = 20


@pytest.mark.parametrize(
    "way_in", [["question_mark"], ["a"], ["e"], ["2", "enter"]], ids=["help", "authority", "export", "reader"]
)
async def test_a_closed_screen_and_what_it_drew_are_freed(
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
            free_memory()
            if all(trace() is None for trace in traces):
                break
            # A message or a timer of the closed screen may still be on its way.
            await person.waits()
        assert [trace() for trace in traces if trace() is not None] == []


async def test_the_garbage_collector_is_restored_when_the_app_ends(app: ReinspectApp) -> None:
    before = gc.get_threshold()
    async with person_at(app, 80, 24):
        assert gc.get_threshold() != before
        free_memory()
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


async def test_finished_workers_are_forgotten(app: ReinspectApp) -> None:
    async with person_at(app, 80, 24) as person:
        await person.presses(*"12345612345", "s", "s", "slash", *"drift", "enter")
        assert not list(app.workers)


def test_the_history_is_long_but_limited() -> None:
    history = History()
    for number in range(1000):
        history.visit(Location(pane="Timeline", selection=Selection(authority=str(number))))
    steps = 0
    while history.can_step(-1):
        history.step(-1)
        steps += 1
    assert 100 <= steps < 1000


def test_a_few_answers_about_recurring_phrases_are_cached(store: Store) -> None:
    library = Library(store)
    kinds = ((), ("report",), ("letter",))
    for authorities, kind, order in product(((), ("camden",)), kinds, get_args(Order)):
        library.recurring(Scope(authorities=authorities, kinds=kind), order=order)
    assert 1 < len(library._recurring) <= 8


def test_the_caches_of_searched_words_are_limited(store: Store) -> None:
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


def test_a_changing_store_keeps_its_present_state_only(store: Store, record: Record) -> None:
    other, traces = Store.open(store.folder, record=record), []
    for turn in range(5):
        other.inspections()
        traces.append(ref(other._file.catalogue))
        store.basket.add(Pin(kind="phrase", text=f"phrase {turn}", citation="Camden"))
        assert other.refresh()
    gc.collect()
    assert [trace() for trace in traces if trace() is not None] == []


def test_every_cache_is_limited() -> None:
    endless = [
        f"{module}.{name}"
        for module, name, cached in caches()
        if cached.cache_parameters()["maxsize"] is None
        and inspect.signature(cached.__wrapped__).parameters
        and name not in OF_FILES
    ]
    assert not endless


def caches() -> Iterator[tuple[str, str, object]]:
    """Every cached function of the program: its module, its name, and itself."""
    for package in (reinspect, store_package, tui):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                module = import_module(found.name)
                for name, each in vars(module).items():
                    if hasattr(each, "cache_parameters") and each.__module__ == found.name:
                        yield found.name, name, each
