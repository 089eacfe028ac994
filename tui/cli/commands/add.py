"""`reinspect add`: files and folders into the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.output import json_lines, put, say
from tui.cli.paths import NamedPath
from tui.cli.progress import MISSING, SOME_FAILED
from tui.naming import open_store

if TYPE_CHECKING:
    from store import ImportResult, Store


@click.command("add")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=NamedPath())
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, one line a file.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes that read; default: one a processor, at most 8.")
@click.pass_context
def add_command(ctx: click.Context, paths: tuple[Path, ...], *, as_json: bool, jobs: int | None) -> None:
    """Read files or folders into the store, and say what became of each.

    In a folder, files of a type that is no report's are skipped with a word; a file that is named outright is read or
    fails. What is already held is not added again, so an interrupted run is resumed by repeating it. Exits 3 if any
    file could not be read, 2 if none of the paths exists.
    """
    if not any(path.exists() for path in paths):
        for path in paths:
            say(f"{path}: there is no such file or folder")
        ctx.exit(MISSING)
    store = open_store(ctx.obj)
    failed = 0
    for addition in additions(store, chosen(paths), jobs):
        failed += addition.outcome == "failed"
        tell(addition, as_json=as_json)
    if failed:
        say(f"{failed} could not be read")
        ctx.exit(SOME_FAILED)


def additions(store: Store, files: Sequence[Path], jobs: int | None, run: str = "") -> Iterator[ImportResult]:
    """What became of each file, with a bar on stderr where that is a terminal and the files are many."""
    import sys

    from store.file_import import import_files

    if len(files) < 2 or not sys.stderr.isatty():
        for batch in import_files(store, files, jobs=jobs, run=run):
            yield from batch
        return
    with click.progressbar(length=len(files), label="reading", file=sys.stderr) as bar:
        for batch in import_files(store, files, jobs=jobs, run=run, on_read=lambda: bar.update(1)):
            yield from batch


def chosen(paths: Iterable[Path]) -> list[Path]:
    """The files to read; those that a folder holds in vain are named on stderr."""
    from reinspect.reading.folders import walk

    found = walk(paths)
    for each in found:
        if each.skipped:
            say(f"skipped {each.path}: {each.skipped}")
    return [each.path for each in found if not each.skipped]


def tell(addition: ImportResult, *, as_json: bool) -> None:
    """Print what became of one file: a line or an object, and on stderr what a person should look at."""
    if as_json:
        from reinspect.exporting.records import import_record

        put(json_lines([import_record(addition)]))
    elif addition.outcome != "failed":
        put((_told(addition) + "\n").encode())
    if addition.outcome == "failed":
        say(f"{addition.file}: {addition.reason}")
    for warning in addition.warnings:
        say(f"{addition.file}: warning: {warning}")


def _told(addition: ImportResult) -> str:
    if addition.outcome == "already held":
        return f"{addition.file}: already held" + (f" ({addition.inspection})" if addition.inspection else "")
    if addition.outcome == "unattached":
        choose = f"to choose: reinspect attach {addition.sha256[:12]} ID"
        return f"{addition.file}: kept, and belongs to no inspection yet: {addition.reason}; {choose}"
    return f"{addition.file}: {'a new inspection, ' if addition.created else 'belongs to '}{addition.inspection}"
