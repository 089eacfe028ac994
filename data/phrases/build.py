"""Make the shipped counts from a folder of reports: `python data/phrases/build.py FOLDER`.

Writes `counts.tsv`, the number of inspections that use each n-gram of two to five words (in the singular), and
`templates.txt`, the keys of the sentences that several authorities' reports share. Counts and keys are facts about the
reports: no sentence of one is written.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from reinspect.phrases import Index, TextOrigin
from reinspect.phrases.mining.boilerplate import all_sentence_keys, find_shared_keys
from reinspect.phrases.mining.flags import authority_names, build_word_flags
from reinspect.phrases.mining.ngrams import find_starts, recurring_ngrams
from reinspect.phrases.mining.portions import split_into_portions, token_stream
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
    parts, _ = split_into_portions(index, occasions, len(index.texts.tokens))
    keys = find_shared_keys(index, occasions, parts, all_sentence_keys(index).__getitem__, Shards(1))
    (HERE / TEMPLATES_FILE).write_text("".join(f"{key:016x}\n" for key in sorted(keys.tolist())), "ascii")
    counts, inspections = counted(index, occasions, keys)
    lines = [
        f"inspections\t{inspections}\t{LONGEST}\t{LEAST}\n",
        *(f"{phrase}\t{counts[phrase]}\n" for phrase in sorted(counts)),
    ]
    (HERE / COUNTS_FILE).write_text("".join(lines), "utf-8")
    print(f"{len(readings)} documents, {inspections} inspections, {len(counts)} phrases, {len(keys)} templates")  # noqa: T201


def counted(index: Index, occasions: dict[str, TextOrigin], keys: np.ndarray) -> tuple[dict[str, int], int]:
    """Return the number of inspections that use each n-gram that may be a phrase, and the number of all inspections."""
    flags = build_word_flags(index, lexicon(), authority_names())
    parts, inspections = split_into_portions(index, occasions, len(index.texts.tokens))
    starts = find_starts(token_stream(index, parts[0], flags, all_sentence_keys(index).__getitem__, keys))
    counts = {}
    for ngrams in recurring_ngrams(starts, LEAST):
        if ngrams.length > LONGEST:
            break
        words = ngrams.words(starts)
        for row in np.flatnonzero(flags.opens[words[:, 0]] & flags.closes[words[:, -1]]).tolist():
            counts[" ".join(index.words[word] for word in words[row].tolist())] = int(ngrams.spread[row])
    return counts, len(inspections)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
