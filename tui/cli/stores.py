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

    return Store.open(store_folder_of(ctx))


def open_library(ctx: click.Context) -> Library:
    """Open the store, and return a `Library`, which answers questions about it."""
    from reinspect.answers import Library

    return Library(open_store(ctx))


def store_folder_of(ctx: click.Context) -> Path:
    """Return the folder of the store, which may not exist yet."""
    from store.location import store_folder

    return store_folder(ctx.obj)
