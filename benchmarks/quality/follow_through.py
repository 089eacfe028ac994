"""Steps of follow-through that agree with a reader's labels, and pairs of improvements on the same subject.

    python -m benchmarks.quality.follow_through [--shared ../shared] [--in-view] [--faults] [--count]

A thread is one improvement through all later reports of its authority; a step is one of these reports with its status
("raised again", "reported better", "mentioned", "not mentioned"). The labels are `follow_camden.jsonl` of the shared
folder and `follow_labels.jsonl` beside this script, made by reading the reports before the rules were run on them.

The authorities of HELD_OUT were labelled after the rules were done, and run once, for the figures of
docs/explanation/following.md. `--in-view` leaves them out, for use while rules are being changed, and `--faults`
lists none of their steps. All other labels were seen by the person who made the rules.

In the tables a row is the reader's status, a column the program's. "Evidence" counts the steps with labelled pages:
those where one of the first three passages cited is on such a page (or paragraph).

`--count` writes `reinspect/comparing/followthrough/frequencies.toml` anew from the corpus: counts only.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from reinspect.comparing.followthrough.mentions import cut_sentences

from benchmarks.material import SHARED, folder, json_lines
from reinspect.comparing.followthrough import subjects
from reinspect.comparing.followthrough.subjects import mutual_similarity, subject_of
from reinspect.comparing.followthrough.terms import find_terms
from reinspect.comparing.followthrough.threads import LISTED, STATUSES, LaterText, Step, follow
from reinspect.model import Inspection, Reading
from reinspect.reading.fields.improvements import without_tags
from reinspect.reading.worker_pool import read_files

OWN_LABELS = Path(__file__).with_name("follow_labels.jsonl")
HELD_OUT = frozenset({"west-northamptonshire", "leeds"})
_CITED = 3
_COMMON = 25  # stems in fewer sentences are not listed in frequencies.toml
LabelledThread = dict[str, Any]


class LabelledStep(NamedTuple):
    """One labelled step, its thread, and the step that the program found."""

    thread: LabelledThread
    label: dict[str, Any]
    step: Step


def main() -> None:
    """Print the tables; with --faults also each step that is not right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=folder, default=SHARED)
    parser.add_argument("--in-view", action="store_true")
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--count", action="store_true")
    options = parser.parse_args()
    if options.count:
        write_frequencies(options.shared / "corpus")
        return
    threads = [*json_lines(options.shared / "phrases_data" / "follow_camden.jsonl"), *json_lines(OWN_LABELS)]
    if options.in_view:
        threads = [thread for thread in threads if thread["authority"] not in HELD_OUT]
    files = dict.fromkeys(file for thread in threads for file in _files(thread))
    paths = [options.shared / "corpus" / file for file in files]
    readings = dict(zip(files, read_files(paths, jobs=2), strict=True))
    steps = list(follow_labelled(threads, readings))
    in_view = [step for step in steps if step.thread["authority"] not in HELD_OUT]
    for authority in dict.fromkeys(step.thread["authority"] for step in steps):
        print(_share_right(authority, [step for step in steps if step.thread["authority"] == authority]))
    print_table("In view", in_view)
    if not options.in_view:
        print_table("Held out", [step for step in steps if step.thread["authority"] in HELD_OUT])
    if options.faults:
        for step in in_view:
            _print_fault(step)
    print_pairs(json_lines(options.shared / "phrases_data" / "match_pairs.jsonl"))


def follow_labelled(threads: Iterable[LabelledThread], readings: dict[str, Reading]) -> Iterator[LabelledStep]:
    """Follow all texts of each authority, print how long it took, and yield every labelled step with the program's."""
    by_authority: dict[str, list[LabelledThread]] = {}
    for thread in threads:
        by_authority.setdefault(thread["authority"], []).append(thread)
    for authority, labelled in by_authority.items():
        published = {step["file"]: step["published"] for thread in labelled for step in thread["steps"]}
        files = dict.fromkeys(file for thread in labelled for file in _files(thread))
        # The first report of an authority is a step of no thread, so it has no date here and sorts first.
        in_order = sorted(files, key=lambda file: published.get(file, ""))
        texts = [LaterText(inspection=_inspection(f, readings[f]), passages=readings[f].passages) for f in in_order]
        started = perf_counter()
        followed = follow(texts)
        count = sum(len(thread.steps) for thread in followed)
        print(f"{authority}: {count} steps of {len(followed)} improvements in {perf_counter() - started:.2f} s")
        found = {
            (thread.inspection.id, thread.improvement.index, step.inspection.id): step
            for thread in followed
            for step in thread.steps
        }
        for thread in labelled:
            origin = thread["origin"]
            for label in thread["steps"]:
                yield LabelledStep(thread, label, found[origin["file"], origin["index"], label["file"]])


def print_table(name: str, steps: list[LabelledStep]) -> None:
    """Print the confusion matrix of the four statuses, and precision, recall, bands and evidence."""
    counts = Counter((step.label["status"], step.step.status) for step in steps)
    print("\n" + _share_right(name, steps))
    print(f"{'reader':>18}" + "".join(f"{status:>17}" for status in STATUSES))
    for status in STATUSES:
        print(f"{status:>18}" + "".join(f"{counts[status, found]:>17}" for found in STATUSES))
    for status in STATUSES:
        found = sum(counts[label, status] for label in STATUSES)
        labelled = sum(counts[status, other] for other in STATUSES)
        right = counts[status, status]
        print(f'  "{status}" is right {right} of {found} times, found {right} of {labelled}')
    for band in ("recurs", "possibly"):
        banded = [step for step in steps if step.step.band == band]
        mentioned = sum(step.label["status"] != "not mentioned" for step in banded)
        print(f'  band "{band}": {mentioned} of {len(banded)} are mentioned')
    _print_evidence(steps, "pages", lambda mention: mention.page)
    _print_evidence(steps, "paragraphs", lambda mention: mention.passage.paragraph)


def print_pairs(labelled: list[dict[str, Any]]) -> None:
    """Print precision and recall of "the same subject", at the program's threshold and around it."""
    scored = [
        (mutual_similarity(*(subject_of(without_tags(pair[side])[0]) for side in ("a", "b"))), pair["label"])
        for pair in labelled
    ]
    same = sum(label for _, label in scored)
    print(f"\nPairs of improvements: {len(scored)}, {same} on the same subject")
    for threshold in (0.4, LISTED, 0.6):
        taken = [label for score, label in scored if score >= threshold]
        print(f"  from {threshold:.2f} on: precision {sum(taken) / len(taken):.2f}, recall {sum(taken) / same:.2f}")


def write_frequencies(corpus: Path) -> None:
    """Count the sentences of the corpus that contain each subject and each common stem, and write the counts."""
    counts: Counter[str] = Counter()
    sentences = 0
    for reading in read_files(sorted(corpus.glob("*/*/*.pdf")), jobs=2):
        for sentence in cut_sentences(reading.passages).sentences:
            sentences += 1
            counts.update({found.term for found in find_terms(sentence.text)})
    named = {term: count for term, count in sorted(counts.items()) if term[:1].isupper()}
    words = {
        term: count
        for term, count in sorted(counts.items())
        if term not in named and count >= _COMMON and term.isascii() and term.isalpha()
    }
    lines = [
        "# The number of sentences, of 180 reports and letters from 2013 to 2026, that contain each subject and stem.",
        "# Counts only, made by `python -m benchmarks.quality.follow_through --count`.",
        "# A stem that is not listed is rarer than the rarest here.",
        "",
        f"sentences = {sentences}",
        "",
        "[subjects]",
        *(f'"{term}" = {count}' for term, count in named.items()),
        "",
        "[words]",
        *(f"{term} = {count}" for term, count in words.items()),
    ]
    path = Path(subjects.__file__).with_name("frequencies.toml")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{sentences} sentences, {len(named)} subjects, {len(words)} stems: {path}")


def _share_right(name: str, steps: list[LabelledStep]) -> str:
    right = sum(step.label["status"] == step.step.status for step in steps)
    return f"{name}: {right} of {len(steps)} steps right ({right / len(steps):.0%})"


def _print_evidence(steps: list[LabelledStep], field: str, place_of: Callable[[Any], int | None]) -> None:
    labelled = [step for step in steps if step.label[field] and step.step.mentions]
    hits = sum(
        any(place_of(mention) in step.label[field] for mention in step.step.mentions[:_CITED]) for step in labelled
    )
    print(f"  evidence on a labelled {field[:-1]}: {hits} of {len(labelled)}")


def _print_fault(step: LabelledStep) -> None:
    if step.step.status != step.label["status"]:
        cited = "; ".join(f"p. {mention.page} ({mention.evaluation.tone})" for mention in step.step.mentions[:_CITED])
        print(
            f"{step.thread['authority']:9} {step.thread['topic']:48.48} {step.label['published']}"
            f" {step.label['status']:>15} -> {step.step.status:15} {cited}"
        )


def _inspection(file: str, reading: Reading) -> Inspection:
    """Make an inspection from one file alone; its id is the file's name."""
    facts = reading.facts
    return Inspection(
        id=file,
        authority="",
        framework=facts.framework or "",
        graded=facts.graded,
        judgements=facts.judgements,
        improvements=facts.improvements,
    )


def _files(thread: LabelledThread) -> list[str]:
    return [thread["origin"]["file"], *(step["file"] for step in thread["steps"])]


if __name__ == "__main__":
    main()
