"""Find sentences with gaps, taken from framework files, in printed lines.

    sentence  "Children's services in {authority} {is} {grade}"
    line      "Children’s services in Camden are good because"
    match     authority: Camden   grade: good   words: up to "good"

Gaps: `{authority}` is 1 to 12 words, `{is}` is whatever joins a grade to its subject ("is", "are", "is that it is",
or nothing), `{grade}` is a printed grade, `#` is a digit. A sentence counts only where it opens a printed line, so
that a grade recalled in running text is not taken for the document's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

import msgspec

from reinspect.frameworks import Framework
from reinspect.reading.layout.lines import PrintedLine
from reinspect.reading.layout.words import (
    PrintedWord,
    find_first_word,
    fold_words,
    normalise_words,
    split_words,
    words_of_line,
)

_NAME_WORDS = 12
"""Number of words of the longest authority name ("the Royal Borough of Kensington and Chelsea" has seven)."""
_SENTENCE_LINES = 6
"""Number of lines over which a sentence may wrap."""
_SUBJECT_LABEL = re.compile(r"(?:Re|Ref|Subject)\s*:\s*", re.IGNORECASE)
"""A word that may stand before the subject of a letter."""
_NO_WORDS = re.compile(r"[\W\d_]*")
_GAPS = _AUTHORITY, _IS, _GRADE, _DIGIT = "{authority}", "{is}", "{grade}", "#"
_JOINING = ("is", "are", "that", "it", "they", "to", "be")
_NOT_IN_NAMES = {"is", "are", "was", "were", "has", "have", "remain", "remains", "continue", "continues", "not", "no"}


class TemplateMatch(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence with gaps found in printed lines.

    `line` is the index of the first line, and `words` are all words that match. `authority` and `grade_words` are the
    words in the gaps, and `grade` is the key of the grade (None if not judged).
    """

    line: int
    words: tuple[PrintedWord, ...]
    authority: tuple[PrintedWord, ...] = ()
    grade: str | None = None
    grade_words: tuple[PrintedWord, ...] = ()


class TemplateSentences:
    """Sentences with gaps, such as "{authority} is {grade}", prepared for matching against many lines.

    Every sentence must have at least one word besides its gaps.
    """

    def __init__(self, sentences: Sequence[str], framework: Framework | None = None) -> None:
        """Prepare the sentences; the gap `{grade}` is any grade of the framework."""
        self._templates = [_parse_template(sentence) for sentence in sentences]
        self._openings = [tuple(takewhile(_is_word, template)) for template in self._templates]
        self._longest_opening = max(map(len, self._openings), default=0)
        self._framework = framework
        self._first_words = {template[0] for template in self._templates}
        self._begin_with_gap = not self._first_words.isdisjoint(_GAPS)

    def match_at(self, lines: Sequence[PrintedLine], index: int) -> TemplateMatch | None:
        """Match the sentences at the start of a line; return the match of the first sentence that fits, or None."""
        labels, first_word = _read_opening(lines[index].text)
        if not self._begin_with_gap and first_word not in self._first_words:
            return None
        if not self._may_begin(lines[index].text, labels):
            return None
        words = split_words(lines[index : index + _SENTENCE_LINES])
        if len(words) <= labels:
            return None
        start = labels + (words[labels].text == "the")
        for template in self._templates:
            match = _match_template(words, start, template, self._framework)
            if match is not None:
                end, name, grade, grade_words = match
                return TemplateMatch(
                    line=index, words=tuple(words[:end]), authority=name, grade=grade, grade_words=grade_words
                )
        return None

    def _may_begin(self, line: str, labels: int) -> bool:
        """Return whether a line may begin a sentence after so many labels: up to its first gap, no word differs."""
        words = words_of_line(line)[labels:]
        if words and words[0][0] == "the":
            words = words[1:]
        printed = tuple(normal for _, normal, _, _ in words[: self._longest_opening])
        return any(printed[: len(opening)] == opening[: len(printed)] for opening in self._openings)

    def count_lines(self, lines: Sequence[PrintedLine], index: int) -> int | None:
        """Return the number of lines that a sentence fills from line `index` on.

        Return None if no sentence begins there, or if more text follows the sentence.
        """

        match = self.match_at(lines, index)
        if match is None or not ends_sentence(match, lines, _NO_WORDS):
            return None
        return match.words[-1].line + 1


@lru_cache(maxsize=2048)  # each framework asks for the opening of each line
def _read_opening(line: str) -> tuple[int, str]:
    """Return the number of labels before the subject that a line opens with, 0 or 1, and the first word after it."""
    label = _SUBJECT_LABEL.match(line)
    return (1, find_first_word(line[label.end() :])) if label else (0, find_first_word(line))


def _is_word(element: str) -> bool:
    return element not in _GAPS


def ends_sentence(match: TemplateMatch, lines: Sequence[PrintedLine], rest: re.Pattern[str]) -> bool:
    """Return whether the printed sentence ends at the end of the match.

    The pattern `rest` says which text may still follow on the line.
    """
    last = match.words[-1]
    index = match.line + last.line
    if rest.fullmatch(lines[index].text, last.end - lines[index].start) is None:
        return False
    return index + 1 == len(lines) or not lines[index + 1].text[0].islower()


def find_matches(
    lines: Sequence[PrintedLine], sentences: Sequence[str], framework: Framework | None = None
) -> Iterator[TemplateMatch]:
    """Yield a match for every line that begins with one of the sentences, in print order.

    If several sentences fit, the first in the list is used.
    """
    templates = TemplateSentences(sentences, framework)
    return (match for index in range(len(lines)) if (match := templates.match_at(lines, index)) is not None)


_GapValues = tuple[int, tuple[PrintedWord, ...], str | None, tuple[PrintedWord, ...]]
"""The index after the last matched word; the words of the authority; the grade; the words of the grade."""


def _match_template(
    words: Sequence[PrintedWord], start: int, template: Sequence[str], framework: Framework | None
) -> _GapValues | None:
    """Match a sentence with gaps to the words from `start` on.

    Return the end and the words in the gaps, or None if the sentence does not fit.
    """
    index = start
    for i, element in enumerate(template):
        if element == _AUTHORITY:
            return _match_name(words, index, template[i + 1 :], framework)
        while element == _IS and index < len(words) and words[index].text in _JOINING:
            index += 1
        if element == _IS:
            continue
        if index >= len(words):
            return None
        if element == _GRADE:
            return _match_grade(words, index, framework)
        fits = words[index].text.isdigit() if element == _DIGIT else words[index].normal == element
        if not fits:
            return None
        index += 1
    return index, (), None, ()


def _match_name(
    words: Sequence[PrintedWord], start: int, rest: Sequence[str], framework: Framework | None
) -> _GapValues | None:
    """Match an authority name at `start` and the rest of the sentence after the name.

    Return the end and the words in the gaps, or None if the sentence does not fit.
    """
    for length in range(1, _NAME_WORDS + 1):
        end = start + length
        if end > len(words) or words[end - 1].text in _NOT_IN_NAMES or "improvement" in words[end - 1].text:
            # No name has a verb in it: "are of a consistently good quality" is not a grade. Nor has it a part of a
            # grade that is glued to the word before: "Camdenrequire improvement to be good".
            break
        match = _match_template(words, end, rest, framework)
        if match is not None:
            end_of_match, _, grade, grade_words = match
            return end_of_match, tuple(words[start:end]), grade, grade_words
    return None


def _match_grade(words: Sequence[PrintedWord], start: int, framework: Framework | None) -> _GapValues | None:
    for form, grade in framework.grade_forms() if framework else ():
        end = start + len(form)
        if tuple(word.text for word in words[start:end]) == form:
            return end, (), grade, tuple(words[start:end])
    return None


@lru_cache(maxsize=1024)  # the wordings of the frameworks are the same for each document
def _parse_template(sentence: str) -> tuple[str, ...]:
    """Split a sentence with gaps into words for comparing and gaps.

    "Services in {authority}"  -> ("service", "in", "{authority}")
    """
    elements: list[str] = []
    for piece in re.split(r"(\{authority\}|\{is\}|\{grade\}|#)", sentence):
        elements.extend([piece] if piece in _GAPS else normalise_words(fold_words(piece), article=bool(elements)))
    return tuple(elements)
