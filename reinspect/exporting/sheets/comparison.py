"""Two inspections side by side, as a sheet."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reinspect.comparing.comparison import Comparison
from reinspect.comparing.crosswalk import crosswalk
from reinspect.comparing.judgements import StrandChange, later_side, short_name
from reinspect.comparing.passages import PassagePair
from reinspect.exporting.citation import citation
from reinspect.exporting.sheet import (
    Block,
    Listing,
    Marks,
    Paragraph,
    Sheet,
    SheetCell,
    SheetItem,
    SheetSection,
    SheetTable,
    Tone,
)
from reinspect.exporting.sheets.labels import (
    LICENCE,
    authority_name,
    grade_cell,
    head_line,
    improvement_sections,
    judgement_source,
)
from reinspect.frameworks import frameworks
from reinspect.model import Inspection, Passage

_TONES: dict[str, Tone] = {"improved": "better", "declined": "worse", "same grade": "same"}
_OPENING = 12


def comparison_sheet(comparison: Comparison) -> Sheet:
    """What changed between two inspections: judgements with their caveats, both lists to improve, passages in pairs."""
    labels = _labels(comparison)
    a, b = comparison.a, comparison.b
    name_a, name_b = authority_name(a, comparison.authority_a), authority_name(b, comparison.authority_b)
    return Sheet(
        title=_title(comparison, name_a, name_b),
        head=(f"A: {head_line(a, name_a)}", f"B: {head_line(b, name_b)}", *direction(comparison)),
        sections=(
            SheetSection(heading="Judgements", blocks=(_judgements(comparison, labels),)),
            *_caveats(comparison),
            *_reasons(comparison),
            *improvement_sections(a, name_a, f", {labels[0]}"),
            *improvement_sections(b, name_b, f", {labels[1]}"),
            *_passages(comparison, labels),
        ),
        foot=(LICENCE,),
    )


def _title(comparison: Comparison, name_a: str, name_b: str) -> str:
    a, b = short_name(comparison.a), short_name(comparison.b)
    if comparison.kinship == "same authority":
        return f"{name_a}: {a} and {b}"
    return f"{name_a} {a} and {name_b} {b}"


def _labels(comparison: Comparison) -> tuple[str, str]:
    """Headings of the two sides; with the authority's name where there are two, with A and B where they are alike."""
    a, b = short_name(comparison.a), short_name(comparison.b)
    if comparison.a.authority != comparison.b.authority:
        a = f"{authority_name(comparison.a, comparison.authority_a)}, {a}"
        b = f"{authority_name(comparison.b, comparison.authority_b)}, {b}"
    return (a, b) if a != b else (f"A: {a}", f"B: {b}")


def direction(comparison: Comparison) -> tuple[str, ...]:
    """From which side to which changes are told, where a reader might take it the other way."""
    if comparison.kinship == "two authorities":
        return ("Two authorities: nothing changed from one to the other; the table says which is higher.",)
    if later_side(comparison.a, comparison.b) == "a":
        return ("A is the later inspection: changes are told from B to A.",)
    return ()


def _judgements(comparison: Comparison, labels: tuple[str, str]) -> SheetTable:
    across = comparison.kinship == "two authorities"
    return SheetTable(
        columns=("Strand", *labels, "Beside each other" if across else "Change", "Caveats"),
        rows=tuple(_judgement_row(comparison, change) for change in comparison.judgements),
    )


def _judgement_row(comparison: Comparison, change: StrandChange) -> tuple[SheetCell, ...]:
    side_a = _side(comparison.a, authority_name(comparison.a, comparison.authority_a), change, change.strand_a, "a")
    side_b = _side(comparison.b, authority_name(comparison.b, comparison.authority_b), change, change.strand_b, "b")
    tone = _TONES.get(change.change or "", "quiet")
    return (
        SheetCell(text=change.name),
        side_a,
        side_b,
        SheetCell(text=worded(comparison, change), tone=tone),
        SheetCell(text=", ".join(change.caveats)),
    )


def worded(comparison: Comparison, change: StrandChange) -> str:
    """What became of a strand or, between two authorities, which of them is higher, by its name."""
    name_a, name_b = (
        authority_name(comparison.a, comparison.authority_a),
        authority_name(comparison.b, comparison.authority_b),
    )
    told = {"a is higher": f"{name_a} is higher", "b is higher": f"{name_b} is higher"}
    return told.get(change.wording, change.wording)


def _side(inspection: Inspection, name: str, change: StrandChange, strand: str | None, side: str) -> SheetCell:
    """One side's grade; the strand's own name is added where this side calls it otherwise than the row does."""
    judgement = change.judgement_a if side == "a" else change.judgement_b
    if judgement is None:
        return SheetCell(text="not held", tone="quiet") if strand else grade_cell(inspection.framework, None)
    cell = grade_cell(inspection.framework, judgement, judgement_source(inspection, name, judgement))
    framework = frameworks().get(inspection.framework)
    known = framework.strand(judgement.strand) if framework else None
    if known is None or known.name == change.name:
        return cell
    return msgspec.structs.replace(cell, text=f"{cell.text} ({known.name})")


def _caveats(comparison: Comparison) -> tuple[SheetSection, ...]:
    keys = comparison.caveats
    if not keys:
        return ()
    table = crosswalk()
    notes = tuple(Paragraph(text=table.notes[key]) for key in keys if key in table.notes)
    items = tuple(SheetItem(marker=key, text=table.caveats[key]) for key in keys)
    return (SheetSection(heading="Read with care", blocks=(Listing(items=items), *notes)),)


def _reasons(comparison: Comparison) -> tuple[SheetSection, ...]:
    """Why strands cannot be compared, those of one reason together."""
    strands: dict[str, list[str]] = {}
    for change in comparison.judgements:
        if change.reason:
            strands.setdefault(change.reason, []).append(change.name)
    if not strands:
        return ()
    items = tuple(SheetItem(marker=f"{', '.join(names)}:", text=reason) for reason, names in strands.items())
    return (SheetSection(heading="Not comparable, and why", blocks=(Listing(items=items),)),)


def _passages(comparison: Comparison, labels: tuple[str, str]) -> tuple[SheetSection, ...]:
    """The text, strand by strand: pairs in full, then the opening words of what stands alone on either side."""
    strands = dict.fromkeys(pair.strand for pair in comparison.pairs)
    return tuple(
        SheetSection(
            heading=f"Text: {_strand_name(comparison, strand)}",
            blocks=tuple(_texts(comparison, [pair for pair in comparison.pairs if pair.strand == strand], labels)),
        )
        for strand in strands
    )


def _texts(comparison: Comparison, pairs: list[PassagePair], labels: tuple[str, str]) -> Iterator[Block]:
    a, b = comparison.a, comparison.b
    name_a, name_b = authority_name(a, comparison.authority_a), authority_name(b, comparison.authority_b)
    for pair in pairs:
        if pair.a and pair.b:
            beside = (_quoted(a, name_a, pair.a, pair.marks_a), _quoted(b, name_b, pair.b, pair.marks_b))
            items = (
                msgspec.structs.replace(item, marker=f"{label}:") for item, label in zip(beside, labels, strict=True)
            )
            yield Listing(items=tuple(items), beside=True)
    alone_a = [_opening(a, name_a, pair.a) for pair in pairs if pair.a and not pair.b]
    alone_b = [_opening(b, name_b, pair.b) for pair in pairs if pair.b and not pair.a]
    for alone, label in ((alone_a, labels[0]), (alone_b, labels[1])):
        if alone:
            yield Paragraph(text=f"Without a counterpart, {label} ({len(alone)}):")
            yield Listing(items=tuple(alone))


def _quoted(inspection: Inspection, name: str, passage: Passage, marks: Marks = ()) -> SheetItem:
    cited = citation(inspection, name, passage.evidence)
    return SheetItem(text=passage.text, citation=cited, marks=marks, evidence=passage.evidence)


def _opening(inspection: Inspection, name: str, passage: Passage) -> SheetItem:
    """The first words of a passage, and where to read on."""
    words = passage.text.split()
    opening = " ".join(words[:_OPENING]) + (" ..." if len(words) > _OPENING else "")
    return SheetItem(text=opening, citation=citation(inspection, name, passage.evidence), evidence=passage.evidence)


def _strand_name(comparison: Comparison, strand: str | None) -> str:
    if strand is None:
        return "no strand"
    ordered = (
        (comparison.b, comparison.a) if later_side(comparison.a, comparison.b) == "b" else (comparison.a, comparison.b)
    )
    for inspection in ordered:
        framework = frameworks().get(inspection.framework)
        known = framework.strand(strand) if framework else None
        if known:
            return known.name
    return strand.replace("_", " ")
