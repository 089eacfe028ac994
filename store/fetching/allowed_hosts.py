"""Which addresses may be asked: those of a few named hosts, over https."""

from __future__ import annotations

import re

import msgspec

from reinspect.errors import ReinspectError
from reinspect.record import data_folder

HOSTS_FILE = "hosts.toml"
# Nothing that two parsers could take for different hosts: no user, no backslash, no blank, no brackets.
_ADDRESS = re.compile(r"(?P<scheme>[a-z]+)://(?P<host>[a-z0-9.-]+)(?::(?P<port>\d{1,5}))?(?:/[^\s\\]*)?")


class AllowedHosts(msgspec.Struct, frozen=True, kw_only=True):
    """The hosts that may be asked. `scheme` and `port` (None: the usual one) are the only ones used with them.

    Another scheme than https is for tests with a server of their own: no setting, option or variable leads here.
    """

    names: frozenset[str]
    scheme: str = "https"
    port: int | None = None

    def objection(self, address: str) -> str | None:
        """Why this address may not be asked, in words; None if it may."""
        found = _ADDRESS.fullmatch(address) if address.isascii() and address.isprintable() else None
        if found is None:
            return f"{address!r} is no address of a file on the web"
        if found["scheme"] != self.scheme:
            return f"{address} is not {self.scheme}"
        if found["host"] not in self.names:
            return f"{found['host']} is none of the hosts that are asked ({', '.join(sorted(self.names))})"
        if found["port"] is not None and int(found["port"]) != self.port:
            return f"{address} names a port of its own"
        return None


class _Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    hosts: frozenset[str]


def allowed_hosts() -> AllowedHosts:
    """The hosts that `data/hosts.toml` names, over https.

    Raises:
        ReinspectError: the file is missing or damaged.
    """
    path = data_folder() / HOSTS_FILE
    try:
        return AllowedHosts(names=msgspec.toml.decode(path.read_bytes(), type=_Named).hosts)
    except (OSError, msgspec.DecodeError) as error:
        raise ReinspectError(f"{path}: the list of hosts cannot be read ({error}); install reinspect again") from error
