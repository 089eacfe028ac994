"""The Recommendations pane: what each later report and letter says about every recommendation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

import msgspec
from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content

from reinspect.answers import Answer, Library
from reinspect.comparing.followthrough.shown_passages import ShownPassage
from reinspect.comparing.followthrough.statuses import DEFINITIONS, STATUSES
from reinspect.comparing.followthrough.steps import Step
from reinspect.comparing.followthrough.threads import Thread
from reinspect.comparing.followthrough.verdicts import confirm_step, correct_step, reject_step, step_id
from reinspect.comparing.followthrough.words import certainty, in_words, passages_heading
from reinspect.exporting.citation import citation, cite_asked, occasion, when
from reinspect.exporting.sheets.labels import counted
from reinspect.exporting.tables.shared_columns import authority_name
from reinspect.frameworks import band_of
from reinspect.model import Authority, Inspection, Pin
from tui.app.dialogs.choice import ChoiceDialog
from tui.app.digest_marks import printed_at
from tui.app.pane import Pane
from tui.app.panes.inspection_lines import short_kind
from tui.app.widgets.grades import QUIET, STRONG, quiet
from tui.app.widgets.items_line import ItemsLine
from tui.app.widgets.line_list import LineList, ListLine
from tui.app.widgets.panel import set_frame
from tui.app.widgets.table import Table, TableColumn, TableLine
from tui.selection import Selection

if TYPE_CHECKING:
    from reinspect.answers.follow_through import FollowThroughAnswer
    from store import Store

# Sign, word and style of each status. None of these signs is used for a grade.
_STATUSES: dict[str, tuple[str, str, str]] = {
    "raised again": ("↻", "raised again", "bold $grade-improve"),
    "reported better": ("✓", "reported better", "bold $grade-outstanding"),
    "mentioned": ("·", "mentioned", ""),
    "undecided": ("?", "undecided", QUIET),
    "not mentioned": ("–", "not mentioned", QUIET),
}
# The statuses that each filter keeps, when last inspected; None keeps all.
_FILTERS: dict[str, tuple[str, ...] | None] = {
    "all": None,
    "raised again": ("raised again",),
    "better": ("reported better",),
    "not mentioned": ("not mentioned",),
    "undecided": ("mentioned", "undecided"),
}
_FILTER_WORDS = {
    "raised again": "raised again",
    "better": "reported better",
    "not mentioned": "without a mention",
    "undecided": "undecided",
}
_ORDERS = ("by inspection", "by latest status", "by years open")
_RANKS = list(_STATUSES)
# The width of the column of a later text with and without its kind, the gap, and the width of the years.
_CELL, _NARROW_CELL, _GAP, _TIME = 5, 3, 1, 5
_LEAST_NAME = 20
# The kinds of the later texts are shown only if the recommendations keep this width.
_GOOD_NAME = 36
_MARKED = "bold underline"
_MARKS = {"critical": "$grade-inadequate", "mixed": "$grade-improve", "good": "$grade-outstanding", "listed": STRONG}


class FollowThroughView(msgspec.Struct, frozen=True, kw_only=True):
    """Every improvement of an authority, those with a later text that may mention them, and these later texts.

    `has_addresses` is True if the address of a report of this authority is known.
    """

    answer: FollowThroughAnswer
    threads: tuple[Thread, ...]
    later: tuple[Inspection, ...]
    has_addresses: bool = False

    @property
    def authority(self) -> Authority:
        """The authority."""
        return self.answer.authority

    @property
    def number(self) -> int:
        """The number of all improvements."""
        return len(self.answer.threads)


class RecommendationsPane(Pane[FollowThroughView]):
    """A table with recommendations down, by inspection, and later texts across; beside it the whole text of a row."""

    TITLE = "Recommendations"
    HELP: ClassVar[str] = f"""
## Recommendations
Everything that inspectors asked for, inspection by inspection, and what each later report or letter says about it: one
sign a text. The text of the recommendation under the cursor and the passages about it are shown in full; those of the
column under the cursor come first. Enter opens the best passage, with its words highlighted. To open the page that asks
for it, press Tab and then Enter: the first line beside the table is the recommendation itself.

For each later text you see the three passages most likely to be on the matter, each marked good, critical, mixed,
neutral or listed. A status is said only where it is likely enough to be right. Otherwise it shows ? undecided: read
the passages.

- ↻ raised again: {DEFINITIONS["raised again"]}.
- ✓ reported better: {DEFINITIONS["reported better"]}.
- – not mentioned: {DEFINITIONS["not mentioned"]}.
- · mentioned: {DEFINITIONS["mentioned"]}. Only a person says this; the program leaves it undecided.

Priority actions come first and are marked with "!".

The status is about the quality asked for, not the topic. If a recommendation has several parts, the worst one that the
text mentions decides. v records your verdict, which replaces the result of the program. w chooses which texts are
looked at: also reports of other inspectorates, such as those on SEND.

F shows only those that were raised again, better, not mentioned or undecided when last inspected: in the latest graded
inspection after the recommendation or, if there was none, in the latest visit. o sorts by inspection, by latest status
or by years open. The last column counts the years from the recommendation until the latest text that clearly speaks of
it: ↻ it raises it again, ✓ it reports it better.
"""
    BINDING_GROUP_TITLE = "Recommendations"
    LEFT_OUT_OF_FOOTER = frozenset({"cohort"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "judge", "Verdict", tooltip="confirm, correct or reject the result", id="following.judge"),
        Binding(
            "w",
            "across",
            "Texts",
            tooltip="choose which texts are looked at: also reports on SEND and others",
            id="following.across",
        ),
        Binding("F", "narrow", "Filter", tooltip="show all, raised again, better, ...", id="following.filter"),
        Binding("o", "sort", "Order", tooltip="sort by inspection, status or years open", id="following.sort"),
    ]

    def compose(self) -> ComposeResult:
        """Compose the table, the lines beside it, and what the signs in the table mean."""
        with Container(classes="side-by-side"):
            yield Table("cell", gap=_GAP, columns_after=1, id="threads")
            lines = LineList(id="passages")
            lines.add_class("-beside")
            yield lines
        yield ItemsLine(classes="legend")

    def on_mount(self) -> None:
        """Show that the question is being answered."""
        self._across = False
        self._view: FollowThroughView | None = None
        self._filter, self._order = "all", _ORDERS[0]
        self._rows: list[Thread | Inspection] = []
        self._threads: list[Thread] = []
        set_frame(self.query_one(Table), "Recommendations")
        set_frame(self.query_one(LineList), "")
        self.query_one(LineList).fill([ListLine(quiet("Following each recommendation through every later text ..."))])

    def ask(self, library: Library, selection: Selection) -> FollowThroughView:
        """Get what later texts say about every improvement."""
        assert selection.authority is not None
        answer = library.follow(selection.authority, across=self._across)
        threads = tuple(thread for thread in answer.threads if thread.steps)
        later = {step.inspection.id: step.inspection for thread in threads for step in thread.steps}
        return FollowThroughView(
            answer=answer,
            threads=threads,
            later=tuple(sorted(later.values(), key=lambda inspection: inspection.when)),
            has_addresses=any(one.report_url for one in library.holdings.inspections(selection.authority)),
        )

    def show(self, view: FollowThroughView) -> None:
        """Show the recommendations; the cursor stays in its cell if the authority is the same."""
        is_same = self._view is not None and self._view.authority == view.authority
        self._view = view
        table = self.query_one(Table)
        table.display = self.query_one(ItemsLine).display = bool(view.threads)
        self.query_one(LineList).set_class(bool(view.threads), "-beside")
        if not view.threads:
            self._rows = []
            table.fill([], [])
            if self.screen.focused is None:
                self.take_focus()
            set_frame(self.query_one(LineList), view.authority.name)
            self.query_one(LineList).fill(list(_empty_lines(view)))
            return
        self.query_one(ItemsLine).set_items(_legend(view.threads))
        self._arrange()
        if not is_same:
            first = next((place for place, row in enumerate(self._rows) if isinstance(row, Thread)), 0)
            table.move_cursor(row=first, column=len(view.later))
        self._show_passages()

    def _arrange(self) -> None:
        """Filter and sort the recommendations, and show them; each inspection has a heading of its own."""
        assert self._view is not None
        statuses = _FILTERS[self._filter]
        threads = [
            thread
            for thread in self._view.threads
            if statuses is None or ((now := _latest_step(thread)) is not None and now.status in statuses)
        ]
        if self._order == _ORDERS[0]:
            self._rows = []
            for _, group in groupby(threads, key=lambda thread: thread.inspection.id):
                own = list(group)
                self._rows += [own[0].inspection, *own]
        else:
            ranked = sorted(threads, key=_status_rank) if self._order == _ORDERS[1] else sorted(threads, key=_openness)
            self._rows = [*ranked]
        self._threads = threads
        self._fill()

    def take_focus(self) -> None:
        """Focus the table or, if there is none, the lines."""
        table = self.query_one(Table)
        self.screen.set_focus(table if table.display else self.query_one(LineList))

    def answer(self) -> Answer | None:
        """Return the improvements that are shown, in their order on the screen, with their later texts."""
        if self._view is None or not self._view.threads or (self._filter, self._order) == ("all", _ORDERS[0]):
            return self._view.answer if self._view else None
        shown = ""
        if self._filter != "all":
            number = f"{len(self._threads)} of {counted(len(self._view.threads), 'recommendation')}"
            shown = f"{number} with a later text, those {_FILTER_WORDS[self._filter]} when last inspected"
        threads = tuple(row for row in self._rows if isinstance(row, Thread))
        order = "" if self._order == _ORDERS[0] else self._order
        return replace(self._view.answer, threads=threads, shown=shown, order=order)

    def filter_name(self) -> str:
        """Return the statuses that are shown: "raised-again"."""
        return "" if self._filter == "all" else self._filter.replace(" ", "-")

    def row(self) -> Pin | None:
        """Return the improvement under the cursor and what the later text under the cursor says about it."""
        thread, step = self._thread, self._step
        if thread is None or self._view is None:
            return None
        name, asked = self._view.authority.name, thread.improvement
        text = f"Asked in {_occasion(thread.inspection)}: {asked.text}"
        source = cite_asked(thread.inspection, name, asked)
        if step is not None:
            best = step.passages[0].evidence if step.passages else None
            text = f"{text}; {occasion(step.inspection)} {when(step.inspection)}: {_in_words(step)}"
            source = f"{source}; {citation(step.inspection, name, best)}"
        return Pin(kind="row", text=text, citation=source, inspection=thread.inspection.id, evidence=asked.evidence)

    def source(self) -> str:
        """Return the name of the authority with "recommendations"."""
        return f"{self._view.authority.name}, recommendations" if self._view else self.TITLE

    def disabled_reason(self, action: str) -> str | None:
        """Return why there is no later text under the cursor to give a verdict on."""
        if self._view is None:
            return "The recommendations are still being followed."
        if action in ("narrow", "sort") and not self._view.threads:
            return "There is no recommendation to show."
        if action == "judge" and self._step is None:
            return "No later text is under the cursor: move to a cell with a status."
        return None

    def action_across(self) -> None:
        """Follow the recommendations into the reports of every band, such as SEND, or only into those of their own."""
        self._across = not self._across
        self.post_message(self.QueryChanged(self))

    def action_judge(self) -> None:
        """Ask for a verdict on the step under the cursor."""
        thread, step = self._thread, self._step
        if not self.check("judge") or thread is None or step is None:
            return

        def save(choice: str | None) -> None:
            if choice is not None:
                self.post_message(self.StoreEdit(lambda store: _save_verdict(store, thread, step, choice)))

        title = f"{occasion(step.inspection)} {when(step.inspection)}: {_in_words(step)}"
        self.app.push_screen(ChoiceDialog(title[:1].upper() + title[1:], _verdict_choices(step)), save)

    def action_narrow(self) -> None:
        """Show the recommendations of the next status only; after the last, all again."""
        if self.check("narrow") and self._view is not None:
            names = list(_FILTERS)
            self._filter = names[(names.index(self._filter) + 1) % len(names)]
            self._arrange_around(self._thread)

    def action_sort(self) -> None:
        """Sort in the next order."""
        if self.check("sort") and self._view is not None:
            self._order = _ORDERS[(_ORDERS.index(self._order) + 1) % len(_ORDERS)]
            self._arrange_around(self._thread)

    def _arrange_around(self, thread: Thread | None) -> None:
        """Filter and sort again; the cursor stays on a recommendation that is still shown, else the first has it."""
        self._arrange()
        places = [place for place, row in enumerate(self._rows) if isinstance(row, Thread)]
        own = (place for place in places if self._rows[place] == thread)
        self.query_one(Table).move_cursor(row=next(own, places[0] if places else 0))
        self._show_passages()

    def on_resize(self) -> None:
        """Fit the table into the new width."""
        if self._view and self._view.threads:
            self.call_after_refresh(self._fill)

    def on_table_cell_moved(self, event: Table.CellMoved) -> None:
        """Show the passages on the improvement under the cursor."""
        event.stop()
        self._show_passages()

    def on_table_cell_chosen(self, event: Table.CellChosen) -> None:
        """Open the best passage of the later text under the cursor, or the page that asks for the improvement."""
        event.stop()
        if self._thread is not None:
            step = self._step
            best = step.passages[0] if step and step.passages else None
            improvement = self._thread.improvement
            evidence, quote = (best.evidence, best.quote) if best else (improvement.evidence, improvement.text)
            self.post_message(self.OpenSource(evidence, quote=quote))

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Open the page of a line."""
        event.stop()
        self.open_source(event.line)

    @property
    def _thread(self) -> Thread | None:
        row = self.query_one(Table).row
        thread = self._rows[row] if row < len(self._rows) else None
        return thread if isinstance(thread, Thread) else None

    @property
    def _step(self) -> Step | None:
        """Return the step in the text under the cursor; None if that text is not later than the recommendation."""
        column = self.query_one(Table).column - 1
        if self._thread is None or self._view is None or column >= len(self._view.later):
            return None
        inspection_id = self._view.later[column].id
        return next((step for step in self._thread.steps if step.inspection.id == inspection_id), None)

    def _show_passages(self) -> None:
        """Show the whole text of the row and its passages; on a heading, the counts of the inspection."""
        lines, row = self.query_one(LineList), self.query_one(Table).row
        keys = "v verdict  ⏎ page  p pin"
        if self._thread is not None:
            set_frame(lines, _name(self._thread), keys)
            lines.fill(list(_lines(self._thread, self._step)))
        elif row < len(self._rows) and isinstance(inspection := self._rows[row], Inspection):
            set_frame(lines, _occasion(inspection), keys)
            lines.fill(list(_count_lines([each for each in self._threads if each.inspection.id == inspection.id])))
        elif self._view is not None and self._view.threads:
            set_frame(lines, "Nothing to show", "F filter")
            lines.fill(
                [
                    ListLine(
                        quiet(
                            f"No recommendation was {_FILTER_WORDS[self._filter]} when last inspected. F shows others."
                        )
                    )
                ]
            )

    def _fill(self) -> None:
        """Draw the table into the present width: one sign for each later text, and the words as wide as possible."""
        if self._view is None or not self._view.threads:
            return
        table, later = self.query_one(Table), self._view.later
        room = (table.scrollable_content_region.width or self.size.width) - 1 - _TIME - 2 * _GAP
        cell = _CELL if room - len(later) * (_CELL + _GAP) >= _GOOD_NAME else _NARROW_CELL
        name = max(_LEAST_NAME, room - len(later) * (cell + _GAP))
        columns = [
            TableColumn("asked", Content("Asked to improve"), name),
            *_columns(later, cell),
            TableColumn("time", Content("years"), _TIME),
        ]
        lines = [
            TableLine(f"{row.inspection.id} {row.number}", list(_cells(row, later, self._numbers_by_year)))
            if isinstance(row, Thread)
            else TableLine(row.id, list(_heading_cells(row, self._threads, later)))
            for row in self._rows
        ]
        table.fill(columns, lines)
        title, *shorter = self._titles()
        set_frame(table, title, self._subtitle(), shorter=shorter)

    @property
    def _numbers_by_year(self) -> bool:
        """True if rows need their year, since they are not below the heading of their inspection."""
        return self._order != _ORDERS[0]

    def _titles(self) -> tuple[str, ...]:
        """Return "31 recommendations · 9 raised again, 5 better in 2025, 12 undecided", and the same in fewer words.

        It names no year for several.
        """
        assert self._view is not None
        steps = [step for thread in self._view.threads if (step := _latest_step(thread))]
        counts = Counter[str](step.status for step in steps)
        doubt = f", {counts['undecided']} undecided" if counts["undecided"] else ""
        clear = f"{counts['raised again']} raised again, {counts['reported better']} better"
        number = counted(len(self._view.threads), "recommendation")
        signs = " ".join(
            f"{_STATUSES[status][0]} {counts[status]}"
            for status in ("raised again", "reported better", "undecided")
            if counts[status]
        )
        return (
            f"{number} · {clear} {_when_last_inspected(steps)}{doubt}",
            f"{number} · {clear}{doubt}",
            f"{number} · {signs}",
            f"{len(self._view.threads)} · {signs}",
        )

    def _subtitle(self) -> Content:
        """Return the keys with their states; in a narrow table, only the filter that is on."""
        names = " ".join(f"[{name}]" if name == self._filter else name for name in _FILTERS)
        state = f"o {self._order}  w {'all kinds of text' if self._across else 'one kind of text'}"
        words = f"F {names}  {state}"
        fits = len(words) <= self.query_one(Table).size.width - 2
        return Content(words if fits else f"F [{self._filter}]  {state}")


def _latest_step(thread: Thread) -> Step | None:
    """Return the step of the latest graded inspection, which looks at everything; else of the latest visit.

    A report of another inspectorate counts only if there is none of the own one.
    """
    band = band_of(thread.inspection.framework)
    own = [step for step in thread.steps if band_of(step.inspection.framework) == band]
    steps = own or thread.steps
    graded = [step for step in steps if step.inspection.graded]
    return max(graded or steps, key=lambda step: step.inspection.when, default=None)


def _when_last_inspected(steps: Sequence[Step]) -> str:
    """Return "in 2025" if these steps are all of one inspection, else "when last inspected"."""
    inspections = {step.inspection.id: step.inspection for step in steps}
    [one, *others] = inspections.values()
    return "when last inspected" if others or not one.year else f"in {one.year}"


def _status_rank(thread: Thread) -> tuple[int, float]:
    step = _latest_step(thread)
    return (_RANKS.index(step.status), -step.confidence) if step and step.status in _RANKS else (len(_RANKS), 0.0)


def _openness(thread: Thread) -> tuple[bool, float]:
    status, years = _years_open(thread)
    return status != "still", -years


def _years_open(thread: Thread) -> tuple[str, float]:
    """Return "still" or "better", and the years until the latest text that clearly speaks of a recommendation.

    ("", 0) if no later text is clear.
    """
    clear = [step for step in thread.steps if step.status in ("raised again", "reported better")]
    if not clear:
        return "", 0.0
    last = max(clear, key=lambda step: step.inspection.when)
    years = thread.inspection.years_until(last.inspection)
    return ("still" if last.status == "raised again" else "better"), years


def _name(thread: Thread) -> str:
    number = f"no. {thread.number}" if thread.role == "improvement" else thread.number
    return f"{_occasion(thread.inspection)}, {number}"


def _occasion(inspection: Inspection) -> str:
    """Return an inspection in few words that tell two of one year apart: "Jan 2018 focused visit"."""
    words = occasion(inspection).removesuffix(" inspection")
    return f"{_month(inspection)}{inspection.year or ''} {words}".strip()


def _month(inspection: Inspection) -> str:
    end = inspection.end
    return f"{end:%b} " if end else ""


def _columns(later: Sequence[Inspection], width: int) -> Iterator[TableColumn]:
    """Return a column for each later text: its year and, where a year has two, its month."""
    years = Counter(inspection.year for inspection in later)
    for inspection in later:
        year = f"'{(inspection.year or 0) % 100:02}" if inspection.year else "?"
        is_double = years[inspection.year] > 1
        below = _month(inspection).strip() if is_double else short_kind(inspection) if width >= _CELL else ""
        yield TableColumn(inspection.id, Content.assemble((year, STRONG), "\n", below), width)


def _heading_cells(inspection: Inspection, threads: Sequence[Thread], later: Sequence[Inspection]) -> Iterator[Content]:
    """Return the row above the recommendations of an inspection, with the number raised again in each later text."""
    own = [thread for thread in threads if thread.inspection.id == inspection.id]
    yield Content.assemble((f"▾ {_occasion(inspection)}", "bold $primary"), (f" ({len(own)})", STRONG))
    for other in later:
        steps = [step for thread in own for step in thread.steps if step.inspection.id == other.id]
        again = sum(step.status == "raised again" for step in steps)
        yield quiet(f"{again}↻" if again else "")
    yield Content("")


def _count_lines(threads: Sequence[Thread]) -> Iterator[ListLine]:
    """Return how many recommendations of an inspection had each status when last inspected."""
    yield ListLine(Content.styled(counted(len(threads), "recommendation"), STRONG))
    steps = [step for thread in threads if (step := _latest_step(thread))]
    counts = Counter[str](step.status for step in steps)
    for status, (sign, word, style) in _STATUSES.items():
        if counts[status]:
            words = f"{counts[status]} {word} {_when_last_inspected(steps)}"
            yield ListLine(Content.assemble((f"  {sign} ", style), words))


def _verdict_choices(step: Step) -> dict[str, Content]:
    """Return the verdicts a person can give on a step, in words."""
    is_decided = step.status != "undecided"
    others = [status for status in STATUSES if status not in (step.status, "not mentioned")]
    change = "Change to" if is_decided else "I read it as"
    return {
        **({"confirm": Content(f"The program is right: {step.status}")} if is_decided else {}),
        **{status: Content(f"{change}: {status}") for status in others},
        "reject": Content("These passages are about something else" if is_decided else f"{change}: not mentioned"),
        **({"withdraw": Content("Remove my verdict")} if step.review else {}),
    }


def _save_verdict(store: Store, thread: Thread, step: Step, choice: str) -> str:
    """Store or remove a verdict and return a message about it."""
    if choice == "withdraw":
        store.verdict_table.withdraw(step_id(thread, step.inspection))
        return "Your verdict is removed. u restores it."
    if choice == "confirm":
        verdict = confirm_step(thread, step)
    elif choice == "reject":
        verdict = reject_step(thread, step)
    else:
        verdict = correct_step(thread, step, next(status for status in STATUSES if status == choice))
    store.verdict_table.save(verdict)
    return f"Your verdict is saved: {verdict.status}. u undoes it."


def _cells(thread: Thread, later: Sequence[Inspection], with_year: bool) -> Iterator[Content]:
    improvement = thread.improvement
    urgent = "!" if thread.role == "priority action" else ""
    number = f"{urgent}{improvement.number or improvement.index}".rjust(2) + ". "
    year = (f"{thread.inspection.year} ", QUIET) if with_year else ("", "")
    text = " ".join(improvement.text.split())
    yield Content.assemble(" " if not with_year else "", year, (number, QUIET), text[:1].upper() + text[1:])
    steps = {step.inspection.id: step for step in thread.steps}
    for inspection in later:
        step = steps.get(inspection.id)
        yield _sign(step) if step else Content("")
    status, years = _years_open(thread)
    rounded = f"{years:>2.0f}" if years >= 1 else "<1"
    sign, _, style = _STATUSES["raised again" if status == "still" else "reported better"]
    yield Content.assemble(rounded, (f" {sign}", style)) if status else Content("")


def _sign(step: Step) -> Content:
    """Return the sign of a status, with "!" if a person has decided."""
    sign, _, style = _STATUSES[step.status]
    return Content.styled(f"{sign}!" if step.review else sign, style)


def _legend(threads: Sequence[Thread]) -> Iterator[Content]:
    """Yield what each sign means that is in the table."""
    steps = [step for thread in threads for step in thread.steps]
    drawn = {step.status for step in steps}
    for status, (sign, words, style) in _STATUSES.items():
        if status in drawn:
            yield Content.assemble((sign, style), (f" {words}", QUIET))
    if any(step.review for step in steps):
        yield quiet("! your verdict")


def _in_words(step: Step) -> str:
    """Return a status and how sure it is, or that a person has decided."""
    return "; ".join(filter(None, [in_words(step), certainty(step)]))


def _lines(thread: Thread, step: Step | None) -> Iterator[ListLine]:
    improvement, asked = thread.improvement, thread.inspection
    where, kind = printed_at(improvement.evidence, asked), occasion(asked)
    yield ListLine(
        Content.assemble(
            (f"{kind[:1].upper()}{kind[1:]} {asked.year} asked: ", STRONG), improvement.text, (where, QUIET)
        ),
        improvement.evidence,
        quote=improvement.text,
        citation=cite_asked(asked, authority_name(asked), improvement),
    )
    for other in sorted(thread.steps, key=lambda other: other is not step):
        yield from _step_lines(other)


def _step_lines(step: Step) -> Iterator[ListLine]:
    sign, _, style = _STATUSES[step.status]
    heading = f"{occasion(step.inspection)} {when(step.inspection)}: "
    yield ListLine(
        Content.assemble((heading[:1].upper() + heading[1:], STRONG), (f"{sign} {_in_words(step)}", style)),
        heading=True,
    )
    if above := passages_heading(step):
        yield ListLine(quiet(f"  {above}"), heading=True)
    yield from (_passage_line(passage, step.inspection) for passage in step.passages)


def _passage_line(passage: ShownPassage, inspection: Inspection) -> ListLine:
    words = Content(passage.quote)
    for start, end in passage.highlights:
        words = words.stylize(_MARKED, start, end)
    evidence = passage.evidence
    where = printed_at(evidence, inspection)
    return ListLine(
        Content.assemble(
            (f"  {passage.mark}: ", f"bold {_MARKS.get(passage.mark, '')}".strip()), words, (where, QUIET)
        ),
        evidence,
        quote=passage.quote,
    )


def _empty_lines(view: FollowThroughView) -> Iterator[ListLine]:
    name = view.authority.name
    if view.number:
        text = f"{counted(view.number, 'recommendation')} to {name}, but no later report or letter has been added."
    else:
        text = f"No {name} reports added yet that ask for anything, so there is nothing to follow."
    yield ListLine(Content.styled(text, STRONG))
    yield ListLine(quiet("A adds its reports and letters from files. a chooses another authority."))
    if view.has_addresses:
        yield ListLine(quiet("D downloads the reports whose address is known."))
