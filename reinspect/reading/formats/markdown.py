"""Markdown: the text that its HTML would show."""

from __future__ import annotations

from reinspect.reading.formats import html, text


def extract_pages(data: bytes) -> tuple[list[str], list[str]]:
    """Return the one page of a Markdown file, with its tables, and no warnings."""
    from markdown_it import MarkdownIt  # takes 60 ms to import

    rendered = MarkdownIt("commonmark").enable("table").render(text.decode(data))
    return [html.visible_text(rendered)], []
