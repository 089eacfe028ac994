"""The Compare pane: two inspections side by side, strand by strand, with every caveat in full."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from reinspect.answers import Answer, Library
from reinspect.comparing.comparison import Comparison
from reinspect.comparing.judgements import StrandChange
from reinspect.exporting.citation import citation, occasion, when
from reinspect.exporting.sheets.comparison import direction, worded
from reinspect.frameworks import band_of
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.model import Inspection, Judgement, Pin
from tui.app.pane import Pane
from tui.app.panes.band_lines import across_bands_lines
from tui.app.panes.cohort_lines import ask_with_cohort, change_lines, cohort_error_lines, cohort_lines
from tui.app.panes.comparison_lines import caveat_lines, text_lines
from tui.app.widgets.grades import QUIET, STRONG, grade_letter, grade_word, quiet
from tui.app.widgets.line_list import LineList, ListLine
from tui.app.widgets.table import Column, Table, TableLine
from tui.selection import Selection

if TYPE_CHECKING:
    from reinspect.answers.comparison import ComparisonAnswer

_CHANGES = {"improved": ("▲ ", "$text-success bold"), "declined": ("▼ ", "$text-error bold"), "same grade": ("= ", "")}
# (grades in words, authorities by name): without these, grades are letters and authorities are "A" and "B".
# The first layout that fits is used.
_LAYOUTS = ((True, True), (False, True), (False, False))


class CompareView(msgspec.Struct, frozen=True, kw_only=True):
    """A comparison of two inspections, A and B, and the inspections that each side can step through, oldest first.

    `choices` are the graded inspections of the selected authority, and a visit if it was chosen in the timeline.
    `other_choices` are those of the other authority, if A and B are of two authorities.
    """

    choices: tuple[Inspection, ...]
    other_choices: tuple[Inspection, ...] = ()
    answer: ComparisonAnswer | None = None
    cohort_error: str = ""

    @property
    def comparison(self) -> Comparison | None:
        """The comparison, or None if there are not two inspections to compare."""
        return self.answer.comparison if self.answer else None


class ComparePane(Pane[CompareView]):
    """Compares the grades of two inspections, A and B, strand by strand in a table.

    Below the table it lists their caveats, the improvements each asked for, and passages on the same subject.
    """

    TITLE = "Compare"
    SHOWS_COHORT = True
    HELP: ClassVar[str] = """
## Compare
A and B are two inspections. [ and ] step A to an older or newer one, { and } step B, x swaps them,
o sets the latest inspection of another authority as A.
Enter on a strand opens the page that prints B's grade, or A's if B has none.
Every caveat code in the table is explained in full below it. There n and N step through the sections: the improvements
asked of each side, then passages on the same subject; if two passages are similar, the words that differ are marked.
If a group is set (f), the lines also count its members graded higher than B, the same and lower on each strand, and
the changes in their grades from each inspection to the next.
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
        Binding(
            "o", "other", "Other", tooltip="set the latest inspection of another authority as A", id="compare.other"
        ),
    ]

    def compose(self) -> ComposeResult:
        """Compose the names of A and B, the table of grades and the lines below it."""
        yield Static("", id="sides", markup=False)
        yield Table(id="changes")
        yield LineList(id="details")

    def on_mount(self) -> None:
        """Show that the comparison is being made."""
        self.query_one(LineList).fill([ListLine(quiet("Comparing the latest two inspections ..."))])
        self._view: CompareView | None = None

    def depends_on(self, selection: Selection) -> Hashable:
        """Return the authority, the two inspections and the cohort."""
        return (selection.authority, selection.a, selection.b, selection.cohort)

    def ask(self, library: Library, selection: Selection) -> CompareView:
        """Compare the selected inspections or, by default, the latest two graded ones."""
        choices = self._choices(library, selection.authority, selection)
        # An inspection that was selected before may not be stored any more.
        usual = [choice for choice in choices if band_of(choice.framework) == SOCIAL_CARE]
        a = library.inspection(selection.a or "") or (usual[-2] if len(usual) > 1 else None)
        b = library.inspection(selection.b or "") or (usual[-1] if usual else None)
        if a is None or b is None:
            return CompareView(choices=choices)
        elsewhere = next((side.authority for side in (a, b) if side.authority != selection.authority), None)
        other_choices = self._choices(library, elsewhere, selection) if elsewhere else ()
        answer, error = ask_with_cohort(lambda cohort: library.compare(a.id, b.id, cohort), selection.cohort)
        return CompareView(choices=choices, other_choices=other_choices, answer=answer, cohort_error=error)

    @staticmethod
    def _choices(library: Library, authority: str | None, selection: Selection) -> tuple[Inspection, ...]:
        """Return the inspections of an authority that can be set as A or B.

        Those are its graded inspections, and the selected A and B even if they have no grades (focused visits).
        """
        inspections = library.holdings.inspections(authority)
        return tuple(choice for choice in inspections if choice.graded or choice.id in (selection.a, selection.b))

    def show(self, view: CompareView) -> None:
        """Show a comparison, or why there is none."""
        self._view = view
        if view.answer is None:
            self._show_no_comparison(view)
            return
        comparison, group = view.answer.comparison, view.answer.cohort
        self.query_one("#sides", Static).update(_sides(comparison))
        self._fill()
        cohort = [
            *cohort_error_lines(view.cohort_error),
            *cohort_lines(group.grades if group else None, "B"),
            *change_lines(group.changes if group else None),
        ]
        lines = (across_bands_lines(comparison), caveat_lines(comparison), cohort, text_lines(comparison))
        self.query_one(LineList).fill([line for part in lines for line in part])

    def take_focus(self) -> None:
        """Focus the table."""
        self.screen.set_focus(self.query_one(Table))

    def answer(self) -> Answer | None:
        """Return the comparison, with the cohort."""
        return self._view.answer if self._view else None

    def row(self) -> Pin | None:
        """Return the strand under the cursor: both grades and the change."""
        change = self._change
        if self._view is None or self._view.comparison is None or change is None:
            return None
        comparison = self._view.comparison
        grades = [
            f"{judgement.grade or 'not judged'} ({inspection.year})"
            for inspection, judgement in ((comparison.a, change.judgement_a), (comparison.b, change.judgement_b))
            if judgement
        ]
        caveats = f" (see {', '.join(change.caveats)})" if change.caveats else ""
        text = f"{change.name}: {', then '.join(grades)}: {worded(comparison, change)}{caveats}"
        return Pin(kind="row", text=text, citation=self.source(), inspection=comparison.b.id)

    def source(self) -> str:
        """Return the citation of both inspections."""
        if self._view is None or self._view.comparison is None:
            return self.TITLE
        comparison = self._view.comparison
        return f"{_event(comparison, 'a')}, and {_event(comparison, 'b')}"

    def disabled_reason(self, action: str) -> str | None:
        """Return why there is no comparison for a key to work on. Only `o` works with a single inspection."""
        if self._view is None:
            return "The comparison is still being made."
        if self._view.comparison is not None or (action == "other" and self._view.choices):
            return None
        if not self._view.choices:
            return "A comparison needs a graded inspection: A adds a report, a chooses another authority."
        return "A comparison needs two graded inspections: A adds a report, o chooses one of another authority."

    def action_step(self, side: str, by: int) -> None:
        """Set the inspection before or after the current one as side `side`."""
        if not self.check("step") or self._view is None or self._view.comparison is None:
            return
        comparison = self._view.comparison
        now = comparison.a if side == "a" else comparison.b
        choices = next(group for group in (self._view.choices, self._view.other_choices, (now,)) if now in group)
        other = comparison.b if side == "a" else comparison.a
        ids = [inspection.id for inspection in choices if inspection.id != other.id or inspection.id == now.id]
        target = ids.index(now.id) + by
        if 0 <= target < len(ids):
            a, b = (ids[target], comparison.b.id) if side == "a" else (comparison.a.id, ids[target])
            self.post_message(self.Selected(a=a, b=b))
            return
        direction_word, other_side = "older" if by < 0 else "newer", "B" if side == "a" else "A"
        if other in choices and (choices.index(other) - choices.index(now)) * by > 0:
            self.post_message(self.Notify(f"The {direction_word} one is {other_side} already; x swaps them."))
        else:
            self.post_message(self.Notify(f"No {direction_word} graded inspection is stored for {side.upper()}."))

    def action_swap(self) -> None:
        """Swap A and B."""
        if self.check("swap") and self._view and self._view.comparison:
            self.post_message(self.Selected(a=self._view.comparison.b.id, b=self._view.comparison.a.id))

    def action_other(self) -> None:
        """Ask for another authority; its latest graded inspection becomes A."""
        if self.check("other"):
            self.post_message(self.ChooseOther())

    @property
    def _change(self) -> StrandChange | None:
        row = self.query_one(Table).row
        changes = self._view.comparison.judgements if self._view and self._view.comparison else ()
        return changes[row] if row < len(changes) else None

    def on_resize(self) -> None:
        """Choose the widest layout that fits: grades in words or as letters."""
        if self._view and self._view.comparison:
            self._fill()

    def on_table_cell_chosen(self, event: Table.CellChosen) -> None:
        """Open the page that prints the grade."""
        event.stop()
        if self._view and self._view.comparison:
            change = self._view.comparison.judgements[event.table.row]
            sides = (change.judgement_b, change.judgement_a)
            evidence = next((side.evidence for side in sides if side and side.evidence), None)
            self.post_message(self.OpenSource(evidence))

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Open the page that prints the line."""
        event.stop()
        self.post_message(self.OpenSource(event.line.evidence))

    def _fill(self) -> None:
        assert self._view is not None and self._view.comparison is not None
        comparison = self._view.comparison
        columns = [
            Column("strand", Content("")),
            Column("a", Content(f"A {comparison.a.year or ''}")),
            Column("b", Content(f"B {comparison.b.year or ''}")),
            Column("change", Content("Change" if comparison.kinship != "two authorities" else "Difference")),
            Column("caveats", Content("See")),
        ]
        table = self.query_one(Table)
        for in_words, by_name in _LAYOUTS:
            cells = (_cells(comparison, change, in_words, by_name) for change in comparison.judgements)
            table.fill(columns, [TableLine(str(place), row) for place, row in enumerate(cells)])
            # A caveat code that is cut off would read as another: K11 as K1.
            if table.fits:
                break

    def _show_no_comparison(self, view: CompareView) -> None:
        self.query_one("#sides", Static).update("")
        self.query_one(Table).fill([], [])
        stored = "only one graded inspection is stored" if view.choices else "no graded inspection is stored"
        self.query_one(LineList).fill(
            [
                ListLine(Content.styled(f"A comparison needs two graded inspections; {stored}.", STRONG)),
                *([ListLine(quiet("o compares it with the latest of another authority."))] if view.choices else []),
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
    """Return the citation of a side: "Camden, ILACS inspection 25-29 April 2022"."""
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
