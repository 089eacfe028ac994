"""Read real reports that are damaged at random, and compare each with the reading of the whole file.

    python -m benchmarks.quality.damaged_files [FOLDER] [--files 1000] [--seed 1] [--show]

Each file gets one to four mutations: flipped bits, stretches cut out, repeated or taken from another report, tokens
inserted, digits changed, the end cut off (`tests/faults/mutations.py`). A damaged file may be refused. If it is read, a
grade must be the grade of the whole file or missing, and changed text needs a warning. Changed text is any letter that
was lost, added or moved. Text is lost in silence if letters are missing and the reading has no warning that the
whole file does not have. `--show` lists these files, and those with a wrong or invented grade.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.material import CORPUS, folder
from reinspect.model import Reading
from reinspect.reading.worker_pool import read_files
from tests.faults.mutations import mutate_file

A_BATCH = 200
DONORS = 20


def main() -> None:
    """Print the table of outcomes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=folder, nargs="?", default=CORPUS)
    parser.add_argument("--files", type=int, default=1000, help="number of damaged files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", action="store_true", help="list the files read wrongly or in silence")
    parser.add_argument("--keep", type=Path, help="write the files that --show lists into this folder")
    options = parser.parse_args()
    originals = sorted(Path(options.folder).rglob("*.pdf"))
    chance = random.Random(options.seed)
    chosen = [chance.choice(originals) for _ in range(options.files)]
    counts: Counter[str] = Counter()
    for path, data, whole, damaged in read_damaged(chosen, originals, chance, options.jobs):
        faults = list(faults_of(whole, damaged))
        counts.update(["files", outcome_of(whole, damaged), *(kind for kind, _ in faults)])
        for kind, what in faults:
            if options.show:
                print(f"{kind:28} {what:40} {path.name} file {counts['files']}", flush=True)
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{counts['files']}-{path.name}").write_bytes(data)
    _print_table(counts)


def read_damaged(
    chosen: Sequence[Path], originals: Sequence[Path], chance: random.Random, jobs: int
) -> Iterator[tuple[Path, bytes, Reading, Reading]]:
    """Yield each chosen file with its damaged bytes, the reading of the whole file and that of the damaged one."""
    whole = dict(zip(sorted(set(chosen)), read_files(sorted(set(chosen)), jobs=jobs), strict=True))
    donors = [path.read_bytes() for path in chance.sample(originals, min(DONORS, len(originals)))]
    with tempfile.TemporaryDirectory() as name:
        for start in range(0, len(chosen), A_BATCH):
            batch = chosen[start : start + A_BATCH]
            damaged = [mutate_file(path.read_bytes(), donors, chance) for path in batch]
            paths = [Path(name) / f"{start + i}.pdf" for i in range(len(batch))]
            for path, data in zip(paths, damaged, strict=True):
                path.write_bytes(data)
            readings = read_files(paths, jobs=jobs)
            for path, data, reading in zip(batch, damaged, readings, strict=True):
                yield path, data, whole[path], reading


def outcome_of(whole: Reading, damaged: Reading) -> str:
    """Return in a few words how the reading of a damaged file ended."""
    if damaged.reason is not None:
        return "refused"
    if letters(whole) == letters(damaged):
        return "read, every letter there"
    return "read with a warning" if new_warnings(whole, damaged) else "read, changed in silence"


def faults_of(whole: Reading, damaged: Reading) -> Iterator[tuple[str, str]]:
    """Yield the faults of the reading of a damaged file: the kind of fault, and the value that is wrong."""
    if damaged.reason is not None:
        return
    grades = {judgement.strand: judgement.grade for judgement in whole.facts.judgements if judgement.grade}
    for judgement in damaged.facts.judgements:
        expected = grades.get(judgement.strand)
        if judgement.grade and judgement.grade != expected:
            kind = "grades wrong" if expected else "grades invented"
            yield kind, f"{judgement.strand}: {judgement.grade}, not {expected}"
    lost = Counter(letters(whole)) - Counter(letters(damaged))
    if lost and not new_warnings(whole, damaged):
        yield "files with text lost in silence", f"{lost.total()} of {len(letters(whole)):,} letters"


def new_warnings(whole: Reading, damaged: Reading) -> set[str]:
    """Return the warnings on a damaged file that the whole file does not have."""
    return {*damaged.document.warnings} - {*whole.document.warnings}


def letters(reading: Reading) -> str:
    """Return the text of a reading without its spaces and line ends."""
    return "".join("".join(page.split()) for page in reading.pages)


def _print_table(counts: Counter[str]) -> None:
    files = counts["files"]
    rows = ("refused", "read, every letter there", "read with a warning", "read, changed in silence")
    faults = ("grades wrong", "grades invented", "files with text lost in silence")
    for row in ("files", *rows, *faults):
        print(f"{row:34} {counts[row]:6,} {counts[row] / max(files, 1):7.1%}")


if __name__ == "__main__":
    main()
