"""Find the variants of a phrase that are too rare to be ranked, such as "oversight by managers".

Only the best candidates are ranked, and more of them if more phrases are asked for. A phrase must have the same count
in a list of 10 and in a list of 1,000, so its variants are looked for among all candidates.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.mining.variants import SHORTEST_STEM, are_variants, content_words, same_stem
from reinspect.phrases.words import Lexicon


class VariantLookup:
    """Finds the variants of phrases among all candidates.

    `rows` are the candidates' word numbers, padded with 0, and `words` the words by number.
    """

    def __init__(self, rows: Column, words: Sequence[str], lists: Lexicon) -> None:
        """Note which rows have which word. The words are found by their first letters, which variants share."""
        row_numbers, places = np.nonzero(rows)
        numbers = np.asarray(rows)[row_numbers, places]
        order = np.argsort(numbers, kind="stable")
        found, starts = np.unique(numbers[order], return_index=True)
        ends = [*starts[1:].tolist(), len(order)]
        in_order = row_numbers[order]
        spans = zip(found.tolist(), starts.tolist(), ends, strict=False)
        self._rows_with = {number: in_order[start:end] for number, start, end in spans}
        self._by_beginning: dict[str, list[int]] = {}
        for number in found.tolist():
            self._by_beginning.setdefault(words[number][:SHORTEST_STEM], []).append(number)
        self._rows_of_stem: dict[str, Column] = {}
        self._rows, self._words, self._lists = rows, words, lists

    def find(self, phrase: Sequence[str]) -> list[int]:
        """Return the rows of all variants of a phrase."""
        content = list(dict.fromkeys(content_words(phrase, self._lists)))
        if not content:
            return []
        rows = self._with_stem(content[0])
        for word in content[1:]:
            rows = np.intersect1d(rows, self._with_stem(word), assume_unique=True)
        return [row for row in rows.tolist() if are_variants(phrase, self._phrase(row), self._lists)]

    def _with_stem(self, word: str) -> Column:
        """Return the rows with a form of this word."""
        if word not in self._rows_of_stem:
            forms = self._by_beginning.get(word[:SHORTEST_STEM], [])
            rows = [self._rows_with[number] for number in forms if same_stem(word, self._words[number])]
            self._rows_of_stem[word] = np.unique(np.concatenate([np.zeros(0, np.int64), *rows]))
        return self._rows_of_stem[word]

    def _phrase(self, row: int) -> tuple[str, ...]:
        return tuple(self._words[number] for number in self._rows[row].tolist() if number)
