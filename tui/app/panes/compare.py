"""The Compare pane: two inspections side by side, strand by strand, with every caveat in full."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
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
from tui.app.panes.comparison_lines import (
    SideBySide,
    caveat_lines,
    improvement_lines,
    index_line,
    paired,
    side_by_side,
    strand_name,
    text_lines,
    unpaired_lines,
)
from tui.app.widgets.changes import change_sign, is_joint, long_change, short_change
from tui.app.widgets.grades import STRONG, grade_letter, grade_word, quiet
from tui.app.widgets.line_list import LineList, ListLine
from tui.app.widgets.panel import set_frame
from tui.app.widgets.table import Table, TableColumn, TableLine
from tui.selection import Selection

if TYPE_CHECKING:
    from reinspect.answers.comparison import ComparisonAnswer
    from reinspect.comparing.passages import PassagePair

# From this width on, two passages are shown side by side.
_TWO_COLUMNS = 110
# From this width on, the caveats are beside the grades, where there is room.
_CARE_BESIDE = 180
# The side panels need this height; lower windows have the passages in one list.
_TALL = 30
# The cells of the frame of a list, its padding and its scroll bar.
_EDGE = 5
# The rows of a table that are no strand, and of its frame.
_HEADING_AND_FRAME = 3
# The names of strands are not cut below this width, so that they can be told apart.
_LEAST_NAME = 14


class _Layout(NamedTuple):
    """The form of the table of grades. A plain change is in words, short ("↗ 1 up") or a sign ("↗ 1")."""

    grades_in_words: bool = False
    authorities_by_name: bool = False
    change: Literal["words", "short", "sign", "sign beside B"] = "sign"
    cuts_names: bool = False


# The first layout that fits is used; the last one for want of a better.
_LAYOUTS = (
    _Layout(grades_in_words=True, authorities_by_name=True, change="words"),
    _Layout(grades_in_words=True, authorities_by_name=True, change="short"),
    _Layout(authorities_by_name=True, change="short"),
    _Layout(change="short"),
    _Layout(change="sign"),
    _Layout(change="sign", cuts_names=True),
    _Layout(change="sign beside B"),
    _Layout(change="sign beside B", cuts_names=True),
)


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
A and B are two inspections. [ and ] step A to an older or newer one, { and } step B, x swaps them, O sets the latest
inspection of another authority as A. Enter on a strand opens the page that prints B's grade, or A's if B has none.
"(joint)", or (j), marks a grade that children in care and care leavers shared. ↗ ↘ → say whether a grade went up, down
or stayed; for two authorities a narrow window says A>B if A's grade is higher. Every caveat code in the table (K1 to
K13) is explained in full below it.

n and N step through the passages on the same subject. A wide window shows them side by side, with those that follow
below: if two are nearly the same, the words that differ are marked, else the words that both share. F shows the
passages on the strand under the cursor only. "Only in A" lists what one report says and the other does not.

If a group is set (f), the lines also show its members' grades on each strand, how many are better than B, the same or
lower, and the changes in their grades from each inspection to the next.
"""
    BINDING_GROUP_TITLE = "Compare"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left_square_bracket",
            "step('a', -1)",
            "Step A",
            key_display="[ ]",
            tooltip="choose an older inspection for A",
            id="compare.a-older",
        ),
        Binding(
            "right_square_bracket",
            "step('a', 1)",
            "A newer",
            key_display="]",
            show=False,
            tooltip="choose a newer inspection for A",
            id="compare.a-newer",
        ),
        Binding(
            "left_curly_bracket",
            "step('b', -1)",
            "Step B",
            key_display="{ }",
            tooltip="choose an older inspection for B",
            id="compare.b-older",
        ),
        Binding(
            "right_curly_bracket",
            "step('b', 1)",
            "B newer",
            key_display="}",
            show=False,
            tooltip="choose a newer inspection for B",
            id="compare.b-newer",
        ),
        Binding("n", "pair(1)", "Next", tooltip="next passages on the same subject", id="compare.next"),
        Binding("N", "pair(-1)", "Previous", show=False, tooltip="previous passages", id="compare.previous"),
        Binding("F", "narrow", "Filter", tooltip="passages on the strand under the cursor only", id="compare.filter"),
        Binding("x", "swap", "Swap", tooltip="swap A and B", id="compare.swap"),
        Binding(
            "O", "other", "Other", tooltip="set the latest inspection of another authority as A", id="compare.other"
        ),
    ]

    def compose(self) -> ComposeResult:
        """Compose the names of A and B, the table of grades, two passages side by side, and the lines below them."""
        yield Static("", id="sides", markup=False)
        with Container(id="grades-of-both"):
            yield Table(id="changes")
            yield LineList(id="care", has_heading_keys=False)
        # In each list n and N step through the passages, as elsewhere in the pane.
        with Horizontal(id="passages-of-both"):
            yield LineList(id="side-a", has_heading_keys=False)
            yield LineList(id="side-b", has_heading_keys=False)
        with Container(id="below"):
            yield LineList(id="pairs", has_heading_keys=False)
            yield LineList(id="details", has_heading_keys=False)

    def on_mount(self) -> None:
        """Show that the comparison is being made."""
        self._view: CompareView | None = None
        self._pairs: list[PassagePair] = []
        self._strand: str | None = None
        self._is_wide = False
        # The lines of both sides for each pair that was shown in the present width.
        self._laid_out: dict[int, SideBySide] = {}
        set_frame(self.query_one(Table), "Compare")
        for name in ("care", "side-a", "side-b", "pairs", "details"):
            set_frame(self._list(name), "")
        self._arrange(wide=False)
        self._list("details").fill([ListLine(quiet("Comparing the latest two inspections ..."))])

    def _list(self, name: str) -> LineList:
        return self.query_one(f"#{name}", LineList)

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
        if view.comparison is not None and all(pair.strand != self._strand for pair in view.comparison.pairs):
            self._strand = None
        self._fill()
        self._fill_text()

    def _arrange(self, *, wide: bool) -> None:
        """Show the passages side by side, or all lines in one list; in a very wide window the caveats by the grades."""
        self._is_wide = wide
        self.query_one("#passages-of-both").display = wide
        self._list("pairs").display = wide
        self._list("care").display = wide and self.size.width >= _CARE_BESIDE

    def _fill_text(self) -> None:
        """Fill the lists: in a wide window the passages side by side, with a list to step through, else one list."""
        view = self._view
        if view is None or view.answer is None:
            return
        comparison, group = view.answer.comparison, view.answer.cohort
        self._pairs = paired(comparison, self._strand)
        self._laid_out = {}
        self._arrange(wide=self.size.width >= _TWO_COLUMNS and self.size.height >= _TALL and bool(paired(comparison)))
        cohort = [
            *cohort_error_lines(view.cohort_error),
            *cohort_lines(group.grades if group else None, "B", self.size.width),
            *change_lines(group.changes if group else None),
        ]
        caveats = [*across_bands_lines(comparison), *caveat_lines(comparison)]
        if self._is_wide:
            self._fill_wide(comparison, caveats, cohort)
            return
        about = f"Passages{self._on_strand(comparison)}" if self._strand else "What was said"
        set_frame(self._list("details"), about, "n N passages  F strand  ⏎ page")
        text = text_lines(comparison, self._strand, width=self.size.width - _EDGE)
        self._list("details").refill([*caveats, *cohort, *text])

    def _fill_wide(self, comparison: Comparison, caveats: list[ListLine], group: list[ListLine]) -> None:
        """Fill the lists of a wide window; in a very wide one the caveats have a list of their own."""
        care, details = self._list("care"), self._list("details")
        asked = list(improvement_lines(comparison))
        alone = list(unpaired_lines(comparison, width=self.size.width // 2 - _EDGE))
        if care.display:
            # The list is as high as the table: its rows, their headings, and the frame.
            care.styles.height = len(comparison.judgements) + _HEADING_AND_FRAME
            set_frame(care, "Read with care, and what was asked" if caveats else "What was asked", "⏎ page")
            care.refill([*caveats, *asked])
            title = "The group, and what one report alone says" if group else "Said in one report alone"
            lines = [*group, *alone]
        else:
            title = "Read with care, and said in one report alone"
            lines = [*caveats, *group, *asked, *alone]
        set_frame(details, title, "⏎ page")
        details.refill(lines)
        strand = self._on_strand(comparison)
        set_frame(self._list("pairs"), f"{len(self._pairs)} passages on the same subject{strand}", "n N step  F strand")
        self._list("pairs").refill([index_line(comparison, pair, number) for number, pair in enumerate(self._pairs, 1)])
        self._show_pair()

    def _on_strand(self, comparison: Comparison) -> str:
        """Return " on Leaders" if the passages are filtered, else ""."""
        return f" on {strand_name(comparison, self._strand)}" if self._strand else ""

    def _show_pair(self) -> None:
        """Show both passages of the pair under the cursor of the list, and those that follow as far as they fit."""
        place, comparison = self._list("pairs").place, self._view.comparison if self._view else None
        if not self._is_wide or comparison is None or place is None or place >= len(self._pairs):
            return
        pair = self._pairs[place]
        strand = strand_name(comparison, pair.strand)
        shown = list(self._following(comparison, place))
        for letter, inspection in (("a", comparison.a), ("b", comparison.b)):
            panel = self._list(f"side-{letter}")
            panel.refill([line for both in shown for line in (both.a if letter == "a" else both.b)])
            set_frame(
                panel,
                f"{letter.upper()} {inspection.year or ''} · {strand}",
                f"{place + 1} of {len(self._pairs)}  ⏎ page",
            )

    def _following(self, comparison: Comparison, place: int) -> Iterator[SideBySide]:
        """Yield the lines of the pair at `place` and of those after it, until the panels are full."""
        # The panels share the width, and have less than half of the height; the layout may not be known yet.
        width, rows = self.size.width, 0
        widths = (width // 2 - _EDGE, width - width // 2 - _EDGE)
        for number in range(place, len(self._pairs)):
            if number not in self._laid_out:
                self._laid_out[number] = side_by_side(comparison, self._pairs[number], number + 1, widths)
            yield self._laid_out[number]
            rows += self._laid_out[number].rows
            if rows >= self.size.height // 2:
                return

    def take_focus(self) -> None:
        """Focus the table."""
        self.screen.set_focus(self.query_one(Table))

    def answer(self) -> Answer | None:
        """Return the comparison, with the cohort; with the passages on one strand alone if that filter is on."""
        if self._view is None or self._view.answer is None or self._strand is None:
            return self._view.answer if self._view else None
        return msgspec.structs.replace(self._view.answer, strand=self._strand)

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
        """Return why there is no comparison for a key to work on. Only `O` works with a single inspection."""
        if self._view is None:
            return "The comparison is still being made."
        if self._view.comparison is not None or (action == "other" and self._view.choices):
            return None
        if not self._view.choices:
            return "A comparison needs a graded inspection: A adds a report, a chooses another authority."
        return "A comparison needs two graded inspections: A adds a report, O chooses one of another authority."

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

    def action_pair(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) passages on the same subject."""
        if not self.check("pair"):
            return
        if self._is_wide:
            pairs = self._list("pairs")
            pairs.go_to(min(max((pairs.place or 0) + by, 0), len(self._pairs) - 1))
        else:
            self.screen.set_focus(self._list("details"))
            self._list("details").action_part(by)

    def action_narrow(self) -> None:
        """Show the passages on the strand under the cursor only, or all again."""
        change = self._change
        if not self.check("narrow") or change is None or self._view is None or self._view.comparison is None:
            return
        strand = change.strand_b or change.strand_a
        self._strand = None if self._strand else strand
        if self._strand and not paired(self._view.comparison, self._strand):
            self._strand = None
            self.post_message(self.Notify(f"No passages of both reports on {change.name} are on the same subject."))
        self._fill_text()

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """Show the passages of the pair under the cursor."""
        event.stop()
        if event.line_list.id == "pairs":
            self._show_pair()

    @property
    def _change(self) -> StrandChange | None:
        row = self.query_one(Table).row
        changes = self._view.comparison.judgements if self._view and self._view.comparison else ()
        return changes[row] if row < len(changes) else None

    def on_resize(self) -> None:
        """Choose the widest layout that fits: grades in words or as letters, passages side by side or in one list."""
        if self._view and self._view.comparison:
            self._fill()
            self._fill_text()

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
        self.open_source(event.line)

    def _fill(self) -> None:
        assert self._view is not None and self._view.comparison is not None
        comparison = self._view.comparison
        table = self.query_one(Table)
        for layout in _LAYOUTS:
            rows = [_cells(comparison, change, layout) for change in comparison.judgements]
            columns = _columns(comparison, layout)
            if layout.cuts_names:
                columns[0] = columns[0]._replace(width=_name_width(table, columns, rows))
            table.fill(columns, [TableLine(str(place), row) for place, row in enumerate(rows)])
            # A caveat code that is cut off would read as another: K11 as K1.
            if table.fits:
                break
        self._name_sides(comparison)

    def _name_sides(self, comparison: Comparison) -> None:
        """Name A and B in the frame of the table or, where that is too long, in lines above it."""
        parts, notes = _sides(comparison), direction(comparison)
        title = Content.assemble(parts[0], " → ", parts[1])
        fits = title.cell_length <= self.size.width - 8 and not notes
        sides = self.query_one("#sides", Static)
        sides.display = not fits
        sides.update(Content("\n").join([*([] if fits else parts), *map(quiet, notes)]))
        set_frame(
            self.query_one(Table), title if fits else "Grades", "[ ] change A  { } change B  x swap  O other council"
        )

    def _show_no_comparison(self, view: CompareView) -> None:
        self.query_one("#sides", Static).display = False
        self.query_one(Table).fill([], [])
        set_frame(self.query_one(Table), "Compare")
        self._arrange(wide=False)
        stored = "only one graded inspection is stored" if view.choices else "no graded inspection is stored"
        self._list("details").fill(
            [
                ListLine(Content.styled(f"A comparison needs two graded inspections; {stored}.", STRONG)),
                *([ListLine(quiet("O compares it with the latest of another authority."))] if view.choices else []),
                ListLine(quiet("A adds a report from a file. a chooses another authority.")),
            ]
        )


def _sides(comparison: Comparison) -> list[Content]:
    """Return "A ILACS inspection 25-29 April 2022" and the same for B, with the authority if there are two."""
    parts = []
    for letter, inspection in (("A", comparison.a), ("B", comparison.b)):
        words = f"{occasion(inspection)} {when(inspection)}"
        if comparison.a.authority != comparison.b.authority:
            words = _event(comparison, letter.lower())
        parts.append(Content.assemble((f"{letter} ", STRONG), words))
    return parts


def _event(comparison: Comparison, side: str) -> str:
    """Return the citation of a side: "Camden, ILACS inspection 25-29 April 2022"."""
    if side == "a":
        inspection, authority = comparison.a, comparison.authority_a
    else:
        inspection, authority = comparison.b, comparison.authority_b
    return citation(inspection, authority.name if authority else inspection.authority)


def _columns(comparison: Comparison, layout: _Layout) -> list[TableColumn]:
    change_words = "Change" if comparison.kinship != "two authorities" else "Difference"
    change = TableColumn("change", Content(change_words if layout.change in ("words", "short") else change_words[:6]))
    return [
        TableColumn("strand", Content("")),
        TableColumn("a", Content(f"A {comparison.a.year or ''}")),
        TableColumn("b", Content(f"B {comparison.b.year or ''}")),
        *([] if layout.change == "sign beside B" else [change]),
        TableColumn("caveats", Content("See")),
    ]


def _name_width(table: Table, columns: Sequence[TableColumn], rows: Sequence[Sequence[Content]]) -> int:
    """Return the width that is left for the names of strands; if that is too little, the caveats leave the window."""
    widths = [
        max([column.label.cell_length, *(row[place].cell_length for row in rows)])
        for place, column in enumerate(columns)
    ]
    *others, caveats = (width + table.gap for width in widths[1:])
    left = table.scrollable_content_region.width - sum(others) - table.gap
    if left - caveats >= _LEAST_NAME:
        left -= caveats
    return min(widths[0], max(left, _LEAST_NAME))


def _cells(comparison: Comparison, change: StrandChange, layout: _Layout) -> list[Content]:
    grades = [
        _grade(comparison.a, change.judgement_a, change.strand_a, layout) + _joint(change, "a", layout),
        _grade(comparison.b, change.judgement_b, change.strand_b, layout) + _joint(change, "b", layout),
    ]
    change_words = _change(comparison, change, layout)
    if layout.change == "sign beside B":
        grades[1] = Content(" ").join([grades[1], change_words] if change.grade_b else grades[1:])
    else:
        grades.append(change_words)
    return [Content(change.name), *grades, Content.styled(" ".join(change.caveats), "$accent")]


def _joint(change: StrandChange, side: str, layout: _Layout) -> Content:
    return quiet((" (joint)" if layout.grades_in_words else " (j)") if is_joint(change, side) else "")


def _grade(inspection: Inspection, judgement: Judgement | None, strand: str | None, layout: _Layout) -> Content:
    """Return a grade, or why there is none; of the reason only the sign where a change is a sign too."""
    if judgement is not None and judgement.grade is not None and inspection.graded:
        write = grade_word if layout.grades_in_words else grade_letter
        return write(inspection.framework, judgement.grade)
    if not inspection.graded:
        reason = "○ not graded"
    elif judgement is None:
        reason = "? not stored" if strand else "– not judged in this inspection"
    else:
        reason = "∅ not judged" if judgement.not_judged else "? not stored"
    return quiet(reason[:1] if layout.change in ("sign", "sign beside B") else reason)


def _change(comparison: Comparison, change: StrandChange, layout: _Layout) -> Content:
    if layout.change in ("sign", "sign beside B"):
        return change_sign(comparison.a, comparison.b, change)
    words = change.wording.replace("a is", "A is").replace("b is", "B is")
    if layout.authorities_by_name:
        words = worded(comparison, change)
    if layout.change == "short" and change.change in ("improved", "declined", "same grade"):
        return short_change(comparison.a, comparison.b, change)
    return long_change(comparison.a, comparison.b, change, words)
