"""The history of visited locations, to step back and forward through as in a web browser."""

from __future__ import annotations

from tui.selection import Location

_MAX_LOCATIONS = 200


class History:
    """Visited locations in order, with a position among them."""

    def __init__(self) -> None:
        self._locations: list[Location] = []
        self._position = -1

    @property
    def current(self) -> Location:
        """The location at the present position; an empty one before the first visit."""
        return self._locations[self._position] if self._locations else Location()

    def visit(self, location: Location) -> None:
        """Add a location after the present one and drop those that followed.

        A location that is like the present one replaces it, so that cursor movements do not fill the history.
        """
        if self._locations and location.is_like(self.current):
            self._locations[self._position] = location
            return
        self._locations = [*self._locations[: self._position + 1], location][-_MAX_LOCATIONS:]
        self._position = len(self._locations) - 1

    def can_step(self, by: int) -> bool:
        """Return whether there is a location `by` steps forward (back, if negative)."""
        return 0 <= self._position + by < len(self._locations)

    def step(self, by: int) -> Location:
        """Move `by` steps and return the location there; call `can_step` first."""
        self._position += by
        return self.current
