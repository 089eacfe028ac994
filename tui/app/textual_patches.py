"""Functions and a base class that use private parts of Textual, with the reason for each.

Private names may change in any release of Textual, so they appear here and nowhere else. Each function has a test in
`tests/tui/app/test_textual_patches.py`, which fails when a new release breaks it. All were checked with Textual 8.2.8.

`tui/web/visitor.py` does the same for the private parts of textual-serve, which is an optional dependency.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from contextlib import suppress

from rich.text import Text
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.css.query import NoMatches
from textual.message import Message

_ESCAPE, _PASTE_STARTS, _PASTE_ENDS = "\x1b", "\x1b[200~", "\x1b[201~"


def clear_border_cache() -> None:
    """Empty Textual's cache of border styles.

    Textual keeps what the last thousand widgets drew, long after they were closed: 4 MB for a hundred keys
    (github.com/Textualize/textual/issues/6665). There is no public way to empty the cache.
    """
    StylesCache.get_inner_outer.cache_clear()


def set_clipboard(app: App[int], text: str, sequence: str) -> None:
    """Set the app's own clipboard to `text`, and write an escape `sequence` to the terminal.

    `App.copy_to_clipboard` writes one OSC 52 sequence only, which tmux drops unless it is wrapped. The public driver
    API has no way to write any other sequence. Without a driver (before the start, after the end) nothing is written.
    """
    app._clipboard = text
    if app._driver is not None:
        app._driver.write(sequence)


class PlainCrashApp(App[int]):
    """An app that prints one line of text when it crashes, in place of Textual's traceback.

    The traceback shows the values of all local variables. Some of these are sentences of reports, which may contain
    control sequences, and they would go to the terminal unfiltered.

    After a person has quit, a pane that is still being loaded may look for a widget that has been removed. Textual
    takes that for a crash; here it is ignored, and the app ends normally.
    """

    @abstractmethod
    def crash_message(self, error: Exception) -> str | None:
        """Return the line to print for an unexpected `error`, or None for Textual's traceback."""

    def _handle_exception(self, error: Exception) -> None:
        if self._exit and isinstance(error, NoMatches):
            return
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        error = self._exception
        message = self.crash_message(error) if error is not None else None
        if message is None:
            super()._fatal_error()
            return
        # One fault may be reported by several widgets: print the first report only.
        if not self._exit_renderables:
            self._exit_renderables.append(Text(message))
        self._close_messages_no_wait()


class PlainPasteParser(XTermParser):
    """A parser of what a terminal sends, for which an escape character within a pasted text is text.

    Textual's own takes it for the Esc key, and the letters after it for keys: a text that is copied from a hostile file
    could quit the app or change the store. Most terminals leave the character out, but tmux does not.
    """

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._is_pasting = False
        # What was read last outside a pasted text, and what may be the beginning of its end.
        self._tail = self._held = ""

    def feed(self, data: str) -> Iterable[Message]:
        """Read what the terminal sends, and yield keys, clicks and pasted texts. Empty data ends it."""
        plain = self._without_escapes_in_pastes(data)
        if plain or not data:
            yield from super().feed(plain)

    def _without_escapes_in_pastes(self, data: str) -> str:
        """Return the data with a visible sign in place of each escape character within a pasted text."""
        parts, rest = [], self._held + data
        self._held = ""
        while rest:
            if self._is_pasting:
                text, end, rest = rest.partition(_PASTE_ENDS)
                held = next((n for n in range(len(_PASTE_ENDS) - 1, 0, -1) if text.endswith(_PASTE_ENDS[:n])), 0)
                if held and not end:
                    text, self._held = text[:-held], text[-held:]
                parts += [text.replace(_ESCAPE, "\N{REPLACEMENT CHARACTER}"), end]
                self._is_pasting = not end
            else:
                start = (self._tail + rest).find(_PASTE_STARTS)
                self._is_pasting = start >= 0
                cut = start + len(_PASTE_STARTS) - len(self._tail) if self._is_pasting else len(rest)
                parts.append(rest[:cut])
                self._tail = "" if self._is_pasting else (self._tail + rest)[1 - len(_PASTE_STARTS) :]
                rest = rest[cut:]
        return "".join(parts)


def read_pastes_plainly() -> None:
    """Let the app read the terminal with `PlainPasteParser`, where there is a terminal of Unix.

    The driver makes its parser by the name that its module imports, and there is no public way to give it another.
    """
    with suppress(ImportError):
        from textual.drivers import linux_driver

        linux_driver.XTermParser = PlainPasteParser  # type: ignore[attr-defined]
