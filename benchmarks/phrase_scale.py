"""What mining costs as the texts grow, and so what a million reports would need (docs/scale.md).

    python -m benchmarks.phrase_scale FOLDER [--copies 1 5 10]

FOLDER holds reports; `--copies` perturbs them (`phrase_corpus.copies`). Each size runs in a process of its own, from an
index mapped from its file, once in memory and once with no more than a fortieth of the words at a time. Memory is what
the process alone holds, at most, beyond what it held before (mapped files, which the system may drop, do not count).
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
from benchmarks.phrase_corpus import copies, texts
from reinspect.phrases import Index, TextOrigin, mine
from reinspect.phrases.index.column_file import Column
from reinspect.phrases.mining.counting import CountingResources
from reinspect.phrases.mining.shards import Shards

PARTS = 40
INDEX, OCCASIONS = "index", "occasions.json"
MILLION = 1_000_000


def main() -> None:
    """Print one line a size, or be one of the processes that are measured."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=folder, nargs="?", default=CORPUS)
    options.add_argument("--copies", type=int, nargs="+", default=[1, 5, 10])
    options.add_argument("--mine", action="store_true", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.mine:
        print(json.dumps(measured(asked.folder)))
        return
    print("                                          in memory      in shards   on disk  largest")
    print(" reports      words index MB build s      s     MB      s     MB       MB    shard")
    for number in asked.copies:
        with tempfile.TemporaryDirectory() as made:
            build = built(asked.folder, number, Path(made))
            command = [sys.executable, "-m", "benchmarks.phrase_scale", made, "--mine"]
            run = subprocess.run(command, capture_output=True, text=True, check=True)
            told(json.loads(run.stdout) | {"build": build})


def built(folder: Path, times: int, made: Path) -> float:
    """Seconds that an index of so many copies takes; it is left in `made`, with whose each document is."""
    held = list(copies(texts(folder), times))
    (made / OCCASIONS).write_bytes(msgspec.json.encode({text.sha256: text.occasion for text in held}))
    begun = time.process_time()
    Index.build((text.sha256, text.passages) for text in held).save(made / INDEX)
    return time.process_time() - begun


def told(found: dict[str, Any]) -> None:
    """Print what one size cost, and what a million reports would in proportion."""
    (whole, whole_memory), (parted, memory) = found["whole"], found["parted"]
    print(
        f"{found['reports']:>8} {found['words']:>10,} {found['index']:>8.0f} {found['build']:>7.1f} {whole:>6.1f} "
        f"{whole_memory:>6.0f} {parted:>6.1f} {memory:>6.0f} {found['spilled']:>8.0f} {found['largest']:>8.1%}"
    )
    times = MILLION / found["reports"]
    print(
        f"  a million: index {found['index'] * times / 1e6:.2f} TB, built in {found['build'] * times / 3600:.1f} h, "
        f"on disk {found['spilled'] * times / 1e6:.2f} TB, counted in {parted * times / 3600:.1f} h of one processor"
    )


def measured(made: Path) -> dict[str, Any]:
    """What it costs to mine all of an index, in this process, which did not build it."""
    occasions = msgspec.json.decode((made / OCCASIONS).read_bytes(), type=dict[str, TextOrigin])
    index = Index.load(made / INDEX)
    words = len(index.texts.tokens)
    # What is read but once, whatever is mined.
    mine(index, dict(islice(occasions.items(), 2)))
    spilled: list[int] = []
    largest: list[int] = []
    counted(spilled, largest)
    # First, for memory once taken is not given back.
    parted = cost(index, occasions, CountingResources(at_once=words // PARTS))
    return {
        "reports": len(occasions),
        "words": words,
        "index": (made / INDEX).stat().st_size / 1e6,
        "whole": cost(index, occasions, CountingResources(at_once=words + 1)),
        "parted": parted,
        "spilled": sum(spilled) / 1e6,
        "largest": max(largest, default=0) / max(sum(largest), 1),
    }


def cost(index: Index, occasions: dict[str, TextOrigin], means: CountingResources) -> tuple[float, float]:
    """Seconds of processor time of mining everything, and the most megabytes held by it."""
    before, most, done = own_memory(), [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.01):
            most[0] = max(most[0], own_memory() - before)

    watching = threading.Thread(target=watch)
    watching.start()
    begun = time.process_time()
    mine(index, occasions, resources=means)
    took = time.process_time() - begun
    done.set()
    watching.join()
    return took, most[0]


def own_memory() -> float:
    """Megabytes that this process alone holds: Linux tells."""
    _, resident, shared, *_ = Path("/proc/self/statm").read_text().split()
    return (int(resident) - int(shared)) * resource.getpagesize() / 1e6


def counted(spilled: list[int], largest: list[int]) -> None:
    """Note the bytes that go to shards on disk, and those of each shard that is read again."""
    add, drain = Shards.add, Shards.drain

    def noted(shards: Shards, rows: Column, shard: Column) -> None:
        spilled.append(rows.nbytes if shards.count > 1 else 0)
        add(shards, rows, shard)

    def read(shards: Shards, dtype: np.dtype[np.void], columns: int = 1) -> Iterator[tuple[int, Column]]:
        for number, rows in drain(shards, dtype, columns):
            if columns == 1:
                largest.append(rows.nbytes)
            yield number, rows

    Shards.add, Shards.drain = noted, read  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    main()
