"""Print a page as GitHub Markdown. Characters with a meaning in Markdown are escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from reinspect.exporting.sheet import BarChart, Block, Chart, Listing, Marks, Paragraph, Sheet, SheetItem, SheetTable

# Signs with a meaning in some Markdown, wherever they stand. The last signs have one only inside a word or address: a
# full stop or hyphen between letters or digits, a colon before a word ("www.a.b", "GH-12", ":smile:", "https://").
_SPECIAL = re.compile(
    r"([\\`*_{}\[\]<>#|~&!$@^=+/]|:(?=\S)|(?<=[^\W\d])\.(?=\w)|(?<=\w)\.(?=[^\W\d])|(?<=[Gg][Hh])-(?=\d)|(?<=-)-)"
)
_REPORT_ADDRESS = re.compile(r"(Report: )(https://[\w./%-]+)")
# Markdown reads these only at the start of a line: a list, an underlined heading, a rule; a numbered list.
_LEADING = re.compile(r"^(?:([-+=])|(\d+)([.)]))")

SourceNumbers = Mapping[str, int]


def render_markdown(sheet: Sheet) -> str:
    """Return the page as Markdown, with numbered sources at the end."""
    numbers = {source: number for number, source in enumerate(sheet.sources(), start=1)}
    parts = [f"# {escape_markdown(sheet.title)}"]
    if sheet.head:
        parts.append("\n".join(f"- {_head_line(line)}" for line in sheet.head))
    for section in sheet.sections:
        parts.append(f"## {escape_markdown(section.heading)}")
        parts.extend(_block(block, numbers) for block in section.blocks)
    if numbers:
        parts.append("## Sources")
        parts.append("\n".join(f"{number}. {escape_markdown(source)}" for source, number in numbers.items()))
    if sheet.foot:
        parts.append("---")
        parts.extend(f"*{escape_markdown(line)}*" for line in sheet.foot)
    return "\n\n".join(part for part in parts if part) + "\n"


def _head_line(line: str) -> str:
    """Return a line of the head; the address of a report stays a link."""
    address = _REPORT_ADDRESS.fullmatch(line)
    return f"{address[1]}<{address[2]}>" if address else escape_markdown(line)


def escape_markdown(text: str) -> str:
    """Return the text as one line of plain words in Markdown: "a*b" -> "a\\*b"."""
    return _escape_start(_escape_inside(text.strip()))


def _escape_start(line: str) -> str:
    """Escape the start of a line that Markdown would read as a list or a rule: "1. May" -> "1\\. May"."""
    return _LEADING.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", line)


def _escape_inside(text: str) -> str:
    """Escape Markdown characters, and reduce white space to single spaces."""
    return _SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", text))


def _block(block: Block, numbers: SourceNumbers) -> str:
    match block:
        case Paragraph():
            return _text_and_citation(block)
        case Listing():
            return "\n".join(line for item in block.items for line in _item(item))
        case SheetTable():
            return "\n".join(_table(block, numbers))
        case Chart() | BarChart():
            return ""


def _table(table: SheetTable, numbers: SourceNumbers) -> Iterable[str]:
    shared = table.citations()
    headings = (
        escape_markdown(heading) + _number(citation, numbers)
        for heading, citation in zip(table.columns, shared, strict=True)
    )
    yield f"| {' | '.join(headings)} |"
    yield f"|{' --- |' * len(table.columns)}"
    for row in table.rows:
        cells = (
            f"{cell.shape} {_marked(cell.text, cell.marks)}".lstrip()
            + _number(None if citation else cell.citation, numbers)
            for cell, citation in zip(row, shared, strict=True)
        )
        yield f"| {' | '.join(cells)} |"


def _number(citation: str | None, numbers: SourceNumbers) -> str:
    return f" \\[{numbers[citation]}\\]" if citation else ""


def _item(item: SheetItem) -> Iterable[str]:
    yield f"- {_marker(item)}{_text_and_citation(item)}"
    if item.note:
        yield f"  - Note: {escape_markdown(item.note)}"


def _marker(item: SheetItem) -> str:
    return f"**{_escape_inside(item.marker)}** " if item.marker else ""


def _text_and_citation(block: Paragraph | SheetItem) -> str:
    text = _marked(block.text, block.marks)
    return f"{text} *({escape_markdown(block.citation)})*" if block.citation else text


def _marked(text: str, marks: Marks) -> str:
    """Return the text escaped for Markdown, with the marked (start, end) ranges in bold."""
    parts: list[str] = []
    done = 0
    for start, end in marks:
        # Markdown shows no bold if there are spaces inside the asterisks.
        words = text[start:end].strip()
        if words:
            first = text.index(words, start)
            parts.extend((_escape_inside(text[done:first]), f"**{_escape_inside(words)}**"))
            done = first + len(words)
    return _escape_start("".join((*parts, _escape_inside(text[done:]))).strip())
