"""The help dialog: what the pane shows, and every key that works now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from inspect import cleandoc
from typing import ClassVar, NamedTuple

from textual.app import App, ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.app.closing import Dialog
from tui.app.pane import Pane
from tui.app.widgets.drawing import padded, wrap_text
from tui.app.widgets.items_line import ItemsLine
from tui.app.widgets.keys_line import disabled_reason
from tui.app.widgets.line_list import MOST_WIDTH

# The line breaks of a paragraph, but for those before the items of a list ("- ").
_LINE_BREAK_IN_PARAGRAPH = re.compile(r"(?<!\n)\n(?!\n|- )")
# A sign of the legend with its words, as far as they are few, else the sign with the first of them.
_SIGN_AND_WORDS = re.compile(r"(?<!\S)[◆●▲■┊∅?](?: \S+){1,2}(?=  |$)|(?<!\S)[◆●▲■┊∅?] ", re.MULTILINE)
# The width of the column of keys in cells, and the gap after it.
_KEYS_WIDTH, _GAP = 12, "  "
# From this width on, the keys are in two columns.
_TWO_COLUMNS = 90
_EVERYWHERE, _MOVING = "Everywhere", "Moving around"
# Descriptions for the keys that Textual itself binds.
_TEXTUAL_ACTIONS = {
    "app.focus_next": "to the next part of the screen",
    "app.focus_previous": "to the previous part of the screen",
    "screen.copy_text": "copy the text selected with the mouse",
    "command_palette": "find any action by name",
    "quit": "quit, from anywhere",
}


class _ActionLine(NamedTuple):
    """An action as it is listed."""

    heading: str
    description: str
    disabled_reason: str


class KeysDialog(Dialog[None]):
    """A dialog that says what one looks at, and lists the keys below, in two columns if there is room."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", "Back", id="keys.back"),
        Binding("down,j", "scroll(1)", "Down", id="keys.down"),
        Binding("up,k", "scroll(-1)", "Up", id="keys.up"),
        Binding("pagedown,space", "page(1)", "Page down", id="keys.page-down"),
        Binding("pageup", "page(-1)", "Page up", id="keys.page-up"),
        Binding("f2", "glossary", "Glossary", id="keys.glossary"),
    ]

    def __init__(self, about: str, bindings: Iterable[ActiveBinding]) -> None:
        """Show the active `bindings`; `about` is the HELP of a pane: "## Title", then text."""
        super().__init__()
        self._about_title, _, about = cleandoc(about).removeprefix("## ").partition("\n")
        self._about = _LINE_BREAK_IN_PARAGRAPH.sub(" ", about.strip())
        self._active = sorted(bindings, key=self._rank)

    def compose(self) -> ComposeResult:
        """Compose the title, the explanation of the pane and the keys below it."""
        with Vertical(classes="dialog -wide"):
            yield Static(f"Help: {self._about_title}", classes="dialog-title", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(Content.styled("What am I looking at?", "bold $primary"), markup=False)
                yield Static("", id="about-pane", markup=False)
                yield Static("", markup=False)
                yield Static(id="keys", markup=False)
            yield ItemsLine("↑↓ PgUp PgDn scroll", "Esc back", "F2 glossary", classes="dialog-keys")

    def on_resize(self) -> None:
        """Wrap the descriptions to the new width."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        width = self.query_one(VerticalScroll).scrollable_content_region.width
        self.query_one("#about-pane", Static).update("\n".join(_wrapped(self._about, min(width, MOST_WIDTH))))
        if width < _TWO_COLUMNS:
            self.query_one("#keys", Static).update(Content("\n").join(self._lines(width)))
            return
        half = width // 2 - 1
        lines = [part for line in self._lines(half) for part in line.split("\n", allow_blank=True)]
        middle = (len(lines) + 1) // 2
        left, right = lines[:middle], [*lines[middle:], *[Content("")] * (2 * middle - len(lines))]
        rows = (Content.assemble(padded(one, half), "  ", other) for one, other in zip(left, right, strict=True))
        self.query_one("#keys", Static).update(Content("\n").join(rows))

    def action_glossary(self) -> None:
        """Show the glossary."""
        from tui.app.dialogs.glossary import GlossaryDialog

        self.app.push_screen(GlossaryDialog())

    def action_scroll(self, by: int) -> None:
        """Scroll by a line."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        scrolled = self.query_one(VerticalScroll)
        scrolled.scroll_relative(y=by * max(1, scrolled.size.height - 1), animate=False)

    def _lines(self, width: int) -> Iterator[Content]:
        """List the actions below their headings, each with all its keys."""
        heading_above = ""
        for action, keys in self._keys_by_action().items():
            if action.heading != heading_above:
                yield Content.styled(action.heading, "bold $primary")
                heading_above = action.heading
            description = Content.assemble(action.description, (action.disabled_reason, "dim"))
            runs = wrap_text(description.plain, max(width - _KEYS_WIDTH - len(_GAP), 1))
            wrapped = Content(f"\n{' ' * _KEYS_WIDTH}{_GAP}").join(description[start:end] for start, end, _ in runs)
            names = " ".join(dict.fromkeys(keys)).rjust(_KEYS_WIDTH)
            yield Content.assemble((names, "bold $footer-key-foreground"), _GAP, wrapped)

    def _keys_by_action(self) -> dict[_ActionLine, list[str]]:
        """Group the keys by what they do; actions without a description are left out."""
        keys: dict[_ActionLine, list[str]] = {}
        for active in self._active:
            binding = active.binding
            label = _TEXTUAL_ACTIONS.get(binding.action, binding.tooltip or binding.description)
            if label and not binding.system:
                reason = _reason_words(active)
                action = _ActionLine(self._heading(active), label[:1].lower() + label[1:], reason)
                keys.setdefault(action, []).append(self._key(binding))
        return keys

    def _rank(self, active: ActiveBinding) -> tuple[int, bool]:
        """Return a sort key: keys of the pane first, and keys for moving around, which most people know, last."""
        ranks = {self._about_title: 0, _MOVING: 2}
        return ranks.get(self._heading(active), 1), active.binding.action in _TEXTUAL_ACTIONS

    def _heading(self, active: ActiveBinding) -> str:
        """Return the heading of a key; keys of a list that the last line shows count as keys of the pane."""
        node, binding = active.node, active.binding
        if binding.action.startswith("app.focus_"):
            return _MOVING
        if isinstance(node, Pane):
            return self._about_title
        if isinstance(node, (Screen, App)):
            return node.BINDING_GROUP_TITLE or _EVERYWHERE
        return self._about_title if binding.show else _MOVING

    def _key(self, binding: Binding) -> str:
        """Return the name of the key of `binding`.

        Some bindings display a pair of keys in the footer ("[ ]" for "[" and "]"). Here each key has a line of its own.
        """
        display = self.app.get_key_display(binding)
        return self.app.get_key_display(replace(binding, key_display=None)) if " " in display else display


def _wrapped(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text; a line never ends between a sign of the legend and its word."""
    text = _SIGN_AND_WORDS.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), text)
    for start, end, indent in wrap_text(text, max(width, 1)):
        yield " " * indent + text[start:end].replace("\N{NO-BREAK SPACE}", " ")


def _reason_words(active: ActiveBinding) -> str:
    """Return "  (not now: ...)" for an action that would do nothing now, else ""."""
    reason = disabled_reason(active)
    return f"  (not now: {reason[:1].lower()}{reason[1:]})" if reason else ""
