"""Follow-through: what became of everything that was to be improved, in each later report and letter."""

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

# Sign, the word where there is little room, and style: none of these signs is that of a grade.
_STATUSES: dict[str, tuple[str, str, str]] = {
    "raised again": ("↻", "again", "$text-warning bold"),
    "reported better": ("✓", "better", "$text-success"),
    "mentioned": ("·", "ment.", ""),
    "not mentioned": ("–", "–", QUIET),
}
# In words and in short: the least room for what was asked, and what a later text takes.
_WIDTHS = {True: (34, 19), False: (26, 9)}
_GAP = 2
_MARKED = "bold underline"


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """Every improvement of an authority, those that a later text may mention, and these later texts.

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
    def asked(self) -> int:
        """The number of all improvements."""
        return len(self.answer.threads)


class FollowingPane(Pane[Followed]):
    """Improvements down, later texts across; below, the places that speak of the improvement under the cursor."""

    TITLE = "Follow-through"
    HELP: ClassVar[str] = """
## Follow-through
Improvements down, later reports and letters across. Below the table are the places that speak of the one under the
cursor, those of that text first; Enter opens the best of them, or the one under the cursor.

↻ raised again: listed again, or criticised. ✓ reported better: praised, with no criticism left beside it.
· mentioned in a neutral or mixed way. – not mentioned, which does not mean that it was put right.
A ? after it: found by words that may speak of something else. Read the place before you say so; v keeps your verdict,
which then holds over what was found.
"""
    BINDING_GROUP_TITLE = "Follow-through"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "judge", "Verdict", tooltip="confirm, correct or reject what was found", id="following.judge"),
    ]

    def compose(self) -> ComposeResult:
        """The table over its lines."""
        yield Table("cell", id="threads")
        yield LineList(id="places")

    def on_mount(self) -> None:
        """Nothing is known yet."""
        self._followed: Followed | None = None
        self.query_one(LineList).fill([ListLine(quiet("Following each improvement through every later text ..."))])

    def ask(self, library: Library, selection: Selection) -> Followed:
        """What became of every improvement."""
        assert selection.authority is not None
        answer = library.follow(selection.authority)
        followed = tuple(thread for thread in answer.threads if thread.steps)
        later = {step.inspection.id: step.inspection for thread in followed for step in thread.steps}
        return Followed(
            answer=answer,
            threads=followed,
            later=tuple(sorted(later.values(), key=lambda each: each.when)),
            has_addresses=any(each.report_url for each in library.holdings.inspections(selection.authority)),
        )

    def show(self, view: Followed) -> None:
        """Show it, the cursor where it was."""
        same = self._followed is not None and self._followed.authority == view.authority
        self._followed = view
        table = self.query_one(Table)
        if not view.threads:
            table.fill([], [])
            self.query_one(LineList).fill(list(_nothing(view)))
            return
        self._fill()
        if not same:
            table.move_cursor(row=0, column=1)
        self._tell()

    def take_focus(self) -> None:
        """The table."""
        self.screen.set_focus(self.query_one(Table))

    def answer(self) -> Answer | None:
        """Every improvement."""
        return self._followed.answer if self._followed else None

    def row(self) -> Pin | None:
        """What became of the improvement under the cursor in the text under it."""
        thread, step = self._thread, self._step
        if thread is None or self._followed is None:
            return None
        name = self._followed.authority.name
        asked = f"Asked: {thread.improvement.text} ({event(thread.inspection, name)})"
        if step is None:
            return Pin(kind="row", text=asked, citation=event(thread.inspection, name), inspection=thread.inspection.id)
        told = f"{asked}; {occasion(step.inspection)} {when(step.inspection)}: {_in_words(step)}"
        best = step.mentions[0].evidence if step.mentions else None
        source = "" if best else event(step.inspection, name)
        return Pin(kind="row", text=told, citation=source, inspection=step.inspection.id, evidence=best)

    def source(self) -> str:
        """The authority's follow-through."""
        return f"{self._followed.authority.name}, follow-through" if self._followed else self.TITLE

    def disabled_reason(self, action: str) -> str | None:
        """A verdict is on an improvement and a later text."""
        if self._followed is None:
            return "The improvements are still being followed."
        if action == "judge" and self._step is None:
            return "There is no later text under the cursor to judge: move to a cell with a status."
        return None

    def action_judge(self) -> None:
        """Ask for a verdict on the step under the cursor."""
        thread, step = self._thread, self._step
        if not self.check("judge") or thread is None or step is None:
            return

        def keep(answer: str | None) -> None:
            if answer is not None:
                self.post_message(self.StoreEdit(lambda store: _judged(store, thread, step, answer)))

        title = f"{occasion(step.inspection)} {when(step.inspection)}: {_in_words(step)}"
        self.app.push_screen(ChoiceDialog(title[:1].upper() + title[1:], _verdicts(step)), keep)

    def on_resize(self) -> None:
        """Words where they fit."""
        if self._followed and self._followed.threads:
            self._fill()

    def on_table_moved(self, event: Table.Moved) -> None:
        """Another improvement or text is under the cursor."""
        event.stop()
        self._tell()

    def on_table_chosen(self, event: Table.Chosen) -> None:
        """Open the best place of that text, or where the improvement was asked."""
        event.stop()
        if self._thread is not None:
            step = self._step
            best = step.mentions[0].evidence if step and step.mentions else self._thread.improvement.evidence
            self.post_message(self.OpenSource(best))

    def on_line_list_chosen(self, event: LineList.Chosen) -> None:
        """Open the place of a line."""
        event.stop()
        self.post_message(self.OpenSource(event.line.evidence))

    @property
    def _thread(self) -> Thread | None:
        row = self.query_one(Table).row
        threads = self._followed.threads if self._followed else ()
        return threads[row] if row < len(threads) else None

    @property
    def _step(self) -> Step | None:
        """What became of it in the text under the cursor; None where that text is no later one."""
        column = self.query_one(Table).column - 1
        if self._thread is None or self._followed is None or column >= len(self._followed.later):
            return None
        wanted = self._followed.later[column].id
        return next((step for step in self._thread.steps if step.inspection.id == wanted), None)

    def _tell(self) -> None:
        if self._thread is not None:
            self.query_one(LineList).fill(list(_lines(self._thread, self._step)))

    def _fill(self) -> None:
        """In words where all later texts can so be in view; what room is left over goes to what was asked."""
        assert self._followed is not None
        table, later = self.query_one(Table), self._followed.later
        for in_words, (least, width) in _WIDTHS.items():
            rows = [
                TableLine(f"{thread.inspection.id} {thread.improvement.index}", list(_cells(thread, later, in_words)))
                for thread in self._followed.threads
            ]
            longest = max((row.cells[0].cell_length for row in rows), default=least)
            # A scroll bar may come that takes a cell.
            room = table.scrollable_content_region.width - 1 - len(later) * (width + _GAP) - _GAP
            name = max(least, min(longest, room))
            table.fill([Column("asked", Content("Asked to improve"), name), *_columns(later, width)], rows)
            if table.fits:
                break


def _columns(later: Sequence[Inspection], width: int) -> Iterator[Column]:
    for each in later:
        label = Content.assemble((str(each.year or ""), STRONG), "\n", short_kind(each))
        yield Column(each.id, label, width)


def _verdicts(step: Step) -> dict[str, Content]:
    """What may be said of a step."""
    others = [status for status in STATUSES if status not in (step.status, "not mentioned")]
    return {
        "confirm": Content(f"It is right: {step.status}"),
        **{status: Content(f"Not so: it was {status}") for status in others},
        "reject": Content("These places do not speak of it at all"),
        **({"withdraw": Content("Withdraw the verdict; what was found holds again")} if step.review else {}),
    }


def _judged(store: Store, thread: Thread, step: Step, answer: str) -> str:
    """Keep a verdict; what to tell of it."""
    if answer == "withdraw":
        store.verdict_table.withdraw(step_id(thread, step.inspection))
        return "Your verdict is withdrawn. u brings it back."
    if answer == "confirm":
        verdict = confirm_step(thread, step)
    elif answer == "reject":
        verdict = reject_step(thread, step)
    else:
        verdict = correct_step(thread, step, next(status for status in STATUSES if status == answer))
    store.verdict_table.save(verdict)
    return f"Kept as your verdict: {verdict.status}. u takes it back."


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
    """A status with how sure it is, and whose word it is."""
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
    for each in sorted(thread.steps, key=lambda one: one is not step):
        yield from _step_lines(each)


def _step_lines(step: Step) -> Iterator[ListLine]:
    sign, _, style = _STATUSES[step.status]
    heading = f"{occasion(step.inspection)} {when(step.inspection)}: "
    yield ListLine(
        Content.assemble((heading[:1].upper() + heading[1:], STRONG), (f"{sign} {_in_words(step)}", style)),
        heading=True,
    )
    if not step.mentions:
        yield ListLine(quiet("  Nothing found on it, which does not mean that it was put right."))
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


def _nothing(answer: Followed) -> Iterator[ListLine]:
    name = answer.authority.name
    if answer.asked:
        told = f"No later report or letter of {name} is held to follow {answer.asked} into."
        yield ListLine(Content.styled(told, STRONG))
    else:
        yield ListLine(Content.styled(f"No text of {name} is held that asks for an improvement.", STRONG))
    yield ListLine(quiet("Add its reports and letters: press A, or `reinspect add FILE`. a chooses another authority."))
    if answer.has_addresses:
        yield ListLine(
            quiet(f"`reinspect fetch {answer.authority.slug}` downloads the reports whose address is known.")
        )
