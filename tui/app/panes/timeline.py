"""The Timeline pane: an authority's grades on a time axis, what was asked then and now, and where it stands."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from reinspect.answers import Answer, Library
from reinspect.comparing.crosswalk import crosswalk
from reinspect.comparing.judgements import StrandChange, compare_judgements
from reinspect.comparing.timeline import State, StrandRow, Timeline, TimelineCell, TimelineEvent, none_given
from reinspect.exporting.citation import citation, occasion, origin_of, when
from reinspect.exporting.sheets.labels import counted
from reinspect.model import Evidence, Inspection, Passage, Pin
from tui.app.pane import Pane
from tui.app.panes.asked_lines import asked_lines, may_compare
from tui.app.panes.band_lines import other_band_lines
from tui.app.panes.cohort_lines import ask_with_cohort, cohort_error_lines, cohort_lines
from tui.app.panes.correction import correct
from tui.app.panes.inspection_lines import inspection_lines
from tui.app.panes.member_lines import member_lines
from tui.app.panes.printed_lines import printed_lines
from tui.app.panes.time_axis import chart
from tui.app.widgets.grades import QUIET, STRONG, legend, quiet
from tui.app.widgets.line_list import LineList, ListLine
from tui.app.widgets.panel import set_frame
from tui.app.widgets.table import Table
from tui.selection import Selection

if TYPE_CHECKING:
    from reinspect.answers.follow_through import FollowThroughAnswer
    from reinspect.answers.timeline import TimelineAnswer
    from reinspect.comparing.followthrough.asked_again import AskedAgain

# From these widths on, the lower half has two columns, and three: the printed words come between the others.
_TWO_COLUMNS, _THREE_COLUMNS = 110, 160
_PAUSE = 0.05
_NO_GRADE: dict[State, str] = {
    "graded": "",
    "not judged": "not judged",
    "not held": "not stored",
    "no such strand": "no grade of its own in this inspection",
    "ungraded visit": "no grade, as this is a visit",
}


class TimelineView(msgspec.Struct, frozen=True, kw_only=True):
    """An authority's history, with the selected cohort if there is one, and the id of the selected inspection."""

    answer: TimelineAnswer
    selected: str | None
    cohort_error: str = ""


class _Part(NamedTuple):
    """The title of a panel, and its lines."""

    title: str
    lines: list[ListLine]


class TimelinePane(Pane[TimelineView]):
    """A chart with strands down and time across, and below it the inspection under the cursor and the group."""

    TITLE = "Timeline"
    SHOWS_COHORT = True
    HELP: ClassVar[str] = """
## Timeline
The grades of one authority through time: a row for each strand (a subject that is graded), a column for each inspection
or visit. Left and right choose an inspection or visit, up and down a strand. The last column says how the latest grade
differs from the one before. Below are the details of the inspection under the cursor: what it asked for, compared with
the inspection before, and where the authority stands in its group (f chooses one). Enter opens the page that prints
the grade, c compares with the inspection before, + shows strands of older kinds of inspection that are never compared.
From 160 columns on, what the report says on the strand is shown too.

◆ Outstanding  ● Good  ▲ Requires improvement (A: Adequate)  ■ Inadequate  ┊ visit  ∅ not judged  ? not stored

A visit gives no grades. An empty cell, or ┄: the strand had no grade of its own then. "none": no grade is given
on this any more, and Read with care says why.
"""

    BINDING_GROUP_TITLE = "Timeline"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "compare", "Compare", tooltip="compare with the graded inspection before", id="timeline.compare"),
        Binding(
            "plus,equals_sign",
            "older",
            "Older",
            key_display="+",
            show=False,
            tooltip="show or hide strands of older inspections",
            id="timeline.older",
        ),
        Binding("E", "correct", "Correct", show=False, tooltip="correct a field", id="timeline.correct"),
    ]

    def compose(self) -> ComposeResult:
        """Compose the chart, the legend, and the lines below."""
        yield Table("cell", gap=1, columns_after=1, id="history")
        yield Static(legend(), id="legend", markup=False)
        with Container(classes="side-by-side"):
            yield LineList(id="details")
            printed = LineList(id="printed")
            printed.add_class("-beside")
            printed.display = False
            yield printed
            standing = LineList(id="standing")
            standing.add_class("-beside")
            yield standing

    def on_mount(self) -> None:
        """Show that the store is being opened."""
        self._timeline: Timeline | None = None
        self._view: TimelineView | None = None
        self._followed: FollowThroughAnswer | None = None
        self._shows_older = False
        self._compared: tuple[Inspection, Inspection] | None = None
        self._all_changes: Sequence[StrandChange] = ()
        self._changes: dict[str, StrandChange] = {}
        self._events: Sequence[TimelineEvent] = ()
        self._rows: Sequence[StrandRow] = ()
        # The paragraphs of the text of one inspection, and its id.
        self._passages: tuple[str, Sequence[Passage]] = ("", ())
        set_frame(self.query_one(Table), "Grades")
        set_frame(self._details, "")
        set_frame(self._printed, "")
        set_frame(self._standing, "")
        self._details.fill([ListLine(quiet("Opening the store ..."))])

    @property
    def _details(self) -> LineList:
        return self.query_one("#details", LineList)

    @property
    def _printed(self) -> LineList:
        return self.query_one("#printed", LineList)

    @property
    def _standing(self) -> LineList:
        return self.query_one("#standing", LineList)

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
        under_cursor = self._event
        if self._timeline is None or self._timeline.authority != timeline.authority:
            self._shows_older = False
        self._view, self._timeline, self._followed = view, timeline, None
        self._passages = ("", ())
        self._compared = _latest_two(timeline)
        self._all_changes = compare_judgements(*self._compared) if self._compared else ()
        self._changes = {each.strand_b: each for each in self._all_changes if each.comparable and each.strand_b}
        # A cursor that was moved while the question was being answered stays in its column.
        selected = under_cursor.inspection.id if under_cursor else view.selected
        if not timeline.events:
            self._events, self._rows = (), ()
            self.query_one(Table).fill([], [])
            set_frame(self.query_one(Table), "Grades")
            self._fill_lines(_Part(timeline.authority.name, _empty(timeline)))
            return
        self._fold(selected)
        self._fill()
        columns = {event.inspection.id: column for column, event in enumerate(self._events, 1)}
        graded = [column for column, event in enumerate(self._events, 1) if event.inspection.graded]
        latest = max(graded, default=len(self._events))
        self.query_one(Table).move_cursor(column=columns.get(selected or "", latest))
        self._show_details()
        if any(may_compare(event, _before(timeline, event)) for event in timeline.events):
            slug = timeline.authority.slug
            self.post_message(self.SideQuery(self, lambda library: library.follow(slug), partial(self._follow, slug)))

    def _follow(self, slug: str, followed: FollowThroughAnswer) -> None:
        """Show what comes back from the inspection before."""
        if self._timeline is not None and self._timeline.authority.slug == slug:
            self._followed = followed
            self._show_details()

    def _fold(self, selected: str | None = None) -> None:
        """Choose the events and rows to show: those of older frameworks only if they are asked for or selected."""
        assert self._timeline is not None
        events = self._timeline.events
        kept, rows = self._shown_now(self._timeline)
        is_hidden = selected in {event.inspection.id for event in events} - {
            events[place].inspection.id for place in kept
        }
        if not kept or not rows or is_hidden:
            self._shows_older = True
            kept, rows = self._shown_now(self._timeline)
        self._events = [events[place] for place in kept]
        self._rows = [msgspec.structs.replace(row, cells=tuple(row.cells[place] for place in kept)) for row in rows]

    def _shown_now(self, timeline: Timeline) -> tuple[list[int], list[StrandRow]]:
        """Return the places of the events to show, and the rows."""
        separate = crosswalk().separate
        kept = [
            place
            for place, event in enumerate(timeline.events)
            if self._shows_older or event.inspection.framework not in separate or event.improvements is not None
        ]
        return kept, [row for row in timeline.rows if self._shows_older or not self._is_older(row)]

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
            words = f"To improve: {'not stored' if event.improvements is None else event.improvements}"
            return Pin(kind="row", text=words, citation=self.source(), inspection=inspection.id)
        row = self._rows[self.query_one(Table).row]
        evidence = cell.judgement.evidence if cell.judgement else None
        origin = origin_of(inspection, f"judgement.{row.strand}")
        return Pin(
            kind="row",
            text=f"{row.name}: {cell.word or self._why_no_grade(row, cell)}",
            citation=citation(inspection, timeline.authority.name, evidence, origin),
            inspection=inspection.id,
            evidence=evidence,
        )

    def _why_no_grade(self, row: StrandRow, cell: TimelineCell) -> str:
        """Return why there is no grade under the cursor, with the caveats in full if none is given any more."""
        keys = none_given(row, self._events, self.query_one(Table).column - 1)
        caveats = "; ".join(f"{key}: {crosswalk().caveats[key]}" for key in keys)
        return f"none given ({caveats})" if caveats else _NO_GRADE[cell.state]

    def source(self) -> str:
        """Return the citation of the inspection under the cursor."""
        if self._timeline is None or self._event is None:
            return self.TITLE
        return citation(self._event.inspection, self._timeline.authority.name)

    def disabled_reason(self, action: str) -> str | None:
        """Return why there is no inspection for a key to work on, or no earlier one to compare it with."""
        if self._event is None:
            return "No inspection is under the cursor: a chooses another authority, A adds files."
        if action == "older" and not self._older:
            return "There are no strands of older inspections here."
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

    def action_older(self) -> None:
        """Show or hide the strands and inspections of older frameworks."""
        if self.check("older") and self._timeline is not None:
            selected = self._event.inspection.id if self._event else None
            self._shows_older = not self._shows_older
            self._fold()
            self._fill()
            columns = {event.inspection.id: column for column, event in enumerate(self._events, 1)}
            self.query_one(Table).move_cursor(column=columns.get(selected or "", len(self._events)))
            self._show_details()

    @property
    def _older(self) -> int:
        """The number of strands of older frameworks."""
        return sum(map(self._is_older, self._timeline.rows)) if self._timeline else 0

    def _is_older(self, row: StrandRow) -> bool:
        """Return whether a row is of a framework that is never compared, or was not judged in the latest two."""
        if row.history or self._timeline is None:
            return row.history
        latest = self._compared
        ids = {inspection.id for inspection in latest} if latest else set()
        cells = [
            cell
            for cell, event in zip(row.cells, self._timeline.events, strict=True)
            if not ids or event.inspection.id in ids
        ]
        return all(cell.state in ("no such strand", "ungraded visit") for cell in cells)

    @property
    def _before(self) -> list[Inspection]:
        """Return the inspections before the one under the cursor."""
        if self._timeline is None or self._event is None:
            return []
        return _before(self._timeline, self._event)

    def on_resize(self) -> None:
        """Fit the legend, the chart and the lines below it into the new width."""
        self._show_legend("")
        if self._timeline and self._timeline.events:
            self._fill()
            self.call_after_refresh(self._fill)
            self._show_details()

    def on_table_cell_moved(self, event: Table.CellMoved) -> None:
        """Show the details of the cell under the cursor, and select its inspection."""
        event.stop()
        self._show_details()
        if self._event is not None:
            self.post_message(self.Selected(inspection=self._event.inspection.id))

    def on_table_cell_chosen(self, event: Table.CellChosen) -> None:
        """Open the page that prints the grade or the first improvement, else the first page; or say what is missing."""
        event.stop()
        if self._event is None:
            return
        cell, inspection = self._cell, self._event.inspection
        evidence = _evidence_of(inspection, cell)
        if evidence is None and cell is not None and cell.state == "ungraded visit":
            self.post_message(self.Notify("A visit gives no grades. Its letter has not been added yet: A adds it."))
        else:
            self.post_message(self.OpenSource(evidence))

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Open the page that prints the line."""
        event.stop()
        self.open_source(event.line)

    @property
    def _event(self) -> TimelineEvent | None:
        index = self.query_one(Table).column - 1
        return self._events[index] if 0 <= index < len(self._events) else None

    @property
    def _cell(self) -> TimelineCell | None:
        table = self.query_one(Table)
        return self._rows[table.row].cells[table.column - 1] if table.row < len(self._rows) else None

    def _show_details(self) -> None:
        """Show the lines on the inspection under the cursor, and on the group and the caveats."""
        event, cell, timeline = self._event, self._cell, self._timeline
        if event is None or timeline is None or self._view is None:
            return
        strand = self._rows[self.query_one(Table).row].strand if cell else None
        inspection = event.inspection
        kind = occasion(inspection)
        asked = self._asked(event)
        lines = list(inspection_lines(event, strand, list(asked_lines(asked)) if asked else None))
        grades = next(iter(self._view.answer.cohort_grades), None)
        about = f"{kind[:1].upper()}{kind[1:]} {inspection.year or ''}".strip()
        about = f"{asked.earlier.year} → {asked.later.year}: what was asked" if asked else about
        group = [
            *cohort_error_lines(self._view.cohort_error),
            *cohort_lines(grades, timeline.authority.name, self.size.width),
        ]
        care = list(_caveats(self._all_changes))
        rest = [*other_band_lines(timeline), *_succession(timeline), *_gaps(timeline)]
        if self._has_three_columns:
            rest += member_lines(grades, strand)
        if self.size.width >= _TWO_COLUMNS:
            rest += _not_added(timeline)
        titles = {f"Where {timeline.authority.name} stands": group, "Read with care": care, "Also known": rest}
        title = next((title for title, own in titles.items() if own), "No group")
        self._fill_lines(_Part(about, lines), _Part(title, [*group, *care, *rest, *([] if group else _no_group())]))
        self._show_printed(inspection, strand)

    @property
    def _has_three_columns(self) -> bool:
        return self.size.width >= _THREE_COLUMNS

    def _show_printed(self, inspection: Inspection, strand: str | None) -> None:
        """Show the words that the text of an inspection has on a strand, in a very wide window."""
        text = inspection.primary_text
        self._printed.display = self._has_three_columns and text is not None
        if not self._printed.display or text is None:
            return
        identifier, passages = self._passages
        if identifier == inspection.id:
            title, lines = printed_lines(passages, inspection, strand)
            set_frame(self._printed, title, "⏎ page  p pin")
            self._printed.refill(lines)
            return

        def show(passages: Sequence[Passage]) -> None:
            self._passages = inspection.id, passages
            if self._event is not None and self._event.inspection.id == inspection.id:
                self._show_details()

        ask = partial(_passages_of, text)
        self.post_message(self.SideQuery(self, ask, show, _PAUSE, subject="printed words"))

    def _fill_lines(self, first: _Part, second: _Part | None = None) -> None:
        """Show two lists side by side in a wide window, else one below the other; the group comes first then."""
        has_two = self.size.width >= _TWO_COLUMNS and second is not None
        self._standing.display = has_two
        title, lines = first
        if second is not None and has_two:
            first_line = second.lines[0]
            # The title says it already.
            says_title = first_line.heading and first_line.content.plain == second.title
            self._standing.refill(second.lines[1:] if says_title else second.lines)
            set_frame(self._standing, second.title, "f group")
        elif second is not None:
            has_group = bool(self._view and (self._view.answer.cohort_grades or self._view.cohort_error))
            lines = [*lines[:1], *second.lines, *lines[1:]] if has_group else [*lines, *second.lines]
            title = f"Where it stands; {title}" if has_group else title
        keys = "⏎ page  c compare" if self._before else "⏎ page"
        set_frame(self._details, title, keys, shorter=["Where it stands, and what was asked", "Where it stands"])
        self._details.refill(lines)

    def _asked(self, event: TimelineEvent) -> AskedAgain | None:
        """Return what this inspection and the one before asked for, once that is known."""
        earlier = may_compare(event, self._before)
        if self._followed is None or earlier is None:
            return None
        from reinspect.comparing.followthrough.asked_again import asked_again

        return asked_again(self._followed.threads, earlier, event.inspection)

    def _show_legend(self, drawn: str) -> None:
        """Say what the signs mean, above all those that are drawn."""
        self.query_one("#legend", Static).update(legend(self.size.width - 4, drawn))

    def _fill(self) -> None:
        """Draw the chart into the present width; nothing if the history has no event of social care by now."""
        if not self._events:
            return
        table, older = self.query_one(Table), self._older
        room = table.scrollable_content_region.width or self.size.width
        columns, lines = chart(self._events, self._rows, self._changes, self._compared, room)
        table.fill(columns, lines)
        self._show_legend("\n".join(cell.plain for line in lines for cell in line.cells[1:-1]))
        first, last = self._events[0].inspection.year, self._events[-1].inspection.year
        folded = f"  + {'hide ' if self._shows_older else ''}{counted(older, 'older strand')}" if older else ""
        set_frame(
            table,
            f"Grades, {first} to {last}" if first != last else f"Grades, {first}",
            f"←→ inspection  ⏎ page{folded}",
        )


def _evidence_of(inspection: Inspection, cell: TimelineCell | None) -> Evidence | None:
    """Return where a grade or, without a cell, the first improvement is printed; else the first page of the text."""
    if cell is None:
        asked = [*inspection.priority_actions, *inspection.improvements]
        printed = next((one.evidence for one in asked if one.evidence), None)
    else:
        printed = cell.judgement.evidence if cell.judgement else None
    text = inspection.primary_text
    return printed or (Evidence(document=text, page=1, start=0, end=0) if text else None)


def _latest_two(timeline: Timeline) -> tuple[Inspection, Inspection] | None:
    """Return the latest two graded inspections that may be compared, or None."""
    separate = crosswalk().separate
    graded = [event.inspection for event in timeline.events if event.inspection.graded]
    graded = [each for each in graded if each.framework not in separate and each.judgement("leaders")]
    return (graded[-2], graded[-1]) if len(graded) > 1 else None


def _before(timeline: Timeline, event: TimelineEvent) -> list[Inspection]:
    return [other.inspection for other in timeline.events if other.inspection.when < event.inspection.when]


def _passages_of(text: str, library: Library) -> Sequence[Passage]:
    return library.holdings.passages(text)


def _caveats(changes: Sequence[StrandChange]) -> Iterator[ListLine]:
    """Return the caveats on the changes since the last inspection, and on what cannot be compared, in full."""
    texts = crosswalk().caveats
    strands: dict[str, list[str]] = {}
    for change in changes:
        for key in change.caveats:
            strands.setdefault(key, []).append(change.name)
    if strands:
        yield ListLine(Content.styled("Read with care", STRONG), heading=True)
    for key, names in strands.items():
        words = Content.assemble((f"  {key}  ", "bold $accent"), texts[key], (f"  ({', '.join(names)})", QUIET))
        yield ListLine(words, hanging=len(key) + 4)


def _no_group() -> list[ListLine]:
    return [ListLine(quiet("f compares these grades with a group: statistical neighbours, a region, or others."))]


def _gaps(timeline: Timeline) -> Iterator[ListLine]:
    if timeline.gaps:
        yield ListLine(Content.styled("Missing from this history", STRONG), heading=True)
    for gap in timeline.gaps:
        yield ListLine(Content(f"  {gap}"))


def _not_added(timeline: Timeline) -> Iterator[ListLine]:
    """Return a line for each inspection without a stored text; older ones that are never compared do not count."""
    events = [*timeline.events, *(event for band in timeline.other_bands for event in band.events)]
    missing = [
        event.inspection
        for event in events
        if event.inspection.primary_text is None and event.inspection.framework not in crosswalk().separate
    ]
    if missing:
        heading = f"{counted(len(missing), 'report')} not added yet (D downloads, A adds files)"
        yield ListLine(Content.styled(heading, STRONG), heading=True)
    for inspection in missing:
        source = citation(inspection, timeline.authority.name)
        yield ListLine(Content.assemble(f"  {occasion(inspection)}", (f"  {when(inspection)}", QUIET)), citation=source)


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
        ListLine(
            quiet("A adds its reports from files, D downloads those with a known address. a chooses another authority.")
        ),
        *other_band_lines(timeline),
        *_gaps(timeline),
    ]
