"""The follow-through of an authority's improvements, as a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

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
from reinspect.exporting.sheets.labels import LICENCE, head_line
from reinspect.model import Authority, Inspection

# What each status claims, and that silence claims nothing.
MEANING = {
    "raised again": "listed again to improve, or the findings on it are plainly critical",
    "reported better": "praised, with no criticism left beside it",
    "mentioned": "spoken of in a neutral or mixed way",
    "not mentioned": "nothing found on it, which does not mean that it was put right",
}
BANDS = 'Found by matching words: "recurs" is sure of its subject, "possibly" wants a reader\'s eye.'
_TONES: dict[str, Tone] = {"raised again": "worse", "reported better": "better", "not mentioned": "quiet"}
_WORDS = {
    "confirmed": "confirmed by a person",
    "corrected": "corrected by a person",
    "rejected": "rejected by a person",
}


def follow_through_sheet(authority: Authority, threads: Sequence[Thread]) -> Sheet:
    """What became of every improvement in each later text, inspection by inspection, with the places that say so."""
    inspections = {each.id: each for thread in threads for each in _read(thread)}
    head = [head_line(each, authority.name) for each in sorted(inspections.values(), key=lambda each: each.when)]
    sections = [
        SheetSection(
            heading=f"To improve, {short_name(inspection)}", blocks=tuple(_blocks(authority, inspection, list(own)))
        )
        for inspection, own in groupby(threads, key=lambda thread: thread.inspection)
    ]
    return Sheet(
        title=f"Follow-through: {authority.name}",
        head=(*head, BANDS),
        sections=(*(sections or [_nothing()]), _meanings()),
        foot=(LICENCE,),
    )


def _blocks(authority: Authority, inspection: Inspection, threads: Sequence[Thread]) -> list[Block]:
    """A table of all statuses where anything came later, then each improvement with its places."""
    later = [step.inspection for step in threads[0].steps]
    blocks: list[Block] = [_table(threads, later)] if later else [Paragraph(text="No later report or letter is held.")]
    for thread in threads:
        improvement = thread.improvement
        source = citation(inspection, authority.name, improvement.evidence, origin_of(inspection, "improvements"))
        asked = f"{_number(thread)} {improvement.text}"
        blocks.append(Paragraph(text=asked, citation=source, evidence=improvement.evidence))
        blocks.extend(block for step in thread.steps for block in _told(authority, step))
    return blocks


def _table(threads: Sequence[Thread], later: Sequence[Inspection]) -> SheetTable:
    return SheetTable(
        columns=("No.", *map(short_name, later)),
        rows=tuple((SheetCell(text=_number(thread)), *map(_cell, thread.steps)) for thread in threads),
        narrow="split",
    )


def _cell(step: Step) -> SheetCell:
    sure = "" if step.band != "possibly" else " (possibly)"
    return SheetCell(text=f"{step.status}{sure}", tone=_TONES.get(step.status, ""))


def _told(authority: Authority, step: Step) -> list[Block]:
    """One step: its status, and below it each place, quoted with its citation."""
    told = [
        step.status,
        step.band,
        f"{step.review} by a person" if step.review else f"confidence {step.confidence:.2f}",
    ]
    line = f"{event(step.inspection, authority.name)}: {', '.join(filter(None, told))}"
    places = tuple(_place(authority, step, mention) for mention in step.mentions)
    return [Paragraph(text=line), *([Listing(items=places)] if places else [])]


def _place(authority: Authority, step: Step, mention: Mention) -> SheetItem:
    return SheetItem(
        marker="listed:" if mention.is_listed else f"{mention.evaluation.tone}:",
        text=mention.quote,
        citation=citation(step.inspection, authority.name, mention.evidence),
        marks=mention.highlights,
        evidence=mention.evidence,
    )


def _number(thread: Thread) -> str:
    return f"{thread.improvement.number or thread.improvement.index}."


def _read(thread: Thread) -> list[Inspection]:
    return [thread.inspection, *(step.inspection for step in thread.steps)]


def _nothing() -> SheetSection:
    text = "No improvement is held: add the authority's reports and letters (reinspect add, reinspect fetch)."
    return SheetSection(heading="To improve", blocks=(Paragraph(text=text),))


def _meanings() -> SheetSection:
    items = tuple(SheetItem(marker=f"{status}:", text=MEANING[status]) for status in STATUSES)
    return SheetSection(heading="What the words mean", blocks=(Listing(items=items),))
