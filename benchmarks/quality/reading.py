"""Fields that `read` gets right: every file of the corpus compared with gold.csv and gold_improvements.jsonl.

    python -m benchmarks.quality.reading [--shared ../shared] [--faults]

One row for each framework and field: right, wrong (another value than the gold one), missing (gold has a value, the
reading has none), invented (gold has none, the reading has a value).
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.material import SHARED, folder, json_lines
from reinspect.model import Reading
from reinspect.reading.fields.improvements import without_tags
from reinspect.reading.worker_pool import read_files

STRANDS = ("overall", "leaders", "help", "care", "care_and_leavers", "leavers", "adoption", "lscb")
OUTCOMES = ("right", "wrong", "missing", "invented")
Comparison = tuple[str, str | None, str | None, Sequence[str]]
"""A field's name, the gold value, the value read, and other values that are right too."""


def main() -> None:
    """Print the tables; with --faults also each field that is not right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=folder, default=SHARED)
    parser.add_argument("--faults", action="store_true")
    options = parser.parse_args()
    corpus = options.shared / "corpus"
    with (corpus / "gold.csv").open(encoding="utf-8") as file:
        gold = list(csv.DictReader(file))
    paths = [corpus / row["file"] for row in gold]
    readings = dict(zip((row["file"] for row in gold), read_files(paths, jobs=2), strict=True))
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in gold:
        for field, expected, got, also in compared(row, readings[row["file"]]):
            result = outcome(expected, got, also)
            counts[row["framework"], field, result] += 1
            counts["all", field, result] += 1
            if options.faults and result != "right":
                print(f"{result:9} {field:18} gold {expected!s:24} read {got!s:24} {row['file']}")
    _print_table(counts)
    _print_improvement_texts(corpus / "gold_improvements.jsonl", readings, options.faults)


def compared(row: dict[str, str], reading: Reading) -> Iterator[Comparison]:
    """Yield each field of a gold row with the value read."""
    facts, also = reading.facts, json.loads(row["alt_accept"] or "{}")
    placeholder = row["framework"] == "placeholder"
    yield "framework", None if placeholder else row["framework"], facts.framework, ()
    if placeholder:
        yield "refused", "unreadable", reading.document.kind, ()
        return
    yield "authority", row["urn"], facts.authority.urn if facts.authority else None, ()
    for field, got in (
        ("inspection_start", facts.windows[0].start if facts.windows else None),
        ("inspection_end", facts.windows[-1].end if facts.windows else None),
    ):
        yield field, row[field] or None, str(got) if got else None, also.get(field, ())
    printed = row["published"] if row["published_printed"] == "yes" else ""
    yield "published", printed or None, str(facts.published) if facts.published else None, also.get("published", ())
    grades = {judgement.strand: judgement.grade or judgement.not_judged for judgement in facts.judgements}
    for strand in STRANDS:
        if row[strand] or strand in grades:
            yield "grades", row[strand] or None, grades.get(strand), also.get(strand, ())
    if row["n_improvements"]:
        yield "improvements", row["n_improvements"], str(len(facts.improvements)), also.get("n_improvements", ())
        actions = row["n_priority_actions"] or "0"
        yield "priority actions", actions, str(len(facts.priority_actions)), also.get("n_priority_actions", ())


def outcome(expected: str | None, got: str | None, also: Sequence[str]) -> str:
    """Return one of `OUTCOMES` for a value read."""
    if got == expected or (got is not None and got in also):
        return "right"
    if expected is None:
        return "invented"
    return "missing" if got is None else "wrong"


def _print_table(counts: Counter[tuple[str, str, str]]) -> None:
    print(f"\n{'framework':14} {'field':18}" + "".join(f"{name:>10}" for name in OUTCOMES) + f"{'share right':>13}")
    rows = sorted({(framework, field) for framework, field, _ in counts}, key=lambda row: (row[0] == "all", row))
    for framework, field in rows:
        numbers = [counts[framework, field, name] for name in OUTCOMES]
        columns = "".join(f"{number:>10}" for number in numbers)
        print(f"{framework:14} {field:18}{columns}{numbers[0] / sum(numbers):>12.1%}")


def _print_improvement_texts(path: Path, readings: dict[str, Reading], faults: bool) -> None:
    right = total = 0
    rows = json_lines(path)
    for row in rows:
        got = [_normalise(improvement.text) for improvement in readings[row["file"]].facts.improvements]
        for expected in row["improve"]:
            total += 1
            right += _normalise(expected) in got
            if faults and _normalise(expected) not in got:
                print("text differs:", row["file"], "\n  gold", expected, "\n  read", got)
    print(
        f"\nimprovement texts of {len(rows)} letters: {right} of {total} equal, "
        "without regard to national-framework tags, case, quotes and the final stop"
    )


def _normalise(text: str) -> str:
    text = without_tags(text)[0]
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("‘", "'")).strip().rstrip(".;,").lower()


if __name__ == "__main__":
    main()
