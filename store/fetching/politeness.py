"""How a host is treated: how often it is asked, how long it is waited for, how much is taken from it."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec


class Politeness(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds, bytes and counts. The defaults are for a public server that owes us nothing.

    `pause` is between any two requests and `backoff` before the second attempt at one address, four times as long
    before the third. `patience` is the longest wait that a server may ask for; `silence` how long it may say nothing,
    `longest` how long one attempt may take in all. After `lost` addresses in a row without an answer, no more are
    asked.
    """

    pause: float = 1.0
    attempts: int = 3
    backoff: float = 4.0
    patience: float = 120.0
    silence: float = 20.0
    longest: float = 180.0
    largest: int = 50_000_000
    redirects: int = 5
    lost: int = 3

    def wait(self, attempt: int, asked: float | None) -> float:
        """Seconds before the attempt of this number (from 1): what the server asked for, but never less than ours."""
        own = self.backoff * 4 ** (attempt - 2) if attempt > 1 else 0.0
        return max(self.pause, own, asked or 0.0)


def retry_after(header: str | None, date: str | None) -> float | None:
    """The seconds that a Retry-After header asks for; a day in it counts from the server's own `Date`.

    None where there is no header, or none that is understood.
    """
    if header is None:
        return None
    if header.strip().isascii() and header.strip().isdigit():
        return float(header.strip())
    until = _moment(header)
    if until is None:
        return None
    return max(0.0, (until - (_moment(date) or datetime.now(UTC))).total_seconds())


def _moment(header: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header or "")
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
