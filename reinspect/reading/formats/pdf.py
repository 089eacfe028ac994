"""Read PDF files page by page, with pdfium's `get_text_bounded` (ecosystem.md 1).

pdfium is not thread-safe, even for different documents: read in one thread of a process at a time. A small file can
need gigabytes of memory; `reinspect.reading.worker_pool` sets the limits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from reinspect.errors import UnreadableError
from reinspect.reading.formats.limits import MOST_CHARACTERS, MOST_PAGES

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_* of fpdfview.h
_FEWEST_CHARACTERS = 20
"""A page that is mostly picture and has fewer characters is a scan: its text is only a page number or a stamp."""
_BULLET = re.compile("^[ \t]*([\uf000-\uf0ff•])[ \t]*", re.MULTILINE)
_NESTED_BULLET = "\uf02d"


def extract_pages(data: bytes) -> tuple[list[str], list[str]]:
    """Return the pages and warnings of a PDF file.

    A page that cannot be read is an empty string, and a warning gives its page number.

    Raises:
        UnreadableError: the PDF is locked or damaged, has no text, or is over the limits.
    """
    document = _open(data)
    try:
        return _read_pages(document)
    finally:
        document.close()


def _open(data: bytes) -> pdfium.PdfDocument:
    """Open a PDF file.

    Raises:
        UnreadableError: the PDF is locked, damaged, empty or too long.
    """
    import pypdfium2 as pdfium  # takes 130 ms to import

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == _PASSWORD:
            raise UnreadableError("locked with a password: save a copy without one") from None
        if code == _SECURITY:
            raise UnreadableError("locked in a way that cannot be read here: save an unlocked copy") from None
        raise UnreadableError("a damaged or truncated PDF") from None
    if len(document) == 0:
        document.close()
        raise UnreadableError("a PDF with no pages")
    if len(document) > MOST_PAGES:
        document.close()
        raise UnreadableError(f"more than {MOST_PAGES:,} pages")
    return document


def _read_pages(document: pdfium.PdfDocument) -> tuple[list[str], list[str]]:
    """Return the text of each page of a PDF, and warnings about pages without text.

    Raises:
        UnreadableError: the PDF has no text, or too much.
    """
    texts: list[str] = []
    failed: list[int] = []
    scanned: list[int] = []
    characters = 0
    for number in range(1, len(document) + 1):
        text, problem = _read_page(document, number)
        texts.append(text)
        if problem == "failed":
            failed.append(number)
        elif problem == "scanned":
            scanned.append(number)
        characters += len(text)
        if characters > MOST_CHARACTERS:
            raise UnreadableError(f"more than {MOST_CHARACTERS // 1_000_000} million characters")
    return texts, _warnings(texts, failed, scanned)


def _read_page(document: pdfium.PdfDocument, number: int) -> tuple[str, Literal["", "failed", "scanned"]]:
    """Return the text of a page and its problem: "failed" (unreadable), "scanned" (only a picture) or "" (none).

    Pages are numbered from 1.
    """
    import pypdfium2 as pdfium

    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return "", "failed"
    try:
        text = read_page_text(page)
        is_scan = len("".join(text.split())) < _FEWEST_CHARACTERS and _is_picture(page)
        return text, "scanned" if is_scan else ""
    except pdfium.PdfiumError:
        return "", "failed"
    finally:
        page.close()


def read_page_text(page: pdfium.PdfPage) -> str:
    """Return the text of a PDF page, with "• " for bullets and "◦ " for nested bullets."""
    reader = page.get_textpage()
    try:
        text: str = reader.get_text_bounded()
    finally:
        reader.close()
    # pdfium returns U+0002 for a hyphen at a line end, and no line break. Such a hyphen is real ("multi-agency"),
    # because reports do not hyphenate words. The bullets of Wingdings and Symbol are private-use characters.
    text = text.replace("\r\n", "\n").replace("\x02", "-").replace("\ufffe", "-")
    return _BULLET.sub(lambda match: "◦ " if match[1] == _NESTED_BULLET else "• ", text)


def _is_picture(page: pdfium.PdfPage) -> bool:
    """Return whether pictures cover more than half of the page."""
    import pypdfium2.raw as pdfium_c

    width, height = page.get_size()
    covered = 0.0
    for picture in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return bool(covered > width * height / 2)


def _warnings(texts: list[str], failed: list[int], scanned: list[int]) -> list[str]:
    """Return warnings about pages that could not be read (`failed`) or are only pictures (`scanned`).

    Raises:
        UnreadableError: no page has text.
    """
    empty = {number for number, text in enumerate(texts, start=1) if not text.strip()}
    if len(empty | set(scanned)) == len(texts):
        if failed:
            raise UnreadableError("a damaged PDF: none of its pages can be read")
        if scanned:
            raise UnreadableError("contains pictures of pages but no text: run OCR on it first")
        raise UnreadableError("contains no text")
    warnings = []
    if failed:
        warnings.append(f"{_page_list(failed)} could not be read: the PDF is damaged there")
    if scanned:
        warnings.append(f"{_page_list(scanned)}: a picture without text; run OCR to get the text")
    return warnings


def _page_list(numbers: list[int]) -> str:
    listed = ", ".join(map(str, numbers[:10])) + (" and others" if len(numbers) > 10 else "")
    return f"page {listed}" if len(numbers) == 1 else f"pages {listed}"
