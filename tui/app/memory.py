"""What the hours gather and nobody needs, and when it is taken away."""

from __future__ import annotations

import gc

from textual._styles_cache import StylesCache
from textual.app import App

_REST, _AT_LATEST = 2.0, 60.0
_HARDLY_EVER = 1000


class IdleCleanup:
    """Takes away what is used no more while nobody types, and once a minute at the latest.

    Python would do so in the middle of a key: with 180 reports held that takes 0.1 s, as long as a key may take.
    """

    def __init__(self, app: App[int]) -> None:
        self._before = gc.get_threshold()
        gc.set_threshold(*self._before[:2], _HARDLY_EVER)
        self._rest = app.set_interval(_REST, tidy)
        app.set_interval(_AT_LATEST, tidy)

    def wait(self) -> None:
        """Somebody types."""
        self._rest.reset()

    def end(self) -> None:
        """What runs after the app is tidied as it was before."""
        gc.set_threshold(*self._before)
        gc.unfreeze()


def tidy() -> None:
    """Take away what is used no more. What is held since the start is looked at once and left alone from then on."""
    # Textual keeps all that the last thousand widgets drew, long after they are gone: 4 MB for a hundred keys
    # (github.com/Textualize/textual/issues/6665).
    StylesCache.get_inner_outer.cache_clear()
    if gc.get_count()[2]:
        gc.collect()
        if not gc.get_freeze_count():
            gc.freeze()
