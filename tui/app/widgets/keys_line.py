"""The last line of a screen: the keys of the focused widget, as many as fit.

Textual's own footer cuts keys off at the edge without a sign (Textualize/textual#3762) and creates a widget for every
key whenever the focus changes. This one is a single line of text; `?` lists all keys.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Input, Static

_MAX_KEYS = 6
_WIDE = 100
_GAP = "  "


class KeysLine(Static):
    """A line of keys; a click on one presses it."""

    ALLOW_SELECT = False

    def on_mount(self) -> None:
        """Update the line when the focus changes."""
        self.screen.bindings_updated_signal.subscribe(self, self._update_keys)

    def render(self) -> Content:
        """Return the keys that fit; the last two (`? Keys` and `q Quit`) are always among them."""
        bindings = list(self._visible_bindings())
        # Keys that are the same in every pane ("take.pin") are dropped first.
        optional = sorted(bindings[:-2], key=lambda binding: (binding.id or "").startswith("take."))
        first, last = list(map(self._key, optional)), list(map(self._key, bindings[-2:]))
        while first and not self._fits([*first, *last]):
            first.pop()
        return Content(_GAP).join([*first, *last])

    def _update_keys(self, _: Screen[object]) -> None:
        self.refresh()

    def _visible_bindings(self) -> Iterator[Binding]:
        """List the bindings to show, one for each description; in a text field, only those of the field."""
        typing = isinstance(self.screen.focused, Input)
        seen = set()
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            visible = binding.show and enabled and (not typing or node is self.screen.focused)
            if visible and binding.description not in seen:
                seen.add(binding.description)
                yield binding

    def _key(self, binding: Binding) -> Content:
        press = Style.from_meta({"@click": f"app.simulate_key({binding.key!r})"})
        key = self.app.get_key_display(binding)
        return Content.assemble((key, "bold $footer-key-foreground"), f" {binding.description}").stylize(press)

    def _fits(self, keys: list[Content]) -> bool:
        width = sum(key.cell_length for key in keys) + len(_GAP) * (len(keys) - 1)
        return width <= self.content_size.width and (len(keys) <= _MAX_KEYS or self.size.width >= _WIDE)
