"""`reinspect backup`: write the whole store to one file."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.output import check_new_file
from tui.cli.paths import NamedPath
from tui.cli.stores import open_store
from tui.streams import say


@click.command("backup")
@click.argument("file", type=NamedPath(dir_okay=False))
@click.option("--force", is_flag=True, help="Replace an existing file.")
@click.pass_context
def backup_command(ctx: click.Context, file: Path, *, force: bool) -> None:
    """Write the whole store to one file.

    \b
    Example:
      reinspect backup inspections.zip
    """
    check_new_file(file, replace=force)
    open_store(ctx).backup(file)
    say(f"written: {file}")
