"""Faults at the k-th change to the disk, whichever module makes it, through the audit events of Python.

`FaultyOs` (tests.making.faults) fails inside one write. The faults here come before a file below a folder is opened for
writing, renamed, linked, created or deleted, in code that knows nothing of tests.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

Fault = Callable[[], None]
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGES = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "shutil.copyfile"}


def die() -> None:
    """End the process at once, as `kill -9` does."""
    os._exit(9)


def failing(number: int) -> Fault:
    """Return a fault that raises an OSError with this errno."""

    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail


class Outcome(NamedTuple):
    """The end of a forked process: its exit code, the number of changes it made, and its answer if it survived."""

    code: int
    changes: int = 0
    said: str = ""


def outcome(folder: Path, act: Callable[[], str], at: int = 0, fault: Fault = die) -> Outcome:
    """Run a function in a forked process, with a fault before its `at`-th change below the folder (from 1; 0: none)."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        changes = _watch(folder, at, fault)
        try:
            said = act()
            os.write(writer, msgspec.json.encode((len(changes), said)))
        except BaseException as error:
            os.write(writer, msgspec.json.encode((len(changes), f"not explained: {error!r}")))
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        answer = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Outcome(code, *msgspec.json.decode(answer, type=tuple[int, str])) if answer else Outcome(code)


def _watch(folder: Path, at: int, fault: Fault) -> list[str]:
    """Watch this process for the rest of its life; the returned list grows with each change."""
    touches: list[str] = []
    below = os.fspath(folder)

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        if (event == "open" and arguments[2] & _WRITES) or event in _CHANGES:
            path = arguments[0]
            if isinstance(path, (str, os.PathLike)) and os.fspath(path).startswith(below):
                touches.append(event)
                if len(touches) == at:
                    fault()

    sys.addaudithook(look)
    return touches
