"""Timeline: an authority's inspections and visits in the order of time, strand by strand."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from reinspect.comparing.timeline import Timeline, TimelineCell, TimelineEvent
from reinspect.exporting.citation import citation, origin_of
from reinspect.exporting.sheet import Sheet
from reinspect.model import Inspection, Pin
from tui.app.pane import Pane
from tui.app.panes.cohort_lines import CohortView, cohort_lines, cohort_view
from tui.app.panes.correction import correct
from tui.app.panes.inspection_lines import inspection_lines, short_kind
from tui.app.selection import Selection
from tui.app.widgets.grades import STRONG, graded, quiet
from tui.app.widgets.line_list import LineList, ListLine
from tui.app.widgets.table import Column, Table, TableLine
from tui.library import Library

if TYPE_CHECKING:
    from reinspect.exporting.records import JsonObject

_LETTER_WIDTH = 6
_NAME_WIDTH = 20
_UNGRADED = {"not judged": "∅ not judged", "not held": "? not held", "no such strand": "", "ungraded visit": "○"}
_IMPROVE = "improve"


class TimelineView(msgspec.Struct, frozen=True, kw_only=True):
    """An authority's history, the id of the inspection that is selected in it, and where the cohort stands."""

    timeline: Timeline
    chosen: str | None
    cohort: CohortView | None = None


class TimelinePane(Pane[TimelineView]):
    """Strands down, events across, the newest in view; below, all that is held of the event under the cursor."""

    TITLE = "Timeline"
    SHOWS_COHORT = True
    HELP: ClassVar[str] = """
## Timeline
Strands down, inspections and visits across. Left and right choose an event, up and down a strand;
the lines below say all that is held of it. Enter opens the page that prints the grade, c compares with the one before.

◆ Outstanding ● Good ▲ Requires improvement ■ Inadequate ○ visit, not graded
∅ not judged ? not held; an empty cell: no such strand then
"""

    BINDING_GROUP_TITLE = "Timeline"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "compare", "Compare", tooltip="compare with the graded one before", id="timeline.compare"),
        Binding("E", "correct", "Correct", show=False, tooltip="correct a field, by your word", id="timeline.correct"),
    ]

    def compose(self) -> ComposeResult:
        """The table over its lines."""
        yield Table("cell", id="history")
        yield LineList(id="event")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self._timeline: Timeline | None = None
        self._history: TimelineView | None = None
        self.query_one(LineList).fill([ListLine(quiet("Opening the store ..."))])

    def ask(self, library: Library, selection: Selection) -> TimelineView:
        """The authority's history."""
        assert selection.authority is not None
        latest = library.latest_graded(selection.authority)
        return TimelineView(
            timeline=library.timeline(selection.authority),
            chosen=selection.inspection,
            cohort=cohort_view(library, selection.cohort, latest),
        )

    def depends_on(self, selection: Selection) -> Hashable:
        """The authority and the cohort beside it."""
        return (selection.authority, selection.cohort)

    def show(self, answer: TimelineView) -> None:
        """Show a history, the cursor on the inspection that is selected, else on the latest graded one."""
        events, under = answer.timeline.events, self._event
        self._history, self._timeline = answer, answer.timeline
        if not events:
            self.query_one(Table).fill([], [])
            self.query_one(LineList).fill(_empty(answer.timeline))
            return
        self._fill()
        places = {event.inspection.id: place for place, event in enumerate(events)}
        latest = max((place for place, event in enumerate(events) if event.inspection.graded), default=len(events) - 1)
        # A cursor that was moved while the answer was on its way stays where it is.
        chosen = under.inspection.id if under else answer.chosen
        self.query_one(Table).move_cursor(column=places.get(chosen or "", latest) + 1)
        self._tell()

    def take_focus(self) -> None:
        """The table."""
        self.screen.set_focus(self.query_one(Table))

    def sheet(self) -> Sheet | None:
        """The history as it is exported."""
        from reinspect.exporting.sheets.timeline import timeline_sheet

        if self._history is None:
            return None
        standing = self._history.cohort.standing if self._history.cohort else None
        return timeline_sheet(self._history.timeline, standings=[standing] if standing else [])

    def objects(self, library: Library) -> Iterable[JsonObject]:  # noqa: ARG002
        """The history, with where the cohort stands."""
        from reinspect.exporting.records import cohort_grades_record, timeline_record

        if self._history is None:
            return []
        standing = self._history.cohort.standing if self._history.cohort else None
        return [{**timeline_record(self._history.timeline), **(cohort_grades_record(standing) if standing else {})}]

    def row(self) -> Pin | None:
        """The grade under the cursor."""
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
        """The event under the cursor."""
        if self._timeline is None or self._event is None:
            return self.TITLE
        return citation(self._event.inspection, self._timeline.authority.name)

    def disabled_reason(self, action: str) -> str | None:
        """Both keys are for the event under the cursor."""
        if self._event is None:
            return "There is no inspection under the cursor: a chooses another authority, A adds files."
        if action == "compare" and not self._before:
            return "Nothing earlier is held to compare it with."
        return None

    def action_compare(self) -> None:
        """Set the event under the cursor beside the graded one before it."""
        if self.can("compare") and self._event is not None:
            before = self._before
            graded = [inspection for inspection in before if inspection.graded]
            self.post_message(self.Selected(a=(graded or before)[-1].id, b=self._event.inspection.id, then="Compare"))

    def action_correct(self) -> None:
        """Ask which field of the event to correct, and what it is."""
        if self.can("correct") and self._event is not None:
            cell = self._cell
            strand = cell.judgement.strand if cell and cell.judgement else None
            correct(self, self._event.inspection, f"judgement.{strand}" if strand else None)

    @property
    def _before(self) -> list[Inspection]:
        """The events before the one under the cursor."""
        if self._timeline is None or self._event is None:
            return []
        now = self._event.inspection.when
        return [event.inspection for event in self._timeline.events if event.inspection.when < now]

    def on_resize(self) -> None:
        """Words where they fit, letters where they do not."""
        if self._timeline and self._timeline.events:
            self._fill()

    def on_table_moved(self, event: Table.Moved) -> None:
        """Another event or strand is under the cursor."""
        event.stop()
        self._tell()
        if self._event is not None:
            self.post_message(self.Selected(inspection=self._event.inspection.id))

    def on_table_chosen(self, event: Table.Chosen) -> None:
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
        place = self.query_one(Table).column - 1
        events = self._timeline.events if self._timeline else ()
        return events[place] if 0 <= place < len(events) else None

    @property
    def _cell(self) -> TimelineCell | None:
        table = self.query_one(Table)
        rows = self._timeline.rows if self._timeline else ()
        return rows[table.row].cells[table.column - 1] if table.row < len(rows) else None

    def _tell(self) -> None:
        """The lines of the event under the cursor, led by the strand under it."""
        event, cell = self._event, self._cell
        if event is not None and self._timeline is not None and self._history is not None:
            strand = self._timeline.rows[self.query_one(Table).row].strand if cell else None
            cohort = cohort_lines(self._history.cohort, "ours")
            lines = [*inspection_lines(event, strand), *cohort, *_succession(self._timeline), *_gaps(self._timeline)]
            self.query_one(LineList).fill(lines)

    def _fill(self) -> None:
        """In words with names in full, as far as all events can so be in view: a wider window never shows fewer."""
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
        cells = [_shown(cell, in_words) for cell in row.cells]
        yield TableLine(f"{row.strand} {row.name}", [Content(row.name), *cells])
    counts = [_count(event, in_words) for event in timeline.events]
    yield TableLine(_IMPROVE, [quiet("To improve"), *counts])


def _shown(cell: TimelineCell, in_words: bool) -> Content:
    """A cell: a grade by shape, word or letter and colour; each way of having no grade looks different."""
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
        yield ListLine(Content.styled("Known to be missing from this history", STRONG), heading=True)
    for gap in timeline.gaps:
        yield ListLine(Content(f"  {gap}"))


def _succession(timeline: Timeline) -> Iterator[ListLine]:
    """Which councils came before and after, whose histories are their own."""
    changed = timeline.authority.changed
    since = f" {changed.year}" if changed else " a day that is not held"
    if timeline.predecessors:
        before = " and ".join(timeline.predecessors)
        yield ListLine(Content(f"A new council since{since}, in place of {before}. a chooses that history."))
    if timeline.successors:
        after = " and ".join(timeline.successors)
        yield ListLine(Content(f"It ended in{since}; its work passed to {after}. a chooses that history."))


def _empty(timeline: Timeline) -> list[ListLine]:
    return [
        ListLine(Content.styled(f"No inspection of {timeline.authority.name} is held.", STRONG)),
        *_succession(timeline),
        ListLine(quiet("Add its reports: press A, or `reinspect add FILE`. a chooses another authority.")),
        *_gaps(timeline),
    ]
