"""Build a page that says what an export of data is: which inspections, and how many rows each table has."""

from __future__ import annotations

from collections.abc import Sequence

from reinspect.exporting.sheet import Sheet, SheetCell, SheetSection, SheetTable
from reinspect.exporting.sheets.labels import credits_of
from reinspect.exporting.tidy import TidyTable

_WARNING = (
    "Not every pair of grades may be compared: strands and rules changed between frameworks. A status of follow_steps "
    "is found by the program: read the passage before you use it."
)


def data_export_sheet(description: str, tables: Sequence[TidyTable], keys: Sequence[str] = ()) -> Sheet:
    """Return a page that lists the tables with their numbers of rows. `keys` are the frameworks of the data."""
    rows = tuple(
        tuple(SheetCell(text=text) for text in (table.name, f"{len(table.rows):,}", table.of)) for table in tables
    )
    table = SheetTable(columns=("Table", "Rows", "One row is"), rows=rows)
    return Sheet(
        title="Inspections of children's services as data",
        head=(f"Inspections of {description}.", _WARNING),
        sections=(SheetSection(heading="Tables", blocks=(table,)),),
        foot=credits_of((), keys),
    )
