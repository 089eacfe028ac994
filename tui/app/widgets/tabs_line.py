"""The second line of the main screen: the panes by number and title, with the one in view marked.

Textual's own tabs are a widget each. When the focus moves they switch panes a second time, later, which undid a key
pressed shortly before.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

_WIDE = 80
_SHORT_TITLES = {"Follow-through": "Follow"}
_MARKED = Style(bold=True, reverse=True)


class TabsLine(Static):
    """A line of titles; a click on one shows its pane."""

    ALLOW_SELECT = False

    def __init__(self, titles: Sequence[str], marked: str) -> None:
        super().__init__()
        self._titles = titles
        self._marked = marked

    def mark(self, title: str) -> None:
        """Mark the pane of that title as the one in view."""
        self._marked = title
        self.refresh()

    def render(self) -> Content:
        """Return the titles, shortened in a narrow window."""
        return Content("").join(self._tab(number, title) for number, title in enumerate(self._titles, 1))

    def _tab(self, number: int, title: str) -> Content:
        narrow = self.size.width < _WIDE
        text = f"{number}{_SHORT_TITLES.get(title, title)}" if narrow else f" {number} {title}"
        press = Style.from_meta({"@click": f"screen.pane({title!r})"})
        tab = Content.styled(f"{text} ", _MARKED if title == self._marked else "").stylize(press)
        return Content(" ") + tab if narrow and number == 1 else tab
