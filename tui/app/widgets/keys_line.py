"""The last line of a screen: the keys of the focused widget, as many as fit.

Textual's own footer cuts keys off at the edge without a sign (Textualize/textual#3762) and creates a widget for every
key whenever the focus changes. This one is a single line of text; `?` lists all keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from textual.binding import ActiveBinding
from textual.content import Content
from textual.events import Click
from textual.screen import Screen
from textual.widgets import Input, Static

_MAX_KEYS = 9
_WIDE = 100
_GAP = "  "


def disabled_reason(active: ActiveBinding) -> str | None:
    """Return why the action of a key would do nothing now; None if it works, or if its widget does not say."""
    reason = getattr(active.node, "disabled_reason", None)
    return reason(active.binding.action.partition("(")[0]) if reason else None


def _belongs_in_footer(active: ActiveBinding) -> bool:
    """Return False if the widget or screen of a key leaves it out of the last line now."""
    belongs = getattr(active.node, "belongs_in_footer", None)
    return belongs is None or bool(belongs(active.binding.action))


def _drop_order(active: ActiveBinding) -> int:
    """Return a sort key: keys that are the same in every pane ("take.pin") come last and are dropped first."""
    name = active.binding.id or ""
    return 2 if name.startswith("take.") else 1 if name in {"browse.authority", "browse.search"} else 0


class KeysLine(Static):
    """A line of keys; a click on one presses it."""

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        # The cell at which each key ends, and the key.
        self._places: list[tuple[int, str]] = []

    def on_mount(self) -> None:
        """Update the line when the focus changes."""
        self.screen.bindings_updated_signal.subscribe(self, self._update_keys)

    def render(self) -> Content:
        """Return the keys that fit; the last two (`? Help` and `q Quit`) are always among them."""
        bindings = list(self._visible_bindings())
        optional = sorted(bindings[:-2], key=_drop_order)
        shown = [*optional, *bindings[-2:]]
        keys = list(map(self._key, shown))
        while len(shown) > 2 and not self._fits(keys):
            del shown[-3], keys[-3]
        ends = list(accumulate(key.cell_length + len(_GAP) for key in keys))
        self._places = [(end, active.binding.key) for end, active in zip(ends, shown, strict=True)]
        return Content(_GAP).join(keys)

    async def on_click(self, event: Click) -> None:
        """Press the key that was clicked. A link would take the colour of the key away."""
        offset = event.get_content_offset(self)
        key = next((key for end, key in self._places if offset is not None and offset.x < end), None)
        if key is not None:
            self.app.simulate_key(key)

    def _update_keys(self, _: Screen[object]) -> None:
        self.refresh()

    def _visible_bindings(self) -> Iterator[ActiveBinding]:
        """List the bindings to show, one for each description; in a text field, only those of the field."""
        typing = isinstance(self.screen.focused, Input)
        seen = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            visible = (
                binding.show
                and active.enabled
                and _belongs_in_footer(active)
                and (not typing or active.node is self.screen.focused)
            )
            if visible and binding.description not in seen:
                seen.add(binding.description)
                yield active

    def _key(self, active: ActiveBinding) -> Content:
        """Return a key and what it does; greyed if it would only say why it does nothing now."""
        binding = active.binding
        key = self.app.get_key_display(binding)
        is_off = disabled_reason(active) is not None
        styles = ("dim", "dim") if is_off else ("bold $footer-key-foreground", "")
        return Content.assemble((key, styles[0]), (f" {binding.description}", styles[1]))

    def _fits(self, keys: list[Content]) -> bool:
        width = sum(key.cell_length for key in keys) + len(_GAP) * (len(keys) - 1)
        return width <= self.content_size.width and (len(keys) <= _MAX_KEYS or self.size.width >= _WIDE)
