"""Ignores the second click of a double click where the first one has opened something else at that place."""

from __future__ import annotations

from textual.app import App
from textual.errors import NoWidget
from textual.events import MouseDown, MouseEvent, MouseUp
from textual.geometry import Offset
from textual.widget import Widget


class DoubleClicks:
    """Knows the last click of an app: its place, its time, and the widget that it hit."""

    def __init__(self, app: App[int]) -> None:
        self._app = app
        self._place: Offset | None = None
        self._time = 0.0
        self._hit: Widget | None = None
        self._is_ignoring = False

    def is_meant_for_another(self, event: MouseEvent) -> bool:
        """Return whether a press or release belongs to a second click at a place where another widget is by now."""
        # A widget has had an event that is forwarded, and its place is that within the widget.
        if event.is_forwarded:
            return False
        if isinstance(event, MouseDown):
            place, hit = Offset(int(event.x), int(event.y)), self._widget_at(int(event.x), int(event.y))
            is_second = place == self._place and event.time - self._time <= App.CLICK_CHAIN_TIME_THRESHOLD
            self._is_ignoring = is_second and hit is not self._hit
            if not self._is_ignoring:
                self._place, self._hit = place, hit
            self._time = event.time
            return self._is_ignoring
        if isinstance(event, MouseUp) and self._is_ignoring:
            self._is_ignoring = False
            return True
        return False

    def _widget_at(self, x: int, y: int) -> Widget | None:
        try:
            return self._app.get_widget_at(x, y)[0]
        except NoWidget:
            return None
