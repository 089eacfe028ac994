"""Downloads from a real server on this machine, which also fails in all the ways that servers fail."""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from reinspect.errors import StoreLockedError
from reinspect.record import record
from store.atomic_write import StoreUnwritableError
from store.fetching import AllowedHosts, Download, DownloadRecord, Downloads, Politeness, allowed_hosts
from store.fetching.client import AGENT, Fetcher, FetchResult
from store.fetching.politeness import parse_retry_after
from tests.making.pdf import pdf_bytes
from tests.making.report_server import (
    ETAG,
    ReportServer,
    cut_off,
    dripping,
    endless,
    halting,
    raw,
    serving,
    silent,
    status,
)

REPORT = pdf_bytes([["Inspection of Camden", f"Line {number} of a report"] for number in range(40)])
CAMDEN = "camden-2022-04-25-ilacs"
BARNET = "barnet-2019-05-13-ilacs"


def dripping_headers(handler: Any) -> None:
    """Send headers for a few seconds, a little at a time, and then close the connection."""
    handler.close_connection = True
    with suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(150):
            if handler.server.released.wait(0.02):
                break
            handler.wfile.write(b"X-Wait: more\r\n")


class Fetching:
    """A fetcher whose pauses take no time and are recorded in `pauses`."""

    def __init__(self, folder: Path, server: ReportServer) -> None:
        self.downloads = Downloads(folder)
        self.hosts = AllowedHosts(names=frozenset({"127.0.0.1"}), scheme="http", port=server.server_port)
        self.pauses: list[float] = []
        self.seconds = 0.0

    def __call__(self, *urls: str, again: bool = False, **limits: float) -> list[FetchResult]:
        fetcher = Fetcher(
            self.downloads,
            self.hosts,
            Politeness(**{"timeout": 5.0, **limits}),  # type: ignore[arg-type]
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
    def files(self) -> dict[str, int]:
        """Size in bytes of each report and part in the folder, by name."""
        files = self.downloads.folder.glob("*.pdf*")
        return {file.name: file.stat().st_size for file in files}


@pytest.fixture
def server() -> Iterator[ReportServer]:
    with serving() as running:
        yield running


@pytest.fixture
def fetch(tmp_path: Path, server: ReportServer) -> Fetching:
    return Fetching(tmp_path, server)


def test_a_report_is_saved_byte_for_byte_with_its_record(fetch: Fetching, server: ReportServer) -> None:
    url = server.publish("/one", REPORT)
    [fetched] = fetch(url)
    assert (fetched.outcome, fetched.reason) == ("fetched", None)
    assert fetched.file is not None and fetched.file.read_bytes() == REPORT
    saved = fetch.downloads.read_record(CAMDEN, url)
    assert saved is not None and saved.etag == ETAG and len(saved.sha256) == 64
    assert fetch.files == {f"{CAMDEN}.pdf": len(REPORT)}


def test_requests_name_the_program_and_ask_for_an_uncompressed_file(fetch: Fetching, server: ReportServer) -> None:
    fetch(server.publish("/one", REPORT))
    [asked] = server.asked
    assert asked.headers["User-Agent"] == AGENT
    assert AGENT.startswith("reinspect/")
    assert asked.headers["Accept-Encoding"] == "identity"
    assert "Range" not in asked.headers and "If-None-Match" not in asked.headers


def test_requests_are_made_one_at_a_time_with_a_pause_between(fetch: Fetching, server: ReportServer) -> None:
    fetch(*(server.publish(f"/{number}", REPORT) for number in range(3)), pause=1.5)
    assert [asked.path for asked in server.asked] == ["/0", "/1", "/2"]
    assert fetch.pauses == [1.5, 1.5]


def test_a_complete_report_is_not_requested_again(fetch: Fetching, server: ReportServer) -> None:
    url = server.publish("/one", REPORT)
    fetch(url)
    [fetched] = fetch(url)
    assert fetched.outcome == "unchanged" and fetched.file is not None
    assert len(server.asked) == 1


def test_a_report_changed_on_this_disk_is_downloaded_again(fetch: Fetching, server: ReportServer) -> None:
    url = server.publish("/one", REPORT)
    [fetched] = fetch(url)
    assert fetched.file is not None
    fetched.file.write_bytes(b"%PDF-1.7 and then other bytes")
    assert fetch(url)[0].outcome == "fetched"
    assert fetched.file.read_bytes() == REPORT


def test_again_downloads_a_report_only_if_it_has_changed(fetch: Fetching, server: ReportServer) -> None:
    url = server.publish("/one", REPORT)
    fetch(url)
    assert fetch(url, again=True)[0].outcome == "unchanged"
    assert server.asked[-1].headers["If-None-Match"] == ETAG
    server.etag = '"second"'
    server.publish("/one", REPORT + b"\n% amended")
    [fetched] = fetch(url, again=True)
    assert fetched.outcome == "fetched"
    assert fetched.file is not None and fetched.file.read_bytes().endswith(b"amended")


def test_an_interrupted_download_continues_where_it_stopped(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", cut_off(REPORT, 2000), REPORT))
    assert server.asked[1].headers["Range"] == "bytes=2000-"
    assert server.asked[1].headers["If-Range"] == ETAG
    assert fetched.outcome == "fetched"
    assert fetched.file is not None and fetched.file.read_bytes() == REPORT


def test_the_next_run_continues_an_interrupted_download(fetch: Fetching, server: ReportServer) -> None:
    url = server.publish("/one", cut_off(REPORT, 2000), status(500))
    [fetched] = fetch(url, attempts=2)
    assert fetched.outcome == "failed"
    assert fetch.files == {f"{CAMDEN}.pdf.part": 2000}
    server.publish("/one", REPORT)
    assert fetch(url)[0].outcome == "fetched"
    assert server.asked[-1].headers["Range"] == "bytes=2000-"


def test_a_part_is_never_completed_with_another_version_of_the_file(fetch: Fetching, server: ReportServer) -> None:
    url = server.publish("/one", cut_off(REPORT, 2000))
    fetch(url, attempts=1)
    server.etag = '"second"'
    amended = REPORT.replace(b"%PDF-1.7", b"%PDF-1.6")
    server.publish("/one", amended)
    [fetched] = fetch(url)
    assert fetched.file is not None and fetched.file.read_bytes() == amended


def test_without_a_strong_version_the_download_starts_again(fetch: Fetching, server: ReportServer) -> None:
    server.etag = 'W/"weak"'
    url = server.publish("/one", cut_off(REPORT, 2000), REPORT)
    assert fetch(url)[0].outcome == "fetched"
    assert "Range" not in server.asked[1].headers


def test_if_the_rest_is_no_longer_available_the_whole_file_is_requested(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", cut_off(REPORT, 2000), status(416), REPORT))
    assert fetched.outcome == "fetched"
    assert "Range" not in server.asked[2].headers


def test_a_different_part_than_requested_is_refused(fetch: Fetching, server: ReportServer) -> None:
    wrong = status(206, REPORT[:100], Content_Range=f"bytes 0-99/{len(REPORT)}")
    [fetched] = fetch(server.publish("/one", cut_off(REPORT, 2000), wrong))
    assert fetched.reason == "the server sent a different part of the file than requested"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (404, "there is no such file (404)"),
        (410, "the file was withdrawn (410)"),
        (403, "the server refuses access to it (403)"),
        (418, "the server answered with status 418"),
    ],
)
def test_a_permanent_failure_is_reported_after_one_request(
    code: int, reason: str, fetch: Fetching, server: ReportServer
) -> None:
    [fetched, other] = fetch(server.publish("/one", status(code)), server.publish("/two", REPORT))
    assert (fetched.outcome, fetched.reason) == ("failed", reason)
    assert other.outcome == "fetched"
    assert len(server.asked) == 2
    assert list(fetch.files) == [f"{BARNET}.pdf"]


def test_a_server_error_is_tried_three_times_with_longer_pauses(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", status(500)))
    assert fetched.reason == "the server reports an error of its own (500) (tried 3 times)"
    assert len(server.asked) == 3
    assert fetch.pauses == [4.0, 16.0]


def test_a_second_attempt_can_succeed(fetch: Fetching, server: ReportServer) -> None:
    assert fetch(server.publish("/one", status(500), REPORT))[0].outcome == "fetched"


def test_the_pause_that_a_busy_server_asks_for_is_kept(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", status(429, Retry_After="37"), REPORT))
    assert fetched.outcome == "fetched"
    assert fetch.pauses == [37.0]


def test_a_server_that_asks_for_an_hour_ends_the_run(fetch: Fetching, server: ReportServer) -> None:
    busy = server.publish("/one", status(429, Retry_After="3600"))
    first, second = fetch(busy, server.publish("/two", REPORT))
    assert first.reason == ("the server is busy (429) and asks for a pause of 3,600 seconds; try again later")
    assert not second.asked
    assert second.reason == f"not requested: {first.reason}"
    assert len(server.asked) == 1
    assert fetch.pauses == []


def test_a_server_that_stays_busy_ends_the_run(fetch: Fetching, server: ReportServer) -> None:
    first, second = fetch(server.publish("/one", status(503)), server.publish("/two", REPORT))
    assert first.reason == "the server is busy (503) (tried 3 times)"
    assert not second.asked


def test_a_web_page_instead_of_a_report_is_refused(fetch: Fetching, server: ReportServer) -> None:
    page = b"<!DOCTYPE html><title>Sorry</title>"
    labelled, disguised = fetch(
        server.publish("/one", status(200, page, Content_Type="text/html; charset=utf-8")),
        server.publish("/two", status(200, page.ljust(5000), Content_Type="application/pdf")),
    )
    assert labelled.reason == "the server sent a web page instead of the report"
    assert disguised.reason == "the server sent a file that is not a PDF"
    assert len(server.asked) == 2
    assert fetch.files == {}


def test_an_empty_response_is_refused(fetch: Fetching, server: ReportServer) -> None:
    assert fetch(server.publish("/one", status(200)))[0].reason == "the server sent nothing"


def test_a_compressed_response_is_refused(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", status(200, b"\x1f\x8b", Content_Encoding="gzip")))
    assert fetched.reason == "the server sent the file compressed, although that was not requested"


def test_an_endless_file_is_stopped_at_the_limit_and_deleted(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", endless), max_bytes=1_000_000)
    assert fetched.reason == "the file is larger than 1 MB; the download was stopped"
    assert fetch.files == {}


def test_a_file_with_too_great_a_length_is_not_downloaded(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", status(200, Content_Length="7000000")), max_bytes=1_000_000)
    assert fetched.reason == "the file is larger than 1 MB"
    assert fetch.files == {}


def test_a_server_that_never_answers_times_out(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", silent), timeout=0.05, attempts=2)
    assert fetched.reason == "the server sent nothing for 0.05 seconds (tried 2 times)"


def test_a_server_that_stops_midway_is_asked_for_the_rest(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", halting(REPORT, 2000), REPORT), timeout=0.2)
    assert fetched.outcome == "fetched"
    assert fetched.file is not None and fetched.file.read_bytes() == REPORT


def test_a_server_that_is_too_slow_is_stopped_and_the_part_is_kept(
    fetch: Fetching, server: ReportServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_minute_per_call() -> float:
        fetch.seconds += 60.0
        return fetch.seconds

    monkeypatch.setattr(fetch, "clock", one_minute_per_call)
    [fetched] = fetch(server.publish("/one", REPORT), attempts=1, max_seconds=30.0)
    assert fetched.reason is not None and fetched.reason.startswith("the server is too slow; stopped after ")
    assert list(fetch.files) == [f"{CAMDEN}.pdf.part"]


def test_without_a_network_only_the_first_few_addresses_are_tried(fetch: Fetching) -> None:
    with serving() as gone:
        urls = [gone.url(f"/{number}") for number in range(5)]
    fetch.hosts = AllowedHosts(names=frozenset({"127.0.0.1"}), scheme="http", port=gone.server_port)
    fetched = fetch(*urls, max_unanswered=2)
    assert [result.asked for result in fetched] == [True, True, False, False, False]
    assert fetched[0].reason is not None and fetched[0].reason.startswith("no connection (")


def test_a_redirect_to_an_allowed_host_is_followed(fetch: Fetching, server: ReportServer) -> None:
    server.publish("/two", REPORT)
    assert fetch(server.publish("/one", status(302, Location="/two")))[0].outcome == "fetched"


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://elsewhere.example/two", "elsewhere.example is not one of the allowed hosts (127.0.0.1)"),
        ("http://127.0.0.1:1/two", "http://127.0.0.1:1/two names a port, which is not allowed"),
        ("file:///etc/passwd", "'file:///etc/passwd' is not a web address"),
        (
            "http://127.0.0.1@elsewhere.example/",
            "'http://127.0.0.1@elsewhere.example/' is not a web address",
        ),
    ],
)
def test_a_redirect_to_another_host_port_or_scheme_is_refused(
    location: str, reason: str, fetch: Fetching, server: ReportServer
) -> None:
    [fetched] = fetch(server.publish("/one", status(302, Location=location)))
    assert fetched.reason == f"redirect refused: {reason}"
    assert len(server.asked) == 1


def test_redirects_in_a_circle_end(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", status(302, Location="/one")), max_redirects=3)
    assert fetched.reason == "the server redirects in a circle"
    assert len(server.asked) == 4


def test_a_redirect_to_an_invalid_address_is_refused(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", status(302, Location="http://[")))
    assert fetched.reason == "the server redirects to an invalid address"


def test_two_processes_cannot_download_into_the_same_folder(fetch: Fetching, server: ReportServer) -> None:
    url = server.publish("/one", REPORT)
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with Downloads(fetch.downloads.folder.parent).lock():
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


def test_a_record_for_another_address_is_ignored(tmp_path: Path) -> None:
    downloads = Downloads(tmp_path)
    downloads.folder.mkdir()
    downloads.write_record(CAMDEN, DownloadRecord(url="https://files.ofsted.gov.uk/1", etag=ETAG))
    assert downloads.read_record(CAMDEN, "https://files.ofsted.gov.uk/2") is None


def test_every_address_in_the_shipped_record_is_allowed() -> None:
    hosts = allowed_hosts()
    urls = [known.facts.report_url for known in record().inspections if known.facts.report_url]
    assert len(urls) == 493
    assert [url for url in urls if hosts.reason_to_refuse(url)] == []


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
def test_other_addresses_are_refused(address: str) -> None:
    assert allowed_hosts().reason_to_refuse(address) is not None


def test_a_retry_date_counts_from_the_clock_of_the_server() -> None:
    asked = parse_retry_after("Wed, 21 Oct 2026 07:28:30 GMT", "Wed, 21 Oct 2026 07:28:00 GMT")
    assert asked == 30.0
    assert parse_retry_after("soon", None) is None
    assert parse_retry_after(None, None) is None


def test_a_download_that_is_always_interrupted_leaves_its_part(fetch: Fetching, server: ReportServer) -> None:
    [fetched] = fetch(server.publish("/one", cut_off(REPORT, 2000)))
    assert fetched.reason == "the connection was lost after 2,000 bytes (tried 3 times)"
    assert fetch.files == {f"{CAMDEN}.pdf.part": 2000}


def test_a_full_disk_ends_the_run_with_a_message(
    fetch: Fetching, server: ReportServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Downloads, "finish", full)
    with pytest.raises(StoreUnwritableError, match=r"cannot be written \(No space left on device\)"):
        fetch(server.publish("/one", REPORT), server.publish("/two", REPORT))
    assert [asked.path for asked in server.asked] == ["/one"]


# Answers that nobody expects


HUGE = "9" * 5000
ODD_LOCATIONS = [
    "https:\\\\127.0.0.1\\x",
    "http://127.0.0.1:99999999/x",
    "http://[::1/x",
    "http://\u00ad/x",
    "http://xn--a\u0378.example/x",
    "//",
    "http:///x",
    "http://a:b:c/",
    "\x01",
    "x" * 100_000,
    f"http://127.0.0.1:{HUGE}/x",
]


@pytest.mark.parametrize("location", ODD_LOCATIONS, ids=lambda location: repr(location)[:40])
def test_an_odd_redirect_fails_one_download_and_not_the_others(
    fetch: Fetching, server: ReportServer, location: str
) -> None:
    odd = server.publish("/odd", raw(b"HTTP/1.1 302 Found\r\nLocation: " + location.encode() + b"\r\n\r\n"))
    failed, fetched = fetch(odd, server.publish("/good", REPORT))
    assert (failed.outcome, fetched.outcome) == ("failed", "fetched")
    assert failed.reason


ODD_HEADS = {
    "a range of 5,000 digits": f"HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-{HUGE}/{HUGE}",
    "a start of 5,000 digits": f"HTTP/1.1 206 Partial\r\nContent-Range: bytes {HUGE}-{HUGE}/*",
    "a length of 5,000 digits": f"HTTP/1.1 200 OK\r\nContent-Length: {HUGE}",
    "a negative length": "HTTP/1.1 200 OK\r\nContent-Length: -5",
    "digits that are not ASCII": "HTTP/1.1 206 Partial\r\nContent-Range: bytes \u0660-\u0661/\u0662",
    "a status of 5,000 digits": f"HTTP/1.1 {HUGE} OK",
    "a pause of 5,000 digits": f"HTTP/1.1 503 Busy\r\nRetry-After: {HUGE}",
    "a pause until the year 9999": "HTTP/1.1 503 Busy\r\nRetry-After: Fri, 31 Dec 9999 23:59:59 -2359",
    "a header that is not text": "HTTP/1.1 200 OK\r\nETag: \x00\x7f",
    "no HTTP": "SSH-2.0-OpenSSH_9.6",
}


@pytest.mark.parametrize("head", ODD_HEADS.values(), ids=ODD_HEADS)
def test_an_odd_head_fails_one_download_with_a_reason(fetch: Fetching, server: ReportServer, head: str) -> None:
    [failed] = fetch(server.publish("/odd", raw(head.encode() + b"\r\n\r\n")), pause=0)
    assert failed.outcome == "failed"
    assert failed.reason


# Servers that send a little at a time, for ever

DRIPS = {
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X-Wait: more\r\n"),
    "one endless header": (b"HTTP/1.1 200 OK\r\nX-Wait: ", b"x"),
    "1xx answers": (b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
    "chunk extensions": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;", b"x"),
    "trailers": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n%PDF-\r\n0\r\n", b"X-Wait: more\r\n"),
    "bytes of the report": (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n%PDF-", b"x"),
}


@pytest.mark.parametrize(("begin", "drip"), DRIPS.values(), ids=DRIPS)
def test_an_attempt_ends_though_the_server_keeps_sending_a_little(
    fetch: Fetching, server: ReportServer, begin: bytes, drip: bytes
) -> None:
    slow = server.publish("/slow", dripping(begin, drip))
    failed, fetched = fetch(slow, server.publish("/good", REPORT), max_seconds=0.3, attempts=1)
    assert failed.reason is not None and "too slow" in failed.reason
    assert failed.reason.endswith("bytes (tried 1 time)")
    assert fetched.outcome == "fetched"


def test_an_attempt_ends_too_after_a_report_that_the_same_server_sent_well(
    fetch: Fetching, server: ReportServer
) -> None:
    good, slow = server.publish("/good", REPORT), server.publish("/slow", dripping_headers)
    fetched, failed = fetch(good, slow, max_seconds=0.3, attempts=1)
    assert fetched.outcome == "fetched"
    assert failed.reason is not None and "too slow" in failed.reason
