"""Judge the tone of a sentence of a report: good, critical, mixed or neutral.

Inspectors write in set phrases, so the cues in `tone.toml` decide: "timely", "not always", "too many". A sentence is
judged clause by clause. Conditions ("when risks rise, ..."), averted faults ("drift is challenged"), conceded faults
("despite delays, ...") and a good word after a fault ("do not work effectively") do not count. For example:

    sentence     "Despite delays, audits are thorough, but when plans are weak, staff do not act effectively."
    blanked      "despite delays, audits are thorough, but                    , staff do not act effectively."
    clauses      despite delays, | audits are thorough, | but , | staff do not act effectively.
    judged       conceded        | good                 |       | critical ("not" comes before "effectively")
    tone         mixed
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from reinspect.comparing.followthrough.phrase_lists import any_phrase
from reinspect.errors import ReinspectError
from reinspect.shipped_toml import decode_toml

Tone = Literal["good", "critical", "mixed", "neutral"]

# A pattern of at most N words within one clause: no comma, and no "not", "never" or "yet".
_WORDS = r"(?:[^\w,;]+(?!not\b|never\b|yet\b)[\w'-]+){{0,{}}}?[^\w,;]+"


class SentenceTone(NamedTuple):
    """The tone of a sentence, which may praise (`good`), criticise (`critical`), or both.

    - `light`: the criticism concerns only a few ("a small number of").
    - `hedged`: the praise does not hold for all ("most").
    - `better`: the praise reports a change ("has improved").
    """

    good: bool
    critical: bool
    light: bool = False
    hedged: bool = False
    better: bool = False

    @property
    def tone(self) -> Tone:
        """The tone in one word: "good", "critical", "mixed" or "neutral"."""
        if self.good:
            return "mixed" if self.critical else "good"
        return "critical" if self.critical else "neutral"


class Cues(msgspec.Struct, frozen=True):
    """The word lists of `tone.toml`, compiled to regular expressions."""

    critical: re.Pattern[str]
    good: re.Pattern[str]
    few: re.Pattern[str]
    most: re.Pattern[str]
    better: re.Pattern[str]
    no_finding: tuple[re.Pattern[str], ...]
    turning: re.Pattern[str]
    conceding: re.Pattern[str]
    continuing: re.Pattern[str]
    method: re.Pattern[str]


@lru_cache(maxsize=10_000)
def judge_tone(sentence: str) -> SentenceTone:
    """Return the tone of a sentence: "Visits are timely." is good, "Plans are not always clear." is critical."""
    cues, lowered = _cues(), _normalise(sentence)
    clauses = [_judge_clause(clause, cues) for clause in _split_clauses(_blank_no_findings(lowered, cues), cues)]
    good, critical = any(clause.good for clause in clauses), any(clause.critical for clause in clauses)
    return SentenceTone(
        good=good,
        critical=critical,
        light=critical and cues.few.search(lowered) is not None,
        hedged=good and cues.most.search(lowered) is not None,
        better=any(clause.better for clause in clauses),
    )


def combine_tones(tones: Sequence[SentenceTone]) -> SentenceTone:
    """Combine the tones of several sentences into one."""
    critical = [tone for tone in tones if tone.critical]
    good = [tone for tone in tones if tone.good]
    return SentenceTone(
        good=bool(good),
        critical=bool(critical),
        # Light only if all criticism is, hedged only if all praise is.
        light=bool(critical) and all(tone.light for tone in critical),
        hedged=bool(good) and all(tone.hedged for tone in good),
        better=any(tone.better for tone in good),
    )


def is_continuation(sentence: str) -> bool:
    """Return True if a sentence begins like a continuation of the one before ("However, ...")."""
    return _cues().continuing.match(_normalise(sentence)) is not None


def is_method(sentence: str) -> bool:
    """Return True if a sentence says what the inspectors did ("Inspectors looked at ...")."""
    return _cues().method.match(_normalise(sentence)) is not None


def _blank_no_findings(lowered: str, cues: Cues) -> str:
    """Replace all phrases that are not findings by blanks of the same length."""
    for pattern in cues.no_finding:
        lowered = pattern.sub(lambda match: " " * len(match[0]), lowered)
    return lowered


def _split_clauses(lowered: str, cues: Cues) -> list[str]:
    """Split a sentence into clauses at words such as "but"."""
    # Before each turning word, and at the first comma after one.
    cuts = [0, *(turn.start() for turn in cues.turning.finditer(lowered)), len(lowered)]
    clauses = []
    for start, end in pairwise(cuts):
        clause = lowered[start:end]
        comma = clause.find(",") + 1 if cues.turning.match(clause) else 0
        clauses += [clause[:comma], clause[comma:]]
    return clauses


def _judge_clause(clause: str, cues: Cues) -> SentenceTone:
    """Return the tone of one clause of a sentence."""
    # A conceded fault does not count, and praise counts only up to the first fault.
    fault = None if cues.conceding.match(clause) else cues.critical.search(clause)
    before = clause[: fault.start()] if fault else clause
    good = cues.good.search(before) is not None
    return SentenceTone(good, fault is not None, better=good and cues.better.search(before) is not None)


def _normalise(text: str) -> str:
    """Return a text in lower case with straight apostrophes."""
    return text.replace("\u2019", "'").lower()


@cache
def _cues() -> Cues:
    path = Path(__file__).with_name("tone.toml")
    try:
        raw = decode_toml(path, dict[str, str])
        phrases = {key: any_phrase(listed) for key, listed in raw.items()}
        patterns = {key: re.compile(phrases[key]) for key in ("good", "few", "most", "better", "turning", "conceding")}
        return Cues(
            critical=re.compile(f"{phrases['critical']}|{phrases['troubles']}"),
            no_finding=tuple(map(re.compile, _no_findings(phrases))),
            continuing=re.compile(rf"\W*{phrases['goes_on']}"),
            method=re.compile(rf"\W*{phrases['method']}"),
            **patterns,
        )
    except (OSError, KeyError, msgspec.MsgspecError) as error:
        raise ReinspectError(f"{path}: the word lists of tone cannot be read: {error}") from error


def _no_findings(phrases: dict[str, str]) -> tuple[str, ...]:
    """Return regular expressions of phrases that are not findings, such as "avoid delay"."""
    # Averted troubles: "drift is soon challenged", "avoid delay".
    averting, trouble = phrases["averting"], phrases["troubles"]
    troubles = rf"{trouble}(?:\s+(?:(?:and|or)\s+)?{trouble})*"
    return (
        phrases["harmless"],
        rf"{averting}{_WORDS.format(4)}{troubles}",
        rf"{troubles}{_WORDS.format(3)}(?:is|are|was|were|be|been|being){_WORDS.format(2)}{averting}",
        rf"{phrases['conditions']}[^,;]*",
    )
