"""`reinspect backup`, `restore` and `reread`: keeping a store for years."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tui.cli.output import in_the_way, say
from tui.cli.paths import NamedPath
from tui.naming import open_store, store_folder_of


@click.command("backup")
@click.argument("file", type=NamedPath(dir_okay=False))
@click.option("--force", is_flag=True, help="Replace a file that exists.")
@click.pass_context
def backup_command(ctx: click.Context, file: Path, *, force: bool) -> None:
    """Write the whole store to one file."""
    if not force and os.path.lexists(file):
        raise in_the_way(file)
    open_store(ctx.obj).backup(file)
    say(f"written: {file}")


@click.command("restore")
@click.argument("file", type=NamedPath(exists=True, dir_okay=False))
@click.pass_context
def restore_command(ctx: click.Context, file: Path) -> None:
    """Put a backup in place of what the store holds."""
    from store import restore

    folder = store_folder_of(ctx.obj)
    restore(folder, file)
    say(f"{folder}: holds what {file} holds")


@click.command("reread")
@click.pass_context
def reread_command(ctx: click.Context) -> None:
    """Read all documents held with the present reader, and look again for the inspections of those without one."""
    changed = open_store(ctx.obj).reread()
    for addition in changed:
        say(f"{addition.file}: read anew, {addition.inspection or addition.reason}")
    say(f"{len(changed)} documents say something else now" if changed else "nothing reads differently")
