"""Timeline: an authority's inspections and visits in the order of time, strand by strand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize

from reinspect.comparing.timeline import Event, Timeline, TimelineCell
from reinspect.exporting.citation import occasion
from reinspect.exporting.sheet import Sheet
from reinspect.frameworks import frameworks
from tui.library import Library
from tui.panes.event_lines import event_lines
from tui.panes.pane import Pane
from tui.selection import Selection
from tui.widgets.cited import Cited, Line
from tui.widgets.grades import STRONG, graded, quiet
from tui.widgets.table import Column, Row, Table

_WORDS_WIDTH = 15
_LETTER_WIDTH = 6
_NAME_WIDTH = 20
_UNGRADED = {"not judged": "∅ not judged", "not held": "? not held", "no such strand": "", "ungraded visit": "○"}
_IMPROVE = "improve"


class History(msgspec.Struct, frozen=True, kw_only=True):
    """An authority's history, and the id of the inspection that is selected in it."""

    timeline: Timeline
    chosen: str | None


class TimelinePane(Pane[History]):
    """Strands down, events across, the newest in view; below, all that is held of the event under the cursor."""

    TITLE = "Timeline"
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
    ]

    def compose(self) -> ComposeResult:
        """The table over its lines."""
        yield Table("cell", id="history")
        yield Cited(id="event")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self._timeline: Timeline | None = None
        self._in_words = True
        self.query_one(Cited).fill([Line(quiet("Opening the store ..."))])

    def ask(self, library: Library, selection: Selection) -> History:
        """The authority's history."""
        assert selection.authority is not None
        return History(timeline=library.timeline(selection.authority), chosen=selection.inspection)

    def show(self, answer: History) -> None:
        """Show a history, the cursor on the inspection that is selected, else on the latest graded one."""
        events, under = answer.timeline.events, self._event
        self._timeline = answer.timeline
        if not events:
            self.query_one(Table).fill([], [])
            self.query_one(Cited).fill(_empty(answer.timeline))
            return
        self._fill(self.size.width)
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
        from reinspect.exporting.sheets import timeline_sheet

        return timeline_sheet(self._timeline) if self._timeline else None

    def action_compare(self) -> None:
        """Set the event under the cursor beside the graded one before it."""
        if self._timeline is None or self._event is None:
            return
        b = self._event.inspection
        before = [event.inspection for event in self._timeline.events if event.inspection.when < b.when]
        graded = [inspection for inspection in before if inspection.graded]
        if before:
            self.post_message(self.Selected(a=(graded or before)[-1].id, b=b.id, then="Compare"))

    def on_resize(self, event: Resize) -> None:
        """Words where they fit, letters where they do not."""
        if self._timeline and self._timeline.events and self._fits_words(event.size.width) != self._in_words:
            self._fill(event.size.width)

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
        self.post_message(self.SourceWanted(cell.judgement.evidence if cell and cell.judgement else None))

    def on_cited_chosen(self, event: Cited.Chosen) -> None:
        """Open the page that prints the line."""
        event.stop()
        self.post_message(self.SourceWanted(event.line.evidence))

    @property
    def _event(self) -> Event | None:
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
        if event is not None and self._timeline is not None:
            strand = self._timeline.rows[self.query_one(Table).row].strand if cell else None
            self.query_one(Cited).fill(list(event_lines(event, strand)))

    def _fits_words(self, width: int) -> bool:
        events = len(self._timeline.events) if self._timeline else 0
        return width >= 100 or width >= _NAME_WIDTH + 2 + events * (_WORDS_WIDTH + 2)

    def _fill(self, width: int) -> None:
        assert self._timeline is not None
        self._in_words = self._fits_words(width)
        self.query_one(Table).fill(
            list(_columns(self._timeline, self._in_words)), list(_rows(self._timeline, self._in_words))
        )


def _columns(timeline: Timeline, in_words: bool) -> Iterator[Column]:
    yield Column("strand", Content(""), None if in_words else _NAME_WIDTH)
    for event in timeline.events:
        inspection = event.inspection
        kind = event.framework if in_words else _kind(event)
        label = Content.assemble((str(inspection.year or "no date"), STRONG), "\n", kind)
        yield Column(inspection.id, label, _WORDS_WIDTH if in_words else _LETTER_WIDTH)


def _kind(event: Event) -> str:
    """The event's framework in one short word."""
    known = frameworks().get(event.inspection.framework)
    if known is not None and not known.graded:
        return "visit"
    return occasion(event.inspection).split()[0]


def _rows(timeline: Timeline, in_words: bool) -> Iterator[Row]:
    for row in timeline.rows:
        cells = [_shown(cell, in_words) for cell in row.cells]
        yield Row(f"{row.strand} {row.name}", [Content(row.name), *cells])
    counts = [_count(event, in_words) for event in timeline.events]
    yield Row(_IMPROVE, [quiet("To improve"), *counts])


def _shown(cell: TimelineCell, in_words: bool) -> Content:
    """A cell: a grade by shape, word or letter and colour; each way of having no grade looks different."""
    if cell.state == "graded":
        return graded(cell.word if in_words else cell.letter, cell.shape, cell.rung, short=True)
    sign = _UNGRADED[cell.state]
    return quiet(sign if in_words else sign[:1])


def _count(event: Event, in_words: bool) -> Content:
    if event.improvements is None:
        return quiet("? not held" if in_words else "?")
    return Content(str(event.improvements + (event.priority_actions or 0)))


def _empty(timeline: Timeline) -> list[Line]:
    authority = timeline.authority
    lines = [Line(Content.styled(f"No inspection of {authority.name} is held.", STRONG))]
    if authority.successors:
        ended = f" in {authority.changed.year}" if authority.changed else ""
        names = ", ".join(slug.replace("-", " ") for slug in authority.successors)
        lines.append(Line(Content(f"It ended{ended}; its work passed to {names}.")))
    lines.append(Line(quiet("Add its reports: press A, or `reinspect add FILE`. a chooses another authority.")))
    return lines
