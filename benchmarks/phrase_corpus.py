"""The passages that the benchmarks of phrases run on: a folder of reports, read once and kept as a temporary file."""

from __future__ import annotations

import hashlib
import random
import tempfile
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import msgspec

from reinspect import READER
from reinspect.model import Passage
from reinspect.phrases import Index, TextOrigin
from reinspect.phrases.index.texts import PAD


class Text(msgspec.Struct, frozen=True):
    """One report or letter: what it is and its passages."""

    sha256: str
    occasion: TextOrigin
    passages: tuple[Passage, ...]


def texts(folder: Path) -> list[Text]:
    """The reports and letters under `folder`, each with the inspection it is of."""
    key = hashlib.sha256(f"{folder.resolve()} {READER}".encode()).hexdigest()[:16]
    kept = Path(tempfile.gettempdir()) / f"reinspect-benchmark-{key}.msgpack"
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
        occasion = TextOrigin(
            inspection=f"{authority}-{first}", year=first.year if first else None, authority=authority
        )
        yield Text(reading.document.sha256, occasion, reading.passages)


def copies(held: Iterable[Text], times: int) -> Iterator[Text]:
    """Every text `times` times; in the copies one long word in ten has lost a letter, so that no two agree."""
    chance = random.Random(0)
    for text in held:
        yield text
        for number in range(1, times):
            changed = tuple(msgspec.structs.replace(each, text=_changed(each.text, chance)) for each in text.passages)
            occasion = msgspec.structs.replace(text.occasion, inspection=f"{text.occasion.inspection}-{number}")
            yield Text(f"{text.sha256}-{number}", occasion, changed)


def _changed(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    for place, word in enumerate(words):
        if len(word) > 4 and chance.random() < 0.1:
            cut = chance.randrange(1, len(word) - 1)
            words[place] = word[:cut] + word[cut + 1 :]
    return " ".join(words)


def sentences(index: Index) -> list[str]:
    """Every sentence of the index in canonical words, in its order."""
    starts, tokens = index.texts.sentence_start.tolist(), index.texts.tokens
    return [
        " ".join([index.words[token] for token in tokens[start : end - PAD].tolist()])
        for start, end in pairwise(starts)
    ]
