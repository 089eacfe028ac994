"""Compare: two inspections side by side, strand by strand, with every caveat in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from reinspect.comparing.comparison import Comparison
from reinspect.comparing.crosswalk import crosswalk
from reinspect.comparing.judgements import StrandChange
from reinspect.comparing.passages import PassagePair
from reinspect.exporting.citation import citation, occasion, place, when
from reinspect.exporting.sheet import Sheet
from reinspect.frameworks import frameworks
from reinspect.model import Inspection, Judgement, Passage, Pin
from tui.library import Library
from tui.panes.event_lines import improvement_line
from tui.panes.pane import Pane
from tui.selection import Selection
from tui.widgets.cited import Cited, Line
from tui.widgets.grades import QUIET, STRONG, grade_letter, grade_word, quiet
from tui.widgets.table import Column, Row, Table

if TYPE_CHECKING:
    from reinspect.exporting.objects import Object

_CHANGES = {"improved": ("▲ ", "$text-success bold"), "declined": ("▼ ", "$text-error bold"), "same grade": ("= ", "")}
_ROOM_FOR_WORDS = 76
_OPENING = 16


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two inspections of an authority compared, and those that a side may step through, the oldest first.

    These are the graded ones, and a visit only where one was chosen in the timeline. `others` are those of the other
    authority, where A is of another one.
    """

    choices: tuple[Inspection, ...]
    others: tuple[Inspection, ...] = ()
    comparison: Comparison | None = None


class ComparePane(Pane[Pair]):
    """The judgements of A and B in a table; below it caveats, improvements and passages."""

    TITLE = "Compare"
    HELP: ClassVar[str] = """
## Compare
A and B are two inspections. [ and ] step A to an older or newer one, { and } step B, x swaps them,
o sets the latest of another authority as A.
Enter on a strand opens the page that prints B's grade, or A's where B has none.
Every caveat code in the table is explained in full below it; there n and N step through the parts: improvements of
both sides, then passages on the same subject, with the words that differ marked where the two are alike.
"""
    BINDING_GROUP_TITLE = "Compare"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left_square_bracket",
            "step('a', -1)",
            "Step A",
            key_display="[ ]",
            tooltip="step A: older, newer",
            id="compare.a-older",
        ),
        Binding("right_square_bracket", "step('a', 1)", "A newer", key_display="]", show=False, id="compare.a-newer"),
        Binding(
            "left_curly_bracket",
            "step('b', -1)",
            "Step B",
            key_display="{ }",
            tooltip="step B: older, newer",
            id="compare.b-older",
        ),
        Binding("right_curly_bracket", "step('b', 1)", "B newer", key_display="}", show=False, id="compare.b-newer"),
        Binding("x", "swap", "Swap", tooltip="swap A and B", id="compare.swap"),
        Binding("o", "other", "Other", tooltip="set another authority's latest as A", id="compare.other"),
    ]

    def compose(self) -> ComposeResult:
        """What A and B are, the table, and its lines."""
        yield Static("", id="sides", markup=False)
        yield Table(id="changes")
        yield Cited(id="reasons")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self.query_one(Cited).fill([Line(quiet("Setting the latest two side by side ..."))])
        self._pair: Pair | None = None

    def concerns(self, selection: Selection) -> Hashable:
        """The authority and the pair."""
        return (selection.authority, selection.a, selection.b)

    def ask(self, library: Library, selection: Selection) -> Pair:
        """The pair that is selected, else the latest two graded inspections."""
        choices = self._choices(library, selection.authority, selection)
        # What was chosen once may be held no more.
        a = library.inspection(selection.a or "") or (choices[-2] if len(choices) > 1 else None)
        b = library.inspection(selection.b or "") or (choices[-1] if choices else None)
        if a is None or b is None:
            return Pair(choices=choices)
        elsewhere = next((each.authority for each in (a, b) if each.authority != selection.authority), None)
        others = self._choices(library, elsewhere, selection) if elsewhere else ()
        return Pair(choices=choices, others=others, comparison=library.compare(a, b))

    @staticmethod
    def _choices(library: Library, authority: str | None, selection: Selection) -> tuple[Inspection, ...]:
        """What a side may step through: the graded inspections of an authority, and what was chosen."""
        held = library.inspections(authority)
        return tuple(each for each in held if each.graded or each.id in (selection.a, selection.b))

    def show(self, answer: Pair) -> None:
        """Show a pair."""
        self._pair = answer
        if answer.comparison is None:
            self._say_why_not(answer)
            return
        self.query_one("#sides", Static).update(_sides(answer.comparison))
        self._fill()
        self.query_one(Cited).fill(list(_lines(answer.comparison)))

    def take_focus(self) -> None:
        """The table."""
        self.screen.set_focus(self.query_one(Table))

    def sheet(self) -> Sheet | None:
        """The comparison as it is exported."""
        from reinspect.exporting.sheets.comparison import comparison_sheet

        return comparison_sheet(self._pair.comparison) if self._pair and self._pair.comparison else None

    def objects(self, library: Library) -> Iterable[Object]:  # noqa: ARG002
        """The comparison."""
        from reinspect.exporting.objects import comparison_object

        return [comparison_object(self._pair.comparison)] if self._pair and self._pair.comparison else []

    def row(self) -> Pin | None:
        """The strand under the cursor: both grades and what became of it."""
        change = self._change
        if self._pair is None or self._pair.comparison is None or change is None:
            return None
        comparison = self._pair.comparison
        grades = [
            f"{judgement.grade or 'not judged'} ({inspection.year})"
            for inspection, judgement in ((comparison.a, change.judgement_a), (comparison.b, change.judgement_b))
            if judgement
        ]
        caveats = f" (see {', '.join(change.caveats)})" if change.caveats else ""
        text = f"{change.name}: {', then '.join(grades)}: {change.wording}{caveats}"
        return Pin(kind="row", text=text, citation=self.source(), inspection=comparison.b.id)

    def source(self) -> str:
        """Both inspections."""
        if self._pair is None or self._pair.comparison is None:
            return self.TITLE
        comparison = self._pair.comparison
        return f"{_event(comparison, 'a')}, and {_event(comparison, 'b')}"

    def why_not(self, action: str) -> str | None:
        """All keys need a pair, but the one that finds another authority for it."""
        if self._pair is None:
            return "The comparison is still being made."
        if action == "other" or self._pair.comparison is not None:
            return None
        return "A comparison needs two graded inspections: A adds a report, o takes another authority's."

    def action_step(self, side: str, by: int) -> None:
        """Set the inspection before or after this one on a side."""
        if not self.can("step") or self._pair is None or self._pair.comparison is None:
            return
        comparison = self._pair.comparison
        now = comparison.a if side == "a" else comparison.b
        choices = next(held for held in (self._pair.choices, self._pair.others, (now,)) if now in held)
        other = comparison.b if side == "a" else comparison.a
        ids = [inspection.id for inspection in choices if inspection.id != other.id or inspection.id == now.id]
        there = ids.index(now.id) + by
        if 0 <= there < len(ids):
            a, b = (ids[there], comparison.b.id) if side == "a" else (comparison.a.id, ids[there])
            self.post_message(self.Selected(a=a, b=b))
        else:
            which = "older" if by < 0 else "newer"
            self.post_message(self.Said(f"There is no {which} graded inspection held for {side.upper()}."))

    def action_swap(self) -> None:
        """A becomes B and B becomes A."""
        if self.can("swap") and self._pair and self._pair.comparison:
            self.post_message(self.Selected(a=self._pair.comparison.b.id, b=self._pair.comparison.a.id))

    def action_other(self) -> None:
        """Ask for another authority, whose latest graded inspection becomes A."""
        if self.can("other"):
            self.post_message(self.OtherWanted())

    @property
    def _change(self) -> StrandChange | None:
        row = self.query_one(Table).row
        changes = self._pair.comparison.judgements if self._pair and self._pair.comparison else ()
        return changes[row] if row < len(changes) else None

    def on_resize(self) -> None:
        """Words where they fit, letters where they do not."""
        if self._pair and self._pair.comparison:
            self._fill()

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """Open the page that prints the grade."""
        event.stop()
        if self._pair and self._pair.comparison:
            change = self._pair.comparison.judgements[event.table.row]
            sides = (change.judgement_b, change.judgement_a)
            evidence = next((side.evidence for side in sides if side and side.evidence), None)
            self.post_message(self.SourceWanted(evidence))

    def on_cited_chosen(self, event: Cited.Chosen) -> None:
        """Open the page that prints the line."""
        event.stop()
        self.post_message(self.SourceWanted(event.line.evidence))

    @property
    def _fits_words(self) -> bool:
        return self.size.width >= _ROOM_FOR_WORDS

    def _fill(self) -> None:
        assert self._pair is not None and self._pair.comparison is not None
        comparison = self._pair.comparison
        columns = [
            Column("strand", Content("")),
            Column("a", Content(f"A {comparison.a.year or ''}")),
            Column("b", Content(f"B {comparison.b.year or ''}")),
            Column("change", Content("Change" if comparison.kinship != "two authorities" else "Standing")),
            Column("caveats", Content("See")),
        ]
        table = self.query_one(Table)
        for in_words in (self._fits_words, False):
            changes = enumerate(comparison.judgements)
            table.fill(columns, [Row(str(place), _cells(comparison, change, in_words)) for place, change in changes])
            # A caveat that is cut off is another one: K11 is not K1.
            if table.fits:
                break

    def _say_why_not(self, answer: Pair) -> None:
        self.query_one("#sides", Static).update("")
        self.query_one(Table).fill([], [])
        held = "only one graded inspection is held" if answer.choices else "no graded inspection is held"
        self.query_one(Cited).fill(
            [
                Line(Content.styled(f"A comparison needs two graded inspections; {held}.", STRONG)),
                Line(quiet("Add a report: press A, or `reinspect add FILE`. a chooses another authority.")),
            ]
        )


def _sides(comparison: Comparison) -> Content:
    from reinspect.exporting.sheets.comparison import direction

    parts = []
    for letter, inspection in (("A", comparison.a), ("B", comparison.b)):
        words = f"{occasion(inspection)} {when(inspection)}"
        if comparison.a.authority != comparison.b.authority:
            words = _event(comparison, letter.lower())
        parts.append(Content.assemble((f"{letter} ", STRONG), words))
    return Content("\n").join([*parts, *map(quiet, direction(comparison))])


def _event(comparison: Comparison, side: str) -> str:
    """A side with its authority: "Camden, ILACS inspection 25-29 April 2022"."""
    if side == "a":
        inspection, authority = comparison.a, comparison.authority_a
    else:
        inspection, authority = comparison.b, comparison.authority_b
    return citation(inspection, authority.name if authority else inspection.authority)


def _cells(comparison: Comparison, change: StrandChange, in_words: bool) -> list[Content]:
    return [
        Content(change.name),
        _grade(comparison.a, change.judgement_a, change.strand_a, in_words),
        _grade(comparison.b, change.judgement_b, change.strand_b, in_words),
        _change(change),
        quiet(" ".join(change.caveats)),
    ]


def _grade(inspection: Inspection, judgement: Judgement | None, strand: str | None, in_words: bool) -> Content:
    if not inspection.graded:
        return quiet("○ not graded")
    if judgement is None:
        return quiet("? not held" if strand else "no such strand")
    if judgement.grade is None:
        return quiet("∅ not judged" if judgement.not_judged else "? not held")
    if not in_words:
        return grade_letter(inspection.framework, judgement.grade)
    return grade_word(inspection.framework, judgement.grade, short=True)


def _change(change: StrandChange) -> Content:
    sign, style = _CHANGES.get(change.change or "", ("", "" if change.comparable else QUIET))
    return Content.styled(f"{sign}{change.wording}", style)


def _lines(comparison: Comparison) -> Iterator[Line]:
    yield from _caveats(comparison)
    yield from _not_comparable(comparison)
    for letter, inspection in (("A", comparison.a), ("B", comparison.b)):
        yield from _improvements(letter, inspection)
    yield from _passages(comparison)


def _caveats(comparison: Comparison) -> Iterator[Line]:
    texts = crosswalk().caveats
    if comparison.caveats:
        yield Line(Content.styled("With these caveats", STRONG), heading=True)
    for key in comparison.caveats:
        yield Line(Content.assemble((f"  {key}  ", STRONG), texts[key]))


def _not_comparable(comparison: Comparison) -> Iterator[Line]:
    why: defaultdict[str, list[str]] = defaultdict(list)
    for change in comparison.judgements:
        if change.reason:
            why[change.reason].append(change.name)
    if why:
        yield Line(Content.styled("Not comparable", STRONG), heading=True)
    for reason, names in why.items():
        yield Line(Content(f"  {', '.join(names)}: {reason}"))


def _improvements(letter: str, inspection: Inspection) -> Iterator[Line]:
    asked = (*inspection.priority_actions, *inspection.improvements)
    year = inspection.year or ""
    held = inspection.reading_text is not None or asked
    count = len(asked) if held else "not held"
    told = ", in the words of a digest" if _is_digest(inspection) else ""
    yield Line(Content.styled(f"{letter} {year} was asked to improve ({count}){told}", STRONG), heading=True)
    if not held:
        yield Line(quiet("  No text held for this inspection: press A, or `reinspect add FILE`."))
    elif not asked:
        yield Line(quiet("  Nothing listed."))
    yield from map(improvement_line, asked)


def _passages(comparison: Comparison) -> Iterator[Line]:
    """Pairs of passages strand by strand, then the opening words of those that stand alone."""
    missing = [side for side in (comparison.a, comparison.b) if side.reading_text is None]
    if missing:
        named = " and ".join(f"{occasion(side)} {side.year}" for side in missing)
        yield Line(Content.styled("Passages on the same subject", STRONG), heading=True)
        yield Line(quiet(f"  The words of {named} are not held: press A, or `reinspect add FILE`."))
    together = [pair for pair in comparison.pairs if pair.a and pair.b]
    for number, pair in enumerate(together, 1):
        subject = f"{_strand(comparison, pair.strand)}, on the same subject ({number} of {len(together)})"
        yield Line(Content.styled(subject, STRONG), heading=True)
        yield from _beside(comparison, pair)
    for letter, inspection in (("A", comparison.a), ("B", comparison.b)):
        yield from _alone(letter, inspection, comparison)


def _beside(comparison: Comparison, pair: PassagePair) -> Iterator[Line]:
    sides = (("A", comparison.a, pair.a, pair.marks_a), ("B", comparison.b, pair.b, pair.marks_b))
    for letter, inspection, passage, marks in sides:
        if passage is not None:
            words = Content(passage.text)
            for start, end in marks:
                words = words.stylize("bold underline", start, end)
            digest = " (digest)" if _is_digest(inspection) else ""
            yield _passage_line(f"{letter} {inspection.year or ''}{digest}", words, passage)


def _alone(letter: str, inspection: Inspection, comparison: Comparison) -> Iterator[Line]:
    pairs = [pair for pair in comparison.pairs if (pair.a is None) != (pair.b is None)]
    alone = [passage for pair in pairs if (passage := pair.a if letter == "A" else pair.b)]
    if alone:
        told = ", in the words of a digest" if _is_digest(inspection) else ""
        heading = f"Only in {letter} {inspection.year or ''} ({len(alone)}){told}"
        yield Line(Content.styled(heading, STRONG), heading=True)
    for passage in alone:
        words = passage.text.split()
        opening = " ".join(words[:_OPENING]) + (" ..." if len(words) > _OPENING else "")
        yield _passage_line("", Content(opening), passage)


def _passage_line(lead: str, words: Content, passage: Passage) -> Line:
    where = place(passage.page, passage.paragraph)
    return Line(
        Content.assemble((f"  {lead}  " if lead else "  ", STRONG), words, (f"  {where}", QUIET)),
        passage.evidence,
        quote=passage.text,
    )


def _is_digest(inspection: Inspection) -> bool:
    """Whether the words of an inspection are notes of ours and not the inspectors' (design.md 2)."""
    return any(held.sha256 == inspection.reading_text and held.kind == "digest" for held in inspection.documents)


def _strand(comparison: Comparison, key: str | None) -> str:
    """A strand's name as the later framework, or else the earlier, calls it."""
    known = (frameworks().get(side.framework) for side in (comparison.b, comparison.a))
    named = (framework.strand(key) for framework in known if framework and key)
    return next((strand.name for strand in named if strand), "Summary" if key is None else key.replace("_", " "))
