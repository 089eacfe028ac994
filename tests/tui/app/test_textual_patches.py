"""Private parts of Textual work as the app expects, and only one module touches them."""

from __future__ import annotations

import ast
import inspect
import pkgutil
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from textwrap import dedent

import pytest
from rich.segment import Segments
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.css.query import NoMatches
from textual.events import Key, Paste
from textual.widgets import Static

import tui
from tui.app import textual_patches
from tui.app.textual_patches import (
    PlainCrashApp,
    PlainPasteParser,
    clear_border_cache,
    read_pastes_plainly,
    set_clipboard,
)

# The modules that may use private names, and of which package.
ALLOWED = {"tui.app.textual_patches": "textual", "tui.web.visitor": "textual_serve"}
# Private by name, but documented parts of the standard library.
PUBLIC_UNDERSCORES = {"_replace", "_asdict", "_exit", "_fields"}


class Bordered(PlainCrashApp):
    """An app of one widget with a border, which prints a message for every error but "unknown"."""

    CSS = "Static { border: round red; }"

    def compose(self) -> ComposeResult:
        yield Static("words", markup=False)

    def crash_message(self, error: Exception) -> str | None:
        return f"in plain words: {error}" if str(error) != "unknown" else None


async def test_the_border_cache_is_filled_by_drawing_and_can_be_emptied() -> None:
    async with Bordered().run_test():
        assert StylesCache.get_inner_outer.cache_info().currsize > 0
        clear_border_cache()
        assert StylesCache.get_inner_outer.cache_info().currsize == 0


async def test_a_copied_text_is_the_apps_clipboard_and_its_sequence_reaches_the_driver(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = Bordered()
    async with app.run_test():
        written: list[str] = []
        monkeypatch.setattr(app._driver, "write", written.append)
        set_clipboard(app, "words", "sequence")
        assert app.clipboard == "words"
        assert written == ["sequence"]


def test_copying_before_the_app_has_started_writes_nothing() -> None:
    app = Bordered()
    set_clipboard(app, "words", "sequence")
    assert app.clipboard == "words"


def crash(app: Bordered, reason: str) -> list[object]:
    """Let the app handle an exception, and return what it prints after the screen is closed."""
    try:
        raise RuntimeError(reason)
    except RuntimeError as error:
        app._exception = error
        app._fatal_error()
    return list(app._exit_renderables)


def test_a_crash_prints_the_message_of_the_app_once() -> None:
    app = Bordered()
    crash(app, "expected")
    assert [str(line) for line in crash(app, "again")] == ["in plain words: expected"]


def test_a_crash_without_a_message_prints_a_traceback() -> None:
    (printed,) = crash(Bordered(), "unknown")
    assert isinstance(printed, Segments)
    assert "Traceback" in "".join(segment.text for segment in printed.segments)


def modules() -> Iterator[str]:
    return (found.name for found in pkgutil.walk_packages(tui.__path__, "tui."))


def private_attributes(tree: ast.AST) -> Iterator[ast.Attribute]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
            yield node


@cache
def own_private_names(owner: type) -> set[str]:
    """The private methods of a class, and the private attributes that its methods use on `self`."""
    tree = ast.parse(dedent(inspect.getsource(owner)))
    used = {node.attr for node in private_attributes(tree) if ast.unparse(node.value) == "self"}
    defined = {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
    return used | {name for name in defined if name.startswith("_") and not name.startswith("__")}


def test_no_other_module_imports_a_private_module_of_textual() -> None:
    imported = []
    for name in modules():
        path = Path(import_module(name).__file__ or "")
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                targets = [f"{node.module}.{alias.name}" for alias in node.names]
            else:
                targets = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            imported += [
                f"{name}: {target}"
                for target in targets
                if target.startswith("textual") and "._" in target and name not in ALLOWED
            ]
    assert imported == []


def test_no_other_class_uses_or_replaces_a_private_name_of_its_textual_base() -> None:
    touched = []
    for name in modules():
        for _, owner in inspect.getmembers(import_module(name), inspect.isclass):
            bases = [base for base in owner.__mro__ if base.__module__.partition(".")[0] == "textual"]
            if owner.__module__ == name and bases and name not in ALLOWED:
                inherited = set().union(*map(own_private_names, bases))
                touched += [f"{owner.__qualname__}.{attr}" for attr in own_private_names(owner) & inherited]
    assert touched == []


def test_no_other_module_reads_a_private_attribute_of_another_object() -> None:
    """`self._x` is a class's own, as is `other._x` in a comparison; `widget._x` or `app._x` may be Textual's."""
    own = {"self", "cls", "super()", "other"}
    read = []
    for name in modules():
        source = Path(import_module(name).__file__ or "").read_text("utf-8")
        if "textual" in source and name not in ALLOWED:
            read += [
                f"{name}:{node.lineno} {ast.unparse(node)}"
                for node in private_attributes(ast.parse(source))
                if ast.unparse(node.value) not in own and node.attr not in PUBLIC_UNDERSCORES
            ]
    assert read == []


class LateWidget(Static):
    """A widget that looks for another one that is not there, after it told the app to end or not."""

    def __init__(self, ends: bool) -> None:
        super().__init__("words", markup=False)
        self.ends = ends

    def on_mount(self) -> None:
        if self.ends:
            self.app.exit(return_code=0)
        self.query_one("#gone")


@pytest.mark.parametrize(("ends", "code"), [(True, 0), (False, 1)])
async def test_a_widget_missed_while_the_app_ends_is_not_a_crash(ends: bool, code: int) -> None:
    app = Bordered()
    with suppress(NoMatches):
        async with app.run_test():
            await app.mount(LateWidget(ends))
    assert app.return_code == code


def test_every_private_part_has_a_reason() -> None:
    functions = [value for value in vars(textual_patches).values() if inspect.isfunction(value)]
    owned = [each for each in (*functions, PlainCrashApp) if each.__module__ == textual_patches.__name__]
    assert all(len((each.__doc__ or "").strip().split("\n")) > 1 for each in owned)
    assert issubclass(PlainCrashApp, App)


_PASTED = "before\x1b[201x \x1bq after"


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 1000])
def test_an_escape_within_a_pasted_text_is_text_however_the_terminal_splits_it(size: int) -> None:
    sent = f"a\x1b[200~{_PASTED}\x1b[201~b\x1b[A"
    parser = PlainPasteParser()
    events = [event for start in range(0, len(sent), size) for event in parser.feed(sent[start : start + size])]
    assert [event.key if isinstance(event, Key) else event for event in events if not isinstance(event, Paste)] == [
        "a",
        "b",
        "up",
    ]
    assert [event.text for event in events if isinstance(event, Paste)] == ["before\ufffd[201x \ufffdq after"]


def test_textuals_own_parser_takes_the_escape_for_keys() -> None:
    """If this fails, Textual reads pasted texts plainly by now, and `PlainPasteParser` can go."""
    events = list(XTermParser().feed(f"\x1b[200~{_PASTED}\x1b[201~"))
    assert [event.text for event in events if isinstance(event, Paste)] != [_PASTED]


def test_the_driver_of_a_unix_terminal_reads_with_the_plain_parser() -> None:
    linux_driver = pytest.importorskip("textual.drivers.linux_driver", reason="no terminal of Unix")
    read_pastes_plainly()
    assert linux_driver.XTermParser is PlainPasteParser
