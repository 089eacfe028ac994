"""Print a page as one self-contained HTML file, without scripts, fonts or links to other sites."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from reinspect.exporting.citation import unbroken
from reinspect.exporting.formats.bars_svg import draw_bars
from reinspect.exporting.formats.svg import draw_chart
from reinspect.exporting.sheet import (
    BarChart,
    Block,
    Chart,
    Listing,
    Marks,
    Paragraph,
    Sheet,
    SheetCell,
    SheetItem,
    SheetSection,
    SheetTable,
)

_MANY_COLUMNS = 7
SourceNumbers = Mapping[str, int]

_STYLE = Path(__file__).with_name("sheet.css")


def render_html(sheet: Sheet) -> str:
    """Return the page as a complete HTML document that allows no script and no other site."""
    numbers = {source: number for number, source in enumerate(sheet.sources(), start=1)}
    style = _STYLE.read_text(encoding="utf-8")
    checksum = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{checksum}'; base-uri 'none'; form-action 'none'"
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(sheet.title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        '<body class="compact">' if sheet.compact else "<body>",
        f'<header class="head"><h1>{escape(sheet.title)}</h1>',
        *(f"<p>{escape(line)}</p>" for line in sheet.head),
        "</header>",
        "<main>",
        *(line for section in sheet.sections for line in _section(section, numbers)),
        *_sources(numbers),
        "</main>",
        '<footer class="foot">',
        *(f"<p>{escape(line)}</p>" for line in sheet.foot),
        "</footer>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _section(section: SheetSection, numbers: SourceNumbers) -> Iterable[str]:
    yield f"<section><h2>{escape(section.heading)}</h2>"
    for block in section.blocks:
        yield from _block(block, numbers)
    yield "</section>"


def _block(block: Block, numbers: SourceNumbers) -> Iterable[str]:
    match block:
        case Paragraph():
            yield f"<p>{_text_and_citation(block)}</p>"
        case Listing():
            kind = "beside" if block.beside else "items"
            yield f'<ul class="{kind}">{"".join(_item(item) for item in block.items)}</ul>'
        case SheetTable():
            yield from _table(block, numbers)
        case Chart():
            yield from ('<figure class="wide">', *draw_chart(block), "</figure>")
        case BarChart():
            yield from ('<figure class="wide">', *draw_bars(block), "</figure>")


def _table(table: SheetTable, numbers: SourceNumbers) -> Iterable[str]:
    shared = table.citations()
    headings = (
        f'<th scope="col">{escape(heading)}{_number(citation, numbers)}</th>'
        for heading, citation in zip(table.columns, shared, strict=True)
    )
    kind = ' class="many"' if len(table.columns) > _MANY_COLUMNS else ""
    yield f'<div class="wide"><table{kind}><thead><tr>{"".join(headings)}</tr></thead><tbody>'
    for row in table.rows:
        cells = (
            _cell(cell, None if citation else cell.citation, numbers)
            for cell, citation in zip(row, shared, strict=True)
        )
        first = f'<th scope="row">{next(cells)}</th>'
        rest = (f"<td{_class(cell)}>{words}</td>" for cell, words in zip(row[1:], cells, strict=True))
        yield f"<tr>{first}{''.join(rest)}</tr>"
    yield "</tbody></table></div>"


def _cell(cell: SheetCell, citation: str | None, numbers: SourceNumbers) -> str:
    shape = f'<span aria-hidden="true">{escape(cell.shape)}</span>&nbsp;' if cell.shape else ""
    return f"{shape}{_marked(cell.text, cell.marks)}{_number(citation, numbers)}"


def _class(cell: SheetCell) -> str:
    return f' class="{cell.tone}"' if cell.tone else ""


def _number(citation: str | None, numbers: SourceNumbers) -> str:
    if citation is None:
        return ""
    number = numbers[citation]
    return f'<sup><a href="#source-{number}" title="{escape(citation)}">{number}</a></sup>'


def _item(item: SheetItem) -> str:
    marker = f"<strong>{escape(item.marker)}</strong> " if item.marker else ""
    note = f'<p class="note">Note: {escape(item.note)}</p>' if item.note else ""
    return f"<li>{marker}{_text_and_citation(item)}{note}</li>"


def _text_and_citation(block: Paragraph | SheetItem) -> str:
    citation = f" <cite>({escape(unbroken(block.citation))})</cite>" if block.citation else ""
    return f"{_marked(block.text, block.marks)}{citation}"


def _marked(text: str, marks: Marks) -> str:
    parts: list[str] = []
    done = 0
    for start, end in marks:
        parts.append(f"{escape(text[done:start])}<mark>{escape(text[start:end])}</mark>")
        done = end
    return "".join((*parts, escape(text[done:])))


def _sources(numbers: SourceNumbers) -> Iterable[str]:
    if numbers:
        items = (f'<li id="source-{number}">{escape(source)}</li>' for source, number in numbers.items())
        yield f"<section><h2>Sources</h2><ol>{''.join(items)}</ol></section>"
