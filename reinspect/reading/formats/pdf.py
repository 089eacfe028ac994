"""Read PDF files page by page with pdfium.

Each page is made upright first (`pdf_print`), and the file is checked for damage that pdfium passes over in silence
(`pdf_streams`).

pdfium is not thread-safe, even for different documents: read in one thread of a process at a time. A small file can
need gigabytes of memory; `reinspect.reading.worker_pool` sets the limits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reinspect.errors import UnreadableError
from reinspect.reading.formats.divided_words import join_divided_words
from reinspect.reading.formats.limits import MOST_CHARACTERS, MOST_PAGES
from reinspect.reading.formats.line_numbers import LINE_NUMBERS, strip_line_numbers
from reinspect.reading.formats.lost_letters import LOST
from reinspect.reading.formats.pages import PageNote
from reinspect.reading.formats.pdf_print import LEFT_OUT, PreparedPage, prepare_page
from reinspect.reading.formats.pdf_streams import find_damage

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_* of fpdfview.h
_FEWEST_CHARACTERS = 20
"""A page that is mostly picture and has fewer characters is a scan: its text is only a page number or a stamp."""
_BULLET_SIGN = re.compile("[\uf000-\uf0ff•]")
_BULLET = re.compile(f"^[ \t]*({_BULLET_SIGN.pattern})[ \t]*", re.MULTILINE)
_NESTED_BULLET = "\uf02d"
_LINE_END_HYPHEN = "\x02"
"""The sign of pdfium for a hyphen at a line end; the line break after it is left out."""
_HYPHEN = re.compile(_LINE_END_HYPHEN)
_LOST_LINE = re.compile(r"\n(?<=\d\n)(?=[,.;:!?](?:\s|$))")
_UNCLEAR = "\ufffe"
_DRAWN_LETTERS = 200
"""Number of drawings from which a page without text is taken for print without letters."""
_IN_COLUMNS = "printed in two columns: read one column after the other"
_FAILED = "could not be read: the PDF is damaged there"
_SCANNED = "a picture without text; run OCR to get the text"
_DRAWN = "print without letters that can be read; run OCR to get the text"
_DAMAGED = "may be incomplete: the PDF is damaged there"


def extract_pages(data: bytes) -> tuple[list[str], list[PageNote | str]]:
    """Return the pages and warnings of a PDF file.

    A page that cannot be read is an empty string, and a warning gives its page number.

    Raises:
        UnreadableError: the PDF is locked or damaged, has no text, or is over the limits.
    """
    document = _open(data)
    try:
        return _read_pages(document, data)
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


def _read_pages(document: pdfium.PdfDocument, data: bytes) -> tuple[list[str], list[PageNote | str]]:
    """Return the text of each page of a PDF, and warnings about pages that may be incomplete.

    Raises:
        UnreadableError: the PDF has no text, or too much.
    """
    texts: list[str] = []
    notes: list[PageNote | str] = []
    characters = 0
    for number in range(1, len(document) + 1):
        text, page_notes = _read_page(document, number)
        texts.append(text)
        notes += (PageNote(number, note, doubtful=not note.startswith((LEFT_OUT, _IN_COLUMNS))) for note in page_notes)
        characters += len(text)
        if characters > MOST_CHARACTERS:
            raise UnreadableError(f"more than {MOST_CHARACTERS // 1_000_000} million characters")
    _refuse_without_text(texts, notes)
    texts, numbered = _strip_line_numbers(texts)
    notes += (PageNote(number, LINE_NUMBERS) for number in numbered)
    return join_divided_words(texts, _HYPHEN, kept="-"), notes + _damage_notes(data, len(texts), notes)


def _strip_line_numbers(texts: list[str]) -> tuple[list[str], list[int]]:
    """Return the pages without line numbers, and the numbers of the pages that had them.

    The line number after a hyphen at a line end would otherwise be joined to the word: "multi-8 agency".
    """
    plain = (text.replace("\N{NO-BREAK SPACE}", " ") for text in texts)
    stripped, numbered = strip_line_numbers([text.replace(_LINE_END_HYPHEN, f"{_LINE_END_HYPHEN}\n") for text in plain])
    return [text.replace(f"{_LINE_END_HYPHEN}\n", _LINE_END_HYPHEN) for text in stripped], numbered


def _read_page(document: pdfium.PdfDocument, number: int) -> tuple[str, list[str]]:
    """Return the text of a page (numbered from 1) and notes about what is wrong with it."""
    import pypdfium2 as pdfium

    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return "", [_FAILED]
    try:
        prepared = prepare_page(page)
        text, in_columns = _page_text(page, prepared)
        notes = [*prepared.notes, *([_IN_COLUMNS] if in_columns else [])]
        # The first words are enough, because each has a character.
        if sum(map(len, text.split(maxsplit=_FEWEST_CHARACTERS))) < _FEWEST_CHARACTERS:
            if _is_picture(page):
                notes.append(_SCANNED)
            elif prepared.texts > _FEWEST_CHARACTERS or prepared.drawings > _DRAWN_LETTERS:
                notes.append(_DRAWN)
        return text, notes
    except pdfium.PdfiumError:
        return "", [_FAILED]
    finally:
        page.close()


def _page_text(page: pdfium.PdfPage, prepared: PreparedPage) -> tuple[str, bool]:
    """Return the text of a PDF page, with "• " for bullets and "◦ " for nested bullets.

    The second value is true if the page is read column by column.
    """
    is_in_columns = False
    reader = page.get_textpage()
    try:
        text = _with_lost_letters(reader, reader.get_text_range())
        if prepared.columns:
            columns = [reader.get_text_bounded(*area) for area in prepared.columns]
            in_columns = "\r\n".join(column.rstrip("\r\n") for column in columns if column.strip())
            # A letter on the edge of an area may be lost or doubled: then the order of drawing is better.
            drawn = "".join(text.split())
            read = "".join(in_columns.split())
            if len(read) == len(drawn) and read != drawn:
                text, is_in_columns = in_columns, True
    finally:
        reader.close()
    # The bullets of Wingdings and Symbol are private-use characters.
    # After a raised footnote mark pdfium begins a line, even before a full stop.
    text = _LOST_LINE.sub("", text.replace("\r\n", "\n"))
    if _BULLET_SIGN.search(text):
        text = _BULLET.sub(lambda match: "◦ " if match[1] == _NESTED_BULLET else "• ", text)
    return text, is_in_columns


def _with_lost_letters(reader: pdfium.PdfTextPage, text: str) -> str:
    """Return the text with its line-end hyphens and its lost letters distinguished; pdfium marks both alike."""
    import pypdfium2.raw as pdfium_c

    if _UNCLEAR not in text:
        return text
    letters = list(text)
    for index in (match.start() for match in re.finditer(_UNCLEAR, text)):
        place = pdfium_c.FPDFText_GetCharIndexFromTextIndex(reader.raw, index)
        is_hyphen = pdfium_c.FPDFText_GetUnicode(reader.raw, place) == ord(_LINE_END_HYPHEN)
        letters[index] = _LINE_END_HYPHEN if is_hyphen else LOST
    return "".join(letters)


def _is_picture(page: pdfium.PdfPage) -> bool:
    """Return whether pictures cover more than half of the page."""
    import pypdfium2.raw as pdfium_c

    width, height = page.get_size()
    covered = 0.0
    for picture in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return bool(covered > width * height / 2)


def _refuse_without_text(texts: list[str], notes: list[PageNote | str]) -> None:
    """Raise an error if no page has text.

    Raises:
        UnreadableError: no page has text.
    """
    empty = {number for number, text in enumerate(texts, start=1) if not text.strip()}
    found = {(note.page, note.what) for note in notes if isinstance(note, PageNote)}
    scanned = {page for page, what in found if what == _SCANNED}
    if len(empty | scanned) < len(texts):
        return
    if any(what == _FAILED for _, what in found):
        raise UnreadableError("a damaged PDF: none of its pages can be read")
    if scanned:
        raise UnreadableError("contains pictures of pages but no text: run OCR on it first")
    if any(what == _DRAWN for _, what in found):
        raise UnreadableError("contains drawn letters but no text: run OCR on it first")
    raise UnreadableError("contains no text")


def _damage_notes(data: bytes, pages: int, notes: list[PageNote | str]) -> list[PageNote | str]:
    """Return notes about the pages whose part of the file is damaged, those that could not be read at all left out."""
    damage = find_damage(data, pages)
    failed = {note.page for note in notes if isinstance(note, PageNote) and note.what == _FAILED}
    # If the damaged part belongs to no page that is known, it may belong to any.
    damaged = range(1, pages + 1) if damage.elsewhere and not damage.pages else damage.pages
    return [PageNote(page, _DAMAGED, doubtful=True) for page in damaged if page not in failed]
