"""Fields that `read` gets right in area SEND reports and joint inspection letters, compared with their gold files.

    python -m benchmarks.quality.reading_other_bands [--shared ../shared] [--faults]

One row for each framework and field: right, wrong, missing (gold has a value, the reading has none). A gold count of 0
improvements in a letter that has some is not counted: the script that made the file missed a list.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.material import SHARED, folder
from reinspect.model import Reading
from reinspect.reading.worker_pool import read_files

_OUTCOMES = {"1": "positive", "2": "inconsistent", "3": "systemic failings"}
_COLUMNS = ("right", "wrong", "missing")
Comparison = tuple[str, str, str | None]
"""A field's name, the gold value and the value read."""


def main() -> None:
    """Print the table; with --faults also each field that is not right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=folder, default=SHARED)
    parser.add_argument("--faults", action="store_true")
    options = parser.parse_args()
    corpus = options.shared / "corpus"
    counts: Counter[tuple[str, str, str]] = Counter()
    for name, compare in (("gold_send.csv", compare_send), ("gold_jtai.csv", compare_joint)):
        with (corpus / name).open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        readings = read_files([corpus / row["file"] for row in rows], jobs=2)
        for row, reading in zip(rows, readings, strict=True):
            for field, expected, got in compare(row, reading):
                result = "right" if got == expected else "missing" if got is None else "wrong"
                counts[name.removeprefix("gold_").removesuffix(".csv"), field, result] += 1
                if options.faults and result != "right":
                    print(f"{result:8} {field:18} gold {expected:20} read {got!s:20} {row['file']}")
    print(f"{'files':6} {'field':18}" + "".join(f"{column:>9}" for column in _COLUMNS))
    for kind, field in sorted({(kind, field) for kind, field, _ in counts}):
        print(f"{kind:6} {field:18}" + "".join(f"{counts[kind, field, column]:>9}" for column in _COLUMNS))


def compare_send(row: dict[str, str], reading: Reading) -> Iterator[Comparison]:
    """Yield each field of the gold row of an area SEND report with the value read."""
    facts = reading.facts
    yield "framework", "area-send-2023", facts.framework
    yield "authority", _urn(row["file"]), facts.authority.urn if facts.authority else None
    yield from _days(row["inspection_start"], row["inspection_end"], reading)
    yield "outcome", _OUTCOMES[row["outcome"]], facts.outcome.key if facts.outcome else None
    yield "improvements", row["n_areas_for_improvement"], str(len(facts.improvements))
    yield "priority actions", row["n_priority_actions"], str(len(facts.priority_actions))
    if facts.priority_actions:
        yield "bodies of actions", "all", "all" if all(each.bodies for each in facts.priority_actions) else "some"


def compare_joint(row: dict[str, str], reading: Reading) -> Iterator[Comparison]:
    """Yield each field of the gold row of a joint inspection letter with the value read."""
    facts = reading.facts
    yield "framework", f"jtai-{row['era']}", facts.framework
    yield "authority", row["urn"], facts.authority.urn if facts.authority else None
    yield "letter date", row["printed_date"], str(facts.published) if facts.published else None
    yield from _days(row["start"], row["end"], reading)
    if row["improvement_bullets"] != "0":
        yield f"improvements {row['era']}", row["improvement_bullets"], str(len(facts.improvements))


def _days(start: str, end: str, reading: Reading) -> Iterator[Comparison]:
    windows = reading.facts.windows
    if start:
        yield "first day", start, str(windows[0].start) if windows else None
        yield "last day", end, str(windows[-1].end) if windows else None


def _urn(file: str) -> str:
    return Path(file).parts[1].partition("_")[0]


if __name__ == "__main__":
    main()
