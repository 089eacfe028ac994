"""What a server's answer means before any of its body is read: how much is to come, or which fault it is."""

from __future__ import annotations

import re

import httpx

from store.fetching.politeness import retry_after

_PACE = {429, 503}
_LASTING = {
    403: "the server refuses it (403)",
    404: "there is no such file (404)",
    410: "the file was withdrawn (410)",
}
_WEB_PAGES = {"text/html", "application/xhtml+xml"}
_RANGE = re.compile(r"bytes (?P<first>\d+)-\d+/(?P<total>\d+|\*)")


class TemporaryError(Exception):
    """A fault that may be gone at the next attempt.

    With `busy`, the server has too much to do, and wants to be left alone for `asked` seconds, if it says how long.
    """

    def __init__(self, reason: str, *, busy: bool = False, asked: float | None = None) -> None:
        super().__init__(reason)
        self.busy, self.asked = busy, asked


class PermanentError(Exception):
    """A fault that another attempt would meet again."""


def check_status(response: httpx.Response) -> None:
    """Pass where a body comes that may be a report.

    Raises:
        PassingError, LastingError: another one comes, or none.
    """
    status = response.status_code
    if status in _PACE:
        asked = retry_after(response.headers.get("Retry-After"), response.headers.get("Date"))
        raise TemporaryError(f"the server is busy ({status})", busy=True, asked=asked)
    if status >= 500 or status == httpx.codes.REQUEST_TIMEOUT:
        raise TemporaryError(f"the server has a fault ({status})")
    if status not in {httpx.codes.OK, httpx.codes.PARTIAL_CONTENT}:
        raise PermanentError(_LASTING.get(status, f"the server answered {status}"))
    if response.headers.get("Content-Type", "").partition(";")[0].strip().lower() in _WEB_PAGES:
        raise PermanentError("the server sent a web page in place of the report")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise PermanentError("the server sent the file packed, which was not asked for")


def whole_length(response: httpx.Response, start: int) -> int | None:
    """The bytes of the whole file, of which those from `start` are to come; None where the server does not say.

    Raises:
        LastingError: others are to come.
    """
    if response.status_code == httpx.codes.PARTIAL_CONTENT:
        found = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if found is None or int(found["first"]) != start:
            raise PermanentError("the server sent another part of the file than was asked for")
        if found["total"] != "*":
            return int(found["total"])
    length = response.headers.get("Content-Length", "")
    return start + int(length) if length.isascii() and length.isdigit() else None
