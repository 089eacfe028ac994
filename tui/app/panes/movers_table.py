"""The table of authorities that moved from one grade to another: the way as a bar in time, and the time taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace
from textual.content import Content

from reinspect.answers.movers import Mover, MoversAnswer
from reinspect.comparing.cohorts.moves import GradeMove, MoveStep, describe_target
from reinspect.frameworks import frameworks
from tui.app.panes.inspection_lines import month_of
from tui.app.widgets.grades import QUIET, STRONG, grade_style, quiet
from tui.app.widgets.table import TableColumn, TableLine

ORDERS: dict[str, Callable[[Mover], Any]] = {
    "by name": lambda mover: mover.authority.name,
    "quickest first": lambda mover: mover.move.months,
    "latest first": lambda mover: [-ord(letter) for letter in mover.move.end.inspection.when],
}
_NAME, _LEAST_NAME, _LABEL, _GAP, _SINCE = 34, 14, 11, 2, 10
_STEPS = 3
# The cells of a way without the months between, such as "■ Sep 2016 → ▲ → ● Feb 2023", and of one with bars.
_SHORT_PATH, _BARS_PATH = 30, 55
# The cells of a way in shapes with the last month alone, such as "■▲● Feb 2023".
_LEAST_PATH = 12
# The cells that the bars keep beside the month since which the first grade was held.
_PATH_BESIDE_SINCE = 55
# The cells that the bars keep beside the grades between in words.
_WIDE_PATH = 80
_BAR = "━"


def in_order(answer: MoversAnswer, order: str) -> MoversAnswer:
    """Return the movers in an order, which the answer names when it is copied or exported."""
    return replace(answer, movers=tuple(sorted(answer.movers, key=ORDERS[order])), order=order)


def movers_table(answer: MoversAnswer, order: str, room: int) -> tuple[list[TableColumn], list[TableLine]]:
    """Return the columns and rows that fit into `room` cells."""
    movers = in_order(answer, order).movers
    between = [" and ".join(mover.move.via) or "none (direct)" for mover in movers]
    between_width = max(map(len, ("Grades between", *between)))
    longest = max((len(mover.authority.name) for mover in movers), default=0)
    times = [short_duration(mover.move.months) for mover in movers]
    time_width = max(map(len, ("Time", *times)))
    left = room - time_width - 3 * _GAP
    least_name = min(_LEAST_NAME, left - _LEAST_PATH)
    name_width = max(min(longest, _NAME, left - _SHORT_PATH), least_name)
    path = max(left - name_width, _LEAST_PATH)
    with_since = path - _SINCE - _GAP >= _PATH_BESIDE_SINCE
    path = path - _SINCE - _GAP if with_since else path
    with_between = path - between_width - _GAP >= _WIDE_PATH
    path = path - between_width - _GAP if with_between else path if path >= _BARS_PATH else min(path, _SHORT_PATH)
    most = max((mover.move.months for mover in movers), default=1) or 1
    columns = [
        TableColumn("authority", Content("Authority"), name_width),
        TableColumn("time", Content("Time".rjust(time_width)), time_width),
        *([TableColumn("since", Content("Held since"), _SINCE)] if with_since else []),
        TableColumn("path", Content("From, and to"), path),
        *([TableColumn("between", Content("Grades between"), between_width)] if with_between else []),
    ]
    lines = [
        TableLine(
            mover.authority.slug,
            [
                Content(mover.authority.name),
                Content.styled(time.rjust(time_width), STRONG),
                *([_since(mover.move)] if with_since else []),
                _path(mover.move, path, most),
                *([quiet(words)] if with_between else []),
            ],
        )
        for mover, time, words in zip(movers, times, between, strict=True)
    ]
    return columns, lines


def movers_titles(answer: MoversAnswer, limit: str, order: str) -> tuple[str, ...]:
    """Return "34 moves (16 direct) · Inadequate → good or better since 2018 · London (33) · by name", and shorter ones.

    `limit` is the group or the name that the movers are limited to, in words.
    """
    limits = "".join(f" {name} {day}" for name, day in (("since", answer.since), ("until", answer.until)) if day)
    target = describe_target(answer.earlier, answer.later)
    strand = "" if answer.strand == "overall" else f" on {answer.strand.replace('_', ' ')}"
    moves = f"{answer.earlier.capitalize()} → {target}{strand}{limits}{f' · {limit}' if limit else ''}"
    count = len(answer.movers)
    number = f"{count} move{'' if count == 1 else 's'} ({answer.direct} direct)"
    return f"{number} · {moves} · {order}", f"{number} · {moves}", number


def short_duration(months: int) -> str:
    """Return "6y 5m", "2y" or "5m"."""
    years, rest = divmod(months, 12)
    return " ".join(part for part in (f"{years}y" if years else "", f"{rest}m" if rest or not years else "") if part)


def _path(move: GradeMove, room: int, most: int) -> Content:
    """Return the grades of a move with their months, joined by bars as long as the time between them."""
    steps = _distinct(move.steps)
    labels = [_label(step) for step in steps]
    # One scale for all rows, so that bars can be compared: as if each had a grade between.
    free = room - max(_STEPS, len(steps)) * (_LABEL + 1)
    if room < _SHORT_PATH:
        return Content.assemble(*(_shape(step) for step in steps[:-1]), labels[-1])
    if room - len(steps) * (_LABEL + 1) < len(steps) - 1 or free < _STEPS:
        # There is no room for the months between: the first and the last remain.
        shapes = Content("").join(_shape(step) for step in steps[1:-1])
        return Content.assemble(labels[0], " → ", shapes, " → " if shapes.plain else "", labels[-1])
    parts = [labels[0]]
    for step, following, label in zip(steps, steps[1:], labels[1:], strict=False):
        months = (_month(following) - _month(step)) or 1
        bar = max(1, round(free * months / most))
        parts.append(Content.assemble(" ", (_BAR * bar, grade_style(step.rung).removeprefix("bold ")), label))
    return Content("").join(parts)


def _since(move: GradeMove) -> Content:
    """Return the month of the first inspection in a row that gave the first grade."""
    return quiet(month_of(move.since.inspection))


def _distinct(steps: Sequence[MoveStep]) -> list[MoveStep]:
    """Return the steps without repetitions of a grade."""
    return [step for place, step in enumerate(steps) if not place or step.grade != steps[place - 1].grade]


def _label(step: MoveStep) -> Content:
    return Content.assemble(_shape(step), (f" {month_of(step.inspection)}", QUIET))


def _shape(step: MoveStep) -> Content:
    framework = frameworks().get(step.inspection.framework)
    grade = framework.grade(step.grade) if framework else None
    return Content.styled(grade.shape if grade else "?", grade_style(step.rung))


def _month(step: MoveStep) -> int:
    start = step.inspection.start
    return start.year * 12 + start.month if start else (step.inspection.year or 0) * 12
