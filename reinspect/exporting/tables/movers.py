"""The table of movers: a row for each authority that moved from one grade to another."""

from __future__ import annotations

from collections.abc import Iterable

from reinspect.comparing.cohorts.moves import GradeMove
from reinspect.exporting.tidy import Fields, TidyTable, tabulate, text, whole
from reinspect.model import Authority

_Mover = tuple[Authority, GradeMove]


def movers_table(movers: Iterable[_Mover]) -> TidyTable:
    """Return a row for each move, with both inspections and the time between."""
    return tabulate("movers", "one move of one authority", _MOVES, movers)


_MOVES: Fields[_Mover] = (
    text("authority", "name of the local authority", lambda row: row[0].name),
    text("authority_slug", "short name of the local authority", lambda row: row[0].slug),
    text("earlier_grade", "grade before the move", lambda row: row[1].steps[0].grade),
    text("earlier_inspection", "id of the inspection before the move", lambda row: row[1].steps[0].inspection.id),
    text(
        "earlier_grade_since",
        "id of the first of the inspections in a row that gave this grade",
        lambda row: row[1].since.inspection.id,
    ),
    text("later_grade", "grade after the move", lambda row: row[1].steps[-1].grade),
    text("later_inspection", "id of the inspection after the move", lambda row: row[1].steps[-1].inspection.id),
    text("via", "grades between the two", lambda row: "; ".join(row[1].via)),
    text("caveats", "keys of the caveats on comparing these grades", lambda row: "; ".join(row[1].caveats)),
    whole("months", "months between the two inspections", lambda row: row[1].months),
)
