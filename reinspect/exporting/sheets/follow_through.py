"""Build a page that follows each recommendation through the later inspections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from textwrap import shorten

import msgspec

from reinspect.comparing.followthrough.shown_passages import ShownPassage
from reinspect.comparing.followthrough.statuses import DEFINITIONS, STATUSES
from reinspect.comparing.followthrough.steps import Step
from reinspect.comparing.followthrough.threads import Thread
from reinspect.comparing.followthrough.words import certainty, in_words, passages_heading
from reinspect.comparing.judgements import short_name
from reinspect.exporting.citation import citation, cite_asked, event
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
from reinspect.exporting.sheets.asked_again import raised_sections
from reinspect.exporting.sheets.labels import credits_of, head_line
from reinspect.frameworks import band_of
from reinspect.model import Authority, Inspection

_UNDECIDED = "undecided:", "no status is likely enough to be said; the passages are there to be read"
_NO_LATER = "The store has no later report or letter."
_NO_LATER_OF_BAND = (
    "The store has no later report or letter of the same kind of inspection ({band}). `reinspect follow {slug} "
    "--across` follows into the others."
)
_HOW = "A status is said only where it is likely enough to be right; otherwise read the passages."
_SHORT = (
    "Below each recommendation: the three passages of the latest text most likely to be on the matter, and one passage "
    "for each status said of an earlier text. `reinspect follow {slug} --full` prints three of every later text."
)
_FULL = "Below each recommendation: for each later text, the three passages most likely to be on the matter."
_NOW = "`reinspect follow {slug}` without --now prints every recommendation and what each later text says of it."
_RESTS_ON_WORDS = {"raised again", "reported better"}
_LONGEST_NAME = 60
_TONES: dict[str, Tone] = {"raised again": "worse", "reported better": "better", "not mentioned": "quiet"}


def follow_through_sheet(
    authority: Authority, threads: Sequence[Thread], *, full: bool = False, shown: str = "", order: str = ""
) -> Sheet:
    """Return a page with the status of every recommendation in each later inspection, and quotes as evidence.

    With `full`, the page quotes three passages of every later text. Without, it quotes three of the latest text, and
    one for each status that rests on words of an earlier text. `shown` and `order` say in words which recommendations
    are on the page, and in which order, if these are not all of them, in that of time.
    """
    inspections = {inspection.id: inspection for thread in threads for inspection in _inspections(thread)}
    ordered = sorted(inspections.values(), key=lambda inspection: inspection.when)
    sections = [
        SheetSection(
            heading=f"To improve, {short_name(inspection)}",
            blocks=tuple(
                _blocks(authority, inspection, list(own), _no_later(authority, inspection, ordered), full=full)
            ),
        )
        for inspection, own in groupby(_by_inspection(threads, order), key=lambda thread: thread.inspection)
    ]
    # How many are raised again of all cannot be said of a part of them.
    again = [] if shown else raised_sections(authority, threads)
    nothing = SheetSection(heading="To improve", blocks=(Paragraph(text="None."),)) if shown else _nothing()
    return Sheet(
        title=f"Follow-through: {authority.name}",
        head=(
            *([f"Shown: {shown}."] if shown else []),
            *([f"Order within each inspection: {order}."] if order else []),
            *(head_line(inspection, authority.name) for inspection in ordered),
            _HOW,
            _FULL if full else _SHORT.format(slug=authority.slug),
        ),
        sections=(*again, *(sections or [nothing]), _meanings()),
        foot=credits_of([authority.name], (inspection.framework for inspection in ordered)),
    )


def _by_inspection(threads: Sequence[Thread], order: str) -> Sequence[Thread]:
    """Return the recommendations inspection by inspection, if they are in another order."""
    return sorted(threads, key=lambda thread: (thread.inspection.when, thread.inspection.id)) if order else threads


def raised_now_sheet(authority: Authority, threads: Sequence[Thread]) -> Sheet:
    """Return a short page with the recommendations that the latest inspection of each band raises again."""
    inspections = {inspection.id: inspection for thread in threads for inspection in _inspections(thread)}
    by_band = {band_of(each.framework): each for each in sorted(inspections.values(), key=lambda each: each.when)}
    sections = tuple(raised_sections(authority, threads))
    return Sheet(
        title=f"Raised again now: {authority.name}",
        head=(
            *(head_line(inspection, authority.name) for inspection in by_band.values()),
            _HOW,
            _NOW.format(slug=authority.slug),
        ),
        sections=(*(sections or [_nothing()]), _meanings()),
        foot=credits_of([authority.name], (inspection.framework for inspection in inspections.values())),
    )


def _no_later(authority: Authority, inspection: Inspection, known: Iterable[Inspection]) -> str:
    """Return the sentence on an inspection that is followed into no text, among the `known` ones of the page."""
    if any(other.when > inspection.when and other.documents for other in known):
        return _NO_LATER_OF_BAND.format(band=band_of(inspection.framework), slug=authority.slug)
    return _NO_LATER


def _blocks(
    authority: Authority, inspection: Inspection, threads: Sequence[Thread], nothing_later: str, *, full: bool
) -> list[Block]:
    """Return a table of all statuses, or why there is none, then each recommendation with its evidence."""
    later = [step.inspection for step in threads[0].steps]
    blocks: list[Block] = [_table(threads, later) if later else Paragraph(text=nothing_later)]
    for thread in threads:
        improvement = thread.improvement
        source = cite_asked(inspection, authority.name, improvement)
        text = f"{_number(thread)} {improvement.text}"
        blocks.append(Paragraph(text=text, citation=source, evidence=improvement.evidence))
        steps = thread.steps if full else [_shortened(step, thread.steps[-1]) for step in thread.steps]
        blocks.extend(block for step in steps if step for block in _step_blocks(authority, inspection, step))
    return blocks


def _shortened(step: Step, latest: Step) -> Step | None:
    """Return a step with the passages that the short page quotes, or None if it quotes none."""
    if step is latest:
        return step
    if step.status not in _RESTS_ON_WORDS and not step.review:
        return None
    return msgspec.structs.replace(step, passages=(step.supporting,) if step.supporting else ())


def _table(threads: Sequence[Thread], later: Sequence[Inspection]) -> SheetTable:
    return SheetTable(
        columns=(
            "Recommendation",
            *(f"{short_name(other)}{_other_band(threads[0].inspection, other)}" for other in later),
        ),
        rows=tuple((SheetCell(text=_named(thread)), *map(_cell, thread.steps)) for thread in threads),
        narrow="split",
    )


def _cell(step: Step) -> SheetCell:
    return SheetCell(text=step.status, tone=_TONES.get(step.status, ""))


def _step_blocks(authority: Authority, asked: Inspection, step: Step) -> list[Block]:
    """Return the status in one later inspection, with the passages below."""
    words = ", ".join(filter(None, [in_words(step), certainty(step)]))
    status = f"{event(step.inspection, authority.name)}{_other_band(asked, step.inspection)}: {words}"
    blocks: list[Block] = [Paragraph(text=status)]
    if heading := passages_heading(step):
        blocks.append(Paragraph(text=heading))
    if step.passages:
        blocks.append(Listing(items=tuple(_quote(authority, step, passage) for passage in step.passages)))
    return blocks


def _other_band(asked: Inspection, later: Inspection) -> str:
    """Return a mark for a later text of another band than the one that asked: " (another band: SEND)"."""
    band = band_of(later.framework)
    return f" (another band: {band})" if band != band_of(asked.framework) else ""


def _quote(authority: Authority, step: Step, passage: ShownPassage) -> SheetItem:
    return SheetItem(
        marker=f"{passage.mark}:",
        text=passage.quote,
        citation=citation(step.inspection, authority.name, passage.evidence),
        marks=passage.highlights,
        evidence=passage.evidence,
    )


def _number(thread: Thread) -> str:
    return f"{thread.number[:1].upper()}{thread.number[1:]}."


def _named(thread: Thread) -> str:
    """Return the number and the first words of a recommendation."""
    return f"{_number(thread)} {shorten(thread.improvement.text, _LONGEST_NAME, placeholder=' ...')}"


def _inspections(thread: Thread) -> list[Inspection]:
    return [thread.inspection, *(step.inspection for step in thread.steps)]


def _nothing() -> SheetSection:
    text = "The store has no areas to improve: add the reports and letters (reinspect add, reinspect fetch)."
    return SheetSection(heading="To improve", blocks=(Paragraph(text=text),))


def _meanings() -> SheetSection:
    items = [SheetItem(marker=f"{status}:", text=DEFINITIONS[status]) for status in STATUSES]
    marker, text = _UNDECIDED
    return SheetSection(
        heading="What the words mean", blocks=(Listing(items=(*items, SheetItem(marker=marker, text=text))),)
    )
