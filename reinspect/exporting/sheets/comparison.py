"""Build a page that compares two inspections."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reinspect.comparing.comparison import Comparison
from reinspect.comparing.followthrough.asked_again import AskedAgain
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
from reinspect.exporting.sheets.asked_again import asked_section
from reinspect.exporting.sheets.bands import across_bands_sentence, outcome_blocks
from reinspect.exporting.sheets.labels import (
    authority_name,
    caveat_sections,
    counted,
    credits_of,
    grade_cell,
    head_line,
    improvement_sections,
    judgement_source,
)
from reinspect.frameworks import frameworks, strand_name
from reinspect.model import Inspection, Passage

_TONES: dict[str, Tone] = {"improved": "better", "declined": "worse", "same grade": "same"}
_OPENING_WORDS = 12


def comparison_sheet(comparison: Comparison, asked: AskedAgain | None = None, *, full: bool = True) -> Sheet:
    """Return a page that compares the grades, recommendations and passages of two inspections.

    With `asked`, the recommendations are compared; otherwise both lists are printed. The passages are left out unless
    `full`.
    """
    labels = _labels(comparison)
    a, b = comparison.a, comparison.b
    name_a, name_b = authority_name(a, comparison.authority_a), authority_name(b, comparison.authority_b)
    return Sheet(
        title=_title(comparison, name_a, name_b),
        head=(f"A: {head_line(a, name_a)}", f"B: {head_line(b, name_b)}", *direction(comparison)),
        sections=(
            _judgement_section(comparison, labels),
            *caveat_sections(comparison.caveats),
            *_reasons(comparison),
            *([asked_section(asked, name_b)] if asked else []),
            *improvement_sections(a, name_a, f", {labels[0]}", listed=asked is None),
            *improvement_sections(b, name_b, f", {labels[1]}", listed=asked is None),
            *(_passages(comparison, labels) if full else _shortened(comparison)),
        ),
        foot=credits_of((name_a, name_b), (a.framework, b.framework)),
    )


def _shortened(comparison: Comparison) -> tuple[SheetSection, ...]:
    """Return a section that says what was left out, if anything was."""
    if not comparison.pairs:
        return ()
    paired = sum(1 for pair in comparison.pairs if pair.a and pair.b)
    words = (
        f"{counted(len(comparison.pairs), 'passage')} left out, {paired} of them in both texts: "
        "`reinspect compare A B --full` prints them."
    )
    return (SheetSection(heading="Passages", blocks=(Paragraph(text=words),)),)


def _title(comparison: Comparison, name_a: str, name_b: str) -> str:
    a, b = short_name(comparison.a), short_name(comparison.b)
    if comparison.kinship == "same authority":
        return f"{name_a}: {a} and {b}"
    return f"{name_a} {a} and {name_b} {b}"


def _labels(comparison: Comparison) -> tuple[str, str]:
    """Return two different column headings for the inspections: ("SIF 2017", "ILACS 2022")."""
    a, b = short_name(comparison.a), short_name(comparison.b)
    if comparison.a.authority != comparison.b.authority:
        a = f"{authority_name(comparison.a, comparison.authority_a)}, {a}"
        b = f"{authority_name(comparison.b, comparison.authority_b)}, {b}"
    return (a, b) if a != b else (f"A: {a}", f"B: {b}")


def direction(comparison: Comparison) -> tuple[str, ...]:
    """Return a note on how to read the changes, such as "A is the later inspection: ...", or nothing."""
    if not (comparison.a.graded or comparison.b.graded) or comparison.across_bands:
        return ()
    if comparison.kinship == "two authorities":
        return ("Two authorities: the table shows which grade is higher, not a change.",)
    if later_side(comparison.a, comparison.b) == "a":
        return ("A is the later inspection: changes go from B to A.",)
    return ()


def _judgement_section(comparison: Comparison, labels: tuple[str, str]) -> SheetSection:
    """Return the section with the grades or the outcomes, or the sentence that says why there is no table."""
    a, b = comparison.a, comparison.b
    if comparison.across_bands:
        return SheetSection(heading="Not comparable", blocks=_across_bands(comparison))
    if (a.outcome or b.outcome) and not comparison.judgements:
        names = authority_name(a, comparison.authority_a), authority_name(b, comparison.authority_b)
        return SheetSection(heading="Outcomes", blocks=tuple(outcome_blocks(a, b, names, labels)))
    if not (a.graded or b.graded):
        return SheetSection(heading="Judgements", blocks=(Paragraph(text="Neither gives a grade."),))
    return SheetSection(heading="Judgements", blocks=(_judgements(comparison, labels),))


def _across_bands(comparison: Comparison) -> tuple[Block, ...]:
    """Return the sentence on two bands and, for one authority, how to follow the lists into one another."""
    a, b = comparison.a, comparison.b
    sentence = Paragraph(text=across_bands_sentence(a, b))
    if a.authority != b.authority:
        return (sentence,)
    return (sentence, Paragraph(text=f"`reinspect follow {a.authority} --across` follows each item into the other."))


def _judgements(comparison: Comparison, labels: tuple[str, str]) -> SheetTable:
    across = comparison.kinship == "two authorities"
    return SheetTable(
        columns=("Strand", *labels, "Compared" if across else "Change", "Caveats"),
        rows=tuple(comparison_row(comparison, change) for change in comparison.judgements),
    )


def comparison_row(comparison: Comparison, change: StrandChange) -> tuple[SheetCell, ...]:
    """Return the cells of one strand: its name, the grades of A and B, the change, and the keys of the caveats."""
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
    """Return a grade change in words: "improved", or "Camden is higher" between two authorities."""
    name_a, name_b = (
        authority_name(comparison.a, comparison.authority_a),
        authority_name(comparison.b, comparison.authority_b),
    )
    higher = {"a is higher": f"{name_a} is higher", "b is higher": f"{name_b} is higher"}
    return higher.get(change.wording, change.wording)


def _side(inspection: Inspection, name: str, change: StrandChange, strand: str | None, side: str) -> SheetCell:
    """Return the table cell with the grade on one strand in inspection A or B.

    `side` ("a" or "b") chooses the grade from `change`, `inspection` is the inspection of that side, and `name` is its
    authority. `strand` is None if that framework has no such strand.
    """
    judgement = change.judgement_a if side == "a" else change.judgement_b
    if judgement is None:
        return SheetCell(text="not stored", tone="quiet") if strand else grade_cell(inspection.framework, None)
    cell = grade_cell(inspection.framework, judgement, judgement_source(inspection, name, judgement))
    framework = frameworks().get(inspection.framework)
    known = framework.strand(judgement.strand) if framework else None
    if known is None or known.name == change.name:
        return cell
    return msgspec.structs.replace(cell, text=f"{cell.text} ({known.name})")


def _reasons(comparison: Comparison) -> tuple[SheetSection, ...]:
    """Return a section with the reasons why grades cannot be compared, if any."""
    strands: dict[str, list[str]] = {}
    for change in comparison.judgements:
        if change.reason:
            strands.setdefault(change.reason, []).append(change.name)
    if not strands:
        return ()
    items = tuple(SheetItem(marker=f"{', '.join(names)}:", text=reason) for reason, names in strands.items())
    return (SheetSection(heading="Not comparable, and why", blocks=(Listing(items=items),)),)


def _passages(comparison: Comparison, labels: tuple[str, str]) -> tuple[SheetSection, ...]:
    """Return the sections of similar passages, one section for each graded subject."""
    strands = dict.fromkeys(pair.strand for pair in comparison.pairs)
    return tuple(
        SheetSection(
            heading=_text_heading(comparison, strand),
            blocks=tuple(_texts(comparison, [pair for pair in comparison.pairs if pair.strand == strand], labels)),
        )
        for strand in strands
    )


def _texts(comparison: Comparison, pairs: list[PassagePair], labels: tuple[str, str]) -> Iterator[Block]:
    a, b = comparison.a, comparison.b
    name_a, name_b = authority_name(a, comparison.authority_a), authority_name(b, comparison.authority_b)
    for pair in pairs:
        if pair.a and pair.b:
            quote_a = _quoted(a, name_a, pair.a, f"{labels[0]}:", pair.marks_a)
            quote_b = _quoted(b, name_b, pair.b, f"{labels[1]}:", pair.marks_b)
            yield Listing(items=(quote_a, quote_b), beside=True)
    alone_a = [_opening(a, name_a, pair.a) for pair in pairs if pair.a and not pair.b]
    alone_b = [_opening(b, name_b, pair.b) for pair in pairs if pair.b and not pair.a]
    for alone, label in ((alone_a, labels[0]), (alone_b, labels[1])):
        if alone:
            yield Paragraph(text=f"{label}, without a matching passage ({len(alone)}):")
            yield Listing(items=tuple(alone))


def _quoted(inspection: Inspection, name: str, passage: Passage, marker: str, marks: Marks) -> SheetItem:
    return SheetItem(
        text=passage.text,
        citation=citation(inspection, name, passage.evidence),
        marker=marker,
        marks=marks,
        evidence=passage.evidence,
    )


def _opening(inspection: Inspection, name: str, passage: Passage) -> SheetItem:
    """Return the first words of a passage with its citation."""
    words = passage.text.split()
    opening = " ".join(words[:_OPENING_WORDS]) + (" ..." if len(words) > _OPENING_WORDS else "")
    return SheetItem(text=opening, citation=citation(inspection, name, passage.evidence), evidence=passage.evidence)


def _text_heading(comparison: Comparison, strand: str | None) -> str:
    return f"Text: {_strand_name(comparison, strand)}" if strand else "Text outside the strands"


def _strand_name(comparison: Comparison, strand: str) -> str:
    ordered = (
        (comparison.b, comparison.a) if later_side(comparison.a, comparison.b) == "b" else (comparison.a, comparison.b)
    )
    return strand_name(strand, *(inspection.framework for inspection in ordered))
