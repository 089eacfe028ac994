"""The table rows of the Phrases pane, limited to the columns that fit, and the lines of sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from reinspect.answers import Library
from reinspect.phrases.query import Hit
from tui.app.widgets.grades import QUIET
from tui.app.widgets.line_list import ListLine
from tui.app.widgets.table import TableColumn, TableLine

if TYPE_CHECKING:
    from reinspect.answers.sentences import CitedSentences
    from reinspect.exporting.sheets.phrases import Recurring
    from reinspect.phrases.types import RecurringPhrase

MATCHED = "bold underline $text-accent"
"""The style of the words that a search matched."""
TONE_STYLES = {
    "critical": "bold $grade-inadequate",
    "mixed": "bold $grade-improve",
    "good": "bold $grade-outstanding",
    "neutral": "dim",
}
"""The style of each tone of a sentence; the word is always shown too."""
_GAP = 2
_NARROWEST_FIRST = 20


class ColumnHeading(NamedTuple):
    """A column's heading. If there is no room, the column with the highest `drop_order` is left out first, 0 never.

    The cells of numbers are set to the right, so that their digits are below each other.
    """

    label: str
    drop_order: int = 0
    is_number: bool = False


class PhraseRow(NamedTuple):
    """A row: its cells, the same as one line of text, the question that finds its sentences, and its phrase if any."""

    cells: tuple[Content, ...]
    words: str
    sentences: Callable[[Library], CitedSentences]
    phrase: Recurring | RecurringPhrase | None = None
    is_heading: bool = False


def fit_columns(
    headings: Sequence[ColumnHeading], rows: Sequence[PhraseRow], room: int
) -> tuple[list[TableColumn], list[TableLine]]:
    """Return the columns that fit into `room` cells, the first as wide as possible, and the rows cut to them."""
    widths = [_width(heading, [row.cells[index] for row in rows]) + _GAP for index, heading in enumerate(headings)]
    least = min(widths[0], _NARROWEST_FIRST + _GAP)
    shown = list(range(len(headings)))
    while len(shown) > 1 and least + sum(widths[index] for index in shown[1:]) > room:
        first_to_go = max(shown, key=lambda index: headings[index].drop_order)
        if not headings[first_to_go].drop_order:
            break
        shown.remove(first_to_go)
    widths[0] = min(widths[0], max(least, room - sum(widths[index] for index in shown[1:])))

    def placed(index: int, cell: Content) -> Content:
        return cell.pad_left(max(widths[index] - _GAP - cell.cell_length, 0)) if headings[index].is_number else cell

    columns = [
        TableColumn(str(index), _heading(headings[index], placed, index), widths[index] - _GAP) for index in shown
    ]
    lines = [
        TableLine(str(number), [placed(index, row.cells[index]) for index in shown]) for number, row in enumerate(rows)
    ]
    return columns, lines


def cited_title(sentences: CitedSentences) -> str:
    """Return the title of the panel with the sentences of a row: "Sentences (120, the first 50)"."""
    shown = f", the first {len(sentences.hits)}" if sentences.total > len(sentences.hits) else ""
    return f"Sentences ({sentences.total:,}{shown})"


def cited_lines(sentences: CitedSentences) -> Iterator[ListLine]:
    """Return the sentences of a row."""
    yield from map(sentence_line, sentences.hits, sentences.citations)


def sentence_line(hit: Hit, citation: str, tone: str = "", *, in_line: bool = False) -> ListLine:
    """Return a sentence with the matched words marked, its tone in front, and its citation below or `in_line`."""
    words = Content(hit.passage.text)
    for start, end in hit.spans:
        words = words.stylize(MATCHED, start, end)
    lead = Content.styled(f"{tone}: ", TONE_STYLES[tone]) if tone in TONE_STYLES else Content("")
    gap = "" if in_line else "\n"
    content = Content.assemble(lead, words[slice(*hit.context)], gap, (f"  {citation}", QUIET))
    return ListLine(content, hit.evidence, quote=hit.sentence, found=hit.phrase)


def _heading(heading: ColumnHeading, placed: Callable[[int, Content], Content], index: int) -> Content:
    return Content("\n").join(placed(index, line) for line in Content(heading.label).split())


def _width(heading: ColumnHeading, cells: Sequence[Content]) -> int:
    lines = (*Content(heading.label).split(), *cells)
    return max((line.cell_length for line in lines), default=0)
