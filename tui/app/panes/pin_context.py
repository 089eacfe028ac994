"""The place of a pin in its document: the paragraph that prints it, between the one before and the one after."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from reinspect.answers import Library
from reinspect.exporting.citation import place
from reinspect.model import Evidence, Passage, Pin
from tui.app.widgets.grades import QUIET, STRONG, quiet


def pin_in_context(library: Library, pin: Pin) -> Content:
    """Return the paragraphs around a pin, its own words in bold, or a line that says why there are none."""
    if pin.evidence is None:
        return quiet("No single page prints this: it is a row that was put together here.")
    passages = library.holdings.passages(pin.evidence.document)
    index = _passage_at(passages, pin.evidence)
    if index is None:
        return quiet("No paragraph is known at this place. Enter opens the page.")
    around = passages[max(index - 1, 0) : index + 2]
    return Content("\n\n").join(_paragraph(passage, pin.text) for passage in around)


def _passage_at(passages: Sequence[Passage], evidence: Evidence) -> int | None:
    """Return the index of the passage that prints a place, else of the next one on its page."""
    following = None
    for index, passage in enumerate(passages):
        pages = {passage.page, *(page for page, _, _ in passage.runs_on)}
        printed = passage.evidence_on(evidence.page)
        if evidence.page not in pages or printed.end <= evidence.start:
            continue
        if printed.start <= evidence.start:
            return index
        following = index if following is None else following
    return following


def _paragraph(passage: Passage, words: str) -> Content:
    text = Content(passage.text)
    start = passage.text.find(words)
    if start >= 0:
        text = text.stylize(STRONG, start, start + len(words))
    return Content.assemble(text, (f"  {place(passage.page, passage.paragraph)}", QUIET))
