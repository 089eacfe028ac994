"""A release of the record is downloaded with its checksum from allowed hosts, or refused with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import httpx
import pytest

from reinspect.errors import RecordRefusedError
from store.fetching import AllowedHosts, Politeness, allowed_hosts, record_hosts
from store.fetching.release import download_release
from tests.making.report_server import Fault, ReportServer, cut_off, dripping, endless, raw, serving, silent, status

DATA = b'{"as_of": "2026-12-01"}' * 100
CHECKSUM = f"{sha256(DATA).hexdigest()}  record.json\n"


@pytest.fixture
def server() -> Iterator[ReportServer]:
    with serving() as running:
        yield running


def download(server: ReportServer, *answers: bytes | Fault, **limits: float) -> tuple[bytes, str]:
    address = server.publish("/record.json", *answers)
    hosts = AllowedHosts(names=frozenset({"127.0.0.1"}), scheme="http", port=server.server_port)
    chosen = Politeness(**{"timeout": 0.3, "max_bytes": 10_000, **limits})  # type: ignore[arg-type]
    return download_release(address, hosts, httpx.Client(trust_env=False), chosen)


def test_the_record_comes_with_its_checksum(server: ReportServer) -> None:
    server.publish("/record.json.sha256", CHECKSUM.encode())
    assert download(server, DATA) == (DATA, CHECKSUM)
    assert [asked.path for asked in server.asked] == ["/record.json.sha256", "/record.json"]


def test_a_redirect_to_another_place_of_an_allowed_host_is_followed(server: ReportServer) -> None:
    server.publish("/record.json.sha256", CHECKSUM.encode())
    server.publish("/elsewhere", DATA)
    assert download(server, status(302, Location="/elsewhere"))[0] == DATA


FAULTS: dict[str, tuple[Fault, str]] = {
    "gone": (status(404), "there is no such file"),
    "a web page": (status(200, b"<html>", Content_Type="text/html"), "a web page"),
    "its own error": (status(500), "an error of its own"),
    "silent": (silent, "sent nothing for 0.3 seconds"),
    "cut off": (cut_off(DATA, 50), "no connection"),
    "endless": (endless, "larger than 10,000 bytes"),
    "slow": (dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", b"x"), "too slow"),
    "nonsense": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"), "no connection|makes no sense"),
    "a redirect away": (status(302, Location="https://example.org/record.json"), "redirect refused"),
    "a redirect to nowhere": (status(302, Location="http://["), "makes no sense|not a web address|no connection"),
    "a circle": (status(302, Location="/record.json"), "in a circle"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_server_that_fails_is_named_with_the_reason(server: ReportServer, fault: str) -> None:
    answer, reason = FAULTS[fault]
    server.publish("/record.json.sha256", CHECKSUM.encode())
    with pytest.raises(RecordRefusedError, match=reason):
        download(server, answer, max_seconds=0.4 if fault == "slow" else 20.0)


def test_without_a_checksum_the_record_is_not_asked_for(server: ReportServer) -> None:
    with pytest.raises(RecordRefusedError, match="no such file"):
        download(server, DATA)
    assert [asked.path for asked in server.asked] == ["/record.json.sha256"]


@pytest.mark.parametrize(
    "address",
    [
        "http://github.com/record.json",
        "https://example.org/record.json",
        "https://files.ofsted.gov.uk/record.json",
        "https://github.com:444/record.json",
        "https://github.com@example.org/record.json",
        "ftp://github.com/record.json",
        "file:///etc/passwd",
    ],
)
def test_an_address_that_is_not_allowed_is_never_asked(address: str) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise AssertionError(f"asked {request.url}")

    client = httpx.Client(transport=httpx.MockTransport(refuse))
    with pytest.raises(RecordRefusedError, match=r"does not use https|not one of the allowed hosts|port|not a web"):
        download_release(address, record_hosts(), client)


def test_records_and_reports_come_from_different_hosts() -> None:
    assert not record_hosts().names & allowed_hosts().names
