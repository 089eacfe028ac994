"""Answer "who moved from one grade to another, when, and how long did it take?"."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from reinspect.answers.answer import Answer
from reinspect.answers.names import authority_with_slug
from reinspect.comparing.cohorts.cohort import is_within
from reinspect.comparing.cohorts.moves import GradeMove, describe_target, grade_moves
from reinspect.model import Authority

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable


class Mover(msgspec.Struct, frozen=True, kw_only=True):
    """An authority and its move."""

    authority: Authority
    move: GradeMove


class MoversAnswer(Answer, frozen=True, kw_only=True):
    """The authorities that ever moved from one grade to another on a strand, each move with its way and its time.

    `since` and `until` limit the date on which the other grade was reached. `order` names the order of the movers, and
    `record_date` is the day up to which the record of inspections is complete. `limit` says in words to which group or
    names the movers are limited.
    """

    strand: str
    earlier: str
    later: str
    since: str | None = None
    until: str | None = None
    movers: tuple[Mover, ...]
    order: str = ""
    limit: str = ""
    record_date: date | None = None

    @property
    def description(self) -> str:
        """The question in words: "inadequate to good or better on overall, since 2018"."""
        limits = "".join(f", {name} {day}" for name, day in (("since", self.since), ("until", self.until)) if day)
        target = describe_target(self.earlier, self.later)
        within = f", {self.limit}" if self.limit else ""
        return f"{self.earlier} to {target} on {self.strand.replace('_', ' ')}{limits}{within}"

    @property
    def direct(self) -> int:
        """The number of moves without a grade between."""
        return sum(not mover.move.via for mover in self.movers)

    def sheet(self) -> Sheet:
        """Return a page with a table of the moves."""
        from reinspect.exporting.sheets.movers import movers_sheet

        moves = [(mover.authority, mover.move) for mover in self.movers]
        return movers_sheet(moves, self.description, self.direct, self.order, self.record_date)

    def tables(self) -> tuple[TidyTable, ...]:
        """Return one table: a row for each move."""
        from reinspect.exporting.tables.movers import movers_table

        return (movers_table((mover.authority, mover.move) for mover in self.movers),)

    def records(self) -> list[JsonObject]:
        """Return one JSON object for each move."""
        from reinspect.exporting.records import move_record

        return [move_record(mover.authority, mover.move) for mover in self.movers]


def find_movers(holdings: Holdings, expression: str) -> MoversAnswer:
    """Find who made a move that is typed as a cohort: "moved:overall=inadequate>good since:2018 region:London".

    Raises:
        CohortError: the expression cannot be understood, has no move or several, or no authority made the move.
    """
    from reinspect.answers.scope import find_cohort
    from reinspect.authorities import authorities
    from reinspect.comparing.cohorts.cohort import CohortError
    from reinspect.comparing.cohorts.terms import CohortTerms

    cohort = find_cohort(holdings, expression)
    typed = [part.strip() for part in re.split(r"[+,]", cohort.expression) if part.strip().startswith("moved:")]
    if len(typed) != 1:
        raise CohortError(f"name {'one move alone' if typed else 'a move'}, for example moved:overall=inadequate>good")
    if cohort.frameworks:
        raise CohortError("a move may lead from one framework to another, so framework: does not limit moves")
    move = CohortTerms(authorities(), ()).read_move(typed[0].partition(":")[2])
    assert move is not None, "the cohort was understood, and so was its move"
    moves = [
        one
        for one in grade_moves(*move, holdings.inspections())
        if one.authority in cohort.authorities and is_within(one.end.inspection.when, cohort.since, cohort.until)
    ]
    movers = [Mover(authority=authority_with_slug(one.authority), move=one) for one in moves]
    strand, earlier, later = move
    return MoversAnswer(
        strand=strand,
        earlier=earlier,
        later=later,
        since=cohort.since,
        until=cohort.until,
        record_date=holdings.record_date,
        movers=tuple(sorted(movers, key=lambda mover: (mover.authority.name, mover.move.end.inspection.when))),
    )
