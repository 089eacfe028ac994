"""Plan a download: the reports whose address is known and that are not stored yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reinspect.model import Inspection
from store.fetching.downloads import Download

_OWN_TEXTS = {"report", "letter"}


@dataclass(frozen=True, kw_only=True)
class FetchPlan:
    """The reports to download, and the inspections whose report is left out.

    `downloads` are the reports to download. `stored` are inspections whose report is stored already, and
    `without_address` are inspections whose report has no known web address.
    """

    downloads: tuple[Download, ...]
    stored: tuple[Inspection, ...]
    without_address: tuple[Inspection, ...]


def plan_downloads(inspections: Iterable[Inspection], *, again: bool = False) -> FetchPlan:
    """Return which reports of these inspections to download; with `again`, those that are stored too."""
    downloads, stored, without_address = [], [], []
    for inspection in inspections:
        if not again and any(document.kind in _OWN_TEXTS for document in inspection.documents):
            stored.append(inspection)
        elif inspection.report_url:
            downloads.append(Download(inspection=inspection.id, url=inspection.report_url))
        else:
            without_address.append(inspection)
    return FetchPlan(downloads=tuple(downloads), stored=tuple(stored), without_address=tuple(without_address))
