"""Lines on two inspections compared: caveats, the improvements asked of each, and passages on the same subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from textual.content import Content

from reinspect.comparing.comparison import Comparison
from reinspect.comparing.crosswalk import crosswalk
from reinspect.comparing.passages import PassagePair
from reinspect.exporting.citation import occasion, place
from reinspect.frameworks import frameworks
from reinspect.model import Inspection, Passage
from tui.app.panes.inspection_lines import improvement_line
from tui.app.widgets.grades import QUIET, STRONG, quiet
from tui.app.widgets.line_list import ListLine

_OPENING = 16


def caveat_lines(comparison: Comparison) -> Iterator[ListLine]:
    """Return every caveat in full, then the strands that cannot be compared, with the reason."""
    yield from _caveats(comparison)
    yield from _not_comparable(comparison)


def text_lines(comparison: Comparison) -> Iterator[ListLine]:
    """Return the improvements asked of each side, then their passages."""
    for letter, inspection in (("A", comparison.a), ("B", comparison.b)):
        yield from _improvements(letter, inspection)
    yield from _passages(comparison)


def _caveats(comparison: Comparison) -> Iterator[ListLine]:
    texts = crosswalk().caveats
    if comparison.caveats:
        yield ListLine(Content.styled("With these caveats", STRONG), heading=True)
    for key in comparison.caveats:
        yield ListLine(Content.assemble((f"  {key}  ", STRONG), texts[key]))


def _not_comparable(comparison: Comparison) -> Iterator[ListLine]:
    names_by_reason: defaultdict[str, list[str]] = defaultdict(list)
    for change in comparison.judgements:
        if change.reason:
            names_by_reason[change.reason].append(change.name)
    if names_by_reason:
        yield ListLine(Content.styled("Not comparable", STRONG), heading=True)
    for reason, names in names_by_reason.items():
        yield ListLine(Content(f"  {', '.join(names)}: {reason}"))


def _improvements(letter: str, inspection: Inspection) -> Iterator[ListLine]:
    improvements = (*inspection.priority_actions, *inspection.improvements)
    is_known = inspection.primary_text is not None or improvements
    count = len(improvements) if is_known else "not held"
    heading = f"{letter} {inspection.year or ''} was asked to improve ({count}){_digest_note(inspection)}"
    yield ListLine(Content.styled(heading, STRONG), heading=True)
    if not is_known:
        yield ListLine(quiet("  No text is stored for this inspection: press A, or `reinspect add FILE`."))
    elif not improvements:
        yield ListLine(quiet("  No improvements are listed."))
    yield from map(improvement_line, improvements)


def _passages(comparison: Comparison) -> Iterator[ListLine]:
    """Return the pairs of passages by strand, then the opening words of passages without a pair."""
    missing = [side for side in (comparison.a, comparison.b) if side.primary_text is None]
    if missing:
        named = " and ".join(f"the {side.year} {occasion(side)}" for side in missing)
        yield ListLine(Content.styled("Passages on the same subject", STRONG), heading=True)
        yield ListLine(quiet(f"  The text of {named} is not stored: press A, or `reinspect add FILE`."))
    pairs = [pair for pair in comparison.pairs if pair.a and pair.b]
    for number, pair in enumerate(pairs, 1):
        subject = f"{_strand(comparison, pair.strand)}, on the same subject ({number} of {len(pairs)})"
        yield ListLine(Content.styled(subject, STRONG), heading=True)
        yield from _paired_lines(comparison, pair)
    for letter, inspection in (("A", comparison.a), ("B", comparison.b)):
        yield from _unpaired_lines(letter, inspection, comparison)


def _paired_lines(comparison: Comparison, pair: PassagePair) -> Iterator[ListLine]:
    sides = (("A", comparison.a, pair.a, pair.marks_a), ("B", comparison.b, pair.b, pair.marks_b))
    for letter, inspection, passage, marks in sides:
        if passage is not None:
            words = Content(passage.text)
            for start, end in marks:
                words = words.stylize("bold underline", start, end)
            digest = " (digest)" if _is_digest(inspection) else ""
            yield _passage_line(f"{letter} {inspection.year or ''}{digest}", words, passage)


def _unpaired_lines(letter: str, inspection: Inspection, comparison: Comparison) -> Iterator[ListLine]:
    pairs = [pair for pair in comparison.pairs if (pair.a is None) != (pair.b is None)]
    unpaired = [passage for pair in pairs if (passage := pair.a if letter == "A" else pair.b)]
    if unpaired:
        heading = f"Only in {letter} {inspection.year or ''} ({len(unpaired)}){_digest_note(inspection)}"
        yield ListLine(Content.styled(heading, STRONG), heading=True)
    for passage in unpaired:
        words = passage.text.split()
        opening = " ".join(words[:_OPENING]) + (" ..." if len(words) > _OPENING else "")
        yield _passage_line("", Content(opening), passage)


def _passage_line(lead: str, words: Content, passage: Passage) -> ListLine:
    where = place(passage.page, passage.paragraph)
    return ListLine(
        Content.assemble((f"  {lead}  " if lead else "  ", STRONG), words, (f"  {where}", QUIET)),
        passage.evidence,
        quote=passage.text,
    )


def _is_digest(inspection: Inspection) -> bool:
    """Return True if the stored text is a digest: our own notes, not the inspectors' words (design.md 2)."""
    primary_text = inspection.primary_text
    return any(doc.sha256 == primary_text and doc.kind == "digest" for doc in inspection.documents)


def _digest_note(inspection: Inspection) -> str:
    return ", from our digest" if _is_digest(inspection) else ""


def _strand(comparison: Comparison, key: str | None) -> str:
    """Return the name of a strand in the framework of B, or else in that of A."""
    both = (frameworks().get(side.framework) for side in (comparison.b, comparison.a))
    strands = (framework.strand(key) for framework in both if framework and key)
    return next((strand.name for strand in strands if strand), "Summary" if key is None else key.replace("_", " "))
