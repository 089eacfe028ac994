"""Break text that lost its line ends into lines again.

    line    "... were kept safe. 12. Leaders know this. • Plans are clear. Overall effectiveness Good The council ..."
    pieces  "... were kept safe."
            "12. Leaders know this."
            "• Plans are clear."
            "Overall effectiveness Good"
            "The council ..."

File-sharing sites, search indexes and copied text leave a page, or a whole report, on one line. A line is broken where
a known wording begins: a title, a field of the title page, a label with its grade, a heading (all from the framework
files), a paragraph number or a bullet. Only lines that are longer than any printed line are broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from reinspect.frameworks import Framework, frameworks
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.reading.dates import MONTHS
from reinspect.reading.layout.lines import GLYPHS, PrintedLine

_LONGEST_PRINTED = 200
"""Number of characters of the longest line that is left as it is."""
_LONGEST_BROKEN = 1_000_000
"""Number of characters of the longest line that is broken; no report has more."""
_FIELDS = (
    r"(?:Re-?)?(?:[Ii]nspection|[Vv]isit|[Rr]eview) dates?(?:\s*:|\s+(?=\d))",
    r"Dates? of (?:the )?(?:inspection|visit|review)\b",
    r"(?:Report|Review|Date) published\b|Published\s*:",
    r"(?:Lead|Reporting) inspectors?\b",
    r"Age group\s*:",
    r"Dear(?= [A-Z])",
    r"This letter (?=summarises\b)",
    r"Yours? sincerely\b",
)
"""The first words of the fields of a title page and of the parts of a letter."""
_FIELD_INSIDE = re.compile(r"(?<=\S\s)(?:(?:Re-?)?[Ii]nspection dates?|Report published)\s*:\s+(?=\d)")
"""The first words of a field with its date, after other words on its line."""
_COMMON_BULLETS = "•◼▪■"
_BULLET_INSIDE = re.compile(rf"(?<=\w[.;,:])\s+(?=[{_COMMON_BULLETS}]\s?[^\W\d_])")
"""The space before a bullet, after the end of another item."""
_PART_OF_NAME = r"(?:[A-Z][\w’'.-]*|of|and|upon|the|&)\s+"
_COUNCIL_ABOVE = re.compile(
    rf"(?:{_PART_OF_NAME}){{0,6}}(?:Council|Borough|City|County|Authority)\s+(?:{_PART_OF_NAME}){{0,6}}?"
    r"(?<!\bof\s)(?<!\band\s)(?<!\bthe\s)(?=(?:Re-?i|I)nspection of )"
)
"""The name of a council in front of the title of its report."""
_BOARD = r"(?:LSCB|local\s+safeguarding\s+children\s+board)(?:\s+\(LSCB\))?"
_OWN_LINE = (
    r"Judgement\s+Grade",
    r"Contents",
    r"(?:Immediately|Within\s[\w\s]{1,30}):",
    rf"Section\s+\d\s*:\s*(?i:the\s+(?:local\s+authority|effectiveness\s+of\s+the\s+{_BOARD}))",
)
"""Wording that is always a line of its own: heads of tables and contents, deadlines, section titles."""
_MONTHS = "|".join(month.capitalize() for month in MONTHS)
_DATE = re.compile(rf"\b\d{{1,2}} (?:{_MONTHS}) 20\d\d\b")
_AFTER_SENTENCE = r"(?:(?<=[.?!:;)”’\d]\s)|(?<=[.?!:;)”’\d]\s\s))"
"""Required before a heading: the end of a sentence, or the number of a page."""
_WORD_START = r"(?:\b|(?<=[a-z])(?=[A-Z\d]))"
"""The start of a word, also of a word glued to the one before."""
_BEFORE_NEW_START = rf"(?=\s*(?:[A-Z‘“({GLYPHS}]|\d{{1,3}}(?:\.|\s+[A-Z])|$))"
"""Required after a heading or a grade: something that can begin a line."""
_FOOTNOTE_MARK = r"(?:\s?\d{1,2}(?![\d.]))?"
"""The footnote mark after a heading, or the page number after an entry of the contents table."""
_NUMBERED = r"\d{1,3}\.\s*[A-Z‘“]"
_BEFORE_ITEM = re.compile(rf"\s(?=[{GLYPHS}]|{_NUMBERED})")
"""The space before a bullet or the number of a paragraph."""
_IS = r"(?:\W{1,3}(?:is|are|that|it|they|to|be)\b){0,6}"
_AUTHORITY = r"(?:\W{1,3}[\w&’'.-]+){1,12}?"
_GAPS = ("{authority}", "{is}", "{grade}", "#")
_WORD_OR_GAP = re.compile(r"\{\w+\}|#|[^\W_][\w’'-]*")
_LONGEST_SEARCHED = 1000
"""Number of characters of the long lines of a file in which wordings are looked for before they are compiled."""
_ODD_CASE = re.compile("[ıſİ\N{KELVIN SIGN}]")
"""Letters that a regular expression takes for "i", "s" or "k" where it ignores case, but `str.lower` does not."""
_NOTHING = "(?!)"
"""A regular expression that nothing matches."""
_APOSTROPHE = "['’‘ʼ`´\N{REPLACEMENT CHARACTER} ]?"


def break_long_lines(lines: Iterable[PrintedLine]) -> Iterator[PrintedLine]:
    """Yield the lines; very long lines are broken where a heading, paragraph, bullet or other known wording begins.

    Other lines are broken before what converters join: a field of the title page with its date ("Inspection date: 5 to
    9 May 2014 Report published: 9 June 2014"), a title after the name of a council, and a bullet after another item.
    """
    lines = list(lines)
    long = [line.text for line in lines if _LONGEST_PRINTED < len(line.text) <= _LONGEST_BROKEN]
    wording = _wording_pattern(_possible_wordings("\n".join(long))) if long else None
    for line in lines:
        if wording is not None and _LONGEST_PRINTED < len(line.text) <= _LONGEST_BROKEN:
            yield from _split_line(line, _break_offsets(line.text, wording))
        elif offsets := _offsets_inside(line.text):
            yield from _split_line(line, offsets)
        else:
            yield line


def _offsets_inside(text: str) -> set[int]:
    """Return the offsets of fields and titles that share a line of the title page, and of bullets after other words."""
    offsets = {field.start() for field in _FIELD_INSIDE.finditer(text)} if ": " in text else set()
    if not text.isascii() and any(glyph in text for glyph in _COMMON_BULLETS):
        offsets.update(bullet.end() for bullet in _BULLET_INSIDE.finditer(text))
    if "nspection of " in text and (council := _COUNCIL_ABOVE.match(text)):
        offsets.add(council.end())
    return offsets


def _split_line(line: PrintedLine, offsets: set[int]) -> Iterator[PrintedLine]:
    """Break one line at offsets; yield the new lines with their positions."""
    offset = 0
    for end in (*sorted(offsets), len(line.text)):
        text = line.text[offset:end].strip()
        if text:
            start = line.start + line.text.index(text, offset)
            yield PrintedLine(line.page, start, start + len(text), text, line.after_blank_line and offset == 0)
        offset = end


def _break_offsets(text: str, wording: re.Pattern[str]) -> set[int]:
    """Return the offsets in `text` (one long line) at which a new line must begin.

    Lines begin at list items, at fixed `wording` such as headings, and at a date above the salutation.
    """
    offsets = {mark.end() for mark in _BEFORE_ITEM.finditer(text)}
    for match in wording.finditer(text):
        offsets.update(match.span() if match["whole"] else (match.start(),))
    salutation = text.find("Dear ")
    for letter_date in _DATE.finditer(text, 0, max(salutation, 0)):
        offsets.update(letter_date.span())  # a date above the salutation is a line of its own
    return offsets - {0}


def _possible_wordings(text: str) -> frozenset[str] | None:
    """Return the wordings whose letters are all in a text; None means all wordings.

    Most reports have one line that is a little too long, and none of the wordings in it. The regular expression for all
    of them takes long to compile.
    """
    if len(text) > _LONGEST_SEARCHED or _ODD_CASE.search(text):
        return None
    small = text.lower()
    return frozenset(wording for wording, runs in _letters_of_wordings().items() if all(run in small for run in runs))


@cache
def _letters_of_wordings() -> dict[str, list[str]]:
    """Return the runs of letters that each wording always has, in small letters."""
    strands = [strand for framework in _known() for strand in framework.strands]
    wordings = {wording for each in strands for wording in (*each.labels, *each.headings, *each.prose)}
    wordings.update(title for each in _known() for title in (*each.titles, *(title for _, title in each.headings())))
    return {
        wording: [
            run.lower()
            for word in _WORD_OR_GAP.findall(wording.removeprefix("The "))
            if word not in _GAPS
            for run in re.findall("[A-Za-z]+", word)
        ]
        for wording in wordings
    }


def _known() -> list[Framework]:
    # A title of another band may be quoted in the middle of a sentence, so only those of social care are known.
    return [framework for framework in frameworks().values() if framework.band == SOCIAL_CARE]


@lru_cache(maxsize=16)
def _wording_pattern(possible: frozenset[str] | None) -> re.Pattern[str]:
    """Return a regular expression for the printed wordings that begin a new line, such as titles and headings.

    A match of the group "whole" fills a line of its own. Wordings that are not among the `possible` ones are left out.
    """
    known = _known()
    strands = [strand for framework in known for strand in framework.strands]
    forms = {" ".join(form) for framework in known for form, _ in framework.grade_forms()}
    grade = f"(?i:{'|'.join(_words_pattern(form) for form in sorted(forms, key=len, reverse=True))})"
    labels = _any_of((label for strand in strands for label in (*strand.labels, *strand.headings)), grade, possible)
    sentences = _any_of((sentence for strand in strands for sentence in strand.prose), grade, possible)
    headings = _any_of((heading for framework in known for _, heading in framework.headings()), grade, possible)
    titles = _any_of((title for framework in known for title in framework.titles), grade, possible)
    graded = rf"(?:\d\.\d?\s+)?{labels}(?:\W|\b(?:\d{{1,2}}|is|are|that|it|they)\b){{0,12}}?{grade}"
    heading = rf"(?:{headings}|{labels})[?:]?"
    # The headings are most of the expression, so they are in it once: after a sentence, or above an item.
    above_item = rf"(?=\s+(?:[{GLYPHS}]|{_NUMBERED}))"
    separate = rf"(?:(?P<after>{_AFTER_SENTENCE})|){heading}(?(after){_FOOTNOTE_MARK}|{above_item})"
    whole = "|".join((rf"(?:{graded}|{sentences})[).]?(?:\d(?![\d.]))?", *_OWN_LINE, separate))
    openings = "|".join((titles, *_FIELDS))
    return re.compile(rf"{_WORD_START}(?:(?P<whole>(?:{whole}){_BEFORE_NEW_START})|{openings})")


def _any_of(wordings: Iterable[str], grade: str, possible: frozenset[str] | None) -> str:
    """Return a regular expression for any of the `possible` wordings; longer wordings are tried first.

    `grade` is the regular expression for a grade.
    """
    tried = (wording for wording in dict.fromkeys(wordings) if possible is None or wording in possible)
    longest_first = sorted(tried, key=len, reverse=True)
    if not longest_first:
        return _NOTHING
    return f"(?:{'|'.join(_sentence_pattern(wording, grade) for wording in longest_first)})"


def _sentence_pattern(wording: str, grade: str) -> str:
    """Return a regular expression for a wording with gaps, such as "Services in {authority} {is} {grade}"."""
    first, *rest = _WORD_OR_GAP.findall(wording.removeprefix("The "))
    gaps = dict(zip(_GAPS, (_AUTHORITY, _IS, rf"\W{{1,3}}{grade}", r"\W{1,3}\d"), strict=True))
    opening = rf"(?:The\s+(?i:{_words_pattern(first)})|{_words_pattern(first[0].upper() + first[1:])})"
    return opening + "".join(gaps.get(word) or rf"\W{{1,3}}(?i:{_words_pattern(word)})" for word in rest)


def _words_pattern(printed: str) -> str:
    """Return a regular expression for printed words, in which any apostrophe may be missing or of another kind."""
    return r"\s+".join(_APOSTROPHE.join(map(re.escape, re.split("[’']", word))) for word in printed.split())
