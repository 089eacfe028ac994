"""Printed sentences with gaps, found word by word: `{authority}` (some words), `{is}`, `{grade}`, `#` (a digit).

`{is}` is whatever joins a grade to what it judges ("is", "are", "is that it is", or nothing at all).

Framework files list such sentences for titles and for grades that stand in prose. They count only where they open a
printed line, so that a recollection in running text is not taken for the document's own word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from reinspect.frameworks import Framework
from reinspect.reading.layout.lines import PrintedLine
from reinspect.reading.layout.words import Word, fold_words, likened, opens_with, words_of

_LONGEST_NAME = 12
"""Words of the longest authority as printed ("the Royal Borough of Kensington and Chelsea" has seven)."""
_LINES = 6
"""Lines over which a sentence may wrap."""
_NOTHING = re.compile(r"[\W\d_]*")
_GAPS = _GAP, _IS, _GRADE, _DIGIT = "{authority}", "{is}", "{grade}", "#"
_JOINING = ("is", "are", "that", "it", "they", "to", "be")
_IN_NO_NAME = {"is", "are", "was", "were", "has", "have", "remain", "remains", "continue", "continues", "not", "no"}


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence found: the line it opens, its words up to the grade or end, what filled its gaps."""

    line: int
    words: tuple[Word, ...]
    authority: tuple[Word, ...] = ()
    grade: str | None = None
    grade_words: tuple[Word, ...] = ()


class TemplateSentences:
    """Sentences with gaps, made ready once to be looked for in many lines. Each has at least two words."""

    def __init__(self, sentences: Sequence[str], framework: Framework | None = None) -> None:
        """`framework` says what a `{grade}` may be."""
        self._templates = [_elements(sentence) for sentence in sentences]
        self._framework = framework
        self._openings = {template[0] for template in self._templates}

    def at(self, lines: Sequence[PrintedLine], place: int) -> Match | None:
        """The first listed sentence that opens a line, or None."""
        if opens_with(lines[place].text) not in self._openings:
            return None
        words = words_of(lines[place : place + _LINES])
        start = 1 if words[0].text == "the" else 0
        for template in self._templates:
            found = _match(words, start, template, self._framework)
            if found is not None:
                end, gap, grade, grade_words = found
                return Match(line=place, words=tuple(words[:end]), authority=gap, grade=grade, grade_words=grade_words)
        return None

    def fill(self, lines: Sequence[PrintedLine], place: int) -> int | None:
        """How many whole lines a sentence that opens a line fills, or None where it goes on behind its grade."""
        found = self.at(lines, place)
        if found is None or not ends(found, lines, _NOTHING):
            return None
        return found.words[-1].line + 1


def ends(found: Match, lines: Sequence[PrintedLine], rest: re.Pattern[str]) -> bool:
    """Whether a sentence ends with its last word found: but for `rest` its line ends, and the next begins anew."""
    last = found.words[-1]
    place = found.line + last.line
    if rest.fullmatch(lines[place].text, last.end - lines[place].start) is None:
        return False
    return place + 1 == len(lines) or not lines[place + 1].text[0].islower()


def matches(
    lines: Sequence[PrintedLine], sentences: Sequence[str], framework: Framework | None = None
) -> Iterator[Match]:
    """Every line that opens with one of the sentences, in print order; of several the first listed."""
    ready = TemplateSentences(sentences, framework)
    return (found for place in range(len(lines)) if (found := ready.at(lines, place)) is not None)


_Found = tuple[int, tuple[Word, ...], str | None, tuple[Word, ...]]


def _match(words: Sequence[Word], at: int, template: Sequence[str], framework: Framework | None) -> _Found | None:
    """Where the template ends, and what filled its gaps; None where it does not fit from a word on."""
    for i, element in enumerate(template):
        if element == _GAP:
            return _over_gap(words, at, template[i + 1 :], framework)
        while element == _IS and at < len(words) and words[at].text in _JOINING:
            at += 1
        if element == _IS:
            continue
        if at >= len(words):
            return None
        if element == _GRADE:
            return _grade_at(words, at, framework)
        fits = words[at].text.isdigit() if element == _DIGIT else words[at].like == element
        if not fits:
            return None
        at += 1
    return at, (), None, ()


def _over_gap(words: Sequence[Word], at: int, rest: Sequence[str], framework: Framework | None) -> _Found | None:
    for length in range(1, _LONGEST_NAME + 1):
        if at + length > len(words) or words[at + length - 1].text in _IN_NO_NAME:
            break  # no name has a verb: "are of a consistently good quality" is no grade
        found = _match(words, at + length, rest, framework)
        if found is not None:
            end, _, grade, grade_words = found
            return end, tuple(words[at : at + length]), grade, grade_words
    return None


def _grade_at(words: Sequence[Word], at: int, framework: Framework | None) -> _Found | None:
    for form, grade in framework.grade_forms() if framework else ():
        if tuple(word.text for word in words[at : at + len(form)]) == form:
            return at + len(form), (), grade, tuple(words[at : at + len(form)])
    return None


def _elements(sentence: str) -> list[str]:
    found: list[str] = []
    for piece in re.split(r"(\{authority\}|\{is\}|\{grade\}|#)", sentence):
        found.extend([piece] if piece in _GAPS else likened(fold_words(piece), article=bool(found)))
    return found
