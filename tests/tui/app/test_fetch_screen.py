"""Downloading the missing reports of an authority from inside the app."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from msgspec.structs import replace
from textual.widgets import Static

from reinspect.model import Window
from reinspect.record import Record, RecordedInspection
from store import Store
from store.fetching import AllowedHosts, Downloads, create
from store.fetching.client import Fetcher
from tests.making.events import BARNET
from tests.making.pdf import pdf_bytes
from tests.making.person import person_at, told
from tests.making.report_server import ReportServer, _Handler, serving, status
from tests.making.reports import GRADES, ilacs_body, ilacs_front, rows
from tui.app.app import ReinspectApp
from tui.last_session import LastSession
from tui.selection import Location, Selection

REPORT = pdf_bytes([ilacs_front(rows(**GRADES), "Inspection dates: 4 to 8 March 2024", "Barnet"), ilacs_body(**GRADES)])
OTHER = pdf_bytes([ilacs_front(rows(**GRADES), "Inspection dates: 4 to 8 March 2025", "Barnet"), ilacs_body(**GRADES)])
AT_BARNET = LastSession(location=Location(selection=Selection(authority="barnet")))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ReportServer]:
    with serving() as running:

        def fetcher(folder: Path, sleep: Callable[[float], None]) -> Fetcher:
            hosts = AllowedHosts(names=frozenset({"127.0.0.1"}), scheme="http", port=running.server_port)
            client = httpx.Client(trust_env=False, verify=False)  # no certificates to load for http
            return Fetcher(Downloads(folder), hosts, client=client, sleep=lambda _: sleep(0))

        monkeypatch.setattr(create, "create_fetcher", fetcher)
        yield running


def app_at_barnet(folder: Path, record: Record, *addresses: str | None) -> ReinspectApp:
    """Return the app at Barnet, which has an inspection each March from 2024 on, with these addresses of reports."""
    inspections = tuple(
        RecordedInspection(
            id=f"barnet-{year}-03-04-ilacs",
            authority="barnet",
            facts=replace(
                BARNET, windows=(Window(date(year, 3, 4), date(year, 3, 8)),), published=None, report_url=address
            ),
        )
        for year, address in enumerate(addresses, 2024)
    )
    own = replace(record, inspections=inspections)
    return ReinspectApp(lambda: Store.open(folder / "store", record=own), session=AT_BARNET)


async def test_a_key_downloads_the_missing_reports_and_reads_them(
    tmp_path: Path, record: Record, server: ReportServer
) -> None:
    app = app_at_barnet(tmp_path, record, server.publish("/one", REPORT), server.publish("/gone", status(404)))
    async with person_at(app, 120, 40) as person:
        assert person.sees_in_line("Barnet", "0 of 2 reports added")
        assert person.sees_in_line("D Download", "? Help")
        await person.presses("D")
        assert told(app).startswith("Reports: 1 added. 1 could not be downloaded: barnet-2025-03-04-ilacs: there is no")
        assert person.sees_in_line("Barnet", "1 of 2 reports added")
        assert not person.sees_in_line("D Download", "? Help")
        await person.presses("A")
        assert person.sees_in_line("barnet-2024-03-04-ilacs.pdf: report of Barnet, ILACS inspection 4-8 March 2024")


async def test_esc_stops_the_download_and_keeps_what_has_arrived(
    tmp_path: Path, record: Record, server: ReportServer
) -> None:
    def press_escape_and_send(handler: _Handler) -> None:
        app.call_from_thread(app.screen.run_action, "screen.leave")
        handler.send_report(REPORT)

    addresses = server.publish("/one", press_escape_and_send), server.publish("/two", REPORT)
    app = app_at_barnet(tmp_path, record, *addresses)
    async with person_at(app, 120, 40) as person:
        await person.presses("D")
        assert told(app).startswith("Reports: 1 added, then stopped.")
        assert [asked.path for asked in server.asked] == ["/one"]


async def test_a_download_that_was_stopped_at_once_is_named_and_the_help_text_stays(
    tmp_path: Path, record: Record, server: ReportServer
) -> None:
    def press_escape_and_fail(handler: _Handler) -> None:
        app.call_from_thread(app.screen.run_action, "screen.leave")
        status(404)(handler)

    app = app_at_barnet(tmp_path, record, server.publish("/one", press_escape_and_fail), server.publish("/two", REPORT))
    async with person_at(app, 120, 40) as person:
        await person.presses("D", "A")
        assert person.sees_in_line("Last download, Barnet: Reports: none added, then stopped.")
        assert not person.sees_in_line("No documents found")
        assert person.sees_in_line("Reports, letters or press articles about an inspection")


async def test_the_dialog_for_files_follows_a_download_to_its_end(
    tmp_path: Path, record: Record, server: ReportServer
) -> None:
    def open_the_dialog_and_send(handler: _Handler) -> None:
        app.call_from_thread(app.screen.run_action, "screen.add")
        handler.send_report(REPORT)

    seen: list[str] = []

    def look_and_send(handler: _Handler) -> None:
        seen.append(str(app.screen.query_one("#summary", Static).content))
        handler.send_report(OTHER)

    addresses = server.publish("/one", open_the_dialog_and_send), server.publish("/two", look_and_send)
    app = app_at_barnet(tmp_path, record, *addresses)
    async with person_at(app, 120, 40) as person:
        await person.presses("D")
        assert seen == ["1 of 2 downloaded From Barnet"]
        assert person.sees_in_line("barnet-2024-03-04-ilacs.pdf: report of Barnet, ILACS inspection 4-8 March 2024")
        await person.types(str(tmp_path / "none.pdf"))
        await person.presses("enter")
        assert "Another import is still running." not in person.sees


async def test_a_single_missing_report_without_an_address_is_told_as_one(tmp_path: Path, record: Record) -> None:
    async with person_at(app_at_barnet(tmp_path, record, None), 120, 40) as person:
        await person.presses("D")
        assert told(person.app) == (
            "The missing report of Barnet has no known web address: press A to add it from a file."
        )


async def test_a_download_that_cannot_be_done_is_greyed_and_says_why(tmp_path: Path, record: Record) -> None:
    app = app_at_barnet(tmp_path, record, None, None)
    async with person_at(app, 120, 80) as person:
        await person.presses("D")
        assert told(app) == "The 2 missing reports of Barnet have no known web address: press A to add them from files."
        await person.presses("question_mark")
        assert person.sees_in_line("(not now: the 2 missing")


async def test_without_the_package_the_key_says_what_to_install(
    tmp_path: Path, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(create, "find_spec", lambda _: None)
    app = app_at_barnet(tmp_path, record, "https://files.ofsted.gov.uk/v1/file/1")
    async with person_at(app, 120, 40) as person:
        await person.presses("D")
        assert "pip install '.[fetch]' in the project's folder. A adds reports from files." in told(app)


async def test_an_authority_with_reports_has_no_download_in_the_last_line(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        assert not person.sees_in_line("D Download")
