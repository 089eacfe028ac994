"""The store: a folder that holds inspections, their documents, and the text of every page. A part of reinspect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.backup import backup, restore
    from store.document_import import ImportResult
    from store.integrity import Fault, check
    from store.store import Store

__all__ = ["Fault", "ImportResult", "Store", "backup", "check", "restore"]

_MODULES = {
    "ImportResult": "document_import",
    "Fault": "integrity",
    "Store": "store",
    "backup": "backup",
    "check": "integrity",
    "restore": "backup",
}


def __getattr__(name: str) -> Any:
    # Loaded on first use, so that finding the store's folder does not load TinyDB.
    from importlib import import_module

    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"store.{_MODULES[name]}"), name)
