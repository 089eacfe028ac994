"""The last line: the keys of what has the focus, as many as fit whole.

Textual's own footer cuts keys off at the edge without a sign (Textualize/textual#3762) and makes a widget of every key
at every change of focus. This one is a single line of text; `?` shows all keys.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Input, Static

_FEW = 6
_ROOMY = 100
_GAP = "  "


class KeysLine(Static):
    """Shows keys; a click on one presses it."""

    ALLOW_SELECT = False

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def render(self) -> Content:
        """The keys that fit, `? Keys` and `q Quit` always among them."""
        wanted = list(self._wanted())
        # What is everywhere the same gives way first.
        first = [self._key(each) for each in sorted(wanted[:-2], key=lambda each: (each.id or "").startswith("take."))]
        last = [self._key(each) for each in wanted[-2:]]
        while first and not self._fits([*first, *last]):
            first.pop()
        return Content(_GAP).join([*first, *last])

    def _changed(self, _: Screen[object]) -> None:
        self.refresh()

    def _wanted(self) -> Iterator[Binding]:
        """Bindings that want to be seen, one an action; while one types, those of the text field alone."""
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
        return width <= self.content_size.width and (len(keys) <= _FEW or self.size.width >= _ROOMY)
