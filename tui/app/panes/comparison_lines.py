"""Two inspections side by side told in lines: caveats, what both were asked to improve, passages on one subject."""

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
    """Every caveat in full, then what cannot be compared and why."""
    yield from _caveats(comparison)
    yield from _not_comparable(comparison)


def text_lines(comparison: Comparison) -> Iterator[ListLine]:
    """What either side was asked to improve, then their passages."""
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
    why: defaultdict[str, list[str]] = defaultdict(list)
    for change in comparison.judgements:
        if change.reason:
            why[change.reason].append(change.name)
    if why:
        yield ListLine(Content.styled("Not comparable", STRONG), heading=True)
    for reason, names in why.items():
        yield ListLine(Content(f"  {', '.join(names)}: {reason}"))


def _improvements(letter: str, inspection: Inspection) -> Iterator[ListLine]:
    asked = (*inspection.priority_actions, *inspection.improvements)
    year = inspection.year or ""
    held = inspection.primary_text is not None or asked
    count = len(asked) if held else "not held"
    told = ", in the words of a digest" if _is_digest(inspection) else ""
    yield ListLine(Content.styled(f"{letter} {year} was asked to improve ({count}){told}", STRONG), heading=True)
    if not held:
        yield ListLine(quiet("  No text held for this inspection: press A, or `reinspect add FILE`."))
    elif not asked:
        yield ListLine(quiet("  Nothing listed."))
    yield from map(improvement_line, asked)


def _passages(comparison: Comparison) -> Iterator[ListLine]:
    """Pairs of passages strand by strand, then the opening words of those that stand alone."""
    missing = [side for side in (comparison.a, comparison.b) if side.primary_text is None]
    if missing:
        named = " and ".join(f"{occasion(side)} {side.year}" for side in missing)
        yield ListLine(Content.styled("Passages on the same subject", STRONG), heading=True)
        yield ListLine(quiet(f"  The words of {named} are not held: press A, or `reinspect add FILE`."))
    together = [pair for pair in comparison.pairs if pair.a and pair.b]
    for number, pair in enumerate(together, 1):
        subject = f"{_strand(comparison, pair.strand)}, on the same subject ({number} of {len(together)})"
        yield ListLine(Content.styled(subject, STRONG), heading=True)
        yield from _beside(comparison, pair)
    for letter, inspection in (("A", comparison.a), ("B", comparison.b)):
        yield from _alone(letter, inspection, comparison)


def _beside(comparison: Comparison, pair: PassagePair) -> Iterator[ListLine]:
    sides = (("A", comparison.a, pair.a, pair.marks_a), ("B", comparison.b, pair.b, pair.marks_b))
    for letter, inspection, passage, marks in sides:
        if passage is not None:
            words = Content(passage.text)
            for start, end in marks:
                words = words.stylize("bold underline", start, end)
            digest = " (digest)" if _is_digest(inspection) else ""
            yield _passage_line(f"{letter} {inspection.year or ''}{digest}", words, passage)


def _alone(letter: str, inspection: Inspection, comparison: Comparison) -> Iterator[ListLine]:
    pairs = [pair for pair in comparison.pairs if (pair.a is None) != (pair.b is None)]
    alone = [passage for pair in pairs if (passage := pair.a if letter == "A" else pair.b)]
    if alone:
        told = ", in the words of a digest" if _is_digest(inspection) else ""
        heading = f"Only in {letter} {inspection.year or ''} ({len(alone)}){told}"
        yield ListLine(Content.styled(heading, STRONG), heading=True)
    for passage in alone:
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
    """Whether the words of an inspection are notes of ours and not the inspectors' (design.md 2)."""
    return any(held.sha256 == inspection.primary_text and held.kind == "digest" for held in inspection.documents)


def _strand(comparison: Comparison, key: str | None) -> str:
    """A strand's name as the later framework, or else the earlier, calls it."""
    known = (frameworks().get(side.framework) for side in (comparison.b, comparison.a))
    named = (framework.strand(key) for framework in known if framework and key)
    return next((strand.name for strand in named if strand), "Summary" if key is None else key.replace("_", " "))
