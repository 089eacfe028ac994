"""The hosts from which reports and records may be downloaded, and the check that a web address is on one of them."""

from __future__ import annotations

import re

import msgspec

from reinspect.errors import ReinspectError
from reinspect.record import data_folder

HOSTS_FILE = "hosts.toml"
# No user names, backslashes, spaces or brackets: two parsers could find different hosts in such an address.
_ADDRESS = re.compile(r"(?P<scheme>[a-z]+)://(?P<host>[a-z0-9.-]+)(?::(?P<port>\d{1,5}))?(?:/[^\s\\]*)?")


class AllowedHosts(msgspec.Struct, frozen=True, kw_only=True):
    """The hosts from which something may be downloaded, and the one scheme and port to use.

    A `port` of None means the usual port of the scheme.
    """

    names: frozenset[str]
    # Only tests with a local server use another scheme; no setting, option or variable can change it.
    scheme: str = "https"
    port: int | None = None

    def reason_to_refuse(self, address: str) -> str | None:
        """Return the reason why an address must not be requested, or None if it may be."""
        parts = _ADDRESS.fullmatch(address) if address.isascii() and address.isprintable() else None
        if parts is None:
            return f"{address!r} is not a web address"
        if parts["scheme"] != self.scheme:
            return f"{address} does not use {self.scheme}"
        if parts["host"] not in self.names:
            return f"{parts['host']} is not one of the allowed hosts ({', '.join(sorted(self.names))})"
        if parts["port"] is not None and int(parts["port"]) != self.port:
            return f"{address} names a port, which is not allowed"
        return None


class _HostsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    hosts: frozenset[str]
    record_hosts: frozenset[str]


def allowed_hosts() -> AllowedHosts:
    """Return the hosts that may be asked for reports, read from `data/hosts.toml`.

    Raises:
        ReinspectError: the file is missing or damaged.
    """
    return AllowedHosts(names=_read_hosts().hosts)


def record_hosts() -> AllowedHosts:
    """Return the hosts that may be asked for a newer record of inspections, read from `data/hosts.toml`.

    Raises:
        ReinspectError: the file is missing or damaged.
    """
    return AllowedHosts(names=_read_hosts().record_hosts)


def _read_hosts() -> _HostsFile:
    path = data_folder() / HOSTS_FILE
    try:
        return msgspec.toml.decode(path.read_bytes(), type=_HostsFile)
    except (OSError, msgspec.DecodeError) as error:
        raise ReinspectError(f"{path}: the list of hosts cannot be read ({error}); install reinspect again") from error
