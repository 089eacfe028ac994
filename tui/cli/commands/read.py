"""`reinspect read`: read files and print what they say, without using the store."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.commands.add import files_in
from tui.cli.options import RecordFormat, jobs_option, json_options
from tui.cli.paths import NamedPath
from tui.cli.progress import MISSING, SOME_FAILED, read_with_progress
from tui.streams import print_data, printed_records, say, terminal_width

if TYPE_CHECKING:
    from reinspect.model import Reading


@click.command("read")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=NamedPath(readable=False))
@click.option("--explain", is_flag=True, help="Say which frameworks were tried, and why each was chosen or not.")
@json_options
@jobs_option
@click.pass_context
def read_command(
    ctx: click.Context, files: tuple[Path, ...], *, explain: bool, records: RecordFormat | None, jobs: int | None
) -> None:
    """Read files and print what they say, without storing it.

    Of a folder, all files of known types are read. A file that cannot be read gets one line with the reason. Exits 3 if
    any file could not be read, 2 if none exists.

    \b
    Example:
      reinspect read report.pdf
    """
    from reinspect.frameworks import frameworks

    frameworks()  # A wrong framework file is reported once, not as a fault of each file that is read.
    paths = [path for file in files for path in (files_in([file]) if file.is_dir() else [file])]
    readings = read_with_progress(paths, jobs, quiet=records is None)
    if explain:
        readings = _explain(readings, say if records else _print_line)
    is_one_file = len(files) == 1 and not files[0].is_dir()
    failed = _print_records(readings, records, is_one_file) if records else _print_pages(readings)
    if failed:
        ctx.exit(SOME_FAILED if any(path.exists() for path in files) else MISSING)


def _print_records(readings: Iterable[Reading], form: RecordFormat, is_one_file: bool) -> int:
    """Print what each file says as JSON; return how many could not be read."""
    from reinspect.exporting.records import reading_record

    failed = 0
    with printed_records(form, is_one_record=is_one_file) as print_record:
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


def _explain(readings: Iterable[Reading], print_line: Callable[[str], None]) -> Iterator[Reading]:
    """Yield each reading, and print after it which frameworks were tried for it."""
    for reading in readings:
        yield reading
        if reading.reason is None:
            _print_frameworks(reading, print_line)


def _print_frameworks(reading: Reading, print_line: Callable[[str], None]) -> None:
    """Print which frameworks were tried for a file, and why each was chosen or not."""
    from reinspect.frameworks import FOLDER_VARIABLE
    from reinspect.reading.framework_explanation import explain_frameworks

    own = os.environ.get(FOLDER_VARIABLE)
    from_where = f"built in, and those of {own}" if own else f"built in; {FOLDER_VARIABLE} is not set"
    print_line(f"Frameworks tried for {reading.file} ({from_where}):")
    for tried in explain_frameworks(reading):
        print_line(f"- {tried.framework}: {'chosen' if tried.chosen else 'not chosen'}; {'; '.join(tried.reasons)}")


def _print_line(line: str) -> None:
    from reinspect.reading.sanitise import safe_line

    print_data((safe_line(line) + "\n").encode())
