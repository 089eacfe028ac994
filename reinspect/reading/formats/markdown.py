"""Markdown: what its HTML would show."""

from __future__ import annotations

from reinspect.reading.formats import html, text


def pages_of(data: bytes) -> tuple[list[str], list[str]]:
    """The one page of a Markdown file, tables included; no warnings."""
    from markdown_it import MarkdownIt  # 60 ms that a PDF need not pay

    shown = MarkdownIt("commonmark").enable("table").render(text.decode(data))
    return [html.shown_text(shown)], []
