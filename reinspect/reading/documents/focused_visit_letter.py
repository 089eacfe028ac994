"""Letters after a visit that is not graded: a letterhead, a salutation, a subject line, findings, a signature.

Their build, counted in 371 letters: focused_visit_letters.md. Which regime a letter belongs to, the framework file
says by the words its subject line opens with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import takewhile

import msgspec

from reinspect.frameworks import Framework, frameworks
from reinspect.model import Evidence, PrintedAuthority, Reading, SourceFacts, Window
from reinspect.reading.dates import MONTHS, dates_in, windows_at
from reinspect.reading.fields.front_matter import names_in
from reinspect.reading.fields.improvements import improvements
from reinspect.reading.fields.passages import passages_of
from reinspect.reading.fields.sections import Headings, SectionHeading, SectionPlace, places
from reinspect.reading.fields.templates import Match, matches
from reinspect.reading.fields.topics import topics_in
from reinspect.reading.layout.blocks import Block, blocks_of
from reinspect.reading.layout.lines import PrintedLine, join_lines
from reinspect.reading.source import PageText, mentioned_authority, printed_authority

_OPENING = SectionPlace("summary", None, "authority", None)
_SALUTATION = re.compile(r"Dear\b", re.IGNORECASE)
_SIGNED = re.compile(r"Yours?\s+(?:sincerely|faithfully)", re.IGNORECASE)
_POST = re.compile(r"(?:His|Her) Majesty[’']?s?[’']? Inspector\b.{0,20}", re.IGNORECASE)
_SERVICES = re.compile(
    r"(?:[’']s?)?\s+(?:local\s+authority(?:[’']s)?\s+)?children[’']?s[’']?\s+(?:social\s+care\s+)?services.*",
    re.IGNORECASE,
)
_FRONT_PAGES = 4
"""Pages among which a letter begins."""
_SUBJECT_LINES = 3
_VISIT = re.compile(r"\b(?:visit(?:ed)?|inspectors)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")
_DATE_OPENING = re.compile(r"(?:\bbetween\s+)?(?:\bthe\s+)?(?<![\d/])\d{1,2}(?=\D)", re.IGNORECASE)
_REACH = 1500
"""Characters behind the subject line within which the visit's days are named."""
_SHORT_LINE = 80
"""Characters of the longest line that is a date or a part of an address and nothing else."""
_ADDRESS = re.compile(
    r"\W*(?:12\s+)?(?:Ofsted|fsted|Piccadilly Gate|Clive House|Aviation House|Store Street|Agora|"
    r"(?:Store Street,?\s+)?Manchester(?:,?\s+M1\s+2WD)?|M1\s+2WD|"
    r"(?:T|Tel|Telephone|Textphone|Minicom|Fax|E|W|Direct\s?T)?:?\s*0\d[\d ]{8,}|"
    r"(?:E:?\s*)?\S+@\S+|(?:W:?\s*)?(?:https?://)?(?:www\.)?\S+\.gov\.uk\S*)\W*",
    re.IGNORECASE,
)


def read(source: PageText) -> Reading | None:
    """The Reading of a letter about a visit, or None where no salutation and subject line of one are printed."""
    front = _front(source)
    salutation = next((i for i, line in enumerate(front) if _SALUTATION.match(line.text)), None)
    found = _subject(front)
    if found is None or salutation is None:
        return None
    framework, subject = found
    headings = Headings(framework)
    opening = front[max(_last_line(front, subject), salutation)]
    blocks = blocks_of(_body(source, opening, headings), headings)
    where = places(blocks, _OPENING)
    sha256 = source.document.sha256
    facts = msgspec.structs.replace(
        _facts(source, front, subject, framework, _scope(blocks)),
        improvements=improvements(blocks, where, sha256, "improvement", "authority"),
        priority_actions=improvements(blocks, where, sha256, "priority action", "authority"),
    )
    return source.reading("letter", facts, passages_of(blocks, where, sha256), _warnings(facts, framework))


def _front(source: PageText) -> list[PrintedLine]:
    """The letter's first two pages. A council's own papers may stand before the letter: it begins where both its
    salutation and its subject are printed."""
    head = source.head(_FRONT_PAGES)
    pages = [[line for line in head if line.page == page] for page in range(1, _FRONT_PAGES + 1)]
    first = next(
        (i for i, page in enumerate(pages) if any(_SALUTATION.match(line.text) for line in page) and _subject(page)), 0
    )
    return [line for page in pages[first : first + 2] for line in page]


def _subject(front: Sequence[PrintedLine]) -> tuple[Framework, Match] | None:
    for framework in frameworks().values():
        if framework.document != "letter":
            continue
        for match in matches(front, framework.titles):
            return framework, match
    return None


def _last_line(front: Sequence[PrintedLine], subject: Match) -> int:
    """The line on which the subject, which may wrap, says whose services were visited."""
    for count in range(1, _SUBJECT_LINES + 1):
        if _SERVICES.search(join_lines(line.text for line in front[subject.line : subject.line + count])):
            return min(subject.line + count, len(front)) - 1
    return subject.line


def _body(source: PageText, opening: PrintedLine, headings: Headings) -> list[PrintedLine]:
    """The lines behind salutation and subject, less furniture and the sender's address, which may stand anywhere."""
    lines = source.body(headings.is_known, opening)
    return [line for line in lines if len(line.text) > _SHORT_LINE or not _ADDRESS.fullmatch(line.text)]


def _scope(blocks: Sequence[Block]) -> str:
    """What the letter says was looked at: all before the first heading of a part; a short line of its own is none."""
    opening = takewhile(lambda block: not isinstance(block.key, SectionHeading), blocks)
    return " ".join(block.text for block in opening)


def _facts(
    source: PageText, front: Sequence[PrintedLine], subject: Match, framework: Framework, scope: str
) -> SourceFacts:
    evidence: dict[str, Evidence] = {"authority": source.evidence(front[subject.line])}
    written = _written(source, front)
    if written:
        evidence["published"] = written[1]
    visit = _visited(source, front, subject)
    if visit:
        evidence["windows"] = visit[1]
    signature = _signature(source)
    if signature:
        evidence["lead_inspector"] = signature[1]
    return SourceFacts(
        authority=_authority(front, subject),
        framework=framework.key,
        graded=False,
        windows=visit[0] if visit else (),
        published=written[0] if written else None,
        topics=topics_in(scope),
        lead_inspector=signature[0] if signature else None,
        evidence=evidence,
    )


def _authority(front: Sequence[PrintedLine], subject: Match) -> PrintedAuthority | None:
    """The council of the subject line; else of the opening sentence; else the one that the first page is about.

    A subject line may name nobody, or a trust (focused_visit_letters.md, "Order of parts").
    """
    after = front[subject.line : subject.line + 12]
    candidates = []
    for count in (1, 2, 3):
        text = join_lines(line.text for line in after[:count])
        named = re.sub(r"^.*?\bvisit\s+to\s+", "", text, flags=re.IGNORECASE)
        if _SERVICES.search(named):
            candidates.append(_SERVICES.sub("", named).strip())
            break
    opening = join_lines(line.text for line in after[1:])
    for named_again in re.finditer(
        r"visit\s+to\s+(.{3,90}?)(?=(?:[’']s?)?\s+(?:local\s+authority|children[’']?s))", opening, re.IGNORECASE
    ):
        candidates.append(named_again[1])
    printed = printed_authority(candidate for candidate in candidates if candidate)
    if printed is not None and printed.slug is not None:
        return printed
    return mentioned_authority(join_lines(line.text for line in front if line.page == front[0].page)) or printed


def _written(source: PageText, front: Sequence[PrintedLine]) -> tuple[date, Evidence] | None:
    """The letter's own date: alone on a line of its first page."""
    for line in front:
        day = _letter_date(line) if line.page == front[0].page else None
        if day is not None:
            return day, source.evidence(line)
    return None


def _letter_date(line: PrintedLine) -> date | None:
    """The date that a line is, but for the word "Date" before it."""
    for day, start, end in dates_in(line.text[:_SHORT_LINE]):
        if re.fullmatch(r"(?:Date)?\W*", line.text[:start] + line.text[end:]):
            return day
    return None


def _visited(
    source: PageText, front: Sequence[PrintedLine], subject: Match
) -> tuple[tuple[Window, ...], Evidence] | None:
    """The days of the first sentence that says when the visit was; None where it names no year.

    The first day and month printed are the visit's: a later date that has a year is some other inspection's.
    """
    lines = [line for line in front[subject.line + 1 :] if _letter_date(line) is None]
    text = join_lines(line.text for line in lines)[:_REACH]
    for sentence in filter(_VISIT.search, _SENTENCE_END.split(text)):
        for opening in _DATE_OPENING.finditer(sentence):
            windows, end = windows_at(sentence, opening.start())
            printed = sentence[opening.start() : end]
            if windows:
                return windows, _line_with(source, lines, printed)
            if any(word.strip(".,").lower() in MONTHS for word in printed.split()):
                return None
    return None


def _line_with(source: PageText, lines: Sequence[PrintedLine], printed: str) -> Evidence:
    """The line that the printed words end on, since they may wrap."""
    last = printed.split()[-2:]
    for before, line in zip([*lines[:1], *lines], lines, strict=False):
        if " ".join(last) in join_lines((before.text, line.text)) and last[-1] in line.text:
            return source.evidence(line)
    return source.evidence(lines[0])


def _signature(source: PageText) -> tuple[str, Evidence] | None:
    """The inspector who signed, who led the visit: named below the closing words or right above the post."""
    lines = source.lines
    signed = next((i for i, line in enumerate(lines) if _SIGNED.match(line.text)), None)
    post = next((i for i in range(len(lines) - 1, 0, -1) if _POST.fullmatch(lines[i].text)), None)
    if signed is not None:
        signature = lines[signed + 1 : signed + 4]
    elif post is not None:
        signature = lines[post - 1 : post]
    else:
        return None
    for line in signature:
        names = names_in(line.text)
        if names:
            return names[0], source.evidence(line)
    return None


def _warnings(facts: SourceFacts, framework: Framework) -> list[str]:
    noticed = []
    if facts.authority is None or facts.authority.slug is None:
        noticed.append("the authority was not recognised")
    if not facts.windows:
        noticed.append("the days of the visit could not be read: the letter may not print their year")
    if facts.published is None:
        noticed.append("no date of the letter is printed, or it is misprinted")
    if not facts.improvements and not facts.priority_actions:
        noticed.append("the letter lists nothing to improve")
    if facts.windows and facts.published and facts.windows[-1].end > facts.published:
        noticed.append("the printed visit is later than the printed date of the letter: one of them is a misprint")
    if facts.windows and framework.first and facts.windows[0].start < framework.first:
        noticed.append(f"the printed visit is earlier than {framework.short} began")
    return noticed
