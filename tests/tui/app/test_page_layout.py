"""The layout of pages: a heading of several printed lines is one, and every character keeps its place."""

from __future__ import annotations

from reinspect.answers.page_blocks import PageBlock
from tui.app.widgets.page_layout import PageLayout

FIRST, SECOND = "What was seen of help", "and of protection"


def blocks_of(*parts: tuple[str, str | None], gap: str) -> tuple[str, list[PageBlock]]:
    """Return a page of these headings, each with its strand, and its blocks."""
    text, blocks = "", []
    for words, strand in parts:
        start = len(text)
        text += words + gap
        blocks.append(PageBlock(1, start, start + len(words), "heading", text_start=start, strand=strand))
    return text, blocks


def headings(gap: str, second: str | None = "help") -> list[str]:
    text, blocks = blocks_of((FIRST, "help"), (SECOND, second), gap=gap)
    blocks.append(PageBlock(1, len(text), len(text) + 5, "paragraph", text_start=len(text)))
    return [line.text for line in PageLayout((f"{text}Visit",), 60, blocks).lines if line.heading]


def test_a_heading_on_two_lines_is_one_line_where_there_is_room() -> None:
    text, blocks = blocks_of((FIRST, "help"), (SECOND, "help"), gap="\n")
    text += "Visits are regular."
    blocks.append(PageBlock(1, text.index("Visits"), len(text), "paragraph", text_start=text.index("Visits")))
    layout = PageLayout((text,), 60, blocks)
    assert f"{FIRST} {SECOND}" in [line.text for line in layout.lines if line.heading]
    last = layout.lines[layout.line_at(1, text.index("Visits"))]
    assert (last.text, last.start) == ("Visits are regular.", text.index("Visits"))


def test_two_headings_stay_apart() -> None:
    assert headings(gap="\n\n") == [FIRST, SECOND]
    assert headings(gap="\n", second="leaders") == [FIRST, SECOND]
