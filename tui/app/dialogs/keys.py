"""Every key that works in a pane now, and what the pane is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from inspect import cleandoc
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.keys import format_key
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tui.app.pane import Pane
from tui.app.widgets.drawing import wrapped

_RUNS_ON = re.compile(r"(?<!\n)\n(?!\n)")
# Cells for the keys, and what parts them from what they do.
_KEYS, _GAP = 12, "  "
_EVERYWHERE, _MOVING = "Everywhere", "Moving about"
# What Textual binds by itself, in the words of this house.
_TEXTUALS_OWN = {
    "app.focus_next": "to the next part of the screen",
    "app.focus_previous": "to the part before",
    "screen.copy_text": "copy what the mouse has marked",
    "command_palette": "find any action by its words",
    "quit": "quit, from a text field too",
}


class KeysDialog(ModalScreen[None]):
    """Shows keys, those of the pane first, and help below them; any of `?`, Esc and Enter leads back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,enter,q", "dismiss", "Back", id="keys.back"),
        Binding("down,j", "scroll(1)", "Down", id="keys.down"),
        Binding("up,k", "scroll(-1)", "Up", id="keys.up"),
        Binding("pagedown,space", "page(1)", "Page down", id="keys.page-down"),
        Binding("pageup", "page(-1)", "Page up", id="keys.page-up"),
    ]

    def __init__(self, about: str, bindings: Iterable[ActiveBinding]) -> None:
        super().__init__()
        self._title, _, about = cleandoc(about).removeprefix("## ").partition("\n")
        self._about = _RUNS_ON.sub(" ", about.strip())
        # The pane's own keys come first; how to move about is known to most.
        self._active = sorted(bindings, key=self._rank)

    def compose(self) -> ComposeResult:
        """Keys above, help below."""
        with Vertical(classes="dialog -wide"):
            yield Static(f"Keys: {self._title}", classes="dialog-title", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(id="keys", markup=False)
                yield Static(Content.styled("\nWhat it shows", "bold underline"))
                yield Static(self._about, markup=False)
            yield Static("↑↓ PgUp PgDn scroll  Esc leads back", classes="dialog-keys", markup=False)

    def on_resize(self) -> None:
        """Set what each key does below itself, where it is longer than a line."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        width = self.query_one(VerticalScroll).scrollable_content_region.width
        self.query_one("#keys", Static).update(Content("\n").join(self._lines(width)))

    def action_scroll(self, by: int) -> None:
        """Scroll by a line."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        scrolled = self.query_one(VerticalScroll)
        scrolled.scroll_relative(y=by * max(1, scrolled.size.height - 1), animate=False)

    def _lines(self, width: int) -> Iterator[Content]:
        """Each deed under the heading of what it belongs to, with every key that does it."""
        deeds: dict[tuple[str, str, str], list[str]] = {}
        for active in self._active:
            binding = active.binding
            words = _TEXTUALS_OWN.get(binding.action, binding.tooltip or binding.description)
            if words and not binding.system:
                deed = self._heading(active), words[:1].lower() + words[1:], _why_not(active.node, binding.action)
                deeds.setdefault(deed, []).append(self._key(binding))
        above = ""
        for (heading, words, disabled_reason), keys in deeds.items():
            if heading != above:
                yield Content.styled(heading, "bold underline")
                above = heading
            told = Content.assemble(words, (disabled_reason, "dim"))
            parts = [told[start:end] for start, end, _ in wrapped(told.plain, max(width - _KEYS - len(_GAP), 1))]
            beside = Content(f"\n{' ' * _KEYS}{_GAP}").join(parts)
            yield Content.assemble((" ".join(dict.fromkeys(keys)).rjust(_KEYS), "bold"), _GAP, beside)

    def _rank(self, active: ActiveBinding) -> tuple[int, bool]:
        ranks = {self._title: 0, _MOVING: 2}
        return ranks.get(self._heading(active), 1), active.binding.action in _TEXTUALS_OWN

    def _heading(self, active: ActiveBinding) -> str:
        """What a key belongs to; the one that the last line shows of a list is the pane's."""
        node, binding = active.node, active.binding
        if binding.action.startswith("app.focus_"):
            return _MOVING
        if isinstance(node, Pane):
            return self._title
        if isinstance(node, (Screen, App)):
            return node.BINDING_GROUP_TITLE or _EVERYWHERE
        return self._title if binding.show else _MOVING

    def _key(self, binding: Binding) -> str:
        """The key alone, where the last line shows it with its twin."""
        display = self.app.get_key_display(binding)
        return format_key(binding.key) if " " in display else display


def _why_not(node: DOMNode, action: str) -> str:
    """Why a key of a pane would do nothing now."""
    reason = node.disabled_reason(action.partition("(")[0]) if isinstance(node, Pane) else None
    return f"  (not now. {reason})" if reason else ""
