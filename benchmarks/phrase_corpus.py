"""The passages of all reports in a folder, for the benchmarks of search and mining.

Reports are read once and kept as a file in the system's temporary folder.
"""

from __future__ import annotations

import hashlib
import random
import tempfile
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import msgspec

from benchmarks.figures import clear_caches
from reinspect import READER
from reinspect.model import Passage
from reinspect.phrases import Index, TextOrigin
from reinspect.phrases.index.texts import PAD
from reinspect.phrases.search.searcher import Searcher


class Text(msgspec.Struct, frozen=True):
    """One report or letter: its file's sha256, the inspection it belongs to, and its passages."""

    sha256: str
    origin: TextOrigin
    passages: tuple[Passage, ...]


def texts(folder: Path) -> list[Text]:
    """Return the reports and letters under `folder`."""
    key = hashlib.sha256(f"{folder.resolve()} {READER}".encode()).hexdigest()[:16]
    kept = Path(tempfile.gettempdir()) / f"reinspect-benchmark-passages-{key}.msgpack"
    if not kept.exists():
        kept.write_bytes(msgspec.msgpack.encode(list(_read(folder))))
    return msgspec.msgpack.decode(kept.read_bytes(), type=list[Text])


def _read(folder: Path) -> Iterator[Text]:
    from reinspect.reading.worker_pool import read_files

    for reading in read_files(sorted(folder.rglob("*.pdf")), jobs=2):
        if reading.document.kind not in ("report", "letter"):
            continue
        facts = reading.facts
        authority = (facts.authority and facts.authority.slug) or reading.file
        first = facts.windows[0].start if facts.windows else facts.published
        origin = TextOrigin(inspection=f"{authority}-{first}", year=first.year if first else None, authority=authority)
        yield Text(reading.document.sha256, origin, reading.passages)


def build_index(corpus: Iterable[Text]) -> Index:
    """Return the phrase index of these texts."""
    return Index.build((text.sha256, text.passages) for text in corpus)


def forget_words(searcher: Searcher) -> None:
    """Empty the caches of words that earlier searches typed, so that each word is new to the next search."""
    searcher.similar_words.forget()
    searcher.compounds.forget()
    clear_caches()


def multiply(corpus: Iterable[Text], times: int) -> Iterator[Text]:
    """Yield every text, and `times - 1` copies of it in which one long word in ten has lost a letter."""
    chance = random.Random(0)
    for text in corpus:
        yield text
        for number in range(1, times):
            passages = tuple(
                msgspec.structs.replace(passage, text=_misspell(passage.text, chance)) for passage in text.passages
            )
            origin = msgspec.structs.replace(text.origin, inspection=f"{text.origin.inspection}-{number}")
            yield Text(f"{text.sha256}-{number}", origin, passages)


def _misspell(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    for number, word in enumerate(words):
        if len(word) > 4 and chance.random() < 0.1:
            cut = chance.randrange(1, len(word) - 1)
            words[number] = word[:cut] + word[cut + 1 :]
    return " ".join(words)


def sentences(index: Index) -> list[str]:
    """Return every sentence of the index in its order, in the index's spelling (lower case, no accents)."""
    starts, tokens = index.texts.sentence_start.tolist(), index.texts.tokens
    return [
        " ".join([index.words[token] for token in tokens[start : end - PAD].tolist()])
        for start, end in pairwise(starts)
    ]
