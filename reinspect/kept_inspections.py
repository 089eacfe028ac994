"""Keep inspections that were put together from their sources as bytes, and take them back only if nothing has changed.

The bytes begin with a key: of the catalogue that the sources are in, of the frameworks, and of the code that puts the
sources together. If one of these has changed, nothing is taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec

from reinspect import READER, frameworks, matching, model, reconciling
from reinspect.model import Inspection

_KEY_BYTES = 16
_CODE = tuple(Path(module.__file__ or "") for module in (frameworks, matching, model, reconciling))
_decoder = msgspec.msgpack.Decoder(list[Inspection])


def encode_inspections(inspections: Iterable[Inspection], catalogue: bytes) -> bytes:
    """Return inspections as bytes. `catalogue` is any key of the catalogue that they were put together from."""
    return _key_of(catalogue) + msgspec.msgpack.encode(list(inspections))


def decode_inspections(data: bytes | memoryview | None, catalogue: bytes) -> list[Inspection] | None:
    """Return the inspections that are kept in bytes, or None if there are none or anything has changed."""
    if data is None or data[:_KEY_BYTES] != _key_of(catalogue):
        return None
    try:
        return _decoder.decode(memoryview(data)[_KEY_BYTES:])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _key_of(catalogue: bytes) -> bytes:
    return blake2b(_program_key() + catalogue, digest_size=_KEY_BYTES).digest()


@cache
def _program_key() -> bytes:
    """Return a key of all that decides how sources are put together: the frameworks in use, and the code."""
    made_of = blake2b(READER.encode(), digest_size=_KEY_BYTES)
    made_of.update(msgspec.msgpack.encode(frameworks.frameworks()))
    for path in _CODE:
        made_of.update(path.read_bytes())
    return made_of.digest()
