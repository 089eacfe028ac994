"""The themes in Authorities: a table of what inspections ask to improve, and beside it the items of one theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message

from reinspect.answers import Library
from reinspect.answers.themes import correct_theme
from reinspect.comparing.themes.classify import themes
from reinspect.comparing.themes.shares import ThemedImprovement, ThemeShare
from reinspect.errors import ReinspectError
from reinspect.exporting.citation import when
from reinspect.model import Pin, ThemeCorrection
from tui.app.dialogs.choice import ChoiceDialog
from tui.app.pane import Pane
from tui.app.panes.theme_lines import asked_theme_lines, solved_lines
from tui.app.panes.themes_table import NO_THEME, ORDERS, ThemesView, name_of, themes_table, themes_titles
from tui.app.widgets.grades import quiet
from tui.app.widgets.line_list import LineList, ListLine
from tui.app.widgets.panel import set_frame
from tui.app.widgets.table import Table

if TYPE_CHECKING:
    from reinspect.answers import Answer
    from reinspect.answers.solved_themes import SolvedAnswer
    from reinspect.answers.theme_times import ThemeTimesAnswer
    from store import Store

_KEYS = "t authorities  o order  r who solved it  ⏎ items"
_SOLVED = "Who solved it"
_FOLLOWING = "Following every recommendation on this through all later texts"


def _save_theme(store: Store, correction: ThemeCorrection) -> str:
    """Save what an improvement is about, and return a message."""
    store.theme_table.save(correction)
    return f"It is about {themes()[correction.theme].name} now. u undoes it."


class NoLongerAskedError(ReinspectError):
    """The answer is no longer wanted: another theme is under the cursor, or the app is closing."""


class ThemesPanel(Container):
    """A table of themes, and beside it who was asked for the theme under the cursor, or who solved it."""

    BINDING_GROUP_TITLE = "Themes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "solved", "Who solved it", tooltip="show who was asked and later got better", id="themes.solved"),
        Binding("E", "correct", "Correct", tooltip="correct what an improvement is about", id="themes.correct"),
        Binding("o", "sort", "Order", tooltip="change the order of the themes", id="themes.sort"),
    ]

    @dataclass
    class Followed(Message):
        """So many authorities of all have been followed for a theme."""

        key: str
        done: int
        total: int

    def __init__(self, pane: Pane[Any]) -> None:
        super().__init__(id="themes", classes="side-by-side")
        self._pane = pane
        self._view: ThemesView | None = None
        self._listed: list[ThemeShare] = []
        self._typed = ""
        self._order = next(iter(ORDERS))
        # The theme whose solutions are shown in place of its items, and the answer once it is there.
        self._solving: str | None = None
        self._solved: tuple[SolvedAnswer, ThemeTimesAnswer] | None = None

    def compose(self) -> ComposeResult:
        """Compose the table and the lines beside it."""
        yield Table(id="theme-table")
        lines = LineList(id="theme-lines")
        lines.add_class("-beside")
        yield lines

    def show(self, view: ThemesView, typed: str = "") -> None:
        """Show the themes whose name has the typed words; the cursor stays on its theme.

        Who solved it is asked again if it is shown, since the store may have changed.
        """
        self._view, self._typed = view, "" if ":" in typed else typed.casefold()
        solving, self._solving, self._solved = self._solving, None, None
        self._arrange()
        if solving and self._share is not None and self._share.theme and self._share.theme.key == solving:
            self._ask_who_solved(solving)

    def take_focus(self) -> None:
        """Focus the table."""
        self.screen.set_focus(self.query_one(Table))

    def answer(self) -> Answer | None:
        """Return who solved the theme if that is shown, else the themes that are listed, in the order on screen."""
        if self._solving and self._solved:
            return self._solved[0]
        view = self._view
        if view is None:
            return None
        answer = replace(view.answer, shares=tuple(self._listed))
        if not self._typed:
            return answer
        return replace(
            answer,
            description=f"{answer.description}, themes with \N{LEFT DOUBLE QUOTATION MARK}"
            f"{self._typed}\N{RIGHT DOUBLE QUOTATION MARK} in their name",
        )

    def row(self) -> Pin | None:
        """Return the theme under the cursor with its share."""
        share = self._share
        if share is None or self._view is None:
            return None
        text = f"{name_of(share)}: asked in {share.inspections} of {share.of} inspections ({100 * share.share:.0f} %)"
        latest = share.improvements[0].inspection
        return Pin(kind="row", text=text, citation=f"{self._view.answer.description}, until {when(latest)}")

    def on_resize(self) -> None:
        """Fit the table into the new width, also when the panel is first displayed."""
        if self._view is not None:
            self.call_after_refresh(self._fill)

    def belongs_in_footer(self, action: str) -> bool:
        """Return False for correcting an improvement while the focus is on the themes."""
        return action != "correct" or self.query_one(LineList).has_focus

    def disabled_reason(self, action: str) -> str | None:
        """Return why there is no theme to follow, or no improvement to correct."""
        if action == "solved" and self._share is None:
            return self._empty_words()
        if action == "solved" and self._share is not None and self._share.theme is None:
            return "Improvements without a theme cannot be followed together."
        if action == "correct" and self._item is None:
            return "Go to an improvement first: Enter, then up or down."
        return None

    def action_sort(self) -> None:
        """Sort in the next order: most asked, by name, rising, or what the selected authority was asked most."""
        orders = list(ORDERS)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self._arrange()

    def action_solved(self) -> None:
        """Show who solved the theme under the cursor, or again who was asked."""
        share = self._share
        if (reason := self.disabled_reason("solved")) or share is None or share.theme is None:
            self.post_message(Pane.Notify(reason or ""))
            return
        if self._solving:
            self._solving = self._solved = None
            self._show_lines()
            return
        self._ask_who_solved(share.theme.key)

    def _ask_who_solved(self, key: str) -> None:
        """Ask who solved a theme, and show how far that is in place of the items."""
        assert self._view is not None
        self._solving = key
        asking = self._view.authority.slug if self._view.authority else None
        self._show_progress(0, 0)

        def report(done: int, total: int) -> None:
            if self._solving != key or not self.is_running:
                raise NoLongerAskedError("the theme is no longer shown")
            self.post_message(self.Followed(key, done, total))

        def ask(library: Library) -> tuple[SolvedAnswer, ThemeTimesAnswer] | None:
            try:
                return library.solved(key, asking, report=report), library.theme_times(key, report=report)
            except NoLongerAskedError:
                return None

        self.post_message(Pane.SideQuery(self._pane, ask, self._show_solved))

    def action_correct(self) -> None:
        """Ask what the improvement under the cursor is about, and save that."""
        item = self._item
        if (reason := self.disabled_reason("correct")) or item is None:
            self.post_message(Pane.Notify(reason or ""))
            return

        def save(key: str | None) -> None:
            if key is not None:
                correction = correct_theme(item.inspection, item.improvement, key)
                self.post_message(Pane.StoreEdit(lambda store: _save_theme(store, correction)))

        options = {key: Content(theme.name) for key, theme in sorted(themes().items(), key=lambda pair: pair[1].name)}
        self.app.push_screen(ChoiceDialog("This improvement is about", options, item.choice.theme), save)

    def on_themes_panel_followed(self, event: Followed) -> None:
        """Show how far it is."""
        event.stop()
        if self._solving == event.key and self._solved is None:
            self._show_progress(event.done, event.total)

    def on_table_cell_moved(self, event: Table.CellMoved) -> None:
        """Show who was asked for the theme under the cursor."""
        event.stop()
        self._solving = self._solved = None
        self._show_lines()

    def on_table_cell_chosen(self, event: Table.CellChosen) -> None:
        """Go to the items of the theme."""
        event.stop()
        self.screen.set_focus(self.query_one(LineList))

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Open the page that prints a line."""
        event.stop()
        self._pane.open_source(event.line)

    @property
    def _share(self) -> ThemeShare | None:
        """The theme under the cursor."""
        key = self.query_one(Table).row_key
        return next((share for share in self._listed if name_of(share) == key), None)

    @property
    def _item(self) -> ThemedImprovement | None:
        """The improvement under the cursor of the lines; None where they have none."""
        lines, share = self.query_one(LineList), self._share
        line = lines.under_cursor if lines.has_focus and self._solving is None else None
        if line is None or share is None:
            return None
        items = share.improvements
        return next(
            (
                item
                for item in items
                if (item.improvement.text, item.improvement.evidence) == (line.quote, line.evidence)
            ),
            None,
        )

    def _arrange(self) -> None:
        """List the themes that match, sorted, and keep the cursor on its theme."""
        view = self._view
        if view is None:
            return
        before = self.query_one(Table).row_key
        matching = [share for share in view.answer.shares if self._typed in name_of(share).casefold()]
        self._listed = sorted(matching, key=lambda share: ORDERS[self._order](view, share))
        self._fill()
        names = [name_of(share) for share in self._listed]
        self.query_one(Table).move_cursor(row=names.index(before) if before in names else 0)
        if self._solving is None:
            self._show_lines()

    def _fill(self) -> None:
        assert self._view is not None
        table = self.query_one(Table)
        room = table.scrollable_content_region.width or self.size.width
        table.fill(*themes_table(self._view, self._listed, room))
        number = sum(name_of(share) != NO_THEME for share in self._listed)
        title, *shorter = themes_titles(self._view, number, self._order)
        set_frame(table, title, _KEYS, shorter=shorter)

    def _show_lines(self) -> None:
        """Show the items of the theme under the cursor."""
        share, view = self._share, self._view
        if share is None or view is None:
            self._set_lines("", [ListLine(quiet(self._empty_words()))])
        else:
            self._set_lines(name_of(share), list(asked_theme_lines(view, share)))

    def _empty_words(self) -> str:
        """Return why no theme is listed, and what to press."""
        if self._view is not None and self._view.answer.shares:
            return "No theme matches. / changes the words."
        if self._view is not None and self._view.has_group:
            return "No stored inspection of this group lists what to improve. f chooses another group, A adds reports."
        return "No stored inspection lists what to improve. A adds reports."

    def _show_progress(self, done: int, total: int) -> None:
        of = f": {done} of {total} authorities" if total else ""
        self._set_lines(_SOLVED, [ListLine(quiet(f"{_FOLLOWING}{of} ..."))])

    def _show_solved(self, found: tuple[SolvedAnswer, ThemeTimesAnswer] | None) -> None:
        if found is not None and self._solving == found[0].theme.key:
            self._solved = found
            self._set_lines(_SOLVED, list(solved_lines(*found)))

    def _set_lines(self, title: str, lines: Sequence[ListLine]) -> None:
        set_frame(self.query_one(LineList), title, "⏎ page  p pin")
        self.query_one(LineList).refill(lines)
