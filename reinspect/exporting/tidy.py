"""A tidy table: one row for each thing, one typed value in each cell, no prose rows.

CSV, Excel and SQLite files are written from tidy tables, and the data dictionary is their columns:

    GRADES = (text("strand", "key of the graded subject", lambda judgement: judgement.strand), ...)
    tabulate("grades", "one grade", GRADES, inspection.judgements)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Generic, Literal, NamedTuple, TypeVar

import msgspec

Value = str | int | float | bool | date | None
ColumnType = Literal["text", "whole number", "number", "date", "true or false"]
_Thing = TypeVar("_Thing")


class Column(msgspec.Struct, frozen=True):
    """A column of a tidy table: its name, the type of all its values, and their meaning in words."""

    name: str
    type: ColumnType
    meaning: str


class TidyTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table with typed columns. `of` says what one row is: "one grade of one inspection"."""

    name: str
    of: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def records(self) -> list[dict[str, Value]]:
        """Return each row as a dict from column name to value."""
        return [dict(zip(self.names, row, strict=True)) for row in self.rows]


class Field(NamedTuple, Generic[_Thing]):
    """A column, and the function that takes its value from one thing."""

    column: Column
    value: Callable[[_Thing], Value]


Fields = Sequence[Field[_Thing]]


def tabulate(name: str, of: str, fields: Fields[_Thing], things: Iterable[_Thing]) -> TidyTable:
    """Return a table with one row for each thing and one column for each field."""
    return TidyTable(
        name=name,
        of=of,
        columns=tuple(field.column for field in fields),
        rows=tuple(tuple(field.value(thing) for field in fields) for thing in things),
    )


def text(name: str, meaning: str, value: Callable[[_Thing], str | None]) -> Field[_Thing]:
    """Return a column of text. An empty text counts as no value."""
    return Field(Column(name, "text", meaning), lambda thing: value(thing) or None)


def whole(name: str, meaning: str, value: Callable[[_Thing], int | None]) -> Field[_Thing]:
    """Return a column of whole numbers."""
    return Field(Column(name, "whole number", meaning), value)


def number(name: str, meaning: str, value: Callable[[_Thing], float | None]) -> Field[_Thing]:
    """Return a column of numbers with decimals."""
    return Field(Column(name, "number", meaning), value)


def day(name: str, meaning: str, value: Callable[[_Thing], date | None]) -> Field[_Thing]:
    """Return a column of dates."""
    return Field(Column(name, "date", meaning), value)


def flag(name: str, meaning: str, value: Callable[[_Thing], bool | None]) -> Field[_Thing]:
    """Return a column of true or false."""
    return Field(Column(name, "true or false", meaning), value)
