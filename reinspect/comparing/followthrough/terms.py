"""Find the terms of a text: the subjects that it names and the stems of its other words.

An inspector names one subject in many ways, so each subject has several patterns (`word_lists`). For example:

    text                             terms
    "Return interviews are late."    Return home interviews, return, interview, late
    "Initial health assessments."    Health assessments, initi, health, assess     (not Assessments, which is inside)
    "The IAP meets."                 Advocacy, iap, meet        (if the IAP is an "independent advocacy project")
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from reinspect.comparing.followthrough.stems import TermMatch, stem_words
from reinspect.comparing.followthrough.word_lists import Pattern, subject_lists

# Largest distance between the two parts of a pattern "a ~ b", in words that are not small.
_NEAR = 5

_ABBREVIATION = re.compile(r"\(\s*[\u2018'\"]?([A-Z][A-Za-z&]{1,7}?)s?[\u2019'\"]?\s*\)")
_PRINTED_WORD = re.compile(r"[A-Za-z][A-Za-z\u2019'/]*")
_LONGEST_NAME = 120  # characters before an abbreviation
_MOST_SKIPPED = 2  # words of a name that give its abbreviation no letter
_SHORT = 3  # letters of such a word


def find_terms(text: str, abbreviations: Mapping[str, str] | None = None) -> list[TermMatch]:
    """Return the subjects that a text names and the stems of its words, in text order.

    `abbreviations` are the meanings of abbreviations in the text: {"DO": "designated officer"}.
    """
    lists = subject_lists()
    words = stem_words(text, lists.small)
    stems = tuple(word.term for word in words)
    subjects = [
        TermMatch(pattern.term, words[place].start, words[end - 1].end)
        for place, first in enumerate(stems)
        for pattern in lists.patterns.get(first, ())
        # Most patterns already differ in their second stem.
        if pattern.stems[1:2] in ((), stems[place + 1 : place + 2]) and (end := _pattern_end(pattern, stems, place))
    ]
    for word in words:
        if abbreviations and (name := abbreviations.get(text[word.start : word.end].rstrip("s"))):
            subjects += [TermMatch(other.term, word.start, word.end) for other in find_terms(name) if other.is_subject]
    content = (word for word in words if word.term not in lists.stop)
    return sorted({*content, *_outermost(subjects)}, key=lambda match: (match.start, match.end, match.term))


def find_abbreviations(texts: Iterable[str]) -> dict[str, str]:
    """Find the abbreviations that texts explain: "designated officer (DO)" -> {"DO": "designated officer"}."""
    names: dict[str, str] = {}
    for text in texts:
        for match in _ABBREVIATION.finditer(text):
            letters = match[1]
            if letters not in names:
                before = text[max(0, match.start() - _LONGEST_NAME) : match.start()]
                if words := _words_spelling(letters, _PRINTED_WORD.findall(before)):
                    names[letters] = " ".join(words)
    return names


def _pattern_end(pattern: Pattern, stems: tuple[str, ...], place: int) -> int:
    """Return the position after a pattern that begins at `place` in the list of stems, or 0 if it does not."""
    end = place + len(pattern.stems)
    if stems[place:end] != pattern.stems:
        return 0
    width = len(pattern.nearby)
    around = (*range(max(0, place - _NEAR - width), place - width + 1), *range(end, end + _NEAR))
    matches = not width or any(stems[near : near + width] == pattern.nearby for near in around)
    return end if matches else 0


def _outermost(subjects: Sequence[TermMatch]) -> list[TermMatch]:
    """Remove the subjects inside a longer one, such as "assessment" inside "health assessment"."""
    return [
        match
        for match in subjects
        if not any(
            other.start <= match.start and match.end <= other.end and other.end - other.start > match.end - match.start
            for other in subjects
        )
    ]


def _words_spelling(letters: str, before: Sequence[str]) -> Sequence[str]:
    """Return the last words of `before` whose initials spell an abbreviation, or an empty sequence.

    Short words may be skipped: "education, employment or training" spells EET.
    """
    wanted = letters.casefold().replace("&", "")
    for skipped in range(_MOST_SKIPPED + 1):
        words = before[max(0, len(before) - len(wanted) - skipped) :]
        initials = "".join(word[0].casefold() for word in words if not skipped or len(word) > _SHORT)
        if initials == wanted:
            return words
    return ()
