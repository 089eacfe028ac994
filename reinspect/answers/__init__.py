"""The public Python API: ask questions about stored inspections and get typed answers.

`Library` asks. Each answer has typed fields, `records()` (plain data), `sheet()` (a page to print) and `table()`.
`Holdings` is the interface of a store, `Scope` limits which texts a question looks at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.answers.library import Library

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.answers.scope import Scope

__all__ = ["Answer", "Holdings", "Library", "Scope"]

_MODULES = {"Holdings": "holdings", "Scope": "scope"}


def __getattr__(name: str) -> object:
    # Listing inspections must not pay for what only a search needs.
    from importlib import import_module

    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
