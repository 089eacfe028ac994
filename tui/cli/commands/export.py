"""`reinspect export`: write all data as tables for Excel, Power BI, pandas or SQL."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from tui.cli.options import cohort_option
from tui.cli.output import file_exists_error
from tui.cli.paths import NamedPath
from tui.cli.progress import report_followed
from tui.cli.stores import open_library
from tui.streams import say, write_file

if TYPE_CHECKING:
    from reinspect.answers.data_export import DataExport

Target = Literal["csv", "xlsx", "sqlite"]


@click.command("export")
@click.argument("folder", metavar="DIR", type=NamedPath(file_okay=False))
@click.option(
    "--to",
    "target",
    type=click.Choice(("csv", "xlsx", "sqlite")),
    default="csv",
    show_default=True,
    help="csv: one file for each table; xlsx: one workbook; sqlite: one database.",
)
@cohort_option
@click.option("--force", is_flag=True, help="Replace existing files.")
@click.pass_context
def export_command(ctx: click.Context, folder: Path, *, target: Target, cohort: str | None, force: bool) -> None:
    """Write all data as tidy tables.

    The tables are inspections, judgements (one row for each grade), improvements, follow_steps (one row for each
    recommendation and later text), phrases (the 1,000 that are criticised most) and authorities, with a data dictionary
    that explains every column. DIR is created if need be. With --group, only the inspections of that group.

    \b
    Examples:
      reinspect export data/
      reinspect export data/ --to sqlite --group region:London
    """
    _check_folder(folder, target, replace=force)
    data = open_library(ctx).export(cohort, report_followed)
    write_files(folder, render_files(data, target), replace=force)


def render_files(data: DataExport, target: Target) -> dict[str, bytes]:
    """Return the files of an export, by name."""
    tables = data.tables()
    match target:
        case "csv":
            from reinspect.exporting.formats.csv import render_csv
            from reinspect.exporting.tables.data_dictionary import dictionary_table

            return {f"{table.name}.csv": render_csv(table).encode() for table in (*tables, dictionary_table(tables))}
        case "xlsx":
            from reinspect.exporting.formats.xlsx import render_xlsx

            return {"reinspect.xlsx": render_xlsx(data.sheet(), tables)}
        case "sqlite":
            from reinspect.exporting.formats.sqlite import render_sqlite

            return {"reinspect.sqlite": render_sqlite(tables)}


def write_files(folder: Path, files: dict[str, bytes], *, replace: bool) -> None:
    """Write all files into a folder; if one cannot be written, new ones are removed again.

    Raises:
        click.UsageError: a file exists and must not be replaced, or cannot be written.
    """
    made = not folder.exists()
    written: list[Path] = []
    try:
        folder.mkdir(exist_ok=True)
        for name, data in files.items():
            existed = os.path.lexists(folder / name)
            write_file(folder / name, data, replace=replace)
            written += [] if existed else [folder / name]
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        if made and folder.exists():
            folder.rmdir()
        if isinstance(error, FileExistsError):
            raise file_exists_error(Path(error.filename or folder)) from None
        raise click.UsageError(f"{error.filename or folder}: cannot be written: {error.strerror}") from error
    for name in files:
        say(f"written: {folder / name}")


def _check_folder(folder: Path, target: Target, *, replace: bool) -> None:
    """Check, before anything is computed, that the files can be created.

    Raises:
        click.UsageError: the folder above does not exist, or a file exists and must not be replaced.
    """
    if not folder.absolute().parent.is_dir():
        raise click.UsageError(f"{folder}: there is no folder {folder.parent}; make it first, or name another.")
    for name in () if replace else _file_names(target):
        if os.path.lexists(folder / name):
            raise file_exists_error(folder / name)


def _file_names(target: Target) -> list[str]:
    """Return the names of the files of an export."""
    if target != "csv":
        return [f"reinspect.{target}"]
    from reinspect.answers.data_export import TABLES
    from reinspect.exporting.tables.data_dictionary import DICTIONARY

    return [f"{name}.csv" for name in (*TABLES, DICTIONARY)]
