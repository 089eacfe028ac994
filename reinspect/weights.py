"""Load the shipped files of weights, which a person can open and the scripts of `benchmarks/training` write.

Each file says its version. A file that is damaged, or of another version than this program reads, is refused with one
line that names it: weights that are only nearly right would silently give wrong answers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from reinspect.errors import ReinspectError

VERSION = 1
"""The version of the files that this program reads and writes."""


class Measure(msgspec.Struct, frozen=True):
    """The weight of one measured number, after its mean is subtracted and it is divided by its spread."""

    weight: float
    mean: float
    spread: Annotated[float, msgspec.Meta(gt=0)]


class Weights(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The base of all files of weights."""

    version: int


_Kind = TypeVar("_Kind", bound=Weights)


def load_weights(path: Path, kind: type[_Kind]) -> _Kind:
    """Load a file of weights.

    Raises:
        ReinspectError: the file cannot be read, is damaged, or is of another version.
    """
    try:
        data = path.read_bytes()
        found = msgspec.json.decode(data, type=_Versioned).version
        check_version(path, found)
        return msgspec.json.decode(data, type=kind)
    except (OSError, msgspec.MsgspecError) as error:
        raise damaged(path, error) from error


def check_version(path: Path, found: int) -> None:
    """Refuse a file of another version.

    Raises:
        ReinspectError: the version is not the one that this program reads.
    """
    if found != VERSION:
        raise ReinspectError(
            f"{path}: these weights are of version {found}, and this program reads version {VERSION}; "
            "install reinspect again"
        )


def damaged(path: Path, why: object) -> ReinspectError:
    """Return the error for a file of weights that cannot be used."""
    return ReinspectError(f"{path}: the weights cannot be read ({why}); install reinspect again")


class _Versioned(msgspec.Struct):
    version: int
