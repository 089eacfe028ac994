"""Download a release of the record and its checksum, in one request each, from the hosts that publish them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

import httpx

from reinspect import __version__
from reinspect.errors import RecordRefusedError
from store.fetching.allowed_hosts import AllowedHosts
from store.fetching.deadline import Deadline
from store.fetching.politeness import Politeness
from store.fetching.responses import PermanentError, TemporaryError, check_status

CHECKSUM_SUFFIX = ".sha256"
_REDIRECTS = {301, 302, 303, 307, 308}
# A connection of its own for each request, so that the deadline knows it.
_HEADERS = {"User-Agent": f"reinspect/{__version__}", "Accept-Encoding": "identity", "Connection": "close"}
_CHECKSUM_BYTES = 1000
_MISUNDERSTOOD = (httpx.InvalidURL, httpx.HTTPError, httpx.StreamError, ValueError, OverflowError)


def download_release(
    address: str, hosts: AllowedHosts, client: httpx.Client | None = None, limits: Politeness | None = None
) -> tuple[bytes, str]:
    """Return the bytes of a record, and the text of the file with its checksum.

    Raises:
        RecordRefusedError: the address is not allowed, or a file cannot be downloaded; the message says why.
    """
    with client or httpx.Client() as opened:
        asking = _Asking(hosts, opened, limits or Politeness())
        checksum = asking.get(f"{address}{CHECKSUM_SUFFIX}", _CHECKSUM_BYTES)
        return asking.get(address, asking.limits.max_bytes), checksum.decode("ascii", "replace")


@dataclass(frozen=True)
class _Asking:
    """A client, the hosts that it may ask, and its limits."""

    hosts: AllowedHosts
    client: httpx.Client
    limits: Politeness

    def get(self, address: str, most: int) -> bytes:
        """Return the file at an address, which has at most so many bytes."""
        with Deadline(self.limits.max_seconds) as deadline:
            try:
                return self._follow(address, most, deadline)
            except (PermanentError, TemporaryError) as error:
                reason = str(error)
            except httpx.TimeoutException:
                reason = f"the server sent nothing for {self.limits.timeout:g} seconds"
            except httpx.TransportError as error:
                lost = f"no connection ({error or type(error).__name__})"
                reason = "the server is too slow" if deadline.passed else lost
            except _MISUNDERSTOOD as error:
                reason = f"the server's answer makes no sense ({type(error).__name__})"
        raise RecordRefusedError(f"{address}: {reason}")

    def _follow(self, address: str, most: int, deadline: Deadline) -> bytes:
        """Request an address, follow redirects to allowed hosts, and return the file."""
        asked = address
        for _ in range(self.limits.max_redirects + 1):
            if reason := self.hosts.reason_to_refuse(address):
                raise PermanentError(f"{'' if address == asked else 'redirect refused: '}{reason}")
            trace = {"trace": deadline.trace}
            request = self.client.build_request(
                "GET", address, headers=_HEADERS, timeout=self.limits.timeout, extensions=trace
            )
            response = self.client.send(request, stream=True)
            try:
                if response.status_code not in _REDIRECTS:
                    check_status(response)
                    return _receive(response, most)
                address = urljoin(address, response.headers.get("Location", ""))
            finally:
                response.close()
        raise PermanentError("the server redirects in a circle")


def _receive(response: httpx.Response, most: int) -> bytes:
    received = bytearray()
    for chunk in response.iter_raw():
        received += chunk
        if len(received) > most:
            raise PermanentError(f"the file is larger than {most:,} bytes; the download was stopped")
    return bytes(received)
