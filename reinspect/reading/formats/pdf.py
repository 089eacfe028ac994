"""PDF, through pdfium: `get_text_bounded` page by page (ecosystem.md 1).

pdfium is not safe in threads, even across documents: read in one thread of a process at a time. A small file can
ask for gigabytes: `reinspect.reading.worker_pool` sets the limits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reinspect.errors import UnreadableError
from reinspect.reading.formats import MOST_CHARACTERS, MOST_PAGES

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_* of fpdfview.h
# Fewer visible characters than this on a page that is mostly picture: a page number or a stamp on a scan.
_STAMP = 20
_BULLET = re.compile("^[ \t]*([\uf000-\uf0ff•])[ \t]*", re.MULTILINE)
_SUB_BULLET = "\uf02d"


def pages_of(data: bytes) -> tuple[list[str], list[str]]:
    """Pages and warnings of a PDF; raises UnreadableError where it is locked, damaged or without text.

    A page that cannot be read is empty, so that page numbers hold, and a warning names it.
    """
    document = _open(data)
    try:
        return _read(document)
    finally:
        document.close()


def _open(data: bytes) -> pdfium.PdfDocument:
    import pypdfium2 as pdfium  # 130 ms that a text file need not pay

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


def _read(document: pdfium.PdfDocument) -> tuple[list[str], list[str]]:
    import pypdfium2 as pdfium

    texts: list[str] = []
    failed: list[int] = []
    scanned: list[int] = []
    characters = 0
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except pdfium.PdfiumError:
            texts.append("")
            failed.append(number)
            continue
        try:
            text = page_text(page)
            if len("".join(text.split())) < _STAMP and _is_picture(page):
                scanned.append(number)
        except pdfium.PdfiumError:
            text = ""
            failed.append(number)
        finally:
            page.close()
        texts.append(text)
        characters += len(text)
        if characters > MOST_CHARACTERS:
            raise UnreadableError(f"more than {MOST_CHARACTERS // 1_000_000} million characters")
    return texts, _warnings(texts, failed, scanned)


def page_text(page: pdfium.PdfPage) -> str:
    """The words of a page as printed: line-end hyphens kept, and one sign each for bullets and sub-bullets.

    pdfium marks the hyphen at a line's end as U+0002, line break already gone: these are real ("multi-agency"),
    as reports do not hyphenate. Bullets of Wingdings and Symbol are private-use characters.
    """
    reader = page.get_textpage()
    try:
        text: str = reader.get_text_bounded()
    finally:
        reader.close()
    text = text.replace("\r\n", "\n").replace("\x02", "-").replace("\ufffe", "-")
    return _BULLET.sub(lambda found: "◦ " if found[1] == _SUB_BULLET else "• ", text)


def _is_picture(page: pdfium.PdfPage) -> bool:
    """Whether pictures cover more than half of the page."""
    import pypdfium2.raw as pdfium_c

    width, height = page.get_size()
    covered = 0.0
    for picture in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return bool(covered > width * height / 2)


def _warnings(texts: list[str], failed: list[int], scanned: list[int]) -> list[str]:
    """What to say of pages that gave no words; raises UnreadableError where none gave any."""
    without_words = {number for number, text in enumerate(texts, start=1) if not text.strip()}
    if len(without_words | set(scanned)) == len(texts):
        if failed:
            raise UnreadableError("a damaged PDF: none of its pages can be read")
        if scanned:
            raise UnreadableError("holds pictures of pages but no text: run OCR on it first")
        raise UnreadableError("holds no text")
    warnings = []
    if failed:
        warnings.append(f"{_pages(failed)} could not be read: the PDF is damaged there")
    if scanned:
        warnings.append(f"{_pages(scanned)}: a picture and no text; run OCR to have the words")
    return warnings


def _pages(numbers: list[int]) -> str:
    few = ", ".join(map(str, numbers[:10])) + (" and others" if len(numbers) > 10 else "")
    return f"page {few}" if len(numbers) == 1 else f"pages {few}"
