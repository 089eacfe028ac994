"""Build a page that follows each recommendation through the later inspections."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from textwrap import shorten

from reinspect.comparing.followthrough.mentions import Mention
from reinspect.comparing.followthrough.threads import STATUSES, Step, Thread
from reinspect.comparing.judgements import short_name
from reinspect.exporting.citation import citation, event, origin_of
from reinspect.exporting.sheet import (
    Block,
    Listing,
    Paragraph,
    Sheet,
    SheetCell,
    SheetItem,
    SheetSection,
    SheetTable,
    Tone,
)
from reinspect.exporting.sheets.asked_again import raised_section
from reinspect.exporting.sheets.labels import LICENCE, head_line
from reinspect.model import Authority, Inspection, Status

_MEANINGS: dict[Status, str] = {
    "raised again": "listed again as an area to improve, or the findings on it are clearly critical",
    "reported better": "praised, and no criticism remains",
    "mentioned": "comes up in a neutral or mixed way",
    "not mentioned": "nothing found on it, which does not mean that it was put right",
}
_BANDS = (
    'Found by matching words. "recurs": clearly the same subject; "possibly": perhaps another subject, please check.'
)
_LONGEST_NAME = 60
_TONES: dict[str, Tone] = {"raised again": "worse", "reported better": "better", "not mentioned": "quiet"}


def follow_through_sheet(authority: Authority, threads: Sequence[Thread]) -> Sheet:
    """Return a page with the status of every recommendation in each later inspection, and quotes as evidence."""
    inspections = {inspection.id: inspection for thread in threads for inspection in _inspections(thread)}
    ordered = sorted(inspections.values(), key=lambda inspection: inspection.when)
    sections = [
        SheetSection(
            heading=f"To improve, {short_name(inspection)}", blocks=tuple(_blocks(authority, inspection, list(own)))
        )
        for inspection, own in groupby(threads, key=lambda thread: thread.inspection)
    ]
    return Sheet(
        title=f"Follow-through: {authority.name}",
        head=(*(head_line(inspection, authority.name) for inspection in ordered), _BANDS),
        sections=(*raised_section(authority, threads), *(sections or [_nothing()]), _meanings()),
        foot=(LICENCE,),
    )


def _blocks(authority: Authority, inspection: Inspection, threads: Sequence[Thread]) -> list[Block]:
    """Return a table of all statuses, then each recommendation with its evidence."""
    later = [step.inspection for step in threads[0].steps]
    blocks: list[Block] = (
        [_table(threads, later)] if later else [Paragraph(text="The store has no later report or letter.")]
    )
    for thread in threads:
        improvement = thread.improvement
        source = citation(inspection, authority.name, improvement.evidence, origin_of(inspection, "improvements"))
        text = f"{_number(thread)} {improvement.text}"
        blocks.append(Paragraph(text=text, citation=source, evidence=improvement.evidence))
        blocks.extend(block for step in thread.steps for block in _step_blocks(authority, step))
    return blocks


def _table(threads: Sequence[Thread], later: Sequence[Inspection]) -> SheetTable:
    return SheetTable(
        columns=("Recommendation", *map(short_name, later)),
        rows=tuple((SheetCell(text=_named(thread)), *map(_cell, thread.steps)) for thread in threads),
        narrow="split",
    )


def _cell(step: Step) -> SheetCell:
    possibly = " (possibly)" if step.band == "possibly" else ""
    return SheetCell(text=f"{step.status}{possibly}", tone=_TONES.get(step.status, ""))


def _step_blocks(authority: Authority, step: Step) -> list[Block]:
    """Return the status in one later inspection, with the quotes below."""
    certainty = f"{step.review} by a person" if step.review else f"confidence {step.confidence:.2f}"
    words = ", ".join(filter(None, [step.status, step.band, certainty]))
    quotes = tuple(_quote(authority, step, mention) for mention in step.mentions)
    status = Paragraph(text=f"{event(step.inspection, authority.name)}: {words}")
    return [status, *([Listing(items=quotes)] if quotes else [])]


def _quote(authority: Authority, step: Step, mention: Mention) -> SheetItem:
    return SheetItem(
        marker="listed:" if mention.is_listed else f"{mention.evaluation.tone}:",
        text=mention.quote,
        citation=citation(step.inspection, authority.name, mention.evidence),
        marks=mention.highlights,
        evidence=mention.evidence,
    )


def _number(thread: Thread) -> str:
    return f"{thread.improvement.number or thread.improvement.index}."


def _named(thread: Thread) -> str:
    """Return the number and the first words of a recommendation."""
    return f"{_number(thread)} {shorten(thread.improvement.text, _LONGEST_NAME, placeholder=' ...')}"


def _inspections(thread: Thread) -> list[Inspection]:
    return [thread.inspection, *(step.inspection for step in thread.steps)]


def _nothing() -> SheetSection:
    text = "The store has no areas to improve: add the reports and letters (reinspect add, reinspect fetch)."
    return SheetSection(heading="To improve", blocks=(Paragraph(text=text),))


def _meanings() -> SheetSection:
    items = tuple(SheetItem(marker=f"{status}:", text=_MEANINGS[status]) for status in STATUSES)
    return SheetSection(heading="What the words mean", blocks=(Listing(items=items),))
