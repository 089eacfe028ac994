"""The Authorities pane: the latest grades of every authority, one row each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import Any, ClassVar

import msgspec
from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Input, Static

from reinspect.answers import Answer, Library
from reinspect.answers.latest_grades import LatestGradesAnswer
from reinspect.answers.movers import MoversAnswer
from reinspect.authorities import Authorities, authorities
from reinspect.comparing.cohorts.cohort import CohortError, EmptyCohortError
from reinspect.comparing.latest_grades import LatestGrades, matching_name, similar_name
from reinspect.exporting.citation import citation
from reinspect.exporting.sheets.latest_grades import STRAND_LABELS, latest_grades_words, name_with_end
from reinspect.exporting.sheets.movers import move_words
from reinspect.frameworks import frameworks
from reinspect.model import Inspection, Pin
from tui.app.head_facts import group_in_words
from tui.app.pane import Pane
from tui.app.panes.authority_lines import AuthorityPreview, authority_lines, preview_authority
from tui.app.panes.inspection_lines import month_of
from tui.app.panes.movers_table import ORDERS, in_order, movers_table, movers_titles
from tui.app.panes.themes import ThemesPanel
from tui.app.panes.themes_table import ThemesView, ask_themes
from tui.app.widgets.grades import STRONG, grade_letter, grade_style, quiet
from tui.app.widgets.line_list import LineList
from tui.app.widgets.panel import set_frame
from tui.app.widgets.search_box import SearchBox
from tui.app.widgets.table import Table, TableColumn, TableLine
from tui.selection import Selection

_STRANDS = {
    "overall": "Over",
    "leaders": "Lead",
    "help": "Help",
    "care": "Care",
    "leavers": "Leav",
    "care_and_leavers": "C+L",
}
_NAME_WIDTH, _LEAST_NAME_WIDTH, _GAP = 20, 17, 2
# The room that all columns but the region need, with names of the usual width.
_SPACED_ROOM = 80
_PAUSE, _PREVIEW_PAUSE = 0.12, 0.05
# From this width on, the history of the authority under the cursor is beside the list.
_WITH_PREVIEW = 160
_MOVED = "moved:"
_DEFAULT_MOVE = "moved:overall=inadequate>good"
_HISTORY = 5
_SELECTED_MARK = "▸"
_SORT_KEYS: dict[str, Callable[[LatestGrades], Any]] = {
    "name": lambda grades: grades.authority.name,
    "longest since inspected": lambda grades: grades.latest.when if grades.latest else "9",
    "leaders": lambda grades: grades.rung("leaders"),
    "overall": lambda grades: grades.rung("overall"),
    "region": lambda grades: grades.authority.region or "~",
}


class AuthoritiesView(msgspec.Struct, frozen=True, kw_only=True):
    """The latest grades of all authorities, the selected authority, and the members of the typed or selected cohort.

    `members` is None if there is no cohort, and `cohort_words` describes it. `compared` is the selected authority if it
    is listed together with a cohort that it does not belong to. `cohort_error` is the reason why a typed cohort is not
    valid. `known` finds authorities whose names are misspelt. `movers` are those that moved from one grade to another,
    if that is asked for; `movers_limit` says in words to which names or group they are limited. `themes` are what
    inspections ask to improve, if that is asked for. `expression` is the group or the move as it may be typed, empty
    if all authorities are listed. `nobody` says in a sentence that no authority made a move, and what to press.
    """

    rows: list[LatestGrades]
    selected: str | None
    known: Authorities | None = None
    members: tuple[str, ...] | None = None
    compared: str | None = None
    cohort_words: str = ""
    cohort_error: str = ""
    movers: MoversAnswer | None = None
    movers_limit: str = ""
    themes: ThemesView | None = None
    expression: str = ""
    nobody: str = ""


_LATEST = "; latest grades"
_ASKS_FOR_AUTHORITIES = "/ filters: name, moved:help=ri>good, grade:help=good"
_ASKS_FOR_THEMES = "/ filters: a word of a theme, or a group: region:London since:2020"


class AuthoritiesPane(Pane[AuthoritiesView]):
    """A table of all authorities that can be sorted, and filtered by typing."""

    TITLE = "Authorities"
    SHOWS_COHORT = True
    HELP: ClassVar[str] = """
## Authorities
One row for each authority: the grades of its latest graded inspection, its overall grades over time (oldest first),
when it was last graded and how long ago. ▸ marks the selected authority. Enter shows its timeline, o changes the order.
/ filters by name or region, even misspelt, or by a group: neighbours:camden, region:London,South East,
grade:help=good. f chooses a group for all panes; the list then shows its members and the selected authority.
From 160 columns on, the history of the authority under the cursor is shown beside the list.

m shows who ever moved from one grade to another: from inadequate to good or better overall, or what you type after /,
such as moved:help=ri>good since:2020 region:London. Each row shows the grades on a time line, how long it took, and the
grades between; o sorts by name, time taken or date, Y copies the table (as Markdown, if you choose that). d compares
the phrases of their texts before and after the move; with a group listed, those of the group and of all others.

t shows what inspections ask to improve, by theme: how many ask for it, their share, a bar for each year with at least 5
inspections, ↑ rising or ↓ falling in the last three years, and how often the selected authority was asked (+ more often
than the others, never where the others were). Enter goes to the items of a theme, and Enter there to the page. r
follows a theme through all later texts: how long it takes until one firmly reports better, and who was reported better,
statistical neighbours of the selected authority first. E corrects what an improvement is about. / filters by name or
takes a group, such as region:London since:2020.

O outstanding, G good, R requires improvement, I inadequate, – none. Until 2022 children in care and care leavers shared
one grade: C+L. Since April 2026 no overall grade is given, and none is worked out here.
"""
    BINDING_GROUP_TITLE = "Authorities"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "sort", "Order", tooltip="change the order", id="authorities.sort"),
        Binding("m", "movers", "Movers", tooltip="show who moved from one grade to another", id="authorities.movers"),
        Binding("t", "themes", "Themes", tooltip="show what inspections ask to improve", id="authorities.themes"),
        Binding(
            "d",
            "differences",
            "Phrases",
            tooltip="phrases before and after the moves, or of a group and all others",
            id="authorities.differences",
        ),
        Binding(
            "escape",
            "back",
            "Back",
            show=False,
            tooltip="back to the table, or to the list of all authorities",
            id="authorities.back",
        ),
    ]

    def __init__(self, today: date | None = None) -> None:
        super().__init__()
        self._today = today or date.today()
        self._view = AuthoritiesView(rows=[], selected=None)
        self._lines: dict[str, TableLine] = {}
        self._listed: list[LatestGrades] = []
        self._sort_key, self._order_words = "name", ""
        # In a narrow window the letters of the history are set without spaces.
        self._is_close = False
        self._shows_movers = self._shows_themes = False
        self._movers_order = next(iter(ORDERS))
        # The authority whose history is shown beside the list.
        self._previewed: str | None = None

    def compose(self) -> ComposeResult:
        """Compose the filter box, a summary line, the table and, in a wide window, a preview of the authority."""
        yield SearchBox(placeholder=_ASKS_FOR_AUTHORITIES, id="filter")
        yield Static("", id="summary", markup=False)
        with Container(id="list-and-preview", classes="side-by-side"):
            yield Table(id="grades")
            preview = LineList(id="preview-of-authority")
            preview.display = False
            yield preview
        panel = ThemesPanel(self)
        panel.display = False
        yield panel

    def depends_on(self, selection: Selection) -> Hashable:
        """Return the authority, which is marked, and the cohort, whose members are listed."""
        return (selection.authority, selection.cohort)

    def ask(self, library: Library, selection: Selection) -> AuthoritiesView:
        """Get the latest grades of all authorities, and the members of the cohort if there is one."""
        selected = selection.authority
        if self._shows_themes:
            return self._ask_themes(library, selection)
        if self._shows_movers or _MOVED in self._typed:
            return self._ask_movers(library, selection)
        view = AuthoritiesView(rows=list(library.latest_grades().rows), selected=selected, known=authorities())
        typed = self._typed
        expression = typed if ":" in typed else selection.cohort
        if not expression:
            return view
        try:
            cohort = library.cohort(expression)
        except CohortError as error:
            return replace(view, cohort_error=str(error))
        compared = None if expression is typed or selected in cohort.authorities else selected
        return replace(
            view, members=cohort.authorities, compared=compared, cohort_words=cohort.words, expression=expression
        )

    def _ask_themes(self, library: Library, selection: Selection) -> AuthoritiesView:
        """Get what inspections ask to improve, of a typed group, of the selected group or of everybody."""
        view = AuthoritiesView(rows=[], selected=selection.authority)
        try:
            return replace(view, themes=ask_themes(library, selection, self._typed))
        except CohortError as error:
            return replace(view, cohort_error=str(error))

    def _ask_movers(self, library: Library, selection: Selection) -> AuthoritiesView:
        """Get who moved, as typed or from inadequate to good overall, within the group or with the typed name."""
        view = AuthoritiesView(rows=[], selected=selection.authority, known=authorities())
        is_expression = ":" in self._typed
        group, name = ("", "") if is_expression else (selection.cohort or "", self._typed)
        limits = self._typed if is_expression else group
        expression = limits if _MOVED in limits else f"{_DEFAULT_MOVE} {limits}".strip()
        try:
            movers = library.movers_as_typed(expression)
        except EmptyCohortError:
            return replace(view, nobody=_nobody_words(library, expression, group))
        except CohortError as error:
            return replace(view, cohort_error=str(error))
        if name:
            movers = replace(movers, movers=tuple(matching_name(movers.movers, name)))
        if not movers.movers:
            return replace(view, nobody=f'No mover is called "{name}". / changes the name, m lists all authorities.')
        words = [group_in_words(library, group)] if group else []
        view = replace(view, expression=expression)
        return replace(view, movers=movers, movers_limit=", ".join([*words, *([f"names with {name}"] if name else [])]))

    def show(self, view: AuthoritiesView) -> None:
        """Show the grades, with the cursor on the selected authority."""
        self._view, self._previewed = view, None
        self._swap(view.themes is not None)
        if view.themes is not None:
            self._panel.show(view.themes, self._typed)
            return
        self._make_lines()
        self._fill(view.selected)

    def _make_lines(self) -> None:
        self._lines = {row.authority.slug: TableLine(row.authority.slug, self._cells(row)) for row in self._view.rows}

    def take_focus(self) -> None:
        """Focus the table."""
        if self._panel.display:
            self._panel.take_focus()
        else:
            self.screen.set_focus(self._table)

    def start_search(self) -> bool:
        """Focus the filter box."""
        self.screen.set_focus(self.query_one(Input))
        return True

    def answer(self) -> Answer | None:
        """Return the table as filtered and sorted, the movers, or the themes."""
        if self._view.themes is not None:
            return self._panel.answer()
        if self._view.movers is not None:
            return replace(in_order(self._view.movers, self._movers_order), limit=self._view.movers_limit)
        if not self._view.rows:
            return None
        is_name = self._typed and ":" not in self._typed and self._order_words.startswith("by ")
        typed = f'; with "{self._typed}" in the name or region' if is_name else ""
        return LatestGradesAnswer(rows=tuple(self._listed), description=f"{self._summary()}{typed}")

    def row(self) -> Pin | None:
        """Return the authority under the cursor with its latest grades, or with its move."""
        if self._view.themes is not None:
            return self._panel.row()
        slug = self._table.row_key
        if self._view.movers is not None:
            return self._moved_row(slug)
        grades = next((row for row in self._view.rows if row.authority.slug == slug), None)
        if grades is None or grades.latest is None:
            return None
        words = latest_grades_words(grades)
        labelled = [
            f"{label} {grade}" for label, grade in zip(STRAND_LABELS.values(), words[1:], strict=False) if grade
        ]
        source = citation(grades.latest, grades.authority.name)
        return Pin(kind="row", text=f"{words[0]}: {', '.join(labelled)}", citation=source, inspection=grades.latest.id)

    def _moved_row(self, slug: str | None) -> Pin | None:
        """Return the move under the cursor in words."""
        mover = (
            next((one for one in self._view.movers.movers if one.authority.slug == slug), None)
            if (self._view.movers)
            else None
        )
        if mover is None:
            return None
        name, start, end, time, between = move_words(mover.authority.name, mover.move)
        way = between if between == "directly" else f"by way of {between}"
        move = mover.move
        ends = (step.inspection for step in (move.start, move.end))
        return Pin(
            kind="row",
            text=f"{name}: {start}, to {end}: {time}, {way}",
            citation="; ".join(citation(inspection, mover.authority.name) for inspection in ends),
            inspection=move.end.inspection.id,
        )

    def action_sort(self) -> None:
        """Sort by the next key: name, time since the inspection, grade, region; movers by name, time taken, date."""
        if self._view.movers is not None:
            orders = list(ORDERS)
            self._movers_order = orders[(orders.index(self._movers_order) + 1) % len(orders)]
        else:
            keys = list(_SORT_KEYS)
            self._sort_key = keys[(keys.index(self._sort_key) + 1) % len(keys)]
        self._fill()

    def action_movers(self) -> None:
        """Show who moved from one grade to another, or all authorities again."""
        is_typed = _MOVED in self._typed
        self._shows_movers, self._shows_themes = not (self._shows_movers or is_typed), False
        if is_typed:
            self.query_one(Input).value = ""
        self.post_message(self.QueryChanged(self))

    def action_themes(self) -> None:
        """Show what inspections ask to improve, or all authorities again; a group that was typed stays."""
        self._shows_movers, self._shows_themes = False, not self._shows_themes
        if ":" not in self._typed or _MOVED in self._typed:
            self.query_one(Input).value = ""
        self.post_message(self.QueryChanged(self))

    def action_back(self) -> None:
        """Go back: from the lines of a theme to the table, from themes, movers or a filter to the whole list."""
        if self._is_in_lines:
            self.take_focus()
            return
        self._shows_movers = self._shows_themes = False
        self.query_one(Input).value = ""
        self.post_message(self.QueryChanged(self))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Return True for Esc while there is something to go back to in the pane."""
        return action != "back" or bool(self._shows_movers or self._shows_themes or self._typed or self._is_in_lines)

    @property
    def _is_in_lines(self) -> bool:
        return isinstance(self.screen.focused, LineList)

    def belongs_in_footer(self, action: str) -> bool:
        """Return False for comparing phrases while the themes are shown."""
        return action != "differences" or self._view.themes is None

    def disabled_reason(self, action: str) -> str | None:
        """Return why no phrases can be compared."""
        if action == "differences" and not self._view.expression:
            return "Phrases are compared for movers (m) or for a group: f chooses one, or type it after /."
        if action == "differences" and self._view.movers is not None and not self._view.movers.movers:
            return "Nobody made this move, so there are no phrases to compare."
        return None

    def action_differences(self) -> None:
        """Show the phrases that differ before and after the moves, or between the group and all others."""
        if self.check("differences"):
            movers = self._view.movers.movers if self._view.movers else ()
            slugs = tuple(dict.fromkeys(mover.authority.slug for mover in movers))
            self.post_message(self.ContrastAsked(self._view.expression, slugs))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as the text is typed; a cohort is looked up in a thread."""
        event.stop()
        themes = self._view.themes
        if themes is not None and ":" not in event.value and not themes.typed:
            self._panel.show(themes, event.value)
            return
        is_looked_up = self._view.members is not None or self._view.cohort_error or self._view.movers or themes
        if ":" in event.value or is_looked_up:
            self.post_message(self.QueryChanged(self, _PAUSE))
        else:
            self._fill()

    def on_table_width_changed(self, event: Table.WidthChanged) -> None:
        """Fit the columns into the new width, also when the preview comes or goes."""
        event.stop()
        self._set_rows()

    def on_table_cell_moved(self, event: Table.CellMoved) -> None:
        """Show the history of the authority under the cursor beside the list."""
        event.stop()
        self._show_preview()

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Open the report, or the page that prints the line."""
        event.stop()
        self.open_source(event.line)

    def on_table_cell_chosen(self, event: Table.CellChosen) -> None:
        """Show the authority's timeline."""
        event.stop()
        self.post_message(self.Selected(authority=event.table.row_key, then="Timeline"))

    def on_resize(self) -> None:
        """Fit the widths of the columns into the new width."""
        self._show_preview()
        self.call_after_refresh(self._set_rows)

    @property
    def _table(self) -> Table:
        return self.query_one("#grades", Table)

    @property
    def _preview(self) -> LineList:
        return self.query_one("#preview-of-authority", LineList)

    def _show_preview(self) -> None:
        """Show the history of the authority under the cursor, if the list is shown and there is room."""
        slug = self._table.row_key
        is_list = self._view.movers is None and self._view.themes is None and bool(self._listed)
        self._preview.display = is_list and self.size.width >= _WITH_PREVIEW
        if not self._preview.display or slug is None or slug == self._previewed:
            return
        self._previewed = slug

        def show(preview: AuthorityPreview) -> None:
            if self._previewed == slug:
                authority = preview.timeline.authority
                region = f" · {authority.region}" if authority.region else ""
                set_frame(self._preview, f"{authority.name}{region}", "⏎ page  p pin", shorter=[authority.name])
                self._preview.refill(list(authority_lines(preview, _STRANDS)))

        def ask(library: Library) -> AuthorityPreview:
            return preview_authority(library, slug)

        self.post_message(self.SideQuery(self, ask, show, _PREVIEW_PAUSE, subject="preview"))

    @property
    def _panel(self) -> ThemesPanel:
        return self.query_one(ThemesPanel)

    def _swap(self, to_themes: bool) -> None:
        """Show the themes in place of the table, or the reverse, and move the focus along."""
        if self._panel.display == to_themes:
            return
        of_list = self.query_one("#list-and-preview", Container)
        hidden = of_list if to_themes else self._panel
        had_focus = self.screen.focused is not None and hidden in self.screen.focused.ancestors_with_self
        self._panel.display, of_list.display = to_themes, not to_themes
        self.query_one(Input).placeholder = _ASKS_FOR_THEMES if to_themes else _ASKS_FOR_AUTHORITIES
        self.refresh_bindings()
        self.query_one("#summary", Static).display = False
        if had_focus:
            self.take_focus()

    @property
    def _typed(self) -> str:
        return self.query_one(Input).value.strip()

    def _fill(self, cursor_on: str | None = None) -> None:
        """Show the authorities that match the typed filter, sorted."""
        if self._view.movers is None:
            self._apply_filter()
        self._set_rows()
        slugs = [] if self._view.movers else [grades.authority.slug for grades in self._listed]
        self._table.move_cursor(row=slugs.index(cursor_on) if cursor_on in slugs else 0)
        summary = self.query_one("#summary", Static)
        error, nobody = self._view.cohort_error, self._view.nobody or self._nobody_called()
        summary.display = bool(error or nobody)
        summary.update(Content.styled(error, "$text-warning") if error else Content(nobody))
        self._show_preview()

    def _set_rows(self) -> None:
        if self._view.themes is not None:
            return
        table = self._table
        keys = (
            "d phrases before, after  o order  m all  ⏎ timeline"
            if self._view.movers
            else "o order  m movers  t themes  ⏎ timeline"
        )
        if self._view.movers is not None:
            columns, moved = movers_table(
                self._view.movers, self._movers_order, table.scrollable_content_region.width or self.size.width
            )
            table.fill(columns, moved)
            title, *shorter = movers_titles(self._view.movers, self._view.movers_limit, self._movers_order)
            set_frame(table, title, f"{keys}  Y copy", shorter=shorter)
            return
        if not self._view.rows:
            table.fill([], [])
            set_frame(table, *(("Themes", "t authorities") if self._shows_themes else ("Movers", "m authorities")))
            return
        summary = self._summary()
        group = f" ({self._view.cohort_words})" if self._view.cohort_words else ""
        in_group = [self._number(group), self._number(group, and_compared=False)] if group else []
        shorter = [summary.removesuffix(_LATEST), *in_group, self._summary(names_group=False), self._number()]
        set_frame(table, summary, keys, shorter=shorter)
        is_close = table.scrollable_content_region.width < _SPACED_ROOM
        if is_close != self._is_close:
            self._is_close = is_close
            self._make_lines()
        rows = [self._lines[grades.authority.slug] for grades in self._listed]
        table.fill(self._columns(table.scrollable_content_region.width), rows)

    def _apply_filter(self) -> None:
        """List the rows of the cohort whose name or region matches; if none does, list similar names instead."""
        view, typed = self._view, self._typed
        rows = view.rows
        if view.members is not None:
            rows = [row for row in rows if row.authority.slug in {*view.members, view.compared}]
        matches = matching_name(rows, "" if ":" in typed else typed)
        self._listed, self._order_words = sorted(matches, key=_SORT_KEYS[self._sort_key]), f"by {self._sort_key}"
        if not matches and view.known is not None:
            self._listed = similar_name(rows, typed, view.known)
            self._order_words = f"with names similar to {typed}, most similar first"

    def _columns(self, room: int) -> list[TableColumn]:
        """Return the columns, the name as wide as the room allows. The filter does not change the widths."""
        lines = self._lines.values()
        name, region = (max((line.cells[index].cell_length for line in lines), default=0) for index in (0, -1))
        before_region = [
            *(TableColumn(strand, Content(label), 3) for strand, label in _STRANDS.items()),
            TableColumn("history", Content("History"), 7 if self._is_close else 2 * _HISTORY - 1),
            TableColumn("last", Content("Graded"), 8),
            TableColumn("age", Content("Ago"), 6),
        ]
        left = room - sum(_GAP + (column.width or 0) for column in before_region) - _GAP
        with_region = left - region - _GAP
        name_width = with_region if with_region >= _NAME_WIDTH else left
        return [
            TableColumn("name", Content("Authority"), min(name, max(_LEAST_NAME_WIDTH, name_width))),
            *before_region,
            TableColumn("region", Content("Region"), region),
        ]

    def _nobody_called(self) -> str:
        """Return that no authority listed here has the typed name, and what to press; "" if one has."""
        if self._listed or self._view.movers is not None or not self._view.rows:
            return ""
        among = f" in this group ({self._view.cohort_words})" if self._view.cohort_words else ""
        return f'No authority{among} is called "{self._typed}" or alike. / changes the name.'

    def _summary(self, *, names_group: bool = True) -> str:
        view = self._view
        cohort = f" ({view.cohort_words})" if view.cohort_words and names_group else ""
        order = f" {self._order_words}" if self._listed else ""
        ended = sum(bool(row.authority.successors) for row in self._listed)
        of_ended = f" ({ended} of them ended)" if ended else ""
        return f"{self._number(cohort)}{order}{of_ended}{_LATEST if names_group else ''}"

    def _number(self, cohort: str = "", *, and_compared: bool = True) -> str:
        """Return how many authorities are listed, and the one that is compared with them."""
        total = len(self._view.rows)
        compared = next((row for row in self._listed if row.authority.slug == self._view.compared), None)
        count = len(self._listed) - (compared is not None)
        number = f"{count} of {total}" if count < total else str(count)
        name = f" and {compared.authority.name}" if compared and and_compared else ""
        return f"{number} authorities{cohort}{name}"

    def _cells(self, row: LatestGrades) -> list[Content]:
        latest = row.latest
        grades = [_grade(latest, strand) for strand in _STRANDS]
        age = row.age(self._today)
        name = name_with_end(row)
        is_selected = row.authority.slug == self._view.selected
        return [
            Content.styled(f"{_SELECTED_MARK} {name}", STRONG) if is_selected else Content(name),
            *grades,
            Content("" if self._is_close else " ").join(_history(row)),
            Content(month_of(latest) if latest else "never"),
            Content("" if age is None else _age(age)),
            quiet(row.authority.region),
        ]


def _nobody_words(library: Library, expression: str, group: str) -> str:
    """Return in a sentence that nobody made a move, in the group if there is one, and what to press next."""
    if not group or _MOVED in group:
        return f"Nobody made this move: {expression}. / changes it, m lists all authorities."
    cohort = library.cohort(group)
    count = len(cohort.authorities)
    subject = f"None of the {count} authorities" if count > 1 else "Nobody"
    went = f"{subject} in this group ({cohort.words}) went from inadequate to good or better overall."
    return f"{went} f chooses another group or none, m lists the group."


def _age(months: int) -> str:
    """Return "2y 5m", and "10m" below a year."""
    return f"{months // 12}y {months % 12}m" if months >= 12 else f"{months}m"


def _grade(latest: Inspection | None, strand: str) -> Content:
    judgement = latest.judgement(strand) if latest else None
    if latest is None or judgement is None:
        return quiet("–")
    return grade_letter(latest.framework, judgement.grade) if judgement.grade else quiet("∅")


def _history(row: LatestGrades) -> Sequence[Content]:
    """Return the letters of the latest overall grades, oldest first, with "–" where none was given: R, G, –."""
    letters = []
    for inspection in row.graded[-_HISTORY:]:
        framework, overall = frameworks().get(inspection.framework), inspection.judgement("overall")
        grade = framework.grade(overall.grade) if framework and overall else None
        letters.append(Content.styled(grade.letter, grade_style(grade.rung)) if grade else quiet("–"))
    return letters
