"""Find the reports and letters in a file that holds several documents, such as the papers of a committee.

    page 1  "Cabinet, 4 June 2024"                                 the council's own report: left out, with a warning
    page 3  "Inspection of Invented local authority", its dates     the report that is read
    page 14 "Dear Ms Lovelace", "Focused visit to Invented"         another letter: left out, with a warning

A report begins on the page with its title and its dates, a letter on the page with its salutation and its subject. In a
text without pages it begins with the first short line of its title or its addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reinspect.authorities import authorities
from reinspect.frameworks import frameworks
from reinspect.model import Window
from reinspect.reading.dates import read_windows
from reinspect.reading.document_text import DocumentText, Place
from reinspect.reading.fields.front_matter import starts_with_dates
from reinspect.reading.fields.letters import SALUTATION
from reinspect.reading.fields.templates import TemplateSentences
from reinspect.reading.layout.lines import PAGE_LINES, SENTENCE_END, PrintedLine, join_lines

_SUBJECT_LINES = 8
"""Number of lines below the salutation in which the subject of a letter begins."""
_TITLE_ABOVE, _TITLE_BELOW = 14, 6
"""Number of lines above and below the dates of an inspection in which the title of its report is."""
_ADDRESS_LINES = 30
"""Number of lines above the salutation in which a letter begins."""
_SHORT_LINE = 80
_FEWEST_WORDS = 20
"""Number of words before a document from which they are another paper."""
_KEY_CHARACTERS = 160
_OPENING_LINES, _OPENING_CHARACTERS = 12, 40
"""Lines from the salutation on that hold the days of the visit, and letters that hold the beginning of the subject."""
_DAYS_AND_YEAR = re.compile(r"\d.{1,60}?\b20\d\d\b")
_CAPITALS = 0.7
"""Least share of the words of an address that begin with a capital; prose has 0.1 to 0.3."""
_WORD = re.compile(r"\w\S*")


def split_documents(source: DocumentText) -> list[tuple[DocumentText, list[str]]]:
    """Return each report and letter of a file with a warning about what is left out; nothing for an ordinary file."""
    starts = list(_find_starts(source))
    if starts and not _has_text(source, source.first, starts[0]):
        starts[0] = source.first  # a few words above the title are the document's own
    if not starts or starts == [source.first]:
        return []
    ends = [*starts[1:], source.last]
    return [
        (source.between(start, end), _warnings(source, start, end)) for start, end in zip(starts, ends, strict=True)
    ]


def _has_text(source: DocumentText, first: Place, last: Place) -> bool:
    """Return whether more than a few words are printed between two places."""
    texts = (line.text for line in source.lines if first <= (line.page, line.start) < last)
    return sum(len(text.split()) for text in texts) >= _FEWEST_WORDS


def _warnings(source: DocumentText, start: Place, end: Place) -> list[str]:
    """Return what is left out before and after a document."""
    warnings = []
    if start != source.first:
        last = start[0] - (start[1] == 0)
        warnings.append(f"{_pages(1, last)}: other text comes before this document; it is left out")
    if end != source.last:
        warnings.append(
            f"{_pages(end[0], len(source.pages))}: another report or letter follows this document; it is left out "
            "(save it as a file of its own to read it)"
        )
    return warnings


def _pages(first: int, last: int) -> str:
    return f"page {first}" if first >= last else f"pages {first} to {last}"


def _find_starts(source: DocumentText) -> Iterator[Place]:
    """Yield the place where each report or letter begins, in print order; a repeated title page is none."""
    lines = source.lines
    sizes = {line.page: 0 for line in lines}
    for line in lines:
        sizes[line.page] += 1
    letter_titles = TemplateSentences(_titles("letter", "joint inspection letter"))
    report_titles = TemplateSentences(_titles("graded report", "area send report"))
    seen: list[_PrintedTitle] = []
    before: Place | None = None
    for i, line in enumerate(lines):
        if SALUTATION.match(line.text):
            title = _first_match(letter_titles, lines, i + 1, i + 1 + _SUBJECT_LINES)
            top = _top_of_letter(lines, i)
        elif starts_with_dates(line.text, lines[i + 1].text if i + 1 < len(lines) else ""):
            title = _first_match(report_titles, lines, max(0, i - _TITLE_ABOVE), i + _TITLE_BELOW)
            top = _top_of_title(lines, min(i, title)) if title is not None else 0
        else:
            continue
        if title is None:
            continue
        in_page = len(source.pages) == 1 or sizes[line.page] > PAGE_LINES or _is_second(before, line)
        start = (lines[top].page, lines[top].start) if in_page else (line.page, 0)
        printed = _read_opening(lines, i) if SALUTATION.match(line.text) else _read_title(lines, title, i)
        if any(printed.is_of_same(other) for other in seen):
            continue  # a running head, or an excerpt of the document above it
        seen.append(printed)
        if before is None or start > before:
            before = start
            yield start


def _is_second(before: Place | None, line: PrintedLine) -> bool:
    """Return whether another document begins on the page of a line."""
    return before is not None and before[0] == line.page


def _titles(*types: str) -> list[str]:
    found = [title for framework in frameworks().values() if framework.document in types for title in framework.titles]
    return list(dict.fromkeys(found))


def _first_match(titles: TemplateSentences, lines: Sequence[PrintedLine], first: int, last: int) -> int | None:
    return next((i for i in range(first, min(last, len(lines))) if titles.match_at(lines, i) is not None), None)


class _PrintedTitle(NamedTuple):
    """The title of a report in small letters, its dates, and its authority if that is known; other reports differ.

    For a letter, `title` is the beginning of the salutation and the subject.
    """

    title: str
    dates: tuple[Window, ...] | str
    authority: str | None

    def is_of_same(self, other: _PrintedTitle) -> bool:
        """Return whether two titles are of the same report; one of them may be cut at the end of its line."""
        longer, shorter = sorted((self.title, other.title), key=len, reverse=True)
        named = {self.authority, other.authority} - {None}
        return self.dates == other.dates and longer.startswith(shorter) and len(named) <= 1


def _read_opening(lines: Sequence[PrintedLine], salutation: int) -> _PrintedTitle:
    """Read the salutation of a letter, the beginning of its subject, and its days with their year."""
    text = join_lines(line.text for line in lines[salutation : salutation + _OPENING_LINES])
    days = _DAYS_AND_YEAR.search(text)
    opening = "".join(filter(str.isalnum, text.lower()))[:_OPENING_CHARACTERS]
    return _PrintedTitle(opening, days[0] if days else "", None)


def _read_title(lines: Sequence[PrintedLine], title: int, dated: int) -> _PrintedTitle:
    """Read the title at one index and the dates at another."""
    text = join_lines(line.text for line in lines[dated : dated + 3])
    digit = next((place for place, letter in enumerate(text) if letter.isdigit()), 0)
    windows, _ = read_windows(text, digit)
    around = join_lines(line.text[:_KEY_CHARACTERS] for line in lines[max(0, title - 1) : title + 3])
    authority = authorities().find_in(around)
    return _PrintedTitle(
        lines[title].text.lower(), windows or text[:_KEY_CHARACTERS], authority.slug if authority else None
    )


def _top_of_letter(lines: Sequence[PrintedLine], salutation: int) -> int:
    """Return the index of the first line of the addresses above a salutation."""
    top = salutation
    while top > max(0, salutation - _ADDRESS_LINES) and (_is_short(lines, top - 1) or _is_address(lines[top - 1].text)):
        top -= 1
    return top


def _top_of_title(lines: Sequence[PrintedLine], title: int) -> int:
    """Return the index of the first line of a title page: the name of the council may stand above the title."""
    return title - 1 if title and _is_short(lines, title - 1) else title


def _is_address(text: str) -> bool:
    """Return whether a line is an address of any length: most of its words begin with a capital or are numbers."""
    words = [word for word in _WORD.findall(text) if "@" not in word and not word.startswith("www.")]
    return bool(words) and sum(not word[0].islower() for word in words) >= _CAPITALS * len(words)


def _is_short(lines: Sequence[PrintedLine], index: int) -> bool:
    text = lines[index].text
    return len(text) <= _SHORT_LINE and not SENTENCE_END.search(text)
