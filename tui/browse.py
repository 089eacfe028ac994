"""The main screen: it owns the selection, asks the library in threads, and tells the panes what to show."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, TabbedContent, TabPane
from textual.worker import Worker, WorkerState, get_current_worker

from reinspect.errors import ReinspectError
from reinspect.model import Evidence
from tui.library import Library
from tui.panes.authorities import AuthoritiesPane
from tui.panes.compare import ComparePane
from tui.panes.pane import Pane
from tui.panes.phrases import PhrasesPane
from tui.panes.timeline import TimelinePane
from tui.selection import Selection
from tui.widgets.masthead import Masthead
from tui.widgets.notice import Notice

if TYPE_CHECKING:
    from store import Addition

PANES: tuple[type[Pane[Any]], ...] = (TimelinePane, ComparePane, PhrasesPane, AuthoritiesPane)
_EXPORT_WIDTH = 100
_LOOK_AGAIN = 3.0
_ODD = ("failed", "unattached")
_MOST_ODD = 3


class Browse(Screen[None]):
    """Tabs over panes, one selection for all of them."""

    BINDING_GROUP_TITLE = "Everywhere"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "choose_authority", "Authority", id="browse.authority", tooltip="choose an authority"),
        Binding("slash", "search", "Search", key_display="/", id="browse.search", tooltip="search as you type"),
        Binding(
            "A", "add", "Add files", show=False, id="browse.add", tooltip="read reports and letters into the store"
        ),
        Binding("e", "export", "Export", id="browse.export", tooltip="write what the pane shows to a file"),
        Binding("question_mark", "keys", "Keys", key_display="?", id="browse.keys", tooltip="show or hide this list"),
        Binding("q", "app.quit", "Quit", id="browse.quit"),
        Binding("escape", "back", "Back", show=False, id="browse.back"),
        *(
            Binding(str(place), f"pane({place})", pane.TITLE, show=False, id=f"browse.pane-{place}")
            for place, pane in enumerate(PANES, 1)
        ),
    ]

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._selection = Selection()
        self._shown: dict[str, Hashable] = {}

    def compose(self) -> ComposeResult:
        """The panes are made at once and asked for nothing until they are looked at."""
        yield Masthead()
        with TabbedContent():
            for place, pane in enumerate(PANES, 1):
                with TabPane(Content.assemble((f"{place} ", "dim"), pane.TITLE), id=f"pane-{place}"):
                    yield pane()
        yield Notice()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Paint first; read the store after it."""
        self._pane.take_focus()
        self.call_after_refresh(self._open)

    @property
    def _pane(self) -> Pane[Any]:
        """The pane in view."""
        return self.query_one(TabbedContent).get_pane(self.query_one(TabbedContent).active or "pane-1").query_one(Pane)

    @property
    def _notice(self) -> Notice:
        return self.query_one(Notice)

    # What is known

    @work(exclusive=True, group="open", exit_on_error=False)
    async def _open(self) -> None:
        """Open the store, and begin where there is most to see."""
        await asyncio.to_thread(self._library.open)
        self._begin(await asyncio.to_thread(self._library.first_authority))
        self.set_interval(_LOOK_AGAIN, self._look_again)

    def _begin(self, authority: str | None) -> None:
        self._select(Selection(authority=authority))

    @work(exclusive=True, group="look", exit_on_error=False)
    async def _look_again(self) -> None:
        """Show what another process has added."""
        if await asyncio.to_thread(self._library.changed):
            self._shown.clear()
            self._refresh()

    def _select(self, selection: Selection) -> None:
        """Everything that is shown follows the selection."""
        self._selection = selection
        authority = self._library.authority(selection.authority) if selection.authority else None
        self.query_one(Masthead).show(authority, self._library.as_of())
        self._refresh()

    def _refresh(self) -> None:
        """Ask anew for the pane in view, if what it shows is not of this selection; the others wait until looked at."""
        pane = self._pane
        concerns = pane.concerns(self._selection)
        if self._library.is_open and self._selection.authority and self._shown.get(pane.TITLE, self) != concerns:
            self._shown[pane.TITLE] = concerns
            self._ask(pane)

    def _ask(self, pane: Pane[Any], pause: float = 0.0) -> None:
        self.run_worker(self._answer(pane, pause), group=pane.TITLE, exclusive=True, exit_on_error=False)

    async def _answer(self, pane: Pane[Any], pause: float) -> None:
        """Ask in a thread and show the answer. The next question of the same pane cancels this one."""
        if pause:
            await asyncio.sleep(pause)
        pane.show(await asyncio.to_thread(pane.ask, self._library, self._selection))

    # What a person wants

    @on(TabbedContent.TabActivated)
    def _tab_activated(self) -> None:
        self._refresh()

    @on(Pane.Selected)
    def _selected(self, event: Pane.Selected) -> None:
        changes = {
            field: value
            for field in ("authority", "inspection", "a", "b")
            if (value := getattr(event, field)) is not None
        }
        if "authority" in changes and changes["authority"] != self._selection.authority:
            self._select(Selection(**changes))
        else:
            self._select(msgspec.structs.replace(self._selection, **changes))
        if event.then is not None:
            self.action_pane(event.then)

    @on(Pane.Wondered)
    def _wondered(self, event: Pane.Wondered) -> None:
        if self._library.is_open:
            self._ask(event.pane, event.pause)

    @on(Pane.SourceWanted)
    def _source_wanted(self, event: Pane.SourceWanted) -> None:
        if event.evidence is None:
            self._notice.say("No text is held for this line: press A, or `reinspect add FILE`.")
        else:
            self._read(event.evidence)

    @work(exclusive=True, group="source", exit_on_error=False)
    async def _read(self, evidence: Evidence) -> None:
        """Open the reader at a place."""
        from tui.reader import Reader

        source = await asyncio.to_thread(self._library.source, evidence)
        self.app.push_screen(Reader(source))

    def action_pane(self, which: int | str) -> None:
        """Show a pane, by its number or title."""
        titles = [pane.TITLE for pane in PANES]
        place = titles.index(which) + 1 if isinstance(which, str) else which
        self.query_one(TabbedContent).active = f"pane-{place}"
        self._pane.take_focus()

    def action_choose_authority(self) -> None:
        """Ask which authority to look at."""
        from tui.dialogs.authority import AuthorityPicker

        def choose(slug: str | None) -> None:
            if slug is not None and slug != self._selection.authority:
                self._select(Selection(authority=slug))

        self.app.push_screen(AuthorityPicker(self._library.authorities(), self._selection.authority), choose)

    def action_add(self) -> None:
        """Ask for files, and read them into the store."""
        from tui.dialogs.adding import AddDialog

        def add(path: Path | None) -> None:
            if path is not None:
                self._add(path)

        self.app.push_screen(AddDialog(), add)

    @work(thread=True, exclusive=True, group="add", exit_on_error=False)
    def _add(self, path: Path) -> None:
        """Read files in their own processes, and say how it goes."""
        worker = get_current_worker()

        def tell(done: int, files: int) -> None:
            self.app.call_from_thread(self._notice.say, f"Reading {path}: {done} of {files} done ...")

        additions = self._library.add(path, tell, lambda: worker.is_cancelled)
        self.app.call_from_thread(self._added, additions)

    def _added(self, additions: list[Addition]) -> None:
        """Show what came of it: how many, and each that needs a person's eye."""
        counts = Counter(addition.outcome for addition in additions)
        told = ", ".join(f"{count} {outcome}" for outcome, count in counts.items()) or "nothing to read there"
        odd = [f"{Path(a.file).name}: {a.reason}" for a in additions if a.reason and a.outcome in _ODD]
        words = "\n".join([f"Documents: {told}.", *odd[:_MOST_ODD]])
        if counts["failed"]:
            self._notice.trouble(words)
        else:
            self._notice.say(words)
        self._shown.clear()
        self._refresh()

    def action_search(self) -> None:
        """Type into the pane's own box, or search the phrases where it has none."""
        if not self._pane.start_search():
            self.action_pane(PhrasesPane.TITLE)
            self._pane.start_search()

    def action_export(self) -> None:
        """Write what the pane shows to a file."""
        from reinspect.exporting.text import render
        from tui.dialogs.export import ExportDialog

        sheet = self._pane.sheet()
        if sheet is None:
            self._notice.say("There is nothing here to export yet.")
            return

        def tell(path: Path | None) -> None:
            if path is not None:
                self._notice.say(f"Written to {path}")

        suggested = Path(f"{self._selection.authority}-{self._pane.TITLE.lower()}.txt")
        self.app.push_screen(ExportDialog(render(sheet, _EXPORT_WIDTH), suggested), tell)

    def action_keys(self) -> None:
        """Show or hide the keys of the focused pane."""
        if self.query("HelpPanel"):
            self.app.action_hide_help_panel()
        else:
            self.app.action_show_help_panel()

    def action_back(self) -> None:
        """From a text field to its pane; then put away the keys, then the notice."""
        if self.query("HelpPanel"):
            self.app.action_hide_help_panel()
        self._notice.clear()
        self._pane.take_focus()

    # What went wrong

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The one place for failures: say them in words, and keep the program going."""
        if event.state is not WorkerState.ERROR:
            return
        error = event.worker.error
        if not isinstance(error, ReinspectError):
            self.log(error)
        self._notice.trouble(str(error) or type(error).__name__)
