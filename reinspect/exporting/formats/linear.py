"""Rewrite a page for a screen reader: signs and letters are spelt out, decorations are left out.

●G                    -> good
◆ outstanding [3]     -> outstanding, source 3
By year: 2022 4 █··▄  -> By year: 2022 4
"""

from __future__ import annotations

import re
from functools import cache

from msgspec.structs import replace

from reinspect.exporting.abbreviations import NO_SUCH_STRAND, STATES_IN_FULL, STRANDS_IN_FULL
from reinspect.exporting.sheet import Block, Listing, Paragraph, Sheet, SheetCell, SheetItem, SheetSection, SheetTable
from reinspect.frameworks import frameworks

_BARS = re.compile(r" ?[\N{LOWER ONE EIGHTH BLOCK}-\N{FULL BLOCK}][\N{LOWER ONE EIGHTH BLOCK}-\N{FULL BLOCK}·]*")
_NUMBER_ALONE = re.compile(r"(\d+)\.")


def linear_sheet(sheet: Sheet) -> Sheet:
    """Return the page for a screen reader, without shapes, bars and asterisks.

    Short forms of grades and graded subjects are spelt out, and "[3]" becomes "source 3".
    """
    sources = {source: number for number, source in enumerate(sheet.sources(), start=1)}
    sections = tuple(_section(section, sources) for section in sheet.sections)
    return replace(
        sheet,
        head=tuple(_spell_out_grades(_BARS.sub("", words)) for words in sheet.head),
        sections=(*sections, *([_source_list(sources)] if sources else [])),
    )


@cache
def _signs() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern that finds grade signs ("●G", or "●" before "good"), and a dict from sign to grade."""
    grades = [grade for framework in frameworks().values() for grade in framework.grades]
    short = {f"{grade.shape}{grade.letter}": grade.key for grade in reversed(grades)}
    keys = "|".join(sorted({re.escape(grade.key) for grade in grades}, key=len, reverse=True))
    shapes = "".join({grade.shape for grade in grades})
    return re.compile(rf"(?P<short>{'|'.join(map(re.escape, short))})(?: (?:{keys}))?|[{shapes}]\s(?={keys})"), short


def _spell_out_grades(words: str) -> str:
    pattern, short = _signs()
    return pattern.sub(lambda match: short[match["short"]] if match["short"] else "", words)


def _section(section: SheetSection, sources: dict[str, int]) -> SheetSection:
    return replace(section, blocks=tuple(_block(block, sources) for block in section.blocks if not _is_legend(block)))


def _is_legend(block: Block) -> bool:
    """Return True for a paragraph that only explains the signs of grades."""
    pattern, _ = _signs()
    return isinstance(block, Paragraph) and bool(block.text) and not pattern.sub("", block.text).strip(" ,.")


def _source_list(sources: dict[str, int]) -> SheetSection:
    items = tuple(SheetItem(marker=f"Source {number}:", text=source) for source, number in sources.items())
    return SheetSection(heading="Sources", blocks=(Listing(items=items),))


def _block(block: Block, sources: dict[str, int]) -> Block:
    match block:
        case Paragraph():
            return replace(block, text=block.text.replace(f'"{NO_SUCH_STRAND}":', "Where nothing is said:"), marks=())
        case Listing():
            return replace(block, items=tuple(replace(item, marks=()) for item in block.items))
        case SheetTable():
            columns = tuple(STRANDS_IN_FULL.get(column, _spell_out_grades(column)) for column in block.columns)
            rows = tuple(tuple(_cell(cell, sources) for cell in row) for row in block.rows)
            return replace(block, columns=columns, rows=rows)
    return block


def _cell(cell: SheetCell, sources: dict[str, int]) -> SheetCell:
    # Dashes are not read out: a history of twelve strands has a hundred of them.
    if cell.text == NO_SUCH_STRAND:
        return SheetCell(text="")
    text = _spell_out_grades(STATES_IN_FULL.get(cell.text, cell.text))
    text = _NUMBER_ALONE.sub(r"Number \1", text) if _NUMBER_ALONE.fullmatch(text) else text
    # "good [3]" would be heard as "good three".
    return SheetCell(text=f"{text}, source {sources[cell.citation]}" if cell.citation else text)
