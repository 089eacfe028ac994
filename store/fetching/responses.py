"""Check a server's response before its body is read: the status, the type, and the length of the file."""

from __future__ import annotations

import re

import httpx

from store.fetching.politeness import parse_retry_after

_BUSY = {429, 503}
_REASONS = {
    403: "the server refuses access to it (403)",
    404: "there is no such file (404)",
    410: "the file was withdrawn (410)",
}
_WEB_PAGES = {"text/html", "application/xhtml+xml"}
_RANGE = re.compile(r"bytes (?P<first>\d{1,18})-\d{1,18}/(?P<total>\d{1,18}|\*)", re.ASCII)
_LENGTH = re.compile(r"\d{1,18}", re.ASCII)


class TemporaryError(Exception):
    """A download failed, but the next attempt may succeed.

    `busy` is True if the server is overloaded; `retry_after` is then the pause in seconds that it asks for, if any.
    """

    def __init__(self, reason: str, *, busy: bool = False, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.busy, self.retry_after = busy, retry_after


class PermanentError(Exception):
    """A download failed, and every further attempt would fail too."""


def check_status(response: httpx.Response) -> None:
    """Check that a response may contain a report.

    Raises:
        TemporaryError: the server is busy or reports an error of its own.
        PermanentError: the server refuses, or sends something that is not a report.
    """
    status = response.status_code
    if status in _BUSY:
        retry_after = parse_retry_after(response.headers.get("Retry-After"), response.headers.get("Date"))
        raise TemporaryError(f"the server is busy ({status})", busy=True, retry_after=retry_after)
    if status >= 500 or status == httpx.codes.REQUEST_TIMEOUT:
        raise TemporaryError(f"the server reports an error of its own ({status})")
    if status not in {httpx.codes.OK, httpx.codes.PARTIAL_CONTENT}:
        raise PermanentError(_REASONS.get(status, f"the server answered with status {status}"))
    if response.headers.get("Content-Type", "").partition(";")[0].strip().lower() in _WEB_PAGES:
        raise PermanentError("the server sent a web page instead of the report")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise PermanentError("the server sent the file compressed, although that was not requested")


def total_length(response: httpx.Response, start: int) -> int | None:
    """Return the length of the whole file in bytes; None if the response does not give it.

    Raises:
        PermanentError: the response does not begin at byte `start` of the file.
    """
    if response.status_code == httpx.codes.PARTIAL_CONTENT:
        content_range = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if content_range is None or int(content_range["first"]) != start:
            raise PermanentError("the server sent a different part of the file than requested")
        if content_range["total"] != "*":
            return int(content_range["total"])
    length = response.headers.get("Content-Length", "")
    return start + int(length) if _LENGTH.fullmatch(length) else None
