"""Lines on two inspections compared: caveats, the improvements asked of each, and passages on the same subject."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from textual.content import Content

from reinspect.comparing.comparison import Comparison
from reinspect.comparing.crosswalk import crosswalk
from reinspect.comparing.passages import PassagePair
from reinspect.exporting.citation import occasion, place
from reinspect.exporting.tables.shared_columns import authority_name
from reinspect.frameworks import frameworks
from reinspect.model import Inspection, Passage
from tui.app.digest_marks import has_only_digest
from tui.app.panes.inspection_lines import improvement_line
from tui.app.widgets.drawing import wrap_text
from tui.app.widgets.grades import QUIET, STRONG, quiet
from tui.app.widgets.line_list import MOST_WIDTH, ListLine

# The rows of the opening of a passage that is in one report alone, and the cells that are left for its page.
_OPENING_ROWS, _LEAST_OPENING, _PAGE = 2, 84, 28
_SHARED_SHOWN = 3
_NUMBER_WIDTH = 3
_WORD = re.compile(r"[^\W\d_][\w\u2019'-]{4,}")
# Words of nearly every passage of such a report; they say nothing on its subject.
_COMMON = frozenset(
    {"about", "their", "there", "these", "those", "which", "where", "while", "would", "could", "should", "other"}
    | {"being", "through", "within", "across", "between", "children", "young", "people", "social", "worker", "workers"}
    | {"services", "service", "local", "authority", "families", "family", "practice", "needs", "support", "effective"}
    | {"effectively", "inspectors", "council", "leaders", "senior", "however", "although", "because", "ensure"}
    | {"ensures", "children\u2019s", "children's"}
)


def caveat_lines(comparison: Comparison) -> Iterator[ListLine]:
    """Return every caveat in full, then the strands that cannot be compared, with the reason."""
    yield from _caveats(comparison)
    yield from _not_comparable(comparison)


def improvement_lines(comparison: Comparison) -> Iterator[ListLine]:
    """Return the improvements asked of each side."""
    for letter, inspection in (("A", comparison.a), ("B", comparison.b)):
        yield from _improvements(letter, inspection)


def unpaired_lines(comparison: Comparison, strand: str | None = None, *, width: int = 0) -> Iterator[ListLine]:
    """Return the passages that are in one report alone, of one strand if it is given.

    Of each the opening is shown: two rows in a list of `width` cells.
    """
    room = max(_OPENING_ROWS * min(width, MOST_WIDTH) - _PAGE, _LEAST_OPENING)
    for letter, inspection in (("A", comparison.a), ("B", comparison.b)):
        yield from _unpaired_lines(letter, inspection, comparison, strand, room)


def paired(comparison: Comparison, strand: str | None = None) -> list[PassagePair]:
    """Return the pairs of passages on the same subject, of one strand if it is given."""
    pairs = [pair for pair in comparison.pairs if pair.a and pair.b]
    return [pair for pair in pairs if strand is None or pair.strand == strand]


def index_line(comparison: Comparison, pair: PassagePair, number: int) -> ListLine:
    """Return a pair in one line: its number, its strand, the words that both share, and the two pages."""
    assert pair.a is not None
    assert pair.b is not None
    pages = f"  p. {pair.a.page} ↔ p. {pair.b.page}"
    names = _names(comparison)
    shared = [word for word in shared_words(pair.a.text, pair.b.text) if word not in names]
    words = " ".join(shared[:_SHARED_SHOWN]) or "the same subject"
    content = Content.assemble(
        (f"{number:>{_NUMBER_WIDTH}} ", STRONG), f"{_strand(comparison, pair.strand)}: {words}", (pages, QUIET)
    )
    return ListLine(content, pair.b.evidence, quote=pair.b.text, hanging=_NUMBER_WIDTH + 1)


class SideBySide(NamedTuple):
    """The lines of a pair on side A and on side B, which take as many rows of the window."""

    a: list[ListLine]
    b: list[ListLine]
    rows: int


def side_by_side(comparison: Comparison, pair: PassagePair, number: int, widths: tuple[int, int]) -> SideBySide:
    """Return both passages of a pair for two lists of these widths, with empty rows below them.

    The next pair so begins in the same row on both sides.
    """
    sides = [_side_line(comparison, pair, number, side) for side in ("a", "b")]
    heights = [
        sum(1 for _ in wrap_text(line.content.plain, min(width, MOST_WIDTH)))
        for line, width in zip(sides, widths, strict=True)
    ]
    rows = max(heights) + 1
    # The cursor skips a heading.
    a, b = (
        [line, ListLine(Content("\n" * (rows - height - 1)), heading=True)]
        for line, height in zip(sides, heights, strict=True)
    )
    return SideBySide(a, b, rows)


def _side_line(comparison: Comparison, pair: PassagePair, number: int, side: str) -> ListLine:
    """Return the passage of side "a" or "b": words that differ on a tint, or the words that both share in bold."""
    passage, other = (pair.a, pair.b) if side == "a" else (pair.b, pair.a)
    assert passage is not None
    assert other is not None
    words = Content(passage.text)
    if pair.alike:
        style = "bold on $words-gone" if side == "a" else "bold on $words-new"
        for start, end in pair.marks_a if side == "a" else pair.marks_b:
            words = words.stylize(style, start, end)
    else:
        shared = shared_words(passage.text, other.text)
        for start, end in _places_of(shared, passage.text):
            words = words.stylize("bold underline", start, end)
    inspection = comparison.a if side == "a" else comparison.b
    digest = " (digest)" if has_only_digest(inspection) else ""
    where = f"{number} · {_strand(comparison, pair.strand)} · {place(passage.page, passage.paragraph)}{digest}"
    return ListLine(Content.assemble((f"{where}\n", QUIET), words), passage.evidence, quote=passage.text)


def strand_name(comparison: Comparison, key: str | None) -> str:
    """Return the name of a strand, "Summary" for none."""
    return _strand(comparison, key)


def shared_words(one: str, other: str) -> list[str]:
    """Return the words of one text that the other has too, the longest first; short and common words are left out."""
    known = {word.casefold() for word in _WORD.findall(other)}
    words = dict.fromkeys(word.casefold() for word in _WORD.findall(one))
    return sorted((word for word in words if word in known and word not in _COMMON), key=lambda word: -len(word))


def _names(comparison: Comparison) -> set[str]:
    """Return the words of the names of both authorities, which say nothing of a subject."""
    names = f"{authority_name(comparison.a)} {authority_name(comparison.b)}"
    return {word.casefold() for word in _WORD.findall(names)}


def _places_of(words: list[str], text: str) -> Iterator[tuple[int, int]]:
    wanted = set(words)
    return (found.span() for found in _WORD.finditer(text) if found.group().casefold() in wanted)


def text_lines(comparison: Comparison, strand: str | None = None, *, width: int = 0) -> Iterator[ListLine]:
    """Return the improvements asked of each side, then their passages, for a list of `width` cells.

    If a strand is given, only the passages on it.
    """
    if strand is None:
        yield from improvement_lines(comparison)
    yield from _passages(comparison, strand, width)


def _caveats(comparison: Comparison) -> Iterator[ListLine]:
    texts = crosswalk().caveats
    if comparison.caveats:
        yield ListLine(Content.styled("With these caveats", STRONG), heading=True)
    for key in comparison.caveats:
        yield ListLine(Content.assemble((f"  {key}  ", STRONG), texts[key]), hanging=len(key) + 4)


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
    count = len(improvements) if is_known else "not stored"
    heading = f"{letter} {inspection.year or ''} was asked to improve ({count}){_digest_note(inspection)}"
    yield ListLine(Content.styled(heading, STRONG), heading=True)
    if not is_known:
        yield ListLine(quiet("  No text is stored for this inspection: press A, or `reinspect add FILE`."))
    elif not improvements:
        yield ListLine(quiet("  No improvements are listed."))
    yield from (improvement_line(improvement, inspection) for improvement in improvements)


def _passages(comparison: Comparison, strand: str | None, width: int) -> Iterator[ListLine]:
    """Return the pairs of passages by strand, then the opening words of passages without a pair."""
    missing = [side for side in (comparison.a, comparison.b) if side.primary_text is None]
    if missing:
        named = " and ".join(f"the {side.year} {occasion(side)}" for side in missing)
        yield ListLine(Content.styled("Passages on the same subject", STRONG), heading=True)
        yield ListLine(quiet(f"  The text of {named} is not stored: press A, or `reinspect add FILE`."))
    pairs = paired(comparison, strand)
    for number, pair in enumerate(pairs, 1):
        subject = f"{_strand(comparison, pair.strand)}, on the same subject ({number} of {len(pairs)})"
        yield ListLine(Content.styled(subject, STRONG), heading=True)
        yield from _paired_lines(comparison, pair)
    yield from unpaired_lines(comparison, strand, width=width)


def _paired_lines(comparison: Comparison, pair: PassagePair) -> Iterator[ListLine]:
    sides = (("A", comparison.a, pair.a, pair.marks_a), ("B", comparison.b, pair.b, pair.marks_b))
    for letter, inspection, passage, marks in sides:
        if passage is not None:
            words = Content(passage.text)
            for start, end in marks:
                words = words.stylize("bold underline", start, end)
            digest = " (digest)" if has_only_digest(inspection) else ""
            yield _passage_line(f"{letter} {inspection.year or ''}{digest}", words, passage)


def _unpaired_lines(
    letter: str, inspection: Inspection, comparison: Comparison, strand: str | None, room: int
) -> Iterator[ListLine]:
    pairs = [
        pair for pair in comparison.pairs if (pair.a is None) != (pair.b is None) and strand in (None, pair.strand)
    ]
    unpaired = [passage for pair in pairs if (passage := pair.a if letter == "A" else pair.b)]
    if unpaired:
        heading = f"Only in {letter} {inspection.year or ''} ({len(unpaired)}){_digest_note(inspection)}"
        yield ListLine(Content.styled(heading, STRONG), heading=True)
    for passage in unpaired:
        text = " ".join(passage.text.split())
        opening = text if len(text) <= room else f"{text[:room].rpartition(' ')[0]} ..."
        yield _passage_line("", Content(opening), passage)


def _passage_line(lead: str, words: Content, passage: Passage) -> ListLine:
    where = place(passage.page, passage.paragraph)
    return ListLine(
        Content.assemble((f"  {lead}  " if lead else "  ", STRONG), words, (f"  {where}", QUIET)),
        passage.evidence,
        quote=passage.text,
    )


def _digest_note(inspection: Inspection) -> str:
    return ", from our digest" if has_only_digest(inspection) else ""


def _strand(comparison: Comparison, key: str | None) -> str:
    """Return the name of a strand in the framework of B, or else in that of A."""
    both = (frameworks().get(side.framework) for side in (comparison.b, comparison.a))
    strands = (framework.strand(key) for framework in both if framework and key)
    return next((strand.name for strand in strands if strand), "Summary" if key is None else key.replace("_", " "))
