"""The real reports and labels that some benchmarks compare with: they are not shipped."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path

SHARED, CORPUS = "../shared", "../shared/corpus"


def folder(named: str) -> Path:
    """A folder of such material, as a type of argparse's. Raises ArgumentTypeError: it is not there."""
    path = Path(named)
    if not path.is_dir():
        raise ArgumentTypeError(
            f"there is no folder {named}; this benchmark reads real reports, which are not shipped: name their folder"
        )
    return path
