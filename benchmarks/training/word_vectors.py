"""Learn the vectors of words from the reports, and write `reinspect/phrases/vectors.txt`.

    python -m benchmarks.training.word_vectors [--shared ../shared]

A word is kept if it stands in enough sentences and documents and is not printed with a capital as names are, so no name
of a person and no sentence can be read from the file. Vectors are rounded to one signed byte for each number.
"""

from __future__ import annotations

import argparse
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy
from gensim.models import Word2Vec

from benchmarks.material import SHARED, folder
from reinspect.model import Reading
from reinspect.phrases.vectors import VECTORS_FILE
from reinspect.phrases.words import SENTENCE_END, WORD, canonical, fold
from reinspect.reading.worker_pool import read_files
from reinspect.weights import VERSION

WIDTH = 100
# A word is kept from this many sentences and documents on, unless more than this share is printed like a name.
_SENTENCES, _DOCUMENTS, _LIKE_A_NAME = 5, 4, 0.6
_SHORTEST = 3  # words of a sentence that is learned from


def main() -> None:
    """Learn the vectors, print a few neighbours, and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=folder, default=SHARED)
    options = parser.parse_args()
    paths = sorted((Path(options.shared) / "corpus").glob("*/*/*.pdf"))
    known = KnownWords()
    for path, reading in zip(paths, read_files(paths, jobs=2), strict=True):
        for printed in printed_sentences(reading):
            known.add(str(path), printed)
    print(f"{len(known.sentences)} sentences of {len(paths)} files")
    kept = sorted(known.kept())
    vectors = learn(known.sentences, kept)
    size = write(VECTORS_FILE, kept, vectors, known)
    print(f"{len(kept)} words of {WIDTH} numbers: {size / 1e6:.2f} MB")
    check_no_sentence(VECTORS_FILE)
    for word in ("prison", "sufficiency", "timely", "reassess"):
        print(f"  nearest to {word}: {', '.join(nearest(word, kept, vectors))}")


class KnownWords:
    """Counts words in sentences and documents, and how often each is printed like a name."""

    def __init__(self) -> None:
        self.sentences: list[list[str]] = []
        self.counts: Counter[str] = Counter()
        self._documents: defaultdict[str, set[str]] = defaultdict(set)
        self._within: Counter[str] = Counter()
        self._names: Counter[str] = Counter()

    def add(self, document: str, printed: list[str]) -> None:
        """Count the words of one sentence."""
        words = [fold(canonical(word)) for word in printed]
        self.sentences.append(words)
        self.counts.update(set(words))
        for place, (word, form) in enumerate(zip(words, printed, strict=True)):
            self._documents[word].add(document)
            if place:
                self._within[word] += 1
                # An abbreviation in capitals is a word; a capital within a sentence is a name.
                self._names[word] += form[0].isupper() and not (form.isupper() and len(form) > 1)

    def kept(self) -> Iterator[str]:
        """Yield the words that are common enough and not names."""
        for word, count in self.counts.items():
            is_name = self._within[word] and self._names[word] / self._within[word] > _LIKE_A_NAME
            enough = count >= _SENTENCES and len(self._documents[word]) >= _DOCUMENTS
            if enough and not is_name and word.isascii() and word.isalpha():
                yield word


def printed_sentences(reading: Reading) -> Iterator[list[str]]:
    """Yield the printed words of each sentence of a file."""
    for passage in reading.passages:
        start = 0
        for end in [*(match.end() for match in SENTENCE_END.finditer(passage.text)), len(passage.text)]:
            words = WORD.findall(passage.text[start:end])
            start = end
            if len(words) >= _SHORTEST:
                yield words


def learn(sentences: list[list[str]], kept: list[str]) -> numpy.ndarray:
    """Return a vector of signed bytes for each word; the same on every run."""
    known = set(kept)
    model = Word2Vec(
        [[word for word in sentence if word in known] for sentence in sentences],
        vector_size=WIDTH,
        window=6,
        min_count=1,
        sg=1,
        negative=10,
        epochs=15,
        sample=1e-3,
        seed=1,
        workers=1,
    )
    vectors = numpy.stack([model.wv[word] for word in kept])
    # What all words have in common says nothing about any of them.
    vectors = vectors - vectors.mean(axis=0)
    scale = numpy.abs(vectors).max(axis=1, keepdims=True) / 127
    return numpy.round(vectors / scale).astype(numpy.int8)


def write(path: Path, words: list[str], vectors: numpy.ndarray, known: KnownWords) -> int:
    """Write the file and return its size in bytes."""
    head = (
        f"reinspect word vectors, version {VERSION}, {len(words)} words of {WIDTH} numbers, "
        f"{len(known.sentences)} sentences"
    )
    lines = [
        f"{word} {known.counts[word]} {b64encode(row.tobytes()).decode()}"
        for word, row in zip(words, vectors, strict=True)
    ]
    return path.write_text("\n".join([head, *lines]) + "\n", encoding="ascii")


def check_no_sentence(path: Path) -> None:
    """Stop if a line of the file has more than one word, or the words do not stand in alphabetical order."""
    words = [line.split(" ")[0] for line in path.read_text("ascii").splitlines()[1:]]
    assert words == sorted(set(words)), "the words are not in alphabetical order"
    assert all(word.isalpha() for word in words), "a line has more than one word"


def nearest(word: str, words: list[str], vectors: numpy.ndarray) -> list[str]:
    """Return the six words whose vectors are most like that of a word."""
    if word not in words:
        return []
    unit = vectors / numpy.linalg.norm(vectors.astype(float), axis=1, keepdims=True)
    order = numpy.argsort(-(unit @ unit[words.index(word)]))
    return [words[place] for place in order[1:7]]


if __name__ == "__main__":
    main()
