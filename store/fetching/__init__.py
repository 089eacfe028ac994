"""Reports on request: what an inspection's address holds, downloaded politely and kept until the store has read it.

Nothing here is run unless a person asks for it, and nothing is asked of a host that `data/hosts.toml` does not name.
"""

from __future__ import annotations

from store.fetching.downloads import Downloads, Receipt, Wanted
from store.fetching.hosts import Hosts, known_hosts
from store.fetching.manners import Manners

__all__ = ["Downloads", "Hosts", "Manners", "Receipt", "Wanted", "known_hosts"]
