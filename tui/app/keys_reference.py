"""Every key of the app with its name, as `docs/keys.md` has it: `python -m tui.app.keys_reference > docs/keys.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import format_key

from tui.app.dialogs.add_files import AddDialog
from tui.app.dialogs.ask import AskDialog
from tui.app.dialogs.authority import AuthorityPicker
from tui.app.dialogs.choice import ChoiceDialog
from tui.app.dialogs.export import ExportDialog
from tui.app.dialogs.filters import FiltersDialog
from tui.app.dialogs.keys import KeysDialog
from tui.app.import_screen import ImportScreen
from tui.app.main_screen import PANES, MainScreen
from tui.app.reader_screen import ReaderScreen
from tui.app.store_screen import StoreScreen
from tui.app.widgets.line_list import LineList
from tui.app.widgets.page_view import PageView
from tui.app.widgets.search_box import SearchBox
from tui.app.widgets.table import Table

_HEAD = """\
# Keys

Made from the bindings by `python -m tui.app.keys_reference`; a test fails when it is stale. In the app, `?` lists the
keys of the pane that has the focus, and `ctrl+p` finds every action by its words.

The last column is the name by which `[keymap]` in the settings gives an action other keys (`reinspect config` says
where they are):

```toml
[keymap]
"take.copy" = "c,ctrl+y"
```

`ctrl+b`, `ctrl+a` and `ctrl+h`, `j`, `k`, `l` are left to tmux, screen and the shell; `ctrl+q` quits, as `q` does, and
`tab` goes from the table of a pane to its lines and back.
"""


def sheet() -> str:
    """All keys as Markdown, a table for everything that may have the focus."""
    return _HEAD + "".join(f"\n## {title}\n\n{_table(node)}" for title, node in _nodes())


def names() -> frozenset[str]:
    """The names of all actions, as the settings may use them."""
    return frozenset(binding.id for _, node in _nodes() for binding in _bindings(node) if binding.id)


def _nodes() -> Iterator[tuple[str, type[DOMNode]]]:
    yield "Everywhere", MainScreen
    yield "Taking away, everywhere", StoreScreen
    yield "Adding, everywhere", ImportScreen
    for title, path in PANES.items():
        module, _, name = path.rpartition(".")
        yield title, getattr(import_module(module), name)
    yield "Any table", Table
    yield "Any list of lines", LineList
    yield "Typing", SearchBox
    yield "Reader", ReaderScreen
    yield "Pages of the reader", PageView
    yield "Choosing an authority", AuthorityPicker
    yield "Choosing one of a few", ChoiceDialog
    yield "Narrowing down", FiltersDialog
    yield "A question", AskDialog
    yield "Export", ExportDialog
    yield "Adding files", AddDialog
    yield "Help", KeysDialog


def _bindings(node: type[DOMNode]) -> Iterator[Binding]:
    """Those of the class itself."""
    yield from (binding for binding in node.__dict__.get("BINDINGS", ()) if isinstance(binding, Binding))


def _table(node: type[DOMNode]) -> str:
    rows = [
        f"| {_keys(binding)} | {binding.tooltip or binding.description} | `{binding.id}` |"
        for binding in _bindings(node)
    ]
    return "\n".join(["| Key | Does | Name |", "|---|---|---|", *rows]) + "\n" if rows else "No keys of its own.\n"


def _keys(binding: Binding) -> str:
    """Every key that is bound, as a keyboard has it."""
    return " ".join(f"`{_shown(key.strip())}`" for key in binding.key.split(","))


def _shown(key: str) -> str:
    return key if "+" in key else format_key(key).replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(sheet())
