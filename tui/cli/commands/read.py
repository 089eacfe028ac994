"""`reinspect read`: what files say, and nothing of what the record or the store knows."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.output import json_lines, put, say, terminal_width
from tui.cli.paths import NamedPath
from tui.cli.progress import MISSING, SOME_FAILED, readings


@click.command("read")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=NamedPath())
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, one line a file.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes that read; default: one a processor, at most 8.")
@click.pass_context
def read_command(ctx: click.Context, files: tuple[Path, ...], *, as_json: bool, jobs: int | None) -> None:
    """Read files and print what they say; stores nothing.

    A file that cannot be read is told with its reason. Exits 3 if any file could not be read, 2 if none of them exists.
    """
    failed = 0
    for reading in readings(files, jobs, quiet=not as_json):
        if as_json:
            from reinspect.exporting.records import reading_record

            put(json_lines([reading_record(reading)]))
        elif reading.reason is None:
            from reinspect.exporting.formats.text import render_text
            from reinspect.exporting.sheets.inspection import reading_sheet

            put((render_text(reading_sheet(reading), terminal_width()) + "\n").encode())
        if reading.reason is not None:
            failed += 1
            say(f"{reading.file}: {reading.reason}")
    if failed:
        ctx.exit(SOME_FAILED if any(path.exists() for path in files) else MISSING)
