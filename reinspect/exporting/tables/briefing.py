"""The tables of a briefing: grades, what was asked, what is raised again, the group, and themes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from reinspect.comparing.followthrough.asked_again import AskedAgain
from reinspect.exporting.sheets.asked_again import raised_again
from reinspect.exporting.sheets.briefing import Briefing
from reinspect.exporting.tables.cohort import grades_table
from reinspect.exporting.tables.comparison import comparison_tables
from reinspect.exporting.tables.follow_steps import follow_steps_table
from reinspect.exporting.tables.inspections import judgements_table
from reinspect.exporting.tables.own_themes import own_themes_table
from reinspect.exporting.tables.shared_columns import inspection_columns, place_columns
from reinspect.exporting.tidy import Fields, TidyTable, tabulate, text, whole
from reinspect.model import Improvement, Inspection


class Request(NamedTuple):
    """A recommendation of one of two inspections, and whether it comes back, is new, or is not asked again."""

    state: str
    inspection: Inspection
    improvement: Improvement


def briefing_tables(briefing: Briefing) -> tuple[TidyTable, ...]:
    """Return the grades compared (or the latest), what was asked, what is raised again, the group, and themes."""
    latest = [briefing.latest] if briefing.latest else []
    grades = comparison_tables(briefing.comparison)[0] if briefing.comparison else judgements_table(latest)
    again = follow_steps_table(replace(thread, steps=(step,)) for thread, step in raised_again(briefing.threads))
    requests = tuple(_requests(briefing.asked)) if briefing.asked else ()
    return (
        grades,
        tabulate("asked", "one recommendation of one of the two inspections", _REQUESTS, requests),
        again,
        *([grades_table(briefing.group)] if briefing.group else []),
        *([own_themes_table(briefing.own_themes)] if briefing.own_themes else []),
    )


def _requests(asked: AskedAgain) -> Iterator[Request]:
    for pair in asked.returned:
        yield Request("comes back", asked.earlier, pair.before)
        yield Request("comes back", asked.later, pair.again)
    for improvement in asked.new:
        yield Request("new", asked.later, improvement)
    for improvement in asked.dropped:
        yield Request("not asked again", asked.earlier, improvement)


_REQUESTS: Fields[Request] = (
    text("state", "comes back, new (not asked in the inspection before), or not asked again", lambda row: row.state),
    *inspection_columns("inspection"),
    whole("index", "position in the list, from 1", lambda row: row.improvement.index),
    text("text", "words of the recommendation", lambda row: row.improvement.text),
    *place_columns("improvement.evidence", "inspection"),
    text(
        "role",
        "the list it is in: improvement, or priority action",
        lambda row: row.inspection.role_of(row.improvement),
    ),
)
