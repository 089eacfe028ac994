"""Limits on the use of a server: how often to ask it, how long to wait for it, and how much to download."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec


class Politeness(msgspec.Struct, frozen=True, kw_only=True):
    """Limits on the use of a server in one run. Times are in seconds.

    pause: shortest time between two requests.
    attempts: most requests for one address before giving up.
    backoff: pause before the second attempt; the pause before the third is four times as long.
    max_retry_after: longest pause that a server may ask for; if it asks for a longer one, the run ends.
    timeout: longest time without any data from the server.
    max_seconds: longest time for one attempt.
    max_bytes: largest size of a file.
    max_redirects: most redirects in one attempt.
    max_unanswered: the run ends if the server does not answer at this many addresses in a row.
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
        """Return how many seconds to wait before an attempt; the first attempt is number 1.

        `retry_after` is the number of seconds that the server asked for, if any.
        """
        backoff = self.backoff * 4 ** (attempt - 2) if attempt > 1 else 0.0
        return max(self.pause, backoff, retry_after or 0.0)


def parse_retry_after(header: str | None, date: str | None) -> float | None:
    """Return the seconds that a Retry-After header asks for; None if the header is missing or invalid.

    `"37"` -> 37.0. If the header is a date, the seconds count from `date`, the Date header of the same response.
    """
    if header is None:
        return None
    if header.strip().isascii() and header.strip().isdigit():
        return float(header.strip())
    until = _parse_date(header)
    if until is None:
        return None
    # From the server's own date, because its clock may differ from ours.
    try:
        return max(0.0, (until - (_parse_date(date) or datetime.now(UTC))).total_seconds())
    except OverflowError:
        return None


def _parse_date(header: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header or "")
    except (TypeError, ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
