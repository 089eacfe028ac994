"""The main screen: it owns the selection and the history, and handles the messages of the panes."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec.structs import replace
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from reinspect.answers.names import authority_with_slug
from reinspect.authorities import authorities
from reinspect.model import Evidence
from tui.app.briefing_screen import BriefingScreen
from tui.app.fetch_screen import FetchScreen
from tui.app.head_facts import head_facts
from tui.app.history import History
from tui.app.pane import Pane
from tui.app.pane_queries import PaneQueries
from tui.app.pane_stack import PANES, PaneStack
from tui.app.store_handle import StoreHandle
from tui.app.widgets.keys_line import KeysLine
from tui.app.widgets.masthead import Masthead
from tui.app.widgets.notice import Notice
from tui.app.widgets.tabs_line import TabsLine
from tui.selection import Location, Selection, choose_authority

if TYPE_CHECKING:
    from tui.app.panes.phrase_contrast import Kind

_START = Location()
_POLL_SECONDS = 3.0
_EXAMPLE = "camden"
# These show several authorities, so a file of theirs is not named after one.
_PANES_OF_SEVERAL = {"Authorities", "Basket"}
# Names of actions in the settings; they stay when a title changes.
_PANE_IDS = {"Recommendations": "follow-through"}
_SELECTION_FIELDS = ("authority", "inspection", "a", "b", "cohort")


class MainScreen(BriefingScreen, FetchScreen):
    """A screen of tabs over panes that share one selection."""

    AUTO_FOCUS = ""
    BINDING_GROUP_TITLE = "Everywhere"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "choose_authority", "Authority", id="browse.authority", tooltip="choose an authority"),
        # With priority, so that letters typed right after it go into the box and are not taken for commands.
        Binding(
            "slash",
            "search",
            "Search",
            key_display="/",
            priority=True,
            id="browse.search",
            tooltip="search as you type",
        ),
        Binding(
            "f",
            "cohort",
            "Group",
            id="browse.cohort",
            tooltip="compare with a group of authorities",
        ),
        Binding(
            "alt+left,H",
            "step(-1)",
            "Back",
            show=False,
            id="browse.back-in-time",
            tooltip="back to where you were before",
        ),
        Binding("alt+right,L", "step(1)", "Forward", show=False, id="browse.forward", tooltip="forward again"),
        Binding(
            "question_mark,f1", "keys", "Help", key_display="?", id="browse.keys", tooltip="help and keys of this pane"
        ),
        Binding("q", "app.quit", "Quit", id="browse.quit", tooltip="quit"),
        Binding("T", "example", "Example", show=False, id="browse.example", tooltip="see an example: Camden's grades"),
        Binding("f2", "glossary", "Glossary", show=False, id="browse.glossary", tooltip="what the words mean"),
        Binding("escape", "leave", "To the pane", show=False, id="browse.leave", tooltip="stop typing, clear messages"),
        *(
            Binding(
                str(number),
                f"pane('{title}')",
                title,
                show=False,
                id=f"browse.{_PANE_IDS.get(title, title.lower())}",
                tooltip=f"show {title}",
            )
            for number, title in enumerate(PANES, 1)
        ),
    ]

    def __init__(self, opened: StoreHandle, location: Location = _START, width: int = 100) -> None:
        super().__init__()
        self.opened = opened
        self.width = width
        self._first_location = location
        self._selection = location.selection
        self._history = History()
        self._panes = PaneStack(location.pane)
        self._queries = PaneQueries(self, opened)
        self._store_version = 0
        self.welcomes = False
        self._has_reports = True
        # What the facts of the first two lines were asked of.
        self._head_of: Hashable = None
        self._group: tuple[str | None, str | None] = (None, None)

    def compose(self) -> ComposeResult:
        """Compose the screen; the panes are mounted as they are needed."""
        yield Masthead()
        yield TabsLine(list(PANES), self._panes.title_in_view)
        yield self._panes
        yield Notice()
        yield KeysLine()

    def on_mount(self) -> None:
        """Paint first and open the store afterwards."""
        self._poll_timer = self.set_interval(_POLL_SECONDS, self._poll_store, pause=True)
        self.call_after_refresh(self._open_store)

    @property
    def location(self) -> Location:
        """The pane in view and its selection."""
        return self._history.current

    async def current_pane(self) -> Pane[Any]:
        """Return the pane in view."""
        return await self._panes.current()

    # The store

    @work(exclusive=True, group="open", exit_on_error=False)
    async def _open_store(self) -> None:
        """Open the store, show the first location, and load the other panes in the background."""
        await self.current_pane()
        await asyncio.to_thread(self.opened.open)
        self._store_version = await asyncio.to_thread(self.opened.version)
        await self._show_first_location()
        self._poll_timer.resume()
        if self.welcomes:
            self.action_welcome()
        await self._panes.load_all()
        self._warm_index()

    @work(exclusive=True, group="warm", exit_on_error=False)
    async def _warm_index(self) -> None:
        """Make what searches need ready in the background, so that the first search need not wait for it."""
        from store.caches import IndexWork  # this loads the store

        pane = await self._panes.load("Phrases")

        def report(done: int, total: int) -> None:
            # This runs in a thread; a call later is made by the app.
            self.call_later(pane.say_index_work, f"Making the index ready: {done:,} of {total:,} texts")

        self.opened.store.index_work = IndexWork(progress=report)
        pane.say_index_work("Making the index ready")
        try:
            await asyncio.to_thread(self.opened.library.prepare_searches)
        finally:
            pane.say_index_work("")

    async def _show_first_location(self) -> None:
        """Show the location of the last session or, if its authority is not known, the one with most documents."""
        selection = self._first_location.selection
        if selection.authority is None or not authorities().by_slug(selection.authority):
            authority = await asyncio.to_thread(self.opened.library.first_authority)
            selection = Selection(authority=authority, cohort=selection.cohort)
        await self._select(selection)

    def on_screen_suspend(self) -> None:
        """Stop looking for changes while another screen is in front: each look would draw both screens anew."""
        self._poll_timer.pause()

    def on_screen_resume(self) -> None:
        """Look for changes again, once the store is open."""
        if self.opened.is_open:
            self._poll_timer.resume()

    @work(exclusive=True, group="poll", exit_on_error=False)
    async def _poll_store(self) -> None:
        """Refresh the panes if another process has changed the store."""
        if await asyncio.to_thread(self.opened.refresh):
            self.clear_outdated_notice()
            await self.refresh_from_store()

    async def refresh_from_store(self) -> None:
        """Refresh the pane in view, and the others when they are shown, if the store has changed."""
        version = await asyncio.to_thread(self.opened.version)
        if version != self._store_version:
            self._store_version = version
            self._queries.forget_all()
        # The version does not count pins: only the basket shows them.
        self._queries.forget("Basket")
        await self._refresh_pane()

    # The selection

    async def _select(self, selection: Selection) -> None:
        """Show a selection in the pane in view, and add it to the history."""
        self._selection = selection
        pane = await self.current_pane()
        authority = authority_with_slug(selection.authority) if selection.authority else None
        self.query_one(Masthead).show(authority, self.opened.as_of(), self._group_words(), used=pane.SHOWS_COHORT)
        location = Location(pane=pane.TITLE, selection=selection)
        if not location.is_like(self.location):
            self.clear_outdated_notice()
        self._history.visit(location)
        await self._refresh_pane()

    def _group_words(self) -> str | None:
        """Return the comparison group in words if they are known already, else as typed."""
        cohort = self._selection.cohort
        return self._group[1] if self._group[0] == cohort else cohort

    async def _refresh_pane(self) -> None:
        """Ask again for the pane in view if its answer is outdated; the other panes wait until they are shown."""
        pane = await self.current_pane()
        if self.opened.is_open and self._selection.authority:
            self._queries.refresh(pane, self._selection)
            facts_of = (
                self._selection.authority,
                self._selection.cohort,
                self._store_version,
                self.opened.store.pins(),
            )
            if facts_of != self._head_of:
                self._head_of = facts_of
                self._refresh_head()

    @work(exclusive=True, group="head", exit_on_error=False)
    async def _refresh_head(self) -> None:
        """Show how many reports are stored, the group in words, and the number of pins."""
        selection = self._selection
        facts = await asyncio.to_thread(head_facts, self.opened.library, selection)
        self._group = (selection.cohort, facts.group)
        self.query_one(TabsLine).show_count("Basket", facts.pins)
        masthead, pane = self.query_one(Masthead), await self.current_pane()
        authority = authority_with_slug(selection.authority) if selection.authority else None
        masthead.show(authority, self.opened.as_of(), facts.group, used=pane.SHOWS_COHORT)
        masthead.show_reports(facts.stored, facts.known, facts.digests)
        self.download_refusal, self._has_reports = facts.download_refusal, facts.stored + facts.digests > 0
        self.refresh_bindings()

    def disabled_reason(self, action: str) -> str | None:
        """Return why a key of the main screen would do nothing now, and what to do instead; None if it works."""
        return self.download_refusal if action == "download" else None

    def belongs_in_footer(self, action: str) -> bool:
        """Return False for a key that the last line leaves out now.

        Those are downloading, where there are reports already, and what is of little use in the pane in view.
        """
        pane = self._panes.in_view
        is_of_use = pane is None or action not in pane.LEFT_OUT_OF_FOOTER
        return is_of_use and (action != "download" or not self._has_reports)

    async def action_pane(self, title: str) -> None:
        """Show the pane of that title."""
        pane = await self._panes.load(title)
        with self.app.batch_update():
            self.query_one(TabsLine).mark(title)
            self._panes.bring_into_view(pane)
        await self._select(self._selection)

    async def action_step(self, by: int) -> None:
        """Go back (-1) to the location before this one, or forward (1) again."""
        if not self._history.can_step(by):
            self.notice.say("There is nothing before this." if by < 0 else "There is nothing after this.")
            return
        self.clear_outdated_notice()
        location = self._history.step(by)
        self._selection = location.selection
        await self.action_pane(location.pane)

    def action_choose_authority(self) -> None:
        """Ask for an authority, and show it."""
        from tui.app.dialogs.authority import AuthorityPicker

        async def choose(slug: str | None) -> None:
            if slug is not None and slug != self._selection.authority:
                await self._choose_authority(slug)

        self.app.push_screen(AuthorityPicker(authorities(), self._selection.authority), choose)

    async def _choose_authority(self, slug: str) -> None:
        """Show another authority; say so if the group follows it."""
        chosen = choose_authority(self._selection, slug)
        await self._select(chosen.selection)
        if chosen.notice:
            self.notice.say(f"{chosen.notice} f chooses another.")

    def action_cohort(self) -> None:
        """Ask for a group of authorities to compare with."""
        from tui.app.dialogs.cohort import CohortDialog

        async def choose(expression: str | None) -> None:
            if expression is not None:
                await self._select(replace(self._selection, cohort=expression or None))
                if expression and not (await self.current_pane()).SHOWS_COHORT:
                    shown_in = "Timeline, Compare, Phrases and Authorities compare with the group"
                    self.notice.say(f"{shown_in}; {self._panes.title_in_view} does not.")

        if self.opened.is_open:
            self.app.push_screen(
                CohortDialog(self.opened.library, self._selection.cohort, self._selection.authority), choose
            )

    # Messages of the panes

    async def on_pane_selected(self, event: Pane.Selected) -> None:
        """Change the selection as a pane asks, and show the pane that it names, if any."""
        changes = {name: value for name in _SELECTION_FIELDS if (value := getattr(event, name)) is not None}
        selection, notice = self._selection, ""
        if event.authority is not None and event.authority != selection.authority:
            selection, notice = choose_authority(selection, event.authority)
        selection = replace(selection, **changes)
        if event.then is None:
            await self._select(selection)
        else:
            self._selection = selection
            await self.action_pane(event.then)
        if notice and event.cohort is None:
            self.notice.say(f"{notice} f chooses another.")

    def on_pane_choose_other(self, _: Pane.ChooseOther) -> None:
        """Ask for another authority; its latest graded inspection becomes side A of the comparison."""
        from tui.app.dialogs.authority import AuthorityPicker

        async def choose(slug: str | None) -> None:
            inspection = await asyncio.to_thread(self.opened.library.latest_graded, slug) if slug else None
            if inspection is not None:
                await self._select(replace(self._selection, a=inspection.id))
            elif slug is not None:
                self.notice.say("No graded inspection of it is stored. Press A to add a report.")

        self.app.push_screen(AuthorityPicker(authorities(), None), choose)

    async def on_pane_contrast_asked(self, event: Pane.ContrastAsked) -> None:
        """Show the phrases that differ between two groups in the Phrases pane."""
        from tui.app.panes.phrase_contrast import ContrastQuestion
        from tui.app.panes.phrases import PhrasesPane

        pane = await self._panes.load("Phrases")
        assert isinstance(pane, PhrasesPane)
        kind: Kind = "before and after" if "moved:" in event.group else "all others"
        pane.show_contrast(
            ContrastQuestion(group=event.group, kind=kind, movers=event.movers, other=self._selection.cohort)
        )
        await self.action_pane("Phrases")

    def on_pane_notify(self, event: Pane.Notify) -> None:
        """Show a message of a pane."""
        self.notice.say(event.words)

    def on_pane_query_changed(self, event: Pane.QueryChanged) -> None:
        """Ask again for a pane whose own filters or search box changed."""
        if self.opened.is_open:
            self.clear_outdated_notice()
            self._queries.ask(event.pane, self._selection, event.pause)

    def on_pane_side_query(self, event: Pane.SideQuery) -> None:
        """Run an additional question of a pane."""
        self._queries.ask_aside(event)

    def on_pane_store_edit(self, event: Pane.StoreEdit) -> None:
        """Change the store as a pane asks."""
        self._edit_store(event)

    @work(group="edit", exit_on_error=False)
    async def _edit_store(self, event: Pane.StoreEdit) -> None:
        message = await asyncio.to_thread(event.change, self.opened.store)
        if message:
            self.notice.say(message)
        await self.refresh_from_store()

    def on_pane_open_source(self, event: Pane.OpenSource) -> None:
        """Open the document that prints a line."""
        if event.evidence is None:
            self.notice.say(
                "The report with this line has not been added yet. Press A to add it, or run `reinspect add FILE`."
            )
        else:
            self._open_reader(event.evidence, event.found, event.quote)

    def open_page(self, evidence: Evidence) -> object:
        """Open the reader at a place in a stored document."""
        return self._open_reader(evidence, "", "")

    @work(exclusive=True, group="source", exit_on_error=False)
    async def _open_reader(self, evidence: Evidence, search: str, quote: str) -> None:
        """Open the reader at a place, with the words of `search` and the `quote` highlighted."""
        from tui.app.reader_screen import ReaderScreen

        source = await asyncio.to_thread(self.opened.library.open_document, evidence)
        self.clear_outdated_notice()
        reader = ReaderScreen(source, self.opened, self.refresh_from_store, search, quote)
        reader.copy_file = self.copy_file
        self.app.push_screen(reader)

    # Other keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return False for the key that searches while a person types: "/" is then a letter, as in "and/or"."""
        if action == "search" and isinstance(self.focused, Input):
            return False
        return super().check_action(action, parameters)

    async def action_search(self) -> None:
        """Focus the search box of the pane, or else the one of the Phrases pane."""
        if not (await self.current_pane()).start_search():
            await self.action_pane("Phrases")
            (await self.current_pane()).start_search()

    async def action_keys(self) -> None:
        """Show the help and the keys of the pane."""
        from tui.app.dialogs.keys import KeysDialog

        self.app.push_screen(KeysDialog((await self.current_pane()).HELP or "", self.active_bindings.values()))

    def action_welcome(self) -> None:
        """Show the welcome, and go through the door that a person chooses."""
        from tui.app.dialogs.welcome import WelcomeDialog

        async def go(door: str | None) -> None:
            if door == "authority":
                self.action_choose_authority()
            elif door == "add":
                self.action_add()
            elif door == "example":
                await self.action_example()

        self.app.push_screen(WelcomeDialog(), go)

    async def action_example(self) -> None:
        """Show Camden's grades, the example of the welcome."""
        chosen = choose_authority(self._selection, _EXAMPLE)
        self._selection = chosen.selection
        await self.action_pane("Timeline")
        group = f" {chosen.notice}" if chosen.notice else ""
        self.notice.say(f"Camden's grades, as an example. a chooses another authority.{group}")

    async def action_leave(self) -> None:
        """Focus the pane instead of its text field, clear the notice, and stop an import after the current batch."""
        self.stop_import()
        self.notice.clear()
        (await self.current_pane()).take_focus()

    def suggested_file_name(self, pane: Pane[Any]) -> str:
        """Return "camden-timeline"; without the authority for a pane that shows several."""
        name = super().suggested_file_name(pane)
        return name if pane.TITLE in _PANES_OF_SEVERAL else f"{self._selection.authority}-{name}"
