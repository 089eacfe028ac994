"""`reinspect example`: write the reports and letters of a council that does not exist."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.output import check_folder, write_files
from tui.cli.paths import NamedPath
from tui.streams import say


@click.command("example")
@click.argument("folder", metavar="DIR", type=NamedPath(file_okay=False))
@click.option("--force", is_flag=True, help="Replace files that exist.")
def example_command(folder: Path, *, force: bool) -> None:
    """Write six invented reports and letters to try the program on.

    The council, Exampleshire, does not exist, and the words are ours. The form is that of real reports: one of the
    single inspection framework, two letters on visits, two ILACS reports and one on an area's SEND, as PDF. Add them to
    a store of their own, so that they do not mix with real reports.

    \b
    Example:
      reinspect example my-example
      reinspect --store my-example-store add my-example
      reinspect --store my-example-store follow exampleshire
    """
    from reinspect.example import example_files

    files = example_files()
    check_folder(folder, files, replace=force)
    write_files(folder, files, replace=force)
    say(f'next: reinspect --store "{folder}-store" add "{folder}"')
