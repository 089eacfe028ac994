"""The table of solved improvements: a row for each one that a later text firmly reports better."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reinspect.comparing.themes.solved import SolvedImprovement
from reinspect.exporting.citation import cite_asked
from reinspect.exporting.quoted_passage import QuotedPassage, supporting_passage
from reinspect.exporting.tables.shared_columns import inspection_columns, place_columns
from reinspect.exporting.tidy import Fields, TidyTable, number, tabulate, text


class QuotedSolution(NamedTuple):
    """A solved improvement with the passage that is quoted."""

    solved: SolvedImprovement
    quoted: QuotedPassage | None


def solved_table(solved: Iterable[SolvedImprovement]) -> TidyTable:
    """Return a row for each improvement that was reported better, with both passages."""
    rows = (
        QuotedSolution(one, supporting_passage(one.followed.better) if one.followed.better else None) for one in solved
    )
    return tabulate("solved", "one improvement that was reported better", _SOLVED, rows)


def _cite_asked(row: QuotedSolution) -> str:
    followed = row.solved.followed
    return cite_asked(followed.inspection, row.solved.authority.name, followed.improvement)


_SOLVED: Fields[QuotedSolution] = (
    text("closeness", "statistical neighbours, same region or elsewhere", lambda row: row.solved.closeness),
    *inspection_columns("solved.followed.inspection"),
    text("text", "words of the improvement", lambda row: row.solved.followed.improvement.text),
    text("asked_citation", "source of these words", _cite_asked),
    *inspection_columns("solved.followed.better.inspection", "later_"),
    number("years", "years from asked to reported better", lambda row: round(row.solved.followed.years, 2)),
    text("quote", "sentence of the later text", lambda row: row.quoted.quote if row.quoted else None),
    *place_columns("quoted.evidence", "solved.followed.better.inspection"),
    text(
        "raised_again",
        "id of a still later inspection that raises it again",
        lambda row: row.solved.followed.again.id if row.solved.followed.again else None,
    ),
)
