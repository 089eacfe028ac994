"""Compare: two inspections side by side, strand by strand, with every caveat in full."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from reinspect.comparing.comparison import Comparison
from reinspect.comparing.judgements import StrandChange
from reinspect.exporting.citation import citation, occasion, when
from reinspect.exporting.sheet import Sheet
from reinspect.exporting.sheets.comparison import direction, worded
from reinspect.model import Inspection, Judgement, Pin
from tui.app.pane import Pane
from tui.app.panes.cohort_lines import CohortView, change_lines, cohort_lines, cohort_view
from tui.app.panes.comparison_lines import caveat_lines, text_lines
from tui.app.selection import Selection
from tui.app.widgets.grades import QUIET, STRONG, grade_letter, grade_word, quiet
from tui.app.widgets.line_list import LineList, ListLine
from tui.app.widgets.table import Column, Table, TableLine
from tui.library import Library

if TYPE_CHECKING:
    from reinspect.exporting.records import JsonObject

_CHANGES = {"improved": ("▲ ", "$text-success bold"), "declined": ("▼ ", "$text-error bold"), "same grade": ("= ", "")}
# Grades in words or by letter, and the higher of two authorities by its name or as A or B: the first that fits.
_LOOKS = ((True, True), (False, True), (False, False))


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two inspections of an authority compared, and those that a side may step through, the oldest first.

    These are the graded ones, and a visit only where one was chosen in the timeline. `others` are those of the other
    authority, where A is of another one. `cohort` is where the cohort stands beside B.
    """

    choices: tuple[Inspection, ...]
    others: tuple[Inspection, ...] = ()
    comparison: Comparison | None = None
    cohort: CohortView | None = None


class ComparePane(Pane[Pair]):
    """The judgements of A and B in a table; below it caveats, improvements and passages."""

    TITLE = "Compare"
    SHOWS_COHORT = True
    HELP: ClassVar[str] = """
## Compare
A and B are two inspections. [ and ] step A to an older or newer one, { and } step B, x swaps them,
o sets the latest of another authority as A.
Enter on a strand opens the page that prints B's grade, or A's where B has none.
Every caveat code in the table is explained in full below it; there n and N step through the parts: improvements of
both sides, then passages on the same subject, with the words that differ marked where the two are alike.
Where a cohort is set (f), the lines also say how many of it are graded higher than B, the same and lower on each
strand, and how it moved from inspection to inspection.
"""
    BINDING_GROUP_TITLE = "Compare"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left_square_bracket",
            "step('a', -1)",
            "Step A",
            key_display="[ ]",
            tooltip="set the older inspection as A",
            id="compare.a-older",
        ),
        Binding(
            "right_square_bracket",
            "step('a', 1)",
            "A newer",
            key_display="]",
            show=False,
            tooltip="set the newer inspection as A",
            id="compare.a-newer",
        ),
        Binding(
            "left_curly_bracket",
            "step('b', -1)",
            "Step B",
            key_display="{ }",
            tooltip="set the older inspection as B",
            id="compare.b-older",
        ),
        Binding(
            "right_curly_bracket",
            "step('b', 1)",
            "B newer",
            key_display="}",
            show=False,
            tooltip="set the newer inspection as B",
            id="compare.b-newer",
        ),
        Binding("x", "swap", "Swap", tooltip="swap A and B", id="compare.swap"),
        Binding("o", "other", "Other", tooltip="set another authority's latest as A", id="compare.other"),
    ]

    def compose(self) -> ComposeResult:
        """What A and B are, the table, and its lines."""
        yield Static("", id="sides", markup=False)
        yield Table(id="changes")
        yield LineList(id="reasons")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self.query_one(LineList).fill([ListLine(quiet("Setting the latest two side by side ..."))])
        self._pair: Pair | None = None

    def depends_on(self, selection: Selection) -> Hashable:
        """The authority, the pair, and the cohort beside it."""
        return (selection.authority, selection.a, selection.b, selection.cohort)

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
        return Pair(
            choices=choices,
            others=others,
            comparison=library.compare(a, b),
            cohort=cohort_view(library, selection.cohort, b, moved=True),
        )

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
        cohort = [*cohort_lines(answer.cohort, "B"), *change_lines(answer.cohort)]
        lines = (caveat_lines(answer.comparison), cohort, text_lines(answer.comparison))
        self.query_one(LineList).fill([line for part in lines for line in part])

    def take_focus(self) -> None:
        """The table."""
        self.screen.set_focus(self.query_one(Table))

    def sheet(self) -> Sheet | None:
        """The comparison as it is exported."""
        from reinspect.exporting.sheets.cohort import with_cohort
        from reinspect.exporting.sheets.comparison import comparison_sheet

        if self._pair is None or self._pair.comparison is None:
            return None
        comparison, cohort = self._pair.comparison, self._pair.cohort
        sheet = comparison_sheet(comparison)
        if cohort is None or cohort.standing is None or cohort.movement is None:
            return sheet
        return with_cohort(sheet, cohort.standing, cohort.movement, comparison.authority_b)

    def objects(self, library: Library) -> Iterable[JsonObject]:  # noqa: ARG002
        """The comparison, and then the cohort."""
        from reinspect.exporting.records import cohort_record, comparison_record

        if self._pair and self._pair.comparison:
            yield comparison_record(self._pair.comparison)
            cohort = self._pair.cohort
            if cohort and cohort.standing and cohort.movement:
                yield cohort_record(cohort.standing, cohort.movement, self._pair.comparison.authority_b)

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
        text = f"{change.name}: {', then '.join(grades)}: {worded(comparison, change)}{caveats}"
        return Pin(kind="row", text=text, citation=self.source(), inspection=comparison.b.id)

    def source(self) -> str:
        """Both inspections."""
        if self._pair is None or self._pair.comparison is None:
            return self.TITLE
        comparison = self._pair.comparison
        return f"{_event(comparison, 'a')}, and {_event(comparison, 'b')}"

    def disabled_reason(self, action: str) -> str | None:
        """All keys need a pair, but the one that finds another authority for it."""
        if self._pair is None:
            return "The comparison is still being made."
        if self._pair.comparison is not None or (action == "other" and self._pair.choices):
            return None
        if not self._pair.choices:
            return "A comparison needs a graded inspection: A adds a report, a chooses another authority."
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
            return
        which, taken = "older" if by < 0 else "newer", "B" if side == "a" else "A"
        if other in choices and (choices.index(other) - choices.index(now)) * by > 0:
            self.post_message(self.Notify(f"The {which} one is {taken} already; x swaps them."))
        else:
            self.post_message(self.Notify(f"There is no {which} graded inspection held for {side.upper()}."))

    def action_swap(self) -> None:
        """A becomes B and B becomes A."""
        if self.can("swap") and self._pair and self._pair.comparison:
            self.post_message(self.Selected(a=self._pair.comparison.b.id, b=self._pair.comparison.a.id))

    def action_other(self) -> None:
        """Ask for another authority, whose latest graded inspection becomes A."""
        if self.can("other"):
            self.post_message(self.ChooseOther())

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
            self.post_message(self.OpenSource(evidence))

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Open the page that prints the line."""
        event.stop()
        self.post_message(self.OpenSource(event.line.evidence))

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
        for in_words, by_name in _LOOKS:
            cells = (_cells(comparison, change, in_words, by_name) for change in comparison.judgements)
            table.fill(columns, [TableLine(str(place), row) for place, row in enumerate(cells)])
            # A caveat that is cut off is another one: K11 is not K1.
            if table.fits:
                break

    def _say_why_not(self, answer: Pair) -> None:
        self.query_one("#sides", Static).update("")
        self.query_one(Table).fill([], [])
        held = "only one graded inspection is held" if answer.choices else "no graded inspection is held"
        self.query_one(LineList).fill(
            [
                ListLine(Content.styled(f"A comparison needs two graded inspections; {held}.", STRONG)),
                *([ListLine(quiet("o sets the latest of another authority beside it."))] if answer.choices else []),
                ListLine(quiet("Add a report: press A, or `reinspect add FILE`. a chooses another authority.")),
            ]
        )


def _sides(comparison: Comparison) -> Content:
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


def _cells(comparison: Comparison, change: StrandChange, in_words: bool, by_name: bool) -> list[Content]:
    return [
        Content(change.name),
        _grade(comparison.a, change.judgement_a, change.strand_a, in_words),
        _grade(comparison.b, change.judgement_b, change.strand_b, in_words),
        _change(comparison, change, by_name),
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


def _change(comparison: Comparison, change: StrandChange, by_name: bool) -> Content:
    words = worded(comparison, change) if by_name else change.wording.replace("a is", "A is").replace("b is", "B is")
    sign, style = _CHANGES.get(change.change or "", ("", "" if change.comparable else QUIET))
    return Content.styled(f"{sign}{words}", style)
