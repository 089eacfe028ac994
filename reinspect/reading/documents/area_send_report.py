"""Read reports on an area's arrangements for children with special educational needs and disabilities (SEND).

    printed                                                    facts
    "Area SEND inspection of Invented Local Area Partnership"  authority; framework, from the first words of the title
    "Inspection dates: 4 to 8 March 2024"                      windows (the days of the inspection)
    "Dates of previous inspection: 3 to 7 July 2017"           previous
    "Inspection outcome" and the sentence below it             outcome; the sentences that follow give the next step
    "Areas for priority action" and its box of two columns     priority actions, each with its responsible bodies
    "Areas for improvement" and its box of one column          improvements

The report judges a partnership, which the framework file says. No publication date is printed. The rows of the boxes
are divided by drawn lines alone, so they are laid out in the text first (`layout.ruled_cells`). The layout was counted
in 55 reports.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from reinspect.frameworks import Framework, frameworks
from reinspect.model import Evidence, Outcome, PrintedAuthority, Reading, SourceFacts, Window
from reinspect.reading.dates import read_windows
from reinspect.reading.document_text import DocumentText
from reinspect.reading.fields import front_matter
from reinspect.reading.fields.authority import find_mentioned_authority, find_printed_authority
from reinspect.reading.fields.document_end import find_end
from reinspect.reading.fields.outcome import find_next_step, find_outcome, split_sentences
from reinspect.reading.fields.passages import build_passages
from reinspect.reading.fields.responsible_bodies import (
    DIVIDED_BY_WORDING,
    Row,
    are_laid_out,
    build_improvements,
    read_rows,
)
from reinspect.reading.fields.sections import FrameworkHeadings, SectionPlace, find_section_lines, locate_blocks
from reinspect.reading.fields.templates import TemplateMatch, find_matches
from reinspect.reading.layout.blocks import Block, group_blocks
from reinspect.reading.layout.lines import PrintedLine, join_lines

DOCUMENT_TYPE = "area send report"
"""The value of `document` in the framework files of these reports."""
_FRONT_PAGES = 3
_TITLE_LINES = 4
_OPENING = SectionPlace("summary", None, "authority", None)
_BACKGROUND = SectionPlace("background", None, "authority", None)
_PARTNERSHIP = re.compile(r"\s+(?:local\s+)?area\s+partnership\b.*", re.IGNORECASE)
_PREVIOUS = re.compile(
    r"dates?\s*(?:\(s\))?\s+of\s+(?:the\s+)?previous\s+inspections?(?:\(s\))?\s*:?\s*", re.IGNORECASE
)
_DETAILS = re.compile(r"local authority(?:\s+integrated care boards?.*)?|details of the .*partnership", re.IGNORECASE)
"""The head of the table of addresses, which follows the boxes."""
_PREVIOUS_LINES = 3
_FOOTER = re.compile(r"(?:^\s*(?:Area\s+SEND\s+)?|\s*Area\s+SEND\s+)[Ii]nspection\s+report:\s+(?P<rest>.*)$")
_FOOTER_LINES = 2
_OUTCOME_LINES = 14
"""Number of lines of the longest statement of the outcome."""


def read(source: DocumentText) -> Reading | None:
    """Read an area SEND report; return None if the document is not such a report."""
    titled = _find_title(source.first_pages(_FRONT_PAGES))
    if titled is None:
        return None
    framework, _ = titled
    if not _has_outcome_and_dates(source, framework):
        return None
    source = source.with_cells_laid_out()
    footer_days = _find_footer_days(source.lines)
    source = _without_glued_footers(source)
    front = source.first_pages(_FRONT_PAGES)
    titled = _find_title(front)
    if titled is None:
        return None
    headings = FrameworkHeadings(framework)
    lines = source.body(lambda text: headings.is_known(text) or _is_listed(text, framework.outcome_headings))
    end, left_out = find_end(lines)
    lines = lines[:end]
    sha256 = source.document.sha256
    actions = _rows(lines, source, headings, framework, "priority action")
    improvements = _rows(lines, source, headings, framework, "improvement")
    facts = _find_facts(source, front, titled[1], framework, lines)
    facts = msgspec.structs.replace(
        facts,
        improvements=build_improvements(improvements, sha256),
        priority_actions=build_improvements(actions, sha256),
    )
    # The names of the responsible bodies are not a passage of the findings.
    named = [Block("prose", tuple(row.bodies)) for row in actions if row.bodies]
    bodies = {line for block in named for line in block.lines}
    text = [line for line in _below_title(lines, front[titled[1].line]) if line not in bodies]
    findings = group_blocks(text, headings)
    placed = [
        *zip(findings, locate_blocks(findings, _OPENING), strict=True),
        *((block, _BACKGROUND) for block in named),
    ]
    placed.sort(key=lambda pair: (pair[0].lines[0].page, pair[0].lines[0].start))
    blocks, places = [block for block, _ in placed], [place for _, place in placed]
    warnings = [*_warnings(source, facts, framework), *left_out]
    if facts.windows and footer_days and footer_days != facts.windows:
        first, last = footer_days[0].start, footer_days[-1].end
        warnings.append(f"the footers print other days of inspection ({first} to {last}) than the title page")
    listed = [line for row in (*actions, *improvements) for line in row.action]
    if listed and not are_laid_out(listed, source.pages):
        warnings.append(DIVIDED_BY_WORDING)
    return source.build_reading("report", facts, build_passages(blocks, places, sha256), warnings)


def _find_title(front: Sequence[PrintedLine]) -> tuple[Framework, TemplateMatch] | None:
    """Return the framework whose title is printed, and the match of the title, or None."""
    for framework in frameworks().values():
        if framework.document == DOCUMENT_TYPE:
            for match in find_matches(front, framework.titles):
                if _PARTNERSHIP.search(_title_text(front, match)):
                    return framework, match
    return None


def _title_text(front: Sequence[PrintedLine], match: TemplateMatch) -> str:
    return join_lines(line.text for line in front[match.line : match.line + _TITLE_LINES])


def _has_outcome_and_dates(source: DocumentText, framework: Framework) -> bool:
    """Return whether the outcome has its heading on the first pages, as in the report and not in a paper about it."""
    front = source.first_pages(_FRONT_PAGES)
    dated = front_matter.find_visit(source, front) is not None
    return dated and any(_is_listed(line.text, framework.outcome_headings) for line in front)


def _is_listed(text: str, titles: Sequence[str]) -> bool:
    return text.strip(" :").casefold() in {title.casefold() for title in titles}


def _without_glued_footers(source: DocumentText) -> DocumentText:
    """Return the document without the running footers, which may be glued to the last line of the text."""
    kept: list[PrintedLine] = []
    for line in source.lines:
        footer = _FOOTER.search(line.text)
        if footer is None:
            kept.append(line)
        elif footer.start() > 0:
            text = line.text[: footer.start()].rstrip()
            kept.append(msgspec.structs.replace(line, text=text, end=line.start + len(text)))
    return msgspec.structs.replace(source, lines=tuple(kept))


def _find_footer_days(lines: Sequence[PrintedLine]) -> tuple[Window, ...]:
    """Return the days of inspection that most footers print, or none."""
    found: Counter[tuple[Window, ...]] = Counter()
    for i, line in enumerate(lines):
        footer = _FOOTER.search(line.text)
        if footer:
            text = join_lines((footer["rest"], *(below.text for below in lines[i + 1 : i + _FOOTER_LINES])))
            digit = re.search(r"\d", text)
            windows = read_windows(text, digit.start())[0] if digit else ()
            found.update([windows] if windows else [])
    return found.most_common(1)[0][0] if found else ()


def _find_facts(
    source: DocumentText,
    front: Sequence[PrintedLine],
    title: TemplateMatch,
    framework: Framework,
    lines: Sequence[PrintedLine],
) -> SourceFacts:
    """Return the facts of the title page and of the box with the outcome."""
    evidence: dict[str, Evidence] = {"authority": source.cite(front[title.line])}
    visit = front_matter.find_visit(source, front)
    if visit:
        evidence["windows"] = visit.evidence
    outcome, next_step = _find_outcome(source, lines, framework)
    if outcome and outcome.evidence:
        evidence["outcome"] = outcome.evidence
    previous = _find_previous(front)
    return SourceFacts(
        authority=_find_authority(front, title),
        framework=framework.key,
        graded=framework.graded,
        windows=visit.windows if visit else (),
        outcome=outcome,
        next_step=next_step,
        previous=previous,
        evidence=evidence,
    )


def _find_authority(front: Sequence[PrintedLine], title: TemplateMatch) -> PrintedAuthority | None:
    """Return the council of the partnership, as printed in the title or else named on the first page."""
    words = _title_text(front, title)
    name = re.sub(r"^.*?\binspection\s+of\s+(?:the\s+)?", "", words, flags=re.IGNORECASE)
    printed = find_printed_authority([_PARTNERSHIP.sub("", name).strip()])
    if printed is not None and printed.slug is not None:
        return printed
    return find_mentioned_authority(join_lines(line.text for line in front if line.page == front[0].page)) or printed


def _find_previous(front: Sequence[PrintedLine]) -> tuple[Window, ...]:
    """Return the days of the previous inspection, or none if it is not given or there was none."""
    for i, line in enumerate(front):
        if _PREVIOUS.match(line.text):
            text = join_lines(following.text for following in front[i : i + _PREVIOUS_LINES])
            label = _PREVIOUS.match(text)
            return read_windows(text, label.end() if label else 0)[0]
    return ()


def _find_outcome(
    source: DocumentText, lines: Sequence[PrintedLine], framework: Framework
) -> tuple[Outcome | None, str | None]:
    """Return the outcome and the next step that are printed below the heading of the outcome."""
    start = next((i for i, line in enumerate(lines) if _is_listed(line.text, framework.outcome_headings)), None)
    if start is None:
        return None, None
    headings = FrameworkHeadings(framework)
    stated: list[PrintedLine] = []
    for i in range(start + 1, min(start + 1 + _OUTCOME_LINES, len(lines))):
        if headings(lines, i) is not None:
            break
        stated.append(lines[i])
    sentences = split_sentences(join_lines(line.text for line in stated))
    if not sentences:
        return None, None
    last = _last_line(stated, sentences[0])
    evidence = Evidence(
        document=source.document.sha256, page=stated[0].page, start=stated[0].start, end=stated[last].end
    )
    return find_outcome(sentences[0], framework, evidence), find_next_step(sentences[1:])


def _last_line(lines: Sequence[PrintedLine], sentence: str) -> int:
    """Return the index of the line on which a sentence that opens these lines ends."""
    for i in range(len(lines)):
        joined = join_lines(line.text for line in lines[: i + 1])
        if len(joined) >= len(sentence) or lines[i].page != lines[0].page:
            return i if lines[i].page == lines[0].page else i - 1
    return len(lines) - 1


def _rows(
    lines: Sequence[PrintedLine], source: DocumentText, headings: FrameworkHeadings, framework: Framework, role: str
) -> list[Row]:
    """Return the rows of the box with the improvements or the priority actions."""
    section = list(find_section_lines(lines, headings, role, _ends_boxes))
    listed = framework.priority_headings if role == "priority action" else framework.improvement_headings
    return read_rows(
        section,
        source.pages,
        lambda text: _is_listed(text, listed),
        with_bodies=role == "priority action",
    )


def _ends_boxes(lines: Sequence[PrintedLine], index: int) -> bool:
    """Return whether a line is the head of the table below the boxes."""
    return _DETAILS.fullmatch(lines[index].text.strip()) is not None


def _below_title(lines: Sequence[PrintedLine], title: PrintedLine) -> list[PrintedLine]:
    return [line for line in lines if (line.page, line.start) >= (title.page, title.start)]


def _warnings(source: DocumentText, facts: SourceFacts, framework: Framework) -> list[str]:
    """Return warnings about facts that are missing, unreadable or contradicted."""
    warnings = []
    if facts.authority is None or facts.authority.slug is None:
        warnings.append("the authority was not recognised")
    if not facts.windows:
        warnings.append("the inspection dates could not be read")
    if facts.outcome is None:
        warnings.append("the sentence below 'Inspection outcome' could not be read: no outcome is taken from it")
    if not facts.improvements and not facts.priority_actions:
        warnings.append("the report lists nothing to improve")
    if _has_priority_heading(source, framework) and not facts.priority_actions:
        warnings.append("a heading for priority actions is printed, but no action could be read below it")
    return warnings


def _has_priority_heading(source: DocumentText, framework: Framework) -> bool:
    return any(_is_listed(line.text, framework.priority_headings) for line in source.lines)
