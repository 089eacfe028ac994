"""`reinspect add`: import files and folders into the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.import_output import print_result
from tui.cli.options import RecordFormat, jobs_option, json_options
from tui.cli.paths import NamedPath
from tui.cli.progress import MISSING, SOME_FAILED, import_with_progress
from tui.cli.stores import open_store
from tui.streams import printed_records, say

if TYPE_CHECKING:
    from store import Store
    from store.document_import import ImportResult

_FEW_AUTHORITIES = 3


@click.command("add")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=NamedPath(readable=False))
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
    added: set[str] = set()
    results = _note_inspections(import_with_progress(store, files_in(paths), jobs), added)
    if records is None:
        failed = sum(print_result(result) for result in results)
    else:
        one_file = len(paths) == 1 and not paths[0].is_dir()
        with printed_records(records, is_one_record=one_file) as print_record:
            failed = sum(print_result(result, print_record) for result in results)
    _prepare_follow_through(store, added)
    if failed:
        say(f"{failed} could not be read")
        ctx.exit(SOME_FAILED)


def _note_inspections(results: Iterable[ImportResult], added: set[str]) -> Iterator[ImportResult]:
    """Yield the results, and note the inspections (ids) that got a text."""
    for result in results:
        if result.outcome == "added" and result.inspection:
            added.add(result.inspection)
        yield result


def _prepare_follow_through(store: Store, inspections: Iterable[str]) -> None:
    """Work out what new texts say about earlier recommendations, so that `follow` and the app have it at once.

    After an import for many authorities it is left until somebody asks: a second for each authority.
    """
    from reinspect.errors import ReinspectError

    with suppress(ReinspectError):
        authorities = {store.inspection(inspection).authority for inspection in inspections}
        if not 0 < len(authorities) <= _FEW_AUTHORITIES:
            return
        from reinspect.answers import Library

        for slug in sorted(authorities):
            Library(store).follow(slug)


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
