"""The subject of an improvement: its terms with weights, and the similarity of other texts to the subject.

An improvement is matched by what it is about, not by its wording, so "quality" and "timeliness" weigh next to nothing:

    improvement   "The timeliness of return home interviews."
    terms         Return home interviews 0.47, interview 0.09, timel 0.03, return 0.02, home 0.02     (in all 0.62)
    related       Missing children 0.20, because subjects.toml has the two near one another
    similarity    "Too many return home interviews are late."  (0.47 + 0.09 + 0.02 + 0.02) / 0.62 = 0.99
                  "Children who go missing are found soon."    0.20 / 0.62 = 0.32
                  "The timeliness of plans for children."      0.03 / 0.62 = 0.04
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from reinspect.comparing.followthrough.stems import TermMatch
from reinspect.comparing.followthrough.terms import find_terms
from reinspect.comparing.followthrough.word_lists import BROAD, rarity, specific_subjects, strands_of, subject_lists

# The weight of a term is its rarity times one of these shares. For subjects: a main subject, one that is broad compared
# with a main one, people, and a related subject that is not named.
_MAIN, _BROAD_SHARE, _PEOPLE, _RELATED = 1.0, 0.5, 0.3, 0.5
# For words: where no subject is named, where one is, inside the name of a subject, and words used of every subject.
_WORD, _WORD_BY_SUBJECT, _WORD_IN_SUBJECT, _ASPECT = 0.45, 0.15, 0.2, 0.06
# A subject below this share of the rarest one's rarity is broad compared with it.
_BROAD_COMPARED = 0.8
# Words after "so that" or "in order to" are the purpose of an improvement: this share of their weight counts.
_PURPOSE = 0.35
# The total is that of the heaviest terms, so that a long text is as easy to match as a short one; but at least this.
_HEAVIEST, _SMALLEST_TOTAL = 4, 0.4
# An improvement is about people of this weight or more; people of less weight are only in its purpose.
_ABOUT = 0.06

# After the fault of a subject, or after "including", the subject has been named.
_FAULT = re.compile(r"(?<!who )(?<!that )(?<!which )(?<!they )(?<!there )\b(?:is|are|do|does|has|have) (?:not|too)\b")
_PART = re.compile(r"\bincluding\b")
_LEADS_TO = re.compile(r"\W*(?:arrangements |systems? )?(?:of|for)\b")


class Subject(msgspec.Struct, frozen=True):
    """The subject of an improvement: its terms, each with a weight.

    `near` are related subjects that the improvement does not name: {name: (weight, the named subject it is related
    to)}. `whole` is the weight that a text must share for a similarity of 1.
    """

    terms: dict[str, float]
    near: dict[str, tuple[float, str]]
    whole: float

    @property
    def strands(self) -> frozenset[str]:
        """The strands about the people that the subject names; empty if it names none."""
        return strands_of(term for term, weight in self.terms.items() if weight >= _ABOUT)


def subject_of(text: str, abbreviations: Mapping[str, str] | None = None) -> Subject:
    """Return the subject of an improvement from its text.

    `abbreviations` are the meanings of abbreviations in the text: {"DO": "designated officer"}.
    """
    matches, people = find_terms(text, abbreviations), subject_lists().people
    named = [match for match in matches if match.is_subject and match.term not in people]
    purpose = _purpose_start(text, named)
    end = min(purpose, _subject_end(text, named))
    main = _main_subjects(text, [match for match in named if match.start < end])
    weights: dict[str, float] = {}
    for match in matches:
        weight = _weight(match, text, matches, main) * (_PURPOSE if match.start >= purpose else 1)
        weights[match.term] = max(weight, weights.get(match.term, 0.0))
    whole = sum(sorted(weights.values(), reverse=True)[:_HEAVIEST])
    if main:  # The first and the rarest of many subjects are enough to recognise an improvement.
        whole = min(whole, weights[main[0].term] + max(weights[match.term] for match in main))
    return Subject(weights, _related_subjects(main, weights), whole)


def leading_end(text: str) -> int:
    """Return the offset where an improvement has said what it is about: before its purpose, its fault and its parts."""
    people = subject_lists().people
    named = [match for match in find_terms(text) if match.is_subject and match.term not in people]
    return min(_purpose_start(text, named), _subject_end(text, named))


def similarity(subject: Subject, terms: Iterable[str]) -> float:
    """Return how much of a subject these terms of another text share, from 0 to 1."""
    found = frozenset(terms)
    shared = sum(weight for term, weight in subject.terms.items() if term in found)
    related = (weight for term, (weight, source) in subject.near.items() if term in found and source not in found)
    return min(1.0, (shared + max(related, default=0.0)) / smallest_whole(subject))


def smallest_whole(subject: Subject) -> float:
    """Return the weight that a text must share with a subject for a similarity of 1, never too small."""
    return max(subject.whole, _SMALLEST_TOTAL)


def mutual_similarity(subject: Subject, other: Subject) -> float:
    """Return how much two subjects share, from 0 to 1: the harmonic mean of both directions."""
    # So a broad subject and a part of it are less similar than two equal ones.
    there, back = similarity(subject, other.terms), similarity(other, subject.terms)
    return 2 * there * back / (there + back) if there and back else 0.0


def _main_subjects(text: str, named: Sequence[TermMatch]) -> list[TermMatch]:
    """Return the subjects that distinguish an improvement from others, in text order."""
    # A subject that is broad compared with another one is left out. The first subject is kept, unless it only leads to
    # the next: "oversight of allegations" is about allegations.
    rarest = max((rarity(match.term) for match in named), default=0.0)
    main = {match.term for match in named if rarity(match.term) >= max(BROAD, _BROAD_COMPARED * rarest)}
    main |= specific_subjects(match.term for match in named[:1] if not (main and _LEADS_TO.match(text, match.end)))
    return [match for match in named if match.term in main] or list(named)


def _purpose_start(text: str, named: Sequence[TermMatch]) -> int:
    """Return the offset where the purpose of an improvement begins ("so that ..."), or the end of the text."""
    first = min((match.end for match in named), default=len(text))
    purposes = subject_lists().purposes.finditer(text)
    return next((match.start() for match in purposes if match.start() >= first), len(text))


def _subject_end(text: str, named: Sequence[TermMatch]) -> int:
    """Return the offset where an improvement stops naming its subject, such as before "are not"."""
    # The subject ends before its fault ("are not") and before "including".
    specific = specific_subjects(match.term for match in named)
    first = min((match.end for match in named), default=len(text))
    first_specific = min((match.end for match in named if match.term in specific), default=len(text))
    ends = [match.start() for match in _FAULT.finditer(text) if match.start() >= first]
    ends += [match.start() for match in _PART.finditer(text) if match.start() >= first_specific]
    return min(ends, default=len(text))


def _weight(match: TermMatch, text: str, among: Sequence[TermMatch], main: Sequence[TermMatch]) -> float:
    """Return the weight of a term in an improvement: the rarity of the term, times a share for its kind."""
    lists = subject_lists()
    printed = text[match.start : match.end]
    if match.is_subject:
        share = _PEOPLE if match.term in lists.people else _MAIN if match in main else _BROAD_SHARE
    elif match.term in lists.aspects or match.term.isdigit() or (match.start and printed.istitle()):
        share = _ASPECT  # A capital within a sentence is the name of an authority or a scheme.
    elif any(other.is_subject and other.start <= match.start and match.end <= other.end for other in among):
        share = _WORD_IN_SUBJECT
    else:
        share = _WORD_BY_SUBJECT if main else _WORD
    return share * rarity(match.term)


def _related_subjects(main: Sequence[TermMatch], weights: Mapping[str, float]) -> dict[str, tuple[float, str]]:
    """Return the related subjects that an improvement does not name: {name: (weight, the main subject)}."""
    related: dict[str, tuple[float, str]] = {}
    for match in main:
        for other in subject_lists().near.get(match.term, frozenset()) - weights.keys():
            weight = _RELATED * min(weights[match.term], rarity(other))
            related[other] = max(related.get(other, (0.0, "")), (weight, match.term))
    return related
