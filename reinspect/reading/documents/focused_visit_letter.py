"""Read letters that inspectors write after a visit without grades.

    printed                                            facts
    "25 May 2022"                                      published
    "Dear Ms Lovelace"                                 (the salutation)
    "Focused visit to Camden children’s services"      authority Camden; framework, from the first words of the line
    "This letter ... visit ... on 20 and 21 April 2022"   windows (the days of the visit)
    "Inspectors looked at the front door."             topics
    "What needs to improve" and its bullets            improvements
    "Yours sincerely", "Alan Turing"                   lead inspector

The layout was counted in 371 letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import takewhile

import msgspec

from reinspect.frameworks import Framework, frameworks
from reinspect.model import Evidence, PrintedAuthority, Reading, SourceFacts, Window
from reinspect.reading.dates import MONTHS, read_windows
from reinspect.reading.document_text import DocumentText
from reinspect.reading.fields.authority import find_mentioned_authority, find_printed_authority
from reinspect.reading.fields.document_end import find_end
from reinspect.reading.fields.front_matter import find_names
from reinspect.reading.fields.improvements import find_improvements
from reinspect.reading.fields.letters import (
    CLOSING,
    SALUTATION,
    SHORT_LINE,
    find_letter_date,
    read_days_before,
    read_only_date,
    split_sentences,
)
from reinspect.reading.fields.passages import build_passages
from reinspect.reading.fields.sections import FrameworkHeadings, SectionHeading, SectionPlace, locate_blocks
from reinspect.reading.fields.templates import TemplateMatch, find_matches
from reinspect.reading.fields.topics import find_topics
from reinspect.reading.layout.blocks import Block, group_blocks
from reinspect.reading.layout.lines import SENTENCE_END, PrintedLine, join_lines

_OPENING = SectionPlace("summary", None, "authority", None)
_POST = re.compile(r"(?:His|Her) Majesty[’']?s?[’']? Inspector\b.{0,20}", re.IGNORECASE)
_SERVICES = re.compile(
    r"(?:[’']s?)?\s+(?:local\s+authority(?:[’']s)?\s+)?children[’']?s[’']?\s+(?:social\s+care\s+)?services.*",
    re.IGNORECASE,
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\s+monitoring\s+visit\b", re.IGNORECASE)
_FRONT_PAGES = 4
"""Number of pages on which a letter may begin."""
_SUBJECT_LINES = 3
_SIGNATURE_LINES = 3
_VISIT = re.compile(r"\b(?:visit(?:ed)?|inspectors)\b", re.IGNORECASE)
_DATE_START = re.compile(r"(?:\bbetween\s+)?(?:\bthe\s+)?(?<![\d/])\d{1,2}(?=\D)", re.IGNORECASE)
_VISIT_DATE_CHARACTERS = 1500
"""Number of characters after the subject line in which the days of the visit are named."""
_ADDRESS = re.compile(
    r"\W*(?:12\s+)?(?:Ofsted|fsted|Piccadilly Gate|Clive House|Aviation House|Store Street|Agora|"
    r"(?:Store Street,?\s+)?Manchester(?:,?\s+M1\s+2WD)?|M1\s+2WD|"
    r"(?:T|Tel|Telephone|Textphone|Minicom|Fax|E|W|Direct\s?T)?:?\s*0\d[\d ]{8,}|"
    r"(?:E:?\s*)?\S+@\S+|(?:W:?\s*)?(?:https?://)?(?:www\.)?\S+\.gov\.uk\S*)\W*",
    re.IGNORECASE,
)


class _FoundVisit(msgspec.Struct, frozen=True):
    """The days of a visit and where they are printed; without `has_year`, the year is that of the letter's date."""

    windows: tuple[Window, ...]
    evidence: Evidence
    has_year: bool = True


def read(source: DocumentText) -> Reading | None:
    """Read a letter about a visit; return None if the document is not such a letter."""
    front = _front_lines(source)
    salutation = next((i for i, line in enumerate(front) if SALUTATION.match(line.text)), None)
    framework_and_subject = _find_subject(front)
    if framework_and_subject is None or salutation is None:
        return None
    framework, subject = framework_and_subject
    if framework.follows and not _names_services(front, subject):
        return None  # a letter on a monitoring visit to a children's home is a different kind of document
    headings = FrameworkHeadings(framework)
    opening = front[max(_last_subject_line(front, subject), salutation)]
    lines = _body_lines(source, opening, headings)
    end, left_out = find_end(lines)
    blocks = group_blocks(lines[:end], headings)
    places = locate_blocks(blocks, _OPENING)
    sha256 = source.document.sha256
    letter_date = find_letter_date(line for line in front if line.page == front[0].page)
    visit = _find_visit(source, front, subject, letter_date[0] if letter_date else None)
    facts = msgspec.structs.replace(
        _find_facts(
            source,
            front,
            subject,
            framework=framework,
            opening=_opening_text(blocks),
            letter_date=letter_date,
            visit=visit,
        ),
        improvements=find_improvements(blocks, places, sha256, "improvement", "authority"),
        priority_actions=find_improvements(blocks, places, sha256, "priority action", "authority"),
    )
    warnings = [*_warnings(facts, framework, visit), *left_out]
    return source.build_reading("letter", facts, build_passages(blocks, places, sha256), warnings)


def _front_lines(source: DocumentText) -> list[PrintedLine]:
    """Return the lines of the first two pages of the letter, without any papers bound before it."""
    lines = source.first_pages(_FRONT_PAGES)
    pages = [
        [line for line in lines if line.page == page]
        for page in range(source.first_page, source.first_page + _FRONT_PAGES)
    ]
    # A council's own papers may be before the letter, which begins on the page with a salutation and a subject line.
    begins = (
        i for i, page in enumerate(pages) if any(SALUTATION.match(line.text) for line in page) and _find_subject(page)
    )
    first = next(begins, 0)
    return [line for page in pages[first : first + 2] for line in page]


def _find_subject(front: Sequence[PrintedLine]) -> tuple[Framework, TemplateMatch] | None:
    """Find the subject line of the letter; return the framework that defines this wording and the match, or None."""
    found = [
        (framework, match)
        for framework in frameworks().values()
        if framework.document == "letter"
        for match in find_matches(front, framework.titles)
    ]
    # A letter on one kind of visit may name another kind in a sentence: the subject line comes first.
    services = [pair for pair in found if _names_services(front, pair[1])]
    return min(services or found, key=lambda pair: pair[1].line, default=None)


def _last_subject_line(front: Sequence[PrintedLine], subject: TemplateMatch) -> int:
    """Return the index of the last line of the subject, which may fill several lines."""
    for count in range(1, _SUBJECT_LINES + 1):
        if _SERVICES.search(join_lines(line.text for line in front[subject.line : subject.line + count])):
            return min(subject.line + count, len(front)) - 1
    return subject.line


def _names_services(front: Sequence[PrintedLine], subject: TemplateMatch) -> bool:
    """Return whether the subject line names the children's services of a council."""
    return bool(_SERVICES.search(join_lines(line.text for line in front[subject.line : subject.line + _SUBJECT_LINES])))


def _body_lines(source: DocumentText, opening: PrintedLine, headings: FrameworkHeadings) -> list[PrintedLine]:
    """Return the lines below `opening`, without page headers, footnotes and the sender's address."""
    lines = source.body(headings.is_known, opening)
    return [line for i, line in enumerate(lines) if not _is_in_address(lines, i)]


def _is_in_address(lines: Sequence[PrintedLine], index: int) -> bool:
    """Return whether a line is a part of the sender's address, and not the last word of a wrapped sentence."""
    # The address may be printed on any page, in the middle of a sentence, but never one line of it alone.
    line = lines[index]
    if not _is_address(line):
        return False
    before = lines[index - 1] if index else None
    follows = lines[index + 1 : index + 2]
    if before is None or line.after_blank_line or SENTENCE_END.search(before.text) or _is_address(before):
        return True
    return not line.text.endswith(".") and any(map(_is_address, follows))


def _is_address(line: PrintedLine) -> bool:
    return len(line.text) <= SHORT_LINE and _ADDRESS.fullmatch(line.text) is not None


def _opening_text(blocks: Sequence[Block]) -> str:
    """Return the text before the first known heading."""
    opening = takewhile(lambda block: not isinstance(block.key, SectionHeading), blocks)
    return " ".join(block.text for block in opening)


def _find_facts(
    source: DocumentText,
    front: Sequence[PrintedLine],
    subject: TemplateMatch,
    *,
    framework: Framework,
    opening: str,
    letter_date: tuple[date, PrintedLine] | None,
    visit: _FoundVisit | None,
) -> SourceFacts:
    """Return the facts of a letter (authority, dates, topics, inspector) and where they are printed.

    `opening` is the text before the first heading, which names the topics.
    """
    evidence: dict[str, Evidence] = {"authority": source.cite(front[subject.line])}
    if letter_date:
        evidence["published"] = source.cite(letter_date[1])
    if visit:
        evidence["windows"] = visit.evidence
    signature = _find_signature(source)
    if signature:
        evidence["lead_inspector"] = signature[1]
    return SourceFacts(
        authority=_find_authority(front, subject),
        framework=framework.key,
        graded=False,
        windows=visit.windows if visit else (),
        published=letter_date[0] if letter_date else None,
        topics=find_topics(opening),
        ordinal=_find_ordinal(opening) if framework.follows else None,
        lead_inspector=signature[0] if signature else None,
        evidence=evidence,
    )


def _find_ordinal(opening: str) -> int | None:
    """Return the place of a visit in its series: 2 for "the second monitoring visit", or None."""
    named = _ORDINAL.search(opening)
    if named is None:
        return None
    word = named[1].lower()
    return _ORDINALS.index(word) + 1 if word in _ORDINALS else int(re.sub(r"\D", "", word))


def _find_authority(front: Sequence[PrintedLine], subject: TemplateMatch) -> PrintedAuthority | None:
    """Return the council that was visited, as named in the subject line or on the first page, or None."""
    # A subject line may name no council, or a trust.
    lines = front[subject.line : subject.line + 12]
    candidates = []
    for count in (1, 2, 3):
        text = join_lines(line.text for line in lines[:count])
        name = re.sub(r"^.*?\bvisit\s+(?:to|of)\s+", "", text, flags=re.IGNORECASE)
        if _SERVICES.search(name):
            candidates.append(_SERVICES.sub("", name).strip())
            break
    opening = join_lines(line.text for line in lines[1:])
    for name_in_opening in re.finditer(
        r"visit\s+(?:to|of)\s+(.{3,90}?)(?=(?:[’']s?)?\s+(?:local\s+authority|children[’']?s))", opening, re.IGNORECASE
    ):
        candidates.append(name_in_opening[1])
    printed = find_printed_authority(candidate for candidate in candidates if candidate)
    if printed is not None and printed.slug is not None:
        return printed
    # The council may stand among other words of the subject; only then may the addresses name it.
    title = printed.printed if printed else ""
    texts = (join_lines(line.text for line in lines[:_SUBJECT_LINES]), "\n".join(_page_lines(front)))
    return next((found for text in texts if (found := find_mentioned_authority(text, title))), printed)


def _page_lines(front: Sequence[PrintedLine]) -> Iterator[str]:
    return (line.text for line in front if line.page == front[0].page)


def _find_visit(
    source: DocumentText, front: Sequence[PrintedLine], subject: TemplateMatch, letter_date: date | None
) -> _FoundVisit | None:
    """Return the days of the visit and where they are printed, or None if no full dates are printed.

    Days without a year are those before the date of the letter.
    """
    lines = [line for line in front[subject.line + 1 :] if read_only_date(line) is None]
    text = join_lines(line.text for line in lines)[:_VISIT_DATE_CHARACTERS]
    for sentence in filter(_VISIT.search, split_sentences(text)):
        for opening in _DATE_START.finditer(sentence):
            windows, end = read_windows(sentence, opening.start())
            # Only the first day and month are the visit's. A later date with a year is that of another inspection.
            printed = sentence[opening.start() : end]
            if windows:
                return _FoundVisit(windows, _cite_last_line(source, lines, printed))
            if any(word.strip(".,").lower() in MONTHS for word in printed.split()):
                windows = read_days_before(printed, letter_date)
                cited = _cite_last_line(source, lines, printed)
                return _FoundVisit(windows, cited, has_year=False) if windows else None
    return None


def _cite_last_line(source: DocumentText, lines: Sequence[PrintedLine], printed: str) -> Evidence:
    """Return the position of the line on which the printed words end."""
    last_words = printed.split()[-2:]  # the first of them may be on the line before
    for before, line in zip([*lines[:1], *lines], lines, strict=False):
        if " ".join(last_words) in join_lines((before.text, line.text)) and last_words[-1] in line.text:
            return source.cite(line)
    return source.cite(lines[0])


def _find_signature(source: DocumentText) -> tuple[str, Evidence] | None:
    """Return the name of the inspector who signed the letter and its position in the document, or None."""
    # The name is below the closing words or, without these, directly above the post.
    lines = source.lines
    closing = next((i for i, line in enumerate(lines) if CLOSING.match(line.text)), None)
    post = next((i for i in range(len(lines) - 1, 0, -1) if _POST.fullmatch(lines[i].text)), None)
    if closing is not None:
        signature = lines[closing + 1 : closing + 1 + _SIGNATURE_LINES]
    elif post is not None:
        signature = lines[post - 1 : post]
    else:
        return None
    for line in signature:
        names = find_names(line.text)
        if names:
            return names[0], source.cite(line)
    return None


def _warnings(facts: SourceFacts, framework: Framework, visit: _FoundVisit | None) -> list[str]:
    """Return warnings about facts that are missing or contradict each other."""
    warnings = []
    if facts.authority is None or facts.authority.slug is None:
        warnings.append("the authority was not recognised")
    if visit and not visit.has_year:
        warnings.append("the days of the visit are printed without a year: it is taken from the date of the letter")
    if not facts.windows:
        warnings.append("the days of the visit could not be read: the letter may not print their year")
    if facts.published is None:
        warnings.append("the date of the letter could not be read: it is missing or misprinted")
    lists_items = bool(framework.improvement_headings or framework.priority_headings)
    if lists_items and not facts.improvements and not facts.priority_actions:
        warnings.append("the letter lists nothing to improve")
    if facts.windows and facts.published and facts.windows[-1].end > facts.published:
        warnings.append("the visit is dated later than the letter: one of the two dates is a misprint")
    if facts.windows and framework.first and facts.windows[0].start < framework.first:
        warnings.append(f"the visit is dated before {framework.short} began")
    return warnings
