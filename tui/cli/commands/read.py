"""`reinspect read`: read files and print what they say, without using the store."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.options import RecordFormat, jobs_option, json_options
from tui.cli.paths import NamedPath
from tui.cli.progress import MISSING, SOME_FAILED, read_with_progress
from tui.streams import print_data, printed_records, say, terminal_width

if TYPE_CHECKING:
    from reinspect.model import Reading


@click.command("read")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=NamedPath())
@json_options
@jobs_option
@click.pass_context
def read_command(
    ctx: click.Context, files: tuple[Path, ...], *, records: RecordFormat | None, jobs: int | None
) -> None:
    """Read files and print what they say, without storing it.

    A file that cannot be read gets one line with the reason. Exits 3 if any file could not be read, 2 if none exists.

    \b
    Example:
      reinspect read report.pdf
    """
    readings = read_with_progress(files, jobs, quiet=records is None)
    failed = _print_records(readings, records, len(files)) if records else _print_pages(readings)
    if failed:
        ctx.exit(SOME_FAILED if any(path.exists() for path in files) else MISSING)


def _print_records(readings: Iterable[Reading], form: RecordFormat, files: int) -> int:
    """Print what each file says as JSON; return how many could not be read."""
    from reinspect.exporting.records import reading_record

    failed = 0
    with printed_records(form, is_one_record=files == 1) as print_record:
        for reading in readings:
            print_record(reading_record(reading))
            failed += _say_failure(reading)
    return failed


def _print_pages(readings: Iterable[Reading]) -> int:
    """Print what each file says as a page; return how many could not be read."""
    from reinspect.exporting import render_sheet
    from reinspect.exporting.sheets.inspection import reading_sheet

    failed = 0
    for reading in readings:
        if reading.reason is None:
            print_data((render_sheet(reading_sheet(reading), width=terminal_width()) + "\n").encode())
        failed += _say_failure(reading)
    return failed


def _say_failure(reading: Reading) -> bool:
    """Print the reason why a file could not be read, and return whether there is one."""
    if reading.reason is None:
        return False
    say(f"{reading.file}: {reading.reason}")
    return True
