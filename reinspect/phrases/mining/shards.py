"""Counting what does not fit into memory, or on one machine.

Documents are taken portion by portion, each is *mapped* to the windows that are seen from its words, and these are
parted into shards by the first two words they see, so that all uses of a run meet in one shard. Shards wait on disk and
are *reduced* one by one. Both steps are pure functions of a few columns of numbers and may run anywhere: they take a
`concurrent.futures.Executor`. No text goes with them, only the numbers of words.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TypeVar

import numpy as np

from reinspect.phrases.index.column_file import Column

_Given = TypeVar("_Given")
_Found = TypeVar("_Found")
# Tasks handed to an executor before the first of them is waited for.
_AHEAD = 8


class Shards:
    """Rows of numbers parted into `count` shards, on disk where there are several; to be used in a `with` statement."""

    def __init__(self, count: int, folder: Path | None = None) -> None:
        self.count = count
        self._held: list[Column] = []
        self._folder = TemporaryDirectory(prefix="reinspect-", dir=folder) if count > 1 else None

    def __enter__(self) -> Shards:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._folder:
            self._folder.cleanup()

    def add(self, rows: Column, shard: Column) -> None:
        """Put each of `rows` behind those of its shard. Raises OSError: the disk is full, say."""
        if self._folder is None:
            self._held.append(rows)
            return
        order = np.argsort(shard, kind="stable")
        bounds = np.searchsorted(shard[order], np.arange(self.count + 1, dtype=shard.dtype))
        rows = rows[order]
        for number in np.flatnonzero(np.diff(bounds)).tolist():
            with self._path(number).open("ab") as file:
                file.write(rows[bounds[number] : bounds[number + 1]].tobytes())

    def drained(self, dtype: type[np.generic] | np.dtype[np.void], columns: int = 1) -> Iterator[tuple[int, Column]]:
        """Each shard that has any: its number and its rows, in the order they came. Once given it is forgotten."""
        if self._folder is None:
            held, self._held = self._held, []
            if held:
                yield 0, np.concatenate(held)
            return
        for number in range(self.count):
            path = self._path(number)
            if path.exists():
                rows = np.fromfile(path, dtype)
                path.unlink()
                yield number, rows.reshape(-1, columns) if columns > 1 else rows

    def _path(self, number: int) -> Path:
        assert self._folder
        return Path(self._folder.name) / str(number)


def in_turn(executor: Executor | None, work: Callable[[_Given], _Found], given: Iterable[_Given]) -> Iterator[_Found]:
    """What `work` makes of each, in their order; with an executor some are worked on ahead."""
    if executor is None:
        yield from map(work, given)
        return
    ahead: deque[Future[_Found]] = deque()
    try:
        for each in given:
            ahead.append(executor.submit(work, each))
            if len(ahead) > _AHEAD:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    finally:
        for future in ahead:
            future.cancel()
