"""The folder of real reports and labels that some benchmarks need. These files are not shipped."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

SHARED, CORPUS = "../shared", "../shared/corpus"
MISSPELT_QUERIES = Path(__file__).with_name("misspelt_queries.jsonl")
"""40 search queries with spelling errors: {"query": "drfit and delay", "intended": "drift and delay"}.

The odd ones were used to tune the search, the even ones were not.
"""


def folder(name: str) -> Path:
    """Return the folder of that name; made for the `type` of an argparse argument.

    Raises:
        ArgumentTypeError: there is no such folder.
    """
    path = Path(name)
    if not path.is_dir():
        raise ArgumentTypeError(
            f"no folder {name}; this benchmark needs real reports, which are not shipped: give the folder that has them"
        )
    return path


def json_lines(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a file with one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
