"""Find what an improvement is about: one of some sixty themes, and a second one if it names a second matter.

    "The timeliness of strategy discussions, and who attends them."
    strategy-discussions     "strategy discussions" decides; "the timeliness of" is passed over     3.0
    leadership-improvement   "strategy" is only a hint                                              0.8
    theme: strategy-discussions, no second theme

Each phrase found counts for its theme. A phrase counts less the more words stand before it, and much less in a clause
of purpose ("so that ...") or in a list of examples ("including ..."). The theme is the one with the highest score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from reinspect.errors import ReinspectError
from reinspect.shipped_toml import decode_toml

_FILE = Path(__file__).with_name("themes.toml")
# Points of a phrase that decides, of one that names the matter, and of a hint.
_DECIDES, _NAMES, _HINTS = 3.0, 2.0, 0.8
# A phrase loses this share of its points for each word before it, up to a limit.
_LOSS_A_WORD, _MOST_LOST = 0.03, 0.6
# The share that a phrase keeps in a purpose clause, and in a list of examples.
_PURPOSE, _EXAMPLE = 0.3, 0.5
# Further phrases of the same theme add this share of their points.
_MORE = 0.15
# A theme needs this many points; a second theme this share of the first theme's points.
_LEAST, _SECOND = 0.35, 0.45
_PURPOSE_BEGINS = re.compile(
    r"\b(?:so that|so as to|in order|to ensure|to make sure|to enable|to inform|to support|to improve|to help|to meet|"
    r"to reduce|to prevent|to drive|to secure|to achieve|to address|to identify|to allow|to progress|to protect|"
    r"which|this (?:leads|includes|led)|ensuring|enabling|leading to|resulting in)\b"
)
_EXAMPLES_BEGIN = re.compile(
    r"\b(?:including|such as|for example|in particular|particularly|especially|specifically)\b"
)
_LEADING_WORDS = re.compile(
    r"^(?:the local authority (?:should|must|needs to) |(?:should |must )?(?:ensure|make sure|improve|strengthen|"
    r"review|continue to|take (?:steps|action) to|work to|work with partner(?:s| agencies) to|ensuring|the|that|all|"
    r"and|of|quality|timeliness|effectiveness|consistency|pace|frequency|range|use|how often|number)\b ?)+"
)


class Theme(msgspec.Struct, frozen=True):
    """A theme of improvements: a key, a name in the field's own terms, and the phrases that speak of it.

    `named` decide, `phrases` name the matter, and `hints` count only if little else is said. Nothing counts within the
    longer phrases of `unless`, which mean another matter. A theme of `last_resort` gives way to any other that is named
    or hinted at.
    """

    key: str
    name: str
    named: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    last_resort: bool = False


class ThemeChoice(msgspec.Struct, frozen=True):
    """The theme of an improvement and its second theme, as keys; None if there is none.

    `scores` has the points of every theme found, the highest first. `by_person` is True if a person chose the theme;
    `second` is then the one that the program found.
    """

    theme: str | None
    second: str | None = None
    scores: dict[str, float] = {}
    by_person: bool = False


class _Themes(msgspec.Struct, frozen=True):
    theme: tuple[Theme, ...]


@cache
def themes() -> dict[str, Theme]:
    """Return all themes by key, in the order of the file.

    Raises:
        ReinspectError: the file of themes is missing or damaged.
    """
    try:
        listed = decode_toml(_FILE, _Themes).theme
    except (OSError, msgspec.MsgspecError) as error:
        raise ReinspectError(f"{_FILE}: the themes cannot be read ({error}); install reinspect again") from error
    return {theme.key: theme for theme in listed}


@lru_cache(maxsize=16_384)
def classify(text: str) -> ThemeChoice:
    """Return the theme of an improvement, and its second theme if it names a second matter."""
    words = _normal(text)
    starts = frozenset(word[:length] for word in words.split() for length in range(1, len(word) + 1))
    scores = {key: score for key in themes() if (score := _score(key, words, starts))}
    ranked = sorted(scores, key=lambda key: (themes()[key].last_resort or scores[key] < _HINTS, -scores[key]))
    ranked_scores = {key: round(scores[key], 2) for key in ranked}
    if not ranked or scores[ranked[0]] < _LEAST:
        return ThemeChoice(None, scores=ranked_scores)
    second = ranked[1] if len(ranked) > 1 and scores[ranked[1]] >= _SECOND * scores[ranked[0]] else None
    return ThemeChoice(ranked[0], second, ranked_scores)


def _score(key: str, text: str, starts: frozenset[str]) -> float:
    """Return the points of a theme for a text in normal form; `starts` are the beginnings of its words."""
    points = sorted((weight * _weight_at(text, start) for start, weight in _places(key, text, starts)), reverse=True)
    return points[0] + _MORE * sum(points[1:3]) if points else 0.0


def _places(key: str, text: str, starts: frozenset[str]) -> Iterator[tuple[int, float]]:
    """Yield where a theme's phrases begin in a text, with their points."""
    others = _other_matters(key)
    barred = [match.span() for match in others.finditer(text)] if others else []
    for phrases in _patterns(key):
        # Searching for many phrases is slow, and most themes have none whose first word is in the text.
        if not phrases.first_words.isdisjoint(starts):
            for match in phrases.pattern.finditer(text):
                if not any(start <= match.start() and match.end() <= end for start, end in barred):
                    yield match.start(), phrases.points


def _weight_at(text: str, start: int) -> float:
    """Return the share of its points that a phrase keeps where it begins."""
    first = leading.end() if (leading := _LEADING_WORDS.match(text)) else 0
    before = text[min(first, start) : start]
    share = 1 - min(_MOST_LOST, _LOSS_A_WORD * len(before.split()))
    if _PURPOSE_BEGINS.search(before):
        share *= _PURPOSE
    elif _EXAMPLES_BEGIN.search(before):
        share *= _EXAMPLE
    return share


class _Phrases(NamedTuple):
    """The phrases of a theme that have the same points, as one pattern, and the beginnings of their first words."""

    first_words: frozenset[str]
    pattern: re.Pattern[str]
    points: float


@lru_cache(maxsize=128)
def _patterns(key: str) -> tuple[_Phrases, ...]:
    """Return a theme's phrases as patterns with their points: one pattern for each weight."""
    theme: Any = themes()[key]
    groups = ((theme.named, _DECIDES), (theme.phrases, _NAMES), (theme.hints, _HINTS))
    return tuple(
        _Phrases(
            frozenset(form.partition("*")[0] for phrase in phrases for form in phrase.split()[0].split("|")),
            _any_of(phrases),
            points,
        )
        for phrases, points in groups
        if phrases
    )


@lru_cache(maxsize=128)
def _other_matters(key: str) -> re.Pattern[str] | None:
    """Return the longer phrases in which a theme's phrases do not count, or None if it has none."""
    unless = themes()[key].unless
    return _any_of(unless) if unless else None


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(_as_pattern, phrases))})\b")


def _as_pattern(phrase: str) -> str:
    """Return a phrase of the file as a regular expression: "strateg* ... meeting|discussion"."""
    parts = []
    for word in phrase.split():
        if word == "...":
            parts.append(r"(?:\w+ ){0,4}?")
        else:
            forms = "|".join(form.replace("*", r"\w*") for form in word.split("|"))
            parts.append(f"(?:{forms}) ")
    return "".join(parts).rstrip()


def _normal(text: str) -> str:
    """Return a text in lower case with one space between words and no other signs: "children's" -> "childrens"."""
    plain = re.sub(r"[\u2019'`]", "", text.lower())
    return " ".join(re.findall(r"[a-z0-9]+", plain))
