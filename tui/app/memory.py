"""Freeing memory while the app is idle."""

from __future__ import annotations

import gc
import sys
from contextlib import suppress

from textual.app import App

from tui.app.textual_patches import clear_border_cache

_IDLE_SECONDS, _MAX_SECONDS = 2.0, 60.0
_RARELY = 1000


class IdleCleanup:
    """Runs `free_memory` after two seconds without a key, and once a minute in any case.

    Python's own full collection would start in the middle of a key press. With 180 reports in the store it takes 0.1 s,
    which is as long as a key press may take, so its threshold is raised while the app runs.
    """

    def __init__(self, app: App[int]) -> None:
        self._threshold_before = gc.get_threshold()
        gc.set_threshold(*self._threshold_before[:2], _RARELY)
        self._idle_timer = app.set_interval(_IDLE_SECONDS, free_memory)
        app.set_interval(_MAX_SECONDS, free_memory)

    def postpone(self) -> None:
        """Wait for two idle seconds again: a key was pressed."""
        self._idle_timer.reset()

    def end(self) -> None:
        """Restore the garbage collection of before the app."""
        gc.set_threshold(*self._threshold_before)
        gc.unfreeze()


def free_memory() -> None:
    """Collect garbage, empty Textual's border cache, and give the system back what is free.

    The first collection freezes the objects that exist since the start, so that later ones need not look at them.
    """
    clear_border_cache()
    if gc.get_count()[2]:
        gc.collect()
        if not gc.get_freeze_count():
            gc.freeze()
        _give_back()


def _give_back() -> None:
    """Give free memory back to the system, with the C library that can: mining leaves tens of MB."""
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
