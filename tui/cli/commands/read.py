"""`reinspect read`: read files and print what they say, without using the store."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.commands.add import files_in
from tui.cli.options import jobs_option, json_option
from tui.cli.paths import NamedPath
from tui.cli.progress import MISSING, SOME_FAILED, read_with_progress
from tui.streams import json_lines, print_data, say, terminal_width

if TYPE_CHECKING:
    from collections.abc import Callable

    from reinspect.model import Reading


@click.command("read")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=NamedPath())
@click.option("--explain", is_flag=True, help="Say which frameworks were tried, and why each was taken or not.")
@json_option
@jobs_option
@click.pass_context
def read_command(
    ctx: click.Context, files: tuple[Path, ...], *, explain: bool, as_json: bool, jobs: int | None
) -> None:
    """Read files and print what they say, without storing it.

    Of a folder, all files of known types are read. A file that cannot be read gets one line with the reason. Exits 3 if
    any file could not be read, 2 if none exists.

    \b
    Example:
      reinspect read report.pdf
    """
    failed = 0
    paths = [path for file in files for path in (files_in([file]) if file.is_dir() else [file])]
    for reading in read_with_progress(paths, jobs, quiet=not as_json):
        if as_json:
            from reinspect.exporting.records import reading_record

            print_data(json_lines([reading_record(reading)]))
        elif reading.reason is None:
            from reinspect.exporting import render_sheet
            from reinspect.exporting.sheets.inspection import reading_sheet

            print_data((render_sheet(reading_sheet(reading), width=terminal_width()) + "\n").encode())
        if explain and reading.reason is None:
            _print_frameworks(reading, say if as_json else _print_line)
        if reading.reason is not None:
            failed += 1
            say(f"{reading.file}: {reading.reason}")
    if failed:
        ctx.exit(SOME_FAILED if any(path.exists() for path in files) else MISSING)


def _print_frameworks(reading: Reading, print_line: Callable[[str], None]) -> None:
    """Print which frameworks were tried for a file, and why each was taken or not."""
    from reinspect.frameworks import FOLDER_VARIABLE
    from reinspect.reading.documents.framework_explanation import explain_frameworks

    own = os.environ.get(FOLDER_VARIABLE)
    from_where = f"built in, and those of {own}" if own else f"built in; {FOLDER_VARIABLE} is not set"
    print_line(f"Frameworks tried for {reading.file} ({from_where}):")
    for tried in explain_frameworks(reading):
        print_line(f"- {tried.framework}: {'taken' if tried.taken else 'not taken'}; {'; '.join(tried.reasons)}")


def _print_line(line: str) -> None:
    from reinspect.reading.sanitise import safe_line

    print_data((safe_line(line) + "\n").encode())
