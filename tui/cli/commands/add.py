"""`reinspect add`: import files and folders into the store."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.options import jobs_option, json_option
from tui.cli.paths import NamedPath
from tui.cli.progress import MISSING, SOME_FAILED, import_with_progress
from tui.cli.stores import open_store
from tui.streams import json_lines, print_data, say

if TYPE_CHECKING:
    from store import ImportResult


@click.command("add")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=NamedPath())
@json_option
@jobs_option
@click.pass_context
def add_command(ctx: click.Context, paths: tuple[Path, ...], *, as_json: bool, jobs: int | None) -> None:
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
    failed = 0
    for result in import_with_progress(store, list(files_in(paths)), jobs):
        failed += result.outcome == "failed"
        print_result(result, as_json=as_json)
    if failed:
        say(f"{failed} could not be read")
        ctx.exit(SOME_FAILED)


def print_result(result: ImportResult, *, as_json: bool) -> None:
    """Print the result of importing one file, as a line or as JSON; print warnings on stderr."""
    if as_json:
        from reinspect.exporting.records import import_record

        print_data(json_lines([import_record(result)]))
    elif result.outcome != "failed":
        print_data((_describe(result) + "\n").encode())
    if result.outcome == "failed":
        say(f"{result.file}: {result.reason}")
    for warning in result.warnings:
        say(f"{result.file}: warning: {warning}")


def files_in(paths: Iterable[Path]) -> Iterable[Path]:
    """Yield the files to read in files and folders; name the skipped files on stderr."""
    from reinspect.reading.folders import walk

    entries = walk(paths)
    for entry in entries:
        if entry.skipped:
            say(f"skipped {entry.path}: {entry.skipped}")
    return (entry.path for entry in entries if not entry.skipped)


def _describe(result: ImportResult) -> str:
    if result.outcome == "already held":
        state = f"already stored; {result.reason}" if result.reason else "already stored"
        return f"{result.file}: {state}" + (f" ({result.inspection})" if result.inspection else "")
    if result.outcome == "unattached":
        assign = f"to assign it: reinspect attach {result.sha256[:12]} ID"
        return f"{result.file}: stored, but it belongs to no inspection yet: {result.reason}; {assign}"
    return f"{result.file}: {'a new inspection, ' if result.created else 'belongs to '}{result.inspection}"
