"""What `follow` gets right: labelled threads, cell by cell, and pairs of improvements.

    python -m benchmarks.follow [--shared ../shared] [--in-view] [--faults] [--count]

Threads: `follow_camden.jsonl` of the shared folder, and `follow_labels.jsonl` beside this script, labelled by reading
the rules were run on them. Those of HELD_OUT were labelled when the rules were done, and run once, for the figures of
docs/explanation/following.md: `--in-view` leaves them unread, for use while rules are made, and `--faults` lists none
of theirs. All others have been before the eyes of who made the rules.

A row is what a reader says, a column what the program says. "Evidence" counts the cells with a labelled page of which
one of the first three places cited is on such a page (or paragraph).

`--count` writes `reinspect/comparing/followthrough/frequencies.toml` anew from the corpus: counts only.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from benchmarks.material import SHARED, folder
from reinspect.comparing.followthrough import subjects
from reinspect.comparing.followthrough.mentions import cut_sentences
from reinspect.comparing.followthrough.subjects import mutual_likeness, subject_of, terms
from reinspect.comparing.followthrough.threads import LISTED, STATUSES, LaterText, Step, follow
from reinspect.model import Inspection, Reading
from reinspect.reading.fields.improvements import without_tags
from reinspect.reading.worker_pool import read_files

OWN_LABELS = Path(__file__).with_name("follow_labels.jsonl")
HELD_OUT = frozenset({"west-northamptonshire", "leeds"})
_CITED = 3
_COMMON = 25
Thread = dict[str, Any]


class Cell(NamedTuple):
    """One labelled step beside the one that was worked out."""

    thread: Thread
    label: dict[str, Any]
    step: Step


def main() -> None:
    """Print the tables; with --faults each cell that is not right."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--shared", type=folder, default=SHARED)
    options.add_argument("--in-view", action="store_true")
    options.add_argument("--faults", action="store_true")
    options.add_argument("--count", action="store_true")
    asked = options.parse_args()
    if asked.count:
        count(asked.shared / "corpus")
        return
    threads = [*_lines(asked.shared / "phrases_data" / "follow_camden.jsonl"), *_lines(OWN_LABELS)]
    if asked.in_view:
        threads = [thread for thread in threads if thread["authority"] not in HELD_OUT]
    files = dict.fromkeys(file for thread in threads for file in _files(thread))
    paths = [asked.shared / "corpus" / file for file in files]
    readings = dict(zip(files, read_files(paths, jobs=2), strict=True))
    cells = list(worked_out(threads, readings))
    for authority in dict.fromkeys(cell.thread["authority"] for cell in cells):
        print(_share(authority, [cell for cell in cells if cell.thread["authority"] == authority]))
    table("In view", [cell for cell in cells if cell.thread["authority"] not in HELD_OUT])
    if not asked.in_view:
        table("Held out", [cell for cell in cells if cell.thread["authority"] in HELD_OUT])
    if asked.faults:
        for cell in cells:
            if cell.thread["authority"] not in HELD_OUT:
                _fault(cell)
    pairs(_lines(asked.shared / "phrases_data" / "match_pairs.jsonl"))


def worked_out(threads: Iterable[Thread], readings: dict[str, Reading]) -> Iterator[Cell]:
    """Every labelled step beside the program's; all texts of an authority are followed in one go, and timed."""
    by_authority: dict[str, list[Thread]] = {}
    for thread in threads:
        by_authority.setdefault(thread["authority"], []).append(thread)
    for authority, labelled in by_authority.items():
        published = {step["file"]: step["published"] for thread in labelled for step in thread["steps"]}
        files = dict.fromkeys(file for thread in labelled for file in _files(thread))
        in_order = sorted(files, key=lambda file: published.get(file, ""))  # what is no step of any is the first
        texts = [LaterText(inspection=_inspection(f, readings[f]), passages=readings[f].passages) for f in in_order]
        started = perf_counter()
        followed = follow(texts)
        steps = sum(len(thread.steps) for thread in followed)
        print(f"{authority}: {steps} steps of {len(followed)} improvements in {perf_counter() - started:.2f} s")
        found = {
            (thread.inspection.id, thread.improvement.index, step.inspection.id): step
            for thread in followed
            for step in thread.steps
        }
        for thread in labelled:
            origin = thread["origin"]
            for label in thread["steps"]:
                yield Cell(thread, label, found[origin["file"], origin["index"], label["file"]])


def table(name: str, cells: list[Cell]) -> None:
    """The confusion of the four statuses, and the shares that are asked for."""
    met = Counter((cell.label["status"], cell.step.status) for cell in cells)
    print("\n" + _share(name, cells))
    print(f"{'a reader says':>18}" + "".join(f"{status:>17}" for status in STATUSES))
    for status in STATUSES:
        print(f"{status:>18}" + "".join(f"{met[status, said]:>17}" for said in STATUSES))
    for status in STATUSES:
        said = sum(met[label, status] for label in STATUSES)
        labelled = sum(met[status, other] for other in STATUSES)
        print(f'  "{status}" is right {met[status, status]} of {said} times, found {met[status, status]} of {labelled}')
    for band in ("recurs", "possibly"):
        told = [cell for cell in cells if cell.step.band == band]
        spoken = sum(cell.label["status"] != "not mentioned" for cell in told)
        print(f'  band "{band}": {spoken} of {len(told)} are spoken of')
    _evidence(cells, "pages", lambda mention: mention.page)
    _evidence(cells, "paragraphs", lambda mention: mention.passage.paragraph)


def pairs(labelled: list[dict[str, Any]]) -> None:
    """Precision and recall of "the same subject", at the program's threshold and around it."""
    similar_words = [
        (mutual_likeness(*(subject_of(without_tags(pair[side])[0]) for side in ("a", "b"))), pair["label"])
        for pair in labelled
    ]
    same = sum(label for _, label in similar_words)
    print(f"\nPairs of improvements: {len(similar_words)}, {same} of the same subject")
    for threshold in (0.4, LISTED, 0.6):
        taken = [label for like, label in similar_words if like >= threshold]
        print(f"  from {threshold:.2f} on: precision {sum(taken) / len(taken):.2f}, recall {sum(taken) / same:.2f}")


def count(corpus: Path) -> None:
    """Count in how many sentences of the corpus each subject and each common stem stands, and write it down."""
    met: Counter[str] = Counter()
    sentences = 0
    for reading in read_files(sorted(corpus.glob("*/*/*.pdf")), jobs=2):
        for sentence in cut_sentences(reading.passages).sentences:
            sentences += 1
            met.update({each.term for each in terms(sentence.text)})
    named = {term: times for term, times in sorted(met.items()) if term[:1].isupper()}
    words = {
        term: times
        for term, times in sorted(met.items())
        if term not in named and times >= _COMMON and term.isascii() and term.isalpha()
    }
    lines = [
        "# In how many sentences of 180 reports and letters, 2013-2026, each subject and stem was met. Counts only,",
        "# made by `python -m benchmarks.follow --count`; a stem that is not listed is rarer than the rarest here.",
        "",
        f"sentences = {sentences}",
        "",
        "[subjects]",
        *(f'"{term}" = {times}' for term, times in named.items()),
        "",
        "[words]",
        *(f"{term} = {times}" for term, times in words.items()),
    ]
    path = Path(subjects.__file__).with_name("frequencies.toml")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{sentences} sentences, {len(named)} subjects, {len(words)} stems: {path}")


def _share(name: str, cells: list[Cell]) -> str:
    right = sum(cell.label["status"] == cell.step.status for cell in cells)
    return f"{name}: {right} of {len(cells)} cells right ({right / len(cells):.0%})"


def _evidence(cells: list[Cell], field: str, where: Callable[[Any], int | None]) -> None:
    told = [cell for cell in cells if cell.label[field] and cell.step.mentions]
    hits = sum(any(where(each) in cell.label[field] for each in cell.step.mentions[:_CITED]) for cell in told)
    print(f"  evidence on a labelled {field[:-1]}: {hits} of {len(told)}")


def _fault(cell: Cell) -> None:
    if cell.step.status != cell.label["status"]:
        where = "; ".join(f"p. {each.page} ({each.evaluation.tone})" for each in cell.step.mentions[:_CITED])
        print(
            f"{cell.thread['authority']:9} {cell.thread['topic']:48.48} {cell.label['published']}"
            f" {cell.label['status']:>15} -> {cell.step.status:15} {where}"
        )


def _inspection(file: str, reading: Reading) -> Inspection:
    """An inspection that stands for its one file."""
    facts = reading.facts
    return Inspection(
        id=file,
        authority="",
        framework=facts.framework or "",
        graded=facts.graded,
        judgements=facts.judgements,
        improvements=facts.improvements,
    )


def _files(thread: Thread) -> list[str]:
    return [thread["origin"]["file"], *(step["file"] for step in thread["steps"])]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
