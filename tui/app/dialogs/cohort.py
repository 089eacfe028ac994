"""The dialog for choosing a group of authorities to compare with: a menu in plain words, and a line to type in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from reinspect.answers import Library
from reinspect.authorities import authorities
from reinspect.comparing.cohorts.cohort import CohortError
from reinspect.exporting.sheets.labels import counted
from reinspect.frameworks import frameworks
from reinspect.frameworks.bands import SOCIAL_CARE
from tui.app.closing import Dialog, is_in_front
from tui.app.widgets.drawing import wrap_content
from tui.app.widgets.grades import QUIET, STRONG
from tui.app.widgets.items_line import ItemsLine
from tui.app.widgets.line_box import LineBox

if TYPE_CHECKING:
    from reinspect.comparing.cohorts.cohort import Cohort

_TYPING_PAUSE = 0.12
# Room for the names of a hundred authorities.
_LONGEST = 2000
_MOST_OFFERED = 12
_NO_GROUP, _NO_GROUP_WORDS = "none:", "No group"
# The cells of the number of members, and of the space around an option.
_COUNT_WIDTH, _PADDING = 3, 2
_ABOUT = (
    "Or type: neighbours:kent",
    "region:London,South East",
    "grade:help=good",
    "moved:overall=ri>good",
    "since:2023",
    "a name",
)


class CohortDialog(Dialog[str | None]):
    """A dialog that returns the expression of a group ("region:London"), "" for no group, or None after Esc.

    The menu offers the usual groups. While a person types, it offers what may be meant; Enter takes what is typed or,
    if that is not the name of a group, the first offer. Down goes to the menu, and Tab completes. A line that was
    emptied means no group.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", id="cohort.back"),
        Binding("down", "move(1)", "Down", show=False, id="cohort.down"),
        Binding("up", "move(-1)", "Up", show=False, id="cohort.up"),
        Binding("tab", "complete", "Complete", show=False, priority=True, id="cohort.complete"),
    ]

    def __init__(self, library: Library, chosen: str | None, own: str | None) -> None:
        """Start with the `chosen` expression; `own` is the slug of the authority that is compared with the group."""
        super().__init__()
        self._library = library
        self._chosen = chosen or ""
        self._own = own
        self._usual = list(_usual_groups(own))
        self._counts: dict[str, int] = {}
        self._was_edited = False

    def compose(self) -> ComposeResult:
        """Compose the text field, the meaning of what is typed, the menu and the keys."""
        with Vertical(classes="dialog -medium"):
            yield Static("Compare with a group", classes="dialog-title", markup=False)
            yield LineBox(self._chosen, id="line", placeholder="type to find a group", most=_LONGEST)
            yield Static("", id="understood", markup=False)
            menu = OptionList(id="groups", markup=False)
            menu.can_focus = False
            yield menu
            yield ItemsLine(*_ABOUT, id="about")
            yield ItemsLine("Enter apply", "↑↓ choose", "Tab complete", "Esc back", classes="dialog-keys")

    def on_mount(self) -> None:
        """Offer the usual groups, with the cursor on the present one."""
        self._offer("" if self._is_usual(self._chosen) else self._chosen)
        self._count()

    def _is_usual(self, expression: str) -> bool:
        return not expression or expression in dict(self._usual)

    @work(exclusive=True, group="count", exit_on_error=False)
    async def _count(self) -> None:
        """Count the members of the usual groups, and show the numbers."""

        def count() -> dict[str, int]:
            counts = {}
            for expression, _ in self._usual:
                try:
                    counts[expression] = len(self._library.cohort(expression).authorities)
                except CohortError:
                    counts[expression] = 0
            return counts

        self._counts = await asyncio.to_thread(count)
        menu = self.query_one(OptionList)
        for option in menu.options:
            if option.id in self._counts:
                menu.replace_option_prompt(option.id, self._label(option.id, dict(self._usual)[option.id]))

    def _offer(self, typed: str) -> None:
        """List the groups that may be meant."""
        menu = self.query_one(OptionList)
        none = (_NO_GROUP, _NO_GROUP_WORDS)
        groups = list(self._offered(typed)) if typed else [*self._usual, none]
        menu.set_options(Option(self._label(key, words), id=key) for key, words in groups)
        keys = [key for key, _ in groups]
        if typed:
            # Enter takes the line if it names a group, so nothing is highlighted until a person goes down to the menu.
            menu.highlighted = None
        else:
            start = _NO_GROUP if self._was_edited else self._chosen
            menu.highlighted = keys.index(start) if start in keys else 0

    def _offered(self, typed: str) -> Iterator[tuple[str, str]]:
        """Yield what may be meant by a typed text: no group, and the groups whose words or expression have it."""
        if _may_mean_no_group(typed):
            yield _NO_GROUP, _NO_GROUP_WORDS
        yield from _matching(typed, self._usual)

    def _label(self, expression: str, words: str) -> Content:
        """Return the number of members and the words, and what may be typed for it if all of that fits into a line."""
        count = self._counts.get(expression)
        number = f"{'' if count is None else count:>{_COUNT_WIDTH}}  "
        label = Content.assemble((number, STRONG), words)
        typed = "" if expression in (_NO_GROUP, words) else f"  {expression}"
        room = self.query_one(OptionList).scrollable_content_region.width - _PADDING
        if label.cell_length + len(typed) <= room:
            return Content.assemble(label, (typed, QUIET))
        return wrap_content(label, room, len(number)) if room > 0 else label

    @property
    def _line(self) -> str:
        return self.query_one(Input).value.strip()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what may be meant, and show what the line means so far."""
        line = event.value.strip()
        self._was_edited = self._was_edited or line != self._chosen
        self._offer("" if line == self._chosen and self._is_usual(line) else line)
        self._check_after_pause(line)

    @work(exclusive=True, group="understand", exit_on_error=False)
    async def _check_after_pause(self, line: str) -> None:
        await asyncio.sleep(_TYPING_PAUSE)
        _, text, is_valid = await asyncio.to_thread(self._understand, line)
        self._show(text, is_valid)

    async def on_input_submitted(self) -> None:
        """Take what is typed or picked from the menu, or show why that is not possible."""
        if not is_in_front(self):
            return
        line, picked = self._line, self.query_one(OptionList).highlighted_option
        if picked is not None and picked.id is not None:
            line = "" if picked.id == _NO_GROUP else picked.id
        meant, text, is_valid = await asyncio.to_thread(self._understand, line)
        if is_valid:
            self.dismiss(meant)
        else:
            self._show(text, is_valid)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take a group that was clicked."""
        event.stop()
        self.run_worker(self.on_input_submitted(), exclusive=True, group="take")

    def action_move(self, by: int) -> None:
        """Move the cursor of the menu; the focus stays in the text field."""
        menu = self.query_one(OptionList)
        if menu.option_count:
            target = 0 if menu.highlighted is None else menu.highlighted + by
            menu.highlighted = min(max(target, 0), menu.option_count - 1)
            picked = menu.highlighted_option
            if picked is not None and picked.id is not None:
                self._check_after_pause("" if picked.id == _NO_GROUP else picked.id)

    def action_complete(self) -> None:
        """Write the group under the cursor, or else the first, into the text field, to type on."""
        menu = self.query_one(OptionList)
        picked = menu.highlighted_option or next(iter(menu.options), None)
        if picked is not None and picked.id not in (None, _NO_GROUP):
            box = self.query_one(Input)
            box.value = str(picked.id)
            box.cursor_position = len(box.value)

    def _understand(self, line: str) -> tuple[str, str, bool]:
        """Return the expression that a line means, that in words and True; or the reason why it is not valid, False."""
        expression = self._meant(line) if line else _NO_GROUP
        if expression == _NO_GROUP:
            return "", "no comparison with a group", True
        try:
            cohort = _comparison_group(self._library, expression, self._own)
        except CohortError as error:
            return line, str(error), False
        members = counted(len(cohort.authorities), "authority", "authorities")
        is_member = self._own is not None and self._own in self._library.cohort(expression).authorities
        left_out = f", {self._library.authority(self._own).name} itself left out" if self._own and is_member else ""
        return expression, f"{cohort.words}: {members}{left_out}", True

    def _meant(self, line: str) -> str:
        """Return a line or, if it is words that name no group, the first entry of the menu whose words have them.

        The words of an entry mean that entry. A line with a colon, or with only the part before it, is an expression
        that needs to be completed.
        """
        none = ((_NO_GROUP, _NO_GROUP_WORDS), (_NO_GROUP, "none"))
        entries = {words.casefold(): key for key, words in (*self._usual, *none)}
        if entry := entries.get(line.casefold()):
            return entry
        try:
            self._library.cohort(line)
        except CohortError:
            offered = [key for key, _ in self._offered(line)]
            is_begun = ":" in line or any(key.startswith(f"{line.casefold()}:") for key in offered)
            return line if is_begun or not offered else offered[0]
        return line

    def _show(self, text: str, is_valid: bool) -> None:
        message = self.query_one("#understood", Static)
        message.set_class(not is_valid, "-error")
        message.update(text if is_valid else f"Not accepted: {text}")


def _usual_groups(own: str | None) -> Iterator[tuple[str, str]]:
    """Yield the usual groups of an authority, each with its words."""
    known = authorities()
    authority = known.by_slug(own) if own else None
    if authority is not None:
        if known.neighbours(authority):
            yield f"neighbours:{authority.slug}", f"{authority.name}'s statistical neighbours"
        if authority.region:
            yield f"region:{authority.region}", f"Region: {authority.region}"
    yield "grade:overall=good", "Graded good overall"
    yield "grade:overall=outstanding", "Graded outstanding overall"
    yield "grade:overall=ri", "Graded requires improvement overall"
    yield "grade:overall=inadequate", "Graded inadequate overall"
    yield "moved:overall=inadequate>good", "Ever moved from inadequate to good or better"
    yield "moved:overall=ri>good", "Ever moved from requires improvement to good or better"
    yield "all", "All authorities, ended ones too"


def _may_mean_no_group(typed: str) -> bool:
    words = typed.casefold()
    return words == "none" or (len(words) > 1 and _NO_GROUP_WORDS.casefold().startswith(words))


def _matching(typed: str, usual: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the groups whose words or expression have what is typed; the last part of an expression is completed."""
    before, gap, last = typed.replace(": ", ":").rpartition(" ")
    if ":" not in before:
        before, gap, last = "", "", typed
    wanted = last.casefold()
    offered = [*(usual if not before else ()), *_all_groups()]
    found = ((key, words) for key, words in offered if wanted in key.casefold() or wanted in words.casefold())
    shown: set[str] = set()
    for key, words in found:
        if key not in shown and len(shown) < _MOST_OFFERED:
            shown.add(key)
            yield f"{before}{gap}{key}", words


def _all_groups() -> Iterator[tuple[str, str]]:
    """Yield every group that one part of an expression can name."""
    known = authorities()
    everyone = sorted(known.all(), key=lambda authority: authority.name)
    for region in sorted({authority.region for authority in everyone} - {""}):
        yield f"region:{region}", f"Region: {region}"
    for authority in everyone:
        if known.neighbours(authority):
            yield f"neighbours:{authority.slug}", f"{authority.name}'s statistical neighbours"
    for authority in everyone:
        yield authority.slug, authority.name
    care = [each for each in frameworks().values() if each.band == SOCIAL_CARE and each.graded and each.grades]
    for strand in ("overall", "leaders", "help", "care", "leavers"):
        for grade in (step.key for step in care[-1].grades):
            yield f"grade:{strand}={grade}", f"Graded {grade} on {strand}"
        yield f"moved:{strand}=inadequate>good", f"Ever moved from inadequate to good or better on {strand}"
        yield f"moved:{strand}=ri>good", f"Ever moved from requires improvement to good or better on {strand}"
    for year in ("2018", "2020", "2023"):
        yield f"since:{year}", f"Inspections since {year}"


def _comparison_group(library: Library, expression: str, own: str | None) -> Cohort:
    """Return the group of an expression, without the own authority.

    Raises:
        CohortError: the expression is not valid, nobody else is in the group, or it has no stored inspection.
    """
    cohort = library.cohort(expression)
    group = cohort.without(own) if own else cohort
    if own and not group.authorities:
        raise CohortError(f"{library.authority(own).name} is the only authority in this group; add others")
    if not any(map(group.holds, library.holdings.inspections())):
        raise CohortError(f"no inspection of this group is stored ({cohort.words})")
    return group
