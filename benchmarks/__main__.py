"""Print the main speed tables: our figure, the figure of another tool (the peer), and the least possible (the floor).

    python -m benchmarks [--json FILE] [--only PART] [FOLDER]
    python -m benchmarks --small
    python -m benchmarks --compare OLD.json NEW.json

FOLDER holds reports; the default is ../shared/corpus. If there is no such folder, invented reports are used.

Each part runs in a process of its own, and the works that are compared take turns within it. Times are processor time,
the least of several runs, with the elapsed time in a column of its own. On a busy machine trust the ratios more than
the milliseconds. A row "first time" is measured with the program's caches of answers and words empty; a row "again"
repeats the same question in the same process. Files are in the system's page cache in all rows.

`--small` takes a few minutes: it measures what a person waits for, on invented reports. With or without it, the exit
code is 1 if a figure is half as much again as its target allows, as a multiple of its floor in the same run.

For the growth with the number of reports: `python -m benchmarks.speed.growth`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks.figures import HEAD, Row, Run, comparison_lines, in_new_process, machine, rows_of, save_run, table_line

PARTS = {
    "waiting": "waiting",
    "start-up": "start_up",
    "reading": "reading",
    "store": "store",
    "search": "phrase_search",
    "mining": "phrase_mining",
    "comparing": "comparing",
    "memory": "memory",
}
"""The name of each part, and the module of `benchmarks.speed` with its `rows` function."""
_SMALL = ["waiting"]


def main() -> int:
    """Print the tables and save them if asked to, or compare two saved runs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("../shared/corpus"))
    parser.add_argument("--json", type=Path, metavar="FILE", help="save the run to this file")
    parser.add_argument("--only", choices=PARTS, action="append", metavar="PART", help=f"one of {', '.join(PARTS)}")
    parser.add_argument("--compare", type=Path, nargs=2, metavar=("OLD", "NEW"), help="two saved runs")
    parser.add_argument("--small", action="store_true", help="only what a person waits for, on invented reports")
    options = parser.parse_args()
    if options.compare:
        old, new = (msgspec.json.decode(path.read_bytes(), type=Run) for path in options.compare)
        print("\n".join(comparison_lines(old, new)))
        return 0
    if options.json:
        options.json.touch()  # fail now rather than after a quarter of an hour
    parts = options.only or (_SMALL if options.small else list(PARTS))
    rows = tuple(measure(parts, None if options.small else options.folder))
    if options.json:
        save_run(options.json, rows)
    behind = [row for row in rows if row.falls_behind]
    for row in behind:
        allowed = f"{row.most:g} times {row.floor} ({row.target})" if row.target else f"{row.most:g} times {row.floor}"
        print(f"far behind its target: {row.key}: {row.ours / (row.least or 1):.2f} instead of {allowed}")
    return 1 if behind else 0


def measure(parts: list[str], folder: Path | None) -> Iterator[Row]:
    """Yield the rows of these parts; print each part's rows as soon as it is done."""
    print(f"{machine()}\n\n{HEAD}", flush=True)
    for part in parts:
        for row in in_new_process(rows_of, PARTS[part], folder).result:
            print(table_line(row), flush=True)
            yield row


if __name__ == "__main__":
    sys.exit(main())
