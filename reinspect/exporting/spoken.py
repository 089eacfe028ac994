"""A sheet as it is to be heard: what only the eye takes in is left out, and what a sign says is said in words."""

from __future__ import annotations

import re

from msgspec.structs import replace

from reinspect.exporting.sheet import Block, Cell, Item, Listing, Paragraph, Section, Sheet, Table
from reinspect.exporting.sheets.wording import NO_SUCH_STRAND

_BARS = re.compile(r" ?[\N{LOWER ONE EIGHTH BLOCK}-\N{FULL BLOCK}][\N{LOWER ONE EIGHTH BLOCK}-\N{FULL BLOCK}·]*")
_NUMBER_ALONE = re.compile(r"(\d+)\.")


def spoken(sheet: Sheet) -> Sheet:
    """The same words in the same order, without shapes, bars and asterisks.

    The number of a source is said as such: "good, source 3" would else be heard as "good three". Where an inspection
    has no such strand nothing is said: a history of twelve strands has a hundred such places.
    """
    sources = {source: number for number, source in enumerate(sheet.sources(), start=1)}
    sections = tuple(replace(each, blocks=tuple(_block(b, sources) for b in each.blocks)) for each in sheet.sections)
    return replace(
        sheet,
        head=tuple(_BARS.sub("", words) for words in sheet.head),
        sections=(*sections, *([_listed(sources)] if sources else [])),
    )


def _listed(sources: dict[str, int]) -> Section:
    items = tuple(Item(marker=f"Source {number}:", text=source) for source, number in sources.items())
    return Section(heading="Sources", blocks=(Listing(items=items),))


def _block(block: Block, sources: dict[str, int]) -> Block:
    match block:
        case Paragraph():
            return replace(block, text=block.text.replace(f'"{NO_SUCH_STRAND}":', "Where nothing is said:"), marks=())
        case Listing():
            return replace(block, items=tuple(replace(item, marks=()) for item in block.items))
        case Table():
            return replace(block, rows=tuple(tuple(_cell(cell, sources) for cell in row) for row in block.rows))
    return block


def _cell(cell: Cell, sources: dict[str, int]) -> Cell:
    if cell.text == NO_SUCH_STRAND:
        return Cell(text="")
    text = _NUMBER_ALONE.sub(r"Number \1", cell.text) if _NUMBER_ALONE.fullmatch(cell.text) else cell.text
    return Cell(text=f"{text}, source {sources[cell.citation]}" if cell.citation else text)
