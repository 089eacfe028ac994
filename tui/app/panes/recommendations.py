"""The Follow-through pane: what each later report and letter says about every improvement asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from reinspect.answers import Answer, Library
from reinspect.comparing.followthrough.mentions import Mention
from reinspect.comparing.followthrough.threads import STATUSES, Step, Thread
from reinspect.comparing.followthrough.verdicts import confirm_step, correct_step, reject_step, step_id
from reinspect.exporting.citation import event, occasion, place, when
from reinspect.model import Authority, Inspection, Pin
from tui.app.dialogs.choice import ChoiceDialog
from tui.app.pane import Pane
from tui.app.panes.inspection_lines import short_kind
from tui.app.widgets.grades import QUIET, STRONG, quiet
from tui.app.widgets.line_list import LineList, ListLine
from tui.app.widgets.table import Column, Table, TableLine
from tui.selection import Selection

if TYPE_CHECKING:
    from reinspect.answers.follow_through import FollowThroughAnswer
    from store import Store

# Sign, short word for narrow columns, and style. None of these signs is used for a grade.
_STATUSES: dict[str, tuple[str, str, str]] = {
    "raised again": ("↻", "again", "$text-warning bold"),
    "reported better": ("✓", "better", "$text-success"),
    "mentioned": ("·", "ment.", ""),
    "not mentioned": ("–", "–", QUIET),
}
# In words and in short: the least width of the first column, and the width of a later text.
_WIDTHS = {True: (34, 19), False: (26, 9)}
_GAP = 2
_MARKED = "bold underline"


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


class FollowThroughPane(Pane[FollowThroughView]):
    """A table with improvements down and later texts across; below it the passages on the one under the cursor."""

    TITLE = "Follow-through"
    HELP: ClassVar[str] = """
## Follow-through
Improvements down, later reports and letters across. Below the table are the passages on the improvement under the
cursor, those of the text under the cursor first. Enter on a cell opens the best passage, Enter on a passage opens it.

↻ raised again: listed again, or criticised. ✓ reported better: praised, without criticism.
· mentioned in a neutral or mixed way. – not mentioned, which does not mean that it was put right.
A ? marks a possible match: its words may be about something else, so read the passage first. v records your verdict,
which replaces the result of the program.
"""
    BINDING_GROUP_TITLE = "Follow-through"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "judge", "Verdict", tooltip="confirm, correct or reject the result", id="following.judge"),
    ]

    def compose(self) -> ComposeResult:
        """Compose the table and the lines below it."""
        yield Table("cell", id="threads")
        yield LineList(id="passages")

    def on_mount(self) -> None:
        """Show that the question is being answered."""
        self._view: FollowThroughView | None = None
        self.query_one(LineList).fill([ListLine(quiet("Following each improvement through every later text ..."))])

    def ask(self, library: Library, selection: Selection) -> FollowThroughView:
        """Get what later texts say about every improvement."""
        assert selection.authority is not None
        answer = library.follow(selection.authority)
        threads = tuple(thread for thread in answer.threads if thread.steps)
        later = {step.inspection.id: step.inspection for thread in threads for step in thread.steps}
        return FollowThroughView(
            answer=answer,
            threads=threads,
            later=tuple(sorted(later.values(), key=lambda inspection: inspection.when)),
            has_addresses=any(one.report_url for one in library.holdings.inspections(selection.authority)),
        )

    def show(self, view: FollowThroughView) -> None:
        """Show the improvements; the cursor stays in its cell if the authority is the same."""
        is_same = self._view is not None and self._view.authority == view.authority
        self._view = view
        table = self.query_one(Table)
        if not view.threads:
            table.fill([], [])
            self.query_one(LineList).fill(list(_empty_lines(view)))
            return
        self._fill()
        if not is_same:
            table.move_cursor(row=0, column=1)
        self._show_passages()

    def take_focus(self) -> None:
        """Focus the table."""
        self.screen.set_focus(self.query_one(Table))

    def answer(self) -> Answer | None:
        """Return every improvement with its later texts."""
        return self._view.answer if self._view else None

    def row(self) -> Pin | None:
        """Return the improvement under the cursor and what the later text under the cursor says about it."""
        thread, step = self._thread, self._step
        if thread is None or self._view is None:
            return None
        name = self._view.authority.name
        asked = f"Asked: {thread.improvement.text} ({event(thread.inspection, name)})"
        if step is None:
            return Pin(kind="row", text=asked, citation=event(thread.inspection, name), inspection=thread.inspection.id)
        text = f"{asked}; {occasion(step.inspection)} {when(step.inspection)}: {_in_words(step)}"
        best = step.mentions[0].evidence if step.mentions else None
        source = "" if best else event(step.inspection, name)
        return Pin(kind="row", text=text, citation=source, inspection=step.inspection.id, evidence=best)

    def source(self) -> str:
        """Return the name of the authority with "follow-through"."""
        return f"{self._view.authority.name}, follow-through" if self._view else self.TITLE

    def disabled_reason(self, action: str) -> str | None:
        """Return why there is no later text under the cursor to give a verdict on."""
        if self._view is None:
            return "The improvements are still being followed."
        if action == "judge" and self._step is None:
            return "No later text is under the cursor: move to a cell with a status."
        return None

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

    def on_resize(self) -> None:
        """Show statuses in words if they fit, else in short."""
        if self._view and self._view.threads:
            self._fill()

    def on_table_cell_moved(self, event: Table.CellMoved) -> None:
        """Show the passages on the improvement under the cursor."""
        event.stop()
        self._show_passages()

    def on_table_cell_chosen(self, event: Table.CellChosen) -> None:
        """Open the best passage of the later text under the cursor, or the page that asks for the improvement."""
        event.stop()
        if self._thread is not None:
            step = self._step
            best = step.mentions[0].evidence if step and step.mentions else self._thread.improvement.evidence
            self.post_message(self.OpenSource(best))

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Open the page of a line."""
        event.stop()
        self.post_message(self.OpenSource(event.line.evidence))

    @property
    def _thread(self) -> Thread | None:
        row = self.query_one(Table).row
        threads = self._view.threads if self._view else ()
        return threads[row] if row < len(threads) else None

    @property
    def _step(self) -> Step | None:
        """Return the step in the text under the cursor; None if that text is not later than the improvement."""
        column = self.query_one(Table).column - 1
        if self._thread is None or self._view is None or column >= len(self._view.later):
            return None
        inspection_id = self._view.later[column].id
        return next((step for step in self._thread.steps if step.inspection.id == inspection_id), None)

    def _show_passages(self) -> None:
        if self._thread is not None:
            self.query_one(LineList).fill(list(_lines(self._thread, self._step)))

    def _fill(self) -> None:
        """Show statuses in words if all later texts then fit; the first column gets the room that is left."""
        assert self._view is not None
        table, later = self.query_one(Table), self._view.later
        for in_words, (least, width) in _WIDTHS.items():
            rows = [
                TableLine(f"{thread.inspection.id} {thread.improvement.index}", list(_cells(thread, later, in_words)))
                for thread in self._view.threads
            ]
            longest = max((row.cells[0].cell_length for row in rows), default=least)
            # One cell is left for a scroll bar.
            room = table.scrollable_content_region.width - 1 - len(later) * (width + _GAP) - _GAP
            name = max(least, min(longest, room))
            table.fill([Column("asked", Content("Asked to improve"), name), *_columns(later, width)], rows)
            if table.fits:
                break


def _columns(later: Sequence[Inspection], width: int) -> Iterator[Column]:
    for inspection in later:
        label = Content.assemble((str(inspection.year or ""), STRONG), "\n", short_kind(inspection))
        yield Column(inspection.id, label, width)


def _verdict_choices(step: Step) -> dict[str, Content]:
    """Return the verdicts a person can give on a step, in words."""
    others = [status for status in STATUSES if status not in (step.status, "not mentioned")]
    return {
        "confirm": Content(f"Correct: {step.status}"),
        **{status: Content(f"Wrong: it was {status}") for status in others},
        "reject": Content("Wrong: these passages are about something else"),
        **({"withdraw": Content("Remove the verdict and use the program's result again")} if step.review else {}),
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


def _cells(thread: Thread, later: tuple[Inspection, ...], in_words: bool) -> Iterator[Content]:
    improvement = thread.improvement
    yield Content(f"{thread.inspection.year} {improvement.number or improvement.index}. {improvement.text}")
    steps = {step.inspection.id: step for step in thread.steps}
    for inspection in later:
        step = steps.get(inspection.id)
        yield _status(step, in_words) if step else Content("")


def _status(step: Step, in_words: bool) -> Content:
    sign, short, style = _STATUSES[step.status]
    word = step.status if in_words else short
    doubt = " ?" if step.band == "possibly" else ""
    return Content.styled(f"{sign} {word}{doubt}" if word != sign else sign, style)


def _in_words(step: Step) -> str:
    """Return a status with its confidence, or with "confirmed by a person" if there is a verdict."""
    if step.review:
        return f"{step.status}, {step.review} by a person"
    return ", ".join(filter(None, [step.status, step.band, f"confidence {step.confidence:.2f}"]))


def _lines(thread: Thread, step: Step | None) -> Iterator[ListLine]:
    improvement, asked = thread.improvement, thread.inspection
    where = f"  {place(improvement.evidence.page, improvement.evidence.paragraph)}" if improvement.evidence else ""
    yield ListLine(
        Content.assemble((f"{occasion(asked)} {asked.year} asked: ", STRONG), improvement.text, (where, QUIET)),
        improvement.evidence,
        quote=improvement.text,
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
    if not step.mentions:
        yield ListLine(quiet("  Not mentioned, which does not mean that it was put right."))
    yield from map(_mention_line, step.mentions)


def _mention_line(mention: Mention) -> ListLine:
    words = Content(mention.quote)
    for start, end in mention.highlights:
        words = words.stylize(_MARKED, start, end)
    tone = "listed" if mention.is_listed else mention.evaluation.tone
    evidence = mention.evidence
    where = place(evidence.page, evidence.paragraph)
    return ListLine(
        Content.assemble((f"  {tone}: ", STRONG), words, (f"  {where}", QUIET)), evidence, quote=mention.quote
    )


def _empty_lines(view: FollowThroughView) -> Iterator[ListLine]:
    name = view.authority.name
    if view.number:
        improvements = f"{view.number} improvement{'' if view.number == 1 else 's'}"
        text = f"{improvements} asked of {name}, but no later report or letter is stored."
    else:
        text = f"No stored text of {name} asks for an improvement."
    yield ListLine(Content.styled(text, STRONG))
    yield ListLine(quiet("Add its reports and letters: press A, or `reinspect add FILE`. a chooses another authority."))
    if view.has_addresses:
        yield ListLine(quiet(f"`reinspect fetch {view.authority.slug}` downloads the reports whose address is known."))
