"""Topics of visits: the field's own names for what a visit looked at, and the words that show them."""

from __future__ import annotations

import re
from functools import cache
from itertools import dropwhile, takewhile
from pathlib import Path

import msgspec

_FILE = Path(__file__).parent / "topics.toml"
_SENTENCE_END = re.compile(r"[.?!][’'”\"]*\s+(?=[A-Z])|\s+(?=Inspectors\s+(?:looked|considered|evaluated|reviewed)\b)")
_LOOKED = re.compile(
    r"\b(?:inspectors|we|they|visit)\b.{0,40}?\b(?:look(?:ed|ing)|considered|evaluated|reviewed|examined|explored"
    r"|focus(?:ed|es)?|covered|concentrated)\b|\bfocus\s+of\s+(?:this|the)\s+visit\b",
    re.IGNORECASE,
)
_METHOD = re.compile(
    r"\b(?:evidence|discussions?\s+with|spoke|(?:met|meetings?|calls?)\s+with|case\s+(?:records|files)|in\s+line\s+with\s+the"
    r"|remote|remotely|virtual(?:ly)?|on\s+site|video|agreed\s+arrangements|methodology|delivery\s+model)\b"
    r"|Majesty[’']s\s+Chief\s+Inspector",
    re.IGNORECASE,
)
"""What a sentence speaks of that says how, and not at what, the inspectors looked."""
_LONGEST = 10_000
"""Characters of the longest opening of a letter."""
_PANDEMIC = re.compile(r"COVID|coronavirus|pandemic", re.IGNORECASE)


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A topic by its name and the printed wordings (regular expressions, any case) that show it."""

    name: str
    shown_by: tuple[str, ...]


class _Topics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    broad: tuple[str, ...]
    broad_shown_by: tuple[str, ...]
    topics: tuple[Topic, ...]


@cache
def _listed() -> _Topics:
    return msgspec.toml.decode(_FILE.read_bytes(), type=_Topics)


@cache
def _shown(wordings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(wordings), re.IGNORECASE)


def topics_in(opening: str) -> tuple[str, ...]:
    """The topics of a visit by the opening of its letter, in the order of the list.

    A visit under the pandemic that says of no part of the service that it was looked at, looked at all of it
    (focused_visit_letters.md, "By period").
    """
    listed = _listed()
    opening = opening[:_LONGEST]
    scope = scope_of(opening)
    if _shown(listed.broad_shown_by).search(scope) or (not scope and _PANDEMIC.search(opening)):
        return listed.broad
    return tuple(topic.name for topic in listed.topics if _shown(topic.shown_by).search(scope or opening))


def scope_of(opening: str) -> str:
    """The sentences that say what was looked at, from the first to where the letter turns to how; or an empty text."""
    sentences = dropwhile(lambda one: not _LOOKED.search(one) or _METHOD.search(one), _SENTENCE_END.split(opening))
    return " ".join(takewhile(lambda one: not _METHOD.search(one), sentences))
