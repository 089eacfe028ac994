"""The Timeline pane: an authority's inspections and visits in date order, strand by strand."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from reinspect.answers import Answer, Library
from reinspect.comparing.timeline import Timeline, TimelineCell, TimelineEvent
from reinspect.exporting.citation import citation, origin_of
from reinspect.model import Inspection, Pin
from tui.app.pane import Pane
from tui.app.panes.band_lines import other_band_lines
from tui.app.panes.cohort_lines import ask_with_cohort, cohort_error_lines, cohort_lines
from tui.app.panes.correction import correct
from tui.app.panes.inspection_lines import inspection_lines, short_kind
from tui.app.widgets.grades import STRONG, graded, quiet
from tui.app.widgets.line_list import LineList, ListLine
from tui.app.widgets.table import Column, Table, TableLine
from tui.selection import Selection

if TYPE_CHECKING:
    from reinspect.answers.timeline import TimelineAnswer

_LETTER_WIDTH = 6
_NAME_WIDTH = 20
_UNGRADED = {"not judged": "∅ not judged", "not held": "? not held", "no such strand": "", "ungraded visit": "○"}
_IMPROVE = "improve"


class TimelineView(msgspec.Struct, frozen=True, kw_only=True):
    """An authority's history, with the selected cohort if there is one, and the id of the selected inspection."""

    answer: TimelineAnswer
    selected: str | None
    cohort_error: str = ""


class TimelinePane(Pane[TimelineView]):
    """A table with strands down and inspections across, and below it the details of the inspection under the cursor."""

    TITLE = "Timeline"
    SHOWS_COHORT = True
    HELP: ClassVar[str] = """
## Timeline
Strands down, inspections and visits across. Left and right choose an inspection or visit, up and down a strand. The
lines below give its details. Enter opens the page that prints the grade, c compares with the one before.

◆ Outstanding ● Good ▲ Requires improvement ■ Inadequate ○ visit, not graded
∅ not judged ? not held (not in the store); an empty cell: the strand did not exist then
"""

    BINDING_GROUP_TITLE = "Timeline"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "compare", "Compare", tooltip="compare with the graded inspection before", id="timeline.compare"),
        Binding("E", "correct", "Correct", show=False, tooltip="correct a field", id="timeline.correct"),
    ]

    def compose(self) -> ComposeResult:
        """Compose the table and the lines below it."""
        yield Table("cell", id="history")
        yield LineList(id="details")

    def on_mount(self) -> None:
        """Show that the store is being opened."""
        self._timeline: Timeline | None = None
        self._view: TimelineView | None = None
        self.query_one(LineList).fill([ListLine(quiet("Opening the store ..."))])

    def ask(self, library: Library, selection: Selection) -> TimelineView:
        """Get the authority's history."""
        assert selection.authority is not None
        slug = selection.authority
        answer, error = ask_with_cohort(lambda cohort: library.timeline(slug, cohort=cohort), selection.cohort)
        return TimelineView(answer=answer, selected=selection.inspection, cohort_error=error)

    def depends_on(self, selection: Selection) -> Hashable:
        """Return the authority and the cohort."""
        return (selection.authority, selection.cohort)

    def show(self, view: TimelineView) -> None:
        """Show a history, with the cursor on the selected inspection or, by default, the latest graded one."""
        [timeline] = view.answer.timelines
        events, under_cursor = timeline.events, self._event
        self._view, self._timeline = view, timeline
        if not events:
            self.query_one(Table).fill([], [])
            self.query_one(LineList).fill(_empty(timeline))
            return
        self._fill()
        columns = {event.inspection.id: column for column, event in enumerate(events, 1)}
        latest = max((column for column, event in enumerate(events, 1) if event.inspection.graded), default=len(events))
        # A cursor that was moved while the question was being answered stays in its column.
        selected = under_cursor.inspection.id if under_cursor else view.selected
        self.query_one(Table).move_cursor(column=columns.get(selected or "", latest))
        self._show_details()

    def take_focus(self) -> None:
        """Focus the table."""
        self.screen.set_focus(self.query_one(Table))

    def answer(self) -> Answer | None:
        """Return the history, with the cohort's grades."""
        return self._view.answer if self._view else None

    def row(self) -> Pin | None:
        """Return the grade under the cursor, or the number of improvements."""
        event, cell, timeline = self._event, self._cell, self._timeline
        if event is None or timeline is None:
            return None
        inspection = event.inspection
        if cell is None:
            words = f"To improve: {'not held' if event.improvements is None else event.improvements}"
            return Pin(kind="row", text=words, citation=self.source(), inspection=inspection.id)
        row = timeline.rows[self.query_one(Table).row]
        evidence = cell.judgement.evidence if cell.judgement else None
        origin = origin_of(inspection, f"judgement.{row.strand}")
        return Pin(
            kind="row",
            text=f"{row.name}: {cell.word or cell.state}",
            citation=citation(inspection, timeline.authority.name, evidence, origin),
            inspection=inspection.id,
            evidence=evidence,
        )

    def source(self) -> str:
        """Return the citation of the inspection under the cursor."""
        if self._timeline is None or self._event is None:
            return self.TITLE
        return citation(self._event.inspection, self._timeline.authority.name)

    def disabled_reason(self, action: str) -> str | None:
        """Return why there is no inspection for a key to work on, or no earlier one to compare it with."""
        if self._event is None:
            return "No inspection is under the cursor: a chooses another authority, A adds files."
        if action == "compare" and not self._before:
            return "No earlier inspection is stored to compare it with."
        return None

    def action_compare(self) -> None:
        """Compare the inspection under the cursor with the graded one before it."""
        if self.check("compare") and self._event is not None:
            before = self._before
            graded = [inspection for inspection in before if inspection.graded]
            self.post_message(self.Selected(a=(graded or before)[-1].id, b=self._event.inspection.id, then="Compare"))

    def action_correct(self) -> None:
        """Ask which field of the inspection to correct, and its value."""
        if self.check("correct") and self._event is not None:
            cell = self._cell
            strand = cell.judgement.strand if cell and cell.judgement else None
            correct(self, self._event.inspection, f"judgement.{strand}" if strand else None)

    @property
    def _before(self) -> list[Inspection]:
        """Return the inspections before the one under the cursor."""
        if self._timeline is None or self._event is None:
            return []
        now = self._event.inspection.when
        return [event.inspection for event in self._timeline.events if event.inspection.when < now]

    def on_resize(self) -> None:
        """Show grades in words if they fit, else as letters."""
        if self._timeline and self._timeline.events:
            self._fill()

    def on_table_cell_moved(self, event: Table.CellMoved) -> None:
        """Show the details of the cell under the cursor, and select its inspection."""
        event.stop()
        self._show_details()
        if self._event is not None:
            self.post_message(self.Selected(inspection=self._event.inspection.id))

    def on_table_cell_chosen(self, event: Table.CellChosen) -> None:
        """Open the page that prints the grade."""
        event.stop()
        cell = self._cell
        self.post_message(self.OpenSource(cell.judgement.evidence if cell and cell.judgement else None))

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Open the page that prints the line."""
        event.stop()
        self.post_message(self.OpenSource(event.line.evidence))

    @property
    def _event(self) -> TimelineEvent | None:
        index = self.query_one(Table).column - 1
        events = self._timeline.events if self._timeline else ()
        return events[index] if 0 <= index < len(events) else None

    @property
    def _cell(self) -> TimelineCell | None:
        table = self.query_one(Table)
        rows = self._timeline.rows if self._timeline else ()
        return rows[table.row].cells[table.column - 1] if table.row < len(rows) else None

    def _show_details(self) -> None:
        """Show the lines on the inspection under the cursor; the strand under the cursor comes first."""
        event, cell = self._event, self._cell
        if event is not None and self._timeline is not None and self._view is not None:
            strand = self._timeline.rows[self.query_one(Table).row].strand if cell else None
            grades = next(iter(self._view.answer.cohort_grades), None)
            cohort = [*cohort_error_lines(self._view.cohort_error), *cohort_lines(grades, "this one")]
            others = other_band_lines(self._timeline)
            after = [*others, *_succession(self._timeline), *_gaps(self._timeline)]
            lines = [*inspection_lines(event, strand), *cohort, *after]
            self.query_one(LineList).fill(lines)

    def _fill(self) -> None:
        """Show words and full names if all inspections then fit; a wider window never shows fewer of them."""
        assert self._timeline is not None
        table = self.query_one(Table)
        for in_words, name_width in ((True, None), (False, None), (False, _NAME_WIDTH)):
            table.fill(list(_columns(self._timeline, in_words, name_width)), list(_rows(self._timeline, in_words)))
            if table.fits:
                break


def _columns(timeline: Timeline, in_words: bool, name_width: int | None) -> Iterator[Column]:
    yield Column("strand", Content(""), name_width)
    for event in timeline.events:
        inspection = event.inspection
        kind = event.framework if in_words and inspection.graded else short_kind(inspection)
        label = Content.assemble((str(inspection.year or "no date"), STRONG), "\n", kind)
        yield Column(inspection.id, label, None if in_words else _LETTER_WIDTH)


def _rows(timeline: Timeline, in_words: bool) -> Iterator[TableLine]:
    for row in timeline.rows:
        cells = [_cell_content(cell, in_words) for cell in row.cells]
        yield TableLine(f"{row.strand} {row.name}", [Content(row.name), *cells])
    counts = [_count(event, in_words) for event in timeline.events]
    yield TableLine(_IMPROVE, [quiet("To improve"), *counts])


def _cell_content(cell: TimelineCell, in_words: bool) -> Content:
    """Return a cell: a grade by shape, word or letter, and colour. Each reason for no grade has its own sign."""
    if cell.state == "graded":
        return graded(cell.word if in_words else cell.letter, cell.shape, cell.rung, short=True)
    sign = _UNGRADED[cell.state]
    return quiet(sign if in_words else sign[:1])


def _count(event: TimelineEvent, in_words: bool) -> Content:
    if event.improvements is None:
        return quiet("? not held" if in_words else "?")
    return Content(str(event.improvements + (event.priority_actions or 0)))


def _gaps(timeline: Timeline) -> Iterator[ListLine]:
    if timeline.gaps:
        yield ListLine(Content.styled("Missing from this history", STRONG), heading=True)
    for gap in timeline.gaps:
        yield ListLine(Content(f"  {gap}"))


def _succession(timeline: Timeline) -> Iterator[ListLine]:
    """Return lines on the councils before and after this one; each has a history of its own."""
    changed = timeline.authority.changed
    since = f" {changed.year}" if changed else " an unknown date"
    if timeline.predecessors:
        before = " and ".join(timeline.predecessors)
        yield ListLine(Content(f"A new council since{since}, which replaced {before}. a chooses that history."))
    if timeline.successors:
        after = " and ".join(timeline.successors)
        yield ListLine(Content(f"It ended in{since}; its work passed to {after}. a chooses that history."))


def _empty(timeline: Timeline) -> list[ListLine]:
    return [
        ListLine(Content.styled(f"No inspection of {timeline.authority.name} is stored.", STRONG)),
        *_succession(timeline),
        ListLine(quiet("Add its reports: press A, or `reinspect add FILE`. a chooses another authority.")),
        *other_band_lines(timeline),
        *_gaps(timeline),
    ]
