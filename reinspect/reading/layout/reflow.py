"""Text that lost its line ends: broken again where a reader sees that something new begins.

Sites that share documents, search indexes and copied text leave a page, or a whole report, in one line. Titles, fields
of the title page, labels with their grades, headings, numbers and bullets are known by their wording, which the
framework files hold; where one of them begins, so does a line. Only lines longer than any that is printed are broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reinspect.frameworks import Framework, frameworks
from reinspect.reading.dates import MONTHS
from reinspect.reading.layout.lines import GLYPHS, PrintedLine

_LONGEST_LINE = 200
"""Characters of the longest line that is taken as it is."""
_MOST = 1_000_000
"""Characters of the longest line that is broken; no report has more."""
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
"""How the fields of title pages and the parts of letters open, as printed."""
_BOARD = r"(?:LSCB|local\s+safeguarding\s+children\s+board)(?:\s+\(LSCB\))?"
_ALONE = (
    r"Judgement\s+Grade",
    r"Contents",
    r"(?:Immediately|Within\s[\w\s]{1,30}):",
    rf"Section\s+\d\s*:\s*(?i:the\s+(?:local\s+authority|effectiveness\s+of\s+the\s+{_BOARD}))",
)
"""What stands on a line of its own: heads of tables and contents, when actions are due, the title of a section."""
_MONTHS = "|".join(month.capitalize() for month in MONTHS)
_DATE = re.compile(rf"\b\d{{1,2}} (?:{_MONTHS}) 20\d\d\b")
_ENDED = r"(?:(?<=[.?!:;)”’\d]\s)|(?<=[.?!:;)”’\d]\s\s))"
"""What stands before a heading, a number or a bullet: the end of a sentence, or a page's number."""
_WORD_BEGINS = r"(?:\b|(?<=[a-z])(?=[A-Z\d]))"
"""Where a word begins, be it glued to the one before."""
_BEGINS = rf"(?=\s*(?:[A-Z‘“({GLYPHS}]|\d{{1,3}}(?:\.|\s+[A-Z])|$))"
"""What stands behind a heading or a grade: something that begins."""
_NOTE = r"(?:\s?\d{1,2}(?![\d.]))?"
"""The mark of a note behind a heading, or the page's number behind an entry of the contents."""
_NUMBERED = r"\d{1,3}\.\s*[A-Z‘“]"
_MARK = re.compile(rf"\s(?=[{GLYPHS}]|{_NUMBERED})")
"""What stands before a bullet, or before the number of a paragraph."""
_IS = r"(?:\W{1,3}(?:is|are|that|it|they|to|be)\b){0,6}"
_AUTHORITY = r"(?:\W{1,3}[\w&’'.-]+){1,12}?"
_APOSTROPHE = "['’‘ʼ`´\N{REPLACEMENT CHARACTER} ]?"


def relined(lines: Iterable[PrintedLine]) -> Iterator[PrintedLine]:
    """The lines, those that are longer than any that is printed broken into pieces, each with its place."""
    wording: re.Pattern[str] | None = None
    for line in lines:
        if _LONGEST_LINE < len(line.text) <= _MOST:
            wording = wording or _wording(list(frameworks().values()))
            yield from _pieces(line, wording)
        else:
            yield line


def _pieces(line: PrintedLine, wording: re.Pattern[str]) -> Iterator[PrintedLine]:
    at = 0
    for end in (*sorted(_breaks(line.text, wording)), len(line.text)):
        text = line.text[at:end].strip()
        if text:
            start = line.start + line.text.index(text, at)
            yield PrintedLine(line.page, start, start + len(text), text, line.apart and at == 0)
        at = end


def _breaks(text: str, wording: re.Pattern[str]) -> set[int]:
    """Where lines begin or end in a text without line ends."""
    places = {mark.end() for mark in _MARK.finditer(text)}
    for found in wording.finditer(text):
        places.update(found.span() if found["whole"] else (found.start(),))
    salutation = text.find("Dear ")
    for dated in _DATE.finditer(text, 0, max(salutation, 0)):
        places.update(dated.span())  # in the head of a letter a date stands alone
    return places - {0}


def _wording(known: list[Framework]) -> re.Pattern[str]:
    """All wording at which lines begin; what the group "whole" finds is a line of its own."""
    strands = [strand for framework in known for strand in framework.strands]
    forms = {" ".join(form) for framework in known for form, _ in framework.grade_forms()}
    grade = f"(?i:{'|'.join(_words(form) for form in sorted(forms, key=len, reverse=True))})"
    labels = _any((wording for strand in strands for wording in (*strand.labels, *strand.headings)), grade)
    sentences = _any((wording for strand in strands for wording in strand.prose), grade)
    headings = _any((wording for framework in known for wording in _headings(framework)), grade)
    titles = _any((title for framework in known for title in framework.titles), grade)
    graded = rf"(?:\d\.\d?\s+)?{labels}(?:\W|\b(?:\d{{1,2}}|is|are|that|it|they)\b){{0,12}}?{grade}"
    heading = rf"(?:{headings}|{labels})[?:]?"
    headed = rf"{_ENDED}{heading}{_NOTE}|{heading}(?=\s+(?:[{GLYPHS}]|{_NUMBERED}))"
    whole = "|".join((rf"(?:{graded}|{sentences})[).]?(?:\d(?![\d.]))?", *_ALONE, headed))
    opens = "|".join((titles, *_FIELDS))
    return re.compile(rf"{_WORD_BEGINS}(?:(?P<whole>(?:{whole}){_BEGINS})|{opens})")


def _headings(framework: Framework) -> Iterator[str]:
    for listed in (
        framework.improvement_headings,
        framework.priority_headings,
        framework.summary_headings,
        framework.finding_headings,
        framework.background_headings,
    ):
        yield from listed


def _any(wordings: Iterable[str], grade: str) -> str:
    """A pattern for any of the wordings, opened by a capital, the longest first."""
    longest_first = sorted(dict.fromkeys(wordings), key=len, reverse=True)
    return f"(?:{'|'.join(_opened(wording, grade) for wording in longest_first)})"


def _opened(wording: str, grade: str) -> str:
    """A pattern for one wording of a framework file, its gaps filled, whatever stands between its words."""
    first, *rest = re.findall(r"\{\w+\}|#|[^\W_][\w’'-]*", wording.removeprefix("The "))
    gaps = {"{authority}": _AUTHORITY, "{is}": _IS, "{grade}": rf"\W{{1,3}}{grade}", "#": r"\W{1,3}\d"}
    opening = rf"(?:The\s+(?i:{_words(first)})|{_words(first[0].upper() + first[1:])})"
    return opening + "".join(gaps.get(word) or rf"\W{{1,3}}(?i:{_words(word)})" for word in rest)


def _words(printed: str) -> str:
    """A pattern for words as printed, with or without the plural's s or an apostrophe."""
    return r"\s+".join(_APOSTROPHE.join(map(re.escape, _parts(word))) for word in printed.split())


def _parts(word: str) -> list[str]:
    return re.split("[’']", word)
