"""A sheet as it is to be heard: what only the eye takes in is left out, and what a sign says is said in words."""

from __future__ import annotations

import re
from functools import cache

from msgspec.structs import replace

from reinspect.exporting.sheet import Block, Listing, Paragraph, Sheet, SheetCell, SheetItem, SheetSection, SheetTable
from reinspect.exporting.sheets.inspections import STATES_IN_FULL, STRANDS_IN_FULL
from reinspect.exporting.sheets.labels import NO_SUCH_STRAND
from reinspect.frameworks import frameworks

_BARS = re.compile(r" ?[\N{LOWER ONE EIGHTH BLOCK}-\N{FULL BLOCK}][\N{LOWER ONE EIGHTH BLOCK}-\N{FULL BLOCK}·]*")
_NUMBER_ALONE = re.compile(r"(\d+)\.")


def linear_sheet(sheet: Sheet) -> Sheet:
    """The same words in the same order, without shapes, bars and asterisks.

    A grade that is told by a letter, and a strand by two, are told in full. The number of a source is said as such:
    "good, source 3" would else be heard as "good three". Where an inspection has no such strand nothing is said: a
    history of twelve strands has a hundred such places.
    """
    sources = {source: number for number, source in enumerate(sheet.sources(), start=1)}
    sections = tuple(_section(section, sources) for section in sheet.sections)
    return replace(
        sheet,
        head=tuple(_graded(_BARS.sub("", words)) for words in sheet.head),
        sections=(*sections, *([_listed(sources)] if sources else [])),
    )


@cache
def _signs() -> tuple[re.Pattern[str], dict[str, str]]:
    """What stands for a grade where there is little room: its shape and letter, or its shape before its word."""
    steps = [step for framework in frameworks().values() for step in framework.grades]
    short = {f"{step.shape}{step.letter}": step.key for step in reversed(steps)}
    keys = "|".join(sorted({re.escape(step.key) for step in steps}, key=len, reverse=True))
    shapes = "".join({step.shape for step in steps})
    return re.compile(rf"(?P<short>{'|'.join(map(re.escape, short))})(?: (?:{keys}))?|[{shapes}]\s(?={keys})"), short


def _graded(words: str) -> str:
    pattern, short = _signs()
    return pattern.sub(lambda found: short[found["short"]] if found["short"] else "", words)


def _section(section: SheetSection, sources: dict[str, int]) -> SheetSection:
    return replace(section, blocks=tuple(_block(each, sources) for each in section.blocks if not _is_key(each)))


def _is_key(block: Block) -> bool:
    """Whether a paragraph does no more than say which grade a sign stands for."""
    pattern, _ = _signs()
    return isinstance(block, Paragraph) and bool(block.text) and not pattern.sub("", block.text).strip(" ,.")


def _listed(sources: dict[str, int]) -> SheetSection:
    items = tuple(SheetItem(marker=f"Source {number}:", text=source) for source, number in sources.items())
    return SheetSection(heading="Sources", blocks=(Listing(items=items),))


def _block(block: Block, sources: dict[str, int]) -> Block:
    match block:
        case Paragraph():
            return replace(block, text=block.text.replace(f'"{NO_SUCH_STRAND}":', "Where nothing is said:"), marks=())
        case Listing():
            return replace(block, items=tuple(replace(item, marks=()) for item in block.items))
        case SheetTable():
            columns = tuple(STRANDS_IN_FULL.get(column, _graded(column)) for column in block.columns)
            rows = tuple(tuple(_cell(cell, sources) for cell in row) for row in block.rows)
            return replace(block, columns=columns, rows=rows)
    return block


def _cell(cell: SheetCell, sources: dict[str, int]) -> SheetCell:
    if cell.text == NO_SUCH_STRAND:
        return SheetCell(text="")
    text = _graded(STATES_IN_FULL.get(cell.text, cell.text))
    text = _NUMBER_ALONE.sub(r"Number \1", text) if _NUMBER_ALONE.fullmatch(text) else text
    return SheetCell(text=f"{text}, source {sources[cell.citation]}" if cell.citation else text)
