"""The public Python API: questions about the inspections in a store, and typed answers to them.

`Library` asks; each answer has typed fields, `records()` (plain data), `sheet()` (to print in any format), `table()`.
`Holdings` is what a store must offer, `Scope` limits the texts that a question looks at.
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
