"""The app in a real Chromium: searching and exporting by keyboard alone; another site has no access."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from tests.making.browser import CHROMIUM, Served, Watched, chromium, gone_after, served
from tests.making.pdf import make_pdf
from tests.making.reports import ilacs_2023
from tui.cli.main import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None or find_spec("playwright") is None, reason="needs chromium and playwright"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of one report of Camden."""
    folder = tmp_path_factory.mktemp("served")
    report = make_pdf(ilacs_2023(), folder / "report.pdf")
    added = CliRunner().invoke(main, ["--store", str(folder / "store"), "add", str(report)])
    assert added.exit_code == 0, added.output
    return folder / "store"


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Served]:
    with served(store, "--visitors", "3") as running:
        yield running


@pytest.fixture
def visitor(browser: Browser, server: Served) -> Iterator[Watched]:
    """A page opened by the printed address, which shows the app."""
    context = browser.new_context(accept_downloads=True)
    watched = Watched(context.new_page())
    watched.page.on("request", lambda request: watched.outside.append(request.url))
    watched.page.goto(server.address)
    watched.until("Camden")
    yield watched
    context.close()


def test_a_phrase_is_searched_and_its_export_downloaded_by_keyboard_alone(
    visitor: Watched, store: Path, tmp_path: Path
) -> None:
    visitor.press("/")
    visitor.until("To the list")
    visitor.page.keyboard.type("notes of visits")
    visitor.until("sentence")
    # Within one breath a terminal takes Escape and a letter for one key.
    visitor.forget()
    visitor.press("Escape")
    visitor.until("Export")
    visitor.press("e")
    visitor.until("Enter save")
    with visitor.page.expect_download() as download:
        visitor.press("Enter")
    download.value.save_as(tmp_path / "downloaded.txt")
    visitor.until("Downloaded as search-notes-of-visits.txt")
    assert download.value.suggested_filename == "search-notes-of-visits.txt"
    written = tmp_path / "written.txt"
    CliRunner().invoke(
        main,
        ["--store", str(store), "search", "notes of visits", "--authority", "camden", "-o", str(written)],
    )
    assert (tmp_path / "downloaded.txt").read_bytes() == written.read_bytes()
    assert b"notes" in written.read_bytes()


def test_the_token_leaves_the_address_bar_and_no_other_server_is_contacted(visitor: Watched, server: Served) -> None:
    assert visitor.page.url == server.home
    assert visitor.outside
    assert [
        url for url in visitor.outside if not url.startswith((server.home, server.home.replace("http", "ws")))
    ] == []


def test_a_change_by_another_process_is_shown(visitor: Watched, store: Path) -> None:
    words = ["edit", "camden-2025-03-03-ilacs", "lead_inspector", "Grace Hopper"]
    assert CliRunner().invoke(main, ["--store", str(store), *words]).exit_code == 0
    visitor.until("Grace Hopper")


def test_closing_the_window_ends_its_process(browser: Browser, server: Served) -> None:
    before = set(server.visits)
    page = Watched(browser.new_page())
    page.page.goto(server.address)
    page.until("Camden")
    mine = [pid for pid in server.visits if pid not in before]
    assert len(mine) == 1
    page.page.close()
    gone_after(mine)


def test_after_the_app_has_ended_enter_starts_it_again(visitor: Watched, server: Served) -> None:
    visitor.press("q")
    visitor.page.wait_for_selector("#ended", state="visible")
    assert visitor.page.inner_text("#reason") == "The app has ended."
    visitor.forget()
    visitor.press("Enter")
    visitor.until("Camden")


class TestFromAnotherPage:
    """A page of another server, opened in the browser that has the cookie, has no access."""

    @pytest.fixture
    def elsewhere(self, tmp_path: Path) -> Iterator[str]:
        (tmp_path / "index.html").write_text("<!DOCTYPE html><title>Elsewhere</title>", "utf-8")
        quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
        with ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(tmp_path))) as running:
            thread = Thread(target=running.serve_forever, args=(0.01,), daemon=True)
            thread.start()
            yield f"http://127.0.0.1:{running.server_port}/"
            running.shutdown()
            thread.join()

    @pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
    def test_it_cannot_open_a_web_socket(self, name: str, visitor: Watched, server: Served, elsewhere: str) -> None:
        page = visitor.page.context.new_page()
        page.goto(elsewhere.replace("127.0.0.1", name))
        address = server.home.replace("http", "ws") + "ws"
        outcome = page.evaluate(
            """address => new Promise(answer => {
                const line = new WebSocket(address);
                line.onmessage = () => answer("heard");
                line.onclose = event => answer(event.code);
            })""",
            address,
        )
        assert outcome == 1006

    def test_it_can_neither_read_nor_frame_the_page(self, visitor: Watched, server: Served, elsewhere: str) -> None:
        page = visitor.page.context.new_page()
        page.goto(elsewhere)
        read = page.evaluate("address => fetch(address).then(a => a.text(), e => 'refused')", server.home)
        assert read == "refused"
        page.evaluate(
            "address => { const f = document.createElement('iframe'); f.src = address; document.body.append(f); }",
            server.home,
        )
        page.wait_for_timeout(500)
        assert all("textual-terminal" not in frame.content() for frame in page.frames[1:])
