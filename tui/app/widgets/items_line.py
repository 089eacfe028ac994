"""A line of short items, such as keys with what they do. A long one is wrapped between items, never within one."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from tui.app.widgets.drawing import in_lines


class ItemsLine(Widget):
    """Items with a gap between them, in as few lines as they need."""

    DEFAULT_CSS = "ItemsLine { height: auto; }"

    def __init__(self, *items: Content | str, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        """Show these items."""
        super().__init__(id=id, classes=classes, markup=False)
        self._items: list[Content] = []
        self.set_items(items)

    def set_items(self, items: Iterable[Content | str]) -> None:
        """Show these items instead."""
        self._items = [Content(item) if isinstance(item, str) else item for item in items]
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """Return the number of lines."""
        return self._lines(width).plain.count("\n") + 1

    def render(self) -> Content:
        """Return the items in lines."""
        return self._lines(self.content_size.width)

    def _lines(self, width: int) -> Content:
        return in_lines(self._items, width)
