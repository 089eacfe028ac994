"""Write and read verdicts as labels, to share between stores and to learn from: a JSON array, or one line for each.

    {"schema":2,"inspection":"camden-2017-...","index":2,"later":"camden-2022-...","improvement":"...",
     "status":"reported better","word":"corrected","role":"improvement","origin_document":"ab12...","document":"cd3..."}

`word` is what a person said of the program's status: confirmed, corrected or rejected. The documents are the sha256 of
the two texts, null if none is stored; they are not needed to read a label. A label without `schema` is read as one of
this version.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Mapping
from typing import Literal, TypeVar

import msgspec

from reinspect.errors import ReinspectError
from reinspect.model import ItemRole, Review, Status, StepId, Verdict

_Decoded = TypeVar("_Decoded")


class VerdictLabel(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict as one JSON object: the step, the text of the improvement, the status, and the two texts."""

    schema: Literal[1, 2] = 2
    inspection: str
    index: int
    later: str
    improvement: str
    status: Status
    word: Review
    role: ItemRole = "improvement"
    origin_document: str | None = None
    document: str | None = None


def label_of(verdict: Verdict, texts: Mapping[str, str]) -> VerdictLabel:
    """Return a verdict as a label. `texts` has the sha256 of the main text of each inspection."""
    step = verdict.step
    return VerdictLabel(
        inspection=step.inspection,
        index=step.index,
        later=step.later,
        improvement=verdict.improvement,
        status=verdict.status,
        word=verdict.review,
        role=step.role,
        origin_document=texts.get(step.inspection),
        document=texts.get(step.later),
    )


def parse_labels(lines: Iterable[bytes]) -> list[Verdict]:
    """Read labels: one on each line that is not empty, or a JSON array of them.

    Raises:
        ReinspectError: a line or the array has something that is not a label; the message gives its place.
    """
    data = b"\n".join(line.rstrip(b"\r\n") for line in lines).removeprefix(codecs.BOM_UTF8)
    if data.lstrip().startswith(b"["):
        return [_verdict(label) for label in _decode(data, list[VerdictLabel], "the file")]
    numbered = enumerate(data.split(b"\n"), 1)
    return [_verdict(_decode(line, VerdictLabel, f"line {number}")) for number, line in numbered if line.strip()]


def _decode(data: bytes, form: type[_Decoded], where: str) -> _Decoded:
    try:
        return msgspec.json.decode(data, type=form)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ReinspectError(
            f"{where} is not a verdict ({error}); `reinspect follow --verdicts` prints what is read here"
        ) from error


def _verdict(label: VerdictLabel) -> Verdict:
    if label.word == "rejected" and label.status != "not mentioned":
        raise ReinspectError(
            f'the verdict on no. {label.index} of {label.inspection} is "rejected" with the status "{label.status}"; '
            '"rejected" goes with "not mentioned" alone'
        )
    return Verdict(
        step=StepId(label.inspection, label.index, label.later, label.role),
        improvement=label.improvement,
        review=label.word,
        status=label.status,
    )
