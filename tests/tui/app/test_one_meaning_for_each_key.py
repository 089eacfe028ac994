"""Each key of the app means one thing everywhere: every binding is compared with the table of meanings."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import ClassVar

import pytest
from textual.app import App
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import OptionList

import tui.app
from tui.app.key_meanings import EDITING_ACTIONS, MEANINGS, KeyMeaning
from tui.app.keys_reference import binding_ids

# Textual's own classes whose keys work in the app; the keys of its text box edit the line.
_OF_TEXTUAL = (App, Screen, OptionList)
_ADVICE = "see the first lines of tui/app/key_meanings.py"


def _classes() -> list[type[DOMNode]]:
    """Return every class of the app that may have keys, and those of Textual."""
    for module in walk_packages(tui.app.__path__, "tui.app."):
        import_module(module.name)
    loaded = [vars(module) for name, module in sys.modules.items() if name.startswith("tui.app.")]
    own = {one for names in loaded for one in names.values() if isinstance(one, type) and issubclass(one, DOMNode)}
    return [
        *sorted((one for one in own if one.__module__.startswith("tui.")), key=lambda one: one.__name__),
        *_OF_TEXTUAL,
    ]


def _bindings(classes: Iterable[type[DOMNode]]) -> Iterator[Binding]:
    """Yield the bindings of some classes, one for each key."""
    for one in classes:
        yield from Binding.make_bindings(one.__dict__.get("BINDINGS", ()))
    yield Binding(App.COMMAND_PALETTE_BINDING, "command_palette")


def _keys(classes: Iterable[type[DOMNode]]) -> set[tuple[str, str]]:
    """Return each key with the name of its action; keys that edit a line of text are left out."""
    bindings = ((one.key, one.id or one.action) for one in _bindings(classes) if not one.system)
    return {(key, action) for key, action in bindings if action not in EDITING_ACTIONS}


def _faults(keys: Iterable[tuple[str, str]]) -> list[str]:
    """Return for each key with another meaning than the table has what is wrong, and what to do."""
    by_key: dict[str, KeyMeaning] = {key: meaning for meaning in MEANINGS for key in meaning.keys}
    faults = []
    for key, action in sorted(keys):
        meaning = by_key.get(key)
        if meaning is None:
            faults.append(f'"{key}" of "{action}" has no meaning yet: {_ADVICE}')
        elif action not in meaning.actions:
            faults.append(f'"{key}" means "{meaning.words}", and "{action}" has it too: {_ADVICE}')
    return faults


def test_every_key_of_the_app_has_the_one_meaning_of_the_table() -> None:
    assert _faults(_keys(_classes())) == []


def test_the_table_has_each_key_and_each_meaning_once() -> None:
    keys = [key for meaning in MEANINGS for key in meaning.keys]
    words = [meaning.words for meaning in MEANINGS]
    assert len(keys) == len(set(keys))
    assert len(words) == len(set(words))


def test_the_same_meaning_has_the_same_usual_key_everywhere() -> None:
    keys = _keys(_classes())
    assert [
        (meaning.keys[0], action)
        for meaning in MEANINGS
        for action in meaning.actions
        if (meaning.keys[0], action) not in keys
    ] == []


def test_every_action_of_the_app_is_in_the_table() -> None:
    named = {action for meaning in MEANINGS for action in meaning.actions} | EDITING_ACTIONS
    assert binding_ids() <= named


def test_every_class_with_keys_is_on_the_page_of_keys() -> None:
    own = [one for one in _classes() if one not in _OF_TEXTUAL]
    assert {one.id for one in _bindings(own) if one.id} == binding_ids()


@pytest.mark.parametrize(
    ("key", "action"),
    [("v", "phrases.forms"), ("s", "authorities.sort"), ("c", "reader.contents"), ("d", "basket.remove")],
)
def test_a_key_with_a_second_meaning_is_found(key: str, action: str) -> None:
    class PaneWithSecondMeaning(DOMNode):
        BINDINGS: ClassVar[list[BindingType]] = [Binding(f"f9,{key}", "act", id=action)]

    faults = _faults(_keys([PaneWithSecondMeaning]))
    assert any(fault.startswith(f'"{key}" means "') and f'"{action}" has it too' in fault for fault in faults)


def test_a_key_without_a_meaning_is_found() -> None:
    assert _faults({("z", "phrases.forms")}) == [f'"z" of "phrases.forms" has no meaning yet: {_ADVICE}']
