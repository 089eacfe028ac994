"""A disk that loses power: what was not flushed is dropped, or kept out of order.

While `recording` is on, every change below a folder is noted. `after_cut` then builds the folder as a disk may have it
when the power goes after the k-th change. Flushed data is there. Other data is lost, cut short or whole. A change of a
name that no flush of its folder followed may have happened or not.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


class Disk:
    """The changes below a folder, in order; each is (kind, what is needed to repeat it)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.events: list[tuple[Any, ...]] = []
        self.base_folders = {path for path in folder.rglob("*") if path.is_dir()} | {folder}
        self.base_names = {path: number for number, path in enumerate(p for p in folder.rglob("*") if p.is_file())}
        self.base_data = {number: path.read_bytes() for path, number in self.base_names.items()}
        self._names = dict(self.base_names)
        self._count = len(self._names)
        self._open: dict[int, Path | int] = {}

    def opened(self, path: Path, flags: int, descriptor: int) -> None:
        """Note that a file or folder was opened, and that a file was created or emptied."""
        if path.is_dir():
            self._open[descriptor] = path
            return
        if path not in self._names:
            self._names[path] = self._count
            self.events.append(("name", path.parent, {path: self._count}))
            self._count += 1
        if flags & os.O_TRUNC:
            self.events.append(("empty", self._names[path]))
        self._open[descriptor] = self._names[path]

    def wrote(self, descriptor: int, data: bytes) -> None:
        """Note that data was written at the end of an open file."""
        if descriptor in self._open:
            self.events.append(("write", self._open[descriptor], data))

    def flushed(self, descriptor: int) -> None:
        """Note that an open file, or an open folder's list of names, was flushed."""
        if descriptor in self._open:
            self.events.append(("flush", self._open[descriptor]))

    def closed(self, descriptor: int) -> None:
        """Note that a file was closed."""
        self._open.pop(descriptor, None)

    def renamed(self, path: Path, new: Path, *, stays: bool = False) -> None:
        """Note that a file got a new name, or with `stays` a second one."""
        number = self._names[path] if stays else self._names.pop(path)
        self._names[new] = number
        self.events.append(("name", new.parent, {new: number} if stays else {new: number, path: None}))

    def deleted(self, path: Path) -> None:
        """Note that a file was deleted."""
        self._names.pop(path, None)
        self.events.append(("name", path.parent, {path: None}))

    def made_folder(self, path: Path) -> None:
        """Note that a folder was created."""
        self.events.append(("folder", path.parent, path))

    def after_cut(self, at: int, chance: random.Random, target: Path) -> None:
        """Write to `target` what the disk may hold when the power goes after `at` changes."""
        events = self.events[:at]
        folders, names = set(self.base_folders), dict(self.base_names)
        whole, safe = dict(self.base_data), dict(self.base_data)
        for place, (kind, subject, *rest) in enumerate(events):
            if kind == "empty":
                whole[subject] = b""
            elif kind == "write":
                whole[subject] = whole.get(subject, b"") + rest[0]
            elif kind == "flush" and not isinstance(subject, Path):
                safe[subject] = whole.get(subject, b"")
            elif kind in {"name", "folder"}:
                is_safe = ("flush", subject) in events[place:]
                if subject in folders and (is_safe or chance.random() < 0.5):
                    if kind == "folder":
                        folders.add(rest[0])
                    else:
                        names.update(rest[0])
        for folder in sorted(folders):
            (target / folder.relative_to(self.folder)).mkdir(parents=True, exist_ok=True)
        for path, number in names.items():
            if number is not None and path.parent in folders:
                data = safe.get(number, b"") if number in safe and safe[number] == whole.get(number) else None
                if data is None:
                    lost = whole.get(number, b"")
                    data = chance.choice([safe.get(number, b""), b"", lost[: len(lost) // 2], lost])
                (target / path.relative_to(self.folder)).write_bytes(data)


@contextmanager
def recording(folder: Path) -> Iterator[Disk]:
    """Note every change below a folder while the block runs."""
    disk = Disk(folder)
    real = {
        name: getattr(os, name) for name in ("open", "write", "fsync", "close", "replace", "link", "unlink", "mkdir")
    }

    def below(path: Any) -> bool:
        return isinstance(path, (str, os.PathLike)) and Path(path).is_relative_to(folder)

    def opening(path: Any, flags: int, *rest: Any, **options: Any) -> int:
        descriptor: int = real["open"](path, flags, *rest, **options)
        if below(path):
            disk.opened(Path(path), flags, descriptor)
        return descriptor

    def writing(descriptor: int, data: Any) -> int:
        written: int = real["write"](descriptor, data)
        disk.wrote(descriptor, bytes(data[:written]))
        return written

    def flushing(descriptor: int) -> None:
        real["fsync"](descriptor)
        disk.flushed(descriptor)

    def closing(descriptor: int) -> None:
        disk.closed(descriptor)
        real["close"](descriptor)

    def replacing(path: Any, new: Any, **options: Any) -> None:
        real["replace"](path, new, **options)
        if below(new):
            disk.renamed(Path(path), Path(new))

    def linking(path: Any, new: Any, **options: Any) -> None:
        real["link"](path, new, **options)
        if below(new):
            disk.renamed(Path(path), Path(new), stays=True)

    def unlinking(path: Any, **options: Any) -> None:
        real["unlink"](path, **options)
        if below(path):
            disk.deleted(Path(path))

    def making(path: Any, *rest: Any, **options: Any) -> None:
        real["mkdir"](path, *rest, **options)
        if below(path):
            disk.made_folder(Path(path))

    with pytest.MonkeyPatch.context() as patch:
        shims = (opening, writing, flushing, closing, replacing, linking, unlinking, making)
        for name, shim in zip(real, shims, strict=True):
            patch.setattr(os, name, shim)
        yield disk
