"""Topics of visits: the field's own names for what a visit looked at, and the words that show them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec

_FILE = Path(__file__).parent / "topics.toml"


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A topic by its name and the printed wordings (regular expressions, any case) that show it."""

    name: str
    shown_by: tuple[str, ...]


class _Topics(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    topics: tuple[Topic, ...]


@cache
def _topics() -> tuple[tuple[str, re.Pattern[str]], ...]:
    listed = msgspec.toml.decode(_FILE.read_bytes(), type=_Topics).topics
    return tuple((topic.name, re.compile("|".join(topic.shown_by), re.IGNORECASE)) for topic in listed)


def topics_in(text: str) -> tuple[str, ...]:
    """The topics that a visit's statement of scope names, in the order of the list."""
    return tuple(name for name, shown in _topics() if shown.search(text))
