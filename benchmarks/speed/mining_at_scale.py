"""Cost of mining as the texts grow, and from it the cost of a million reports (docs/scale.md).

    python -m benchmarks.speed.mining_at_scale FOLDER [--copies 1 5 10]

FOLDER holds reports; `--copies` multiplies them, with misspelt words (`phrase_corpus.multiply`). Each size runs in a
process of its own, on an index mapped from its file: once in memory, and once in shards on disk with at most a
fortieth of the words in memory at a time. Memory is the most that the process has for itself in addition to what it
had before; mapped files, which the system may drop, do not count.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from benchmarks.material import CORPUS, folder
from benchmarks.phrase_corpus import build_index, multiply, texts
from reinspect.phrases import Index, TextOrigin, mine
from reinspect.phrases.index.column_file import Column
from reinspect.phrases.mining.counting import CountingResources
from reinspect.phrases.mining.shards import Shards

PARTS = 40
INDEX, ORIGINS = "index", "origins.json"
MILLION = 1_000_000


def main() -> None:
    """Print two lines for each size, or run as one of the measured processes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=folder, nargs="?", default=CORPUS)
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 5, 10])
    parser.add_argument("--mine", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.mine:
        print(json.dumps(measure(options.folder)))
        return
    print("                                          in memory      in shards   on disk  largest")
    print(" reports      words index MB build s      s     MB      s     MB       MB    shard")
    for copies in options.copies:
        with tempfile.TemporaryDirectory() as place:
            seconds = build(options.folder, copies, Path(place))
            command = [sys.executable, "-m", "benchmarks.speed.mining_at_scale", place, "--mine"]
            run = subprocess.run(command, capture_output=True, text=True, check=True)
            print_size(json.loads(run.stdout) | {"build": seconds})


def build(folder: Path, copies: int, place: Path) -> float:
    """Save the index of that many copies and the origin of each document in `place`; return the seconds it took."""
    corpus = list(multiply(texts(folder), copies))
    (place / ORIGINS).write_bytes(msgspec.json.encode({text.sha256: text.origin for text in corpus}))
    started = time.process_time()
    build_index(corpus).save(place / INDEX)
    return time.process_time() - started


def print_size(figures: dict[str, Any]) -> None:
    """Print the figures of one size, and those of a million reports in proportion."""
    (whole, whole_memory), (sharded, memory) = figures["whole"], figures["sharded"]
    print(
        f"{figures['reports']:>8} {figures['words']:>10,} {figures['index']:>8.0f} {figures['build']:>7.1f} "
        f"{whole:>6.1f} {whole_memory:>6.0f} {sharded:>6.1f} {memory:>6.0f} "
        f"{figures['spilled']:>8.0f} {figures['largest']:>8.1%}"
    )
    times = MILLION / figures["reports"]
    print(
        f"  a million: index {figures['index'] * times / 1e6:.2f} TB, built in {figures['build'] * times / 3600:.1f} h,"
        f" on disk {figures['spilled'] * times / 1e6:.2f} TB, counted in {sharded * times / 3600:.1f} processor hours"
    )


def measure(place: Path) -> dict[str, Any]:
    """Return the cost of mining the whole index saved in `place`. Call it in a process that did not build the index."""
    origins = msgspec.json.decode((place / ORIGINS).read_bytes(), type=dict[str, TextOrigin])
    index = Index.load(place / INDEX)
    words = len(index.texts.tokens)
    # Load the shipped counts and word lists now: their cost does not depend on the number of reports.
    mine(index, dict(islice(origins.items(), 2)))
    spilled: list[int] = []
    drained: list[int] = []
    watch_shards(spilled, drained)
    # The sharded run goes first, because a process does not give memory back.
    sharded = cost(index, origins, CountingResources(at_once=words // PARTS))
    return {
        "reports": len(origins),
        "words": words,
        "index": (place / INDEX).stat().st_size / 1e6,
        "whole": cost(index, origins, CountingResources(at_once=words + 1)),
        "sharded": sharded,
        "spilled": sum(spilled) / 1e6,
        "largest": max(drained, default=0) / max(sum(drained), 1),
    }


def cost(index: Index, origins: dict[str, TextOrigin], resources: CountingResources) -> tuple[float, float]:
    """Mine everything; return the processor seconds and the most memory in MB, sampled every 10 ms."""
    before, most, done = own_memory(), [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.01):
            most[0] = max(most[0], own_memory() - before)

    watcher = threading.Thread(target=watch)
    watcher.start()
    started = time.process_time()
    mine(index, origins, resources=resources)
    seconds = time.process_time() - started
    done.set()
    watcher.join()
    return seconds, most[0]


def own_memory() -> float:
    """Return the memory that this process has for itself, in MB (Linux only)."""
    _, resident, shared, *_ = Path("/proc/self/statm").read_text().split()
    return (int(resident) - int(shared)) * resource.getpagesize() / 1e6


def watch_shards(spilled: list[int], drained: list[int]) -> None:
    """Patch `Shards` to note the bytes it writes to disk (`spilled`) and the bytes of each shard it reads back."""
    add, drain = Shards.add, Shards.drain

    def noting_add(shards: Shards, rows: Column, shard: Column) -> None:
        spilled.append(rows.nbytes if shards.count > 1 else 0)
        add(shards, rows, shard)

    def noting_drain(shards: Shards, dtype: np.dtype[np.void], columns: int = 1) -> Iterator[tuple[int, Column]]:
        for number, rows in drain(shards, dtype, columns):
            if columns == 1:
                drained.append(rows.nbytes)
            yield number, rows

    Shards.add, Shards.drain = noting_add, noting_drain  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    main()
