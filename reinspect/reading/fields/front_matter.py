"""Find the facts on the title page: inspection dates, publication date and lead inspector.

The labels vary: "Inspection date(s):" in some twenty forms, "Report published:" on most reports until 2018, and
"Lead inspector" or, in 2013, "Reporting inspector".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from reinspect.model import Evidence, Window
from reinspect.reading.dates import MONTHS, read_date, read_windows
from reinspect.reading.document_text import DocumentText
from reinspect.reading.layout.lines import PrintedLine, join_lines

_INSPECTION = r"(?:re-?)?(?:inspection|visit|review|assessment)"
_VISIT_LABEL = re.compile(
    rf"(?:{_INSPECTION}\s+date(?:s|\(s\))?|dates?\s+of\s+(?:the\s+)?{_INSPECTION})\s*:?\s*", re.IGNORECASE
)
_PUBLICATION_LABEL = re.compile(
    r"(?:(?:(?:report|review|assessment|date)\s+)?published(?:\s+(?:on|date))?|publication\s+date)\s*:?\s*",
    re.IGNORECASE,
)
_LEAD_LABEL = re.compile(r"(?:lead|reporting)\s+inspectors?(?:\s+on\s+site)?\s*:?\s*", re.IGNORECASE)
_POST = re.compile(
    r",?\s*\b(?:(?:His|Her)\s+Majest\w*\W{0,2}s?\W?\s*Inspectors?|(?:Senior\s+)?HMI|Regulatory\s+Inspector"
    r"|Social\s+Care\s+\w+(?:\s+Inspector)?|Ofsted\s+Inspector)\b,?",
    re.IGNORECASE,
)
_POST_START = re.compile(r"\s*\b(?:His|Her|Senior|Social|Regulatory|Ofsted|HMI|Inspector)\b.*$")
"""The start of a post that continues on the next line."""
CAPITAL = f"[A-Z{''.join(filter(str.isupper, map(chr, range(0xC0, 0x250))))}]"
"""A regular expression for the first letter of a name, such as "A" or "É"."""
PARTICLE = r"(?:de|den|der|la|al|bin|van|von|ni)\b"
"""A regular expression for a part of a surname without a capital."""
_NAME = re.compile(rf"{CAPITAL}[\w’'-]*(?:[ -]+(?:{CAPITAL}[\w’'-]*|{PARTICLE}))+")
_DATE_START = re.compile(r"(?:from\s+)?\d", re.IGNORECASE)
_ANY_DATE = re.compile(rf"(?:from\s+|[^\W\d_]+\s+)?\d|(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
"""Print that is a date, though perhaps in a form that cannot be read: "March 4 to 8, 2024"."""
_VISIT_LINES = 3
"""Number of lines over which the visit dates may wrap."""
_PUBLICATION_LINES = 2
_COLUMN_LINES = 4
"""Number of lines below a label alone in which the date of its column may be."""


class PrintedVisit(msgspec.Struct, frozen=True):
    """The dates of a visit, as printed and as read.

    `windows` are the runs of days read from the text `printed`; the tuple is empty if the text could not be read.
    """

    windows: tuple[Window, ...]
    evidence: Evidence
    printed: str


def starts_with_dates(line: str, following: str) -> bool:
    """Return whether a line begins with a label such as "Inspection dates:" and the dates, here or on the next line."""
    label = _VISIT_LABEL.match(line)
    if label is None:
        return False
    rest = line[label.end() :] or following
    return _ANY_DATE.match(rest) is not None


def find_visit(source: DocumentText, lines: Sequence[PrintedLine]) -> PrintedVisit | None:
    """Return the dates printed after a label such as "Inspection dates:", or None if there is no such label."""
    for i, text, label_end in _labelled_texts(lines, _VISIT_LABEL, _VISIT_LINES):
        windows, end = read_windows(text, label_end)
        opening = _ANY_DATE if text[:label_end].rstrip().endswith(":") else _DATE_START
        if windows or opening.match(text, label_end):
            return PrintedVisit(windows, source.cite(lines[i]), text[label_end : max(end, len(lines[i].text))])
    return None


def find_publication(source: DocumentText, lines: Sequence[PrintedLine]) -> tuple[date, Evidence] | None:
    """Return the publication date and its position in the document, or None."""
    for i, text, label_end in _labelled_texts(lines, _PUBLICATION_LABEL, _PUBLICATION_LINES):
        day, _ = read_date(text, label_end)
        if day is None and label_end >= len(lines[i].text):
            day = _only_date(lines[i + 1 : i + 1 + _COLUMN_LINES])
        if day is not None:
            return day, source.cite(lines[i])
    return None


def _only_date(lines: Sequence[PrintedLine]) -> date | None:
    """Return the date that fills one of these lines, or None if there are none or several.

    Some programs write all labels first, and then all that is printed to the right of them.
    """
    read = ((line.text, *read_date(line.text, 0)) for line in lines)
    days = [day for text, day, end in read if day is not None and end == len(text)]
    return days[0] if len(days) == 1 else None


def _labelled_texts(lines: Sequence[PrintedLine], label: re.Pattern[str], count: int) -> Iterator[tuple[int, str, int]]:
    """Yield (index, text, offset after the label) for each line that starts with the label.

    `text` is the line joined with the lines below it, `count` lines in total.
    """
    for i, line in enumerate(lines):
        if label.match(line.text):
            text = join_lines(following.text for following in lines[i : i + count])
            opening = label.match(text)
            yield i, text, opening.end() if opening else 0


def find_lead_inspector(source: DocumentText, lines: Sequence[PrintedLine]) -> tuple[str, Evidence] | None:
    """Return the name of the lead inspector and its position in the document, or None.

    The names of two leading inspectors are joined by "and".
    """
    for i, line in enumerate(lines):
        label = _LEAD_LABEL.match(line.text)
        if label is None:
            continue
        text = line.text[label.end() :]
        if not text and i + 1 < len(lines):
            text = lines[i + 1].text
        elif re.search(r"(?:,|\band)$", text) and i + 1 < len(lines):
            text = join_lines((text, lines[i + 1].text))
        names = find_names(text)
        if names:  # three or more: only the first leads, the others are the team
            return " and ".join(names[: 2 if len(names) == 2 else 1]), source.cite(line)
    return None


def find_names(text: str) -> list[str]:
    """Return the names of the people in a printed list, without their job titles.

    "Ada Lovelace, HMI and Alan Turing, Ofsted Inspector" -> ["Ada Lovelace", "Alan Turing"]
    """
    without_posts = _POST.sub(", ", text)
    pieces = re.split(r",|;|\band\b|\(", without_posts)
    names = (match[0] for piece in pieces if (match := _NAME.match(piece.strip())))
    return [" ".join(_POST_START.sub("", name).split()) for name in names if not _POST_START.match(name)]
