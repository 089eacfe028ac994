"""The reader: a stored document, opened at the place that a line comes from."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Input, Static

from reinspect.answers.open_document import DocumentMark, OpenDocument, PageSpan
from reinspect.model import Evidence, Pin
from tui.app.closing import ClosableScreen
from tui.app.store_handle import StoreHandle
from tui.app.store_screen import StoreScreen
from tui.app.widgets.drawing import padded, wrap_content
from tui.app.widgets.grades import QUIET, grade_letter
from tui.app.widgets.keys_line import KeysLine
from tui.app.widgets.line_list import LineList, ListLine
from tui.app.widgets.notice import Notice
from tui.app.widgets.page_view import MarginSign, PageView
from tui.app.widgets.panel import set_frame
from tui.app.widgets.search_box import SearchBox

_TYPING_PAUSE = 0.12
# From this width on, the contents are a column of their own.
_CONTENTS_WIDTH = 120
_EXPORT_REASON = "The document is a file already. To export a passage, pin it with p and export the basket."
_NOWHERE_TO_GO = "There is no match or mark to go to: / finds words."
_NO_CONTENTS = "No headings were recognised in this document: / finds words."
_GRADED_JUDGEMENT = re.compile(
    r"(?:[\w ]+: )?the graded judge?ment (?:about|for|on|of) (?:the experiences? and progress of )?(.+?)"
    r" (?:is|are)(?: that (?:it|they))?(?: (?:is|are))? (.+)",
    re.IGNORECASE,
)


class ReaderScreen(ClosableScreen[None], StoreScreen):
    """A screen that shows a document with one place marked, and cites the line under the cursor."""

    HELP = """
## Reader
The document that a line comes from. ▌ in the margin marks the passage. The margin also shows the grade of a judgement,
→ for something to be improved and ! for a priority action. The line at the bottom cites what is under the cursor.
The ticks next to the scroll bar show where in the document these places are: ◆ the quoted words, ━ a match of a search,
▸ a grade or something to be improved. A click on a tick goes there.
/ finds words, across line ends too. Where the words are not printed, it finds similar words. n and N go to the next and
the previous match; without a search they go from mark to mark.
"""
    BINDING_GROUP_TITLE = "Reader"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False, id="reader.back", tooltip="back to where you came from"),
        Binding("slash", "find", "Find", key_display="/", id="reader.find", tooltip="find words in the document"),
        Binding("n", "step(1)", "Next", id="reader.next", tooltip="next match, or next mark"),
        Binding("N", "step(-1)", "Previous", show=False, id="reader.previous", tooltip="previous match, or mark"),
        Binding("Y", "copy_pane", "Page", show=False, id="take.copy-pane", tooltip="copy this page, with its citation"),
        Binding(
            "e", "export", "Export", show=False, id="take.export", tooltip="export: the document is a file already"
        ),
        Binding("C", "contents", "Contents", id="reader.contents", tooltip="choose a section to go to"),
        Binding("question_mark,f1", "keys", "Help", key_display="?", id="reader.keys", tooltip="help and keys"),
        Binding("f2", "glossary", "Glossary", show=False, id="reader.glossary", tooltip="what the words mean"),
        Binding("q", "back", "Back", id="reader.quit", tooltip="close the reader"),
    ]

    def __init__(
        self,
        source: OpenDocument,
        opened: StoreHandle,
        refresh_panes: Callable[[], Awaitable[None]],
        search: str = "",
        quote: str = "",
    ) -> None:
        """Show a document at its place.

        The words of `search` are highlighted wherever they are printed, the `quote` at the place itself.
        """
        super().__init__()
        self.opened = opened
        self._source = source
        self._refresh_panes = refresh_panes
        self._first_search = search
        self._quote = quote
        self._search_start: PageSpan | None = None
        self._shows_similar = False

    def compose(self) -> ComposeResult:
        """Compose the title, the pages, the citation, and a search box that is hidden at first."""
        source = self._source
        signs = [MarginSign(_span(mark.evidence), _sign(source, mark)) for mark in source.marks]
        yield Static("", id="title", markup=False)
        with Container(id="reading"):
            contents = LineList(id="contents", has_heading_keys=False)
            contents.fill(list(_contents_lines(source)))
            yield contents
            yield PageView(
                source.pages,
                _marked_spans(source),
                signs,
                source.find(self._first_search),
                quoted=source.find_quote(self._quote),
                blocks=source.blocks,
                heading_signs=list(_heading_signs(source)),
            )
        yield SearchBox(placeholder="find in this document", id="find")
        yield Static("", id="citation", markup=False)
        yield Notice()
        yield KeysLine()

    def on_mount(self) -> None:
        """Hide the search box and focus the pages."""
        self.query_one("#find").display = False
        set_frame(self.query_one("#contents", LineList), f"Contents ({len(self._source.sections)})", "⏎ go  Tab text")
        self.set_focus(self._pages)

    @property
    def _pages(self) -> PageView:
        return self.query_one(PageView)

    # The title and the citation

    def on_resize(self) -> None:
        """Fit the title to the new width, and show the contents if there is room for them."""
        contents = self.query_one("#contents", LineList)
        contents.display = self.size.width >= _CONTENTS_WIDTH and bool(self._source.sections)
        self.call_after_refresh(self._update_lines)

    def on_page_view_moved(self, event: PageView.Moved) -> None:
        """Cite the line that the cursor moved to."""
        event.stop()
        self._update_lines()

    def _update_lines(self) -> None:
        self.query_one("#title", Static).update(self._title_line())
        self.query_one("#citation", Static).update(self._citation_lines())

    def _citation_lines(self) -> Content:
        """Return two lines: the citation of the line under the cursor, and its mark or else its section."""
        source, cursor = self._source, self._pages.cursor_span
        section = source.section_at(cursor.page, cursor.end)
        heading = source.sections[section].heading if section is not None else ""
        about = "; ".join(mark.words for mark in source.marks if _overlaps(mark.evidence, cursor)) or heading
        citation = Content.styled(source.cite(source.evidence_at(*cursor)), "bold")
        return Content.assemble(wrap_content(citation, max(self.size.width - 2, 1)), "\n", (about, QUIET))

    def _title_line(self) -> Content:
        """Return the title, cut where needed, and at the right "2 of 5 found  page 3 of 12"."""
        source, count = self._source, self._pages.match_count
        kind = "similar" if self._shows_similar else "found"
        matches = f"{self._pages.match_number or 'none'} of {count} {kind}  " if count else ""
        position = Content.assemble(
            (matches, "bold"), (f"page {self._pages.cursor_span.page} of {len(source.pages)}", QUIET)
        )
        room = self.size.width - 2 - position.cell_length
        title = Content.styled(source.occasion, "bold").truncate(max(room - 2, 0), ellipsis=True)
        return padded(title, room) + position

    # Finding

    def action_find(self) -> None:
        """Show the search box and focus it."""
        box = self.query_one(SearchBox)
        box.display = True
        self._search_start = self._pages.cursor_span
        self.set_focus(box)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Go to the first match after the line where the search began; if there is none, look for similar words."""
        event.stop()
        typed = event.value.strip()
        self.workers.cancel_group(self, "similar")
        self._shows_similar = False
        self._pages.mark_matches(self._source.find(typed))
        self.refresh_bindings()
        if self._pages.match_count:
            self._step(1, self._search_start)
            return
        self._update_lines()
        if typed:
            self.notice.say("This document does not print these words.")
            self._find_similar(typed)
        else:
            self.notice.clear()

    @work(group="similar", exit_on_error=False)
    async def _find_similar(self, typed: str) -> None:
        """Go to the first place with words similar to those typed, after a pause in typing."""
        await asyncio.sleep(_TYPING_PAUSE)
        matches = await asyncio.to_thread(lambda: self._source.find_similar(self.opened.library.searcher, typed))
        if not matches:
            self.notice.say("This document prints neither these words nor similar ones.")
            return
        self._shows_similar = True
        self._pages.mark_matches(matches)
        self._step(1, self._search_start)
        places = "1 similar place" if len(matches) == 1 else f"{len(matches)} similar places: n goes to the next"
        self.notice.say(f"'{typed}' is not printed here; {places}.")

    def on_search_box_left(self, event: SearchBox.Left) -> None:
        """Hide the search box; the matches stay highlighted."""
        event.stop()
        event.box.display = False

    def action_step(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) match or mark."""
        self._step(by)

    def _step(self, by: int, start: PageSpan | None = None) -> None:
        result = self._pages.step(by, start)
        if result == "stepped":
            self.notice.clear()
        elif result == "wrapped":
            which, what = "first" if by > 0 else "last", "match" if self._pages.match_count else "mark"
            self.notice.say(f"Back to the {which} {what}.")
        else:
            self.notice.say(_NOWHERE_TO_GO)

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Go to the section chosen in the contents."""
        event.stop()
        if event.line.evidence is not None:
            self._pages.go_to(_span(event.line.evidence))
            self.set_focus(self._pages)

    def action_contents(self) -> None:
        """Focus the contents or, in a narrow window, choose a section from a list and go to it."""
        from tui.app.dialogs.choice import ChoiceDialog

        contents = self.query_one("#contents", LineList)
        if contents.display:
            self.set_focus(contents)
            return
        sections = self._source.sections
        if not sections:
            self.notice.say(_NO_CONTENTS)
            return

        def go_to_section(chosen: str | None) -> None:
            if chosen is not None:
                self._pages.go_to(_span(sections[int(chosen)].evidence))

        options = {
            str(number): Content.assemble((f"p. {section.evidence.page:<3}", QUIET), f" {_shortened(section.heading)}")
            for number, section in enumerate(sections)
        }
        cursor = self._pages.cursor_span
        current = str(self._source.section_at(cursor.page, cursor.end))
        self.app.push_screen(ChoiceDialog("Contents", options, current), go_to_section)

    def action_back(self) -> None:
        """Close the reader."""
        self.dismiss()

    def action_keys(self) -> None:
        """Show the help and the keys of the reader."""
        from tui.app.dialogs.keys import KeysDialog

        self.app.push_screen(KeysDialog(self.HELP or "", self.active_bindings.values()))

    def disabled_reason(self, action: str) -> str | None:
        """Return why a key would do nothing now, and what to do instead; None if it works."""
        if action == "export":
            return _EXPORT_REASON
        if action == "contents" and not self._source.sections:
            return _NO_CONTENTS
        return _NOWHERE_TO_GO if action == "step" and not self._pages.has_stops else None

    # Copying and pinning

    async def current_pin(self) -> Pin | None:
        """Return the passage under the cursor, or the line if it is not part of a passage."""
        return self._source.pin_at(*self._pages.cursor_span)

    async def action_copy_pane(self) -> None:
        """Copy the page under the cursor, with its citation."""
        page = self._pages.page
        text = self._source.pages[page - 1]
        whole_page = Evidence(document=self._source.document.sha256, page=page, start=0, end=len(text))
        citation = self._source.cite(whole_page)
        await self._copy_text(f"{text.rstrip()}\n({citation})\n", f"page {page}, with its citation")

    async def action_export(self) -> None:
        """Say how to export a passage; the document itself is a file already."""
        self.notice.say(_EXPORT_REASON)

    async def refresh_from_store(self) -> None:
        """Update the panes below the reader."""
        await self._refresh_panes()


def _span(evidence: Evidence) -> PageSpan:
    return PageSpan(evidence.page, evidence.start, evidence.end)


def _overlaps(evidence: Evidence, line: PageSpan) -> bool:
    return evidence.page == line.page and evidence.start < line.end and evidence.end > line.start


def _contents_lines(source: OpenDocument) -> Iterator[ListLine]:
    for section in source.sections:
        heading = _shortened(section.heading)
        page = f"p.{section.evidence.page:>3} "
        yield ListLine(Content.assemble((page, QUIET), heading), section.evidence, hanging=len(page))


def _shortened(heading: str) -> str:
    """Return a heading without its set phrase: "Care leavers: good" for "... judgement about care leavers is good"."""
    found = _GRADED_JUDGEMENT.fullmatch(heading)
    return f"{found[1][:1].upper()}{found[1][1:]}: {found[2]}" if found else heading


def _heading_signs(source: OpenDocument) -> Iterator[MarginSign]:
    """Return the grade of a strand for the margin of each heading that is about the strand alone."""
    inspection = source.inspection
    previous: str | None = None
    for block in source.blocks if inspection else ():
        if block.kind == "paragraph":
            previous = None
        if block.kind != "heading" or not block.strand or block.strand == previous or inspection is None:
            continue
        judgement = inspection.judgement(block.strand)
        words = source.pages[block.page - 1][block.start : block.end].casefold()
        if judgement is not None and judgement.grade and judgement.grade in words:
            span = PageSpan(block.page, block.start, block.end)
            previous = block.strand
            yield MarginSign(span, grade_letter(inspection.framework, judgement.grade))


def _marked_spans(source: OpenDocument) -> tuple[PageSpan, ...]:
    """Return the place that the document was opened at, and the rest of its passage on the next page, if any."""
    place = source.evidence
    for passage in source.passages:
        if passage.page == place.page and passage.start <= place.start < passage.end:
            rest = [PageSpan(*run) for run in passage.runs_on] if place.end >= passage.end else []
            return (_span(place), *rest)
    return (_span(place),)


def _sign(source: OpenDocument, mark: DocumentMark) -> Content:
    """Return the sign for the margin: "◆ O" for a grade, "→ 1" for an improvement, "! 2" for a priority action."""
    if mark.grade is not None and source.inspection is not None:
        return grade_letter(source.inspection.framework, mark.grade)
    return Content.styled(f"{'!' if mark.urgent else '→'}{mark.number:>2}", "bold $text-accent")
