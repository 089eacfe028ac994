"""Export inspections as printable pages, as tidy tables and as objects for JSON.

- `sheet` defines a page's content, `sheets/` builds the pages. `formats/` prints them as text, Markdown, HTML or Word.
- `tidy` defines a table, `tables/` builds the tables. `formats/` writes them as CSV, Excel or SQLite.
- `records` makes the JSON objects, `schemas` describes them.

The same input gives the same bytes: pages name their documents and dates, never the time of export.
"""

from __future__ import annotations

from typing import Literal, get_args

from reinspect.exporting.sheet import Sheet

Format = Literal["text", "md", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)


def render_sheet(sheet: Sheet, form: Format = "text", *, width: int = 100, linear: bool = False) -> str:
    """Return the page as a string in the given format.

    `width` (in characters) and `linear` (for screen readers) apply to text only.
    """
    match form:
        case "text":
            from reinspect.exporting.formats.text import render_text

            return render_text(sheet, width, linear=linear)
        case "md":
            from reinspect.exporting.formats.markdown import render_markdown

            return render_markdown(sheet)
        case "html":
            from reinspect.exporting.formats.html import render_html

            return render_html(sheet)
