"""Where words stand in the pages of a document: as they are typed or, in other words of the index, near to that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui.app.widgets.page_layout import Span

if TYPE_CHECKING:
    from reinspect.phrases import Hit, Searcher
    from tui.source import OpenDocument

# More sentences than any document has.
_MOST = 100_000


def printed(pages: Sequence[str], words: str) -> Iterator[Span]:
    """Every place where words stand, in any case: spaces may be line ends, and a line may end after a hyphen."""
    sought = r"\s+".join(re.escape(word).replace(r"\-", r"-\n?") for word in words.split())
    if sought:
        for number, text in enumerate(pages, 1):
            for found in re.finditer(sought, text, re.IGNORECASE):
                yield Span(number, *found.span())


def near(searcher: Searcher, source: OpenDocument, words: str) -> tuple[Span, ...]:
    """The places of a document that are like what was typed, or is still being typed, in the order of its pages."""
    from reinspect.phrases import SearchScope

    within = SearchScope(documents=frozenset({source.document.sha256}))
    hits = searcher.search(words, within, limit=_MOST, prefix=True).hits
    return tuple(sorted({_place(source.pages, hit) for hit in hits}))


def _place(pages: Sequence[str], hit: Hit) -> Span:
    """Where the words of a hit are printed; all of its passage where they are printed otherwise than they are read."""
    passage = hit.passage
    runs = [Span(passage.page, passage.start, passage.end), *(Span(*run) for run in passage.runs_on)]
    here = next(run for run in runs if run.page == hit.page)
    alike = printed((pages[here.page - 1][here.start : here.end],), hit.phrase)
    places = [Span(here.page, here.start + start, here.start + end) for _, start, end in alike]
    # The passage's text is the printed one with its lines joined, so that a place in it is nearly that on the page.
    meant = hit.spans[0][0] - sum(run.end - run.start for run in runs[: runs.index(here)])
    return min(places, key=lambda place: abs(place.start - here.start - meant), default=here)
