"""The full-screen app: its start and end, its looks, and the command palette."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from textual.actions import ActionParseResult
from textual.app import App, SystemCommand
from textual.await_complete import AwaitComplete
from textual.dom import DOMNode
from textual.events import Event, InputEvent, Key, MouseEvent, Paste
from textual.filter import LineFilter
from textual.message import Message
from textual.screen import Screen
from textual.theme import ThemeProvider

from reinspect.errors import unexpected
from reinspect.reading.sanitise import make_safe, safe_line
from store.location import SettingsError, settings_file
from tui.app.clipboard import clipboard_sequence, copied_file
from tui.app.closing import Dialog, Palette
from tui.app.double_click import DoubleClicks
from tui.app.main_screen import MainScreen
from tui.app.memory import IdleCleanup
from tui.app.output_filter import ControlCharacterFilter
from tui.app.pane import Pane
from tui.app.store_handle import StoreHandle
from tui.app.store_screen import StoreScreen
from tui.app.textual_patches import PlainCrashApp, read_pastes_plainly, set_clipboard
from tui.app.themes import DARK, OWN_THEMES, missing_variables
from tui.last_session import LastSession, load_last_session, save_last_session
from tui.settings import Settings, settings

if TYPE_CHECKING:
    from store import Store

_DEFAULT_SETTINGS, _NEW_SESSION = Settings(), LastSession()
# Classes of the screen from this width and from this height on.
_WIDTHS = [(0, "-narrow"), (80, "-usual"), (110, "-wide")]
_HEIGHTS = [(0, "-low"), (24, "-tall")]
# Keys that move a cursor; the command palette leaves them out.
_MOVING = ("table.", "lines.", "pages.", "box.")
# Keys that answer or close what is in front.
_CLOSING_KEYS = ("enter", "escape", "q")


class ReinspectApp(PlainCrashApp):
    """The full-screen app: one main screen of panes, with dialogs and the reader above it."""

    TITLE = "reinspect"
    CSS_PATH = "reinspect.tcss"
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS

    def __init__(
        self,
        open_store: Callable[[], Store],
        settings: Settings = _DEFAULT_SETTINGS,
        session: LastSession = _NEW_SESSION,
        copy_file: Path | None = None,
        *,
        welcomes: bool = False,
    ) -> None:
        """Prepare the app; `open_store` runs after the first paint. `copy_file` receives every copied text as well.

        `welcomes` shows a welcome first.

        Raises:
            SettingsError: the settings name an unknown theme.
        """
        no_colour = _colour_is_refused()
        # Textual picks its filter for NO_COLOR here. Only with the terminal's own (ANSI) colours does it paint no
        # colour at all; else it paints grey, which is a colour too.
        super().__init__(ansi_color=True if no_colour else None)
        self._opened = StoreHandle(open_store)
        self._settings = settings
        self._first_location = session.location
        self._copy_file = copy_file
        self._welcomes = welcomes
        self._control_filter = ControlCharacterFilter()
        # When a screen closed last, and when one was opened last, by the clock of messages.
        self._closed_at = self._opened_at = 0.0
        self._double_clicks = DoubleClicks(self)
        for theme in OWN_THEMES:
            self.register_theme(theme)
        self.set_keymap(settings.keymap)
        if no_colour:
            self.theme = "ansi-dark"
        else:
            self._set_theme(session.theme)

    def _set_theme(self, last_theme: str | None) -> None:
        """Use the theme of the settings, or else the one in use when the app was last closed."""
        self.theme = DARK
        theme = self._settings.theme or last_theme
        if theme in self.available_themes:
            self.theme = theme
        elif self._settings.theme:
            known = ", ".join(sorted(self.available_themes))
            raise SettingsError(f'theme: there is none called "{self._settings.theme}"; known are {known}')

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours of the theme, with those that only this app uses."""
        variables = super().get_css_variables()
        self.theme_variables = {**variables, **missing_variables(self.current_theme, variables)}
        return self.theme_variables

    def get_default_screen(self) -> Screen[None]:
        """Create the main screen; the comparison group of the settings applies unless the last session had one."""
        location = self._first_location
        if location.selection.cohort is None and self._settings.group:
            selection = msgspec.structs.replace(location.selection, cohort=self._settings.group)
            location = msgspec.structs.replace(location, selection=selection)
        self._main_screen = MainScreen(self._opened, location, self._settings.width)
        self._main_screen.copy_file = self._copy_file
        self._main_screen.welcomes = self._welcomes
        return self._main_screen

    @property
    def session(self) -> LastSession:
        """The present location and theme, to start with next time."""
        return LastSession(location=self._main_screen.location, theme=self.theme)

    def copy_to_clipboard(self, text: str) -> None:
        """Put a text on the clipboard of the terminal, through tmux too."""
        set_clipboard(self, text, clipboard_sequence(text, os.environ))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return Textual's line filters, followed by the one that removes control characters."""
        return [*super().get_line_filters(), self._control_filter]

    def on_mount(self) -> None:
        """Start freeing memory while nobody types."""
        self._cleanup = IdleCleanup(self)

    def on_unmount(self) -> None:
        """Restore the garbage collector for the rest of the process."""
        self._cleanup.end()

    async def on_event(self, event: Event) -> None:
        """Make pasted text safe, postpone the cleanup of memory while a person types, and drop what closes twice.

        An Enter, Esc or q that was pressed before a dialog closed was meant for the dialog: it must not open, stop or
        quit anything on the screen below. So it is with the second click of a double click.
        """
        if isinstance(event, InputEvent) and self.is_running:
            self._cleanup.postpone()
        if isinstance(event, Key) and event.key in _CLOSING_KEYS and event.time < self._closed_at:
            return
        if isinstance(event, Key) and event.time < self._opened_at and self._types_ahead(event):
            return
        if isinstance(event, MouseEvent) and self._double_clicks.is_meant_for_another(event):
            return
        if isinstance(event, Paste):
            event.text = make_safe(event.text)
        await super().on_event(event)

    def _types_ahead(self, event: Key) -> bool:
        """Put a letter that was pressed before a dialog had opened into its text field; return whether it has one."""
        return isinstance(self.screen, Dialog) and self.screen.take_letter(event)

    def crash_message(self, error: Exception) -> str | None:
        """Return the line to print when the app crashes; None, for a traceback, if REINSPECT_DEBUG is set."""
        return None if os.environ.get("REINSPECT_DEBUG") else f"reinspect: {safe_line(unexpected(error))}"

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action; an action of a pane clears the notice first, as it may show one of its own."""
        if isinstance(default_namespace, Pane):
            self._main_screen.clear_outdated_notice()
        return await super().run_action(action, default_namespace, namespaces)

    def push_screen(self, *given: Any, **named: Any) -> Any:
        """Open a screen, and take note of the time."""
        pushed = super().push_screen(*given, **named)
        self._opened_at = Message().time
        return pushed

    def pop_screen(self) -> AwaitComplete:
        """Close the screen in front, and take note of the time."""
        popped = super().pop_screen()
        self._closed_at = Message().time
        return popped

    def action_command_palette(self) -> None:
        """Show the list of commands."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def search_themes(self) -> None:
        """Show the list of themes."""
        self.push_screen(Palette(providers=[ThemeProvider], placeholder="Search for themes…"))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """List the commands of the palette: the actions of the screen, and a few that have no key.

        Textual's own commands are left out, since they speak of widgets.
        """
        yield SystemCommand("Colours", "choose a dark or light theme", self.action_change_theme)
        yield SystemCommand("Welcome", "what this program is, and where to begin", self._main_screen.action_welcome)
        yield SystemCommand("Picture of the screen", "write it to a file, as SVG", self._save_picture)
        if isinstance(screen, StoreScreen):
            file = settings_file()
            notice = f"The settings are kept in {file}; `reinspect config` shows all of them."
            # The palette reads the help of a command as markup, so that no name of a folder may be in it.
            help_line = "where the file config.toml is"
            yield SystemCommand("Settings: where they are kept", help_line, partial(screen.notice.say, notice))
        yield from self._key_commands(screen)

    def _key_commands(self, screen: Screen[object]) -> Iterator[SystemCommand]:
        """List every action that has a key, once, but for those that only move a cursor."""
        offered: set[str] = set()
        for node, binding, enabled, _ in screen.active_bindings.values():
            moves = binding.id is None or binding.id.startswith(_MOVING)
            if enabled and not moves and binding.action not in offered:
                offered.add(binding.action)
                label = binding.tooltip or binding.description
                title = f"{label[:1].upper()}{label[1:]}"
                help_line = f"key {self.get_key_display(binding)}, {_where(node)}"
                yield SystemCommand(title, help_line, _action_runner(self, node, binding.action))

    def _save_picture(self) -> None:
        # The palette is still on the screen now; it is gone a moment later.
        self.set_timer(0.1, self.deliver_screenshot)


def _where(node: DOMNode) -> str:
    """Return "in Compare" for a key of that pane, and "everywhere" for a key of the main screen."""
    return "everywhere" if isinstance(node, MainScreen) else f"in {node.BINDING_GROUP_TITLE}"


def _action_runner(app: App[int], node: DOMNode, action: str) -> Callable[[], object]:
    async def run_action() -> None:
        await app.run_action(action, node)

    return run_action


def _colour_is_refused() -> bool:
    """Return whether NO_COLOR is set; an empty value does not count (no-color.org), and is removed for Textual."""
    if os.environ.get("NO_COLOR"):
        return True
    os.environ.pop("NO_COLOR", None)
    return False


def _check_keymap(settings: Settings, file: Path) -> None:
    """Check that the settings give keys to known actions only, and no key that another action has.

    Raises:
        SettingsError: an action is unknown, or a key is taken; the message names the file.
    """
    if not settings.keymap:
        return
    from tui.app.keys_reference import binding_ids, taken_key

    known = binding_ids()
    for name in settings.keymap.keys() - known:
        similar = get_close_matches(name, known, n=1)
        hint = f"; did you mean {similar[0]}?" if similar else ""
        raise SettingsError(f'{file}: keymap: no action is called "{name}"{hint}')
    if taken := taken_key(settings.keymap):
        raise SettingsError(f"{file}: keymap: {taken}; choose another key")


def run(store_folder: Path) -> int:
    """Run the app on a store and return the exit code of the program.

    Where no screen can be painted, say so on stderr and return 2.
    """
    # Textual paints on stderr, so that one must be a terminal too.
    if os.environ.get("TERM") == "dumb" or not all(s.isatty() for s in (sys.stdin, sys.stdout, sys.stderr)):
        sys.stderr.write(
            "reinspect: the app needs a full terminal. To see the same panes as text, run `reinspect --linear`, "
            "`reinspect timeline AUTHORITY`, `reinspect compare A B` or `reinspect search WORDS`.\n"
        )
        return 2

    def open_store() -> Store:
        from store import Store

        return Store.open(store_folder)

    file = settings_file()
    session = load_last_session(file.parent, store_folder)
    chosen = settings(file)
    _check_keymap(chosen, file)
    is_first_run = session.location.selection.authority is None
    app = ReinspectApp(open_store, chosen, session, copied_file(), welcomes=is_first_run)
    read_pastes_plainly()
    app.run()
    save_last_session(file.parent, store_folder, app.session)
    return app.return_code or 0
