"""Make the shipped word list: `python data/words/build.py DICTIONARY FOLDER`.

DICTIONARY is a list of English words, one a line (`british-english` of SCOWL), and FOLDER holds reports. Writes
`words.txt`: the words of the dictionary, and the words and hyphenated words that several reports print within a line.
No sentence of a report is written.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from reinspect.reading.worker_pool import read_files

_FEWEST_REPORTS = 4
_LONGEST = 24
_WORD = re.compile(r"(?<![\w-])[a-z]{3,}(?![\w-])")
_HYPHENATED = re.compile(r"(?<![\w-])[a-z]{2,}(?:-[a-z]{2,})+(?![\w-])")


def main() -> None:
    """Write `words.txt` next to this file."""
    dictionary, folder = map(Path, sys.argv[1:3])
    words = {word for word in dictionary.read_text("utf-8").split() if re.fullmatch(r"[a-z]{2,}", word)}
    counts: Counter[str] = Counter()
    for reading in read_files(sorted(folder.rglob("*.pdf")), jobs=2):
        text = "\n".join(reading.pages)
        counts.update({*_WORD.findall(text), *_HYPHENATED.findall(text)})
    words |= {word for word, reports in counts.items() if reports >= _FEWEST_REPORTS}
    kept = sorted(word for word in words if len(word) <= _LONGEST)
    (Path(__file__).parent / "words.txt").write_text("\n".join(kept) + "\n", "utf-8")


if __name__ == "__main__":
    main()
