"""Read back what a command printed as JSON."""

from __future__ import annotations

import json
from typing import Any


def printed_objects(document: str) -> list[dict[str, Any]]:
    """Return the objects of one JSON document: those of an array, or the only one."""
    printed = json.loads(document)
    return printed if isinstance(printed, list) else [printed]
