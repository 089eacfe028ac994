"""Build a page about a group of authorities: their latest grades, and how their grades changed.

One inspection may be compared with the group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from reinspect.comparing.cohorts.changes import GradeChanges, StrandChanges, StrandTransitions
from reinspect.comparing.cohorts.cohort import Cohort
from reinspect.comparing.cohorts.grades import CohortGrades, StrandGrades
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
    authority_name,
    caveat_sections,
    counted,
    credits_of,
    grade_cell,
    head_line,
    judgement_source,
    rung_tone,
    without_empty_columns,
)
from reinspect.frameworks import Grade, frameworks, grades_of
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.model import Authority

_CHANGES: dict[Change, tuple[str, Tone]] = {
    "improved": ("Improved", "better"),
    "same grade": ("Same grade", "same"),
    "same rung, harder test": ("Same rung, harder test", "quiet"),
    "declined": ("Declined", "worse"),
}
_NO_GRADE = "\N{EM DASH}"


def cohort_sheet(standing: CohortGrades, movement: GradeChanges, authority: Authority | None = None) -> Sheet:
    """Return a page with the latest grades (`standing`) and the grade changes (`movement`) of a group of authorities.

    If the group was compared with one inspection, `authority` is the owner of that inspection.
    """
    own = standing.inspection
    name = authority_name(own, authority) if own else ""
    return Sheet(
        title=f"{name} compared with {standing.cohort.words}" if own else f"Group: {standing.cohort.words}",
        head=(*([head_line(own, name)] if own else []), *cohort_heads([standing])),
        sections=(
            *standing_sections(standing, authority),
            *_movement_sections(movement),
            *caveat_sections([*standing.caveats, *movement.caveats]),
            _members(standing),
        ),
        foot=credits_of([*([name] if own else []), *(member.authority.name for member in standing.members)]),
    )


def with_cohort(
    sheet: Sheet, standing: CohortGrades, movement: GradeChanges, authority: Authority | None = None
) -> Sheet:
    """Return the page with the grades of a group of authorities added at the end."""
    group = cohort_sheet(standing, movement, authority)
    head = (*sheet.head, *cohort_heads([standing]))
    foot = tuple(dict.fromkeys((*group.foot, *sheet.foot)))
    return msgspec.structs.replace(sheet, head=head, sections=(*sheet.sections, *group.sections), foot=foot)


def cohort_heads(standings: Sequence[CohortGrades]) -> tuple[str, ...]:
    """Return one line for each group: "Group region:London: 30 of 33 authorities, ..."."""
    return tuple(map(_head, standings))


def _head(standing: CohortGrades) -> str:
    number = sum(1 for member in standing.members if member.inspection)
    of = f" of {len(standing.members)}" if number < len(standing.members) else ""
    authorities = "authority" if number == 1 else "authorities"
    without = " (not counting the one compared with it)" if standing.inspection else ""
    cohort = standing.cohort
    return (
        f"Group {cohort.expression}: {number}{of} {authorities}{without}, each with its latest graded "
        f"inspection{_restriction(cohort)}."
    )


def standing_sections(
    standing: CohortGrades, authority: Authority | None = None, lead: str = ""
) -> tuple[SheetSection, ...]:
    """Return sections with the number of authorities that have each grade, subject by subject.

    `lead` is put before the headings.
    """
    heading = f"{lead}Latest grades of the group"
    if not standing.strands:
        return (SheetSection(heading=heading, blocks=(_NOTHING,)),)
    grades = {count.grade.key: count.grade for strand in standing.strands for count in strand.counts}
    counts = SheetTable(
        columns=("Strand", *(_sign_and_word(grade) for grade in grades.values()), "Authorities"),
        rows=tuple(_counts_row(strand, grades.values()) for strand in standing.strands),
    )
    return (
        SheetSection(
            heading=heading, blocks=(counts, Paragraph(text="Authorities: the number with a grade on the strand."))
        ),
        *_own_section(standing, authority, lead),
        *_left_out(
            f"{lead}Not counted, and why",
            (
                (strand.name, left.reason, len(left.authorities))
                for strand in standing.strands
                for left in strand.left_out
            ),
        ),
    )


def _counts_row(strand: StrandGrades, grades: Iterable[Grade]) -> tuple[SheetCell, ...]:
    numbers = {count.grade.key: len(count.inspections) for count in strand.counts}
    counts = (_number(numbers.get(grade.key, 0), rung_tone(grade.rung)) for grade in grades)
    return (SheetCell(text=strand.name), *counts, SheetCell(text=str(strand.number)))


def _own_section(standing: CohortGrades, authority: Authority | None, lead: str) -> Iterator[SheetSection]:
    """Yield a table that compares one inspection with the group, if there is such an inspection."""
    own = standing.inspection
    if own is None:
        return
    name = authority_name(own, authority)
    rows = []
    for strand in standing.strands:
        judgement, peers = own.judgement(strand.strand), strand.peers
        numbers = (peers.higher, peers.same, peers.lower) if peers else ("", "", "")
        rows.append(
            (
                SheetCell(text=strand.name),
                grade_cell(own.framework, judgement, judgement_source(own, name, judgement)),
                *(SheetCell(text=str(number)) for number in numbers),
                SheetCell(text=_caveats_in_words(peers.caveats, strand.number) if peers else ""),
            )
        )
    columns = ("Strand", name, "Higher", "Same", "Lower", "Caveats")
    explanation = (
        f"Higher, same, lower: the number of authorities with a higher, the same or a lower grade than {name}."
    )
    table = without_empty_columns(SheetTable(columns=columns, rows=tuple(rows)))
    yield SheetSection(heading=f"{lead}{name} compared with the group", blocks=(table, Paragraph(text=explanation)))


def _movement_sections(movement: GradeChanges) -> Iterator[SheetSection]:
    flows = [flow for strand in movement.strands for flow in strand.flows]
    if not flows:
        yield SheetSection(
            heading="Grade changes in the group", blocks=(Paragraph(text="No two inspections can be compared."),)
        )
        return
    changes = [change for change in _CHANGES if any(flow.changed(change) for flow in flows)]
    summary = SheetTable(
        columns=("Strand", *(_CHANGES[change][0] for change in changes), "Pairs", "Not compared", "Caveats"),
        rows=tuple(row for strand in movement.strands for row in _summary_rows(strand, changes)),
    )
    explanation = (
        "A pair is two consecutive graded inspections of one authority, from the earlier to the later. Not compared: "
        "inspections in the group without a change to count on the strand, for the reasons below."
    )
    yield SheetSection(heading="Grade changes in the group", blocks=(summary, Paragraph(text=explanation)))
    yield SheetSection(heading="Changes from grade to grade", blocks=_moves(flows))
    yield from _left_out(
        "Not compared, and why",
        ((strand.name, left.reason, len(left.inspections)) for strand in movement.strands for left in strand.left_out),
    )


def _summary_rows(strand: StrandChanges, changes: Sequence[Change]) -> Iterator[tuple[SheetCell, ...]]:
    """Yield table rows with the number of improved, same and declined grades on one strand (a graded subject)."""
    not_compared = str(sum(len(left.inspections) for left in strand.left_out))
    for place, flow in enumerate(strand.flows):
        yield (
            SheetCell(text=flow.name),
            *(_number(flow.changed(change), _CHANGES[change][1]) for change in changes),
            SheetCell(text=str(flow.number)),
            SheetCell(text=not_compared if place == 0 else ""),
            SheetCell(text=_caveats_in_words(flow.caveats, flow.number)),
        )
    if not strand.flows:
        none = (SheetCell(text=_NO_GRADE) for _ in changes)
        yield (
            SheetCell(text=strand.name),
            *none,
            SheetCell(text="0"),
            SheetCell(text=not_compared),
            SheetCell(text=""),
        )


def _moves(flows: Sequence[StrandTransitions]) -> tuple[SheetTable, Paragraph]:
    """Return a table of how often each grade (row) changed to each grade (column), and a legend."""
    used = {key for flow in flows for move in flow.moves for key in (move.earlier, move.later)}
    grades = {grade.key: grade for grade in grades_of(SOCIAL_CARE) if grade.key in used}
    later = {move.later for flow in flows for move in flow.moves}
    columns = sorted((grades[key] for key in later), key=lambda grade: (grade.rung, grade.key))
    rows = []
    for flow in flows:
        for earlier in dict.fromkeys(move.earlier for move in flow.moves):
            numbers = {move.later: len(move.pairs) for move in flow.moves if move.earlier == earlier}
            counts = (_number(numbers.get(grade.key, 0)) for grade in columns)
            total = SheetCell(text=str(sum(numbers.values())))
            rows.append((SheetCell(text=flow.name), SheetCell(text=_sign(grades[earlier])), *counts, total))
    table = SheetTable(
        columns=("Strand", "From", *(f"to {_sign(grade)}" for grade in columns), "Pairs"), rows=tuple(rows)
    )
    ordered = sorted(grades.values(), key=lambda grade: grade.rung)
    legend = ", ".join(f"{_sign(grade)} {grade.key}" for grade in ordered)
    return table, Paragraph(text=f"{legend}.")


def _left_out(heading: str, figures: Iterable[tuple[str, str, int]]) -> Iterator[SheetSection]:
    """Yield a section of (name, reason, number) figures, those with the same reason on one line."""
    strands: dict[str, list[str]] = {}
    for name, reason, number in figures:
        strands.setdefault(reason, []).append(f"{name} {number}")
    if strands:
        items = tuple(SheetItem(text=f"{', '.join(names)}: {reason}") for reason, names in strands.items())
        yield SheetSection(heading=heading, blocks=(Listing(items=items),))


def _members(standing: CohortGrades) -> SheetSection:
    """Return a section with the inspections that are counted, and the authorities without an inspection."""
    inspections = [member.inspection for member in standing.members if member.inspection]
    without = [member.authority.name for member in standing.members if member.inspection is None]
    blocks: list[Block] = [
        *([inspections_table(inspections)] if inspections else []),
        *([Paragraph(text=f"No graded inspection in the store: {', '.join(without)}.")] if without else []),
    ]
    heading = f"The group: {counted(len(inspections), 'inspection')}"
    return SheetSection(heading=heading, blocks=tuple(blocks) or (_NOTHING,))


_NOTHING = Paragraph(text="The store has no graded inspection of this group.")


def _restriction(cohort: Cohort) -> str:
    """Return the limits of the group in words: " under SIF since 2015", or ""."""
    names = [known.short for key in cohort.frameworks if (known := frameworks().get(key))]
    parts = (
        f"under {' or '.join(names)}" if names else "",
        f"since {cohort.since}" if cohort.since else "",
        f"until {cohort.until}" if cohort.until else "",
    )
    return "".join(f" {part}" for part in parts if part)


def _sign_and_word(grade: Grade) -> str:
    return f"{grade.shape}\N{NO-BREAK SPACE}{grade.key}"


def _sign(grade: Grade) -> str:
    return f"{grade.shape}{grade.letter}"


def _number(number: int, tone: Tone = "") -> SheetCell:
    return SheetCell(text=str(number), tone=tone if number else "quiet")


def _caveats_in_words(caveats: dict[str, int], of: int) -> str:
    """Return caveat keys as text, with a number if not all `of` are affected: "K1, K7 (3)"."""
    return ", ".join(key if number == of else f"{key} ({number})" for key, number in caveats.items())
