"""Extract the text of a file as pages. Each file format is one module.

A format module has one function, `extract_pages(data) -> (pages, warnings)`. It takes the bytes of a file and raises
UnreadableError with a reason for the person who gave the file. A warning is a sentence, or a `PageNote` about one page.

The pages of every format are then checked: line numbers in the margin are left out (`line_numbers`), lost letters are
filled in (`lost_letters`), and a page that does not read as English is named (`language`).

The content decides the format before the name does. A web page saved as "report.pdf" is most often a failed download,
so it is refused with that reason and not read as if it were the report.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

import msgspec

from reinspect.errors import UnreadableError
from reinspect.reading.formats.divided_words import join_divided_words
from reinspect.reading.formats.language import reads_as_english
from reinspect.reading.formats.limits import LARGEST_FILE, MOST_CHARACTERS, MOST_PAGES, SUFFIXES
from reinspect.reading.formats.line_numbers import LINE_NUMBERS, strip_line_numbers
from reinspect.reading.formats.lost_letters import mend_pages
from reinspect.reading.formats.pages import PageNote, write_notes
from reinspect.reading.formats.pdf_rules import RuledCell, find_cells
from reinspect.reading.formats.stamps import STAMPED, strip_stamps
from reinspect.reading.sanitise import make_safe, safe_line
from reinspect.reading.vocabulary import is_word
from reinspect.regular_files import NOT_A_FILE, NotAFileError, read_regular_file

_READABLE = "PDF, Word (.docx), HTML, Markdown (.md) and plain text (.txt)"
_FORMAT_NAMES = {
    "pdf": "a PDF",
    "docx": "a Word document",
    "html": "a web page (HTML)",
    "markdown": "Markdown text",
    "text": "plain text",
}
_REFUSED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or locked Microsoft Office file: save it as .docx or PDF, unlocked"),
    (b"{\\rtf", "a rich text (RTF) document: save it as .docx or PDF"),
    (b"\x89PNG", "a picture (PNG) without text: run OCR on it first"),
    (b"\xff\xd8\xff", "a picture (JPEG) without text: run OCR on it first"),
    (b"GIF8", "a picture (GIF) without text: run OCR on it first"),
    (b"II*\x00", "a picture (TIFF) without text: run OCR on it first"),
    (b"MM\x00*", "a picture (TIFF) without text: run OCR on it first"),
)
"""The first bytes of files that cannot be read, and what to do about them."""

_FOLDER = "a folder, not a file: name the files in it (FOLDER/*.pdf), or add the folder to the store"
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_SOFT_SIGN = f"[{_SOFT_HYPHEN}¬\u2027\u1806]"
_SOFT_LINE_END = re.compile(rf"(?<![^\W\d_])([^\W\d_]+){_SOFT_SIGN}[ \t]*\n[ \t]*([^\W\d_]+)")
"""A soft hyphen, or a sign in its place, with the line end at which it divides a word."""
_HYPHEN_AT_END = re.compile(r"-[ \t]*\n[ \t]*")
_FILLED_IN = "some letters could not be read; they were filled in where only one word fits"
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_HYPHENS = "\u2010\u2011"
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb06": "st"}
_WITHOUT_LINE_ENDS = str.maketrans(dict.fromkeys("\n\r\t\f", ""))
_PLAIN_LETTERS = dict.fromkeys(_SPACES, " ") | dict.fromkeys(_HYPHENS, "-") | _LIGATURES
_SPECIAL_LETTER = re.compile(f"[{''.join(_PLAIN_LETTERS)}]")


class ExtractedText(msgspec.Struct, frozen=True, kw_only=True):
    """The text of a file, page by page, and warnings about pages that could not be read or may be incomplete.

    `sha256` is the hash of the file's bytes, `title` is the file name without its suffix, and `form` is the file
    format: "pdf", "docx", "html", "markdown" or "text". `doubtful_pages` are the numbers of the pages whose text may be
    incomplete or wrong. `find_cells` finds the cells of the tables that are drawn with lines; it takes as long as the
    text itself, so only the documents that need it call it.
    """

    sha256: str
    title: str
    form: str
    pages: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    doubtful_pages: tuple[int, ...] = ()
    find_cells: Callable[[], tuple[RuledCell, ...]] = tuple


def extract(path: Path) -> ExtractedText:
    """Extract the text of a file, page by page.

    Raises:
        UnreadableError: the file has no text that can be read. The message is the reason, without the file name.
    """
    data = file_bytes(path)
    form = recognise_format(data, path.suffix)
    pages, warnings = import_module(f"{__name__}.{form}").extract_pages(data)
    if len(pages) > MOST_PAGES:
        raise UnreadableError(f"more than {MOST_PAGES:,} pages")
    if sum(map(len, pages)) > MOST_CHARACTERS:
        raise UnreadableError(f"more than {MOST_CHARACTERS // 1_000_000} million characters")
    if not any(page.strip() for page in pages):
        raise UnreadableError("contains no text")
    pages = [_replace_special_letters(page) for page in pages]
    # A PDF's pages have lost theirs already, before the words at line ends were joined.
    pages, numbered = (pages, []) if form == "pdf" else strip_line_numbers(pages)
    checked, notes = _check_pages(join_divided_words(pages, _HYPHEN_AT_END, kept=r"\g<0>"))
    notes += (PageNote(number, LINE_NUMBERS) for number in numbered)
    notes = [*warnings, *notes]
    return ExtractedText(
        sha256=hashlib.sha256(data).hexdigest(),
        title=safe_line(path.stem),
        form=form,
        pages=tuple(checked),
        warnings=tuple(safe_line(warning) for warning in write_notes(notes)),
        doubtful_pages=tuple(sorted({note.page for note in notes if isinstance(note, PageNote) and note.doubtful})),
        find_cells=partial(find_cells, data) if form == "pdf" else tuple,
    )


def _check_pages(pages: list[str]) -> tuple[list[str], list[PageNote]]:
    """Return the pages without stamps and with lost letters filled in, and notes about what was done."""
    pages, stamped = strip_stamps(pages)
    notes = [PageNote(number, STAMPED) for number in stamped]
    mended = mend_pages(pages)
    for number, page in enumerate(mended, start=1):
        if page.doubtful:
            notes.append(PageNote(number, "some letters could not be read (shown as \ufffd)", doubtful=True))
        elif page.lost:
            notes.append(PageNote(number, _FILLED_IN))
        if not reads_as_english(page.text):
            words = "most of its words are not known words: its letters may be wrong"
            notes.append(PageNote(number, words, doubtful=True))
    return [page.text for page in mended], notes


def file_bytes(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        UnreadableError: the path is not an ordinary file, is larger than 100 MB, or cannot be opened.
    """
    try:
        data = read_regular_file(path, LARGEST_FILE + 1)
    except FileNotFoundError:
        raise UnreadableError("no such file") from None
    except NotAFileError:
        raise UnreadableError(NOT_A_FILE) from None
    except (IsADirectoryError, PermissionError):  # Windows denies the permission to open a folder
        raise UnreadableError(_FOLDER if path.is_dir() else "could not be opened: permission denied") from None
    except OSError as error:
        raise UnreadableError(f"could not be opened: {error.strerror or error}") from None
    except ValueError:
        raise UnreadableError("not a valid file name") from None
    if len(data) > LARGEST_FILE:
        raise UnreadableError(f"larger than {LARGEST_FILE // 1_000_000} MB")
    return data


def recognise_format(data: bytes, suffix: str) -> str:
    """Return the format of a file, such as "pdf" or "docx", from its content first and its suffix second.

    Raises:
        UnreadableError: the file is empty, of an unsupported format, or not what its suffix says.
    """
    if not data.strip(b"\0 \t\r\n\f\xef\xbb\xbf"):
        raise UnreadableError("an empty file")
    claimed = SUFFIXES.get(suffix.lower())
    for signature, description in _REFUSED:
        if data.startswith(signature):
            raise UnreadableError(description if claimed is None else f"not {_FORMAT_NAMES[claimed]}: {description}")
    actual = _format_by_content(data, claimed)
    if claimed in {"pdf", "docx"} and actual != claimed:
        problem = f"{_FORMAT_NAMES[actual]} saved under that name" if actual else "it does not start like one"
        raise UnreadableError(f"not {_FORMAT_NAMES[claimed]}: {problem}")
    form = actual if actual in {"pdf", "docx", "html"} else claimed
    if form is None:
        raise UnreadableError(f"unknown file type ({safe_line(suffix) or 'no suffix'}): reinspect reads {_READABLE}")
    return form


def _format_by_content(data: bytes, claimed: str | None) -> str | None:
    """Return the format that the bytes look like, or None if they look like no known format.

    `claimed` is the format that the suffix of the file name claims.
    """
    head = data[:1024]
    # Other bytes may come before the signature of a PDF, but a text may also mention it.
    if data.startswith(b"%PDF-") or (b"%PDF-" in head and claimed in {"pdf", None}):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return import_module(f"{__name__}.docx").recognise_archive(data)  # type: ignore[no-any-return]
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    opening = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if opening.startswith(b"<") and any(tag in opening for tag in (b"<!doctype html", b"<html", b"<head", b"<body")):
        return "html"
    return "text" if head.decode("utf-8-sig", errors="ignore").translate(_WITHOUT_LINE_ENDS).isprintable() else None


def _replace_special_letters(page: str) -> str:
    """Replace ligatures, special spaces and special hyphens by plain characters, and remove invisible characters."""
    # Few letters are special: `str.translate` would look each letter up.
    if re.search(_SOFT_SIGN, page):
        page = _SOFT_LINE_END.sub(_join_soft, page).replace(_SOFT_HYPHEN, "")
    return _SPECIAL_LETTER.sub(lambda match: _PLAIN_LETTERS[match[0]], make_safe(page))


def _join_soft(match: re.Match[str]) -> str:
    """Return a word that a soft hyphen divides; a word that is printed with a hyphen keeps it."""
    first, second = match.groups()
    has_hyphen = not is_word(first + second) and is_word(first) and is_word(second)
    return f"{first}-{second}" if has_hyphen or is_word(f"{first}-{second}") else first + second
