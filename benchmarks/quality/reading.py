"""What `read` gets right: every file of the corpus against gold.csv and gold_improvements.jsonl.

    python -m benchmarks.reading [--shared ../shared] [--faults]

A row a framework and field: right, wrong (a value other than the gold one), missing (gold has a value, the reading
none), invented (gold has none, the reading has a value).
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.material import SHARED, folder
from reinspect.authorities import authorities
from reinspect.model import Reading
from reinspect.reading.fields.improvements import without_tags
from reinspect.reading.worker_pool import read_files

STRANDS = ("overall", "leaders", "help", "care", "care_and_leavers", "leavers", "adoption", "lscb")
OUTCOMES = ("right", "wrong", "missing", "invented")
Comparison = tuple[str, str | None, str | None, Sequence[str]]


def main() -> None:
    """Print the tables, and with --faults each field that is not right."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shared", type=folder, default=SHARED)
    options.add_argument("--faults", action="store_true")
    asked = options.parse_args()
    corpus = asked.shared / "corpus"
    with (corpus / "gold.csv").open(encoding="utf-8") as file:
        gold = list(csv.DictReader(file))
    readings = dict(
        zip((row["file"] for row in gold), read_files([corpus / row["file"] for row in gold], jobs=2), strict=True)
    )
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in gold:
        for field, expected, got, also in compared(row, readings[row["file"]]):
            result = outcome(expected, got, also)
            counts[row["framework"], field, result] += 1
            counts["all", field, result] += 1
            if asked.faults and result != "right":
                print(f"{result:9} {field:18} gold {expected!s:24} read {got!s:24} {row['file']}")
    _table(counts)
    _texts(corpus / "gold_improvements.jsonl", readings, asked.faults)


def compared(row: dict[str, str], reading: Reading) -> Iterator[Comparison]:
    """Each field of a gold row: its name, the gold value, the value read, other values that are also right."""
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
    """Which of OUTCOMES a value read is."""
    if got == expected or (got is not None and got in also):
        return "right"
    if expected is None:
        return "invented"
    return "missing" if got is None else "wrong"


def _table(counts: Counter[tuple[str, str, str]]) -> None:
    print(f"\n{'framework':14} {'field':18}" + "".join(f"{one:>10}" for one in OUTCOMES) + f"{'share right':>13}")
    rows = sorted({(framework, field) for framework, field, _ in counts}, key=lambda row: (row[0] == "all", row))
    for framework, field in rows:
        numbers = [counts[framework, field, one] for one in OUTCOMES]
        print(
            f"{framework:14} {field:18}" + "".join(f"{n:>10}" for n in numbers) + f"{numbers[0] / sum(numbers):>12.1%}"
        )


def _texts(path: Path, readings: dict[str, Reading], faults: bool) -> None:
    right = total = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        got = [_plain(improvement.text) for improvement in readings[row["file"]].facts.improvements]
        for expected in row["improve"]:
            total += 1
            right += _plain(expected) in got
            if faults and _plain(expected) not in got:
                print("text differs:", row["file"], "\n  gold", expected, "\n  read", got)
    print(
        f"\nimprovement texts of {len(path.read_text().splitlines())} letters: {right} of {total} the same, "
        "national-framework tags, case, quotes and end stop apart"
    )


def _plain(text: str) -> str:
    text = without_tags(text)[0]
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("‘", "'")).strip().rstrip(".;,").lower()


if __name__ == "__main__":
    authorities()
    main()
