"""Subjects: what an improvement is about, and how much of that a sentence speaks of.

An inspector names one subject in many ways ("return home interview", "RHI"), and says of very different subjects that
their "quality and timeliness" matter. So a text is read as the subjects it names (`subjects.toml`, and what its own
document abbreviates) and its words, each weighed by how rare it is in reports (`frequencies.toml`); what is said of
every subject weighs little (phrases.md 5: the rarest shared word tells most).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from reinspect.errors import ReinspectError

# The shares of a term's rarity that count: of a subject, of one that is broad beside another, of people, of a near
# subject; of a word where no subject is named, beside one, inside one, and of a word that is said of every subject.
_SUBJECT, _BROADLY, _PEOPLE, _NEIGHBOUR = 1.0, 0.5, 0.3, 0.5
_WORD, _BESIDE, _WITHIN, _ASPECT = 0.45, 0.15, 0.2, 0.06
# Below this rarity, or this share of the rarest subject's, a subject is broad: beside one that is not it weighs less.
_BROAD, _BROADER = 0.3, 0.8
# What a text says after "so that", "in order to" is why, not what: it counts by this share.
_PURPOSE = 0.35
# A subject is known by its heaviest terms, a long text being no harder to meet, but by no less than this weight.
_HEAVIEST, _SLIGHTEST = 4, 0.4
# People are among what an improvement is about from this weight on, not where they stand in its purpose.
_ABOUT = 0.06
# Of a pattern's words "a ~ b": no further apart than this, counted in words that are not small.
_NEAR = 5

_SHORTEST_STEM = 4
_ENDINGS = """
fulness eliness iness ation ition ement ment ness ance ence ency ingly edly ously ally ing ies ied ion ity ous ful
ely ed er or ly al e y
"""
# What stands after the fault of a subject, or names a part of it, is not what a text is about.
_FAULT = re.compile(r"(?<!who )(?<!that )(?<!which )(?<!they )(?<!there )\b(?:is|are|do|does|has|have) (?:not|too)\b")
_PART = re.compile(r"\bincluding\b")
_LEADS_TO = re.compile(r"\W*(?:arrangements |systems? )?(?:of|for)\b")
_ABBREVIATION = re.compile(r"\(\s*[\u2018'\"]?([A-Z][A-Za-z&]{1,7}?)s?[\u2019'\"]?\s*\)")
_PRINTED_WORD = re.compile(r"[A-Za-z][A-Za-z\u2019'/]*")
_LONGEST_NAME = 120


class Frequencies(msgspec.Struct, frozen=True, kw_only=True):
    """In how many of `sentences` each subject and each stem was met, in the reports that were counted."""

    sentences: int
    subjects: dict[str, int]
    words: dict[str, int]


class Pattern(NamedTuple):
    """One way to name a subject: these stems in this order, and near them, before or after, those of `beside`."""

    term: str
    stems: tuple[str, ...]
    beside: tuple[str, ...] = ()


class Subjects(msgspec.Struct, frozen=True, eq=False):
    """`subjects.toml` made ready: patterns by their first stem, and the lists that are explained there."""

    patterns: Mapping[str, tuple[Pattern, ...]]
    near: Mapping[str, frozenset[str]]
    people: frozenset[str]
    strands: Mapping[str, str]
    joint: Mapping[str, frozenset[str]]
    aspects: frozenset[str]
    small: frozenset[str]
    unspoken: frozenset[str]
    purposes: re.Pattern[str]


class Met(NamedTuple):
    """A term in a text and the half-open span where it stands. The name of a subject begins with a capital letter."""

    term: str
    start: int
    end: int

    @property
    def is_named(self) -> bool:
        """Whether it is a subject rather than the stem of a word."""
        return self.term[:1].isupper()


class Subject(msgspec.Struct, frozen=True):
    """What an improvement is about: each term with its weight, of which the `whole` is known.

    A `near` subject, with its weight, may be meant where the one that it is near to, named beside it, is not said.
    """

    terms: dict[str, float]
    near: dict[str, tuple[float, str]]
    whole: float

    @property
    def strands(self) -> frozenset[str]:
        """The strands that tell of its people; none where it names none."""
        return strands_of(term for term, weight in self.terms.items() if weight >= _ABOUT)


def subject_of(text: str, spelt_out: Mapping[str, str] | None = None) -> Subject:
    """What an improvement is about; `spelt_out` as for `terms`."""
    met, lists = terms(text, spelt_out), subjects()
    proper = [each for each in met if each.is_named and each.term not in lists.people]
    purpose = _purpose(text, proper)
    own = _own(text, [each for each in proper if each.start < min(purpose, _said(text, proper))])
    weighed: dict[str, float] = {}
    for each in met:
        weight = _weight(each, text, met, own) * (_PURPOSE if each.start >= purpose else 1)
        weighed[each.term] = max(weight, weighed.get(each.term, 0.0))
    whole = sum(sorted(weighed.values(), reverse=True)[:_HEAVIEST])
    if own:  # One of many things is known by the first of them and the rarest.
        whole = min(whole, weighed[own[0].term] + max(weighed[each.term] for each in own))
    return Subject(weighed, _neighbours(own, weighed), whole)


def likeness(subject: Subject, met: Iterable[str]) -> float:
    """How much of a subject these terms speak of, from 0 to 1."""
    found = frozenset(met)
    shared = sum(weight for term, weight in subject.terms.items() if term in found)
    beside = (weight for term, (weight, of) in subject.near.items() if term in found and of not in found)
    return min(1.0, (shared + max(beside, default=0.0)) / max(subject.whole, _SLIGHTEST))


def mutual_likeness(subject: Subject, other: Subject) -> float:
    """How much two subjects speak of one another, from 0 to 1: a broad one and a part of it are less alike."""
    there, back = likeness(subject, other.terms), likeness(other, subject.terms)
    return 2 * there * back / (there + back) if there and back else 0.0


def terms(text: str, spelt_out: Mapping[str, str] | None = None) -> list[Met]:
    """The subjects that a text names and the stems of its words, in order.

    `spelt_out` are the abbreviations of its document (`abbreviations`): an abbreviation names what it shortens.
    """
    lists = subjects()
    content = _content(text, lists.small)
    stems = tuple(met.term for met in content)
    named = [
        Met(pattern.term, content[place].start, content[end - 1].end)
        for place, first in enumerate(stems)
        for pattern in lists.patterns.get(first, ())
        if (end := _matched(pattern, stems, place))
    ]
    for met in content:
        if spelt_out and (meant := spelt_out.get(text[met.start : met.end].rstrip("s"))):
            named += [Met(other.term, met.start, met.end) for other in terms(meant) if other.is_named]
    spoken = (met for met in content if met.term not in lists.unspoken)
    return sorted({*spoken, *_outermost(named)}, key=lambda met: (met.start, met.end, met.term))


def abbreviations(texts: Iterable[str]) -> dict[str, str]:
    """What each abbreviation stands for, as the texts introduce it: "designated officer (DO)" gives {"DO": ...}."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _ABBREVIATION.finditer(text):
            letters = match[1]
            if letters not in found:
                before = text[max(0, match.start() - _LONGEST_NAME) : match.start()]
                if words := _spelt(letters, _PRINTED_WORD.findall(before)):
                    found[letters] = " ".join(words)
    return found


def strands_of(met: Iterable[str], within: str | None = None) -> frozenset[str]:
    """The strands that tell of the people among these terms; where they name none, those of the strand `within`."""
    lists = subjects()
    named = frozenset(lists.strands[term] for term in met if term in lists.strands)
    known = within is not None and (within in lists.joint or within in lists.strands.values())
    return named or (lists.joint.get(within, frozenset({within})) if within and known else frozenset())


def telling(met: Iterable[str]) -> frozenset[str]:
    """The subjects among these terms that are neither people nor broad."""
    lists = subjects()
    return frozenset(term for term in met if term[:1].isupper() and term not in lists.people and rarity(term) >= _BROAD)


def rarity(term: str) -> float:
    """How telling a term is, from 0 (in every sentence) to 1 (never met)."""
    counts = frequencies()
    met = (counts.subjects if term[:1].isupper() else counts.words).get(term, 0)
    return 1 - math.log1p(met) / math.log1p(counts.sentences)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What the inflections of a canonical word share: "plan" of "planning", "assess" of "assessments"."""
    from reinspect.phrases.words import fold

    word = fold(word)
    for ending in _ENDINGS.split():
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    doubled = len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "sl"
    return word[:-1] if doubled else word


@cache
def subjects() -> Subjects:
    """The subjects that ship. Raises ReinspectError when their file cannot be read."""
    from reinspect.phrases.words import lexicon

    raw, words = _toml("subjects.toml"), lexicon()
    lists = raw["words"]
    small = frozenset(lists["small"].split())
    said_of_all = {*lists["aspects"].split(), *words.verbs, *words.evaluative, *words.generic}
    return Subjects(
        patterns=_patterns({**raw["subjects"], **raw["people"]}, small),
        near=_mutual({_name(key): _names(value) for key, value in raw["near"].items()}),
        people=frozenset(map(_name, raw["people"])),
        strands={name: strand for strand, people in raw["strands"].items() for name in _names(people)},
        joint={strand: frozenset(joined.split(", ")) for strand, joined in raw["joint"].items()},
        aspects=frozenset(map(stem, said_of_all)),
        small=small,
        unspoken=frozenset(map(stem, words.stop)),
        purposes=re.compile(rf"\b(?:{'|'.join(map(re.escape, lists['purposes']))})\b", re.IGNORECASE),
    )


@cache
def frequencies() -> Frequencies:
    """How often subjects and stems are met in reports. Raises ReinspectError when the file cannot be read."""
    try:
        return msgspec.convert(_toml("frequencies.toml"), Frequencies)
    except msgspec.ValidationError as fault:
        raise ReinspectError(f"frequencies.toml: {fault}") from fault


def _own(text: str, proper: Sequence[Met]) -> list[Met]:
    """The subjects that tell a text from others: not what is broad beside something that is not.

    What comes first is one of them, unless it only leads to another: "oversight of allegations" is about allegations.
    """
    rarest = max((rarity(each.term) for each in proper), default=0.0)
    own = {each.term for each in proper if rarity(each.term) >= max(_BROAD, _BROADER * rarest)}
    own |= telling(each.term for each in proper[:1] if not (own and _LEADS_TO.match(text, each.end)))
    return [each for each in proper if each.term in own] or list(proper)


def _purpose(text: str, proper: Sequence[Met]) -> int:
    """Where a text goes on to say why, once it has said what; its end if it does not."""
    first = min((each.end for each in proper), default=len(text))
    return next((match.start() for match in subjects().purposes.finditer(text) if match.start() >= first), len(text))


def _said(text: str, proper: Sequence[Met]) -> int:
    """Where a text has said what it is about: "plans are not clear about ...", "supervision, including of ..."."""
    told = telling(each.term for each in proper)
    ends = [each.end for each in proper]
    ends_told = [each.end for each in proper if each.term in told]
    found = [match.start() for match in _FAULT.finditer(text) if match.start() >= min(ends, default=len(text))]
    found += [match.start() for match in _PART.finditer(text) if match.start() >= min(ends_told, default=len(text))]
    return min(found, default=len(text))


def _weight(met: Met, text: str, among: Sequence[Met], own: Sequence[Met]) -> float:
    """What a term weighs in an improvement, less where it stands."""
    lists = subjects()
    printed = text[met.start : met.end]
    if met.is_named:
        share = _PEOPLE if met.term in lists.people else _SUBJECT if met in own else _BROADLY
    elif met.term in lists.aspects or met.term.isdigit() or (met.start and printed.istitle()):
        share = _ASPECT  # a capital within a sentence is a name: of the authority, of a scheme
    elif any(each.is_named and each.start <= met.start and met.end <= each.end for each in among):
        share = _WITHIN
    else:
        share = _BESIDE if own else _WORD
    return share * rarity(met.term)


def _neighbours(own: Sequence[Met], weighed: Mapping[str, float]) -> dict[str, tuple[float, str]]:
    """The subjects near to an improvement's own that it does not name itself."""
    found: dict[str, tuple[float, str]] = {}
    for each in own:
        for other in subjects().near.get(each.term, frozenset()) - weighed.keys():
            weight = _NEIGHBOUR * min(weighed[each.term], rarity(other))
            found[other] = max(found.get(other, (0.0, "")), (weight, each.term))
    return found


def _content(text: str, small: frozenset[str]) -> list[Met]:
    """The stems of all but small words."""
    from reinspect.phrases.words import spans, words

    return [Met(stem(word), *span) for word, span in zip(words(text), spans(text), strict=True) if word not in small]


def _outermost(named: Sequence[Met]) -> list[Met]:
    """The subjects that do not stand inside another: a "health assessment" is no "assessment"."""
    return [
        met
        for met in named
        if not any(
            other.start <= met.start and met.end <= other.end and other.end - other.start > met.end - met.start
            for other in named
        )
    ]


def _matched(pattern: Pattern, stems: tuple[str, ...], place: int) -> int:
    """Where a pattern that begins at `place` ends (exclusive), or 0."""
    end = place + len(pattern.stems)
    if stems[place:end] != pattern.stems:
        return 0
    width = len(pattern.beside)
    around = (*range(max(0, place - _NEAR - width), place - width + 1), *range(end, end + _NEAR))
    found = not width or any(stems[near : near + width] == pattern.beside for near in around)
    return end if found else 0


def _spelt(letters: str, before: Sequence[str]) -> Sequence[str]:
    """The last words of `before` whose first letters an abbreviation is made of, or none.

    One or two short words may have given it no letter: "education, employment or training (EET)".
    """
    wanted = letters.casefold().replace("&", "")
    for passed_over in range(3):
        words = before[max(0, len(before) - len(wanted) - passed_over) :]
        initials = "".join(word[0].casefold() for word in words if not passed_over or len(word) > 3)
        if initials == wanted:
            return words
    return ()


def _patterns(said: Mapping[str, str], small: frozenset[str]) -> dict[str, tuple[Pattern, ...]]:
    found: dict[str, list[Pattern]] = {}
    for key, phrases in said.items():
        for phrase in phrases.split(","):
            stems, beside = (tuple(met.term for met in _content(part, small)) for part in phrase.partition("~")[::2])
            if not stems or ("~" in phrase) != bool(beside):
                raise ReinspectError(f'subjects.toml: "{phrase.strip()}" of "{key}" has no word that is not small')
            found.setdefault(stems[0], []).append(Pattern(_name(key), stems, beside))
    return {first: tuple(patterns) for first, patterns in found.items()}


def _mutual(near: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Near both ways."""
    found: dict[str, set[str]] = {}
    for key, names in near.items():
        for name in names:
            found.setdefault(key, set()).add(name)
            found.setdefault(name, set()).add(key)
    return {key: frozenset(names) for key, names in found.items()}


def _names(listed: str) -> frozenset[str]:
    return frozenset(_name(key.strip()) for key in listed.split(","))


def _name(key: str) -> str:
    return key[:1].upper() + key[1:]


def _toml(name: str) -> dict[str, Any]:
    path = Path(__file__).with_name(name)
    try:
        return msgspec.toml.decode(path.read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.MsgspecError) as fault:
        raise ReinspectError(f"{path}: the subjects cannot be read: {fault}") from fault
