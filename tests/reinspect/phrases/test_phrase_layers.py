"""The layers of the package: data below, search and mining on it and independent of each other, usage on top."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import reinspect.phrases

FOLDER = Path(reinspect.phrases.__file__).parent


def imported(folder: Path) -> Iterator[str]:
    """Generate the modules that the modules of a folder import, inside functions too but not for typing alone."""
    for path in folder.rglob("*.py"):
        pending: list[ast.AST] = [ast.parse(path.read_text("utf-8"))]
        while pending:
            node = pending.pop()
            if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
                continue
            if isinstance(node, ast.ImportFrom):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            pending += ast.iter_child_nodes(node)


@pytest.mark.parametrize(
    ("layer", "others"),
    [("index", ("search", "mining", "usage")), ("search", ("mining", "usage")), ("mining", ("search", "usage"))],
)
def test_no_layer_imports_one_above_it_or_next_to_it(layer: str, others: tuple[str, ...]) -> None:
    barred = tuple(f"reinspect.phrases.{other}" for other in others)
    modules = list(imported(FOLDER / layer))
    assert modules
    assert [module for module in modules if module.startswith(barred)] == []
