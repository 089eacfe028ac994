"""Create a client for downloads, if the package that it needs is installed."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from reinspect.errors import ReinspectError
from store.fetching.allowed_hosts import allowed_hosts
from store.fetching.downloads import Downloads

if TYPE_CHECKING:
    from store.fetching.client import Fetcher

MISSING_PACKAGE = "Downloading needs another package: pip install '.[fetch]' in the project's folder."


class MissingPackageError(ReinspectError):
    """The package that downloads need is not installed."""

    exit_code = 2


def can_download() -> bool:
    """Return whether the package that downloads need is installed."""
    return find_spec("httpx") is not None


def check_package() -> None:
    """Check that the package that downloads need is installed.

    Raises:
        MissingPackageError: it is not; the message says how to install it.
    """
    if not can_download():
        raise MissingPackageError(MISSING_PACKAGE)


def create_fetcher(folder: Path, sleep: Callable[[float], None] = time.sleep) -> Fetcher:
    """Return a client that downloads reports into the store in `folder` and pauses with `sleep`.

    Raises:
        MissingPackageError: the package that downloads need is not installed.
    """
    check_package()
    from store.fetching.client import Fetcher

    return Fetcher(Downloads(folder), allowed_hosts(), sleep=sleep)
