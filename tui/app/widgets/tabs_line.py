"""The second line of the main screen: the panes by number and title, with the one in view marked.

Textual's own tabs are a widget each. When the focus moves they switch panes a second time, later, which undid a key
pressed shortly before.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style
from textual.widgets import Static

_SHORT_TITLES = {"Recommendations": "Recs", "Authorities": "Auth.", "Timeline": "Time"}
_NARROWEST = 64


class TabsLine(Static):
    """A line of titles; a click on one shows its pane."""

    ALLOW_SELECT = False

    def __init__(self, titles: Sequence[str], marked: str) -> None:
        super().__init__()
        self._titles = titles
        self._marked = marked
        self._counts: dict[str, int] = {}

    def mark(self, title: str) -> None:
        """Mark the pane of that title as the one in view."""
        self._marked = title
        self.refresh()

    def show_count(self, title: str, count: int) -> None:
        """Show a number after a title; 0 shows none."""
        if self._counts.get(title) != count:
            self._counts[title] = count
            self.refresh()

    def render(self) -> Content:
        """Return the titles, shortened in a narrow window; in a very narrow one, the numbers of the others."""
        for short in ("none", "some", "others"):
            line = Content("").join(self._tab(number, title, short) for number, title in enumerate(self._titles, 1))
            if line.cell_length <= self.size.width:
                break
        return line

    def _tab(self, number: int, title: str, short: str) -> Content:
        """Return a title; `short` says which titles are shortened: "none", "some", or all "others" to their number."""
        words = _SHORT_TITLES.get(title, title) if short == "some" else title
        words = "" if short == "others" and title != self._marked else words
        press = Style.from_meta({"@click": f"screen.pane({title!r})"})
        name = f"{number}{' ' if self.size.width >= _NARROWEST or short == 'others' else ''}{words}".rstrip()
        count = self._counts.get(title, 0)
        if title == self._marked:
            text = f" {name}{f' {count}' if count else ''} "
            # A click on it changes nothing, and as a link it would lose its colour.
            return Content.styled(text, "bold reverse" if self._is_plain else "bold $background on $primary")
        counted = Content.styled(f" {count}", "bold $accent") if count else Content("")
        return Content.assemble(" ", (name, ""), counted, " ").stylize(press)

    @property
    def _is_plain(self) -> bool:
        """Return whether the colours are those of the terminal, where only reversed text is sure to be legible."""
        return self.app.current_theme.ansi
