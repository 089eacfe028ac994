"""Compare follow-through with a reader: places among the three shown, statuses, and printed references.

    python -m benchmarks.quality.follow_through [--shared ../shared] [--labels FILE] [--faults] [--count]

A cell is one improvement in one later text, labelled by a careful reader (`benchmarks.follow_cells`). The shipped
weights were learned from these very cells, so **the figures of the cells here are in view**, and too good; what to
expect of an authority that nobody looked at is printed by `python -m benchmarks.training.follow_weights`, which leaves
each authority out. For other labels, in the form of `follow_cells.jsonl`, give `--labels`: these are then judged alone.

Three parts of the output owe nothing to labels or were not learned from:

- the paragraphs that inspectors print behind an improvement, "(paragraphs 33, 34)": the ranking is to find them among
  the findings of the same report;
- pairs of improvements on the same subject or not (`match_pairs.jsonl`);
- the time that the threads of one authority take.

`--count` writes `reinspect/comparing/followthrough/frequencies.toml` again from the corpus: counts only.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

import numpy

from benchmarks.follow_cells import Cell, by_authority, inspection_of, load_cells, load_marked_cells, read_cells
from benchmarks.follow_figures import print_figures
from benchmarks.material import SHARED, folder, json_lines
from reinspect.comparing.followthrough import subjects
from reinspect.comparing.followthrough.asked import prepare
from reinspect.comparing.followthrough.later_arrays import SentenceArrays
from reinspect.comparing.followthrough.ranking import rank_sentences, ranking_weights
from reinspect.comparing.followthrough.sentences import Sentence, cut_sentences
from reinspect.comparing.followthrough.statuses import STATUSES
from reinspect.comparing.followthrough.steps import LaterText, Step
from reinspect.comparing.followthrough.subjects import mutual_similarity, subject_of
from reinspect.comparing.followthrough.terms import find_terms
from reinspect.comparing.followthrough.threads import follow
from reinspect.model import Improvement, Reading
from reinspect.phrases.vectors import word_vectors
from reinspect.reading.fields.improvements import without_tags
from reinspect.reading.worker_pool import read_files

_COMMON = 25  # stems in fewer sentences are not listed in frequencies.toml
_SHOWN = 3
# A reference to paragraphs in brackets.
REFERENCE = re.compile(r"[(\[][^()\[\]]{0,20}\bpara(?:graph)?s?\b[^()\[\]]*[)\]]", re.IGNORECASE)


class FollowedCell(NamedTuple):
    """A labelled cell and the step that the program found."""

    cell: Cell
    step: Step


def main() -> None:
    """Print the tables; with --faults also ten firm answers that are wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=folder, default=SHARED)
    parser.add_argument("--labels", type=Path, help="other labels, in the form of follow_cells.jsonl")
    parser.add_argument("--faults", action="store_true", help="list firm answers that are wrong")
    parser.add_argument("--count", action="store_true")
    options = parser.parse_args()
    shared = Path(options.shared)
    corpus = shared / "corpus"
    if options.count:
        write_frequencies(corpus)
        return
    cells = load_marked_cells(options.labels) if options.labels else load_cells(shared)
    followed = list(follow_cells(cells, read_cells(cells, corpus)))
    print_cells("Labels of " + options.labels.name if options.labels else "Cells, in view", followed)
    if options.faults:
        print_faults(followed)
    print_references(read_files(sorted(corpus.glob("ilacs/*/*.pdf")), jobs=2))
    print_pairs(json_lines(shared / "phrases_data" / "match_pairs.jsonl"))


def follow_cells(cells: Sequence[Cell], readings: Mapping[str, Reading]) -> Iterator[FollowedCell]:
    """Follow all texts of each authority, print how long it took, and yield every cell with the program's step."""
    times = []
    for authority, own in by_authority(cells).items():
        published = {cell.file: cell.published for cell in own}
        files = {file for cell in own for file in (cell.origin, cell.file)}
        # The first report of an authority is a later text of no cell, so it has no date here and sorts first.
        in_order = sorted(files, key=lambda file: (published.get(file, ""), file))
        texts = [
            LaterText(inspection=inspection_of(file, readings[file]), passages=readings[file].passages)
            for file in in_order
        ]
        started = process_time()
        threads = follow(texts)
        times.append((process_time() - started, authority))
        found = {
            (thread.inspection.id, thread.improvement.index, step.inspection.id): step
            for thread in threads
            if thread.role == "improvement"
            for step in thread.steps
        }
        for cell in own:
            yield FollowedCell(cell, found[cell.origin, cell.index, cell.file])
    longest, slowest = max(times)
    print(f"threads of one authority: {numpy.median([one for one, _ in times]):.2f} s; {longest:.2f} s for {slowest}")


def print_cells(name: str, followed: Sequence[FollowedCell]) -> None:
    """Print the places and the statuses of labelled cells."""
    cited = [one for one in followed if one.cell.pages]
    pages = [any(shown.page in one.cell.pages for shown in one.step.passages) for one in cited]
    in_paragraphs = [one for one in cited if one.cell.paragraphs]
    paragraphs = [
        any(shown.passage.paragraph in one.cell.paragraphs for shown in one.step.passages) for one in in_paragraphs
    ]
    print(
        f"\n{name}: among the three shown are a page of the reader in {numpy.mean(pages):.1%} of {len(pages)}, "
        f"a paragraph in {numpy.mean(paragraphs):.1%} of {len(paragraphs)}"
    )
    # A step keeps the probability of its likeliest status alone; the rest is shared among the others.
    likelihoods = numpy.array(
        [
            [
                one.step.confidence if status == one.step.likely else (1 - one.step.confidence) / (len(STATUSES) - 1)
                for status in STATUSES
            ]
            for one in followed
        ]
    )
    said = [one.step.status for one in followed]
    print_figures(name, [one.cell for one in followed], likelihoods, said, authorities=True)


def print_faults(followed: Sequence[FollowedCell], number: int = 10) -> None:
    """Print firm answers that are wrong, the surest first."""
    wrong = [one for one in followed if one.step.status not in {"undecided", one.cell.status}]
    print("\nFirm and wrong, the surest first:")
    for one in sorted(wrong, key=lambda one: -one.step.confidence)[:number]:
        places = "; ".join(f"p. {shown.page} ({shown.mark})" for shown in one.step.passages)
        print(
            f"  {one.cell.authority}, improvement {one.cell.index} of {one.cell.origin.split('/')[-1]}, in "
            f"{one.cell.file.split('/')[-1]}: {one.cell.status} ({one.cell.certainty}) -> {one.step.status} "
            f"{one.step.confidence:.2f}; {places}"
        )


def print_references(readings: Iterable[Reading]) -> None:
    """Print how often the paragraph that inspectors name behind an improvement is ranked first, and among three."""
    first = among = number = reports = 0
    for reading in readings:
        places = list(_ranked_references(reading))
        number, reports = number + len(places), reports + bool(places)
        first += sum(place == 0 for place in places)
        among += sum(place < _SHOWN for place in places)
    if number:
        print(
            f"\nParagraphs that inspectors name behind {number} improvements in {reports} reports: "
            f"first {first / number:.2f}, among three {among / number:.2f}"
        )


def _ranked_references(reading: Reading) -> Iterator[int]:
    """Yield, for each improvement with a printed reference, the place of the first right paragraph."""
    named = [(one, numbers) for one in reading.facts.improvements if (numbers := numbers_named(one))]
    if not named:
        return
    vectors, cut = word_vectors(), cut_sentences(reading.passages)
    sentences = [one for one in cut.sentences if not one.is_listed and one.passage.paragraph]
    printed = {one.passage.paragraph for one in sentences}
    text = SentenceArrays.of(sentences, vectors)
    for improvement, numbers in named:
        if numbers & printed:
            asked = prepare(REFERENCE.sub("", improvement.text), cut.abbreviations, vectors)
            chances = rank_sentences([asked], text, vectors, ranking_weights()).chances[0]
            yield next(place for place, one in enumerate(_paragraphs(sentences, chances)) if one in numbers)


def numbers_named(improvement: Improvement) -> set[int]:
    """Return the paragraphs that are printed behind an improvement: "(paragraphs 33, 34)"."""
    found = REFERENCE.search(improvement.text)
    after = re.split(r"para(?:graph)?s?", found[0], flags=re.IGNORECASE)[-1] if found else ""
    return {int(number) for number in re.findall(r"\d+", after)}


def _paragraphs(sentences: Sequence[Sentence], chances: Any) -> list[int | None]:
    """Return the paragraphs, that of the likeliest sentence first, each once."""
    order = numpy.argsort(-chances, kind="stable").tolist()
    return list(dict.fromkeys(sentences[place].passage.paragraph for place in order))


def print_pairs(labelled: list[dict[str, Any]]) -> None:
    """Print precision and recall of "the same subject" at several thresholds."""
    scored = [
        (mutual_similarity(*(subject_of(without_tags(pair[side])[0]) for side in ("a", "b"))), pair["label"])
        for pair in labelled
    ]
    same = sum(label for _, label in scored)
    print(f"\nPairs of improvements: {len(scored)}, {same} on the same subject")
    for threshold in (0.4, 0.5, 0.6):
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


if __name__ == "__main__":
    main()
