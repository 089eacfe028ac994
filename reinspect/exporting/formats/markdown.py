"""A sheet as Markdown (GitHub's, for its tables). Every character of the words that Markdown would read is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from reinspect.exporting.sheet import Block, Chart, Listing, Marks, Paragraph, Sheet, SheetItem, SheetTable

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
# These are read only where a line begins with them: a list, an underlined heading, a rule; a numbered list.
_LEADING = re.compile(r"^(?:([-+=])|(\d+)([.)]))")

Numbers = Mapping[str, int]


def render(sheet: Sheet) -> str:
    """The sheet as Markdown that ends with a newline; sources of table cells are numbered and listed at the end."""
    numbers = {source: number for number, source in enumerate(sheet.sources(), start=1)}
    parts = [f"# {escaped(sheet.title)}"]
    if sheet.head:
        parts.append("\n".join(f"- {escaped(line)}" for line in sheet.head))
    for section in sheet.sections:
        parts.append(f"## {escaped(section.heading)}")
        parts.extend(_block(block, numbers) for block in section.blocks)
    if numbers:
        parts.append("## Sources")
        parts.append("\n".join(f"{number}. {escaped(source)}" for source, number in numbers.items()))
    if sheet.foot:
        parts.append("---")
        parts.extend(f"*{escaped(line)}*" for line in sheet.foot)
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    """The text on one line, to be read by Markdown as nothing but words."""
    return _begun(_inner(text.strip()))


def _begun(line: str) -> str:
    """A line whose first character starts no list and no rule."""
    return _LEADING.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", line)


def _inner(text: str) -> str:
    """Words inside a line: escaped, with single spaces."""
    return _SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", text))


def _block(block: Block, numbers: Numbers) -> str:
    match block:
        case Paragraph():
            return _cited(block)
        case Listing():
            return "\n".join(line for item in block.items for line in _item(item))
        case SheetTable():
            return "\n".join(_table(block, numbers))
        case Chart():
            return ""


def _table(table: SheetTable, numbers: Numbers) -> Iterable[str]:
    shared = table.citations()
    headings = (
        escaped(heading) + _number(citation, numbers) for heading, citation in zip(table.columns, shared, strict=True)
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


def _number(citation: str | None, numbers: Numbers) -> str:
    return f" \\[{numbers[citation]}\\]" if citation else ""


def _item(item: SheetItem) -> Iterable[str]:
    yield f"- {_marker(item)}{_cited(item)}"
    if item.note:
        yield f"  - Note: {escaped(item.note)}"


def _marker(item: SheetItem) -> str:
    return f"**{_inner(item.marker)}** " if item.marker else ""


def _cited(block: Paragraph | SheetItem) -> str:
    text = _marked(block.text, block.marks)
    return f"{text} *({escaped(block.citation)})*" if block.citation else text


def _marked(text: str, marks: Marks) -> str:
    """The text escaped, with each marked span in bold; space at the rim of a span stays outside the bold."""
    parts: list[str] = []
    at = 0
    for start, end in marks:
        bare = text[start:end].strip()
        if bare:
            first = text.index(bare, start)
            parts.extend((_inner(text[at:first]), f"**{_inner(bare)}**"))
            at = first + len(bare)
    return _begun("".join((*parts, _inner(text[at:]))).strip())
