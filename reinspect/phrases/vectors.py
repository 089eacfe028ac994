"""The meaning of words as vectors, learned from which words stand near one another in reports.

`vectors.txt` has one line for each word: the word, in how many sentences it was met, and its vector in base64, one
signed byte for each number. Words that are used alike have vectors that point alike:

    cosine of "prompt" and "timely"       high
    cosine of "prompt" and "adoption"     near 0

No text can be read back from it: it has single words only, and none that is printed with a capital as names are.
"""

from __future__ import annotations

import math
import re
from base64 import b64decode
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from reinspect.weights import check_version, damaged

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

VECTORS_FILE = Path(__file__).with_name("vectors.txt")
"""The shipped vectors."""
_HEAD = re.compile(r"reinspect word vectors, version (\d+), (\d+) words of (\d+) numbers, (\d+) sentences")


class WordVectors(msgspec.Struct, frozen=True, eq=False):
    """The vectors of the known words.

    `places` has the row of each word. `vectors` has a row of length 1 for each word, and a last row of zeros that
    stands for no word. `rarities` is higher for a rarer word, and 0 for the last row.
    """

    places: dict[str, int]
    vectors: Array
    rarities: Array

    @property
    def no_word(self) -> int:
        """The row that stands for no word."""
        return len(self.places)

    def find_words(self, text: str) -> list[int]:
        """Return the row of each word of a text that has a vector, without small words such as "of"."""
        from reinspect.phrases.words import fold, lexicon, words

        lists = lexicon()
        rows = (self.places.get(fold(word, lists)) for word in words(text) if word not in lists.stop)
        return [row for row in rows if row is not None]

    def sum_up(self, texts: Sequence[Sequence[int]]) -> Array:
        """Return a vector of length 1 for each text, given as rows of words; rare words count more."""
        import numpy

        vectors = numpy.zeros((len(texts), self.vectors.shape[1]), numpy.float32)
        for place, rows in enumerate(texts):
            if len(rows):
                vectors[place] = self.rarities[rows] @ self.vectors[rows]
        vectors /= numpy.maximum(numpy.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return vectors


@lru_cache(maxsize=4)
def word_vectors(path: Path = VECTORS_FILE) -> WordVectors:
    """Load the word vectors.

    Raises:
        ReinspectError: the file cannot be read, is damaged, or is of another version.
    """
    import numpy

    try:
        head, *lines = path.read_text("ascii").splitlines()
        match = _HEAD.fullmatch(head)
        if match is None:
            raise ValueError("its first line is not that of word vectors")
        version, number, width, sentences = map(int, match.groups())
        check_version(path, version)
        if len(lines) != number:
            raise ValueError(f"it has {len(lines)} words of {number}")
        words, counts, codes = zip(*(line.split(" ") for line in lines), strict=True)
        rows = numpy.frombuffer(b"".join(b64decode(code, validate=True) for code in codes), numpy.int8)
        vectors = rows.reshape(number, width).astype(numpy.float32)
        rarities = [math.log((sentences + 1) / (int(count) + 1)) for count in counts]
    except (OSError, ValueError) as error:
        raise damaged(path, error) from error
    vectors /= numpy.maximum(numpy.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return WordVectors(
        places={word: place for place, word in enumerate(words)},
        vectors=numpy.concatenate([vectors, numpy.zeros((1, width), numpy.float32)]),
        rarities=numpy.array([*rarities, 0.0], numpy.float32),
    )
