"""A stand-in for `os` that fails at the k-th call that touches the disk, with an error or by ending the process."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

_TOUCHES_THE_DISK = {"open", "write", "fsync", "close", "link", "replace", "unlink"}


class FaultyOs:
    """`os`, except that the call numbered `at` (from 1) runs `fault` first; `calls` counts them."""

    def __init__(self, at: int = 0, fault: Callable[[str, tuple[Any, ...]], None] | None = None) -> None:
        self.at, self.fault, self.calls = at, fault, 0

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        if name not in _TOUCHES_THE_DISK:
            return real

        def counted(*arguments: Any) -> Any:
            self.calls += 1
            if self.calls == self.at and self.fault is not None:
                self.fault(name, arguments)
            return real(*arguments)

        return counted


def die(name: str, arguments: tuple[Any, ...]) -> None:
    """End the process at once, as `kill -9` does: nothing is flushed or closed."""
    os._exit(9)


def die_half_way(name: str, arguments: tuple[Any, ...]) -> None:
    """Write half of the data and end the process."""
    if name == "write":
        descriptor, data = arguments
        os.write(descriptor, data[: len(data) // 2])
    os._exit(9)


def failing(number: int) -> Callable[[str, tuple[Any, ...]], None]:
    """Return a fault that raises an OSError with this errno."""

    def fail(name: str, arguments: tuple[Any, ...]) -> None:
        raise OSError(number, os.strerror(number))

    return fail
