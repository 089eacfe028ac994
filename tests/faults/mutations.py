"""Break the bytes of a file at random: flip, cut, repeat, graft, insert, renumber."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

_Mutation = Callable[[bytearray, Sequence[bytes], random.Random], None]
_TOKENS = (
    b"/Count 2147483647",
    b"/Length 99999999999",
    b"-1",
    b"1e308",
    b"[" * 5000,
    b"<<" * 5000,
    b"(" * 5000,
    b"/Kids [2 0 R 2 0 R]",
    b"/Parent 2 0 R",
    b"endobj",
    b"endstream",
    b"/Filter [/FlateDecode /FlateDecode /LZWDecode]",
    b"\x00" * 100,
    b"\xff" * 100,
    b"/MediaBox [0 0 1e30 1e30]",
    b"999999 0 R",
    b"%%EOF",
)


def mutate(files: Sequence[bytes], chance: random.Random) -> bytes:
    """Return one of the files with one to four mutations; `files` also serve as donors of grafts."""
    return mutate_file(chance.choice(files), files, chance)


def mutate_file(file: bytes, donors: Sequence[bytes], chance: random.Random) -> bytes:
    """Return the file with one to four mutations; a graft takes bytes of one of the `donors`."""
    data = bytearray(file)
    for _ in range(chance.randint(1, 4)):
        chance.choice(_MUTATIONS)(data, donors, chance)
    return bytes(data)


def _flip_bits(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    for _flip in range(chance.choice([1, 8, 100, 2000])):
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _cut_out(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    start, length = _stretch(data, chance)
    del data[start : start + length]


def _cut_off(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    del data[chance.randrange(len(data) + 1) :]


def _repeat(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    start, length = _stretch(data, chance)
    data[start:start] = data[start : start + length] * chance.choice([1, 2, 20])


def _graft(data: bytearray, files: Sequence[bytes], chance: random.Random) -> None:
    donor = bytearray(chance.choice(files))
    start, length = _stretch(donor, chance)
    at = chance.randrange(len(data) + 1)
    data[at : at + length] = donor[start : start + length]


def _insert_token(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = chance.choice(_TOKENS)


def _renumber(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    digits = [place for place, byte in enumerate(data) if 48 <= byte <= 57]
    for place in chance.sample(digits, min(len(digits), chance.choice([1, 5, 50]))):
        data[place] = chance.randrange(48, 58)


def _stretch(data: bytearray, chance: random.Random) -> tuple[int, int]:
    """Return the start and length of a random stretch of the data."""
    length = min(len(data), chance.choice([1, 16, 256, 4096]))
    return chance.randrange(len(data) - length + 1), length


_MUTATIONS: tuple[_Mutation, ...] = (_flip_bits, _cut_out, _cut_off, _repeat, _graft, _insert_token, _renumber)
