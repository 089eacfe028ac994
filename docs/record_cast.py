"""A recording of the three things that people do, made by this script in two forms.

    python docs/record_cast.py

`docs/recording.cast` is for `asciinema play`, and `docs/pictures/recording.svg` moves by itself in the README: it has a
picture of each moment at which one reads.

The app runs without a terminal on the shipped data, a person's keys are pressed, and what changes on the screen is
written down in asciinema's format (version 2). The pauses are set here, not measured, so the same app gives the same
file. No report is in the store, so no sentence of one can be in the recording.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip
from textual.widgets import Input

from store import Store
from tests.making.person import Person, person_at
from tui.app.app import ReinspectApp

_FILE = Path(__file__).resolve().parent / "recording.cast"
_PICTURE = Path(__file__).resolve().parent / "pictures" / "recording.svg"
_WIDTH, _HEIGHT = 100, 28
_TYPING, _LOOK, _READ = 0.12, 1.2, 2.5
_PICTURE_SECONDS = 3.0
_CLEAR, _HOME = "\x1b[?25l\x1b[2J", "\x1b[{};1H"


class Step(NamedTuple):
    """Keys that are pressed, and the pause in seconds after the last of them. `title` begins a part of the recording.

    With `at_once`, nothing is shown between the keys.
    """

    keys: Sequence[str]
    pause: float = _LOOK
    title: str = ""
    at_once: bool = False


_STEPS = (
    Step((), _READ, "A newcomer: what is this, and how did my council do?"),
    Step(("T",), _READ),
    Step(("f",)),
    Step(("enter",), _READ),
    Step(("left", "left"), _LOOK),
    Step(("3",), _READ, "A quality officer: what was asked before, and comes up again?"),
    Step(("down", "down", "down"), _LOOK),
    Step(("2",), _READ),
    Step(("n", "n"), _LOOK),
    Step(("slash",)),
    Step(tuple("supervision"), _LOOK),
    Step(("enter", "down")),
    Step(("p",), _LOOK),
    Step(("enter",), _READ),
    Step(("escape",)),
    Step(("b",), _READ),
    Step(("escape",)),
    Step(("5", "m"), _READ, "A journalist: who came out of inadequate, and how long did it take?", at_once=True),
    Step(("o",), _LOOK),
    Step(("down", "down", "down"), _LOOK),
    Step(("Y",), _LOOK),
    Step(("down", "enter"), _READ),
)


class Recorder:
    """Writes down what changes on the screen of a person, line by line."""

    def __init__(self) -> None:
        self.events: list[tuple[float, str, str]] = []
        self.pictures: list[str] = []
        self._seconds = 0.0
        self._lines: list[str] = []

    def mark(self, title: str) -> None:
        """Begin a part of the recording."""
        self.events.append((self._seconds, "m", title))

    def draw(self, strips: Sequence[Strip], pause: float) -> None:
        """Write down the lines that differ from the last ones, and wait."""
        lines = [_as_sequences(strip) for strip in strips]
        if changed := "".join(_changes(self._lines, lines)):
            self.events.append((self._seconds, "o", changed))
        self._lines = lines
        self._seconds = round(self._seconds + pause, 3)

    def moving_picture(self) -> str:
        """Return an SVG that shows the pictures one after the other, without end."""
        whole = _PICTURE_SECONDS * len(self.pictures)
        share = 100 / len(self.pictures)
        frames = "".join(
            f'<g class="frame" style="animation-delay:{place * _PICTURE_SECONDS:g}s">{picture}</g>'
            for place, picture in enumerate(self.pictures)
        )
        size = re.search(r'viewBox="[^"]+"', self.pictures[0])
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size[0] if size else ""}><style>'
            f".frame {{ visibility: hidden; animation: frame {whole:g}s step-end infinite }}"
            f"@keyframes frame {{ 0% {{ visibility: visible }} {share:.3f}% {{ visibility: hidden }} }}"
            f"</style>{frames}</svg>\n"
        )

    def cast(self) -> str:
        """Return the recording: a head, then one line for each event."""
        head = {"version": 2, "width": _WIDTH, "height": _HEIGHT, "title": "reinspect", "idle_time_limit": _READ}
        return "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in (head, *self.events))


def _changes(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    if not before:
        yield _CLEAR
    for number, line in enumerate(after):
        if number >= len(before) or before[number] != line:
            yield _HOME.format(number + 1) + line


def _as_sequences(strip: Strip) -> str:
    """Return a line as a terminal receives it; a style is named once, where it begins."""
    parts, last = [], None
    for text, style, control in strip.simplify():
        if control:
            continue
        sequence = _sequence(style or Style())
        parts.append(text if sequence == last else sequence + text)
        last = sequence
    return "".join(parts)


def _sequence(style: Style) -> str:
    """Return the escape sequence that begins a style and ends every other."""
    codes = style.render("x", color_system=ColorSystem.TRUECOLOR).partition("x")[0].removeprefix("\x1b[").rstrip("m")
    return f"\x1b[0;{codes}m" if codes else "\x1b[0m"


async def _record(store: Path) -> Recorder:
    recorder = Recorder()
    app = ReinspectApp(lambda: Store.open(store), welcomes=True)
    async with person_at(app, _WIDTH, _HEIGHT) as person:
        for step in _STEPS:
            if step.title:
                recorder.mark(step.title)
            await _take(person, recorder, step)
    return recorder


async def _take(person: Person, recorder: Recorder, step: Step) -> None:
    for number, key in enumerate(step.keys, 1):
        await person.presses(key)
        if number < len(step.keys) and not step.at_once:
            recorder.draw(person.app.screen._compositor.render_strips(), _TYPING if len(key) == 1 else _TYPING * 4)
    recorder.draw(person.app.screen._compositor.render_strips(), step.pause)
    if step.pause == _READ:
        recorder.pictures.append(person.app.export_screenshot(title="reinspect"))


async def main() -> None:
    """Make the recording."""
    # A blinking cursor would be in some recordings and not in others, and so would the folder that an export names.
    with (
        tempfile.TemporaryDirectory() as home,
        patch.dict(os.environ, {"HOME": home}),
        patch.object(Input, "cursor_blink", new=False),
    ):
        reports = Path(home) / "reports"
        reports.mkdir()
        with chdir(reports):
            recorder = await _record(Path(home) / "store")
    _FILE.write_text(recorder.cast(), encoding="utf-8")
    _PICTURE.write_text(recorder.moving_picture(), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
