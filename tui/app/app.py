"""The app: looks, keys that are the same everywhere, and how it starts and ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from rich.text import Text
from textual.actions import ActionParseResult
from textual.app import App, SystemCommand
from textual.dom import DOMNode
from textual.events import Event, InputEvent, Paste
from textual.filter import LineFilter
from textual.screen import Screen

from reinspect.errors import unexpected
from reinspect.reading.sanitise import make_safe, safe_line
from store.location import SettingsError, settings_file
from tui.app.clipboard import copying
from tui.app.history import LastSession, keep, left_off
from tui.app.main_screen import MainScreen
from tui.app.memory import IdleCleanup
from tui.app.open_store import OpenStore
from tui.app.output_filter import ControlCharacterFilter
from tui.app.pane import Pane
from tui.app.store_screen import StoreScreen
from tui.settings import Settings, settings

if TYPE_CHECKING:
    from store import Store

_DEFAULTS, _NOWHERE = Settings(), LastSession()
_WIDTHS = [(0, "-narrow"), (100, "-wide")]


class ReinspectApp(App[int]):
    """Inspections of an authority, in panes."""

    TITLE = "reinspect"
    CSS_PATH = "reinspect.tcss"
    HORIZONTAL_BREAKPOINTS = _WIDTHS

    def __init__(
        self,
        open_store: Callable[[], Store],
        settings: Settings = _DEFAULTS,
        left: LastSession = _NOWHERE,
        kept_copy: Path | None = None,
    ) -> None:
        colourless = _without_colour()
        # Textual fits its filter for NO_COLOR here, by whether colours are the terminal's own: grey is a colour too.
        super().__init__(ansi_color=True if colourless else None)
        if colourless:
            self.theme = "ansi-dark"
        self._opened = OpenStore(open_store)
        self._settings = settings
        self._begin = left.place
        self._kept_copy = kept_copy
        self.set_keymap(settings.keymap)
        theme = settings.theme or left.theme
        if theme in self.available_themes and not colourless:
            self.theme = theme
        elif settings.theme and not colourless:
            known = ", ".join(sorted(self.available_themes))
            raise SettingsError(f'theme: there is none called "{settings.theme}"; known are {known}')
        self._last_door = ControlCharacterFilter()

    def get_default_screen(self) -> Screen[None]:
        """The panes."""
        begin = self._begin
        if begin.selection.cohort is None and self._settings.cohort:
            selection = msgspec.structs.replace(begin.selection, cohort=self._settings.cohort)
            begin = msgspec.structs.replace(begin, selection=selection)
        self._browse = MainScreen(self._opened, begin, self._settings.width)
        self._browse.kept_copy = self._kept_copy
        return self._browse

    @property
    def left(self) -> LastSession:
        """Where the person is, for the next start."""
        return LastSession(place=self._browse.place, theme=self.theme)

    def copy_to_clipboard(self, text: str) -> None:
        """Offer a text to the terminal's clipboard, through tmux too."""
        self._clipboard = text
        if self._driver is not None:
            self._driver.write(copying(text, os.environ))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, and the one that lets no control byte out."""
        return [*super().get_line_filters(), self._last_door]

    def on_mount(self) -> None:
        """However long it is open, it keeps no more than it shows."""
        self._tidying = IdleCleanup(self)

    def on_unmount(self) -> None:
        """What runs after the app is as it was before."""
        self._tidying.end()

    async def on_event(self, event: Event) -> None:
        """What is pasted is text from elsewhere, and is made safe like any other."""
        if isinstance(event, InputEvent) and self.is_running:
            self._tidying.wait()
        if isinstance(event, Paste):
            event.text = make_safe(event.text)
        await super().on_event(event)

    def _fatal_error(self) -> None:
        """A fault of ours ends in words: Textual's traceback would print the texts that were at hand, raw."""
        if os.environ.get("REINSPECT_DEBUG") or self._exception is None:
            super()._fatal_error()
            return
        if not self._exit_renderables:
            self._exit_renderables.append(Text(f"reinspect: {safe_line(unexpected(self._exception))}"))
        self._close_messages_no_wait()

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """What was said goes when a pane does something else, which may say something of its own."""
        if isinstance(default_namespace, Pane):
            self._browse.put_notice_away()
        return await super().run_action(action, default_namespace, namespaces)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every action of the screen, and what has no key; Textual's own speak of widgets, which nobody sees."""
        yield SystemCommand("Theme", "choose the colours", self.action_change_theme)
        yield SystemCommand("Picture of the screen", "write it to a file, as SVG", self._draw)
        if isinstance(screen, StoreScreen):
            file = settings_file()
            told = f"The settings are kept in {file}; `reinspect config` shows all of them."
            yield SystemCommand("Settings: where they are kept", str(file), partial(screen.notice.say, told))
        offered: set[str] = set()
        for node, binding, enabled, _ in screen.active_bindings.values():
            moves = binding.id is None or binding.id.startswith(_MOVES)
            if enabled and not moves and binding.action not in offered:
                offered.add(binding.action)
                words = binding.tooltip or binding.description
                title = f"{words[:1].upper()}{words[1:]}"
                key = self.get_key_display(binding)
                yield SystemCommand(title, f"{key} in {node.BINDING_GROUP_TITLE}", _run(self, node, binding.action))

    def _draw(self) -> None:
        # Once the palette is gone.
        self.set_timer(0.1, self.deliver_screenshot)


_MOVES = ("table.", "lines.", "pages.", "box.")


def _run(app: App[int], node: DOMNode, action: str) -> Callable[[], object]:
    async def act() -> None:
        await app.run_action(action, node)

    return act


def _without_colour() -> bool:
    """Whether the person asked for no colour. An empty NO_COLOR asks for nothing (no-color.org) and is taken away."""
    if os.environ.get("NO_COLOR"):
        return True
    os.environ.pop("NO_COLOR", None)
    return False


def _checked(settings: Settings, file: Path) -> Settings:
    """The settings, if there are the keys that they name.

    Raises:
        SettingsError: there are not.
    """
    if settings.keymap:
        from tui.app.keys_reference import names

        for name in settings.keymap.keys() - names():
            near = get_close_matches(name, names(), n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise SettingsError(f'{file}: keymap: no action is called "{name}"{hint}')
    return settings


def run(store_folder: Path) -> int:
    """Open the app on a store; returns the exit code: 2, with a word on stderr, where no screen can be painted."""
    # Textual paints on stderr, so that one must be a terminal too.
    if os.environ.get("TERM") == "dumb" or not all(s.isatty() for s in (sys.stdin, sys.stdout, sys.stderr)):
        sys.stderr.write(
            "reinspect: the app needs a full terminal. The same panes as text: `reinspect --linear`, or "
            "`reinspect timeline AUTHORITY`, `reinspect compare A B`, `reinspect search WORDS`.\n"
        )
        return 2

    def open_store() -> Store:
        from store import Store

        return Store.open(store_folder)

    file = settings_file()
    left = left_off(file.parent, store_folder)
    app = ReinspectApp(open_store, _checked(settings(file), file), left, file.with_name("copied.txt"))
    app.run()
    keep(file.parent, store_folder, app.left)
    return app.return_code or 0
