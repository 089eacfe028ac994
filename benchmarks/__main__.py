"""All figures side by side in one run: ours, a peer's, and what no program can do without.

    python -m benchmarks [--json FILE] [--only PART] [FOLDER]
    python -m benchmarks --compare OLD.json NEW.json

FOLDER holds reports, ../shared/corpus if nothing is named; where there are none, reports written for the tests are
read. Each part runs in a process of its own, and what is compared takes turns within it. Times are processor time, the
least of several runs, with the time by the clock beside it: on a machine with other work the ratios tell more than the
milliseconds. `python -m benchmarks.growth` shows how all of it grows.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks.figures import HEAD, Row, Run, apart, compared, keep, line, machine, rows_of

PARTS = {
    "start-up": "start_up",
    "reading": "reading_speed",
    "store": "store_speed",
    "phrases": "finding",
    "comparing": "comparing",
    "memory": "memory",
}
"""Each part and the module that has its `rows`."""


def main() -> int:
    """Print the tables and keep them, or compare two kept runs."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="?", default=Path("../shared/corpus"))
    options.add_argument("--json", type=Path, metavar="FILE", help="keep the run there")
    options.add_argument("--only", choices=PARTS, action="append", metavar="PART", help=f"one of {', '.join(PARTS)}")
    options.add_argument("--compare", type=Path, nargs=2, metavar=("OLD", "NEW"), help="two runs that were kept")
    asked = options.parse_args()
    if asked.compare:
        old, new = (msgspec.json.decode(path.read_bytes(), type=Run) for path in asked.compare)
        print("\n".join(compared(old, new)))
        return 0
    if asked.json:
        asked.json.touch()
    rows = tuple(measured(asked.only or list(PARTS), asked.folder))
    if asked.json:
        keep(asked.json, rows)
    return 0


def measured(parts: list[str], folder: Path) -> Iterator[Row]:
    """The rows of these parts, each printed when its part is done."""
    print(f"{machine()}\n\n{HEAD}", flush=True)
    for part in parts:
        for row in apart(rows_of, PARTS[part], folder).gave:
            print(line(row), flush=True)
            yield row


if __name__ == "__main__":
    sys.exit(main())
