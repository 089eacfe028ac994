"""The second line of the screen: the panes by number and name, the one in view marked.

Textual's own tabs are a widget each, and when the focus moves they change panes once more, later: a key that was
pressed in haste was taken back.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

_ROOMY = 80
_SHORTER = {"Follow-through": "Follow"}
_MARKED = Style(bold=True, reverse=True)


class TabsLine(Static):
    """Shows titles; a click on one brings up its pane."""

    ALLOW_SELECT = False

    def __init__(self, titles: Sequence[str], marked: str) -> None:
        super().__init__()
        self._titles = titles
        self._marked = marked

    def mark(self, title: str) -> None:
        """Show which pane is in view."""
        self._marked = title
        self.refresh()

    def render(self) -> Content:
        """The titles, shortened where there is little room."""
        return Content("").join(self._tab(place, title) for place, title in enumerate(self._titles, 1))

    def _tab(self, place: int, title: str) -> Content:
        narrow = self.size.width < _ROOMY
        words = f"{place}{_SHORTER.get(title, title)}" if narrow else f" {place} {title}"
        press = Style.from_meta({"@click": f"screen.pane({title!r})"})
        tab = Content.styled(f"{words} ", _MARKED if title == self._marked else "").stylize(press)
        return Content(" ") + tab if narrow and place == 1 else tab
