"""`reinspect read`: read files and print what they say, without using the store."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.options import jobs_option, json_option
from tui.cli.paths import NamedPath
from tui.cli.progress import MISSING, SOME_FAILED, read_with_progress
from tui.streams import json_lines, print_data, say, terminal_width

if TYPE_CHECKING:
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

    A file that cannot be read gets one line with the reason. Exits 3 if any file could not be read, 2 if none exists.

    \b
    Example:
      reinspect read report.pdf
    """
    failed = 0
    for reading in read_with_progress(files, jobs, quiet=not as_json):
        if as_json:
            from reinspect.exporting.records import reading_record

            print_data(json_lines([reading_record(reading)]))
        elif reading.reason is None:
            from reinspect.exporting import render_sheet
            from reinspect.exporting.sheets.inspection import reading_sheet

            print_data((render_sheet(reading_sheet(reading), width=terminal_width()) + "\n").encode())
        if explain and reading.reason is None:
            _say_frameworks(reading)
        if reading.reason is not None:
            failed += 1
            say(f"{reading.file}: {reading.reason}")
    if failed:
        ctx.exit(SOME_FAILED if any(path.exists() for path in files) else MISSING)


def _say_frameworks(reading: Reading) -> None:
    """Print on stderr which frameworks were tried for a file, and why each was taken or not."""
    from reinspect.frameworks import FOLDER_VARIABLE
    from reinspect.reading.documents.framework_explanation import explain_frameworks

    own = os.environ.get(FOLDER_VARIABLE)
    say(f"{reading.file}: frameworks tried ({f'also those of {own}' if own else f'{FOLDER_VARIABLE} is not set'}):")
    for tried in explain_frameworks(reading):
        say(f"  {tried.framework}: {'taken' if tried.taken else 'not taken'}; {'; '.join(tried.reasons)}")
