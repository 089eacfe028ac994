"""Keep inspections that were put together from their sources as bytes, and take them back only if nothing has changed.

The bytes begin with a key: of the catalogue that the sources are in, of the frameworks, and of the code that reads the
catalogue and puts the sources together. If one of these has changed, nothing is taken. So what is taken also shows
that this code has decoded the whole catalogue before, and that every row was valid.

    key, 16 bytes | length of the summary, 4 bytes | summary | inspections

The summary (`CatalogueSummary`) is what every command asks of the catalogue. The key covers it, so it can be taken from
the beginning of the bytes alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path

import msgspec

from reinspect import READER, frameworks, matching, model, reconciling
from reinspect.model import Inspection
from store import catalogue, storage
from store.catalogue import ShippedVersion
from store.storage import paused_garbage_collection

_KEY_BYTES, _LENGTH_BYTES = 16, 4
_BEFORE_SUMMARY = _KEY_BYTES + _LENGTH_BYTES
_CODE = tuple(Path(module.__file__ or "") for module in (frameworks, matching, model, reconciling, catalogue, storage))


class CatalogueSummary(msgspec.Struct, frozen=True):
    """What every command asks of the catalogue: its revision, and the version of the shipped data in it."""

    revision: int
    shipped: ShippedVersion | None


_summary_decoder = msgspec.msgpack.Decoder(CatalogueSummary)
_inspections_decoder = msgspec.msgpack.Decoder(list[Inspection])


def encode_inspections(inspections: Sequence[Inspection], head: bytes, summary: CatalogueSummary) -> bytes:
    """Return inspections as bytes. `head` is the beginning of the catalogue file that they come from."""
    summarised = msgspec.msgpack.encode(summary)
    length = len(summarised).to_bytes(_LENGTH_BYTES, "big")
    return _key_of(head, summarised) + length + summarised + msgspec.msgpack.encode(inspections)


def decode_summary(data: bytes | None, head: bytes) -> CatalogueSummary | None:
    """Return the summary at the beginning of kept bytes; None if it is not there whole, or anything has changed."""
    if data is None or (summarised := _summary_of(data, head)) is None:
        return None
    return _summary_decoder.decode(summarised)


def decode_inspections(data: bytes | memoryview | None, head: bytes) -> list[Inspection] | None:
    """Return the inspections that are kept in bytes, or None if there are none or anything has changed."""
    if data is None or (summarised := _summary_of(data, head)) is None:
        return None
    try:
        with paused_garbage_collection():
            return _inspections_decoder.decode(memoryview(data)[_BEFORE_SUMMARY + len(summarised) :])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _summary_of(data: bytes | memoryview, head: bytes) -> memoryview | None:
    """Return the encoded summary, if the key belongs to it, to the catalogue and to this program."""
    length = int.from_bytes(data[_KEY_BYTES:_BEFORE_SUMMARY], "big")
    summarised = memoryview(data)[_BEFORE_SUMMARY : _BEFORE_SUMMARY + length]
    return summarised if data[:_KEY_BYTES] == _key_of(head, summarised) else None


def _key_of(head: bytes, summarised: bytes | memoryview) -> bytes:
    made_of = blake2b(_program_key() + head, digest_size=_KEY_BYTES)
    made_of.update(summarised)
    return made_of.digest()


@cache
def _program_key() -> bytes:
    """Return a key of all that decides how sources are put together: the frameworks in use, and the code."""
    made_of = blake2b(READER.encode(), digest_size=_KEY_BYTES)
    made_of.update(msgspec.msgpack.encode(frameworks.frameworks()))
    for path in _CODE:
        made_of.update(path.read_bytes())
    return made_of.digest()
