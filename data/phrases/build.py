"""Make the shipped counts from a folder of reports: `python data/phrases/build.py FOLDER`.

Writes `counts.tsv`, in how many inspections each run of two to five words (in the singular) stands, and
`templates.txt`, keys of the sentences that several authorities' reports share. Counts and keys are facts about the
reports: no sentence of one is written.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from reinspect.phrases import Index, TextOrigin
from reinspect.phrases.mining.ngrams import recurring_ngrams, windows
from reinspect.phrases.mining.portions import authority_names, flags, portions, running, shared_keys
from reinspect.phrases.mining.reference_counts import COUNTS_FILE, TEMPLATES_FILE
from reinspect.phrases.mining.shards import Shards
from reinspect.phrases.words import lexicon
from reinspect.reading import read_file

HERE = Path(__file__).parent
LONGEST, LEAST = 5, 3


def main(folder: Path) -> None:
    """Read every report under `folder` and write the two files."""
    readings = [read_file(path) for path in sorted(folder.rglob("*.pdf"))]
    readings = [reading for reading in readings if reading.document.kind in ("report", "letter")]
    occasions = {}
    for reading in readings:
        authority, facts = reading.facts.authority, reading.facts
        slug = (authority and authority.slug) or reading.file
        first = facts.windows[0].start.isoformat() if facts.windows else str(facts.published or reading.file)
        occasions[reading.document.sha256] = TextOrigin(inspection=f"{slug}-{first}", authority=slug)
    index = Index.build((reading.document.sha256, reading.passages) for reading in readings)
    parts, _ = portions(index, occasions, len(index.texts.tokens))
    keys = shared_keys(index, occasions, parts, index.sentence_keys.__getitem__, Shards(1))
    (HERE / TEMPLATES_FILE).write_text("".join(f"{key:016x}\n" for key in sorted(keys.tolist())), "ascii")
    counts, inspections = counted(index, occasions, keys)
    lines = [
        f"inspections\t{inspections}\t{LONGEST}\t{LEAST}\n",
        *(f"{phrase}\t{counts[phrase]}\n" for phrase in sorted(counts)),
    ]
    (HERE / COUNTS_FILE).write_text("".join(lines), "utf-8")
    print(f"{len(readings)} documents, {inspections} inspections, {len(counts)} phrases, {len(keys)} templates")  # noqa: T201


def counted(index: Index, occasions: dict[str, TextOrigin], keys: np.ndarray) -> tuple[dict[str, int], int]:
    """In how many inspections each run stands that may be a phrase, and how many inspections there are."""
    words = flags(index, lexicon(), authority_names())
    parts, inspections = portions(index, occasions, len(index.texts.tokens))
    here = windows(running(index, parts[0], words, index.sentence_keys.__getitem__, keys))
    counts = {}
    for grams in recurring_ngrams(here, LEAST):
        if grams.length > LONGEST:
            break
        runs = grams.words(here)
        for row in np.flatnonzero(words.opens[runs[:, 0]] & words.closes[runs[:, -1]]).tolist():
            counts[" ".join(index.words[word] for word in runs[row].tolist())] = int(grams.spread[row])
    return counts, len(inspections)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
