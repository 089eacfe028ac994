"""Memory that a long answer left free goes back to the system while the app is idle."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest

from tui.app.memory import free_memory

_STATUS = Path("/proc/self/status")


def own_megabytes() -> float:
    """The memory that this process has for itself."""
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("RssAnon"))
    return int(line.split()[1]) / 1024


@pytest.mark.skipif(sys.platform != "linux" or not _STATUS.exists(), reason="only measured on Linux")
def test_free_memory_goes_back_to_the_system() -> None:
    blocks = [bytes(4000) for _ in range(15_000)]
    # The C library keeps what is free below the last block in use.
    last = blocks[-1]
    del blocks
    before = own_megabytes()
    gc.collect(1)
    free_memory()
    gc.unfreeze()
    assert own_megabytes() < before - 30
    assert len(last) == 4000
