"""Reports on request: what an inspection's address holds, downloaded politely and kept until the store has read it.

Nothing here is run unless a person asks for it, and nothing is asked of a host that `data/hosts.toml` does not name.
"""

from __future__ import annotations

from store.fetching.allowed_hosts import AllowedHosts, allowed_hosts
from store.fetching.downloads import Download, DownloadRecord, Downloads
from store.fetching.politeness import Politeness

__all__ = ["AllowedHosts", "Download", "DownloadRecord", "Downloads", "Politeness", "allowed_hosts"]
