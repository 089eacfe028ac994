"""`reinspect export`: write all data as tables for Excel, Power BI, pandas or SQL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from tui.cli.options import cohort_option
from tui.cli.output import check_folder, write_files
from tui.cli.paths import NamedPath
from tui.cli.progress import report_followed
from tui.cli.stores import open_library

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
    check_folder(folder, _file_names(target), replace=force)
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


def _file_names(target: Target) -> list[str]:
    """Return the names of the files of an export."""
    if target != "csv":
        return [f"reinspect.{target}"]
    from reinspect.answers.data_export import TABLES
    from reinspect.exporting.tables.data_dictionary import DICTIONARY

    return [f"{name}.csv" for name in (*TABLES, DICTIONARY)]
