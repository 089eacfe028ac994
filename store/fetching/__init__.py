"""Download inspection reports politely from Ofsted's web servers, and keep them until the store has read them.

Nothing is downloaded unless a person asks for it, and only from the hosts that `data/hosts.toml` lists.
"""

from __future__ import annotations

from store.fetching.allowed_hosts import AllowedHosts, allowed_hosts, record_hosts
from store.fetching.downloads import Download, DownloadRecord, Downloads
from store.fetching.politeness import Politeness

__all__ = ["AllowedHosts", "Download", "DownloadRecord", "Downloads", "Politeness", "allowed_hosts", "record_hosts"]
