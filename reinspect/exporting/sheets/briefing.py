"""Build a briefing: one A4 page on an authority, for people who will not read more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten
from typing import NamedTuple

import msgspec

from reinspect.comparing.cohorts.grades import CohortGrades, PeerCounts
from reinspect.comparing.comparison import Comparison
from reinspect.comparing.followthrough.asked_again import AskedAgain
from reinspect.comparing.followthrough.steps import Step
from reinspect.comparing.followthrough.threads import Thread
from reinspect.comparing.judgements import StrandChange, short_name
from reinspect.comparing.themes.own_themes import OwnThemes
from reinspect.exporting.citation import citation, cite_asked, day, event, occasion, other_sources, when
from reinspect.exporting.page_length import page_lines
from reinspect.exporting.quoted_passage import supporting_passage
from reinspect.exporting.sheet import Block, Listing, Paragraph, Sheet, SheetCell, SheetItem, SheetSection, SheetTable
from reinspect.exporting.sheets.asked_again import (
    count_in_latest,
    latest_followed,
    latest_raised,
    marker_of,
    with_older,
)
from reinspect.exporting.sheets.comparison import comparison_row
from reinspect.exporting.sheets.labels import (
    caveat_sections,
    counted,
    credits_of,
    grade_cell,
    judgement_source,
    without_empty_columns,
)
from reinspect.exporting.sheets.own_themes import own_themes_lines
from reinspect.frameworks import strand_name
from reinspect.model import Authority, Improvement, Inspection, Pin

# What fits on one page.
_MOST_SHOWN, _MOST_BESIDE_QUOTES = 3, 2


class _Room(NamedTuple):
    """The most characters of a recommendation, of a passage and of a saved quote."""

    request: int
    passage: int
    quote: int


# Whole sentences where the page has room for them, else their beginnings.
_ROOMS = (_Room(600, 600, 900), _Room(300, 400, 500), _Room(200, 250, 300), _Room(125, 160, 180))
# So many estimated lines fit on one side of A4 in Word: of 40 pages on 10 real councils, all those up to 55 did.
_MOST_LINES = 52
# Characters of each line about the authority's own themes.
_THEMES_ROOM = 95
_SILENCE = ", which does not mean that it was put right"
_GROUP_MARK = "(group)"
_PEERS = ("Higher", "Same", "Lower")


class Briefing(msgspec.Struct, frozen=True, kw_only=True):
    """The content of a briefing: what the panes show of one authority.

    - `latest`: its latest graded inspection; `comparison` compares it with the graded one before.
    - `asked`: what the two inspections asked for, compared.
    - `threads`: all recommendations, followed through later texts.
    - `group`: the latest grades of a group, compared with `latest`.
    - `own_themes`: what is asked by theme, compared with the group; None if there is too little.
    - `quotes`: quotes that a person saved.
    """

    authority: Authority
    latest: Inspection | None
    comparison: Comparison | None = None
    asked: AskedAgain | None = None
    threads: tuple[Thread, ...] = ()
    group: CohortGrades | None = None
    own_themes: OwnThemes | None = None
    quotes: tuple[Pin, ...] = ()

    @property
    def shown(self) -> int:
        """The most recommendations that a list of the page shows, so that it stays one page."""
        return _MOST_BESIDE_QUOTES if self.quotes else _MOST_SHOWN


def briefing_sheet(briefing: Briefing) -> Sheet:
    """Return one page: grades then and now and of the group, what was asked, what is raised again, and quotes.

    Recommendations and quotes are whole where the page has room for them, else cut.
    """
    name = briefing.authority.name
    if briefing.latest is None:
        text = "The store has no graded inspection that can be compared: add the reports (reinspect add, fetch)."
        sections = (_section("Grades", Paragraph(text=text)),)
        return Sheet(title=f"Briefing: {name}", sections=sections, foot=credits_of([name]))
    pages = (_page(briefing, briefing.latest, room) for room in _ROOMS)
    return next(
        (page for page in pages if page_lines(page) <= _MOST_LINES), _page(briefing, briefing.latest, _ROOMS[-1])
    )


def _page(briefing: Briefing, latest: Inspection, room: _Room) -> Sheet:
    """Return the page with recommendations, passages and quotes of at most this length."""
    return Sheet(
        title=f"Briefing: {briefing.authority.name}",
        compact=True,
        head=tuple(_subject(briefing, latest)),
        sections=(
            _section("Grades then and now", *_grades(briefing, latest)),
            *caveat_sections(briefing_caveats(briefing)),
            *_asked(briefing, latest, room.request),
            *_raised(briefing, room),
            *_themes(briefing.own_themes),
            *_quotes(briefing.quotes, room.quote),
        ),
        foot=(f"Texts: {'; '.join(map(_text, _sources(briefing)))}.", *credits_of(_credited(briefing))),
    )


def _credited(briefing: Briefing) -> Iterator[str]:
    """Yield the authorities and the citations that the page rests on."""
    yield briefing.authority.name
    yield from (pin.citation for pin in briefing.quotes)
    yield from (member.authority.name for member in (briefing.group.members if briefing.group else ()))


def _section(heading: str, *blocks: Block) -> SheetSection:
    return SheetSection(heading=heading, blocks=blocks)


def _subject(briefing: Briefing, latest: Inspection) -> Iterator[str]:
    """Yield what the page is about: the inspections compared, and the group."""
    now = event(latest, briefing.authority.name)
    before = briefing.comparison.a if briefing.comparison else None
    earlier = f"compared with {occasion(before)} {when(before)}" if before else "the only graded one in the store"
    yield f"{now}, {earlier}."
    if briefing.group:
        words = briefing.group.cohort.words
        number = sum(1 for member in briefing.group.members if member.inspection)
        yield (
            f"Compared with: {words} ({counted(number, 'authority', 'authorities')} with a graded inspection), each "
            "with its latest grades."
        )


def _sources(briefing: Briefing) -> list[Inspection]:
    """Return the inspections whose texts the page uses, oldest first."""
    used = [*((briefing.comparison.a,) if briefing.comparison else ())]
    used += [thread.inspection for thread, _ in latest_raised(briefing.threads, briefing.shown)]
    used += [step.inspection for _, step in latest_raised(briefing.threads, 1)]
    used += [briefing.latest] if briefing.latest else []
    by_id = {inspection.id: inspection for inspection in used}
    return sorted(by_id.values(), key=lambda inspection: inspection.when)


def _text(inspection: Inspection) -> str:
    """Return an inspection with its published day and its documents, as short as it can be found again."""
    published = f", published {day(inspection.published)}" if inspection.published else ""
    documents = ", ".join(f"{document.kind} {document.sha256[:8]}" for document in inspection.documents)
    sources = other_sources([inspection]).removeprefix("the ")
    return f"{occasion(inspection)} {when(inspection)}{published} ({documents or sources})"


# Grades


def _grades(briefing: Briefing, latest: Inspection) -> Iterator[Block]:
    """Yield the table of grades then and now, and of how many authorities of the group have a better one."""
    peers = {strand.strand: strand.peers for strand in briefing.group.strands} if briefing.group else {}
    if briefing.comparison:
        before, now = short_name(briefing.comparison.a), short_name(latest)
        labels = (before, now) if before != now else (f"{before}, then", f"{now}, now")
        columns: tuple[str, ...] = ("Strand", *labels, "Change", *_PEERS, "Caveats")
        changes = [change for change in briefing.comparison.judgements if change.strand_b or _is_graded(change)]
        rows = [_compared_row(briefing.comparison, change, peers) for change in changes]
    else:
        columns = ("Strand", short_name(latest), *_PEERS, "Caveats")
        rows = [_single_row(briefing, latest, judgement.strand, peers) for judgement in latest.judgements]
    yield without_empty_columns(SheetTable(columns=columns, rows=tuple(rows)))
    if any(peers.values()):
        marked = any(_GROUP_MARK in cell.text for row in rows for cell in row)
        mark = f"; {_GROUP_MARK} marks a caveat of these figures alone" if marked else ""
        yield Paragraph(
            text=f"Higher, same, lower: authorities of the group with a higher, the same or a lower grade than "
            f"{briefing.authority.name} now{mark}."
        )
    reasons = _reasons(briefing.comparison) if briefing.comparison else ""
    if reasons:
        yield Paragraph(text=reasons)


def _is_graded(change: StrandChange) -> bool:
    return change.grade_a is not None


def _compared_row(
    comparison: Comparison, change: StrandChange, peers: dict[str, PeerCounts | None]
) -> tuple[SheetCell, ...]:
    strand, before, now, changed, caveats = comparison_row(comparison, change)
    counts = peers.get(change.strand_b or "")
    keys = [*change.caveats, *_group_caveats(counts, change.caveats)]
    return strand, before, now, changed, *_counts(counts), msgspec.structs.replace(caveats, text=", ".join(keys))


def _group_caveats(counts: PeerCounts | None, own: Sequence[str] = ()) -> list[str]:
    """Return the caveats of the figures on the group, marked so; those that are there for the change are left out."""
    return [f"{key} {_GROUP_MARK}" for key in (counts.caveats if counts else ()) if key not in own]


def _single_row(
    briefing: Briefing, latest: Inspection, strand: str, peers: dict[str, PeerCounts | None]
) -> tuple[SheetCell, ...]:
    judgement = latest.judgement(strand)
    source = judgement_source(latest, briefing.authority.name, judgement)
    counts = peers.get(strand)
    return (
        SheetCell(text=strand_name(strand, latest.framework)),
        grade_cell(latest.framework, judgement, source),
        *_counts(counts),
        SheetCell(text=", ".join(_group_caveats(counts))),
    )


def _counts(peers: PeerCounts | None) -> tuple[SheetCell, ...]:
    numbers = (peers.higher, peers.same, peers.lower) if peers else ("", "", "")
    return tuple(SheetCell(text=str(number)) for number in numbers)


def _reasons(comparison: Comparison) -> str:
    """Return why some strands cannot be compared, as one sentence after the other."""
    reasons: dict[str, list[str]] = {}
    for change in comparison.judgements:
        if change.reason and (change.strand_b or _is_graded(change)):
            reasons.setdefault(change.reason, []).append(change.name)
    return " ".join(f"{', '.join(names)}: {reason}" for reason, names in reasons.items())


def briefing_caveats(briefing: Briefing) -> tuple[str, ...]:
    """Return the keys of the caveats that apply to a figure on the page."""
    compared = briefing.comparison.caveats if briefing.comparison else ()
    strands = briefing.group.strands if briefing.group else ()
    own = {change.strand_b for change in briefing.comparison.judgements} if briefing.comparison else None
    peers = (strand.peers for strand in strands if own is None or strand.strand in own)
    return tuple(dict.fromkeys([*compared, *(key for counts in peers if counts for key in counts.caveats)]))


# Recommendations


def _asked(briefing: Briefing, latest: Inspection, longest: int) -> Iterator[SheetSection]:
    """Yield what comes back, what was not asked before and what is not asked again; else the latest list."""
    name, asked = briefing.authority.name, briefing.asked
    if asked is None:
        items = _items(latest, name, latest.asked[: briefing.shown], longest)
        if items:
            heading = f"Asked to improve, {short_name(latest)} ({_number(latest.asked, briefing.shown)})"
            yield _section(heading, Listing(items=items))
        return
    before = short_name(asked.earlier)
    blocks: list[Block] = []
    for heading, inspection, improvements, remark in (
        (f"Comes back from {before}", asked.later, [pair.again for pair in asked.returned], ""),
        (f"Not asked in {before}", asked.later, asked.new, ""),
        (f"Not asked again since {before}", asked.earlier, asked.dropped, _SILENCE),
    ):
        if improvements:
            blocks.append(Paragraph(text=f"{heading} ({_number(improvements, briefing.shown)}){remark}:"))
            blocks.append(Listing(items=_items(inspection, name, improvements[: briefing.shown], longest, asked)))
    yield _section("Asked to improve, then and now", *blocks)


def _items(
    inspection: Inspection,
    name: str,
    improvements: Sequence[Improvement],
    longest: int,
    asked: AskedAgain | None = None,
) -> tuple[SheetItem, ...]:
    shortened = ((each, _shorten(each.text, longest)) for each in improvements)
    return tuple(
        SheetItem(
            marker=marker_of(inspection, improvement),
            text=with_older(asked, improvement, words) if asked else words,
            citation=cite_asked(inspection, name, improvement),
            evidence=improvement.evidence,
        )
        for improvement, words in shortened
    )


def _number(improvements: Sequence[Improvement], most: int) -> str:
    """Return the number of recommendations, and how many of them are shown: "6, the first 4"."""
    shown = f", the first {most}" if len(improvements) > most else ""
    return f"{len(improvements)}{shown}"


def _raised(briefing: Briefing, room: _Room) -> Iterator[SheetSection]:
    """Yield what the latest text raises again of all earlier recommendations."""
    latest = latest_followed(briefing.threads)
    if latest is None:
        return
    again = latest_raised(briefing.threads, briefing.shown)
    rows = tuple(_raised_row(briefing.authority.name, thread, step, room) for thread, step in again)
    table = SheetTable(columns=("Asked in", "Recommendation", f"{short_name(latest)} says"), rows=rows)
    yield _section(
        "Raised again, of all earlier recommendations",
        Paragraph(text=count_in_latest(briefing.threads, latest, briefing.shown)),
        *([table] if rows else []),
    )


def _raised_row(name: str, thread: Thread, step: Step, room: _Room) -> tuple[SheetCell, ...]:
    improvement, passage = thread.improvement, supporting_passage(step)
    source = cite_asked(thread.inspection, name, improvement)
    request = _shorten(improvement.text, room.request)
    said = SheetCell(text="")
    if passage:
        said = SheetCell(
            text=_shorten(passage.quote, room.passage),
            citation=citation(step.inspection, name, passage.evidence),
            evidence=passage.evidence,
        )
    return (
        SheetCell(text=short_name(thread.inspection)),
        SheetCell(text=request, citation=source, evidence=improvement.evidence),
        said,
    )


def _themes(own: OwnThemes | None) -> Iterator[SheetSection]:
    """Yield what the authority is asked more often than its group, asked again, and never asked: one line each."""
    if own is None:
        return
    items = tuple(SheetItem(marker=f"{heading}:", text=text) for heading, text in own_themes_lines(own, _THEMES_ROOM))
    yield _section(f"Themes, in {counted(own.own, 'inspection')} and {own.group} of the group", Listing(items=items))


def _shorten(text: str, longest: int) -> str:
    """Return a text of at most this many characters, cut between two words."""
    return shorten(text, longest, placeholder=" ...", break_on_hyphens=False)


def _quotes(pins: Sequence[Pin], longest: int) -> Iterator[SheetSection]:
    if not pins:
        return
    items = tuple(_quote(place, pin, longest) for place, pin in enumerate(pins, 1))
    yield _section("Quotes from the basket", Listing(items=items))


def _quote(place: int, pin: Pin, longest: int) -> SheetItem:
    text = _shorten(pin.text, longest)
    quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{text}\N{RIGHT DOUBLE QUOTATION MARK}"
    return SheetItem(marker=f"{place}.", text=quoted, citation=pin.citation, note=pin.note, evidence=pin.evidence)
