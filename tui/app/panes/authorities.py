"""Authorities: where each stands, one row an authority."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import Any, ClassVar

import msgspec
from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from reinspect.answers import Answer, Library
from reinspect.answers.latest_grades import LatestGradesAnswer
from reinspect.authorities import Authorities, authorities
from reinspect.comparing.cohorts.cohort import CohortError
from reinspect.comparing.latest_grades import LatestGrades, matching_name, similar_name
from reinspect.exporting.citation import citation
from reinspect.exporting.sheets.latest_grades import STRAND_LABELS, latest_grades_words, name_with_end
from reinspect.frameworks import frameworks
from reinspect.model import Inspection, Pin
from tui.app.pane import Pane
from tui.app.widgets.grades import STRONG, grade_letter, quiet
from tui.app.widgets.search_box import SearchBox
from tui.app.widgets.table import Column, Table, TableLine
from tui.selection import Selection

_STRANDS = {
    "overall": "Over",
    "leaders": "Lead",
    "help": "Help",
    "care": "Care",
    "leavers": "Leav",
    "care_and_leavers": "C+L",
}
_NAME_WIDTH, _GAP = 20, 2
_PAUSE = 0.12
_HISTORY = 5
_OWN = "▸"
_ORDERS: dict[str, Callable[[LatestGrades], Any]] = {
    "name": lambda standing: standing.authority.name,
    "longest since inspected": lambda standing: standing.latest.when if standing.latest else "9",
    "leaders": lambda standing: standing.rung("leaders"),
    "overall": lambda standing: standing.rung("overall"),
    "region": lambda standing: standing.authority.region or "~",
}


class Standings(msgspec.Struct, frozen=True, kw_only=True):
    """Where every authority stands, which one is selected, and who is in the cohort that was typed or is selected.

    `members` is None where there is no cohort; one that is selected has the authority `beside` it that is selected too.
    `fault` says why one that was typed cannot be understood. `known` finds authorities that were spelt wrong.
    """

    rows: list[LatestGrades]
    chosen: str | None
    known: Authorities | None = None
    members: tuple[str, ...] | None = None
    beside: str | None = None
    words: str = ""
    fault: str = ""


class AuthoritiesPane(Pane[Standings]):
    """A table of all authorities that can be sorted, and narrowed by typing."""

    TITLE = "Authorities"
    SHOWS_COHORT = True
    HELP: ClassVar[str] = """
## Authorities
One row an authority: the grades of its latest graded inspection, its history of overall grades (the oldest first),
when it was last graded and how long ago. ▸ marks the one you look at. Enter shows its timeline, s sorts.
/ narrows by name or region, however spelt, or by a cohort:
neighbours:camden, region:London,South East, grade:help=good. f sets a cohort for all panes; yours stays beside it.

O outstanding, G good, R requires improvement, I inadequate, – none. Until 2022 children in care and care leavers shared
one grade: C+L. Since April 2026 no overall grade is given, and none is worked out here.
"""
    BINDING_GROUP_TITLE = "Authorities"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("s", "sort", "Sort", id="authorities.sort")]

    def __init__(self, today: date | None = None) -> None:
        super().__init__()
        self._today = today or date.today()
        self._view = Standings(rows=[], chosen=None)
        self._lines: dict[str, TableLine] = {}
        self._kept: list[LatestGrades] = []
        self._order, self._ordered = "name", ""

    def compose(self) -> ComposeResult:
        """A box to narrow by, what is shown, and the table."""
        yield SearchBox(placeholder="/ narrows: name, region, neighbours:kent, grade:help=good", id="narrow")
        yield Static("", id="standing", markup=False)
        yield Table(id="standings")

    def depends_on(self, selection: Selection) -> Hashable:
        """The authority, which is marked, and the cohort: it shows everyone in it."""
        return (selection.authority, selection.cohort)

    def ask(self, library: Library, selection: Selection) -> Standings:
        """Where everyone stands."""
        chosen = selection.authority
        answer = Standings(rows=list(library.latest_grades().rows), chosen=chosen, known=authorities())
        typed = self._typed
        expression = typed if ":" in typed else selection.cohort
        if not expression:
            return answer
        try:
            cohort = library.cohort(expression)
        except CohortError as error:
            return replace(answer, fault=str(error))
        beside = None if expression is typed or chosen in cohort.authorities else chosen
        return replace(answer, members=cohort.authorities, beside=beside, words=cohort.words)

    def show(self, view: Standings) -> None:
        """Show everyone, the cursor on the authority that is selected."""
        self._view = view
        self._lines = {each.authority.slug: TableLine(each.authority.slug, self._cells(each)) for each in view.rows}
        self._fill(view.chosen)

    def take_focus(self) -> None:
        """The table."""
        self.screen.set_focus(self.query_one(Table))

    def start_search(self) -> bool:
        """The box to narrow by."""
        self.screen.set_focus(self.query_one(Input))
        return True

    def answer(self) -> Answer | None:
        """The table as narrowed and sorted."""
        return LatestGradesAnswer(rows=tuple(self._kept), description=self._told()) if self._view.rows else None

    def row(self) -> Pin | None:
        """The authority under the cursor with its latest grades."""
        slug = self.query_one(Table).row_key
        standing = next((each for each in self._view.rows if each.authority.slug == slug), None)
        if standing is None or standing.latest is None:
            return None
        words = latest_grades_words(standing)
        given = [f"{label} {grade}" for label, grade in zip(STRAND_LABELS.values(), words[1:], strict=False) if grade]
        source = citation(standing.latest, standing.authority.name)
        return Pin(kind="row", text=f"{words[0]}: {', '.join(given)}", citation=source, inspection=standing.latest.id)

    def action_sort(self) -> None:
        """Sort by the next order."""
        orders = list(_ORDERS)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self._fill()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow as it is typed; a cohort takes a little longer."""
        event.stop()
        if ":" in event.value or self._view.members is not None or self._view.fault:
            self.post_message(self.QueryChanged(self, _PAUSE))
        else:
            self._fill()

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """Show the authority's timeline."""
        event.stop()
        self.post_message(self.Selected(authority=event.table.row_key, then="Timeline"))

    def on_resize(self) -> None:
        """The names take the room that is left to them."""
        self.call_after_refresh(self._set_rows)

    @property
    def _typed(self) -> str:
        return self.query_one(Input).value.strip()

    def _fill(self, cursor_on: str | None = None) -> None:
        """Show those that fit what was typed, in order."""
        self._find()
        self._set_rows()
        slugs = [standing.authority.slug for standing in self._kept]
        self.query_one(Table).move_cursor(row=slugs.index(cursor_on) if cursor_on in slugs else 0)
        self.query_one("#standing", Static).update(self._told())

    def _set_rows(self) -> None:
        table = self.query_one(Table)
        rows = [self._lines[standing.authority.slug] for standing in self._kept]
        table.fill(self._columns(table.scrollable_content_region.width), rows)

    def _find(self) -> None:
        answer, typed = self._view, self._typed
        among = answer.rows
        if answer.members is not None:
            among = [each for each in among if each.authority.slug in {*answer.members, answer.beside}]
        named = matching_name(among, "" if ":" in typed else typed)
        self._kept, self._ordered = sorted(named, key=_ORDERS[self._order]), f"by {self._order}"
        if not named and answer.known is not None:
            self._kept, self._ordered = (
                similar_name(among, typed, answer.known),
                f"spelt like {typed}, the likest first",
            )

    def _columns(self, room: int) -> list[Column]:
        """The names as wide as they are, as far as there is room; the same widths whoever is in view."""
        lines = self._lines.values()
        name, region = (max((line.cells[at].cell_length for line in lines), default=0) for at in (0, -1))
        others = [
            *(Column(strand, Content(label), 3) for strand, label in _STRANDS.items()),
            Column("history", Content("History"), 2 * _HISTORY - 1),
            Column("last", Content("Graded"), 7),
            Column("age", Content("Ago"), 6),
            Column("region", Content("Region"), region),
        ]
        left = room - sum(_GAP + (column.width or 0) for column in others) - _GAP
        return [Column("name", Content("Authority"), min(name, max(_NAME_WIDTH, left))), *others]

    def _told(self) -> str:
        answer, everyone = self._view, len(self._view.rows)
        own = next((each for each in self._kept if each.authority.slug == answer.beside), None)
        count = len(self._kept) - (own is not None)
        some = f"{count} of {everyone}" if count < everyone else str(count)
        among = f" ({answer.words})" if answer.words else ""
        beside = f" beside {own.authority.name}" if own else ""
        fault = f". {answer.fault}" if answer.fault else ""
        return f"{some} authorities{among}{beside} {self._ordered}; latest grades{fault}"

    def _cells(self, standing: LatestGrades) -> list[Content]:
        latest = standing.latest
        grades = [_grade(latest, strand) for strand in _STRANDS]
        age = standing.age(self._today)
        own = standing.authority.slug == self._view.chosen
        return [
            Content.styled(f"{_OWN} {name_with_end(standing)}", STRONG) if own else Content(name_with_end(standing)),
            *grades,
            Content(" ").join(_history(standing)),
            Content(latest.when[:7] if latest else "never"),
            Content("" if age is None else f"{age // 12}y {age % 12}m"),
            quiet(standing.authority.region),
        ]


def _grade(latest: Inspection | None, strand: str) -> Content:
    judgement = latest.judgement(strand) if latest else None
    if latest is None or judgement is None:
        return quiet("–")
    return grade_letter(latest.framework, judgement.grade) if judgement.grade else quiet("∅")


def _history(standing: LatestGrades) -> Sequence[Content]:
    """The overall grade's letter at each of the last graded inspections, the oldest first; – where none was judged."""
    letters = []
    for inspection in standing.graded[-_HISTORY:]:
        framework, overall = frameworks().get(inspection.framework), inspection.judgement("overall")
        step = framework.grade(overall.grade) if framework and overall else None
        letters.append(Content.styled(step.letter, STRONG) if step else quiet("–"))
    return letters
