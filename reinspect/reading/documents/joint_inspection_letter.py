"""Read letters that several inspectorates write together to all partners of an area.

    printed                                                          facts
    "5 March 2024"                                                   published
    "Ada Lovelace, Chief Constable, Invented Police"                 partners (the post and the body, not the name)
    "Dear Invented Safeguarding Children Partnership"                (the salutation)
    "Joint targeted area inspection of Invented"                     authority; framework, from the first words
    "... of the multi-agency response to domestic abuse"             theme
    "This inspection took place from 8 to 12 January 2024."          windows (the days of the inspection)
    "What needs to improve?" and its bullets                         improvements
    "Area for priority action" and its bullets                       priority actions

The subject line decides which area the letter is about. The addressees above the salutation include bodies of other
areas, so no authority is ever taken from them. The layout was counted in 64 letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from reinspect.frameworks import Framework, frameworks
from reinspect.model import Evidence, PrintedAuthority, Reading, SourceFacts, Window
from reinspect.reading.dates import find_dates, read_windows
from reinspect.reading.document_text import DocumentText
from reinspect.reading.fields.authority import find_mentioned_authority, find_printed_authority
from reinspect.reading.fields.bulleted_lists import find_study_lines, read_items
from reinspect.reading.fields.document_end import find_end
from reinspect.reading.fields.front_matter import CAPITAL, PARTICLE
from reinspect.reading.fields.letters import (
    CLOSING,
    SALUTATION,
    find_letter_date,
    read_days_before,
    split_sentences,
)
from reinspect.reading.fields.passages import build_passages
from reinspect.reading.fields.sections import FrameworkHeadings, SectionPlace, find_section_lines, locate_blocks
from reinspect.reading.fields.templates import TemplateMatch, find_matches
from reinspect.reading.layout.blocks import group_blocks
from reinspect.reading.layout.lines import SENTENCE_END, PrintedLine, join_lines

DOCUMENT_TYPE = "joint inspection letter"
"""The value of `document` in the framework files of these letters."""
_FRONT_PAGES = 4
_SUBJECT_LINES = 5
"""Number of lines of the longest subject."""
_AFTER_SALUTATION = 6
"""Number of lines below the salutation in which the subject begins."""
_OPENING_CHARACTERS = 3_500
_LONGEST_VISIT = 60
_STRENGTHS = re.compile(r"(?:[A-Z][\w,’'-]*(?: [\w,’'-]+){0,5} )?[Ss]trengths?")
_NEXT_STEPS = re.compile(
    r"(?:We have determined that|The (?:director|local authority|council|partnership)\b.{0,80}\bshould "
    r"(?:prepare|coordinate|send))",
    re.IGNORECASE,
)
_VISIT = re.compile(
    r"\b(?:took place|undert(?:ook|aken)|conducted|carried out|(?:jointly )?inspect(?:ed|ion)|on site|(?:re)?visited)"
    r"\b",
    re.IGNORECASE,
)
_DATE_START = re.compile(
    r"(?:\b(?:between|from|on)\s+)?(?:\bthe\s+)?(?:\b(?:mon|tues|wednes|thurs|fri)day,?\s+)?(?<![\d/])\d{1,2}(?=\D)",
    re.IGNORECASE,
)
_SAFEGUARDING = re.compile(
    r"\s+(?:local\s+)?(?:multi-agency\s+)?safeguarding\b.*|\s+(?:local\s+)?(?:children[’']?s?\s+)?partnership\b.*",
    re.IGNORECASE,
)
_BODY_START = re.compile(
    r"(?:This (?:letter|inspection|joint)|Between\b|The (?:inspection|Secretar|inspectorates)|From \d|On \d|During\b|"
    r"Ofsted\b|Following\b|We\b|Inspectors\b|In [A-Z]\w+ \d{4})",
)
"""The first words of the sentence below the subject."""
_THEME = re.compile(r"\bmulti-agency (?:\w+ ){0,3}?response to (?P<theme>.+)", re.IGNORECASE)
_ADDRESSEE = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Professor|Prof|Councillor|Cllr|Superintendent|Chief\s+Supt)\.?\s+)*"
    rf"{CAPITAL}[\w’'-]*(?:\s+(?:{CAPITAL}[\w’'.-]*|{PARTICLE}))+\s*,"
)
_OPENING = SectionPlace("summary", None, "authority", None)
_STUDY = SectionPlace("finding", None, "authority", None)


class _Letter(msgspec.Struct, frozen=True):
    """The front of a letter: its lines, the index of the salutation, the framework and the match of the subject."""

    front: list[PrintedLine]
    salutation: int
    framework: Framework
    subject: TemplateMatch


def read(source: DocumentText) -> Reading | None:
    """Read a joint inspection letter; return None if the document is not such a letter."""
    if _find_letter(source) is None:
        return None
    source = source.with_cells_laid_out()
    letter = _find_letter(source)
    if letter is None:
        return None
    facts = _find_facts(source, letter)
    framework = frameworks().get(facts.framework or "", letter.framework)
    headings = FrameworkHeadings(framework)
    opening = letter.front[letter.subject.line]
    body = source.body(headings.is_known, opening)
    end, left_out = find_end(body)
    body = body[:end]
    studies = find_study_lines(body, source.pages)
    lines = [line for line in body if line not in studies]
    sha256 = source.document.sha256
    facts = msgspec.structs.replace(
        facts,
        improvements=read_items(list(find_section_lines(lines, headings, "improvement", _ends_list)), sha256),
        priority_actions=read_items(list(find_section_lines(lines, headings, "priority action", _ends_list)), sha256),
    )
    blocks = group_blocks(lines, headings)
    boxes = group_blocks([line for line in body if line in studies], lambda _lines, _index: None)
    places = [*locate_blocks(blocks, _OPENING), *(_STUDY for _ in boxes)]
    passages = build_passages([*blocks, *boxes], places, sha256)
    in_order = sorted(passages, key=lambda passage: (passage.page, passage.start))
    return source.build_reading("letter", facts, in_order, [*_warnings(facts, framework), *left_out])


def _find_letter(source: DocumentText) -> _Letter | None:
    """Find the front of the letter; return None if there is no such letter.

    A council's own papers may be bound before the letter, so it may begin on a later page.
    """
    lines = source.first_pages(_FRONT_PAGES)
    for start, line in enumerate(lines):
        if not SALUTATION.match(line.text):
            continue
        for framework in frameworks().values():
            if framework.document != DOCUMENT_TYPE:
                continue
            below = lines[start + 1 : start + 1 + _AFTER_SALUTATION + _SUBJECT_LINES]
            for match in find_matches(below, framework.titles):
                if match.line < _AFTER_SALUTATION:
                    first = next(i for i, other in enumerate(lines) if other.page == line.page)
                    subject = msgspec.structs.replace(match, line=match.line + start + 1 - first)
                    return _Letter(lines[first:], start - first, framework, subject)
    return None


def _find_facts(source: DocumentText, letter: _Letter) -> SourceFacts:
    """Return the facts of the front of the letter, and where they are printed."""
    front, salutation, subject = letter.front, letter.salutation, letter.subject
    evidence: dict[str, Evidence] = {"authority": source.cite(front[subject.line])}
    letter_date = find_letter_date(front[:salutation])
    if letter_date:
        evidence["published"] = source.cite(letter_date[1])
    authority, name_lines = _find_authority(front, salutation, subject)
    visit = _find_visit(front[subject.line + name_lines :], letter_date[0] if letter_date else None)
    if visit:
        evidence["windows"] = source.cite(visit[1])
    theme = _find_theme(front, subject, authority)
    day = visit[0][0].start if visit else letter_date[0] if letter_date else None
    return SourceFacts(
        authority=authority,
        framework=_in_force(letter.framework, day).key,
        graded=letter.framework.graded,
        windows=visit[0] if visit else (),
        published=letter_date[0] if letter_date else None,
        theme=theme,
        partners=tuple(_find_partners(front[:salutation])),
        evidence=evidence,
    )


def _in_force(framework: Framework, day: date | None) -> Framework:
    """Return the framework of the same family that was in force on a day; the two forms share some subjects."""
    if day is None or framework.in_force(day):
        return framework
    members = (each for each in frameworks().values() if each.family == framework.family and each.in_force(day))
    return next((each for each in members if each.document == framework.document), framework)


def _find_authority(
    front: Sequence[PrintedLine], salutation: int, subject: TemplateMatch
) -> tuple[PrintedAuthority | None, int]:
    """Return the council of the area, and the number of lines that the subject fills."""
    lines = front[subject.line : subject.line + _SUBJECT_LINES]
    ends = (i for i, line in enumerate(lines) if i and _BODY_START.match(line.text))
    lines = lines[: next(ends, len(lines))]
    subjects = [join_lines(line.text for line in lines[:count]).rstrip(" .") for count in range(1, len(lines) + 1)]
    found = [_named_at_end(text) for text in subjects]
    count = next((count for count, printed in enumerate(found) if printed), None)
    if count is not None:
        # The subject has no end mark. A name may go on in the next line: "Richmond", "upon Thames".
        longer, shorter = found[count + 1] if count + 1 < len(found) else None, found[count]
        if longer and shorter and longer.printed.startswith(shorter.printed):
            return longer, count + 2
        return shorter, count + 1
    partnership = re.sub(r"^Dear\s+(?:the\s+)?", "", front[salutation].text, flags=re.IGNORECASE)
    printed = find_printed_authority([_SAFEGUARDING.sub("", partnership).strip(" ,")])
    if printed is not None and printed.slug is not None:
        return printed, 1
    # The text may name other areas more often, so the subject itself must name the council.
    place = next(filter(None, _names_at_end(subjects[0])), subjects[0])
    return find_mentioned_authority(subjects[-1]) or PrintedAuthority(printed=place), 1


def _named_at_end(subject: str) -> PrintedAuthority | None:
    """Return the known council whose name ends a subject line, or None."""
    printed = find_printed_authority(name for name in _names_at_end(subject) if name)
    return printed if printed and printed.slug else None


def _names_at_end(subject: str) -> Iterator[str]:
    """Yield what may be the name of the area at the end of a subject line: after "in", or after "inspection of"."""
    for opening in (
        r".*\bin\s+(?:the\s+)?",
        r".*\binspection\s+(?:of|in)\s+(?:the\s+)?",
        r".*\brevisit\s+(?:of|in)\s+(?:the\s+)?",
    ):
        match = re.match(opening, subject, re.IGNORECASE)
        if match:
            yield re.sub(r"\s+(?:local\s+area|local\s+authority(?:\s+area)?)$", "", subject[match.end() :]).strip(
                " ,.:"
            )


def _find_theme(front: Sequence[PrintedLine], subject: TemplateMatch, authority: PrintedAuthority | None) -> str | None:
    """Return the theme of the inspection, in the subject or in the sentence below it, or None."""
    text = join_lines(line.text for line in front[subject.line :])[:_OPENING_CHARACTERS]
    for sentence in split_sentences(text):
        match = _THEME.search(sentence)
        if match:
            return _without_place(match["theme"], authority)
    return None


def _without_place(theme: str, authority: PrintedAuthority | None) -> str | None:
    """Return a theme without the name of the area: "domestic abuse in Invented" -> "domestic abuse"."""
    names = [name for name in (authority.printed, authority.name) if name] if authority else []
    for name in names:
        place = re.search(rf"\s+in\s+(?:the\s+)?(?:London\s+Borough\s+of\s+)?{re.escape(name)}\b", theme, re.IGNORECASE)
        if place:
            theme = theme[: place.start()]
    return re.sub(r"\s*\([^()]*\)$", "", theme.strip(" .,:")) or None


def _find_visit(
    lines: Sequence[PrintedLine], letter_date: date | None
) -> tuple[tuple[Window, ...], PrintedLine] | None:
    """Return the days of the inspection and the line on which they are printed, or None."""
    text = join_lines(line.text for line in lines)[:_OPENING_CHARACTERS]
    for sentence in filter(_VISIT.search, split_sentences(text)):
        for opening in _DATE_START.finditer(sentence):
            windows, end = read_windows(sentence, opening.start())
            if not windows:
                windows = read_days_before(sentence[opening.start() : end], letter_date)
            if windows and _is_visit(windows, letter_date):
                return windows, _line_with(lines, sentence[opening.start() :].split())
    return None


def _is_visit(windows: Sequence[Window], letter_date: date | None) -> bool:
    """Return whether dates are those of a visit: several days, near each other, before the letter."""
    start, end = windows[0].start, windows[-1].end
    return 0 < (end - start).days <= _LONGEST_VISIT and (letter_date is None or end <= letter_date)


def _line_with(lines: Sequence[PrintedLine], words: Sequence[str]) -> PrintedLine:
    """Return the first line that has the first words of a text, or the first line."""
    opening = " ".join(words[:3])
    return next((line for line in lines if opening in line.text), lines[0])


def _find_partners(lines: Sequence[PrintedLine]) -> Iterator[str]:
    """Yield the post and the body of each addressee, without the person's name."""
    addressees: list[list[str]] = []
    for line in lines:
        if find_dates(line.text) or line.text.isdigit():
            continue
        if _ADDRESSEE.match(line.text) or not addressees:
            addressees.append([line.text])
        else:
            addressees[-1].append(line.text)
    for addressee in addressees:
        _name, comma, post = join_lines(addressee).partition(",")
        if comma and post.strip(" ,"):
            yield post.strip(" ,")


def _ends_list(lines: Sequence[PrintedLine], index: int) -> bool:
    """Return whether a line ends a list: the closing of the letter, its strengths or what its readers must do."""
    text = lines[index].text
    opens = index == 0 or SENTENCE_END.search(lines[index - 1].text) is not None
    return bool(CLOSING.match(text) or (opens and (_STRENGTHS.fullmatch(text) or _NEXT_STEPS.match(text))))


def _warnings(facts: SourceFacts, framework: Framework) -> list[str]:
    """Return warnings about facts that are missing or contradict each other."""
    warnings = []
    if facts.authority is None or facts.authority.slug is None:
        warnings.append("the authority was not recognised in the subject line")
    if not facts.windows:
        warnings.append("the days of the inspection could not be read")
    if facts.published is None:
        warnings.append("the date of the letter could not be read: it is missing or misprinted")
    if framework.improvement_headings and not facts.improvements and not facts.priority_actions:
        warnings.append("the letter lists nothing to improve")
    return warnings
