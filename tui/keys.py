"""Every key of the app with its name, as `docs/keys.md` has it: `python -m tui.keys > docs/keys.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import format_key

from tui.adding import Adding
from tui.browse import PANES, Browse
from tui.dialogs.adding import AddDialog
from tui.dialogs.asking import AskDialog
from tui.dialogs.authority import AuthorityPicker
from tui.dialogs.choosing import ChoiceDialog
from tui.dialogs.export import ExportDialog
from tui.dialogs.keys import KeysDialog
from tui.dialogs.narrowing import NarrowingDialog
from tui.reader import Reader
from tui.taking import Taking
from tui.widgets.box import Box
from tui.widgets.cited import Cited
from tui.widgets.pages import Pages
from tui.widgets.table import Table

_HEAD = """\
# Keys

Made from the bindings by `python -m tui.keys`; a test fails when it is stale. In the app, `?` lists the keys of the
pane that has the focus, and `ctrl+p` finds every action by its words.

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
    yield "Everywhere", Browse
    yield "Taking away, everywhere", Taking
    yield "Adding, everywhere", Adding
    for title, path in PANES.items():
        module, _, name = path.rpartition(".")
        yield title, getattr(import_module(module), name)
    yield "Any table", Table
    yield "Any list of lines", Cited
    yield "Typing", Box
    yield "Reader", Reader
    yield "Pages of the reader", Pages
    yield "Choosing an authority", AuthorityPicker
    yield "Choosing one of a few", ChoiceDialog
    yield "Narrowing down", NarrowingDialog
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
