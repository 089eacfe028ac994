"""Open the store that a command works on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from reinspect.answers import Library
    from store import Store


def open_store(ctx: click.Context) -> Store:
    """Open the store given by `--store`, the environment or the settings; create it if there is none."""
    from store import Store
    from store.caches import IndexWork
    from tui.streams import say

    store = Store.open(store_folder_of(ctx))
    store.index_work = IndexWork(progress=_show_indexing, say=say)
    return store


def _show_indexing(done: int, total: int) -> None:
    # Seldom needed, so its module is loaded only then.
    from tui.cli.progress import index_progress

    index_progress(done, total)


def open_library(ctx: click.Context) -> Library:
    """Open the store, and return a `Library`, which answers questions about it."""
    from reinspect.answers import Library

    return Library(open_store(ctx))


def store_folder_of(ctx: click.Context) -> Path:
    """Return the folder of the store, which may not exist yet."""
    from store.location import store_folder

    return store_folder(ctx.obj)
