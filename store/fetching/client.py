"""Download reports from a server: one request at a time, with pauses between requests.

The result for each address is a file, or a reason that a person understands. A temporary failure is tried again a few
times; a permanent failure is reported at once. If the connection is lost, the part of the file that arrived is kept,
and the next attempt or the next run asks for the rest:

    attempt 1   GET /one                              2,000 bytes, then the connection is lost
    attempt 2   GET /one, Range: bytes=2000-          the rest; the report is complete
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

import httpx
import msgspec

from reinspect import __version__
from store.atomic_write import open_private
from store.fetching.allowed_hosts import AllowedHosts
from store.fetching.deadline import Deadline
from store.fetching.downloads import Download, DownloadRecord, Downloads
from store.fetching.politeness import Politeness
from store.fetching.responses import PermanentError, TemporaryError, check_status, total_length

AGENT = f"reinspect/{__version__} (reads inspection reports for one person; asks for one file at a time)"
# Uncompressed, so that a length is the file's own, the rest of a file can be requested, and nothing can be a zip bomb.
# A connection of its own for each request, so that the deadline knows it.
_HEADERS = {
    "User-Agent": AGENT,
    "Accept": "application/pdf",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
_REDIRECTS = {301, 302, 303, 307, 308}
# What httpx and the standard library raise for headers that nobody expects, such as a number of 5,000 digits.
_MISUNDERSTOOD = (httpx.InvalidURL, httpx.HTTPError, httpx.StreamError, ValueError, OverflowError)
_PDF_MARK, _PDF_MARK_WITHIN = b"%PDF-", 1024


class FetchResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one download: a file, or the reason why there is none.

    `asked` is False if no request was made, because an earlier failure had ended the run.
    """

    download: Download
    outcome: Literal["fetched", "unchanged", "failed"]
    file: Path | None = None
    reason: str | None = None
    asked: bool = True


class _RunEndedError(Exception):
    """The server must not be asked for anything more in this run."""


class Fetcher:
    """A client that downloads reports from allowed hosts into a folder, for one run."""

    def __init__(
        self,
        downloads: Downloads,
        hosts: AllowedHosts,
        politeness: Politeness | None = None,
        *,
        client: httpx.Client | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._downloads, self._hosts, self._politeness = downloads, hosts, politeness or Politeness()
        self._client = client or httpx.Client()
        self._sleep, self._clock = sleep, clock
        self._requests = 0
        self._unanswered_requests = 0

    def fetch(self, downloads: Iterable[Download], *, again: bool = False) -> Iterator[FetchResult]:
        """Download reports, and yield each result as soon as it is known, in the order given.

        Complete reports are not requested again; with `again`, the server is asked if they have changed.

        Raises:
            StoreLockedError: another process is downloading into the same folder.
            StoreUnwritableError: the folder cannot be written to.
        """
        end_reason = ""
        with self._downloads.lock(), self._client:
            for download in downloads:
                if end_reason:
                    reason = f"not requested: {end_reason}"
                    yield FetchResult(download=download, outcome="failed", reason=reason, asked=False)
                    continue
                try:
                    yield self._fetch_one(download, again=again)
                except PermanentError as error:
                    yield FetchResult(download=download, outcome="failed", reason=str(error))
                except _RunEndedError as error:
                    end_reason = str(error)
                    yield FetchResult(download=download, outcome="failed", reason=end_reason)

    def _fetch_one(self, download: Download, *, again: bool) -> FetchResult:
        complete = self._downloads.find_complete(download.inspection, download.url)
        if complete is not None and not again:
            return FetchResult(download=download, outcome="unchanged", file=complete)
        failure = None
        for attempt in range(1, self._politeness.attempts + 1):
            self._pause(attempt, failure)
            try:
                return self._attempt(download, complete)
            except TemporaryError as error:
                failure = error
        assert failure is not None
        attempts = self._politeness.attempts
        reason = f"{failure} (tried {attempts} time{'' if attempts == 1 else 's'})"
        if failure.busy or self._unanswered_requests >= self._politeness.max_unanswered * self._politeness.attempts:
            raise _RunEndedError(reason)
        raise PermanentError(reason)

    def _pause(self, attempt: int, failure: TemporaryError | None) -> None:
        """Wait as long as is polite before an attempt.

        Raises:
            _RunEndedError: the server asks for a longer pause than the limit.
        """
        retry_after = failure.retry_after if failure else None
        if retry_after is not None and retry_after > self._politeness.max_retry_after:
            raise _RunEndedError(f"{failure} and asks for a pause of {retry_after:,.0f} seconds; try again later")
        if self._requests:
            self._sleep(self._politeness.seconds_before(attempt, retry_after))
        self._requests += 1

    def _attempt(self, download: Download, complete: Path | None) -> FetchResult:
        """Make one request, following redirects, and return its result."""
        self._unanswered_requests += 1
        with Deadline(self._politeness.max_seconds) as deadline:
            try:
                return self._request(download, complete, deadline)
            except httpx.TransportError as error:
                raise self._transport_failure(download, error, deadline) from None
            except _MISUNDERSTOOD as error:
                raise PermanentError(f"the server's answer makes no sense ({type(error).__name__})") from None

    def _request(self, download: Download, complete: Path | None, deadline: Deadline) -> FetchResult:
        headers = _HEADERS | (self._change_headers(download) if complete else self._resume_headers(download))
        address = download.url
        for _ in range(self._politeness.max_redirects + 1):
            if reason := self._hosts.reason_to_refuse(address):
                raise PermanentError(f"{'' if address == download.url else 'redirect refused: '}{reason}")
            request = self._client.build_request(
                "GET",
                address,
                headers=headers,
                timeout=self._politeness.timeout,
                extensions={"trace": deadline.trace},
            )
            response = self._client.send(request, stream=True)
            try:
                self._unanswered_requests = 0
                if response.status_code not in _REDIRECTS:
                    return self._receive(download, complete, response)
                address = _redirect_target(address, response.headers.get("Location", ""))
            finally:
                response.close()
        raise PermanentError("the server redirects in a circle")

    def _transport_failure(
        self, download: Download, error: httpx.TransportError, deadline: Deadline
    ) -> TemporaryError | PermanentError:
        """Return the failure to report for an error of httpx."""
        if deadline.passed:
            size = self._partial_size(download)
            return TemporaryError(f"the server is too slow; stopped after {size:,} bytes")
        if isinstance(error, httpx.TimeoutException):
            return TemporaryError(f"the server sent nothing for {self._politeness.timeout:g} seconds")
        if "redirect" in str(error):
            # httpx builds the next request even if it is not asked to follow it.
            return PermanentError("the server redirects to an invalid address")
        if isinstance(error, httpx.RemoteProtocolError):
            return self._connection_lost(download)
        return TemporaryError(f"no connection ({error or type(error).__name__})")

    def _change_headers(self, download: Download) -> dict[str, str]:
        """Return the request headers that ask for a file only if it has changed."""
        record = self._downloads.read_record(download.inspection, download.url)
        headers = {"If-None-Match": record.etag, "If-Modified-Since": record.modified} if record else {}
        return {header: value for header, value in headers.items() if value}

    def _resume_headers(self, download: Download) -> dict[str, str]:
        """Return the request headers that ask for the rest of a file; empty to ask for the whole file."""
        record, size = self._downloads.read_record(download.inspection, download.url), self._partial_size(download)
        if record is None or record.sha256 or not record.version or not size:
            return {}
        return {"Range": f"bytes={size}-", "If-Range": record.version}

    def _receive(self, download: Download, complete: Path | None, response: httpx.Response) -> FetchResult:
        """Save the file that a response contains, and return the result."""
        if response.status_code == httpx.codes.NOT_MODIFIED and complete is not None:
            return FetchResult(download=download, outcome="unchanged", file=complete)
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            self._downloads.delete_part(download.inspection)
            raise TemporaryError("the server no longer has the rest of the file")
        check_status(response)
        start = self._partial_size(download) if response.status_code == httpx.codes.PARTIAL_CONTENT else 0
        length = total_length(response, start)
        if length is not None and length > self._politeness.max_bytes:
            raise PermanentError(f"the file is larger than {self._politeness.max_bytes // 1_000_000} MB")
        record = DownloadRecord(
            url=download.url,
            etag=response.headers.get("ETag", ""),
            modified=response.headers.get("Last-Modified", ""),
        )
        if not start:
            # In this order, so that a record never describes the part of another version.
            self._downloads.delete_part(download.inspection)
            if complete is None:
                self._downloads.write_record(download.inspection, record)
        self._write_part(download, response, start)
        if length is not None and self._partial_size(download) != length:
            raise self._connection_lost(download)
        file = self._downloads.finish(download.inspection, record)
        return FetchResult(download=download, outcome="fetched", file=file)

    def _write_part(self, download: Download, response: httpx.Response, start: int) -> None:
        """Append the body of a response to the partial file.

        Raises:
            PermanentError: the file is not a PDF or is too large; the partial file is deleted.
            TemporaryError: the server is too slow.
        """
        part, deadline = self._downloads.partial_path(download.inspection), self._clock() + self._politeness.max_seconds
        head, size = _read_head(part) if start else b"", start
        try:
            with open_private(part, "ab") as file:
                for chunk in response.iter_raw():
                    file.write(chunk)
                    size += len(chunk)
                    head += chunk[: _PDF_MARK_WITHIN - len(head)]
                    if size > self._politeness.max_bytes:
                        limit = self._politeness.max_bytes // 1_000_000
                        raise PermanentError(f"the file is larger than {limit} MB; the download was stopped")
                    if len(head) == _PDF_MARK_WITHIN and _PDF_MARK not in head:
                        break
                    if self._clock() > deadline:
                        raise TemporaryError(f"the server is too slow; stopped after {size:,} bytes")
            if _PDF_MARK not in head:
                raise PermanentError("the server sent a file that is not a PDF" if size else "the server sent nothing")
        except PermanentError:
            self._downloads.delete_part(download.inspection)
            raise

    def _partial_size(self, download: Download) -> int:
        part = self._downloads.partial_path(download.inspection)
        return part.stat().st_size if part.is_file() else 0

    def _connection_lost(self, download: Download) -> TemporaryError:
        return TemporaryError(f"the connection was lost after {self._partial_size(download):,} bytes")


def _redirect_target(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError:
        raise PermanentError("the server redirects to an invalid address") from None


def _read_head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_PDF_MARK_WITHIN)
