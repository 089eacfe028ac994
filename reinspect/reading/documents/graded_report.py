"""Reports that print judgements: a table of labels and grades, or grades in sentences under their headings.

Which regime it is, the printed labels decide, never the date or the file's name (design.md 4). Everything that
differs between regimes stands in the framework files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from reinspect.frameworks import Framework, Strand, frameworks
from reinspect.model import Judgement, PrintedAuthority, Reading, SourceFacts
from reinspect.reading.fields import front_matter
from reinspect.reading.fields.improvements import improvements
from reinspect.reading.fields.judgement_table import JudgementTable, find_table
from reinspect.reading.fields.passages import passages_of
from reinspect.reading.fields.prose_grades import prose_grade
from reinspect.reading.fields.sections import Headings, SectionHeading, SectionPlace, places
from reinspect.reading.fields.templates import matches
from reinspect.reading.layout.blocks import Block, blocks_of
from reinspect.reading.layout.lines import PrintedLine, join_lines
from reinspect.reading.layout.words import fold_words, printed, words_of
from reinspect.reading.source import PageText, mentioned_authority, printed_authority

_FRONT_PAGES = 4
"""Pages among which the title, the dates and the table stand."""
_REPORT_LINES = 20_000
"""No report has more; what is longer is looked at no further for grades in prose."""
_DEFINITIONS = re.compile(r"judge?ments? mean|judge?ments and what they mean", re.IGNORECASE)
"""The heading of the annex that says what each grade means."""
_DEFINED = ("the local authority", "the lscb")
"""The headings within it."""
_OPENING = SectionPlace("summary", "overall", "authority", None)
_IMPRINT = SectionPlace("background", None, "authority", None)
"""What opens a report that prints its grades under headings: addresses and rights, then the contents."""


class _Found(msgspec.Struct, frozen=True):
    """What one framework's wording came to on a document."""

    framework: Framework
    table: JudgementTable | None
    judgements: tuple[Judgement, ...]
    strands: frozenset[str]


def read(source: PageText) -> Reading | None:
    """The Reading of a graded report, or None where no framework's judgements are printed as in its reports."""
    front = source.head(_FRONT_PAGES)
    found = _framework(source, front)
    if found is None:
        return None
    headings = Headings(found.framework)
    lines = source.body(headings.is_known)
    opening = _findings_start(lines, found.table, source)
    blocks = blocks_of(lines[opening:], headings)
    if not found.judgements or not _is_report(found, blocks, front):
        return None
    where = places(blocks, _OPENING if found.table else _IMPRINT)
    facts = _account(source, front, found, blocks, where)
    warnings = _warnings(facts, found, blocks, front_matter.visited(source, front))
    return source.reading("report", facts, passages_of(blocks, where, source.document.sha256), warnings)


def _framework(source: PageText, front: Sequence[PrintedLine]) -> _Found | None:
    """The framework whose wording is printed most fully.

    Regimes of one family share labels, so a family's table is read once, with all its labels. Of the members that
    may have all the strands it shows, the one wins whose strands are all printed; where rows are missing the one that
    was in force on the printed days, and else the older, since a missing row is no newer regime.
    """
    found = [_look(source, front, framework, table) for framework, table in _tables(source, front)]
    visit = front_matter.visited(source, front)
    first_day = visit.windows[0].start if visit and visit.windows else None
    return max((one for one in found if one.strands), key=lambda one: _fit(one, first_day), default=None)


def _tables(source: PageText, front: Sequence[PrintedLine]) -> Iterator[tuple[Framework, JudgementTable | None]]:
    """Each framework of graded reports that the printed title and table allow, with that table."""
    families: dict[str, list[Framework]] = {}
    for framework in _titled(front):
        families.setdefault(framework.family, []).append(framework)
    words = words_of(front)
    for members in families.values():
        table = find_table(front, words, _merged(members), source.document.sha256)
        shown = set(table.strands) if table else set()
        for member in members:
            if shown <= {strand.key for strand in member.strands}:
                yield member, table


def _titled(front: Sequence[PrintedLine]) -> list[Framework]:
    """The frameworks whose title the front prints; where it prints none that is known, all: regimes share wording."""
    known = [framework for framework in frameworks().values() if framework.document == "graded report"]
    return [framework for framework in known if next(matches(front, framework.titles), None)] or known


def _merged(members: Sequence[Framework]) -> Framework:
    """One framework with every label of a family."""
    labels: dict[str, Strand] = {}
    for strand in (strand for member in members for strand in member.strands):
        known = labels.get(strand.key, strand)
        both = tuple(dict.fromkeys((*known.labels, *strand.labels)))
        labels[strand.key] = msgspec.structs.replace(known, labels=both)
    return msgspec.structs.replace(members[0], strands=tuple(labels.values()))


def _look(source: PageText, front: Sequence[PrintedLine], framework: Framework, table: JudgementTable | None) -> _Found:
    """What the table and the framework's sentences come to."""
    sha256 = source.document.sha256
    judgements = list(table.judgements) if table else []
    strands = set(table.strands) if table else set()
    told = [strand for strand in framework.strands if strand.prose and strand.key not in strands]
    if told:
        whole = _without_definitions(source.lines[:_REPORT_LINES], Headings(framework))
        for strand in told:
            judgement = prose_grade(front if strand.labels else whole, strand, framework, sha256)
            if judgement is not None:
                judgements.append(judgement)
                strands.add(strand.key)
    return _Found(framework, table, tuple(judgements), frozenset(strands))


def _without_definitions(lines: Sequence[PrintedLine], headings: Headings) -> list[PrintedLine]:
    """The lines less the annex that says what each grade means, in words that would else be taken for a judgement."""
    left, defining = [], False
    for i, line in enumerate(lines):
        if _DEFINITIONS.search(line.text):
            defining = True
        elif defining:
            known = headings(lines, i)
            of_board = known is not None and known[0].graded and known[0].strand == "lscb"
            defining = known is None or of_board or line.text.lower() in _DEFINED
        if not defining:
            left.append(line)
    return left


def _fit(one: _Found, first_day: date | None) -> tuple[int, bool, bool, int]:
    required = {strand.key for strand in one.framework.strands if strand.required}
    in_force = first_day is not None and one.framework.in_force(first_day)
    rows = len(one.table.strands) if one.table else 0
    return (len(one.strands), required <= one.strands, in_force, rows)


def _is_report(found: _Found, blocks: Sequence[Block], front: Sequence[PrintedLine]) -> bool:
    """Whether the document is the report itself, not a paper that quotes its table.

    A report opens with its title, or goes on with a section to each of at least two of its strands.
    """
    if next(matches(front, found.framework.titles), None) is not None:
        return True
    headed = {block.key.strand for block in blocks if isinstance(block.key, SectionHeading)} - {None}
    return len(headed & found.strands) >= 2


def _findings_start(lines: Sequence[PrintedLine], table: JudgementTable | None, source: PageText) -> int:
    """The line behind the table, or behind the title page where grades stand in prose."""
    if table is None:
        return next((i for i, line in enumerate(lines) if line.page > 1), 0)
    last = source.head(_FRONT_PAGES)[table.last_line]
    after = (i for i, line in enumerate(lines) if (line.page, line.start) > (last.page, last.start))
    return next(after, len(lines))


def _account(
    source: PageText,
    front: Sequence[PrintedLine],
    found: _Found,
    blocks: Sequence[Block],
    where: Sequence[SectionPlace],
) -> SourceFacts:
    sha256, framework = source.document.sha256, found.framework
    evidence = {}
    visit = front_matter.visited(source, front)
    if visit:
        evidence["windows"] = visit.evidence
    issued = front_matter.published(source, front)
    if issued:
        evidence["published"] = issued[1]
    lead = front_matter.lead_inspector(source, front) or front_matter.lead_inspector(
        source, source.lines[:_REPORT_LINES]
    )
    if lead:
        evidence["lead_inspector"] = lead[1]
    return SourceFacts(
        authority=_authority(front, framework),
        framework=framework.key,
        graded=framework.graded,
        windows=visit.windows if visit else (),
        published=issued[0] if issued else None,
        lead_inspector=lead[0] if lead else None,
        judgements=_in_order(found),
        improvements=improvements(blocks, where, sha256, "improvement", "authority"),
        lscb_improvements=improvements(blocks, where, sha256, "improvement", "lscb"),
        priority_actions=improvements(blocks, where, sha256, "priority action", "authority"),
        evidence=evidence,
    )


def _in_order(found: _Found) -> tuple[Judgement, ...]:
    order = [strand.key for strand in found.framework.strands]
    return tuple(sorted(found.judgements, key=lambda judgement: order.index(judgement.strand)))


def _authority(front: Sequence[PrintedLine], framework: Framework) -> PrintedAuthority | None:
    """The council as the title page prints it: in the title, right before or after it, or in the overall sentence.

    Where none of these is a council's name, as where a trust is inspected, the one that the page is about.
    """
    candidates: list[str] = []
    for title in matches(front, framework.titles):
        if title.authority:
            candidates.append(printed(title.authority, front, title.line))
        before = [line.text for line in front[: title.line] if line.page == front[title.line].page]
        candidates += [join_lines(before[-count:]) for count in (3, 2, 1) if len(before) >= count]
        after = front[title.line : title.line + 5]
        candidates += [join_lines(line.text for line in after[i : i + count]) for i in (1, 2, 3) for count in (1, 2)]
    sentences = [sentence for strand in framework.strands for sentence in strand.prose if "{authority}" in sentence]
    for sentence in matches(front, sentences, framework):
        candidates.append(printed(sentence.authority, front, sentence.line))
    recognised = printed_authority(candidate for candidate in candidates if not candidate.isdigit())
    if recognised is None or recognised.slug is None:
        headline = printed_authority(line.text for line in front[:6])
        if headline and headline.slug:
            return headline
        return mentioned_authority(join_lines(line.text for line in front if line.page == 1)) or recognised
    return recognised


def _warnings(
    facts: SourceFacts, found: _Found, blocks: Sequence[Block], visit: front_matter.Visited | None
) -> list[str]:
    framework, noticed = found.framework, []
    read_strands = {judgement.strand for judgement in facts.judgements}
    for strand in framework.strands:
        if strand.key in read_strands:
            continue
        if found.table and strand.key in found.table.missing:
            noticed.append(f"the row of '{strand.name}' was found but no grade beside it")
        elif strand.required:
            noticed.append(f"no judgement on '{strand.name}' was found, which reports of {framework.short} print")
    if facts.authority is None or facts.authority.slug is None:
        named = f" '{facts.authority.printed}'" if facts.authority else ""
        noticed.append(f"the authority{named} was not recognised")
    if visit is None:
        noticed.append("no inspection dates are printed")
    elif not visit.windows:
        noticed.append(f"the inspection dates '{visit.printed.strip()}' could not be read")
    for window in facts.windows[:1]:
        if not framework.in_force(window.start):
            noticed.append(
                f"the dates lie outside those of {framework.short}: a misprint, or a late or early inspection"
            )
    return noticed + _contradictions(facts, blocks, framework)


def _contradictions(facts: SourceFacts, blocks: Sequence[Block], framework: Framework) -> list[str]:
    """Section headings that repeat a grade other than the table's."""
    noticed = []
    for block in blocks:
        heading = block.key
        if not isinstance(heading, SectionHeading) or heading.strand is None:
            continue
        words = fold_words(join_lines(line.text for line in block.lines))
        repeated = next((grade for form, grade in framework.grade_forms() if words[-len(form) :] == form), None)
        judged = next((one for one in facts.judgements if one.strand == heading.strand), None)
        if judged and repeated and judged.grade and repeated != judged.grade:
            noticed.append(
                f"'{judged.strand}' is {judged.grade} where it is judged, but its section on page "
                f"{block.lines[0].page} says {repeated}"
            )
    return list(dict.fromkeys(noticed))
