"""Find the reports and letters in a file that holds several documents, such as the papers of a committee.

    page 1  "Cabinet, 4 June 2024"                                 the council's own report: left out, with a warning
    page 3  "Inspection of Invented local authority", its dates     the report that is read
    page 14 "Dear Ms Lovelace", "Focused visit to Invented"         another letter: left out, with a warning

A report begins on the page with its title and its dates, a letter on the page with its salutation and its subject. In a
text without pages it begins with the first short line of its title or its addresses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reinspect.frameworks import frameworks
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
    seen: dict[str, str] = {}
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
        page = source.pages[line.page - 1]
        key = "" if SALUTATION.match(line.text) else _key(lines, title, i)
        if key and seen.setdefault(key, page) != page:
            continue  # the title and the dates are a running head
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


def _key(lines: Sequence[PrintedLine], title: int, dated: int) -> str:
    """Return what tells a report from others: its title and its dates."""
    text = join_lines(line.text for line in lines[dated : dated + 3])
    digit = next((place for place, letter in enumerate(text) if letter.isdigit()), 0)
    windows, _ = read_windows(text, digit)
    return f"{lines[title].text.lower()} {windows or text[:_KEY_CHARACTERS]}"


def _top_of_letter(lines: Sequence[PrintedLine], salutation: int) -> int:
    """Return the index of the first line of the addresses above a salutation."""
    top = salutation
    while top > max(0, salutation - _ADDRESS_LINES) and _is_short(lines, top - 1):
        top -= 1
    return top


def _top_of_title(lines: Sequence[PrintedLine], title: int) -> int:
    """Return the index of the first line of a title page: the name of the council may stand above the title."""
    return title - 1 if title and _is_short(lines, title - 1) else title


def _is_short(lines: Sequence[PrintedLine], index: int) -> bool:
    text = lines[index].text
    return len(text) <= _SHORT_LINE and not SENTENCE_END.search(text)
