"""Keep the phrases that were mined as bytes, under a key of everything that they were mined from.

The key covers the documents of the index, their origins, the question, and the program's code and word lists. So what
was kept for other texts or by another version is never found.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec

from reinspect import READER
from reinspect.model import Evidence
from reinspect.phrases.types import Order, RecurringPhrase, TextOrigin
from reinspect.record import data_folder

_KEY_BYTES = 16
# The kinds of files that decide on mined phrases, and a large file among them that does not.
_DECIDING = {".py", ".toml", ".tsv", ".txt", ".csv"}
_VECTORS = "vectors.txt"


class CitedPhrase(msgspec.Struct, frozen=True, array_like=True):
    """A recurring phrase, and the place of its first use in the texts in their order; None if it has none."""

    phrase: RecurringPhrase
    first_use: Evidence | None


_decoder = msgspec.msgpack.Decoder(tuple[CitedPhrase, ...])


class MiningQuestion(msgspec.Struct, frozen=True, array_like=True):
    """The arguments of `mine`, under the same names, and the documents (sha256) of the index.

    `documents` are in the order in which a first use is looked for.
    """

    indexed: Collection[str]
    origins: Mapping[str, TextOrigin]
    documents: Sequence[str]
    background: Collection[str] | None
    order: Order
    minimum_inspections: int
    limit: int

    @property
    def key(self) -> str:
        """A key of the question and of the program that answers it."""
        others = None if self.background is None else sorted(self.background)
        texts = (sorted(self.indexed), sorted(self.origins.items()), list(self.documents), others)
        asked = (*texts, self.order, self.minimum_inspections, self.limit)
        return blake2b(_program_key() + msgspec.msgpack.encode(asked), digest_size=_KEY_BYTES).hexdigest()


def encode_phrases(phrases: tuple[CitedPhrase, ...]) -> bytes:
    """Return mined phrases as bytes."""
    return msgspec.msgpack.encode(phrases)


def decode_phrases(data: bytes | None) -> tuple[CitedPhrase, ...] | None:
    """Return the mined phrases that are kept in bytes, or None."""
    try:
        return None if data is None else _decoder.decode(data)
    except msgspec.MsgspecError:
        return None


@cache
def _program_key() -> bytes:
    """Return a key of the files that decide on mined phrases: the code, the word lists and the shipped data."""
    made_of = blake2b(READER.encode(), digest_size=_KEY_BYTES)
    phrases = Path(__file__).parent.parent
    folders = (
        phrases,
        phrases / "index",
        phrases / "mining",
        phrases / "search",
        data_folder() / "phrases",
        data_folder(),
    )
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.is_file() and path.suffix in _DECIDING and path.name != _VECTORS:
                made_of.update(path.name.encode() + b"\0" + path.read_bytes())
    return made_of.digest()
