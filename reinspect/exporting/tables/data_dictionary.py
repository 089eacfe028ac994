"""The data dictionary: the meaning of every column of some tables, itself as a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reinspect.exporting.tidy import Column, Fields, TidyTable, tabulate, text

DICTIONARY = "data_dictionary"
"""The name of the table."""


class DescribedColumn(NamedTuple):
    """A column, and the table that it belongs to."""

    table: TidyTable
    column: Column


def dictionary_table(tables: Iterable[TidyTable]) -> TidyTable:
    """Return a row for each column of the tables."""
    columns = (DescribedColumn(table, column) for table in tables for column in table.columns)
    return tabulate(DICTIONARY, "one column of one table", _COLUMNS, columns)


_COLUMNS: Fields[DescribedColumn] = (
    text("table", "name of the table", lambda row: row.table.name),
    text("row", "what one row of the table is", lambda row: row.table.of),
    text("column", "name of the column", lambda row: row.column.name),
    text("type", "type of its values", lambda row: row.column.type),
    text("meaning", "meaning of its values", lambda row: row.column.meaning),
)
