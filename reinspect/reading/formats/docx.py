"""Read Word documents (.docx) with the standard library: a .docx file is a zip archive whose main part is XML.

Read: paragraphs, tables in their place (a row is a line, with tabs between cells), list numbers and bullets, signs of
symbol fonts, text inserted as a tracked change, and the page breaks of Word's last layout. Left out: deleted and hidden
text, notes, headers and footers. Macros and embedded files are never opened. A part with a DOCTYPE is refused, so that
no entity can be declared (an "entity bomb").
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from reinspect.errors import UnreadableError
from reinspect.reading.formats.numbering import Numbering, word_name

LARGEST_PART = 50_000_000
"""Bytes of the largest part that is unpacked."""
MOST_PARTS = 10_000

_FOLDER = "word/"
_MAIN, _STYLES, _NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
"""The usual names of the parts; the relationships of an archive may give them others, such as "word/document2.xml"."""
_OTHER_ARCHIVES = (
    ("xl/", "an Excel workbook: save it as PDF"),
    ("ppt/", "a PowerPoint presentation: save it as PDF"),
    ("content.xml", "an OpenDocument file: save it as .docx or PDF"),
)
_NOT_SHOWN = frozenset(
    word_name(name) for name in ["del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr"]
) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # a copy of AlternateContent's Choice
}
_WRAPPERS = frozenset(word_name(name) for name in ["sdt", "sdtContent", "customXml", "ins", "moveTo"])
_SPECIAL_CHARACTERS = {
    word_name("tab"): "\t",
    word_name("ptab"): "\t",
    word_name("cr"): "\n",
    word_name("noBreakHyphen"): "-",
}
_PAGE_BREAK = "\f"
_BULLET = re.compile("^([\f]?)[ \t]*[\uf000-\uf0ff•][ \t]*")
"""A bullet of a symbol font at the start of a paragraph, after a page break."""


def recognise_archive(data: bytes) -> str:
    """Return "docx" if a zip archive is a Word document.

    Raises:
        UnreadableError: the archive is something else. The message says what it is.
    """
    archive = _open_archive(data)
    names = archive.namelist()
    if _find_parts(archive)[0] in names:
        return "docx"
    descriptions = (
        description for prefix, description in _OTHER_ARCHIVES if any(name.startswith(prefix) for name in names)
    )
    raise UnreadableError(next(descriptions, "a zip archive: unpack it first"))


def extract_pages(data: bytes) -> tuple[list[str], list[str]]:
    """Return the pages of a Word document, and an empty list of warnings.

    Raises:
        UnreadableError: the document is damaged, locked or too large.
    """
    archive = _open_archive(data)
    if len(archive.namelist()) > MOST_PARTS:
        raise UnreadableError(f"a Word document of more than {MOST_PARTS:,} parts")
    name, styles, definitions = _find_parts(archive)
    numbering = Numbering(styles=_read_part(archive, styles), numbering=_read_part(archive, definitions))
    main = _read_part(archive, name)
    if main is None:
        raise UnreadableError("a damaged Word document: its main part is missing")
    # The pages are those of Word's last layout if the file records it, else those of the typed page breaks.
    try:
        return [page.strip("\n") for page in _BodyReader(main, numbering).text().split(_PAGE_BREAK)], []
    except RecursionError:
        raise UnreadableError("a damaged Word document: nested too deeply") from None


def _open_archive(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise UnreadableError("a damaged or truncated Word document or zip archive") from None


def _find_parts(archive: zipfile.ZipFile) -> tuple[str, str, str]:
    """Return the names of the main part, the styles and the list definitions."""
    if _MAIN in archive.namelist():
        return _MAIN, _STYLES, _NUMBERING
    main = _related_part(archive, "_rels/.rels", "officeDocument") or _MAIN
    relationships = f"{_FOLDER}_rels/{main.removeprefix(_FOLDER)}.rels"
    return (
        main,
        _related_part(archive, relationships, "styles") or _STYLES,
        _related_part(archive, relationships, "numbering") or _NUMBERING,
    )


def _related_part(archive: zipfile.ZipFile, relationships: str, kind: str) -> str | None:
    """Return the name of the part of a kind ("styles") that a list of relationships names, or None."""
    root = _read_part(archive, relationships)
    for relationship in root if root is not None else ():
        target = relationship.get("Target", "").removeprefix("/").removeprefix(_FOLDER)
        if relationship.get("Type", "").endswith(f"/{kind}") and _FOLDER + target in archive.namelist():
            return _FOLDER + target
    return None


def _read_part(archive: zipfile.ZipFile, name: str) -> ElementTree.Element | None:
    """Return the root XML element of a part (a file in the archive), or None if there is no such part."""
    try:
        with archive.open(name) as part:
            data = part.read(LARGEST_PART + 1)  # the size that an archive declares may be false
    except KeyError:
        return None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise UnreadableError("a damaged or locked Word document") from None
    if len(data) > LARGEST_PART:
        raise UnreadableError(f"a Word document that unpacks to more than {LARGEST_PART // 1_000_000} MB")
    try:
        return ElementTree.fromstring(data, ElementTree.XMLParser(target=_NoDoctypeBuilder()))
    except (ElementTree.ParseError, LookupError, ValueError):
        raise UnreadableError("a damaged Word document") from None


class _NoDoctypeBuilder(ElementTree.TreeBuilder):
    """A builder of XML element trees that refuses documents with a DOCTYPE."""

    def doctype(self, *_: str | None) -> None:
        """Refuse the document: Word never writes a DOCTYPE, and a DOCTYPE can declare harmful entities."""
        raise UnreadableError("a damaged Word document: it declares entities")


class _BodyReader:
    """A reader of the text in the body of a Word document."""

    def __init__(self, main: ElementTree.Element, numbering: Numbering) -> None:
        self._main = main
        self._numbering = numbering
        # Word records where its pages last ended; without that, the page breaks typed by the writer are used.
        self._has_layout = next(main.iter(word_name("lastRenderedPageBreak")), None) is not None

    def text(self) -> str:
        """Return the text of the body, with a form feed between pages."""
        return "".join(gap + block for gap, block in self._blocks(self._main))

    def _blocks(self, parent: ElementTree.Element) -> Iterator[tuple[str, str]]:
        """Yield (gap, text) for each paragraph and table row; the gap is the line ends before the text."""
        for child in parent:
            if child.tag == word_name("p"):
                marker = self._numbering.next_marker(child)
                text = _BULLET.sub(r"\1• ", self._inline_text(child))
                if text.strip():
                    page_break = _PAGE_BREAK if text.startswith(_PAGE_BREAK) else ""
                    yield ("\n" if marker else "\n\n"), page_break + marker + text.removeprefix(_PAGE_BREAK)
                elif _PAGE_BREAK in text:
                    yield "", _PAGE_BREAK
            elif child.tag == word_name("tbl"):
                yield from self._rows(child)
            elif child.tag not in _NOT_SHOWN:
                yield from self._blocks(child)

    def _rows(self, table: ElementTree.Element) -> Iterator[tuple[str, str]]:
        gap = "\n\n"
        for row in _children(table, word_name("tr")):
            cells = [
                "\n".join(block for _, block in self._blocks(cell)).strip() for cell in _children(row, word_name("tc"))
            ]
            line = "\t".join(cells)
            if line.strip():
                # Each cell of a row across two pages has the page break; the row is put on the second page.
                yield gap, (_PAGE_BREAK if _PAGE_BREAK in line else "") + line.replace(_PAGE_BREAK, "")
                gap = "\n"

    def _inline_text(self, parent: ElementTree.Element) -> str:
        return "".join(self._inline_pieces(parent))

    def _inline_pieces(self, parent: ElementTree.Element) -> Iterator[str]:
        for child in parent:
            tag = child.tag
            if tag == word_name("t"):
                yield child.text or ""
            elif tag == word_name("sym"):
                yield _symbol(child.get(word_name("char"), ""))
            elif tag in _SPECIAL_CHARACTERS:
                yield _SPECIAL_CHARACTERS[tag]
            elif tag == word_name("br"):
                yield "\n" if child.get(word_name("type")) != "page" else "" if self._has_layout else _PAGE_BREAK
            elif tag == word_name("lastRenderedPageBreak"):
                yield _PAGE_BREAK
            elif tag == word_name("txbxContent"):
                yield "\n" + "\n".join(block for _, block in self._blocks(child)) + "\n"
            elif tag not in _NOT_SHOWN and not _is_hidden(child):
                yield from self._inline_pieces(child)


def _children(parent: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """Yield the child elements with this tag, including those inside content controls and tracked insertions."""
    for child in parent:
        if child.tag == name:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, name)


def _symbol(code: str) -> str:
    """Return the character with a code of a symbol font, such as "F0B7", or U+FFFD if the code is not valid."""
    return chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{4}", code) else "\N{REPLACEMENT CHARACTER}"


def _is_hidden(run: ElementTree.Element) -> bool:
    vanish = run.find(f"{word_name('rPr')}/{word_name('vanish')}")
    return vanish is not None and vanish.get(word_name("val")) not in {"0", "false", "off"}
