"""The reader: a document opened at the place a line comes from."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from reinspect.answers.open_document import DocumentMark, OpenDocument, PageSpan
from reinspect.model import Evidence, Pin
from tui.app.open_store import OpenStore
from tui.app.store_screen import StoreScreen
from tui.app.widgets.grades import QUIET, grade_letter
from tui.app.widgets.keys_line import KeysLine
from tui.app.widgets.notice import Notice
from tui.app.widgets.page_view import MarginSign, PageView
from tui.app.widgets.search_box import SearchBox

_PAUSE = 0.12


class ReaderScreen(StoreScreen):
    """Shows a source with the place wanted marked, and cites the line under the cursor; Esc leads back."""

    HELP = """
## Reader
The document a line comes from. The passage is marked with ▌ in the margin; a grade stands before a judgement, → before
what is to be improved, ! before a priority action. The line below cites what is under the cursor.
/ finds words, over line ends too and, where they are printed nowhere, what is near; n and N step through what was found
or, while nothing was, through the marks.
"""
    BINDING_GROUP_TITLE = "Reader"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="reader.back", tooltip="back to where you came from"),
        Binding("slash", "find", "Find", key_display="/", id="reader.find", tooltip="find words in the document"),
        Binding("n", "step(1)", "Next", id="reader.next", tooltip="next place found, or mark"),
        Binding("N", "step(-1)", "Previous", show=False, id="reader.previous", tooltip="the place or mark before"),
        Binding("c", "contents", "Contents", id="reader.contents", tooltip="choose a section to go to"),
        Binding("question_mark", "keys", "Keys", key_display="?", id="reader.keys", tooltip="help and keys"),
        Binding("q", "app.quit", "Quit", id="reader.quit"),
    ]

    def __init__(
        self, source: OpenDocument, opened: OpenStore, changed: Callable[[], Awaitable[None]], found: str = ""
    ) -> None:
        super().__init__()
        self.opened = opened
        self._source = source
        self._tell_changed = changed
        self._found = found
        self._since: PageSpan | None = None
        self._is_near = False

    def compose(self) -> ComposeResult:
        """The title above the pages; below them the citation, and a box for finding that is hidden until asked for."""
        source = self._source
        signs = [MarginSign(_span(mark.evidence), _sign(source, mark)) for mark in source.marks]
        yield Static("", id="title", markup=False)
        yield PageView(source.pages, _marked(source), signs, source.find(self._found))
        yield SearchBox(placeholder="find in this document", id="find")
        yield Static("", id="citation", markup=False)
        yield Notice()
        yield KeysLine()

    def on_mount(self) -> None:
        """Read first, search when asked."""
        self.query_one("#find").display = False
        self.set_focus(self._pages)

    @property
    def _pages(self) -> PageView:
        return self.query_one(PageView)

    # Where the cursor is

    def on_resize(self) -> None:
        """As much of the title as there is room for."""
        self.call_after_refresh(self._cite)

    def on_page_view_moved(self, event: PageView.Moved) -> None:
        """Cite the line."""
        event.stop()
        self._cite()

    def _cite(self) -> None:
        """The citation of the line under the cursor, what is marked there or else its section; and how far it is."""
        source, here = self._source, self._pages.here
        section = source.section_at(here.page, here.end)
        heading = source.sections[section].heading if section is not None else ""
        told = "; ".join(mark.words for mark in source.marks if _touches(mark.evidence, here)) or heading
        cited = Content.styled(source.cite(source.evidence_at(*here)), "bold")
        self.query_one("#citation", Static).update(Content.assemble(cited, "\n", (told, QUIET)))
        count = self._pages.found
        how = "near" if self._is_near else "found"
        found = f"{self._pages.place or 'none'} of {count} {how}  " if count else ""
        far = Content.assemble((found, "bold"), (f"page {here.page} of {len(source.pages)}", QUIET))
        room = self.size.width - 2 - far.cell_length
        title = Content.styled(source.title, "bold").truncate(max(room - 2, 0), ellipsis=True)
        self.query_one("#title", Static).update(title.pad_right(max(room - title.cell_length, 0)) + far)

    # Going about in it

    def action_find(self) -> None:
        """Show the box and type in it."""
        box = self.query_one(SearchBox)
        box.display = True
        self._since = self._pages.here
        self.set_focus(box)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Mark what is found while it is typed, and go to the first from here on; to what is near only if none is."""
        event.stop()
        typed = event.value.strip()
        self.workers.cancel_group(self, "near")
        self._is_near = False
        self._pages.mark_found(self._source.find(typed))
        if self._pages.found:
            self._step(1, self._since)
            return
        self._cite()
        if typed:
            self.notice.say("Not in this document in these words.")
            self._find_near(typed)
        else:
            self.notice.clear()

    @work(group="near", exit_on_error=False)
    async def _find_near(self, typed: str) -> None:
        """Go to what is like words that are not printed, when the typing pauses."""
        await asyncio.sleep(_PAUSE)
        found = await asyncio.to_thread(lambda: self._source.find_similar(self.opened.library.searcher, typed))
        if not found:
            self.notice.say("Not in this document in these words, nor in any near to them.")
            return
        self._is_near = True
        self._pages.mark_found(found)
        self._step(1, self._since)
        self.notice.say(f"'{typed}' is not printed here; {len(found)} near: n")

    def on_search_box_left(self, event: SearchBox.Left) -> None:
        """On with reading; what was found stays marked."""
        event.stop()
        event.box.display = False

    def action_step(self, by: int) -> None:
        """Go to the next or previous place."""
        self._step(by)

    def _step(self, by: int, since: PageSpan | None = None) -> None:
        went = self._pages.step(by, since)
        if went == "on":
            self.notice.clear()
        elif went == "round":
            self.notice.say(f"From the {'top' if by > 0 else 'end'} again.")
        else:
            self.notice.say("There is nothing to step through: / finds words.")

    def action_contents(self) -> None:
        """Choose a section to go to."""
        from tui.app.dialogs.choice import ChoiceDialog

        sections = self._source.sections
        if not sections:
            self.notice.say("No headings were recognised in this document: / finds words.")
            return

        def go(chosen: str | None) -> None:
            if chosen is not None:
                self._pages.go_to(_span(sections[int(chosen)].evidence))

        options = {
            str(number): Content.assemble((f"p. {section.evidence.page:<3}", QUIET), f" {section.heading}")
            for number, section in enumerate(sections)
        }
        here = self._pages.here
        self.app.push_screen(ChoiceDialog("Contents", options, str(self._source.section_at(here.page, here.end))), go)

    def action_back(self) -> None:
        """To where the reader was opened."""
        self.dismiss()

    def action_keys(self) -> None:
        """Show what the reader is for, and its keys."""
        from tui.app.dialogs.keys import KeysDialog

        self.app.push_screen(KeysDialog(self.HELP or "", self.active_bindings.values()))

    # What is taken from it

    async def current_pin(self) -> Pin | None:
        """The passage under the cursor; a line that is of none, by itself."""
        return self._source.pin_at(*self._pages.here)

    async def action_copy_pane(self) -> None:
        """Copy the page under the cursor."""
        page = self._pages.page
        words = self._source.pages[page - 1]
        cited = self._source.cite(Evidence(document=self._source.document.sha256, page=page, start=0, end=len(words)))
        await self._offer(f"{words.rstrip()}\n({cited})\n", f"page {page}, with its citation")

    async def action_export(self) -> None:
        """Nothing: the document is a file already."""
        self.notice.say("The document is a file already. p pins a passage to the basket, which is exported from there.")

    async def changed(self) -> None:
        """Have the panes below show what the store holds now."""
        await self._tell_changed()


def _span(evidence: Evidence) -> PageSpan:
    return PageSpan(evidence.page, evidence.start, evidence.end)


def _touches(evidence: Evidence, here: PageSpan) -> bool:
    """Whether a place is, in part, in a line."""
    return evidence.page == here.page and evidence.start < here.end and evidence.end > here.start


def _marked(source: OpenDocument) -> tuple[PageSpan, ...]:
    """The place itself, and where its passage runs on over the page."""
    own = source.evidence
    for passage in source.passages:
        if passage.page == own.page and passage.start <= own.start < passage.end:
            rest = [PageSpan(*run) for run in passage.runs_on] if own.end >= passage.end else []
            return (_span(own), *rest)
    return (_span(own),)


def _sign(source: OpenDocument, mark: DocumentMark) -> Content:
    """What stands in the margin: the shape and letter of a grade, or the number of what is to be improved."""
    if mark.grade is not None and source.inspection is not None:
        return grade_letter(source.inspection.framework, mark.grade)
    return Content.styled(f"{'!' if mark.urgent else '→'}{mark.number:>2}", "bold $text-accent")
