"""Reports are fetched politely from a real server on this machine, which also fails in every way that servers do."""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from reinspect.errors import StoreLockedError
from reinspect.record import record
from store.atomic_write import StoreUnwritableError
from store.fetching import AllowedHosts, Download, DownloadRecord, Downloads, Politeness, allowed_hosts
from store.fetching.client import AGENT, Fetched, Fetcher
from store.fetching.politeness import retry_after
from tests.making.pdf import pdf_bytes
from tests.making.report_server import ETAG, ReportServer, cut_off, endless, halting, serving, silent, status

REPORT = pdf_bytes([["Inspection of Camden", f"Line {number} of a report"] for number in range(40)])
CAMDEN = "camden-2022-04-25-ilacs"
BARNET = "barnet-2019-05-13-ilacs"


class Fetching:
    """A fetcher whose pauses pass at once, and are remembered."""

    def __init__(self, folder: Path, server: ReportServer) -> None:
        self.downloads = Downloads(folder)
        self.hosts = AllowedHosts(names=frozenset({"127.0.0.1"}), scheme="http", port=server.server_port)
        self.pauses: list[float] = []
        self.seconds = 0.0

    def __call__(self, *urls: str, again: bool = False, **manners: float) -> list[Fetched]:
        fetcher = Fetcher(
            self.downloads,
            self.hosts,
            Politeness(**{"silence": 5.0, **manners}),  # type: ignore[arg-type]
            client=httpx.Client(trust_env=False, verify=False),
            sleep=self.pauses.append,
            clock=self.clock,
        )
        ids = (CAMDEN, BARNET, *(f"exampleshire-{number}" for number in range(len(urls))))
        wanted = [Download(inspection=identifier, url=url) for identifier, url in zip(ids, urls, strict=False)]
        return list(fetcher.fetch(wanted, again=again))

    def clock(self) -> float:
        return self.seconds

    @property
    def kept(self) -> dict[str, int]:
        """Size by name of what lies in the folder, receipts and lock aside."""
        files = self.downloads.folder.glob("*.pdf*")
        return {file.name: file.stat().st_size for file in files}


@pytest.fixture
def server() -> Iterator[ReportServer]:
    with serving() as running:
        yield running


@pytest.fixture
def fetch(tmp_path: Path, server: ReportServer) -> Fetching:
    return Fetching(tmp_path, server)


def test_a_report_arrives_byte_for_byte_with_a_receipt(fetch: Fetching, server: ReportServer) -> None:
    url = server.publish("/one", REPORT)
    [fetched] = fetch(url)
    assert (fetched.outcome, fetched.reason) == ("fetched", None)
    assert fetched.file is not None and fetched.file.read_bytes() == REPORT
    receipt = fetch.downloads.receipt(CAMDEN, url)
    assert receipt is not None and receipt.etag == ETAG and len(receipt.sha256) == 64
    assert fetch.kept == {f"{CAMDEN}.pdf": len(REPORT)}


def test_the_agent_says_who_asks_and_asks_for_the_file_unpacked(fetch: Fetching, server: ReportServer) -> None:
    fetch(server.publish("/one", REPORT))
    [asked] = server.asked
    assert asked.headers["User-Agent"] == AGENT
    assert AGENT.startswith("reinspect/")
    assert asked.headers["Accept-Encoding"] == "identity"
    assert "Range" not in asked.headers and "If-None-Match" not in asked.headers


def test_one_request_at_a_time_with_a_pause_between(fetch: Fetching, server: ReportServer) -> None:
    fetch(*(server.publish(f"/{number}", REPORT) for number in range(3)), pause=1.5)
    assert [asked.path for asked in server.asked] == ["/0", "/1", "/2"]
    assert fetch.pauses == [1.5, 1.5]


def test_what_came_before_is_not_asked_for(fetch: Fetching, server: ReportServer) -> None:
    url = server.publish("/one", REPORT)
    fetch(url)
    [fetched] = fetch(url)
    assert fetched.outcome == "unchanged" and fetched.file is not None
    assert len(server.asked) == 1


def test_what_was_damaged_here_is_asked_for_again(fetch: Fetching, server: ReportServer) -> None:
    url = server.publish("/one", REPORT)
    [fetched] = fetch(url)
    assert fetched.file is not None
    fetched.file.write_bytes(b"%PDF-1.7 and then a stranger's bytes")
    assert fetch(url)[0].outcome == "fetched"
    assert fetched.file.read_bytes() == REPORT


def test_again_asks_only_for_a_change(fetch: Fetching, server: ReportServer) -> None:
    url = server.publish("/one", REPORT)
    fetch(url)
    assert fetch(url, again=True)[0].outcome == "unchanged"
    assert server.asked[-1].headers["If-None-Match"] == ETAG
    server.etag = '"second"'
    server.publish("/one", REPORT + b"\n% amended")
    [fetched] = fetch(url, again=True)
    assert fetched.outcome == "fetched"
    assert fetched.file is not None and fetched.file.read_bytes().endswith(b"amended")


def test_a_report_that_was_cut_off_goes_on_where_it_stopped(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", cut_off(REPORT, 2000), REPORT))
    assert server.asked[1].headers["Range"] == "bytes=2000-"
    assert server.asked[1].headers["If-Range"] == ETAG
    assert fetched.outcome == "fetched"
    assert fetched.file is not None and fetched.file.read_bytes() == REPORT


def test_it_goes_on_the_next_day_too(fetch: Fetching, server: ReportServer) -> None:
    url = server.publish("/one", cut_off(REPORT, 2000), status(500))
    [fetched] = fetch(url, attempts=2)
    assert fetched.outcome == "failed"
    assert fetch.kept == {f"{CAMDEN}.pdf.part": 2000}
    server.publish("/one", REPORT)
    assert fetch(url)[0].outcome == "fetched"
    assert server.asked[-1].headers["Range"] == "bytes=2000-"


def test_the_rest_of_another_version_is_never_taken(fetch: Fetching, server: ReportServer) -> None:
    url = server.publish("/one", cut_off(REPORT, 2000))
    fetch(url, attempts=1)
    server.etag = '"second"'
    amended = REPORT.replace(b"%PDF-1.7", b"%PDF-1.6")
    server.publish("/one", amended)
    [fetched] = fetch(url)
    assert fetched.file is not None and fetched.file.read_bytes() == amended


def test_without_a_version_the_file_is_fetched_from_the_start(fetch: Fetching, server: ReportServer) -> None:
    server.etag = 'W/"weak"'
    url = server.publish("/one", cut_off(REPORT, 2000), REPORT)
    assert fetch(url)[0].outcome == "fetched"
    assert "Range" not in server.asked[1].headers


def test_a_server_that_lost_the_rest_is_asked_for_the_whole(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", cut_off(REPORT, 2000), status(416), REPORT))
    assert fetched.outcome == "fetched"
    assert "Range" not in server.asked[2].headers


def test_another_part_than_was_asked_for_is_refused(fetch: Fetching, server: ReportServer) -> None:
    wrong = status(206, REPORT[:100], Content_Range=f"bytes 0-99/{len(REPORT)}")
    [fetched] = fetch(server.publish("/one", cut_off(REPORT, 2000), wrong))
    assert fetched.reason == "the server sent another part of the file than was asked for"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (404, "there is no such file (404)"),
        (410, "the file was withdrawn (410)"),
        (403, "the server refuses it (403)"),
        (418, "the server answered 418"),
    ],
)
def test_a_lasting_refusal_is_said_at_once(code: int, reason: str, fetch: Fetching, server: ReportServer) -> None:
    [fetched, other] = fetch(server.publish("/one", status(code)), server.publish("/two", REPORT))
    assert (fetched.outcome, fetched.reason) == ("failed", reason)
    assert other.outcome == "fetched"
    assert len(server.asked) == 2
    assert list(fetch.kept) == [f"{BARNET}.pdf"]


def test_a_server_with_a_fault_is_asked_three_times_ever_more_slowly(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", status(500)))
    assert fetched.reason == "the server has a fault (500), 3 times"
    assert len(server.asked) == 3
    assert fetch.pauses == [4.0, 16.0]


def test_a_server_that_recovers_is_forgiven(fetch: Fetching, server: ReportServer) -> None:
    assert fetch(server.publish("/one", status(500), REPORT))[0].outcome == "fetched"


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", status(429, Retry_After="37"), REPORT))
    assert fetched.outcome == "fetched"
    assert fetch.pauses == [37.0]


def test_a_server_that_wants_an_hour_ends_the_run(fetch: Fetching, server: ReportServer) -> None:
    busy = server.publish("/one", status(429, Retry_After="3600"))
    first, second = fetch(busy, server.publish("/two", REPORT))
    assert first.reason == ("the server is busy (429) and wants to be left alone for 3,600 seconds; try again later")
    assert not second.asked
    assert second.reason == f"not asked: {first.reason}"
    assert len(server.asked) == 1
    assert fetch.pauses == []


def test_a_server_that_stays_busy_ends_the_run(fetch: Fetching, server: ReportServer) -> None:
    first, second = fetch(server.publish("/one", status(503)), server.publish("/two", REPORT))
    assert first.reason == "the server is busy (503), 3 times"
    assert not second.asked


def test_a_web_page_in_place_of_a_report_is_refused(fetch: Fetching, server: ReportServer) -> None:
    page = b"<!DOCTYPE html><title>Sorry</title>"
    called_so, in_disguise = fetch(
        server.publish("/one", status(200, page, Content_Type="text/html; charset=utf-8")),
        server.publish("/two", status(200, page.ljust(5000), Content_Type="application/pdf")),
    )
    assert called_so.reason == "the server sent a web page in place of the report"
    assert in_disguise.reason == "the server sent something that is no PDF"
    assert len(server.asked) == 2
    assert fetch.kept == {}


def test_an_empty_answer_is_refused(fetch: Fetching, server: ReportServer) -> None:
    assert fetch(server.publish("/one", status(200)))[0].reason == "the server sent nothing"


def test_a_packed_answer_is_refused(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", status(200, b"\x1f\x8b", Content_Encoding="gzip")))
    assert fetched.reason == "the server sent the file packed, which was not asked for"


def test_a_body_without_end_is_stopped_and_thrown_away(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", endless), largest=1_000_000)
    assert fetched.reason == "the file has no end: stopped at 1 MB"
    assert fetch.kept == {}


def test_a_file_that_is_said_to_be_too_large_is_not_begun(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", status(200, Content_Length="7000000")), largest=1_000_000)
    assert fetched.reason == "the file is larger than 1 MB"
    assert fetch.kept == {}


def test_a_silent_server_is_not_waited_for(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", silent), silence=0.05, attempts=2)
    assert fetched.reason == "the server said nothing for 0.05 seconds, 2 times"


def test_a_server_that_halts_midway_loses_nothing(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", halting(REPORT, 2000), REPORT), silence=0.2)
    assert fetched.outcome == "fetched"
    assert fetched.file is not None and fetched.file.read_bytes() == REPORT


def test_a_server_that_drips_is_stopped_and_what_came_is_kept(
    fetch: Fetching, server: ReportServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def a_minute_a_look() -> float:
        fetch.seconds += 60.0
        return fetch.seconds

    monkeypatch.setattr(fetch, "clock", a_minute_a_look)
    [fetched] = fetch(server.publish("/one", REPORT), attempts=1, longest=30.0)
    assert fetched.reason is not None and fetched.reason.startswith("the server is too slow, stopped after ")
    assert list(fetch.kept) == [f"{CAMDEN}.pdf.part"]


def test_without_a_network_a_few_addresses_are_tried_and_the_rest_spared(fetch: Fetching) -> None:
    with serving() as gone:
        urls = [gone.url(f"/{number}") for number in range(5)]
    fetch.hosts = AllowedHosts(names=frozenset({"127.0.0.1"}), scheme="http", port=gone.server_port)
    fetched = fetch(*urls, lost=2)
    assert [each.asked for each in fetched] == [True, True, False, False, False]
    assert fetched[0].reason is not None and fetched[0].reason.startswith("no connection (")


def test_a_redirect_within_the_known_hosts_is_followed(fetch: Fetching, server: ReportServer) -> None:
    server.publish("/two", REPORT)
    assert fetch(server.publish("/one", status(302, Location="/two")))[0].outcome == "fetched"


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://elsewhere.example/two", "elsewhere.example is none of the hosts that are asked (127.0.0.1)"),
        ("http://127.0.0.1:1/two", "http://127.0.0.1:1/two names a port of its own"),
        ("file:///etc/passwd", "'file:///etc/passwd' is no address of a file on the web"),
        (
            "http://127.0.0.1@elsewhere.example/",
            "'http://127.0.0.1@elsewhere.example/' is no address of a file on the web",
        ),
    ],
)
def test_a_redirect_elsewhere_is_refused(location: str, reason: str, fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", status(302, Location=location)))
    assert fetched.reason == f"the server sends on: {reason}"
    assert len(server.asked) == 1


def test_a_redirect_in_a_circle_ends(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", status(302, Location="/one")), redirects=3)
    assert fetched.reason == "the server sends on in a circle"
    assert len(server.asked) == 4


def test_a_redirect_to_no_address_is_refused(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", status(302, Location="http://[")))
    assert fetched.reason == "the server sends on to what is no address"


def test_two_programs_do_not_download_into_the_same_files(fetch: Fetching, server: ReportServer) -> None:
    url = server.publish("/one", REPORT)
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with Downloads(fetch.downloads.folder.parent).held():
            holding.set()
            done.wait(20)

    other = threading.Thread(target=hold)
    other.start()
    holding.wait(20)
    try:
        with pytest.raises(StoreLockedError, match="another process is downloading"):
            fetch(url)
    finally:
        done.set()
        other.join()
    assert server.asked == []


def test_a_receipt_of_another_address_does_not_count(tmp_path: Path) -> None:
    downloads = Downloads(tmp_path)
    downloads.folder.mkdir()
    downloads.keep(CAMDEN, DownloadRecord(url="https://files.ofsted.gov.uk/1", etag=ETAG))
    assert downloads.receipt(CAMDEN, "https://files.ofsted.gov.uk/2") is None


def test_every_address_of_the_record_may_be_asked() -> None:
    hosts = allowed_hosts()
    urls = [each.facts.report_url for each in record().inspections if each.facts.report_url]
    assert len(urls) == 493
    assert [url for url in urls if hosts.objection(url)] == []


@pytest.mark.parametrize(
    "address",
    [
        "http://files.ofsted.gov.uk/v1/file/1",
        "https://127.0.0.1/v1/file/1",
        "https://files.ofsted.gov.uk.example.com/1",
        "https://files.ofsted.gov.uk@example.com/1",
        "https://example.com\\@files.ofsted.gov.uk/1",
        "https://files.ofsted.gov.uk:8443/1",
        "https://files.ofsted.gov.uk/1 2",
        "https://fıles.ofsted.gov.uk/1",
        "//files.ofsted.gov.uk/1",
        "",
    ],
)
def test_no_other_address_may(address: str) -> None:
    assert allowed_hosts().objection(address) is not None


def test_a_day_to_wait_for_counts_from_the_servers_own_clock() -> None:
    asked = retry_after("Wed, 21 Oct 2026 07:28:30 GMT", "Wed, 21 Oct 2026 07:28:00 GMT")
    assert asked == 30.0
    assert retry_after("soon", None) is None
    assert retry_after(None, None) is None


def test_a_report_that_is_always_cut_off_leaves_its_beginning(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", cut_off(REPORT, 2000)))
    assert fetched.reason == "the connection was cut off after 2,000 bytes, 3 times"
    assert fetch.kept == {f"{CAMDEN}.pdf.part": 2000}


def test_a_full_disk_ends_the_run_in_words(
    fetch: Fetching, server: ReportServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Downloads, "finish", full)
    with pytest.raises(StoreUnwritableError, match=r"cannot be written \(No space left on device\)"):
        fetch(server.publish("/one", REPORT), server.publish("/two", REPORT))
    assert [asked.path for asked in server.asked] == ["/one"]
