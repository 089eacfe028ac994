"""Read Markdown files: extract the text of the rendered HTML."""

from __future__ import annotations

from reinspect.reading.formats import html, text


def extract_pages(data: bytes) -> tuple[list[str], list[str]]:
    """Return the pages of a Markdown file (always one page of rendered text), and an empty list of warnings."""
    from markdown_it import MarkdownIt  # takes 60 ms to import

    rendered = MarkdownIt("commonmark").enable("table").render(text.decode(data))
    return [html.visible_text(rendered)], []
