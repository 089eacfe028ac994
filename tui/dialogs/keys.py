"""What the pane is for and every key that works in it now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from inspect import cleandoc
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tui.panes.pane import Pane

_RUNS_ON = re.compile(r"(?<!\n)\n(?!\n)")


class KeysDialog(ModalScreen[None]):
    """Shows help and keys; any of `?`, Esc and Enter leads back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,enter,q", "dismiss", "Back", id="keys.back"),
        Binding("down,j", "scroll(1)", "Down", id="keys.down"),
        Binding("up,k", "scroll(-1)", "Up", id="keys.up"),
    ]

    def __init__(self, about: str, bindings: Iterable[ActiveBinding]) -> None:
        super().__init__()
        self._about = cleandoc(about).removeprefix("## ")
        # The keys of the pane come first, then those of the screen; how to move about is known to most.
        self._active = sorted(bindings, key=lambda one: [not isinstance(one.node, kind) for kind in (Pane, Screen)])

    def compose(self) -> ComposeResult:
        """Help above, keys below, grouped by what they belong to."""
        title, _, about = self._about.partition("\n")
        with Vertical(classes="dialog -wide"):
            yield Static(title, classes="dialog-title", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(_RUNS_ON.sub(" ", about.strip()) + "\n", markup=False)
                yield Static(Content("\n").join(self._lines()))
            yield Static("↑↓ scroll  Esc leads back", classes="dialog-keys", markup=False)

    def action_scroll(self, by: int) -> None:
        """Scroll by a line."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def _lines(self) -> Iterator[Content]:
        for node, active in groupby(self._active, key=lambda one: one.node):
            keys: dict[tuple[str, str], list[str]] = {}
            for _, binding, _, _ in active:
                if binding.description and not binding.system:
                    words = binding.tooltip or binding.description
                    keys.setdefault((binding.action, words), []).append(self._key(binding))
            if keys:
                yield Content.styled(node.BINDING_GROUP_TITLE or "Program", "bold underline")
            for (action, words), pressed in keys.items():
                keys_shown = " ".join(dict.fromkeys(pressed)).rjust(12)
                yield Content.assemble((keys_shown, "bold"), f"  {words}", (_why_not(node, action), "dim"))

    def _key(self, binding: Binding) -> str:
        display = self.app.get_key_display(binding)
        return display if binding.key_display is None or " " not in display else binding.key_display


def _why_not(node: DOMNode, action: str) -> str:
    """Why a key of a pane would do nothing now."""
    reason = node.why_not(action.partition("(")[0]) if isinstance(node, Pane) else None
    return f"  (not now. {reason})" if reason else ""
