"""Write tidy tables as a SQLite database, with the meaning of every column in the table `data_dictionary`."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date

from reinspect.exporting.tables.data_dictionary import dictionary_table
from reinspect.exporting.tidy import ColumnType, TidyTable, Value

_TYPES: dict[ColumnType, str] = {
    "text": "TEXT",
    "whole number": "INTEGER",
    "number": "REAL",
    "date": "TEXT",
    "true or false": "INTEGER",
}


def render_sqlite(tables: Sequence[TidyTable]) -> bytes:
    """Return a database with a table for each tidy table. Dates are ISO dates, truth values 1 and 0."""
    connection = sqlite3.connect(":memory:")
    try:
        for table in (*tables, dictionary_table(tables)):
            columns = ", ".join(f"{_quoted(column.name)} {_TYPES[column.type]}" for column in table.columns)
            connection.execute(f"CREATE TABLE {_quoted(table.name)} ({columns})")
            places = ", ".join("?" * len(table.columns))
            rows = (tuple(map(_stored, row)) for row in table.rows)
            connection.executemany(f"INSERT INTO {_quoted(table.name)} VALUES ({places})", rows)
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _stored(value: Value) -> str | int | float | None:
    match value:
        case bool():
            return int(value)
        case date():
            return value.isoformat()
        case str():
            # A lone surrogate cannot be encoded.
            return value.encode("utf-8", "replace").decode()
        case _:
            return value
