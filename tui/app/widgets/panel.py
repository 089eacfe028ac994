"""The frame of a panel: a title that says what it shows, with counts, and a subtitle that names its keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from textual.content import Content
from textual.widget import Widget

PANEL = "panel"
# The cells of a border that its title cannot take: a space and a piece of the line on each side, and the corners.
_SPACES, _CORNERS = 4, 2
_titles: WeakKeyDictionary[Widget, Sequence[Content]] = WeakKeyDictionary()


def set_frame(widget: Widget, title: Content | str, keys: Content | str = "", *, shorter: Sequence[str] = ()) -> None:
    """Write the title into the top border of a widget, and its keys into the bottom border.

    If the title is too long for the border, the first of the `shorter` titles that fits is shown. A plain text is shown
    as it is, never read as markup.
    """
    widget.add_class(PANEL)
    _titles[widget] = [_content(title), *map(Content, shorter)]
    widget.border_subtitle = _label(_content(keys))
    fit_title(widget)


def fit_title(widget: Widget) -> None:
    """Show the longest title that fits, off the line of the border.

    Textual leaves a space beside corners only, and in a small window a panel has none.
    """
    titles = _titles.get(widget)
    if titles:
        has_corners = bool(widget.styles.border_left[0])
        room = widget.outer_size.width - _SPACES - (_CORNERS if has_corners else 0)
        title = next((each for each in titles if each.cell_length <= room), titles[-1])
        widget.border_title = _label(title if has_corners else title.pad(1, 1))


def _content(label: Content | str) -> Content:
    return Content(label) if isinstance(label, str) else label


def _label(content: Content) -> Any:
    # Textual takes a Content too, and reads only a str as markup.
    return content if content.plain.strip() else None
