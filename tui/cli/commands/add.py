"""`reinspect add`: import files and folders into the store."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from tui.cli.import_output import print_result
from tui.cli.options import RecordFormat, jobs_option, json_options
from tui.cli.paths import NamedPath
from tui.cli.progress import MISSING, SOME_FAILED, import_with_progress
from tui.cli.stores import open_store
from tui.streams import printed_records, say


@click.command("add")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=NamedPath())
@json_options
@jobs_option
@click.pass_context
def add_command(ctx: click.Context, paths: tuple[Path, ...], *, records: RecordFormat | None, jobs: int | None) -> None:
    """Import your reports and letters: files or folders.

    Prints the result for each file. In a folder, files of other types are skipped with a reason; a file that you name
    is read or fails. A file that is stored already is not added again, so an interrupted import is resumed by
    repeating it. Exits 3 if any file could not be read, 2 if none of the paths exists.

    \b
    Example:
      reinspect add my-reports/
    """
    if not any(path.exists() for path in paths):
        for path in paths:
            say(f"{path}: there is no such file or folder")
        ctx.exit(MISSING)
    store = open_store(ctx)
    results = import_with_progress(store, files_in(paths), jobs)
    if records is None:
        failed = sum(print_result(result) for result in results)
    else:
        one_file = len(paths) == 1 and not paths[0].is_dir()
        with printed_records(records, is_one_record=one_file) as print_record:
            failed = sum(print_result(result, print_record) for result in results)
    if failed:
        say(f"{failed} could not be read")
        ctx.exit(SOME_FAILED)


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Return the files to read in files and folders; say on stderr which are skipped, and where none is found."""
    from reinspect.reading.folders import walk

    named = list(paths)
    entries = walk(named)
    for entry in entries:
        if entry.skipped:
            say(f"skipped {entry.path}: {entry.skipped}")
    files = [entry.path for entry in entries if not entry.skipped]
    if not files:
        say(f"no file to read was found in {', '.join(map(str, named))}")
    return files
