"""The two tutorials do what they say: every key is pressed, every command run, and every printed line is seen."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from reinspect.example import example_files
from reinspect.record import record
from store import Store
from tests.making.person import Person, person_at
from tui.app.app import ReinspectApp
from tui.cli import output
from tui.cli.main import main

DOCS = Path(__file__).parents[1] / "docs"
KEYS = {"Enter": "enter", "Esc": "escape", "/": "slash", "↓": "down", "Tab": "tab"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(output, "terminal_width", lambda: 80)
    monkeypatch.setenv("REINSPECT_STORE", "my-example-store")
    return tmp_path


async def test_the_keys_of_the_tutorial_show_what_it_prints(here: Path) -> None:
    folder = here / "my-example"
    folder.mkdir()
    for name, data in example_files().items():
        (folder / name).write_bytes(data)
    steps = (DOCS / "tutorial.md").read_text("utf-8").partition("## 2.")[2].partition("## Now with your council")[0]
    checked = 0
    # Camden's part of the record is all that the page shows of it.
    camden = tuple(inspection for inspection in record().inspections if inspection.authority == "camden")
    part = msgspec.structs.replace(record(), inspections=camden)
    async with person_at(ReinspectApp(lambda: Store.open(here / "store", record=part))) as person:
        await person.presses("escape")
        for is_shown, text in parts(steps):
            if not is_shown:
                await follow(person, text)
                continue
            for line in text.splitlines():
                assert plain(line) in plain(person.sees), f"{line!r} is not on the screen:\n{person.sees}"
                checked += 1
    assert checked > 15


async def follow(person: Person, text: str) -> None:
    """Press and type what a text says: "Press `A`, type `my-example` and press `Enter`."."""
    for line in re.sub(r"\s+", " ", text).split(". "):
        for action in re.finditer(r"([Pp]ress|type)((?: `[^`]+`)+)", line):
            verb, things = action[1].lower(), re.findall(r"`([^`]+)`", action[2])
            if verb == "type":
                await person.types(things[0])
            elif things != ["q"]:
                await person.presses(*(KEYS.get(key, key) for key in things))


def test_the_commands_of_the_tutorial_print_what_it_shows(here: Path) -> None:
    printed, checked = "", 0
    page = (DOCS / "tutorial-in-the-shell.md").read_text("utf-8").partition("## Now with your council")[0]
    for language, block in re.findall(r"^```(sh|text)\n(.*?)^```", page, re.DOTALL | re.MULTILINE):
        if language == "text":
            assert_shown(block, printed)
            checked += 1
            continue
        for line in block.splitlines():
            words = shlex.split(line, comments=True)[1:]
            result = CliRunner().invoke(main, words)
            assert result.exit_code == 0, f"{line}: {result.output}"
            printed = result.stdout
    assert checked >= 6
    assert (here / "quotes.docx").read_bytes().startswith(b"PK")
    assert "declined" in (here / "change.md").read_text("utf-8")


def assert_shown(block: str, printed: str) -> None:
    """Check that the lines of a block were printed in this order; "..." stands for any others."""
    at = 0
    for run in re.split(r"^\.\.\.\n", block, flags=re.MULTILINE):
        found = printed.replace("\\", "/").find(run.rstrip("\n"), at)
        assert found >= 0, f"not printed:\n{run}\nbut:\n{printed}"
        assert all(len(line) <= 80 or line.startswith("my-example/") for line in run.splitlines())
        at = found + len(run)


def parts(page: str) -> Iterator[tuple[bool, str]]:
    """Yield the text of a page and its shown blocks, in order."""
    at = 0
    for block in re.finditer(r"^```text\n(.*?)^```$", page, re.DOTALL | re.MULTILINE):
        yield False, page[at : block.start()]
        yield True, block[1]
        at = block.end()
    yield False, page[at:]


def plain(text: str) -> str:
    """Return a text without frames and with single spaces."""
    return re.sub(r"[\s│]+", " ", text).strip()
