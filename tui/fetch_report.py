"""Download the missing reports of an authority step by step, and describe the progress in words, for the app."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from tui.import_report import ImportedFile, count_outcomes, describe_results

if TYPE_CHECKING:
    from reinspect.model import Inspection
    from store import Store
    from store.fetching import Download
    from store.fetching.plan import FetchPlan


class FetchProgress(msgspec.Struct, frozen=True, kw_only=True):
    """The progress of a download of `wanted` reports.

    `done` counts those that were downloaded or failed; `failures` say why some failed. `results` are what became of
    each file once they are read into the store.
    """

    wanted: int
    done: int = 0
    failures: tuple[str, ...] = ()
    results: tuple[ImportedFile, ...] = ()
    is_reading: bool = False
    was_stopped: bool = False

    @property
    def summary(self) -> str:
        """The result in words: "Reports: 2 added. 1 could not be downloaded: no connection."."""
        read = count_outcomes(self.results) or "none added"
        parts = [f"Reports: {read}{', then stopped' if self.was_stopped else ''}."]
        if self.failures:
            parts.append(f"{len(self.failures)} could not be downloaded: {self.failures[0]}.")
        return " ".join(parts)


class _StoppedError(Exception):
    """A person stopped the download during a pause."""


def reason_not_to_fetch(plan: FetchPlan, name: str) -> str | None:
    """Return why no report of the authority called `name` can be downloaded, and what to do; None if one can."""
    from store.fetching.create import MISSING_PACKAGE, can_download

    if not plan.downloads and not plan.without_address:
        return f"All reports of {name} are added already." if plan.stored else f"No inspection of {name} is known."
    if not plan.downloads:
        missing = len(plan.without_address)
        if missing == 1:
            return f"The missing report of {name} has no known web address: press A to add it from a file."
        return f"The {missing} missing reports of {name} have no known web address: press A to add them from files."
    return None if can_download() else f"{MISSING_PACKAGE} A adds reports from files."


def plan_for(inspections: Iterable[Inspection]) -> FetchPlan:
    """Return which reports of these inspections can be downloaded."""
    from store.fetching.plan import plan_downloads

    return plan_downloads(inspections)


def fetch_with_report(
    store: Store, downloads: Sequence[Download], report: Callable[[FetchProgress], None], stop: threading.Event
) -> FetchProgress:
    """Download reports, import those that arrived, and return the result.

    `report` is called with the progress after each report. The download ends early once `stop` is set: at once in the
    pauses between two requests, else after the present report. What has arrived until then is imported.
    """

    from store.fetching.create import create_fetcher

    def sleep(seconds: float) -> None:
        if stop.wait(seconds):
            raise _StoppedError

    progress = FetchProgress(wanted=len(downloads))
    files: list[Path] = []
    report(progress)
    try:
        for result in create_fetcher(store.folder, sleep).fetch(downloads):
            if result.file is not None:
                files.append(result.file)
            failures = () if result.file else (f"{result.download.inspection}: {result.reason}",)
            progress = replace(progress, done=progress.done + 1, failures=(*progress.failures, *failures))
            report(progress)
            if stop.is_set():
                break
    except _StoppedError:
        pass
    progress = replace(progress, is_reading=True, was_stopped=progress.done < progress.wanted)
    report(progress)
    return replace(progress, results=_import(store, files), is_reading=False)


def _import(store: Store, files: Sequence[Path]) -> tuple[ImportedFile, ...]:
    from store.file_import import import_files

    return tuple(found for batch in import_files(store, files) for found in describe_results(store, batch))
