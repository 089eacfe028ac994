"""Keep rows of numbers on disk in shards (parts), to count more than fits into memory or on one machine.

Documents are read portion by portion. Each portion is *mapped* to its n-gram starts, and these go to shards by their
first two words, so that all uses of an n-gram are in one shard. Shards are kept on disk and *reduced* one by one. Both
steps are pure functions of columns of numbers, never of text, so any `concurrent.futures.Executor` can run them.
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

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
# Tasks submitted to an executor before the result of the first is awaited.
_AHEAD = 8


class Shards:
    """Temporary storage for rows of numbers, divided into `count` shards (parts). A context manager.

    A single shard is kept in memory, several are files on disk.
    """

    def __init__(self, count: int, folder: Path | None = None) -> None:
        self.count = count
        self._rows: list[Column] = []
        self._folder = TemporaryDirectory(prefix="reinspect-", dir=folder) if count > 1 else None

    def __enter__(self) -> Shards:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._folder:
            self._folder.cleanup()

    def add(self, rows: Column, shard: Column) -> None:
        """Append each row to a shard; `shard` has the shard number of each row.

        Raises:
            OSError: a file cannot be written, for example because the disk is full.
        """
        if self._folder is None:
            self._rows.append(rows)
            return
        order = np.argsort(shard, kind="stable")
        bounds = np.searchsorted(shard[order], np.arange(self.count + 1, dtype=shard.dtype))
        rows = rows[order]
        for number in np.flatnonzero(np.diff(bounds)).tolist():
            with self._path(number).open("ab") as file:
                file.write(rows[bounds[number] : bounds[number + 1]].tobytes())

    def drain(self, dtype: type[np.generic] | np.dtype[np.void], columns: int = 1) -> Iterator[tuple[int, Column]]:
        """Generate the number and the rows of each shard that is not empty, and delete the shard."""
        if self._folder is None:
            rows_added, self._rows = self._rows, []
            if rows_added:
                yield 0, np.concatenate(rows_added)
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


def map_in_order(
    executor: Executor | None, work: Callable[[_Item], _Result], items: Iterable[_Item]
) -> Iterator[_Result]:
    """Generate `work(item)` for each item, in order. An executor works ahead on a few items."""
    if executor is None:
        yield from map(work, items)
        return
    ahead: deque[Future[_Result]] = deque()
    try:
        for item in items:
            ahead.append(executor.submit(work, item))
            if len(ahead) > _AHEAD:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
    finally:
        for future in ahead:
            future.cancel()
