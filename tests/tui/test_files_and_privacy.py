"""Files stay where they belong, and nothing calls home."""

from __future__ import annotations

import csv
import io
import os
import re
import stat
import sys
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt
from msgspec.structs import replace
from textual.widgets import Input

from reinspect.model import Improvement
from store import Store
from tests.making.events import ILACS_2022, ILACS_2025, VISIT, reading
from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.app.dialogs.export import ExportDialog
from tui.cli.main import COMMANDS, main

ILACS, EARLIER = "camden-2025-03-03-ilacs", "camden-2022-04-25-ilacs"
WORDS = (
    "<script>alert('zebra')</script>",
    "<img src=x onerror=alert(1)>",
    "</style></table></body><iframe src='//zebra'>",
    "=HYPERLINK(A1) zebra",
    "@SUM(1+1) zebra",
    "- zebra",
    "+zebra",
    "\t=1+1 zebra",
    "＝1 zebra",
    "![zebra](http://zebra/x.png)",
    "[zebra](javascript:alert(1))",
    "| zebra | zebra |",
    "# zebra",
    "`zebra`",
    "&lt;zebra&gt; \"zebra\" 'zebra'",
)


@pytest.fixture(scope="module")
def injected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose reports say what a browser, a spreadsheet or a Markdown reader would act on."""
    folder = tmp_path_factory.mktemp("injected") / "store"
    store = Store.open(folder)
    listed = tuple(Improvement(index=place, text=word) for place, word in enumerate(WORDS, 1))
    told = [
        reading(WORDS, "camden", replace(ILACS_2025, improvements=listed, lead_inspector=WORDS[0])),
        reading((*WORDS[:4], "zebra"), "camden", replace(ILACS_2022, improvements=listed[:5])),
        reading(WORDS[1:3], "camden", replace(VISIT, topics=WORDS[:4]), kind="letter"),
    ]
    store.add([replace(each, document=replace(each.document, title=WORDS[0], source=WORDS[1])) for each in told])
    return folder


EXPORTS = [
    ["list", "camden"],
    ["show", ILACS],
    ["show", "camden-2018-05-15-focused-visit"],
    ["timeline", "camden"],
    ["movers"],
    ["compare", EARLIER, ILACS],
    ["follow", "camden"],
    ["search", "zebra"],
    ["search", WORDS[0]],
    ["phrases", "--min-inspections", "2"],
    ["basket"],
]
every_export = pytest.mark.parametrize("arguments", EXPORTS, ids=lambda arguments: " ".join(arguments)[:30])


def exported(store: Path, arguments: Sequence[str], form: str) -> str:
    result = CliRunner().invoke(main, ["--store", str(store), *arguments, "--format", form])
    assert result.exit_code == 0, result.stderr
    return result.stdout


class Tags(HTMLParser):
    """The tags of a page, and the names of their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.attributes, self.links = set[str](), set[str](), set[str]()
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links |= {value or "" for name, value in attrs if name in {"href", "src"}}


@every_export
def test_a_script_in_a_report_stays_text_in_html(injected: Path, arguments: list[str]) -> None:
    page = exported(injected, arguments, "html")
    found = Tags(page)
    assert not found.tags & {"script", "img", "iframe", "object", "form", "base", "link"}
    assert not {name for name in found.attributes if name.startswith("on")}
    assert all(link.startswith("#") for link in found.links)
    assert "Content-Security-Policy" in page
    assert "default-src 'none'" in page
    assert "script-src" not in page


@every_export
def test_no_cell_of_a_csv_is_a_formula(injected: Path, arguments: list[str]) -> None:
    rows = list(csv.reader(io.StringIO(exported(injected, arguments, "csv").removeprefix("\ufeff"))))
    cells = [cell for row in rows for cell in row if not re.fullmatch(r"-?\d+\.?\d*", cell)]
    assert not [cell for cell in cells if cell.lstrip(" ").startswith(tuple("=+-@\t\r＝＋－＠"))]


@every_export
def test_nothing_in_a_report_is_markdown(injected: Path, arguments: list[str]) -> None:
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    kinds = {
        token.type
        for outer in reader.parse(exported(injected, arguments, "md"))
        for token in (outer, *(outer.children or ()))
        # The address of a report comes from the record, and stays a link.
        if not str(token.attrs.get("href", "")).startswith("https://files.ofsted.gov.uk/v1/file/")
    }
    assert not kinds & {"html_block", "html_inline", "image", "link_open", "code_inline", "fence", "code_block"}


def test_a_link_is_written_through_only_on_demand_and_stays_a_link(injected: Path, tmp_path: Path) -> None:
    kept, link = tmp_path / "kept.txt", tmp_path / "link.txt"
    kept.write_text("mine")
    link.symlink_to(kept)
    for more, code in (([], 2), (["--force"], 0)):
        arguments = ["--store", str(injected), "timeline", "camden", "-o", str(link), *more]
        assert CliRunner().invoke(main, arguments).exit_code == code
        assert (kept.read_text() == "mine") == (code != 0)
    assert link.is_symlink()


async def test_the_app_asks_before_it_writes_through_a_link_to_nowhere(app: ReinspectApp, tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "nowhere.txt")
    async with person_at(app, 120, 40) as person:
        await person.presses("e")
        person.app.screen.query_one("#path", Input).value = str(tmp_path / "link.txt")
        await person.presses("enter")
        assert "exists" in person.sees
        assert not (tmp_path / "nowhere.txt").exists()


async def test_no_name_that_a_person_types_ends_the_app(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with person_at(app, 120, 40) as person:
        for name in ("/", ".", "..", "", "~", "//", "x" * 300, ".txt", "~nobody-of-this-name/x"):
            await person.presses("e")
            for key in ("down", "enter", "enter"):
                if isinstance(person.app.screen, ExportDialog):
                    person.app.screen.query_one("#path", Input).value = name
                    await person.presses(key)
            if isinstance(person.app.screen, ExportDialog):
                await person.presses("escape")
        assert not any(path.name.startswith("..") for path in tmp_path.iterdir())
        for name in ("x" * 300, "x" * 5000, "~nobody-of-this-name/x", "'"):
            await person.presses("A")
            person.app.screen.query_one("#path", Input).value = name
            await person.presses("enter", "escape")
        assert person.app.is_running


# Privacy

_CALLS = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "urllib.Request")
_WATCH = f"""
import os, sys
def look(event, arguments):
    if event in {_CALLS!r}:
        with open({{path!r}}, "a") as file: file.write(event + " " + repr(arguments)[:200] + chr(10))
sys.addaudithook(look)
"""
TOUCHING = {
    "read": ["papers/a.txt"],
    "add": ["papers"],
    "show": [ILACS],
    "timeline": ["camden"],
    "movers": [],
    "compare": [EARLIER, ILACS],
    "follow": ["camden"],
    "search": ["zebra"],
    "edit": [ILACS, "lead_inspector", "A. Person"],
    "attach": ["000000"],
    "remove": ["000000"],
    "backup": ["backup.zip"],
    "restore": ["backup.zip"],
    "example": ["papers/example"],
    "update": ["papers/a.txt"],
    "completion": ["bash"],
}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process to watch")
def test_no_command_but_fetch_and_serve_opens_a_connection(
    injected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, home = tmp_path / "seen", tmp_path / "home"
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(_WATCH.format(path=str(seen)))
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.txt").write_text("A zebra crosses the road.")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "watch"))  # the processes that read are watched too
    monkeypatch.setenv("HOME", str(home))
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    for name in COMMANDS:
        if name not in {"fetch", "serve"}:
            _run_watched(seen, ["--store", "store", name, *TOUCHING.get(name, [])])
    assert not seen.exists(), seen.read_text()
    assert (tmp_path / "store" / "catalogue.json").exists()
    left = [path for path in home.rglob("*") if path.is_file()] if home.exists() else []
    assert left == [], "nothing is written but into the store"


def _run_watched(seen: Path, arguments: list[str]) -> None:
    child = os.fork()
    if child == 0:
        exec(_WATCH.format(path=str(seen)), {})
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nothing, descriptor)
        sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
        try:
            main(arguments)
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def test_no_word_of_a_report_is_outside_the_stores_texts_and_caches(injected: Path) -> None:
    Store.open(injected).index()
    holding = {
        path.relative_to(injected).parts[0]
        for path in injected.rglob("*")
        if path.is_file() and b"\nzebra" in path.read_bytes().replace(b"\f", b"\n")
    }
    assert holding <= {"texts", "caches"}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")
def test_the_store_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        store = Store.open(tmp_path / "store")
        store.add([reading(("A zebra.",), "camden", VISIT, kind="letter")])
        store.backup(tmp_path / "backup.zip")
    finally:
        os.umask(before)
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    for path in [store.folder / "catalogue.json", *(store.folder / "texts").rglob("*.txt"), tmp_path / "backup.zip"]:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
