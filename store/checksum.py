"""A seal: bytes that carry their own digest in front, so that any flipped bit, cut or mix-up is seen on reading.

Sealed bytes begin `{"digest":"<sha256 of all that follows the comma>",`. Followed by the rest of a JSON object they
are one valid JSON object; followed by the rest of an object and a line end they are a header above any body.
"""

from __future__ import annotations

from hashlib import sha256

_BEFORE, _AFTER = b'{"digest":"', b'",'
HEAD_LENGTH = len(_BEFORE) + 64 + len(_AFTER)
"""How many bytes from the start tell two sealed contents apart."""


class ChecksumError(ValueError):
    """The bytes are not what was sealed; the message says how."""


def add_checksum(rest: bytes) -> bytes:
    """The bytes of `rest` with their digest in front."""
    return _BEFORE + sha256(rest).hexdigest().encode() + _AFTER + rest


def verify_checksum(data: bytes) -> bytes:
    """What was sealed.

    Raises:
        BrokenSealError: the digest is missing or does not match.
    """
    if not data:
        raise ChecksumError("it is empty")
    head, rest = data[:HEAD_LENGTH], data[HEAD_LENGTH:]
    if not (head.startswith(_BEFORE) and head.endswith(_AFTER) and len(head) == HEAD_LENGTH):
        raise ChecksumError("it does not begin as this program writes it")
    if sha256(rest).hexdigest().encode() != head[len(_BEFORE) : -len(_AFTER)]:
        raise ChecksumError("its digest does not match its contents")
    return rest
