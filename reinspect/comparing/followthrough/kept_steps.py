"""Keep the steps of a later text as bytes, and take them back only if nothing they depend on has changed.

The bytes begin with a key: of the text, of its inspection, of the shipped files of weights and words, and of the code
that uses them. If one of these has changed, nothing is taken. No sentence of a report is kept: a passage is kept as its
place in the text, and an improvement as a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

import msgspec

from reinspect import READER, model
from reinspect.comparing.followthrough.shown_passages import Highlights, Mark, ShownPassage
from reinspect.comparing.followthrough.steps import LaterText, Step
from reinspect.model import Status, StepStatus
from reinspect.phrases.vectors import VECTORS_FILE

_KEY_BYTES = 16
_MODEL = Path(model.__file__)
"""The module that says on which page a place in a passage is printed."""


class StepsOnDisk(Protocol):
    """The interface of what keeps the steps of later texts between two runs of the program."""

    def kept_steps(self, inspection: str, /) -> bytes | None:
        """Return what `keep_steps` was given for an inspection (its id), or None."""

    def keep_steps(self, inspection: str, data: bytes, /) -> None:
        """Keep the steps of an inspection (its id), in place of earlier ones; if that fails, nothing happens."""


class _KeptPassage(msgspec.Struct, frozen=True, array_like=True):
    number: int
    start: int
    end: int
    page: int
    chance: float
    mark: Mark
    highlights: Highlights


class _KeptStep(msgspec.Struct, frozen=True, array_like=True):
    status: StepStatus
    likely: Status
    confidence: float
    passages: tuple[_KeptPassage, ...]
    listed: _KeptPassage | None


class _KeptText(msgspec.Struct, frozen=True, array_like=True):
    key: bytes
    steps: dict[str, _KeptStep]


_decoder = msgspec.msgpack.Decoder(_KeptText)


def question_key(improvement: str, abbreviations: Mapping[str, str]) -> str:
    """Return a key of what an improvement asks: of its words, and of the abbreviations that its report explains."""
    asked = msgspec.msgpack.encode((improvement, sorted(abbreviations.items())))
    return blake2b(asked, digest_size=_KEY_BYTES).hexdigest()


def encode_steps(later: LaterText, steps: Mapping[str, Step]) -> bytes:
    """Return the steps of a later text, by the keys of their questions, as bytes."""
    numbers = {passage: number for number, passage in enumerate(later.passages)}

    def keep(shown: ShownPassage) -> _KeptPassage:
        number = numbers[shown.passage]
        return _KeptPassage(number, shown.start, shown.end, shown.page, shown.chance, shown.mark, shown.highlights)

    kept = {
        question: _KeptStep(
            step.status,
            step.likely,
            step.confidence,
            tuple(map(keep, step.passages)),
            keep(step.listed) if step.listed else None,
        )
        for question, step in steps.items()
    }
    return msgspec.msgpack.encode(_KeptText(_key_of(later), kept))


def decode_steps(data: bytes, later: LaterText) -> dict[str, Step]:
    """Return the steps that are kept in bytes, by the keys of their questions; none if anything has changed."""

    def take(kept: _KeptPassage) -> ShownPassage:
        return ShownPassage(
            passage=later.passages[kept.number],
            start=kept.start,
            end=kept.end,
            page=kept.page,
            chance=kept.chance,
            mark=kept.mark,
            highlights=kept.highlights,
        )

    try:
        text = _decoder.decode(data)
        if text.key != _key_of(later):
            return {}
        return {
            question: Step(
                inspection=later.inspection,
                status=step.status,
                likely=step.likely,
                confidence=step.confidence,
                passages=tuple(map(take, step.passages)),
                listed=take(step.listed) if step.listed else None,
            )
            for question, step in text.steps.items()
        }
    except (msgspec.MsgspecError, IndexError):
        return {}


def _key_of(later: LaterText) -> bytes:
    text = msgspec.msgpack.encode((later.inspection, later.passages))
    return blake2b(_program_key() + text, digest_size=_KEY_BYTES).digest()


@cache
def _program_key() -> bytes:
    """Return a key of the files that decide on a step: the weights, the word lists and the code."""
    made_of = blake2b(READER.encode(), digest_size=_KEY_BYTES)
    own = sorted(path for path in Path(__file__).parent.iterdir() if path.is_file())
    for path in (*own, _MODEL, VECTORS_FILE, *sorted(VECTORS_FILE.parent.glob("words.*"))):
        made_of.update(path.name.encode() + b"\0" + path.read_bytes())
    return made_of.digest()
