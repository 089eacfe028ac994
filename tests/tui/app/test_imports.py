"""Modules of the app import each other in one direction: no circles, and dialogs know no screen."""

from __future__ import annotations

import ast
import pkgutil
from importlib.util import find_spec
from pathlib import Path

import tui.app
from tui.app.pane_stack import PANES


def imports() -> dict[str, set[str]]:
    """The modules of `tui.app`, and those that each imports anywhere, in functions and for type checking too."""
    modules = {found.name for found in pkgutil.walk_packages(tui.app.__path__, "tui.app.")}
    graph = {}
    for name in modules:
        spec = find_spec(name)
        assert spec is not None and spec.origin is not None
        imported: set[str] = set()
        for node in ast.walk(ast.parse(Path(spec.origin).read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            elif isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
        graph[name] = imported & modules - {name}
    # The stack of panes imports them by name.
    graph["tui.app.pane_stack"] |= {path.rpartition(".")[0] for path in PANES.values()}
    return graph


def test_no_module_imports_itself_through_others() -> None:
    graph = imports()
    # Remove modules that import no remaining module, until none is left or only circles are.
    while leaves := {name for name, imported in graph.items() if not imported}:
        graph = {name: imported - leaves for name, imported in graph.items() if name not in leaves}
    assert graph == {}


def test_dialogs_import_no_screen() -> None:
    screens = {
        (name, module)
        for name, imported in imports().items()
        for module in imported
        if name.startswith("tui.app.dialogs") and module.endswith("_screen")
    }
    assert screens == set()
