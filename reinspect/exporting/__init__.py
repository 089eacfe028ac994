"""Exporting: one sheet to text, Markdown, HTML or CSV, the same content in each; and objects for JSON.

Same input, same bytes: what is exported is headed by documents and their dates, never by the clock.
"""

from __future__ import annotations

from typing import Literal

from reinspect.exporting.sheet import Sheet

Format = Literal["text", "md", "html", "csv"]
FORMATS: tuple[Format, ...] = ("text", "md", "html", "csv")
SUFFIXES: dict[Format, str] = {"text": ".txt", "md": ".md", "html": ".html", "csv": ".csv"}


def render_sheet(sheet: Sheet, form: Format = "text", *, width: int = 100, linear: bool = False) -> str:
    """The sheet in one of `FORMATS`; `width` and `linear` matter to text alone.

    Write it as UTF-8 with its line ends as they are (`newline=""`): those of CSV are its own.
    """
    match form:
        case "text":
            from reinspect.exporting.formats import text

            return text.render(sheet, width, linear=linear)
        case "md":
            from reinspect.exporting.formats import markdown

            return markdown.render(sheet)
        case "html":
            from reinspect.exporting.formats import html

            return html.render(sheet)
        case "csv":
            from reinspect.exporting.formats import csv

            return csv.render(sheet)
