"""Files as pages of safe text: what a file is, and its words, whatever it was saved as.

A format is one module with one function, `pages_of(data) -> (pages, warnings)`, which takes the bytes of a file and
raises UnreadableError with a reason that a person understands. Content decides first: a web page saved as
"report.pdf" is most often a download that failed, so it is refused and named, not read as if it were the report.
"""

from __future__ import annotations

import hashlib
import re
import stat
from importlib import import_module
from pathlib import Path

import msgspec

from reinspect.errors import UnreadableError
from reinspect.reading.sanitise import make_safe, safe_line

LARGEST_FILE = 100_000_000
MOST_PAGES = 5_000
MOST_CHARACTERS = 20_000_000

SUFFIXES = {".pdf": "pdf", ".docx": "docx", ".html": "html", ".htm": "html", ".md": "markdown", ".txt": "text"}
_KNOWN = "PDF, Word (.docx), HTML, Markdown (.md) and plain text (.txt)"
_CALLED = {
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

_SOFT = "\N{SOFT HYPHEN}"
_DIVIDED = re.compile(rf"{_SOFT}(?:[ \t]*\n[ \t]*(?=[^\W\d_]))?")
"""A soft hyphen, and the line end at which it divides a word."""
_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_HYPHENS = "\u2010\u2011"
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb06": "st"}
_LETTERS = str.maketrans(dict.fromkeys(_SPACES, " ") | dict.fromkeys(_HYPHENS, "-") | _LIGATURES)


class Extract(msgspec.Struct, frozen=True, kw_only=True):
    """The text of a file: `pages` of safe text in order, and what was amiss.

    `sha256` is of the file's bytes, `title` is its name without the suffix, `form` is one of
    pdf, docx, html, markdown and text.
    """

    sha256: str
    title: str
    form: str
    pages: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def extract(path: Path) -> Extract:
    """Read the words of a file.

    Raises UnreadableError, with the reason alone (the caller knows the file), where there are none to be had.
    """
    data = file_bytes(path)
    form = recognise(data, path.suffix)
    pages, warnings = import_module(f"{__name__}.{form}").pages_of(data)
    if len(pages) > MOST_PAGES:
        raise UnreadableError(f"more than {MOST_PAGES:,} pages")
    if sum(map(len, pages)) > MOST_CHARACTERS:
        raise UnreadableError(f"more than {MOST_CHARACTERS // 1_000_000} million characters")
    if not any(page.strip() for page in pages):
        raise UnreadableError("holds no text")
    return Extract(
        sha256=hashlib.sha256(data).hexdigest(),
        title=safe_line(path.stem),
        form=form,
        pages=tuple(_plainly_lettered(make_safe(page)) for page in pages),
        warnings=tuple(safe_line(warning) for warning in warnings),
    )


def file_bytes(path: Path) -> bytes:
    """The bytes of an ordinary file of at most 100 MB; raises UnreadableError for anything else."""
    try:
        about = path.stat()  # before opening: a pipe would wait for its writer
        if stat.S_ISDIR(about.st_mode):
            raise UnreadableError("a folder that could not be opened")
        if not stat.S_ISREG(about.st_mode):
            raise UnreadableError("a device or a pipe, not a file")
        if about.st_size > LARGEST_FILE:
            raise UnreadableError(f"larger than {LARGEST_FILE // 1_000_000} MB")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise UnreadableError("no such file") from None
    except PermissionError:
        raise UnreadableError("may not be opened: permission denied") from None
    except OSError as error:
        raise UnreadableError(f"could not be opened: {error.strerror or error}") from None
    except ValueError:
        raise UnreadableError("not a name that a file can have") from None
    if len(data) > LARGEST_FILE:
        raise UnreadableError(f"larger than {LARGEST_FILE // 1_000_000} MB")
    return data


def recognise(data: bytes, suffix: str) -> str:
    """The form of a file, by its content first and then by its suffix; raises UnreadableError if it is none we read."""
    if not data.strip(b"\0 \t\r\n\f\xef\xbb\xbf"):
        raise UnreadableError("an empty file")
    claimed = SUFFIXES.get(suffix.lower())
    for signature, what in _REFUSED:
        if data.startswith(signature):
            raise UnreadableError(what if claimed is None else f"not {_CALLED[claimed]}: {what}")
    found = _form_by_content(data, claimed)
    if claimed in {"pdf", "docx"} and found != claimed:
        actually = f"{_CALLED[found]} saved under that name" if found else "it does not begin as one"
        raise UnreadableError(f"not {_CALLED[claimed]}: {actually}")
    form = found if found in {"pdf", "docx", "html"} else claimed
    if form is None:
        raise UnreadableError(f"of a type not known here ({_type_name(suffix)}): {_KNOWN} are read")
    return form


def _form_by_content(data: bytes, claimed: str | None) -> str | None:
    """What the bytes themselves look like; None for what is neither a known form nor text."""
    head = data[:1024]
    # Junk may stand before the signature of a PDF, but a text may also speak of it.
    if data.startswith(b"%PDF-") or (b"%PDF-" in head and claimed in {"pdf", None}):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return import_module(f"{__name__}.docx").recognise(data)  # type: ignore[no-any-return]
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    opening = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if opening.startswith(b"<") and any(tag in opening for tag in (b"<!doctype html", b"<html", b"<head", b"<body")):
        return "html"
    return "text" if head.decode("utf-8", errors="ignore").isprintable() else None


def _plainly_lettered(page: str) -> str:
    """The letters and spaces that a reader sees: plain spaces and hyphens, a ligature's letters."""
    return _DIVIDED.sub("", page).translate(_LETTERS)


def _type_name(suffix: str) -> str:
    return safe_line(suffix) if suffix else "no suffix"
