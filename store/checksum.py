"""Put a checksum in front of data, so that damage is noticed when the data is read again.

`add_checksum(rest)` returns `{"digest":"<sha256 of rest>",` followed by `rest`. If `rest` is the remainder of a JSON
object, the result is one valid JSON object. If `rest` is the remainder of an object, a line end and a body, the result
is a header line above that body.

    add_checksum(b'"a":1}')                           -> b'{"digest":"7359...","a":1}'
    verify_checksum(b'{"digest":"7359...","a":1}')    -> b'"a":1}'
    verify_checksum(b'{"digest":"7359...","a":2}')    -> raises ChecksumError
"""

from __future__ import annotations

from hashlib import sha256

_BEFORE, _AFTER = b'{"digest":"', b'",'
HEAD_LENGTH = len(_BEFORE) + 64 + len(_AFTER)
"""Number of bytes up to and including the checksum. They differ between any two contents."""


class ChecksumError(ValueError):
    """The checksum of some data is missing or does not match; the message says which."""


def add_checksum(rest: bytes) -> bytes:
    """Return data with a checksum in front: `"a":1}` -> `{"digest":"7359...","a":1}`."""
    return _BEFORE + sha256(rest).hexdigest().encode() + _AFTER + rest


def verify_checksum(data: bytes) -> bytes:
    """Verify the checksum in front of data, and return the data without it.

    Raises:
        ChecksumError: the checksum is missing or does not match.
    """
    require_checksum(data)
    return data[HEAD_LENGTH:]


def require_checksum(data: bytes) -> None:
    """Verify the checksum in front of data, without a copy of the data.

    Raises:
        ChecksumError: the checksum is missing or does not match.
    """
    if not data:
        raise ChecksumError("the file is empty")
    head, rest = data[:HEAD_LENGTH], memoryview(data)[HEAD_LENGTH:]
    if not (head.startswith(_BEFORE) and head.endswith(_AFTER) and len(head) == HEAD_LENGTH):
        raise ChecksumError("the file does not begin with a checksum")
    if sha256(rest).hexdigest().encode() != head[len(_BEFORE) : -len(_AFTER)]:
        raise ChecksumError("the checksum does not match the contents")
