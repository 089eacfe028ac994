"""Read press coverage: articles and council news items *about* an inspection.

An article never creates an inspection, and its words never count as the inspectors'. The dates and grades that an
article mentions are used only to find the inspection that it is about.
"""

from __future__ import annotations

import re
from datetime import date

from reinspect.frameworks import grades_of
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.model import Judgement, Reading, SourceFacts
from reinspect.reading.dates import find_coarse_dates, find_dates
from reinspect.reading.document_text import DocumentText
from reinspect.reading.fields.authority import find_mentioned_authority
from reinspect.reading.fields.official_papers import is_official_paper
from reinspect.reading.fields.passages import build_passages
from reinspect.reading.fields.sections import SectionPlace, locate_blocks
from reinspect.reading.layout.blocks import group_blocks

_MOST_WORDS = 3000
"""Greatest number of words of an article; committee papers are longer."""
_WORD_CHARACTERS = 12
_INSPECTORATE = re.compile(r"\b(?:ofsted|inspectorate)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:inspect(?:ion|ions|ors?|ed)|focused visit|rated|rating|judged)\b", re.IGNORECASE)
_DATE_CREDIT = re.compile(
    r"(?:story\s+updated|updated|published|posted|first published)\b[^\n]{0,12}?(?=\d)", re.IGNORECASE
)
_BYLINE = re.compile(r"\W*By\s+[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){0,3}(?:\s+in\s+\w+)?\W*(?:on\s+)?")
_TOP_LINES = 12
_NAMED = (
    ("jtai-2022", re.compile(r"\bjoint targeted area inspection\b", re.IGNORECASE)),
    (
        "area-send-2023",
        re.compile(
            r"\b(?:SEND|special educational needs)\b[^.\n]{0,80}\binspect|\binspect[^.\n]{0,80}"
            r"\b(?:SEND|special educational needs)\b|^.{0,40}\bSEND\s+(?:services|inspection|provision)\b",
            re.MULTILINE,
        ),
    ),
    ("focused-visit", re.compile(r"\bfocused visit\b", re.IGNORECASE)),
)
"""Kinds of inspection that an article may name, by the key of a framework; most articles name none of them."""


def read(source: DocumentText) -> Reading | None:
    """Read a press article or council news item about an inspection; return None for any other document."""
    text = "\n".join(source.pages)
    # Splitting a long text takes time, so its characters are counted first.
    if len(text) > _MOST_WORDS * _WORD_CHARACTERS or len(text.split()) > _MOST_WORDS:
        return None
    if any(source.pages[page - 1].strip() for page in source.document.doubtful_pages if page <= len(source.pages)):
        return None  # a damaged letter may have lost the words that show what it is
    if not _INSPECTORATE.search(text) or not _ABOUT.search(text) or is_official_paper(text):
        return None
    authority = find_mentioned_authority(text)
    if authority is None:
        return None
    blocks = group_blocks(source.body(lambda _: False), lambda _lines, _index: None)
    places = locate_blocks(blocks, SectionPlace("finding", None, "authority", None))
    facts = SourceFacts(
        authority=authority,
        published=_article_date(source),
        mentioned_dates=find_coarse_dates(text),
        framework=next((key for key, wording in _NAMED if wording.search(text)), None),
        judgements=_mentioned_grades(text),
    )
    return source.build_reading("coverage", facts, build_passages(blocks, places, source.document.sha256))


def _article_date(source: DocumentText) -> date | None:
    """Return the date of the article, printed near its top, or None."""
    for line in source.lines[:_TOP_LINES]:
        for day, start, end in find_dates(line.text):
            # The date is alone on its line, after a word such as "updated", or after the name of the writer.
            alone = not re.search(r"[A-Za-z]{3}", line.text[:start] + line.text[end:])
            if alone or _DATE_CREDIT.match(line.text) or _BYLINE.fullmatch(line.text[:start]):
                return day
    return None


def _mentioned_grades(text: str) -> tuple[Judgement, ...]:
    """Return the grades that an article mentions, as judgements without a strand (judged area)."""
    grades = {grade.key: grade.printed for grade in grades_of(SOCIAL_CARE)}
    forms = {form: key for key, printed in grades.items() for form in (*printed, _participle(key))}
    found: dict[str, Judgement] = {}
    # The longest first: "requires improvement to be good" does not mention "good".
    for form in sorted(forms, key=len, reverse=True):
        words = r"\s+".join(map(re.escape, form.split()))
        pattern = re.compile(rf"\b{words}\b", re.IGNORECASE)
        if mention := pattern.search(text):
            # No strand: articles seldom name it.
            found.setdefault(forms[form], Judgement(strand="", grade=forms[form], printed=mention[0]))
            text = pattern.sub(" ", text)
    return tuple(found[key] for key in grades if key in found)


def _participle(grade: str) -> str:
    """Change a verb to its -ing form: "performs excellently" -> "performing excellently"."""
    return re.sub(r"^(\w+)s (\w+)$", r"\1ing \2", grade)
