"""A cohort, alone or beside one authority: where it stands, how it moved, and on which inspections that rests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from reinspect.comparing.cohorts.changes import GradeChanges, StrandChanges, StrandTransitions
from reinspect.comparing.cohorts.cohort import Cohort
from reinspect.comparing.cohorts.grades import CohortGrades, StrandGrades
from reinspect.comparing.crosswalk import crosswalk
from reinspect.comparing.judgements import Change
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
from reinspect.exporting.sheets.inspections import inspections_table
from reinspect.exporting.sheets.labels import (
    LICENCE,
    RUNGS,
    authority_name,
    counted,
    grade_cell,
    head_line,
    judgement_source,
    without_empty_columns,
)
from reinspect.frameworks import Grade, frameworks
from reinspect.model import Authority

_CHANGES: dict[Change, tuple[str, Tone]] = {
    "improved": ("Improved", "better"),
    "same grade": ("Same grade", "same"),
    "same rung, harder test": ("Same rung, harder test", "quiet"),
    "declined": ("Declined", "worse"),
}
Figure = tuple[str, str, str, str, str, str, int, int, str, str]
_NO_GRADE = "\N{EM DASH}"


def cohort_sheet(standing: CohortGrades, movement: GradeChanges, authority: Authority | None = None) -> Sheet:
    """Where a cohort stands and how it moved; `authority` is the one whose inspection is set beside it, if any."""
    own = standing.inspection
    name = authority_name(own, authority) if own else ""
    return Sheet(
        title=f"{name} beside a cohort: {standing.cohort.words}" if own else f"Cohort: {standing.cohort.words}",
        head=(*([head_line(own, name)] if own else []), *cohort_heads([standing])),
        sections=(
            *standing_sections(standing, authority),
            *_movement_sections(movement),
            *caveat_sections([*standing.caveats, *movement.caveats]),
            _members(standing),
        ),
        foot=(LICENCE,),
    )


def with_cohort(
    sheet: Sheet, standing: CohortGrades, movement: GradeChanges, authority: Authority | None = None
) -> Sheet:
    """A sheet about an inspection of that authority, and behind it all that `cohort_sheet` says."""
    beside = cohort_sheet(standing, movement, authority)
    head = (*sheet.head, *cohort_heads([standing]))
    return msgspec.structs.replace(sheet, head=head, sections=(*sheet.sections, *beside.sections))


def cohort_table(standing: CohortGrades, movement: GradeChanges) -> SheetTable:
    """Every figure for a spreadsheet, a row a figure: how many of how many, and the ids of the inspections behind it.

    `figure` is "standing" (authorities with that grade), "beside" (authorities that are higher, the same or lower),
    "not counted", "moved" (pairs of inspections, the earlier strand and grade first) or "not compared"; `reason` says
    why for what is left out.
    """
    columns = ("figure", "strand_a", "grade_a", "strand_b", "grade_b", "change", "number", "of", "reason", "behind")
    rows = (*_standing_figures(standing), *_movement_figures(movement))
    return SheetTable(columns=columns, rows=tuple(tuple(SheetCell(text=str(each)) for each in row) for row in rows))


def _standing_figures(standing: CohortGrades) -> Iterator[Figure]:
    members = len(standing.members)
    for each in standing.strands:
        for count in each.counts:
            ids = "; ".join(count.inspections)
            yield ("standing", "", "", each.strand, count.grade.key, "", len(count.inspections), each.number, "", ids)
        if each.peers:
            own, numbers = each.peers.judgement.grade or "", (each.peers.higher, each.peers.same, each.peers.lower)
            for place, number in zip(("higher", "same", "lower"), numbers, strict=True):
                yield ("beside", "", own, each.strand, place, "", number, each.number, "", "")
        for left in each.left_out:
            slugs = "; ".join(left.authorities)
            yield ("not counted", "", "", each.strand, "", "", len(left.authorities), members, left.reason, slugs)


def _movement_figures(movement: GradeChanges) -> Iterator[Figure]:
    for each in movement.strands:
        for flow in each.flows:
            for move in flow.moves:
                ids = "; ".join(" > ".join(pair) for pair in move.pairs)
                told = (flow.earlier, move.earlier, flow.later, move.later, move.change)
                yield ("moved", *told, len(move.pairs), flow.number, "", ids)
        for left_out in each.left_out:
            ids = "; ".join(left_out.inspections)
            number = len(left_out.inspections)
            yield ("not compared", "", "", each.strand, "", "", number, each.considered, left_out.reason, ids)


def cohort_heads(standings: Sequence[CohortGrades]) -> tuple[str, ...]:
    """Each cohort in a line: how many authorities, and what each is counted with."""
    return tuple(map(_head, standings))


def _head(standing: CohortGrades) -> str:
    number = sum(1 for member in standing.members if member.inspection)
    of = f" of {len(standing.members)}" if number < len(standing.members) else ""
    authorities = "authority" if number == 1 else "authorities"
    beside = ", the one set beside it not counted" if standing.inspection else ""
    cohort = standing.cohort
    return (
        f"Cohort {cohort.expression}: {number}{of} {authorities}{beside}, each with its latest graded "
        f"inspection{_restricted(cohort)}."
    )


def standing_sections(
    standing: CohortGrades, authority: Authority | None = None, lead: str = ""
) -> tuple[SheetSection, ...]:
    """How many authorities have which grade on each strand, and who is left out; `lead` goes before the headings."""
    heading = f"{lead}Where the cohort stands"
    if not standing.strands:
        return (SheetSection(heading=heading, blocks=(_NOTHING,)),)
    grades = {count.grade.key: count.grade for strand in standing.strands for count in strand.counts}
    counts = SheetTable(
        columns=("Strand", *(_shaped(grade) for grade in grades.values()), "Authorities"),
        rows=tuple(_counts_row(strand, grades.values()) for strand in standing.strands),
    )
    return (
        SheetSection(heading=heading, blocks=(counts, Paragraph(text="Authorities: how many a row rests on."))),
        *_beside_section(standing, authority, lead),
        *_left_out(
            f"{lead}Not counted, and why",
            ((each.name, left.reason, len(left.authorities)) for each in standing.strands for left in each.left_out),
        ),
    )


def _counts_row(strand: StrandGrades, grades: Iterable[Grade]) -> tuple[SheetCell, ...]:
    numbers = {count.grade.key: len(count.inspections) for count in strand.counts}
    counts = (_number(numbers.get(grade.key, 0), _tone(grade)) for grade in grades)
    return (SheetCell(text=strand.name), *counts, SheetCell(text=str(strand.number)))


def _beside_section(standing: CohortGrades, authority: Authority | None, lead: str) -> Iterator[SheetSection]:
    """The grades of the one inspection, and how many of the cohort are higher, the same and lower."""
    own = standing.inspection
    if own is None:
        return
    name = authority_name(own, authority)
    rows = []
    for strand in standing.strands:
        judgement, beside = own.judgement(strand.strand), strand.peers
        numbers = (beside.higher, beside.same, beside.lower) if beside else ("", "", "")
        rows.append(
            (
                SheetCell(text=strand.name),
                grade_cell(own.framework, judgement, judgement_source(own, name, judgement)),
                *(SheetCell(text=str(number)) for number in numbers),
                SheetCell(text=_with_numbers(beside.caveats, strand.number) if beside else ""),
            )
        )
    columns = ("Strand", name, "Higher", "Same", "Lower", "Caveats")
    explained = f"How many of the cohort have a higher, the same or a lower grade than {name}."
    table = without_empty_columns(SheetTable(columns=columns, rows=tuple(rows)))
    yield SheetSection(heading=f"{lead}{name} beside it", blocks=(table, Paragraph(text=explained)))


def _movement_sections(movement: GradeChanges) -> Iterator[SheetSection]:
    flows = [flow for strand in movement.strands for flow in strand.flows]
    if not flows:
        yield SheetSection(
            heading="How the cohort moved", blocks=(Paragraph(text="No two inspections can be compared."),)
        )
        return
    changes = [change for change in _CHANGES if any(flow.changed(change) for flow in flows)]
    summary = SheetTable(
        columns=("Strand", *(_CHANGES[change][0] for change in changes), "Pairs", "Not compared", "Caveats"),
        rows=tuple(row for strand in movement.strands for row in _summary_rows(strand, changes)),
    )
    explained = (
        "A pair is two consecutive graded inspections of one authority, told from the earlier to the later. Not "
        "compared: inspections of the cohort that tell of no change on the strand; why stands below."
    )
    yield SheetSection(heading="How the cohort moved", blocks=(summary, Paragraph(text=explained)))
    yield SheetSection(heading="From which grade to which", blocks=_moves(flows))
    yield from _left_out(
        "Not compared, and why",
        ((strand.name, left.reason, len(left.inspections)) for strand in movement.strands for left in strand.left_out),
    )


def _summary_rows(strand: StrandChanges, changes: Sequence[Change]) -> Iterator[tuple[SheetCell, ...]]:
    """A row for each flow of a strand; what is not compared is told once, in the first of them."""
    left = str(sum(len(each.inspections) for each in strand.left_out))
    for place, flow in enumerate(strand.flows):
        yield (
            SheetCell(text=flow.name),
            *(_number(flow.changed(change), _CHANGES[change][1]) for change in changes),
            SheetCell(text=str(flow.number)),
            SheetCell(text=left if place == 0 else ""),
            SheetCell(text=_with_numbers(flow.caveats, flow.number)),
        )
    if not strand.flows:
        none = (SheetCell(text=_NO_GRADE) for _ in changes)
        yield (SheetCell(text=strand.name), *none, SheetCell(text="0"), SheetCell(text=left), SheetCell(text=""))


def _moves(flows: Sequence[StrandTransitions]) -> tuple[SheetTable, Paragraph]:
    """From each grade (a row) to each grade (a column), flow by flow: how many pairs."""
    named = {grade for flow in flows for move in flow.moves for grade in (move.earlier, move.later)}
    steps = {step.key: step for framework in frameworks().values() for step in framework.grades if step.key in named}
    reached = {move.later for flow in flows for move in flow.moves}
    columns = sorted((steps[key] for key in reached), key=lambda step: (step.rung, step.key))
    rows = []
    for flow in flows:
        for earlier in dict.fromkeys(move.earlier for move in flow.moves):
            numbers = {move.later: len(move.pairs) for move in flow.moves if move.earlier == earlier}
            counts = (_number(numbers.get(step.key, 0)) for step in columns)
            total = SheetCell(text=str(sum(numbers.values())))
            rows.append((SheetCell(text=flow.name), SheetCell(text=_lettered(steps[earlier])), *counts, total))
    table = SheetTable(
        columns=("Strand", "From", *(f"to {_lettered(step)}" for step in columns), "Pairs"), rows=tuple(rows)
    )
    legend = ", ".join(f"{_lettered(step)} {step.key}" for step in sorted(steps.values(), key=lambda each: each.rung))
    return table, Paragraph(text=f"{legend}.")


def _left_out(heading: str, told: Iterable[tuple[str, str, int]]) -> Iterator[SheetSection]:
    """Who is left out of which strands, those of one reason together."""
    strands: dict[str, list[str]] = {}
    for name, reason, number in told:
        strands.setdefault(reason, []).append(f"{name} {number}")
    if strands:
        items = tuple(SheetItem(text=f"{', '.join(names)}: {reason}") for reason, names in strands.items())
        yield SheetSection(heading=heading, blocks=(Listing(items=items),))


def caveat_sections(keys: Iterable[str]) -> Iterator[SheetSection]:
    """The texts of these caveats in the order of their numbers; nothing where there is none."""
    ordered = sorted(set(keys), key=lambda key: (len(key), key))
    if ordered:
        table = crosswalk()
        notes = tuple(Paragraph(text=table.notes[key]) for key in ordered if key in table.notes)
        items = tuple(SheetItem(marker=key, text=table.caveats[key]) for key in ordered)
        yield SheetSection(heading="Read with care", blocks=(Listing(items=items), *notes))


def _members(standing: CohortGrades) -> SheetSection:
    """The inspections that the standing rests on, the cohort's own order kept, and the authorities without one."""
    counted_with = [member.inspection for member in standing.members if member.inspection]
    without = [member.authority.name for member in standing.members if member.inspection is None]
    blocks: list[Block] = [
        *([inspections_table(counted_with)] if counted_with else []),
        *([Paragraph(text=f"No graded inspection is held: {', '.join(without)}.")] if without else []),
    ]
    heading = f"The cohort: {counted(len(counted_with), 'inspection')}"
    return SheetSection(heading=heading, blocks=tuple(blocks) or (_NOTHING,))


_NOTHING = Paragraph(text="No graded inspection of this cohort is held.")


def _restricted(cohort: Cohort) -> str:
    """What the inspections are restricted to, in words."""
    names = [known.short for key in cohort.frameworks if (known := frameworks().get(key))]
    parts = (
        f"under {' or '.join(names)}" if names else "",
        f"since {cohort.since}" if cohort.since else "",
        f"until {cohort.until}" if cohort.until else "",
    )
    return "".join(f" {part}" for part in parts if part)


def _shaped(grade: Grade) -> str:
    return f"{grade.shape}\N{NO-BREAK SPACE}{grade.key}"


def _lettered(grade: Grade) -> str:
    return f"{grade.shape}{grade.letter}"


def _tone(grade: Grade) -> Tone:
    return RUNGS[grade.rung] if grade.rung < len(RUNGS) else ""


def _number(number: int, tone: Tone = "") -> SheetCell:
    return SheetCell(text=str(number), tone=tone if number else "quiet")


def _with_numbers(caveats: dict[str, int], of: int) -> str:
    """Caveats, each with the number it holds for where that is not all."""
    return ", ".join(key if number == of else f"{key} ({number})" for key, number in caveats.items())
