"""Read inspection reports with grades, which are printed in a table or in sentences under headings.

    printed                                             facts
    "Inspection of Camden children’s services"          authority Camden
    "Inspection dates: 4 to 8 March 2024"               windows (the days of the inspection)
    "Judgement Grade", then labels and grades           framework ILACS 2023 (it has exactly these labels); judgements
    "What needs to improve?" and its list               improvements
    "The experiences of care leavers: good"             passages below it belong to the strand leavers;
                                                          a warning if the table has another grade

A strand is an area that is judged. The printed labels decide the framework, never the date or the file name.
Nearly all that differs between frameworks is in the framework files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from reinspect.frameworks import Framework, Strand, frameworks
from reinspect.model import Judgement, PrintedAuthority, Reading, SourceFacts
from reinspect.reading.dates import LONGEST_STAY
from reinspect.reading.document_text import DocumentText
from reinspect.reading.fields import front_matter
from reinspect.reading.fields.authority import find_mentioned_authority, find_printed_authority
from reinspect.reading.fields.document_end import find_end
from reinspect.reading.fields.improvements import find_improvements, missing_lists
from reinspect.reading.fields.judgement_table import JudgementTable, find_table
from reinspect.reading.fields.passages import build_passages
from reinspect.reading.fields.prose_grades import find_prose_grade
from reinspect.reading.fields.scores import with_scores
from reinspect.reading.fields.sections import FrameworkHeadings, SectionHeading, SectionPlace, locate_blocks
from reinspect.reading.fields.templates import find_matches
from reinspect.reading.layout.blocks import Block, group_blocks
from reinspect.reading.layout.lines import PrintedLine, join_lines
from reinspect.reading.layout.words import fold_words, join_words, split_words

_FRONT_PAGES = 4
"""Number of pages on which the title, the dates and the table are printed."""
_REPORT_LINES = 20_000
"""Number of lines of the longest report; beyond it no grade is looked for in prose."""
_DEFINITIONS = re.compile(r"judge?ments? mean|judge?ments and what they mean", re.IGNORECASE)
"""The heading of the annex that explains each grade."""
_DEFINITION_HEADINGS = ("the local authority", "the lscb")
"""The headings within that annex."""
_SENTENCE = re.compile(r"\b(?:is|was|were|took|has|found|will|says?|said)\b", re.IGNORECASE)
"""A word that shows that a line with the words of a title is a sentence about the inspection."""
_SURE_ROWS = 3
"""Number of rows of a table that show its framework without a title."""
_OPENING = SectionPlace("summary", "overall", "authority", None)
_IMPRINT = SectionPlace("background", None, "authority", None)
"""The first section of a report that prints its grades under headings: addresses, rights, the contents table."""


class _FrameworkFit(msgspec.Struct, frozen=True):
    """A framework that a report may belong to, with the report's table and grades read under its rules.

    `strands` are the keys of the areas that have a row in the table or a grade in a sentence. `rivals` are the
    frameworks that fit the report just as well.
    """

    framework: Framework
    table: JudgementTable | None
    judgements: tuple[Judgement, ...]
    strands: frozenset[str]
    rivals: tuple[Framework, ...] = ()


def read(source: DocumentText) -> Reading | None:
    """Read an inspection report with grades; return None if the document is not such a report."""
    front = source.first_pages(_FRONT_PAGES)
    fit = _best_fit(source, front)
    if fit is None:
        return None
    headings = FrameworkHeadings(fit.framework)
    lines = source.body(headings.is_known)
    start = _findings_start(lines, fit.table, source)
    end, left_out = find_end(lines[start:])
    blocks = group_blocks(lines[start : start + end], headings)
    visit = front_matter.find_visit(source, front)
    if not _is_filled_in(fit, visit) or not _is_report(fit, blocks, front):
        return None
    places = locate_blocks(blocks, _OPENING if fit.table else _IMPRINT)
    facts = _find_facts(source, front, fit, blocks, places)
    warnings = [
        *_warnings(facts, fit, blocks, visit),
        *missing_lists(blocks, places),
        *left_out,
    ]
    return source.build_reading("report", facts, build_passages(blocks, places, source.document.sha256), warnings)


def _best_fit(source: DocumentText, front: Sequence[PrintedLine]) -> _FrameworkFit | None:
    """Return the framework that fits the document best, or None if no framework fits."""
    # If two members of a family fit equally, the one in force on the printed days wins, else the one whose required
    # strands are all printed, else the older one: a missing row does not make a newer framework.
    fits = _find_fits(source, front, _frameworks_by_title(front))
    if all(len(fit.strands) <= 1 for fit in fits):
        # A title may be glued to the name of the council: then the table says more than the title of a part.
        others = _find_fits(source, front, _graded_frameworks())
        fits += [fit for fit in others if fit.table and len(fit.table.strands) >= _SURE_ROWS]
    visit = front_matter.find_visit(source, front)
    first_day = visit.windows[0].start if visit and visit.windows else None
    # Where letters are missing, a row that is not found may still be printed: then the days decide.
    whole = not source.is_doubtful(range(source.first_page, source.first_page + _FRONT_PAGES))
    ranks = {fit.framework.key: _rank(fit, first_day, whole) for fit in fits if fit.strands}
    best = max((fit for fit in fits if fit.strands), key=lambda fit: ranks[fit.framework.key], default=None)
    if best is None:
        return None
    equal = [key for key, rank in ranks.items() if rank == ranks[best.framework.key] and key != best.framework.key]
    return msgspec.structs.replace(best, rivals=tuple(frameworks()[key] for key in equal))


def _find_fits(
    source: DocumentText, front: Sequence[PrintedLine], candidates: Sequence[Framework]
) -> list[_FrameworkFit]:
    tables = _read_tables(source, front, candidates)
    return [_fit_framework(source, front, framework, table) for framework, table in tables]


def _read_tables(
    source: DocumentText, front: Sequence[PrintedLine], candidates: Sequence[Framework]
) -> Iterator[tuple[Framework, JudgementTable | None]]:
    """Yield each candidate that fits the printed table, with the table of grades (None if there is none)."""
    families: dict[str, list[Framework]] = {}
    for framework in candidates:
        families.setdefault(framework.family, []).append(framework)
    words = split_words(front)
    # Frameworks of one family share labels, so the table is read once for the family, with all its labels.
    for members in families.values():
        table = find_table(front, words, _merge_labels(members), source.document.sha256)
        shown = set(table.strands) if table else set()
        for member in members:
            if shown <= {strand.key for strand in member.strands}:
                yield member, table


def _frameworks_by_title(front: Sequence[PrintedLine]) -> list[Framework]:
    """Return the frameworks whose title is printed, or all frameworks for graded reports if no title is printed."""
    known = _graded_frameworks()
    # Several frameworks may have the title, because they share wording.
    return [framework for framework in known if next(find_matches(front, framework.titles), None)] or known


def _graded_frameworks() -> list[Framework]:
    return [framework for framework in frameworks().values() if framework.document == "graded report"]


def _merge_labels(members: Sequence[Framework]) -> Framework:
    """Combine frameworks into one framework with the strands (judged areas) and labels of all."""
    merged: dict[str, Strand] = {}
    for strand in (strand for member in members for strand in member.strands):
        known = merged.get(strand.key, strand)
        labels = tuple(dict.fromkeys((*known.labels, *strand.labels)))
        merged[strand.key] = msgspec.structs.replace(known, labels=labels)
    return msgspec.structs.replace(members[0], strands=tuple(merged.values()))


def _fit_framework(
    source: DocumentText, front: Sequence[PrintedLine], framework: Framework, table: JudgementTable | None
) -> _FrameworkFit:
    """Collect the grades of a document under the rules of one framework, from the table and from sentences."""
    sha256 = source.document.sha256
    judgements = list(table.judgements) if table else []
    strands = set(table.strands) if table else set()
    prose_strands = [strand for strand in framework.strands if strand.prose and strand.key not in strands]
    if prose_strands:
        body = _without_definitions(source.lines[:_REPORT_LINES], FrameworkHeadings(framework))
        for strand in prose_strands:
            judgement = find_prose_grade(front if strand.labels else body, strand, framework, sha256)
            if judgement is not None:
                judgements.append(judgement)
                strands.add(strand.key)
    return _FrameworkFit(framework, table, tuple(judgements), frozenset(strands))


def _without_definitions(lines: Sequence[PrintedLine], headings: FrameworkHeadings) -> list[PrintedLine]:
    """Return the lines without the annex that explains what each grade means."""
    # The sentences of the annex look like judgements.
    body, in_definitions = [], False
    for i, line in enumerate(lines):
        if _DEFINITIONS.search(line.text):
            in_definitions = True
        elif in_definitions:
            heading = headings(lines, i)
            of_board = heading is not None and heading[0].graded and heading[0].strand == "lscb"
            in_definitions = heading is None or of_board or line.text.lower() in _DEFINITION_HEADINGS
        if not in_definitions:
            body.append(line)
    return body


def _rank(fit: _FrameworkFit, first_day: date | None, whole: bool) -> tuple[int, bool, bool, int]:
    """Return a sort key: the better a framework fits the document, the greater the key.

    `whole` is false if letters of the front pages may be missing.
    """
    required = {strand.key for strand in fit.framework.strands if strand.required}
    in_force = first_day is not None and fit.framework.in_force(first_day)
    rows = len(fit.table.strands) if fit.table else 0
    # A row that is missing does not prove a newer framework: the day of the inspection goes before it.
    return (len(fit.strands), in_force, whole and required <= fit.strands, rows)


def _is_filled_in(fit: _FrameworkFit, visit: front_matter.PrintedVisit | None) -> bool:
    """Return whether a grade was read, or else the days of a visit with a table whose grades cannot be read."""
    has_rows = fit.table is not None and bool(fit.table.missing)
    return bool(fit.judgements) or (has_rows and visit is not None and bool(visit.windows))


def _is_report(fit: _FrameworkFit, blocks: Sequence[Block], front: Sequence[PrintedLine]) -> bool:
    """Return whether a document is the inspection report itself, not a paper that quotes its table of grades."""
    # A report has its title, or a section for each of at least two of its strands.
    if any(not _SENTENCE.search(front[title.line].text) for title in find_matches(front, fit.framework.titles)):
        return True
    sections = {block.key.strand for block in blocks if isinstance(block.key, SectionHeading)} - {None}
    return len(sections & fit.strands) >= 2


def _findings_start(lines: Sequence[PrintedLine], table: JudgementTable | None, source: DocumentText) -> int:
    """Return the index of the line where the findings begin: below the table, or after the title page."""
    if table is None:
        return next((i for i, line in enumerate(lines) if line.page > source.first_page), 0)
    last = source.first_pages(_FRONT_PAGES)[table.last_line]
    after = (i for i, line in enumerate(lines) if (line.page, line.start) > (last.page, last.start))
    return next(after, len(lines))


def _find_facts(
    source: DocumentText,
    front: Sequence[PrintedLine],
    fit: _FrameworkFit,
    blocks: Sequence[Block],
    places: Sequence[SectionPlace],
) -> SourceFacts:
    """Return the facts of a report and where they are printed."""
    sha256, framework = source.document.sha256, fit.framework
    evidence = {}
    visit = front_matter.find_visit(source, front)
    if visit:
        evidence["windows"] = visit.evidence
    publication = front_matter.find_publication(source, front)
    if publication:
        evidence["published"] = publication[1]
    lead = front_matter.find_lead_inspector(source, front) or front_matter.find_lead_inspector(
        source, source.lines[:_REPORT_LINES]
    )
    if lead:
        evidence["lead_inspector"] = lead[1]
    return SourceFacts(
        authority=_find_authority(front, framework),
        framework=framework.key,
        graded=framework.graded,
        windows=visit.windows if visit else (),
        published=publication[0] if publication else None,
        lead_inspector=lead[0] if lead else None,
        judgements=with_scores(_in_framework_order(fit), framework, source.lines),
        improvements=find_improvements(blocks, places, sha256, "improvement", "authority"),
        lscb_improvements=find_improvements(blocks, places, sha256, "improvement", "lscb"),
        priority_actions=find_improvements(blocks, places, sha256, "priority action", "authority"),
        evidence=evidence,
    )


def _in_framework_order(fit: _FrameworkFit) -> tuple[Judgement, ...]:
    order = [strand.key for strand in fit.framework.strands]
    return tuple(sorted(fit.judgements, key=lambda judgement: order.index(judgement.strand)))


def _find_authority(front: Sequence[PrintedLine], framework: Framework) -> PrintedAuthority | None:
    """Return the council that the report is about, as printed near its title, or None."""
    candidates = (name for name in _authority_candidates(front, framework) if not name.isdigit())
    printed = find_printed_authority(candidates)
    if printed is not None and printed.slug is not None:
        return printed
    # None of the candidates is a council (a trust may be inspected): take the one that the page is about.
    headline = find_printed_authority(line.text for line in front[:6])

    if headline and headline.slug:
        return headline
    title = printed.printed if printed else ""
    return (
        find_mentioned_authority("\n".join(line.text for line in front if line.page == front[0].page), title) or printed
    )


def _authority_candidates(front: Sequence[PrintedLine], framework: Framework) -> Iterator[str]:
    """Yield the printed texts that may be the name of the council, the most likely first."""
    for title in find_matches(front, framework.titles):
        if title.authority:
            yield join_words(title.authority, front, title.line)
        before = [line.text for line in front[: title.line] if line.page == front[title.line].page]
        yield from (join_lines(before[-count:]) for count in (3, 2, 1) if len(before) >= count)
        after = [line.text for line in front[title.line : title.line + 5]]
        yield from (join_lines(after[i : i + count]) for i in (1, 2, 3) for count in (1, 2))
    sentences = [sentence for strand in framework.strands for sentence in strand.prose if "{authority}" in sentence]
    for sentence in find_matches(front, sentences, framework):
        yield join_words(sentence.authority, front, sentence.line)


def _warnings(
    facts: SourceFacts, fit: _FrameworkFit, blocks: Sequence[Block], visit: front_matter.PrintedVisit | None
) -> list[str]:
    """Return warnings about facts that are missing, unreadable or contradicted."""
    warnings = _judgement_warnings(facts, fit)
    if facts.authority is None or facts.authority.slug is None:
        name = f" '{facts.authority.printed}'" if facts.authority else ""
        warnings.append(f"the authority{name} was not recognised")
    if visit is None:
        warnings.append("no inspection dates are printed")
    elif not visit.windows:
        warnings.append(f"the inspection dates '{visit.printed.strip()}' could not be read")
    for window in facts.windows:
        if window.end - window.start > LONGEST_STAY:
            warnings.append(
                f"the inspection dates are {(window.end - window.start).days} days apart: one may be misprinted"
            )
    for window in facts.windows[:1]:
        if not fit.framework.in_force(window.start):
            warnings.append(
                f"the inspection dates are outside those of {fit.framework.short}: "
                "a misprint, or an early or late inspection"
            )
    if (
        facts.lscb_improvements
        and not facts.improvements
        and any(strand.key != "lscb" for strand in fit.framework.strands)
    ):
        warnings.append("all improvements were read as those of the safeguarding board, and none as the authority's")
    if fit.rivals:
        names = ", ".join(rival.short for rival in fit.rivals)
        warnings.append(
            f"read as {fit.framework.short}, the oldest that fits; {names} would fit as well: no row and no day decides"
        )
    return warnings + _contradictions(facts, blocks, fit.framework)


def _judgement_warnings(facts: SourceFacts, fit: _FrameworkFit) -> list[str]:
    """Return a warning for each strand (judged area) that should have a grade but has none."""
    warnings = []
    judged = {judgement.strand for judgement in facts.judgements}
    for strand in fit.framework.strands:
        if strand.key in judged:
            continue
        if fit.table and strand.key in fit.table.missing:
            warnings.append(f"the table has a row for '{strand.name}', but no grade could be read in it")
        elif strand.required:
            warnings.append(
                f"no judgement on '{strand.name}' was found, although {fit.framework.short} reports print one"
            )
    return warnings


def _contradictions(facts: SourceFacts, blocks: Sequence[Block], framework: Framework) -> list[str]:
    """Return a warning for each section heading whose grade differs from the grade in the judgements."""
    warnings = []
    for block in blocks:
        heading = block.key
        if not isinstance(heading, SectionHeading) or heading.strand is None:
            continue
        words = fold_words(join_lines(line.text for line in block.lines))
        repeated = next((grade for form, grade in framework.grade_forms() if words[-len(form) :] == form), None)
        judged = next((judgement for judgement in facts.judgements if judgement.strand == heading.strand), None)
        if judged and repeated and judged.grade and repeated != judged.grade:
            warnings.append(
                f"'{judged.strand}' is judged {judged.grade}, but the heading of its section on page "
                f"{block.lines[0].page} says {repeated}"
            )
    return list(dict.fromkeys(warnings))
