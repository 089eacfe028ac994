"""The reference of all keys, written with `python -m tui.app.keys_reference > docs/keys.md`."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import format_key

from tui.app.briefing_screen import BriefingScreen
from tui.app.dialogs.add_files import AddDialog
from tui.app.dialogs.ask import AskDialog
from tui.app.dialogs.authority import AuthorityPicker
from tui.app.dialogs.choice import ChoiceDialog
from tui.app.dialogs.cohort import CohortDialog
from tui.app.dialogs.export import ExportDialog
from tui.app.dialogs.filters import FiltersDialog
from tui.app.dialogs.glossary import GlossaryDialog
from tui.app.dialogs.keys import KeysDialog
from tui.app.dialogs.welcome import WelcomeDialog
from tui.app.fetch_screen import FetchScreen
from tui.app.import_screen import ImportScreen
from tui.app.key_meanings import MEANINGS
from tui.app.main_screen import MainScreen
from tui.app.pane_stack import PANES
from tui.app.panes.themes import ThemesPanel
from tui.app.reader_screen import ReaderScreen
from tui.app.store_screen import StoreScreen
from tui.app.widgets.line_list import LineList
from tui.app.widgets.page_view import PageView
from tui.app.widgets.search_box import SearchBox
from tui.app.widgets.table import Table

_HEAD = """\
# Keys

This page is generated from the app by `python -m tui.app.keys_reference`; a test fails when it is out of date. In the
app, `?` lists the keys of the present pane, and `ctrl+p` finds any action by name.

To give an action other keys, use its name from the last column under `[keymap]` in the settings (`reinspect config`
shows where they are). A key that another action of the same tab or screen has is refused:

```toml
[keymap]
"take.copy" = "ctrl+y"
```

`ctrl+a`, `ctrl+b`, `ctrl+h`, `ctrl+j`, `ctrl+k` and `ctrl+l` are not used, since tmux, screen and the shell use them.

## One meaning for each key

A key means the same in every tab, in the reader and in every dialog. In a text box, keys type and edit the line.

"""

_ACTIONS_HEAD = """
The rest of this page lists the actions by the tab, screen or dialog that has them.
"""


def keys_page() -> str:
    """Return the page in Markdown: a table of meanings, and one for each screen, pane, widget and dialog."""
    actions = "".join(f"\n## {title}\n\n{_table(node)}" for title, node in _nodes())
    return f"{_HEAD}{_meanings_table()}{_ACTIONS_HEAD}{actions}"


def binding_ids() -> frozenset[str]:
    """Return the names of all actions ("take.pin"), as used in the settings."""
    return frozenset(binding.id for _, node in _nodes() for binding in _bindings(node) if binding.id)


def taken_key(keymap: Mapping[str, str]) -> str | None:
    """Return that a key of a keymap belongs to another action of the same tab, screen or dialog; None if none does.

    For example: "take.copy" cannot have the key "c", which "timeline.compare" has
    """
    for classes in _shown_together():
        keys = {name: _keys_of(binding, keymap) for name, binding in _by_name(classes).items()}
        for name in sorted(keymap.keys() & keys.keys()):
            for key in keys[name] - _keys_of(_by_name(classes)[name], {}):
                if owner := next((other for other in keys if other != name and key in keys[other]), None):
                    return f'"{name}" cannot have the key "{key}", which "{owner}" has'
    return None


def _shown_together() -> Iterator[tuple[type[DOMNode], ...]]:
    """Yield the classes of each screen, with a pane and its widgets; their keys work at the same time."""
    widgets = (Table, LineList)
    nodes = dict(_nodes())
    for pane in (nodes[title] for title in PANES):
        yield (MainScreen, pane, *widgets)
    yield (MainScreen, ThemesPanel, *widgets)
    yield (ReaderScreen, PageView, LineList)
    yield from ((node,) for title, node in nodes.items() if title.startswith("Dialog"))


def _by_name(classes: Iterable[type[DOMNode]]) -> dict[str, Binding]:
    """Return the bindings of some classes and of their base classes, by their names."""
    bases = (base for node in classes for base in node.__mro__ if issubclass(base, DOMNode))
    return {binding.id: binding for base in bases for binding in _bindings(base) if binding.id}


def _keys_of(binding: Binding, keymap: Mapping[str, str]) -> frozenset[str]:
    """Return the keys of a binding, which a keymap may change."""
    given = keymap.get(binding.id or "")
    chosen = binding if given is None else dataclasses.replace(binding, key=given)
    return frozenset(one.key for one in Binding.make_bindings([chosen]))


def _nodes() -> Iterator[tuple[str, type[DOMNode]]]:
    yield "Everywhere", MainScreen
    yield "Copy, pin, export, undo: everywhere", StoreScreen
    yield "Adding files: everywhere", ImportScreen
    yield "Downloading reports: everywhere", FetchScreen
    yield "Briefing: everywhere", BriefingScreen
    for title, path in PANES.items():
        module, _, name = path.rpartition(".")
        yield title, getattr(import_module(module), name)
    yield "Authorities: themes", ThemesPanel
    yield "Any table", Table
    yield "Any list of lines", LineList
    yield "Search box", SearchBox
    yield "Reader", ReaderScreen
    yield "Pages of the reader", PageView
    yield "Dialog: choose an authority", AuthorityPicker
    yield "Dialog: choose from a list", ChoiceDialog
    yield "Dialog: compare with a group", CohortDialog
    yield "Dialog: filters", FiltersDialog
    yield "Dialog: type a line", AskDialog
    yield "Dialog: export", ExportDialog
    yield "Dialog: add files", AddDialog
    yield "Dialog: help", KeysDialog
    yield "Dialog: glossary", GlossaryDialog
    yield "Dialog: welcome", WelcomeDialog


def _bindings(node: type[DOMNode]) -> Iterator[Binding]:
    """List the bindings of a class, without those of its base classes."""
    yield from (binding for binding in node.__dict__.get("BINDINGS", ()) if isinstance(binding, Binding))


def _meanings_table() -> str:
    rows = [f"| {_keys(meaning.keys)} | {meaning.words} |" for meaning in MEANINGS]
    return "\n".join(["| Key | Meaning |", "|---|---|", *rows]) + "\n"


def _table(node: type[DOMNode]) -> str:
    rows = [
        f"| {_keys(binding.key.split(','))} | {binding.tooltip or binding.description} | `{binding.id}` |"
        for binding in _bindings(node)
    ]
    return "\n".join(["| Key | Action | Name |", "|---|---|---|", *rows]) + "\n" if rows else "No keys of its own.\n"


def _keys(keys: Iterable[str]) -> str:
    """Return keys as Markdown: "`↑` `k`"."""
    return " ".join(f"`{_key_name(key.strip())}`" for key in keys)


def _key_name(key: str) -> str:
    return key if "+" in key else format_key(key).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(keys_page())
