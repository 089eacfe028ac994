"""`reinspect restore`: replace the store with a backup."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.paths import NamedPath
from tui.cli.stores import store_folder_of
from tui.streams import say


@click.command("restore")
@click.argument("file", type=NamedPath(exists=True, dir_okay=False))
@click.pass_context
def restore_command(ctx: click.Context, file: Path) -> None:
    """Replace the store with a backup.

    \b
    Example:
      reinspect restore inspections.zip
    """
    from store import restore

    folder = store_folder_of(ctx)
    restore(folder, file)
    say(f"{folder}: restored from {file}")
