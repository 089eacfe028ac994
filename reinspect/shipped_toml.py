"""Read the TOML files of the program: frameworks, word lists, themes.

People edit TOML, but Python takes 15 ms to parse the files that one search needs, and 0.3 ms for the same as JSON. So
`shipped_toml.json` has a JSON copy of each file, with the checksum of the TOML it was made from:

    {"frameworks/apc.toml": {"checksum": "9f86...", "content": {"key": "apc", ...}}, ...}

A copy is used only if the checksum is that of the TOML file. A file that was edited is parsed until the copies are made
again (a test fails until then):

    python -m reinspect.shipped_toml
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec

from reinspect.regular_files import read_regular_file

_HOME = Path(__file__).parent
_COPIES = _HOME / "shipped_toml.json"
_Decoded = TypeVar("_Decoded")


class _Copy(msgspec.Struct, frozen=True):
    """The content of a TOML file as JSON, and the sha256 of the TOML."""

    checksum: str
    content: msgspec.Raw


def decode_toml(path: Path, form: type[_Decoded]) -> _Decoded:
    """Return the content of a TOML file, shipped or a person's own, as a value of type `form`.

    Raises:
        OSError: the file cannot be read.
        msgspec.ValidationError: the content does not have that type.
        ValueError, RecursionError: the file is not TOML.
    """
    data = read_regular_file(path)
    copy = _copies().get(path.relative_to(_HOME).as_posix()) if path.is_relative_to(_HOME) else None
    if copy and copy.checksum == sha256(data).hexdigest():
        return msgspec.json.decode(copy.content, type=form)
    return msgspec.toml.decode(data, type=form)


@cache
def _copies() -> dict[str, _Copy]:
    """Return the copies by the path of their TOML file within this package; none if they cannot be read."""
    try:
        return msgspec.json.decode(_COPIES.read_bytes(), type=dict[str, _Copy])
    except (OSError, msgspec.DecodeError):
        return {}


def encode_copies() -> bytes:
    """Return the contents of `shipped_toml.json`: a copy of every TOML file of this package, one a line."""
    return b"{\n" + b",\n".join(map(_encode_copy, sorted(_HOME.rglob("*.toml")))) + b"\n}\n"


def _encode_copy(path: Path) -> bytes:
    data = path.read_bytes()
    content = msgspec.Raw(msgspec.json.encode(msgspec.toml.decode(data)))
    name = msgspec.json.encode(path.relative_to(_HOME).as_posix())
    return name + b": " + msgspec.json.encode(_Copy(sha256(data).hexdigest(), content))


if __name__ == "__main__":
    _COPIES.write_bytes(encode_copies())
