"""Evaluation: whether a sentence of a report says that something is good, that it is not, or both.

Inspectors write in set phrases (`evaluation.toml`), so cues tell most: "timely", "not always", "too many". A sentence
is read by its clauses. What stands under a condition ("when risks rise, ...") is no finding. A fault that is conceded
("despite delays, ...") or averted ("drift is avoided") is none, and a good word that follows a fault in its own clause
("do not work effectively") is no praise. A fault that concerns a small number is a light one, and praise that is not
said of all is hedged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from reinspect.errors import ReinspectError

Tone = Literal["good", "critical", "mixed", "neutral"]

# Up to so many words of the same clause.
_WORDS = r"(?:[^\w,;]+(?!not\b|never\b|yet\b)[\w'-]+){{0,{}}}?[^\w,;]+"


class SentenceTone(NamedTuple):
    """What is said: whether anything is praised or criticised.

    Praise is `hedged` where it is not of all, and `better` where it tells of a change; criticism is `light` where it is
    only of a few.
    """

    good: bool
    critical: bool
    light: bool = False
    hedged: bool = False
    better: bool = False

    @property
    def tone(self) -> Tone:
        """In one word; a light criticism is one."""
        if self.good:
            return "mixed" if self.critical else "good"
        return "critical" if self.critical else "neutral"


class Cues(msgspec.Struct, frozen=True):
    """`evaluation.toml` as patterns."""

    critical: re.Pattern[str]
    good: re.Pattern[str]
    few: re.Pattern[str]
    most: re.Pattern[str]
    better: re.Pattern[str]
    no_finding: tuple[re.Pattern[str], ...]
    turning: re.Pattern[str]
    conceding: re.Pattern[str]
    goes_on: re.Pattern[str]
    method: re.Pattern[str]


@lru_cache(maxsize=10_000)
def judge_tone(sentence: str) -> SentenceTone:
    """What a sentence says of its subject."""
    cues, lowered = _cues(), _straight(sentence)
    clauses = [_clause(clause, cues) for clause in _clauses(_findings(lowered, cues), cues)]
    good, critical = (any(getattr(clause, said) for clause in clauses) for said in ("good", "critical"))
    return SentenceTone(
        good=good,
        critical=critical,
        light=critical and cues.few.search(lowered) is not None,
        hedged=good and cues.most.search(lowered) is not None,
        better=any(clause.better for clause in clauses),
    )


def combine_tones(said: Sequence[SentenceTone]) -> SentenceTone:
    """What several sentences come to: light or hedged only where each criticism or praise is."""
    faults = [each for each in said if each.critical]
    praise = [each for each in said if each.good]
    return SentenceTone(
        good=bool(praise),
        critical=bool(faults),
        light=bool(faults) and all(each.light for each in faults),
        hedged=bool(praise) and all(each.hedged for each in praise),
        better=any(each.better for each in praise),
    )


def goes_on(sentence: str) -> bool:
    """Whether a sentence goes on about what the one before it spoke of."""
    return _cues().goes_on.match(_straight(sentence)) is not None


def is_method(sentence: str) -> bool:
    """Whether a sentence says what the inspectors did, and finds nothing."""
    return _cues().method.match(_straight(sentence)) is not None


def _findings(lowered: str, cues: Cues) -> str:
    """A sentence in which what finds nothing is blank: conditions, harmless phrases, troubles that are averted."""
    for pattern in cues.no_finding:
        lowered = pattern.sub(lambda found: " " * len(found[0]), lowered)
    return lowered


def _clauses(lowered: str, cues: Cues) -> list[str]:
    """A sentence cut before each word that turns it, and at the comma after what such a word brings in."""
    cuts = [0, *(turn.start() for turn in cues.turning.finditer(lowered)), len(lowered)]
    found = []
    for start, end in pairwise(cuts):
        clause = lowered[start:end]
        comma = clause.find(",") + 1 if cues.turning.match(clause) else 0
        found += [clause[:comma], clause[comma:]]
    return found


def _clause(clause: str, cues: Cues) -> SentenceTone:
    """What one clause says: a fault that is conceded counts for nothing, praise counts up to the first fault."""
    fault = None if cues.conceding.match(clause) else cues.critical.search(clause)
    before = clause[: fault.start()] if fault else clause
    good = cues.good.search(before) is not None
    return SentenceTone(good, fault is not None, better=good and cues.better.search(before) is not None)


def _straight(text: str) -> str:
    return text.replace("\u2019", "'").lower()


@cache
def _cues() -> Cues:
    path = Path(__file__).with_name("tone.toml")
    try:
        raw = msgspec.toml.decode(path.read_bytes(), type=dict[str, str])
        said = {key: _phrases(listed) for key, listed in raw.items()}
        patterns = {key: re.compile(said[key]) for key in ("good", "few", "most", "better", "turning", "conceding")}
        return Cues(
            critical=re.compile(f"{said['critical']}|{said['troubles']}"),
            no_finding=tuple(map(re.compile, _no_findings(said))),
            goes_on=re.compile(rf"\W*{said['goes_on']}"),
            method=re.compile(rf"\W*{said['method']}"),
            **patterns,
        )
    except (OSError, KeyError, msgspec.MsgspecError) as fault:
        raise ReinspectError(f"{path}: the words of evaluation cannot be read: {fault}") from fault


def _no_findings(said: dict[str, str]) -> tuple[str, ...]:
    """Patterns of what finds nothing: "drift is soon challenged", "to avoid drift or delay" are averted troubles."""
    averting, trouble = said["averting"], said["troubles"]
    troubles = rf"{trouble}(?:\s+(?:(?:and|or)\s+)?{trouble})*"
    return (
        said["harmless"],
        rf"{averting}{_WORDS.format(4)}{troubles}",
        rf"{troubles}{_WORDS.format(3)}(?:is|are|was|were|be|been|being){_WORDS.format(2)}{averting}",
        rf"{said['conditions']}[^,;]*",
    )


def _phrases(listed: str) -> str:
    """A pattern of any of the phrases, the longest first."""
    phrases = sorted(filter(None, (phrase.strip() for phrase in listed.split(","))), key=len, reverse=True)
    said = (re.escape(phrase).replace(r"\*", "[a-z-]*").replace(r"\ ", r"\s+") for phrase in phrases)
    return rf"(?<![\w-])(?:{'|'.join(said)})(?![\w])"
