"""Word documents (.docx), read with the standard library: a zip archive whose main part is XML.

Kept: paragraphs, tables in their place (a row is a line, its cells divided by a tab), list numbers and bullets, text
inserted while changes were tracked, and pages as Word last laid them out. Left out: deleted and hidden text, notes,
heads and feet. Macros and embedded files are never opened, and an entity bomb has no DOCTYPE to stand in.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from reinspect.errors import UnreadableError
from reinspect.reading.formats.numbering import Numbering, named

LARGEST_PART = 50_000_000
MOST_PARTS = 10_000

_MAIN, _STYLES, _NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
_OTHERS = (
    ("xl/", "an Excel workbook: save it as PDF"),
    ("ppt/", "a PowerPoint presentation: save it as PDF"),
    ("content.xml", "an OpenDocument file: save it as .docx or PDF"),
)
_NOT_SHOWN = frozenset(named(name) for name in ["del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr"]) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # what stood in AlternateContent's Choice
}
_WRAPPERS = frozenset(named(name) for name in ["sdt", "sdtContent", "customXml", "ins", "moveTo"])
_SIGNS = {named("tab"): "\t", named("cr"): "\n", named("noBreakHyphen"): "-"}
_PAGE = "\f"


def recognise(data: bytes) -> str:
    """ "docx" for the bytes of a Word document; raises UnreadableError for any other archive, saying what it is."""
    names = _archive(data).namelist()
    if _MAIN in names:
        return "docx"
    what = next((what for start, what in _OTHERS if any(name.startswith(start) for name in names)), None)
    raise UnreadableError(what or "a zip archive: unpack it first")


def pages_of(data: bytes) -> tuple[list[str], list[str]]:
    """Pages of a Word document, as Word last laid them out where it says so; no warnings.

    Raises UnreadableError where it is damaged, locked, or unpacks to more than a document can hold.
    """
    archive = _archive(data)
    if len(archive.namelist()) > MOST_PARTS:
        raise UnreadableError(f"a Word document of more than {MOST_PARTS:,} parts")
    numbering = Numbering(styles=_part(archive, _STYLES), numbering=_part(archive, _NUMBERING))
    main = _part(archive, _MAIN)
    if main is None:
        raise UnreadableError("a Word document without its text")
    try:
        return [page.strip("\n") for page in _Body(main, numbering).text().split(_PAGE)], []
    except RecursionError:
        raise UnreadableError("a damaged Word document: nested too deeply") from None


def _archive(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise UnreadableError("a damaged or truncated Word document or zip archive") from None


def _part(archive: zipfile.ZipFile, name: str) -> ElementTree.Element | None:
    """The root of a part, or None where the document has no such part."""
    try:
        with archive.open(name) as part:
            data = part.read(LARGEST_PART + 1)  # the size that an archive declares may be a lie
    except KeyError:
        return None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise UnreadableError("a damaged or locked Word document") from None
    if len(data) > LARGEST_PART:
        raise UnreadableError(f"a Word document that unpacks to more than {LARGEST_PART // 1_000_000} MB")
    try:
        return ElementTree.fromstring(data, ElementTree.XMLParser(target=_WithoutDoctype()))
    except (ElementTree.ParseError, LookupError, ValueError):
        raise UnreadableError("a damaged Word document") from None


class _WithoutDoctype(ElementTree.TreeBuilder):
    def doctype(self, *_: str | None) -> None:
        """Refuse it: Word writes none, and entities are declared in it."""
        raise UnreadableError("a damaged Word document: it declares entities")


class _Body:
    """The walk over a document's body, in the order in which it is printed."""

    def __init__(self, main: ElementTree.Element, numbering: Numbering) -> None:
        self._main = main
        self._numbering = numbering
        # Word notes where its pages ended last; where it did not, the breaks that a writer set must do.
        self._laid_out = next(main.iter(named("lastRenderedPageBreak")), None) is not None

    def text(self) -> str:
        return "".join(gap + block for gap, block in self._blocks(self._main))

    def _blocks(self, parent: ElementTree.Element) -> Iterator[tuple[str, str]]:
        """Each paragraph and row, with the gap that parts it from what stands before."""
        for child in parent:
            if child.tag == named("p"):
                marker = self._numbering.marker(child)
                text = self._words(child)
                if text.strip():
                    broken = _PAGE if text.startswith(_PAGE) else ""
                    yield ("\n" if marker else "\n\n"), broken + marker + text.removeprefix(_PAGE)
                elif _PAGE in text:
                    yield "", _PAGE
            elif child.tag == named("tbl"):
                yield from self._rows(child)
            elif child.tag not in _NOT_SHOWN:
                yield from self._blocks(child)

    def _rows(self, table: ElementTree.Element) -> Iterator[tuple[str, str]]:
        gap = "\n\n"
        for row in _children(table, named("tr")):
            cells = [
                "\n".join(block for _, block in self._blocks(cell)).strip() for cell in _children(row, named("tc"))
            ]
            line = "\t".join(cells)
            if line.strip():
                # Each cell of a row that runs over two pages has the break; the row goes to the second.
                yield gap, (_PAGE if _PAGE in line else "") + line.replace(_PAGE, "")
                gap = "\n"

    def _words(self, parent: ElementTree.Element) -> str:
        return "".join(self._signs(parent))

    def _signs(self, parent: ElementTree.Element) -> Iterator[str]:
        for child in parent:
            tag = child.tag
            if tag == named("t"):
                yield child.text or ""
            elif tag in _SIGNS:
                yield _SIGNS[tag]
            elif tag == named("br"):
                yield "\n" if child.get(named("type")) != "page" else "" if self._laid_out else _PAGE
            elif tag == named("lastRenderedPageBreak"):
                yield _PAGE
            elif tag == named("txbxContent"):
                yield "\n" + "\n".join(block for _, block in self._blocks(child)) + "\n"
            elif tag not in _NOT_SHOWN and not _is_hidden(child):
                yield from self._signs(child)


def _children(parent: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """The children of that name, also those that stand in a content control or are tracked as inserted."""
    for child in parent:
        if child.tag == name:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, name)


def _is_hidden(run: ElementTree.Element) -> bool:
    vanish = run.find(f"{named('rPr')}/{named('vanish')}")
    return vanish is not None and vanish.get(named("val")) not in {"0", "false", "off"}
