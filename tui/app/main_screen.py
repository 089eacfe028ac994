"""The main screen: it owns the selection, asks the library in threads, and tells the panes what to show."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from functools import partial
from importlib import import_module
from typing import Any, ClassVar

import msgspec
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.worker import Worker

from reinspect.answers.names import authority_with_slug
from reinspect.authorities import authorities
from reinspect.model import Evidence
from tui.app.history import History, Location
from tui.app.import_screen import ImportScreen
from tui.app.open_store import OpenStore
from tui.app.pane import Pane
from tui.app.widgets.keys_line import KeysLine
from tui.app.widgets.masthead import Masthead
from tui.app.widgets.notice import Notice
from tui.app.widgets.tabs_line import TabsLine
from tui.selection import Selection

# Title, and the pane's module and class: a pane is loaded and made when it is first looked at.
PANES = {
    "Timeline": "tui.app.panes.timeline.TimelinePane",
    "Compare": "tui.app.panes.compare.ComparePane",
    "Follow-through": "tui.app.panes.follow_through.FollowingPane",
    "Phrases": "tui.app.panes.phrases.PhrasesPane",
    "Authorities": "tui.app.panes.authorities.AuthoritiesPane",
    "Basket": "tui.app.panes.basket.BasketPane",
}
_NOWHERE = Location()
_LOOK_AGAIN = 3.0


class MainScreen(ImportScreen):
    """Tabs over panes, one selection for all of them."""

    AUTO_FOCUS = ""
    BINDING_GROUP_TITLE = "Everywhere"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "choose_authority", "Authority", id="browse.authority", tooltip="choose an authority"),
        # With priority, so that what is typed right behind it goes into the box and is not taken for commands.
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
            "f", "cohort", "Cohort", show=False, id="browse.cohort", tooltip="set a group of authorities beside it"
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
            "question_mark", "keys", "Keys", key_display="?", id="browse.keys", tooltip="help and keys of the pane"
        ),
        Binding("q", "app.quit", "Quit", id="browse.quit"),
        Binding("escape", "leave", "To the pane", show=False, id="browse.leave", tooltip="out of a text field"),
        *(
            Binding(
                str(place),
                f"pane('{title}')",
                title,
                show=False,
                id=f"browse.{title.lower()}",
                tooltip=f"show {title}",
            )
            for place, title in enumerate(PANES, 1)
        ),
    ]

    def __init__(self, opened: OpenStore, begin: Location = _NOWHERE, width: int = 100) -> None:
        super().__init__()
        self.opened = opened
        self.width = width
        self._begin = begin
        self._trail = History()
        self._selection = begin.selection
        self._shown: dict[str, Hashable] = {}
        self._panes: dict[str, Pane[Any]] = {}
        self._in_view = begin.pane if begin.pane in PANES else next(iter(PANES))
        self._making = asyncio.Lock()
        self._basis = 0

    def compose(self) -> ComposeResult:
        """A tab for each pane; the panes come when they are looked at."""
        yield Masthead()
        yield TabsLine(list(PANES), self._in_view)
        yield Container(id="panes")
        yield Notice()
        yield KeysLine()

    def on_mount(self) -> None:
        """Paint first; read the store after it."""
        self.call_after_refresh(self._open)

    @property
    def place(self) -> Location:
        """Where the person is."""
        return self._trail.here

    async def visit(self) -> Pane[Any]:
        """The pane in view."""
        pane = await self._made(self._in_view)
        if self.focused is None:
            pane.take_focus()
        return pane

    async def _made(self, title: str) -> Pane[Any]:
        """The pane of that title, made now if it was not yet."""
        # A key and the start of the app may both come here at once.
        async with self._making:
            if title not in self._panes:
                module, _, name = PANES[title].rpartition(".")
                pane: Pane[Any] = getattr(await asyncio.to_thread(import_module, module), name)()
                pane.display = title == self._in_view
                await self.query_one("#panes").mount(pane)
                self._panes[title] = pane
        return self._panes[title]

    def _bring_up(self, pane: Pane[Any]) -> None:
        """Show a pane in place of the others, ready for its keys, and paint once."""
        self._in_view = pane.TITLE
        with self.app.batch_update():
            self.query_one(TabsLine).mark(pane.TITLE)
            pane.display = True
            pane.take_focus()
            # Only now: a focus that is hidden would wander off on its own.
            for each in self._panes.values():
                each.display = each is pane

    # What is known

    @work(exclusive=True, group="open", exit_on_error=False)
    async def _open(self) -> None:
        """Open the store, and begin where there is most to see."""
        await self.visit()
        await asyncio.to_thread(self.opened.open)
        self._basis = await asyncio.to_thread(self.opened.version)
        await self._begin_at(self._begin)
        self.set_interval(_LOOK_AGAIN, self._look_again)
        for title in PANES:
            await self._made(title)

    async def _begin_at(self, place: Location) -> None:
        """Where the person left off, if that is still there; else the authority of which most is held."""
        selection = place.selection
        if selection.authority is None or not authorities().by_slug(selection.authority):
            first = await asyncio.to_thread(self.opened.library.first_authority)
            selection = Selection(authority=first, cohort=selection.cohort)
        await self._select(selection)

    @work(exclusive=True, group="look", exit_on_error=False)
    async def _look_again(self) -> None:
        """Show what another process has changed, of which nothing was said here."""
        if await asyncio.to_thread(self.opened.refresh):
            self.put_notice_away()
            await self.changed()

    async def changed(self) -> None:
        """Show what the store holds now."""
        basis = await asyncio.to_thread(self.opened.version)
        if basis != self._basis:
            self._basis = basis
            self._shown.clear()
        # What is pinned is shown there and nowhere else.
        self._shown.pop("Basket", None)
        await self._refresh()

    async def _select(self, selection: Selection) -> None:
        """Everything that is shown follows the selection."""
        self._selection = selection
        authority = authority_with_slug(selection.authority) if selection.authority else None
        used = (await self.visit()).SHOWS_COHORT
        self.query_one(Masthead).show(authority, self.opened.as_of(), selection.cohort, used=used)
        place = Location(pane=self._in_view, selection=selection)
        if not place.is_like(self._trail.here):
            self.put_notice_away()
        self._trail.go(place)
        await self._refresh()

    async def _refresh(self) -> None:
        """Ask anew for the pane in view, if what it shows is not of this selection; the others wait until looked at."""
        pane = await self.visit()
        depends_on = pane.depends_on(self._selection)
        if self.opened.is_open and self._selection.authority and self._shown.get(pane.TITLE, self) != depends_on:
            self._shown[pane.TITLE] = depends_on
            self._ask(pane)

    def _ask(self, pane: Pane[Any], pause: float = 0.0) -> None:
        answer = partial(self._answer, pane, pause)
        _: Worker[None] = self.run_worker(answer, group=pane.TITLE, exclusive=True, exit_on_error=False)

    async def _answer(self, pane: Pane[Any], pause: float) -> None:
        """Ask in a thread and show the answer. The next question of the same pane cancels this one."""
        if pause:
            await asyncio.sleep(pause)
        pane.show(await asyncio.to_thread(pane.ask, self.opened.library, self._selection))

    # What a person wants

    @on(Pane.Selected)
    async def _selected(self, event: Pane.Selected) -> None:
        fields = ("authority", "inspection", "a", "b", "cohort")
        changes = {field: value for field in fields if (value := getattr(event, field)) is not None}
        if changes.get("authority", self._selection.authority) != self._selection.authority:
            selection = Selection(cohort=self._selection.cohort)
        else:
            selection = self._selection
        selection = msgspec.structs.replace(selection, **changes)
        if event.then is None:
            await self._select(selection)
        else:
            self._selection = selection
            await self.action_pane(event.then)

    @on(Pane.ChooseOther)
    def _other_wanted(self) -> None:
        from tui.app.dialogs.authority import AuthorityPicker

        async def choose(slug: str | None) -> None:
            inspection = await asyncio.to_thread(self.opened.library.latest_graded, slug) if slug else None
            if inspection is not None:
                await self._select(msgspec.structs.replace(self._selection, a=inspection.id))
            elif slug is not None:
                self.notice.say("No graded inspection of it is held. A adds a report.")

        self.app.push_screen(AuthorityPicker(authorities(), None), choose)

    @on(Pane.Notify)
    def _said(self, event: Pane.Notify) -> None:
        self.notice.say(event.words)

    @on(Pane.StoreEdit)
    def _done(self, event: Pane.StoreEdit) -> None:
        self._do(event)

    @work(group="do", exit_on_error=False)
    async def _do(self, event: Pane.StoreEdit) -> None:
        """Change the store as a pane wants it, and show what it holds then."""
        words = await asyncio.to_thread(event.change, self.opened.store)
        if words:
            self.notice.say(words)
        await self.changed()

    @on(Pane.QueryChanged)
    def _wondered(self, event: Pane.QueryChanged) -> None:
        if self.opened.is_open:
            self.put_notice_away()
            self._ask(event.pane, event.pause)

    @on(Pane.SideQuery)
    def _aside(self, event: Pane.SideQuery) -> None:
        answer, group = partial(self._answer_aside, event), f"{event.pane.TITLE}, aside"
        _: Worker[None] = self.run_worker(answer, group=group, exclusive=True, exit_on_error=False)

    async def _answer_aside(self, event: Pane.SideQuery) -> None:
        await asyncio.sleep(event.pause)
        event.show(await asyncio.to_thread(event.ask, self.opened.library))

    @on(Pane.OpenSource)
    def _source_wanted(self, event: Pane.OpenSource) -> None:
        if event.evidence is None:
            self.notice.say("No page is held that prints this line. A adds a report, as does `reinspect add FILE`.")
        else:
            self._read(event.evidence, event.found)

    def open_page(self, evidence: Evidence) -> object:
        """Open the reader there."""
        return self._read(evidence, "")

    @work(exclusive=True, group="source", exit_on_error=False)
    async def _read(self, evidence: Evidence, found: str) -> None:
        """Open the reader at a place, and find words there."""
        from tui.app.reader_screen import ReaderScreen

        source = await asyncio.to_thread(self.opened.library.open_document, evidence)
        self.put_notice_away()
        self.app.push_screen(ReaderScreen(source, self.opened, self.changed, found))

    async def action_pane(self, title: str) -> None:
        """Show the pane of that title, ready for its keys."""
        self._bring_up(await self._made(title))
        await self._select(self._selection)

    async def action_step(self, by: int) -> None:
        """Back to where the person was before, or forward again."""
        if not self._trail.can_step(by):
            self.notice.say("There is nothing before this." if by < 0 else "There is nothing after this.")
            return
        self.put_notice_away()
        place = self._trail.step(by)
        self._selection = place.selection
        await self.action_pane(place.pane)

    def action_cohort(self) -> None:
        """Ask for a group of authorities to set beside what is shown."""
        from tui.app.dialogs.cohort import CohortDialog

        async def choose(expression: str | None) -> None:
            if expression is not None:
                await self._select(msgspec.structs.replace(self._selection, cohort=expression or None))
                if expression and not (await self.visit()).SHOWS_COHORT:
                    showing = "Timeline, Compare, Phrases and Authorities set it beside"
                    self.notice.say(f"{showing}; {self._in_view} does not.")

        if self.opened.is_open:
            self.app.push_screen(
                CohortDialog(self.opened.library, self._selection.cohort, self._selection.authority), choose
            )

    def action_choose_authority(self) -> None:
        """Ask which authority to look at."""
        from tui.app.dialogs.authority import AuthorityPicker

        async def choose(slug: str | None) -> None:
            if slug is not None and slug != self._selection.authority:
                await self._select(Selection(authority=slug, cohort=self._selection.cohort))

        self.app.push_screen(AuthorityPicker(authorities(), self._selection.authority), choose)

    async def action_search(self) -> None:
        """Type into the pane's own box, or search the phrases where it has none."""
        if not (await self.visit()).start_search():
            await self.action_pane("Phrases")
            (await self.visit()).start_search()

    def suggested_name(self, pane: Pane[Any]) -> str:
        """The authority and the pane, unless the pane shows more than one authority."""
        title = super().suggested_name(pane)
        return title if pane.TITLE in {"Authorities", "Basket"} else f"{self._selection.authority}-{title}"

    async def action_keys(self) -> None:
        """Show what the pane is for, and its keys."""
        from tui.app.dialogs.keys import KeysDialog

        self.app.push_screen(KeysDialog((await self.visit()).HELP or "", self.active_bindings.values()))

    async def action_leave(self) -> None:
        """From a text field to its pane; put away the notice; and stop reading files after those at hand."""
        self.stop_adding()
        self.notice.clear()
        (await self.visit()).take_focus()
