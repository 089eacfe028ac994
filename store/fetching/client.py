"""Asking a server for reports: one at a time, with pauses, never more than once for what has come already.

Every way in which a server may fail ends in words for a person. A fault that may pass is tried again, a few times; one
that will not is said at once. What has come of a file is kept, and the next attempt, today or tomorrow, asks for the
rest.
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
from store.fetching.allowed_hosts import AllowedHosts
from store.fetching.downloads import Download, DownloadRecord, Downloads
from store.fetching.politeness import Politeness
from store.fetching.responses import PermanentError, TemporaryError, check_status, whole_length

AGENT = f"reinspect/{__version__} (reads inspection reports for one person; asks for one file at a time)"
# Not packed: so that a length is the file's, the rest of a file can be asked for, and nothing grows on arrival.
_HEADERS = {"User-Agent": AGENT, "Accept": "application/pdf", "Accept-Encoding": "identity"}
_REDIRECTS = {301, 302, 303, 307, 308}
_PDF, _WITHIN = b"%PDF-", 1024


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one address: the file, new or as it was; or the reason why there is none.

    `asked` is False where the server was not asked, because of what became of the addresses before.
    """

    wanted: Download
    outcome: Literal["fetched", "unchanged", "failed"]
    file: Path | None = None
    reason: str | None = None
    asked: bool = True


class _EnoughError(Exception):
    """Nothing more is to be asked now."""


class Fetcher:
    """Downloads reports into a folder, once. `sleep` and `clock` are the system's, unless a test brings its own."""

    def __init__(
        self,
        downloads: Downloads,
        hosts: AllowedHosts,
        manners: Politeness | None = None,
        *,
        client: httpx.Client | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._downloads, self._hosts, self._manners = downloads, hosts, manners or Politeness()
        self._client = client or httpx.Client()
        self._sleep, self._clock = sleep, clock
        self._requests = 0
        self._unanswered = 0

    def fetch(self, wanted: Iterable[Download], *, again: bool = False) -> Iterator[Fetched]:
        """What became of each address, in the order given, each as soon as it is known.

        A report that came whole before is not asked for; with `again`, the server is asked whether it has another.

        Raises:
            StoreLockedError, StoreUnwritableError: see `Downloads.held`.
        """
        enough = ""
        with self._downloads.held(), self._client:
            for each in wanted:
                if enough:
                    yield Fetched(wanted=each, outcome="failed", reason=f"not asked: {enough}", asked=False)
                    continue
                try:
                    yield self._fetch(each, again=again)
                except PermanentError as error:
                    yield Fetched(wanted=each, outcome="failed", reason=str(error))
                except _EnoughError as error:
                    enough = str(error)
                    yield Fetched(wanted=each, outcome="failed", reason=enough)

    def _fetch(self, wanted: Download, *, again: bool) -> Fetched:
        whole = self._downloads.whole(wanted.inspection, wanted.url)
        if whole is not None and not again:
            return Fetched(wanted=wanted, outcome="unchanged", file=whole)
        fault = None
        for attempt in range(1, self._manners.attempts + 1):
            self._wait(attempt, fault)
            try:
                return self._attempt(wanted, whole)
            except TemporaryError as error:
                fault = error
        assert fault is not None
        reason = f"{fault}, {self._manners.attempts} times"
        if fault.busy or self._unanswered >= self._manners.lost * self._manners.attempts:
            raise _EnoughError(reason)
        raise PermanentError(reason)

    def _wait(self, attempt: int, fault: TemporaryError | None) -> None:
        """Leave the server alone for as long as it asks, within reason, and never for less than our own pause."""
        asked = fault.asked if fault else None
        if asked is not None and asked > self._manners.patience:
            raise _EnoughError(f"{fault} and wants to be left alone for {asked:,.0f} seconds; try again later")
        if self._requests:
            self._sleep(self._manners.wait(attempt, asked))
        self._requests += 1

    def _attempt(self, wanted: Download, whole: Path | None) -> Fetched:
        """One request, with those that redirects lead to."""
        headers = _HEADERS | (self._if_changed(wanted) if whole else self._from_where_it_stopped(wanted))
        address = wanted.url
        self._unanswered += 1
        try:
            for _ in range(self._manners.redirects + 1):
                if objection := self._hosts.objection(address):
                    raise PermanentError(f"{'' if address == wanted.url else 'the server sends on: '}{objection}")
                with self._client.stream("GET", address, headers=headers, timeout=self._manners.silence) as response:
                    self._unanswered = 0
                    if response.status_code not in _REDIRECTS:
                        return self._take(wanted, whole, response)
                    address = _sent_on(address, response.headers.get("Location", ""))
        except httpx.TimeoutException:
            raise TemporaryError(f"the server said nothing for {self._manners.silence:g} seconds") from None
        except httpx.RemoteProtocolError:
            raise TemporaryError(f"the connection was cut off {self._so_far(wanted)}") from None
        except httpx.TransportError as error:
            raise TemporaryError(f"no connection ({error or type(error).__name__})") from None
        raise PermanentError("the server sends on in a circle")

    def _if_changed(self, wanted: Download) -> dict[str, str]:
        """What to ask with to be told only of a change."""
        receipt = self._downloads.receipt(wanted.inspection, wanted.url)
        told = {"If-None-Match": receipt.etag, "If-Modified-Since": receipt.modified} if receipt else {}
        return {header: value for header, value in told.items() if value}

    def _from_where_it_stopped(self, wanted: Download) -> dict[str, str]:
        """What to ask with to get the rest of a file, if the server can tell that it is the rest of the same one."""
        receipt, size = self._downloads.receipt(wanted.inspection, wanted.url), self._size(wanted)
        if receipt is None or receipt.sha256 or not receipt.version or not size:
            return {}
        return {"Range": f"bytes={size}-", "If-Range": receipt.version}

    def _take(self, wanted: Download, whole: Path | None, response: httpx.Response) -> Fetched:
        """What an answer comes to: a file, or the word that it did not change."""
        if response.status_code == httpx.codes.NOT_MODIFIED and whole is not None:
            return Fetched(wanted=wanted, outcome="unchanged", file=whole)
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            self._downloads.forget_part(wanted.inspection)
            raise TemporaryError("the server no longer has the rest of the file")
        check_status(response)
        start = self._size(wanted) if response.status_code == httpx.codes.PARTIAL_CONTENT else 0
        expected = whole_length(response, start)
        if expected is not None and expected > self._manners.largest:
            raise PermanentError(f"the file is larger than {self._manners.largest // 1_000_000} MB")
        receipt = DownloadRecord(
            url=wanted.url,
            etag=response.headers.get("ETag", ""),
            modified=response.headers.get("Last-Modified", ""),
        )
        if not start:
            # In this order, so that no receipt ever vouches for the part of another version.
            self._downloads.forget_part(wanted.inspection)
            if whole is None:
                self._downloads.keep(wanted.inspection, receipt)
        self._write(wanted, response, start)
        if expected is not None and self._size(wanted) != expected:
            raise TemporaryError(f"the connection was cut off {self._so_far(wanted)}")
        return Fetched(wanted=wanted, outcome="fetched", file=self._downloads.finish(wanted.inspection, receipt))

    def _write(self, wanted: Download, response: httpx.Response, start: int) -> None:
        """Put what comes behind what is there. What turns out to be no report, or to have no end, is thrown away."""
        part, until = self._downloads.part(wanted.inspection), self._clock() + self._manners.longest
        head, size = _head(part) if start else b"", start
        try:
            with part.open("ab") as file:
                for chunk in response.iter_raw():
                    file.write(chunk)
                    size += len(chunk)
                    head += chunk[: _WITHIN - len(head)]
                    if size > self._manners.largest:
                        raise PermanentError(f"the file has no end: stopped at {self._manners.largest // 1_000_000} MB")
                    if len(head) == _WITHIN and _PDF not in head:
                        break
                    if self._clock() > until:
                        raise TemporaryError(f"the server is too slow, stopped after {size:,} bytes")
            if _PDF not in head:
                raise PermanentError("the server sent something that is no PDF" if size else "the server sent nothing")
        except PermanentError:
            self._downloads.forget_part(wanted.inspection)
            raise

    def _size(self, wanted: Download) -> int:
        part = self._downloads.part(wanted.inspection)
        return part.stat().st_size if part.is_file() else 0

    def _so_far(self, wanted: Download) -> str:
        return f"after {self._size(wanted):,} bytes"


def _sent_on(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError:
        raise PermanentError("the server sends on to what is no address") from None


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_WITHIN)
