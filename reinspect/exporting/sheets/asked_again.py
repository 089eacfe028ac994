"""Build the sections that compare what two inspections asked for, and those on what is raised again now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from reinspect.comparing.followthrough.asked_again import AskedAgain, ReturnedImprovement
from reinspect.comparing.followthrough.steps import Step
from reinspect.comparing.followthrough.threads import Thread
from reinspect.comparing.judgements import short_name
from reinspect.exporting.citation import citation, cite_asked
from reinspect.exporting.quoted_passage import supporting_passage
from reinspect.exporting.sheet import Block, Listing, Paragraph, SheetCell, SheetItem, SheetSection, SheetTable
from reinspect.exporting.sheets.labels import counted
from reinspect.frameworks import band_of
from reinspect.frameworks.bands import SOCIAL_CARE, band_order
from reinspect.model import Authority, Improvement, Inspection, Status

_MOST_REFERENCES = 6
_SILENCE = "Not asked again does not mean that it was put right."


def asked_section(asked: AskedAgain, name: str) -> SheetSection:
    """Return what comes back, what was not asked before, and what is not asked again; `name` is the authority's."""
    before, now = short_name(asked.earlier), short_name(asked.later)
    blocks: list[Block] = [Paragraph(text=f"{before}: {_number(asked.earlier)}. {now}: {_number(asked.later)}.")]
    if asked.returned:
        rows = tuple(_returned_row(asked, name, pair) for pair in asked.returned)
        blocks.append(Paragraph(text=f"Comes back ({len(rows)}):"))
        blocks.append(SheetTable(columns=(f"Asked, {before}", f"Asked again, {now}"), rows=rows))
    blocks.extend(_list(f"Not asked in {before}", asked.later, name, asked.new, asked))
    blocks.extend(_list("Not asked again", asked.earlier, name, asked.dropped))
    if asked.dropped:
        blocks.append(Paragraph(text=_SILENCE))
    return SheetSection(heading="Asked to improve, then and now", blocks=tuple(blocks))


def _number(inspection: Inspection) -> str:
    """Return the number of items asked for: "5", or "5, of which 1 priority action"."""
    urgent = len(inspection.priority_actions)
    return f"{len(inspection.asked)}" + (f", of which {counted(urgent, 'priority action')}" if urgent else "")


def raised_again(threads: Iterable[Thread], band: str = SOCIAL_CARE) -> list[tuple[Thread, Step]]:
    """Return the recommendations that the latest stored text of a band raises again, the oldest first."""
    return _in_latest(threads, "raised again", band)


def latest_raised(threads: Iterable[Thread], most: int, band: str = SOCIAL_CARE) -> list[tuple[Thread, Step]]:
    """Return at most `most` recommendations that are raised again, the latest asked first.

    Those that one sentence of the latest text answers come once, before the others of the same sentence.
    """
    newest = sorted(raised_again(threads, band), key=lambda pair: pair[0].inspection.when, reverse=True)
    firsts: dict[object, int] = {}
    for place, (_, step) in enumerate(newest):
        firsts.setdefault(_sentence(step) or place, place)
    repeated = [place for place in range(len(newest)) if place not in firsts.values()]
    return [newest[place] for place in (*firsts.values(), *repeated)][:most]


def _sentence(step: Step) -> object:
    """Return what tells the sentence behind a step from others, None without one."""
    passage = supporting_passage(step)
    return (passage.quote, passage.evidence.page) if passage else None


def _in_latest(threads: Iterable[Thread], status: Status, band: str) -> list[tuple[Thread, Step]]:
    followed = list(_last_steps(threads, band))
    latest = max((step.inspection.when for _, step in followed), default="")
    return [(thread, step) for thread, step in followed if step.inspection.when == latest and step.status == status]


def _last_steps(threads: Iterable[Thread], band: str) -> Iterator[tuple[Thread, Step]]:
    """Yield each recommendation that is followed into a text of the band, with its step in the latest such text."""
    for thread in threads:
        steps = [step for step in thread.steps if band_of(step.inspection.framework) == band]
        if steps:
            yield thread, steps[-1]


def raised_sections(authority: Authority, threads: Sequence[Thread], most: int | None = None) -> Iterator[SheetSection]:
    """Yield for each band a table of what its latest stored text raises again, at most `most` rows, the latest asked.

    A band without a later text has none.
    """
    bands = {band_of(step.inspection.framework) for thread in threads for step in thread.steps}
    for band in sorted(bands, key=band_order):
        latest = latest_followed(threads, band)
        if latest is not None:
            again = raised_again(threads, band) if most is None else latest_raised(threads, most, band)
            blocks: list[Block] = [Paragraph(text=count_in_latest(threads, latest, most))]
            if again:
                rows = tuple(_raised_row(authority, thread, step) for thread, step in again)
                blocks.append(SheetTable(columns=("Asked", "Recommendation", "What the latest text says"), rows=rows))
            name = f", {band}" if len(bands) > 1 else ""
            yield SheetSection(heading=f"Raised again now{name}", blocks=tuple(blocks))


def latest_followed(threads: Iterable[Thread], band: str = SOCIAL_CARE) -> Inspection | None:
    """Return the latest inspection of a band into which recommendations are followed, or None."""
    followed = (step.inspection for _, step in _last_steps(threads, band))
    return max(followed, key=lambda inspection: inspection.when, default=None)


def count_in_latest(threads: Sequence[Thread], latest: Inspection, most: int | None = None) -> str:
    """Return how many earlier recommendations the latest text of a band raises again and reports better, in a sentence.

    `most` is the number of those raised again that are shown, or None for all.
    """
    band = band_of(latest.framework)
    earlier = sum(1 for thread in threads if _may_be_raised(thread, latest))
    again, better = len(raised_again(threads, band)), _in_latest(threads, "reported better", band)
    verb = "is" if 1 in (again, earlier) else "are"
    counts = f"{again} of {counted(earlier, 'earlier recommendation')} {verb} raised again in {short_name(latest)}"
    left = f", of which the latest {most} are shown" if most is not None and again > most else ""
    names = ", ".join(_reference(thread) for thread, _ in better)
    listed = f" ({names})" if 0 < len(better) <= _MOST_REFERENCES else ""
    read = " Read the passage before you use it." if again or better else ""
    return f"{counts}{left}, {len(better)} reported better{listed}.{read}"


def _reference(thread: Thread) -> str:
    """Return where a recommendation is printed, in few words: "SIF 2015 no. 6"."""
    number = thread.inspection.number_of(thread.improvement)
    return f"{short_name(thread.inspection)} {f'no. {number}' if number.isdigit() else number}"


def _may_be_raised(thread: Thread, latest: Inspection) -> bool:
    """Return True for a recommendation of an earlier day that is followed into this inspection, or of its band."""
    is_followed = any(step.inspection.id == latest.id for step in thread.steps)
    is_of_band = band_of(thread.inspection.framework) == band_of(latest.framework)
    return thread.inspection.when < latest.when and (is_followed or is_of_band)


def _raised_row(authority: Authority, thread: Thread, step: Step) -> tuple[SheetCell, ...]:
    passage = supporting_passage(step)
    said = SheetCell(text="")
    if passage:
        source = citation(step.inspection, authority.name, passage.evidence)
        said = SheetCell(
            text=passage.quote, citation=source, evidence=passage.evidence, marks=passage.highlights, tone="worse"
        )
    asked = improvement_cell(thread.inspection, authority.name, thread.improvement)
    return SheetCell(text=short_name(thread.inspection)), asked, said


def marker_of(inspection: Inspection, item: Improvement) -> str:
    """Return the number of an item that an inspection asks for, as the beginning of a line: "Priority action 1."."""
    return f"{inspection.number_of(item).capitalize()}."


def improvement_cell(inspection: Inspection, name: str, improvement: Improvement) -> SheetCell:
    """Return a table cell with the words of a recommendation and their source."""
    source = cite_asked(inspection, name, improvement)
    return SheetCell(text=improvement.text, citation=source, evidence=improvement.evidence)


def _returned_row(asked: AskedAgain, name: str, pair: ReturnedImprovement) -> tuple[SheetCell, ...]:
    return _asked_cell(asked.earlier, name, pair.before), _asked_cell(asked.later, name, pair.again)


def _asked_cell(inspection: Inspection, name: str, item: Improvement) -> SheetCell:
    cell = improvement_cell(inspection, name, item)
    is_urgent = inspection.role_of(item) == "priority action"
    return msgspec.structs.replace(cell, text=f"Priority action: {item.text}") if is_urgent else cell


def older_words(asked: AskedAgain, improvement: Improvement) -> str:
    """Return which other inspections asked for an improvement already: "asked in SIF 2015 and ILACS 2019 too"."""
    names = dict.fromkeys(map(short_name, asked.asked_before(improvement)))
    return f"asked in {' and '.join(names)} too" if names else ""


def with_older(asked: AskedAgain, improvement: Improvement, words: str) -> str:
    """Return the words of an improvement, followed in square brackets by who asked for it already."""
    older = older_words(asked, improvement)
    return f"{words} [{older}]" if older else words


def _list(
    heading: str,
    inspection: Inspection,
    name: str,
    improvements: Sequence[Improvement],
    asked: AskedAgain | None = None,
) -> Iterator[Block]:
    if not improvements:
        return
    yield Paragraph(text=f"{heading} ({len(improvements)}):")
    cells = [improvement_cell(inspection, name, improvement) for improvement in improvements]
    yield Listing(
        items=tuple(
            SheetItem(
                marker=marker_of(inspection, improvement),
                text=with_older(asked, improvement, cell.text) if asked else cell.text,
                citation=cell.citation,
                evidence=cell.evidence,
            )
            for improvement, cell in zip(improvements, cells, strict=True)
        )
    )
