"""The frame of a panel: a title that says what it shows, with counts, and a subtitle that names its keys."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.widget import Widget

PANEL = "panel"


def set_frame(widget: Widget, title: Content | str, keys: Content | str = "") -> None:
    """Write the title into the top border of a widget, and its keys into the bottom border.

    A plain text is shown as it is, never read as markup.
    """
    widget.add_class(PANEL)
    widget.border_title = _label(title)
    widget.border_subtitle = _label(keys)


def _label(label: Content | str) -> Any:
    # Textual takes a Content too, and reads only a str as markup.
    content = Content(label) if isinstance(label, str) else label
    return content if content.plain.strip() else None
