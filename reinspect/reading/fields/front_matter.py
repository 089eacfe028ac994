"""The facts that a report prints before its findings: days on site, publication, lead inspector.

Labels in domain.md 3: "Inspection date(s):" in some twenty shapes, "Report published:" on most reports to 2018,
"Lead inspector" or, in 2013, "Reporting inspector".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from reinspect.model import Evidence, Window
from reinspect.reading.dates import date_at, windows_at
from reinspect.reading.layout.lines import PrintedLine, join_lines
from reinspect.reading.source import PageText

_EVENT = r"(?:re-?)?(?:inspection|visit|review)"
_VISITED = re.compile(rf"(?:{_EVENT}\s+date(?:s|\(s\))?|dates?\s+of\s+(?:the\s+)?{_EVENT})\s*:?\s*", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"(?:(?:(?:report|review|date)\s+)?published(?:\s+(?:on|date))?|publication\s+date)\s*:?\s*", re.IGNORECASE
)
_LEAD = re.compile(r"(?:lead|reporting)\s+inspectors?(?:\s+on\s+site)?\s*:?\s*", re.IGNORECASE)
_POST = re.compile(
    r",?\s*\b(?:(?:His|Her)\s+Majest\w*\W{0,2}s?\W?\s*Inspectors?|(?:Senior\s+)?HMI|Senior\s+HMI|Regulatory\s+Inspector"
    r"|Social\s+Care\s+\w+(?:\s+Inspector)?|Ofsted\s+Inspector)\b,?",
    re.IGNORECASE,
)
_POST_BEGUN = re.compile(r"\s*\b(?:His|Her|Senior|Social|Regulatory|Ofsted|HMI|Inspector)\b.*$")
"""The beginning of a post whose rest stands on the next line."""
_NAME = re.compile(r"[A-Z][\w’'-]*(?:[ -]+(?:[A-Z][\w’'-]*|de|van|von|ni))+")
_AHEAD = 3
"""Lines over which a date may wrap."""


class Visited(msgspec.Struct, frozen=True):
    """The days on site and where they are printed; no window where the print could not be read."""

    windows: tuple[Window, ...]
    evidence: Evidence
    printed: str


def visited(source: PageText, lines: Sequence[PrintedLine]) -> Visited | None:
    """The windows behind the first "Inspection date(s)" label, or None where no such label is printed."""
    for i, text, at in _labelled(lines, _VISITED, _AHEAD):
        windows, end = windows_at(text, at)
        if windows or re.match(r"(?:from\s+)?\d", text[at:]):
            return Visited(windows, source.evidence(lines[i]), text[at : max(end, len(lines[i].text))])
    return None


def published(source: PageText, lines: Sequence[PrintedLine]) -> tuple[date, Evidence] | None:
    """The printed publication date, or None where there is none."""
    for i, text, at in _labelled(lines, _PUBLISHED, 2):
        day, _ = date_at(text, at)
        if day is not None:
            return day, source.evidence(lines[i])
    return None


def _labelled(lines: Sequence[PrintedLine], label: re.Pattern[str], ahead: int) -> Iterator[tuple[int, str, int]]:
    """Each line that opens with a label: its place, it and the lines behind it as one, and where the label ends."""
    for i, line in enumerate(lines):
        if label.match(line.text):
            text = join_lines(other.text for other in lines[i : i + ahead])
            opening = label.match(text)
            yield i, text, opening.end() if opening else 0


def lead_inspector(source: PageText, lines: Sequence[PrintedLine]) -> tuple[str, Evidence] | None:
    """The lead inspector's name without the post; two names joined by "and". Of more, the rest are the team."""
    for i, line in enumerate(lines):
        label = _LEAD.match(line.text)
        if label is None:
            continue
        text = line.text[label.end() :]
        if not text and i + 1 < len(lines):
            text = lines[i + 1].text
        elif re.search(r"(?:,|\band)$", text) and i + 1 < len(lines):
            text = join_lines((text, lines[i + 1].text))
        names = names_in(text)
        if names:
            return " and ".join(names[: 2 if len(names) == 2 else 1]), source.evidence(line)
    return None


def names_in(text: str) -> list[str]:
    """The people named in a printed list, without their posts."""
    plain = _POST.sub(", ", text)
    pieces = re.split(r",|;|\band\b|\(", plain)
    names = (match[0] for piece in pieces if (match := _NAME.match(piece.strip())))
    return [" ".join(_POST_BEGUN.sub("", name).split()) for name in names if not _POST_BEGUN.match(name)]
