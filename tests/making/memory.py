"""A process that runs out of memory at its k-th call of a function of the store."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import store

_STORE = store.__path__[0]


class Calls:
    """The number of calls of functions of the store so far."""

    def __init__(self) -> None:
        self.count = 0


@contextmanager
def running_out(at: int = 0) -> Iterator[Calls]:
    """Raise MemoryError at the `at`-th call of a function of the store (from 1; 0: never), once."""
    calls = Calls()

    def look(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(_STORE):
            calls.count += 1
            if calls.count == at:
                sys.setprofile(None)
                raise MemoryError

    sys.setprofile(look)
    try:
        yield calls
    finally:
        sys.setprofile(None)
