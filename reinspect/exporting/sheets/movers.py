"""Build a page of the authorities that moved from one grade to another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reinspect.comparing.cohorts.moves import GradeMove, MoveStep
from reinspect.exporting.citation import day
from reinspect.exporting.sheet import Sheet, SheetCell, SheetSection, SheetTable
from reinspect.exporting.sheets.labels import caveat_sections, credits_of, without_empty_columns
from reinspect.model import Authority

_HOW_LONG = (
    "The time is that from the last inspection with the first grade to the one that reached the other. Where earlier "
    "inspections in a row gave the first grade too, the first of them is named. A grade that may not be compared with "
    "the first one is passed over."
)


def movers_sheet(
    moves: Sequence[tuple[Authority, GradeMove]],
    description: str,
    direct: int,
    order: str = "",
    record_date: date | None = None,
) -> Sheet:
    """Return a page with a row for each move: from, to, the time taken, and the grades between.

    `order` is the order of the rows in words, and `record_date` the day up to which the record is complete.
    """
    rows = tuple(
        tuple(SheetCell(text=text) for text in (*move_words(authority.name, move), ", ".join(move.caveats)))
        for authority, move in moves
    )
    table = SheetTable(columns=("Authority", "From", "To", "Time taken", "By way of", "Caveats"), rows=rows)
    caveats = (caveat for _, move in moves for caveat in move.caveats)
    count = f"{len(moves)} in all: {direct} directly, {len(moves) - direct} by way of other grades"
    count += f"; {order}" if order else ""
    count += f". Record of inspections as of {day(record_date)}" if record_date else ""
    return Sheet(
        title=f"Movers: {description}",
        head=(count, _HOW_LONG),
        sections=(
            SheetSection(heading="Moves", blocks=(without_empty_columns(table),)),
            *caveat_sections(caveats),
        ),
        foot=credits_of(authority.name for authority, _ in moves),
    )


def move_words(name: str, move: GradeMove) -> tuple[str, ...]:
    """Return the texts of one row: name, from, to, time taken, by way of."""
    between = ", ".join(map(step_words, move.steps[1:-1])) or "directly"
    return name, _start_words(move), step_words(move.end), duration(move.months), between


def _start_words(move: GradeMove) -> str:
    """Return the first grade: "inadequate, September 2016", or "inadequate, September 2016 (since June 2013)"."""
    words = step_words(move.start)
    return words if move.since == move.start else f"{words} (since {_month(move.since)})"


def step_words(step: MoveStep) -> str:
    """Return a grade with its month: "inadequate, September 2016"."""
    return f"{step.grade}, {_month(step)}"


def _month(step: MoveStep) -> str:
    start = step.inspection.start
    return f"{start:%B %Y}" if start else str(step.inspection.year or "no date")


def duration(months: int) -> str:
    """Return a number of months as "6 years 5 months", "2 years" or "5 months"."""
    years, rest = divmod(months, 12)
    parts = [(years, "year"), (rest, "month")]
    words = [f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts if number]
    return " ".join(words) or "less than a month"
