"""Find the topics of a visit, such as "front door" or "care leavers", in the opening of its letter.

    opening  "Inspectors looked at the front door, including referrals. Inspectors met with staff. ..."
    scope    "Inspectors looked at the front door, including referrals"     (the next sentence is about the method)
    topics   ("front door",)

The names of the topics and the wordings that show them are in `topics.toml`.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import dropwhile, takewhile
from pathlib import Path

import msgspec

from reinspect.shipped_toml import decode_toml

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
"""Wording of a sentence about how the inspectors worked, not about what they looked at."""
_OPENING_CHARACTERS = 10_000
"""Number of characters of the longest opening of a letter."""
_PANDEMIC = re.compile(r"COVID|coronavirus|pandemic", re.IGNORECASE)


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A topic of a visit: its name, and the regular expressions that recognise it in a text."""

    name: str
    shown_by: tuple[str, ...]


class _TopicList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The contents of `topics.toml`.

    A letter that matches `broad_shown_by` is about the whole service and gets the topics `broad`.
    """

    broad: tuple[str, ...]
    broad_shown_by: tuple[str, ...]
    topics: tuple[Topic, ...]


@cache
def _load_topics() -> _TopicList:
    return decode_toml(_FILE, _TopicList)


@cache
def _any_wording(wordings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(wordings), re.IGNORECASE)


def find_topics(opening: str) -> tuple[str, ...]:
    """Return the topics that the opening text of a visit letter mentions, in the order of `topics.toml`."""
    listed = _load_topics()
    opening = opening[:_OPENING_CHARACTERS]
    scope = find_scope(opening)
    # A visit during the pandemic whose letter names no part of the service looked at the whole of it.
    if _any_wording(listed.broad_shown_by).search(scope) or (not scope and _PANDEMIC.search(opening)):
        return listed.broad
    return tuple(topic.name for topic in listed.topics if _any_wording(topic.shown_by).search(scope or opening))


def find_scope(opening: str) -> str:
    """Return the sentences that say what the inspectors looked at, or an empty string."""
    sentences = dropwhile(
        lambda sentence: not _LOOKED.search(sentence) or _METHOD.search(sentence), _SENTENCE_END.split(opening)
    )
    return " ".join(takewhile(lambda sentence: not _METHOD.search(sentence), sentences))
