"""Text that attacks the terminal, from every side on which text comes in: none of it goes out again raw.

Every command runs in a real (pseudo) terminal, and so does the app; all that they send there is looked through.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from msgspec.structs import replace

pytest.importorskip("pty", reason="no pseudo terminals on this system")

from reinspect.model import Correction
from reinspect.reading import read_file
from store import Store
from tests.making.events import VISIT, reading
from tests.making.pdf import pdf_bytes
from tests.making.reports import ilacs_2023
from tests.making.terminal import ATTACKS, HOSTILE, Terminal, command, leaks
from tui.app.app import run
from tui.cli.main import COMMANDS, main

EVENT = "camden-2022-04-25-ilacs"
FILE_NAME = HOSTILE.replace("/", "")[:120]


def hostile_report() -> bytes:
    """A report that finds its inspection, with attacks in its words and in what the PDF says of itself."""
    pages = ilacs_2023()
    pages[1].append("6. " + " and ".join(f"the zebra {attack} crosses" for attack in ATTACKS[:6]))
    about = b"/Info << /Title (%s) /Author (%s) >>" % ((HOSTILE.encode("latin-1", "ignore"),) * 2)
    return pdf_bytes(pages).replace(b"trailer\n<<", b"trailer\n<< " + about)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hostile papers, and a store that holds them: some came by the door, some were planted past it."""
    place = tmp_path_factory.mktemp("hostile")
    papers = place / "papers"
    papers.mkdir()
    (papers / f"{FILE_NAME}.pdf").write_bytes(hostile_report())
    (papers / f"{FILE_NAME}.txt").write_text("\n".join(f"The zebra {each} crosses the road.\0" for each in ATTACKS))
    store = Store.open(place / "store")
    store.add([read_file(path) for path in sorted(papers.iterdir())])
    # As if a restored backup had been tampered with: no text of it was made safe.
    planted = reading((f"Grades below\n{HOSTILE}\nThe zebra.\0",), "camden", VISIT, kind="letter")
    document = replace(planted.document, title=HOSTILE, source=HOSTILE, warnings=(HOSTILE,))
    facts = replace(planted.facts, topics=(HOSTILE,), lead_inspector=HOSTILE)
    store.add([replace(planted, document=document, facts=facts)])
    store.correct(EVENT, Correction(field="lead_inspector", value=HOSTILE))
    store.correct(EVENT, Correction(field="topics", value=HOSTILE))
    return place


@pytest.fixture
def place(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of it to stand in; nobody's own settings are read."""
    folder = shutil.copytree(made, tmp_path / "place")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("REINSPECT_STORE", raising=False)
    yield folder


def typed_into(name: str) -> Iterator[list[str]]:
    """Ways to call a command with hostile words: as all of its arguments, and as each of its options."""
    found = main.get_command(click.Context(main), name)
    assert found is not None
    arguments = [each for each in found.params if isinstance(each, click.Argument)]
    yield [name, *[HOSTILE] * len(arguments)]
    yield [name, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE]
    for option in found.params:
        if isinstance(option, click.Option) and not option.is_flag:
            yield [name, *["camden"] * len(arguments), option.opts[0], HOSTILE]


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_says_again_raw_what_was_typed(place: Path, name: str) -> None:
    for arguments in typed_into(name):
        if not (name == "serve" and len(arguments) == 1):  # which would serve, and not end
            terminal = command(["--store", "store", *arguments])
            assert leaks(terminal.received) == [], arguments
            assert b"Traceback" not in terminal.received


SHOWING = [
    ["list"],
    ["list", "camden", "--json"],
    ["show", EVENT],
    ["show", EVENT, "--json"],
    ["show", "camden-2018-05-15-focused-visit"],
    ["show", "camden-2024-03-04-ilacs"],
    ["timeline", "camden", "--linear"],
    ["compare", EVENT, "camden-2024-03-04-ilacs"],
    *[["search", "zebra", "--format", form] for form in ("text", "md", "html", "csv", "json")],
    ["phrases", "--min-inspections", "2"],
    ["basket"],
    ["check"],
    ["reread"],
    ["undo"],
    ["read", f"papers/{FILE_NAME}.pdf", f"papers/{FILE_NAME}.txt"],
    ["read", "--json", f"papers/{FILE_NAME}.pdf", f"papers/{FILE_NAME}.txt"],
    ["add", "papers", "--json"],
    ["backup", f"{FILE_NAME}.zip"],
    ["config"],
]


@pytest.mark.parametrize("arguments", SHOWING, ids=lambda arguments: " ".join(arguments)[:40].encode("ascii", "ignore"))
def test_no_command_shows_raw_what_a_report_a_name_or_a_hand_put_in(place: Path, arguments: list[str]) -> None:
    terminal = command(["--store", "store", *arguments])
    assert leaks(terminal.received) == []
    assert b"Traceback" not in terminal.received


def test_the_words_around_an_attack_are_shown(place: Path) -> None:
    shown = command(["--store", "store", "search", "zebra crosses", "--width", "200"]).received.decode()
    assert "zebra" in shown
    assert "\N{REPLACEMENT CHARACTER}" in shown


def test_settings_and_their_faults_are_shown_safely(place: Path, tmp_path: Path) -> None:
    settings = tmp_path / "config" / "reinspect" / "config.toml"
    settings.parent.mkdir(parents=True)
    quoted = "".join(f"\\u{ord(each):04x}" for each in HOSTILE)
    for words in (f'store = "{quoted}"', f"store = {HOSTILE}", f'"{quoted}" = 1\nstore = 7', HOSTILE):
        settings.write_text(words, "utf-8")
        for arguments in (["config"], ["list", "camden"]):
            terminal = command(arguments)
            assert leaks(terminal.received) == []
            assert b"Traceback" not in terminal.received


def test_a_store_of_a_hostile_name_is_named_safely(place: Path) -> None:
    (place / FILE_NAME).mkdir()
    (place / FILE_NAME / "catalogue.json").write_text("damaged")
    for arguments in (["list"], ["check"], ["undo"], ["config"]):
        terminal = command(["--store", FILE_NAME, *arguments])
        assert leaks(terminal.received) == []
    app = Terminal(lambda: run(place / FILE_NAME))
    app.waits_for("catalogue.json")
    app.presses("q")
    app.ends()
    assert leaks(app.received) == []


def test_the_app_shows_nothing_raw_that_it_holds_or_is_given(place: Path) -> None:
    app = Terminal(lambda: run(place / "store"), width=160, height=90)
    app.waits_for("record as of")
    app.presses("4")
    app.waits_for(" Texts")
    app.presses("w")
    app.waits_for("every authority")
    app.presses("/zebra")
    app.waits_for("3 sentences")
    app.pastes(HOSTILE)
    app.waits_for("1 sentence")
    app.leaves(" Texts")
    app.presses("?")
    app.waits_for("scroll  Esc back")
    app.presses("q")
    app.presses("A")
    # The cursor, which does not blink, is on the first letter.
    app.waits_for("ath of a file")
    app.pastes(str(place / "papers" / FILE_NAME))
    app.presses("\r")
    app.waits_for("There is no file")
    app.presses("\x15")
    app.waits_for("ath of a file")
    app.presses(f"{place}/papers\r")
    app.waits_for("Documents:")
    app.settles()
    app.leaves("focused visit 15-16 May 2018")  # which the dialog hid
    app.presses("1")
    app.waits_for("To improve")
    app.presses("\x1b[D")
    app.waits_for("crosses")
    app.presses("e")
    app.waits_for("Enter save")
    app.pastes(HOSTILE + "/none/")
    app.presses("\r")
    app.waits_for("Cannot write")
    app.presses("\x11")
    app.ends()
    assert leaks(app.received) == []


def test_a_fault_of_ours_ends_the_app_in_one_safe_line(place: Path) -> None:
    def broken() -> int | None:
        from tui.app.main_screen import MainScreen

        def fail(*_: object) -> None:
            secret = "words of a report"
            raise RuntimeError(f"{HOSTILE} {len(secret)}")

        MainScreen.action_pane = fail  # type: ignore[assignment,method-assign]
        return run(place / "store")

    os.environ.pop("REINSPECT_DEBUG", None)
    app = Terminal(broken)
    app.waits_for("record as of")
    app.presses("1")
    assert app.ends() != 0
    assert b"This is a fault of reinspect" in app.received
    assert b"words of a report" not in app.received
    assert leaks(app.received) == []
