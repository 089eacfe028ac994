"""Evaluation: whether a sentence of a report says that something is good, that it is not, or both.

Inspectors write in set phrases (`evaluation.toml`), so cues tell most: "timely", "not always", "too many". A fault that
is averted ("without delay") is none, a good word that is denied ("not robust") is no praise, a fault that concerns a
small number is a light one, and praise that is not said of all is hedged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from reinspect.errors import ReinspectError

Tone = Literal["good", "critical", "mixed", "neutral"]

# A denial reaches this many characters on: "are not yet consistently effective".
_DENIAL_REACH = 45
_DENIAL = re.compile(
    r"\b(?:not|never|nor|no|cannot|without|rarely|seldom|less|lack of|lacks|insufficiently|unable|little)\b[^.;]*$"
)


class Evaluation(NamedTuple):
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
    averted: re.Pattern[str]
    goes_on: re.Pattern[str]
    method: re.Pattern[str]


def evaluate(sentence: str) -> Evaluation:
    """What a sentence says of its subject."""
    cues = _cues()
    lowered = _straight(sentence)
    plain = cues.averted.sub(lambda averted: " " * len(averted[0]), lowered)
    critical = cues.critical.search(plain) is not None
    good = any(not _denied(plain, praise.start()) for praise in cues.good.finditer(plain))
    light = critical and cues.few.search(lowered) is not None
    hedged = good and cues.most.search(lowered) is not None
    better = good and cues.better.search(plain) is not None
    return Evaluation(good, critical, light, hedged, better)


def together(said: Sequence[Evaluation]) -> Evaluation:
    """What several sentences come to: light or hedged only where each criticism or praise is."""
    faults = [each for each in said if each.critical]
    praise = [each for each in said if each.good]
    return Evaluation(
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


def _denied(text: str, place: int) -> bool:
    return _DENIAL.search(text[max(0, place - _DENIAL_REACH) : place]) is not None


def _straight(text: str) -> str:
    return text.replace("\u2019", "'").lower()


@cache
def _cues() -> Cues:
    path = Path(__file__).with_name("evaluation.toml")
    try:
        raw = msgspec.toml.decode(path.read_bytes(), type=dict[str, str])
        beginnings = {"goes_on", "method"}
        found = {key: _pattern(listed, r"\W*" if key in beginnings else "") for key, listed in raw.items()}
        return Cues(**found)
    except (OSError, TypeError, msgspec.MsgspecError) as fault:
        raise ReinspectError(f"{path}: the words of evaluation cannot be read: {fault}") from fault


def _pattern(listed: str, before: str) -> re.Pattern[str]:
    """Any of the phrases, the longest first."""
    phrases = sorted(filter(None, (phrase.strip() for phrase in listed.split(","))), key=len, reverse=True)
    said = (re.escape(phrase).replace(r"\*", "[a-z-]*").replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"{before}(?<![\w-])(?:{'|'.join(said)})(?![\w])")
