"""Limits on the use of a server: how often it is asked, how long to wait for it, and how much to download."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec


class Politeness(msgspec.Struct, frozen=True, kw_only=True):
    """Limits for one run. Times are in seconds; the defaults suit a public server that owes us nothing.

    pause: between any two requests.
    attempts: requests for one address before giving up.
    backoff: pause before the second attempt; the third waits four times as long.
    max_retry_after: longest pause a server may ask for; a longer one ends the run.
    timeout: without any data from the server.
    max_seconds: for one attempt in all.
    max_bytes: size of a file.
    max_redirects: for one attempt.
    max_unanswered: addresses in a row without any answer; after that the run ends.
    """

    pause: float = 1.0
    attempts: int = 3
    backoff: float = 4.0
    max_retry_after: float = 120.0
    timeout: float = 20.0
    max_seconds: float = 180.0
    max_bytes: int = 50_000_000
    max_redirects: int = 5
    max_unanswered: int = 3

    def seconds_before(self, attempt: int, retry_after: float | None) -> float:
        """Return the pause before an attempt (from 1): as long as the server asked for, but at least our own pause."""
        backoff = self.backoff * 4 ** (attempt - 2) if attempt > 1 else 0.0
        return max(self.pause, backoff, retry_after or 0.0)


def parse_retry_after(header: str | None, date: str | None) -> float | None:
    """Return the seconds that a Retry-After header asks for; None if it is missing or cannot be understood.

    `"37"` gives 37.0. A date counts from the server's own `Date` header, because its clock may differ from ours.
    """
    if header is None:
        return None
    if header.strip().isascii() and header.strip().isdigit():
        return float(header.strip())
    until = _parse_date(header)
    if until is None:
        return None
    return max(0.0, (until - (_parse_date(date) or datetime.now(UTC))).total_seconds())


def _parse_date(header: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header or "")
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
