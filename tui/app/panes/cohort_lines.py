"""Lines on a group compared with an inspection: its grades as strips of shapes and how they changed, no average."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from textual.content import Content

from reinspect.exporting.sheets.labels import counted
from tui.app.widgets.drawing import padded
from tui.app.widgets.grades import QUIET, STRONG, grade_letter, grade_style, name_within
from tui.app.widgets.line_list import ListLine

# Imported late: the first pane on screen needs this module but rarely a cohort.
if TYPE_CHECKING:
    from reinspect.comparing.cohorts.changes import GradeChanges, StrandChanges
    from reinspect.comparing.cohorts.grades import CohortGrades, StrandGrades
    from reinspect.comparing.judgements import Change
    from reinspect.model import Inspection

# More authorities are shown as numbers, not as one shape each.
_MOST_SHAPES = 16
_MOST_NAMED = 4
_MAX_NAME, _LEAST_NAME, _MAX_OWN, _GRADE = 20, 17, 8, 3
_GROUP = ("the group", "group")
_NUMBERS = {"better": 6, "same": 5, "lower": 6}
# From this width of the window on, two or three panels are side by side; that with the rows has at least this width.
_TWO_PANELS, _LEAST_PANEL = 110, 66
_FRAME = 4
_OWN, _GAP = "own", "  "
# After the rungs of all grades.
_NO_RUNG = 9

Answered = TypeVar("Answered")

_CHANGES: dict[Change, str] = {
    "improved": "improved",
    "same grade": "the same",
    "same rung, harder test": "same rung, harder test",
    "declined": "declined",
}


def ask_with_cohort(ask: Callable[[str | None], Answered], cohort: str | None) -> tuple[Answered, str]:
    """Ask a question with a cohort or, if that cannot be understood, without it; also return the error, or ""."""
    from reinspect.comparing.cohorts.cohort import CohortError

    try:
        return ask(cohort), ""
    except CohortError as error:
        return ask(None), str(error)


def cohort_error_lines(error: str) -> Iterator[ListLine]:
    """Return the reason why the cohort cannot be used, and the key that chooses another."""
    if error:
        yield ListLine(Content.styled(f"The group cannot be used: {error}", STRONG))
        yield ListLine(Content.styled("f chooses another group, or none.", QUIET))


def cohort_lines(grades: CohortGrades | None, own: str, room: int) -> Iterator[ListLine]:
    """Return a line for each strand: the group's grades as a strip of shapes, and where the own grade stands.

    `own` names the inspection compared with them: "Camden" or "B". `room` is the width of the window.
    """
    if grades is None:
        return
    count = len(grades.members)
    ended = len(set(grades.cohort.authorities) - {member.authority.slug for member in grades.members})
    members = f"{counted(count, 'authority', 'authorities')}{f', and {ended} that ended' if ended else ''}"
    yield ListLine(Content.styled(f"Compared with {grades.cohort.words} ({members})", STRONG), heading=True)
    yield from _years_line(grades, own)
    strands = [strand for strand in grades.strands if strand.number]
    if not strands:
        yield ListLine(Content.styled("  No graded inspection of these is stored. f chooses another group.", QUIET))
        return
    compared = any(strand.peers for strand in strands)
    panel = max(room // 3, _LEAST_PANEL) if room >= _TWO_PANELS else room
    strips = _strips(strands)
    longest_strip = max(strip.cell_length for strip in strips.values())
    short, widths = _fitting_widths(strands, longest_strip, own, panel - _FRAME)
    numbers = _NUMBERS if widths.numbers else {}
    if compared and not widths.is_stacked:
        columns = "".join(f"{name:>{width}}" for name, width in numbers.items())
        group = next(words for words in _GROUP if len(words) <= widths.strip)
        head = f"{'':{widths.name}}  {group:{widths.strip}}  {short:{widths.own}}{columns}"
        yield ListLine(Content.styled(head.rstrip(), QUIET), heading=True)
    source = f"{own}, compared with {grades.cohort.words}, latest graded inspection of each"
    for strand in strands:
        strip, grade = strips[strand.strand], _own_grade(strand, grades.inspection)
        words = _below(strand, strip, short, grade) if widths.is_stacked else _beside(strand, strip, widths, grade)
        yield ListLine(words, citation=source)
    yield from _left_out(grades, strands)


def change_lines(changes: GradeChanges | None) -> Iterator[ListLine]:
    """Return a line for each strand that counts how the cohort's grades changed between inspections."""
    strands = [strand for strand in changes.strands if strand.flows] if changes else []
    if strands:
        yield ListLine(
            Content.styled("Changes in the group's grades from each inspection to the next", STRONG), heading=True
        )
    for strand in strands:
        yield ListLine(Content(f"  {strand.name}: {_changes(strand)}"))


def _years_line(grades: CohortGrades, own: str) -> Iterator[ListLine]:
    """Return the years of the grades: the cohort's may be older or newer than the inspection compared with them."""
    years = sorted(
        {member.inspection.year for member in grades.members if member.inspection and member.inspection.year}
    )
    if years:
        span = " to ".join(map(str, dict.fromkeys((years[0], years[-1]))))
        compared = f"; {own} is from {grades.inspection.year}" if grades.inspection else ""
        yield ListLine(Content.styled(f"  Latest graded inspection of each, {span}{compared}", QUIET))


class _Widths(NamedTuple):
    """The cells that names of strands, strips of shapes, the own grade and the numbers take; no numbers take 0.

    With `is_stacked` the strips are below the names.
    """

    name: int
    strip: int
    own: int
    numbers: int
    is_stacked: bool = False


def _fitting_widths(strands: Sequence[StrandGrades], longest_strip: int, own: str, room: int) -> tuple[str, _Widths]:
    """Return the word for the own grade, and the widths of a row that is not broken: with other words if need be."""
    longest = max(len(strand.name) for strand in strands)
    strip = max(len(_GROUP[-1]), longest_strip)
    names = (own, _OWN) if len(own) <= _MAX_OWN else (_OWN,)
    choices = product((sum(_NUMBERS.values()), 0), (_MAX_NAME, _LEAST_NAME), names)
    for numbers, most, short in choices:
        widths = _Widths(min(longest, most), strip, max(len(short), _GRADE) + 1, numbers)
        if sum(widths) + 2 * len(_GAP) <= room:
            return short, widths
    return names[0], widths._replace(is_stacked=True)


def _below(strand: StrandGrades, strip: Content, short: str, grade: Content | None) -> Content:
    """Return the name of a strand with the own grade, and the strip below them."""
    beside = Content.assemble(_GAP, (f"{short} ", QUIET), grade) if grade else ""
    return Content.assemble(strand.name, beside, "\n    ", strip)


def _beside(strand: StrandGrades, strip: Content, widths: _Widths, grade: Content | None) -> Content:
    """Return the name of a strand, the strip, the own grade and, if there is room, where it stands, in columns."""
    name = Content(name_within(strand.name, widths.name)).truncate(widths.name, ellipsis=True)
    start = Content.assemble(padded(name, widths.name), _GAP, padded(strip, widths.strip))
    peers = strand.peers
    if peers is None or grade is None:
        return start
    if not widths.numbers:
        return Content.assemble(start, _GAP, grade)
    numbers = "".join(
        f"{number:>{width}}"
        for number, width in zip((peers.higher, peers.same, peers.lower), _NUMBERS.values(), strict=True)
    )
    not_comparable = f"  {peers.not_comparable} not comparable" if peers.not_comparable else ""
    return Content.assemble(start, _GAP, padded(grade, widths.own), numbers, (not_comparable, QUIET))


def _own_grade(strand: StrandGrades, own: Inspection | None) -> Content | None:
    return grade_letter(own.framework, strand.peers.judgement.grade) if own and strand.peers else None


def _strips(strands: Sequence[StrandGrades]) -> dict[str, Content]:
    """Return by strand a shape for each authority, the best grades first, and "·" for each without a grade.

    In a large group a number after each shape replaces the repeated shapes; each shape then has a column of its own.
    """
    counts = {strand.strand: list(_counts(strand)) for strand in strands}
    if all(sum(count for _, count in row) <= _MOST_SHAPES for row in counts.values()):
        return {
            key: Content("").join(Content.styled(shape * count, style) for (_, shape, style), count in row)
            for key, row in counts.items()
        }
    widths: dict[_Shape, int] = {}
    for row in counts.values():
        widths |= {shape: max(widths.get(shape, 0), len(str(count))) for shape, count in row}
    shapes = sorted(widths)
    return {key: _numbers(dict(row), shapes, widths) for key, row in counts.items()}


class _Shape(NamedTuple):
    """A grade as it is drawn, in order of rung; the last one stands for no grade."""

    rung: int
    shape: str
    style: str


def _counts(strand: StrandGrades) -> Iterator[tuple[_Shape, int]]:
    """Yield the shape of each grade that is given, with the number of authorities that have it."""
    for count in strand.counts:
        if count.inspections:
            grade = count.grade
            yield _Shape(grade.rung or 0, grade.shape, grade_style(grade.rung)), len(count.inspections)
    if none := sum(len(left.authorities) for left in strand.left_out):
        yield _Shape(_NO_RUNG, "·", QUIET), none


def _numbers(row: dict[_Shape, int], shapes: Sequence[_Shape], widths: dict[_Shape, int]) -> Content:
    """Return the number of each shape in a column of its own."""
    cells = [
        Content.styled(f"{shape.shape} {row[shape]:>{widths[shape]}}", shape.style)
        if shape in row
        else Content(" " * (widths[shape] + 2))
        for shape in shapes
    ]
    return Content(_GAP).join(cells).rstrip()


def _left_out(grades: CohortGrades, strands: Sequence[StrandGrades]) -> Iterator[ListLine]:
    """Return why authorities of the group have no grade on some strands, each reason once."""
    strands_by_reason: defaultdict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    names = {member.authority.slug: member.authority.name for member in grades.members}
    for strand in strands:
        for left in strand.left_out:
            strands_by_reason[left.reason, left.authorities].append(strand.name)
    for (reason, slugs), strand_names in strands_by_reason.items():
        shown = [names.get(slug, slug) for slug in slugs[:_MOST_NAMED]]
        more = f" and {len(slugs) - _MOST_NAMED} more" if len(slugs) > _MOST_NAMED else ""
        words = f"  · {', '.join(strand_names)}: {', '.join(shown)}{more}. {reason}"
        yield ListLine(Content.styled(words, QUIET))


def _changes(strand: StrandChanges) -> str:
    numbers = {words: sum(flow.changed(change) for flow in strand.flows) for change, words in _CHANGES.items()}
    return ", ".join(f"{number} {words}" for words, number in numbers.items() if number)
