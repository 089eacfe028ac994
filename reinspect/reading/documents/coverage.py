"""Coverage: press articles and council news *about* an inspection (domain.md 4.3).

It never creates an inspection and none of its words count as an inspector's. The dates and grades that it names are
noted only so that it can be laid beside its event.
"""

from __future__ import annotations

import re
from datetime import date

from reinspect.frameworks import frameworks
from reinspect.model import Judgement, Reading, SourceFacts
from reinspect.reading.dates import coarse_dates_in, dates_in
from reinspect.reading.fields.passages import passages_of
from reinspect.reading.fields.sections import SectionPlace, places
from reinspect.reading.layout.blocks import blocks_of
from reinspect.reading.source import PageText, mentioned_authority

_LONGEST = 3000
"""Words; articles and news items are shorter, committee papers longer."""
_WORD_LENGTH = 12
_INSPECTORATE = re.compile(r"\b(?:ofsted|inspectorate)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:inspect(?:ion|ions|ors?|ed)|focused visit|rated|rating|judged)\b", re.IGNORECASE)
_CREDIT = re.compile(r"(?:story\s+updated|updated|published|posted|first published)\b[^\n]{0,12}?(?=\d)", re.IGNORECASE)
_TOP_LINES = 12
_OFFICIAL = re.compile(
    r"Yours? sincerely|©\s*Crown copyright|enquiries@ofsted|Piccadilly Gate|^\W*Inspection dates?\s*:"
    r"|^\W*Area SEND inspection of|^\W*This letter (?:summarises|to all the service leaders)",
    re.IGNORECASE | re.MULTILINE,
)
"""Print of the inspectorate itself: a report or letter of a type not known here is no press piece."""


def read(source: PageText) -> Reading | None:
    """The Reading of an article or news item about an inspection, or None where it is not one."""
    text = "\n".join(source.pages)
    if source.document.words > _LONGEST or len(text) > _LONGEST * _WORD_LENGTH or _OFFICIAL.search(text):
        return None
    if not _INSPECTORATE.search(text) or not _ABOUT.search(text):
        return None
    authority = mentioned_authority(text)
    if authority is None:
        return None
    blocks = blocks_of(source.body(lambda _: False), lambda _lines, _at: None)
    where = places(blocks, SectionPlace("finding", None, "authority", None))
    facts = SourceFacts(
        authority=authority,
        published=_own_date(source),
        mentioned_dates=coarse_dates_in(text),
        framework="focused-visit" if re.search(r"\bfocused visit\b", text, re.IGNORECASE) else None,
        judgements=_named_grades(text),
    )
    return source.reading("coverage", facts, passages_of(blocks, where, source.document.sha256))


def _own_date(source: PageText) -> date | None:
    """The date that the piece itself bears: alone on a line, or behind a word such as "updated", near its top."""
    for line in source.lines[:_TOP_LINES]:
        for day, start, end in dates_in(line.text):
            alone = not re.search(r"[A-Za-z]{3}", line.text[:start] + line.text[end:])
            if alone or _CREDIT.match(line.text):
                return day
    return None


def _named_grades(text: str) -> tuple[Judgement, ...]:
    """The grades that the piece names, each once; whose strand it is, an article seldom says."""
    grades = {grade.key: grade.printed for framework in frameworks().values() for grade in framework.grades}
    forms = {form: key for key, printed in grades.items() for form in (*printed, _participle(key))}
    found: dict[str, Judgement] = {}
    # The longest first: "requires improvement to be good" does not say "good".
    for form in sorted(forms, key=len, reverse=True):
        words = r"\s+".join(map(re.escape, form.split()))
        pattern = re.compile(rf"\b{words}\b", re.IGNORECASE)
        if named := pattern.search(text):
            found.setdefault(forms[form], Judgement(strand="", grade=forms[form], printed=named[0]))
            text = pattern.sub(" ", text)
    return tuple(found[key] for key in grades if key in found)


def _participle(grade: str) -> str:
    """ "performs excellently" as running text says it: "performing excellently"."""
    return re.sub(r"^(\w+)s (\w+)$", r"\1ing \2", grade)
