"""Write a page as a Word file: its own headings, tables and lists, numbered pages, and sources as footnotes.

A source that is cited again refers to its first footnote. A bar chart is written in words.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from reinspect.exporting.citation import unbroken
from reinspect.exporting.formats.office_file import without_clock, xml_text
from reinspect.exporting.formats.word_drawing import draw_in_word
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
    SheetTable,
    Tone,
)

_FILLS: dict[Tone, str] = {
    "rung-1": "DCE9F7",
    "rung-2": "DFF0E0",
    "rung-3": "FBEBCF",
    "rung-4": "F8DAD7",
    "better": "DFF0E0",
    "worse": "F8DAD7",
}
# With more columns than these a page is laid on its side.
_MOST_COLUMNS_UPRIGHT = 7
_LONGEST_LINE = 55
_LONGEST_FOOTER = 80
_FOOTER_DISTANCE = Cm(0.6)
# The bars of a chart in a line of text are about twice as wide as letters.
_BARS = frozenset("\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588")
# The white space at both sides of a cell, in characters.
_CELL_MARGIN = 4


class _Need(NamedTuple):
    """The least and the wanted width of a column, in characters."""

    least: int
    wanted: int


class _Sizes(NamedTuple):
    """The sizes of a page: margins, text, headings, and the gap after a paragraph."""

    margin: Length
    title: Length
    heading: Length
    text: Length
    small: Length
    gap: Length


_USUAL = _Sizes(Cm(1.9), Pt(18), Pt(13), Pt(10), Pt(8.5), Pt(4))
_COMPACT = _Sizes(Cm(1.3), Pt(14), Pt(10), Pt(8.5), Pt(7), Pt(2))


def render_docx(sheet: Sheet) -> bytes:
    """Return the page as a Word file."""
    writer = _Writer()
    writer.write(sheet)
    return writer.finished()


class _Writer:
    """Writes one page into a new Word document, and collects its footnotes."""

    def __init__(self) -> None:
        self._document: Any = Document()
        self._notes: dict[str, int] = {}
        self._charts = 0

    def write(self, sheet: Sheet) -> None:
        """Add the whole page to the document."""
        _set_up(self._document, sheet)
        self._document.add_heading(xml_text(sheet.title), level=0)
        for line in sheet.head:
            self._document.add_paragraph(xml_text(line), style="Sources")
        for section in sheet.sections:
            self._document.add_heading(xml_text(section.heading), level=1)
            for block in section.blocks:
                self._block(block)
        for line in sheet.foot:
            self._document.add_paragraph(xml_text(line), style="Sources")

    def finished(self) -> bytes:
        """Return the document as a file, with its footnotes."""
        part = self._document.part
        blob = "".join(_footnotes(tuple(self._notes))).encode()
        uri = PackURI("/word/footnotes.xml")
        notes = Part(uri, CONTENT_TYPE.WML_FOOTNOTES, blob, part.package)
        part.relate_to(notes, RELATIONSHIP_TYPE.FOOTNOTES)
        output = io.BytesIO()
        self._document.save(output)
        return without_clock(output.getvalue())

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                paragraph = self._document.add_paragraph()
                self._text(paragraph, block.text, block.marks, block.citation)
            case Listing() if block.beside and len(block.items) > 1:
                self._side_by_side(block.items)
            case Listing():
                for item in block.items:
                    self._item(item)
            case SheetTable():
                self._table(block)
            case BarChart():
                self._document.add_paragraph(xml_text(f"{block.title}. {block.alternative}"))
            case Chart():
                self._charts += 1
                section = self._document.sections[0]
                room = section.page_width - section.left_margin - section.right_margin
                self._document.add_paragraph()._p.append(draw_in_word(block, room, self._charts))

    def _item(self, item: SheetItem) -> None:
        paragraph = self._document.add_paragraph(style="Marked item" if item.marker else "List Bullet")
        if item.marker:
            paragraph.add_run(f"{xml_text(item.marker)}\t").bold = True
        self._text(paragraph, item.text, item.marks, item.citation)
        if item.note:
            self._document.add_paragraph(f"Note: {xml_text(item.note)}", style="Marked item").runs[0].italic = True

    def _side_by_side(self, items: Sequence[SheetItem]) -> None:
        """Add a table with the items next to each other, their markers as headings."""
        table = self._new_table(2, [_Need(1, 1)] * len(items))
        heads, texts = _cells(table)
        for head, cell, item in zip(heads, texts, items, strict=True):
            head.paragraphs[0].add_run(xml_text(item.marker)).bold = True
            self._text(cell.paragraphs[0], item.text, item.marks, item.citation)

    def _table(self, block: SheetTable) -> None:
        shared = block.citations()
        table = self._new_table(len(block.rows) + 1, _needs(block))
        lines = _cells(table)
        for cell, name, citation in zip(next(lines), block.columns, shared, strict=True):
            cell.paragraphs[0].add_run(xml_text(name)).bold = True
            self._cite(cell.paragraphs[0], citation)
        for cells, row in zip(lines, block.rows, strict=True):
            for cell, content, citation in zip(cells, row, shared, strict=True):
                self._cell(cell, content, None if citation else content.citation)

    def _cell(self, cell: _Cell, content: SheetCell, citation: str | None) -> None:
        paragraph = cell.paragraphs[0]
        if content.shape:
            paragraph.add_run(f"{xml_text(content.shape)}\N{NO-BREAK SPACE}")
        self._text(paragraph, content.text, content.marks, citation)
        if fill := _FILLS.get(content.tone):
            shading = OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
                shading.set(qn(f"w:{name}"), value)
            cell._tc.get_or_add_tcPr().append(shading)

    def _new_table(self, rows: int, needs: Sequence[_Need]) -> Table:
        """Add an empty table whose first row is repeated on every page; `needs` share out its width."""
        table: Table = self._document.add_table(rows, len(needs), style="Table Grid")
        table.autofit = False
        section = self._document.sections[0]
        widths = _shared_out(section.page_width - section.left_margin - section.right_margin, needs)
        for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
            column.w = width
        for cells in _cells(table):
            for cell, width in zip(cells, widths, strict=True):
                cell.width = width
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        properties.append(OxmlElement("w:tblHeader"))
        self._document.add_paragraph(style="Gap")
        return table

    def _text(self, paragraph: WordParagraph, text: str, marks: Marks, citation: str | None) -> None:
        """Add a text with the marked (start, end) ranges in bold, and the footnote of its source."""
        done = 0
        for start, end in marks:
            paragraph.add_run(xml_text(text[done:start]))
            paragraph.add_run(xml_text(text[start:end])).bold = True
            done = end
        paragraph.add_run(xml_text(text[done:]))
        self._cite(paragraph, citation)

    def _cite(self, paragraph: WordParagraph, citation: str | None) -> None:
        """Add a footnote with the source, or a reference to the footnote that has it already."""
        if not citation:
            return
        number = self._notes.get(citation)
        if number is None:
            self._notes[citation] = number = len(self._notes) + 1
            paragraph._p.extend(_new_reference(number))
        else:
            paragraph._p.extend(_repeated_reference(number))


def _set_up(document: Any, sheet: Sheet) -> None:
    """Set paper, fonts, styles and properties of a new document."""
    section = document.sections[0]
    upright = sheet.compact or all(len(table.columns) <= _MOST_COLUMNS_UPRIGHT for table in _tables(sheet))
    section.page_width, section.page_height = (Cm(21), Cm(29.7)) if upright else (Cm(29.7), Cm(21))
    if not upright:
        section.orientation = 1
    sizes = _COMPACT if sheet.compact else _USUAL
    section.left_margin = section.right_margin = sizes.margin
    section.top_margin = section.bottom_margin = sizes.margin
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Arial", sizes.text
    normal.paragraph_format.space_after = sizes.gap
    normal.element.get_or_add_rPr().append(_element("w:lang", val="en-GB"))
    for name, size in (("Title", sizes.title), ("Heading 1", sizes.heading)):
        styles[name].font.size, styles[name].font.color.rgb = size, RGBColor(0, 0, 0)
        if sheet.compact:
            styles[name].paragraph_format.space_before = styles[name].paragraph_format.space_after = sizes.gap
        styles[name].font.name = "Arial"
        fonts = styles[name].element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    _add_styles(styles, sizes)
    _number_pages(section, sheet.title, sizes)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = xml_text(sheet.title)[:255], "reinspect", ""
    properties.language = "en-GB"
    _announce_footnotes(document.settings.element)


def _number_pages(section: Any, title: str, sizes: _Sizes) -> None:
    """Add a line to the foot of every page: what it is a page of, and its number."""
    section.footer_distance = _FOOTER_DISTANCE
    foot = section.footer.paragraphs[0]
    foot.style = "Sources"
    foot.paragraph_format.space_after = Pt(0)
    width = section.page_width - 2 * sizes.margin
    foot.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    short = (
        title if len(title) <= _LONGEST_FOOTER else f"{title[: _LONGEST_FOOTER - 1].rstrip()}\N{HORIZONTAL ELLIPSIS}"
    )
    foot.add_run(f"{xml_text(short)}\tPage ")
    for field, before in (("PAGE", ""), ("NUMPAGES", " of ")):
        foot.add_run(before)
        number, run = _element("w:fldSimple", instr=field), OxmlElement("w:r")
        run.append(OxmlElement("w:t"))
        run[0].text = "1"
        number.append(run)
        foot._p.append(number)


def _add_styles(styles: Any, sizes: _Sizes) -> None:
    sources = styles.add_style("Sources", WD_STYLE_TYPE.PARAGRAPH)
    sources.base_style, sources.font.size = styles["Normal"], sizes.small
    item = styles.add_style("Marked item", WD_STYLE_TYPE.PARAGRAPH)
    item.base_style = styles["Normal"]
    item.paragraph_format.left_indent, item.paragraph_format.first_line_indent = Cm(1), Cm(-1)
    item.paragraph_format.tab_stops.add_tab_stop(Cm(1))
    gap = styles.add_style("Gap", WD_STYLE_TYPE.PARAGRAPH)
    gap.base_style, gap.font.size, gap.paragraph_format.space_after = styles["Normal"], sizes.gap, Pt(0)
    note = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    note.base_style, note.font.size, note.paragraph_format.space_after = styles["Normal"], sizes.small, Pt(0)
    reference = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True


def _announce_footnotes(settings: Any) -> None:
    """Name the two separators of footnotes in the settings, at the place where Word expects them."""
    announced = OxmlElement("w:footnotePr")
    for number in ("-1", "0"):
        announced.append(_element("w:footnote", id=number))
    later = settings.find(qn("w:compat"))
    if later is not None:
        later.addprevious(announced)
    else:
        settings.append(announced)


def _tables(sheet: Sheet) -> Iterator[SheetTable]:
    return (block for section in sheet.sections for block in section.blocks if isinstance(block, SheetTable))


def _needs(table: SheetTable) -> list[_Need]:
    """Return how much room each column needs: for its longest word, and for most of its longest text."""
    needs = []
    for number, name in enumerate(table.columns):
        texts = [name, *(f"{row[number].shape} {row[number].text}" for row in table.rows)]
        word = max((_width(word) for text in texts for word in text.split()), default=1) + _CELL_MARGIN
        line = min(max(map(len, texts)) + _CELL_MARGIN, _LONGEST_LINE)
        needs.append(_Need(word, max(word, line)))
    return needs


def _width(word: str) -> int:
    """Return the width of a word in characters."""
    return len(word) + sum(letter in _BARS for letter in word)


def _shared_out(total: int, needs: Sequence[_Need]) -> list[Length]:
    """Return the width of each column: room for every word, then the rest by the length of the texts."""
    least, wanted = sum(need.least for need in needs), sum(need.wanted for need in needs)
    room = max(least, min(wanted, _LONGEST_LINE * 2))
    spare = (room - least) / (wanted - least) if wanted > least else 0
    widths = [need.least + (need.wanted - need.least) * spare for need in needs]
    return [Length(int(total * width / sum(widths))) for width in widths]


def _cells(table: Table) -> Iterator[list[_Cell]]:
    """Yield the cells of each row; much faster than `table.rows[...].cells`."""
    return ([_Cell(cell, table) for cell in row.tc_lst] for row in table._tbl.tr_lst)


def _element(tag: str, /, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element


def _run(*children: Any) -> Any:
    """Return a raised run of text with these elements inside."""
    run, properties = OxmlElement("w:r"), OxmlElement("w:rPr")
    properties.append(_element("w:rStyle", val="footnotereference"))
    run.append(properties)
    run.extend(children)
    return run


def _new_reference(number: int) -> tuple[Any, ...]:
    """Return a reference to a footnote, in a bookmark by which it can be referred to again."""
    return (
        _element("w:bookmarkStart", id=str(number), name=f"note{number}"),
        _run(_element("w:footnoteReference", id=str(number))),
        _element("w:bookmarkEnd", id=str(number)),
    )


def _repeated_reference(number: int) -> tuple[Any, ...]:
    """Return a field that repeats the number of a footnote."""
    instruction, shown = OxmlElement("w:instrText"), OxmlElement("w:t")
    instruction.text, shown.text = f" NOTEREF note{number} \\f \\h ", str(number)
    instruction.set(qn("xml:space"), "preserve")
    return (
        _run(_element("w:fldChar", fldCharType="begin")),
        _run(instruction),
        _run(_element("w:fldChar", fldCharType="separate")),
        _run(shown),
        _run(_element("w:fldChar", fldCharType="end")),
    )


def _footnotes(citations: Sequence[str]) -> Iterator[str]:
    """Yield the XML of all footnotes, after the two separators that Word expects."""
    yield f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes {nsdecls("w")}>'
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        yield f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    for number, citation in enumerate(citations, 1):
        yield (
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="footnotetext"/></w:pPr>'
            '<w:r><w:rPr><w:rStyle w:val="footnotereference"/></w:rPr><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> {escape(xml_text(unbroken(citation)))}</w:t></w:r></w:p></w:footnote>'
        )
    yield "</w:footnotes>"
