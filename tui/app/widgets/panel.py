"""The frame of a panel: a title that says what it shows, with counts, and a subtitle that names its keys."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from textual.content import Content
from textual.widget import Widget

PANEL = "panel"
_titles: WeakKeyDictionary[Widget, Content] = WeakKeyDictionary()


def set_frame(widget: Widget, title: Content | str, keys: Content | str = "") -> None:
    """Write the title into the top border of a widget, and its keys into the bottom border.

    A plain text is shown as it is, never read as markup.
    """
    widget.add_class(PANEL)
    _titles[widget] = _content(title)
    widget.border_subtitle = _label(_content(keys))
    space_title(widget)


def space_title(widget: Widget) -> None:
    """Keep the title off the line of the border. Textual does so beside corners only, and small windows have none."""
    title = _titles.get(widget)
    if title is not None:
        has_corners = bool(widget.styles.border_left[0])
        widget.border_title = _label(title if has_corners else title.pad(1, 1))


def _content(label: Content | str) -> Content:
    return Content(label) if isinstance(label, str) else label


def _label(content: Content) -> Any:
    # Textual takes a Content too, and reads only a str as markup.
    return content if content.plain.strip() else None
