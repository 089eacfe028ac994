"""The qualities that a text speaks of: timeliness, recording, sufficiency and so on (`qualities.toml`).

"The timeliness of visits"        timeliness, visits
"Visits are prompt"               timeliness, visits
"Visits are rarely written up"    recording, visits      the same topic, another quality
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from reinspect.comparing.followthrough.phrase_lists import any_phrase
from reinspect.errors import ReinspectError
from reinspect.shipped_toml import decode_toml


@lru_cache(maxsize=20_000)
def find_qualities(text: str) -> frozenset[str]:
    """Return the names of the qualities that a text speaks of."""
    lowered = text.lower().replace("\u2019", "'")
    return frozenset(name for name, words in _qualities().items() if words.search(lowered))


@cache
def _qualities() -> dict[str, re.Pattern[str]]:
    path = Path(__file__).with_name("qualities.toml")
    try:
        raw = decode_toml(path, dict[str, str])
    except (OSError, msgspec.MsgspecError) as error:
        raise ReinspectError(f"{path}: the list of qualities cannot be read: {error}") from error
    return {name: re.compile(any_phrase(listed)) for name, listed in raw.items()}
