"""Write and read verdicts as labels: one line of JSON for each, to share between stores and to learn from.

    {"schema":1,"inspection":"camden-2017-...","index":2,"later":"camden-2022-...","improvement":"...",
     "status":"reported better","word":"corrected","origin_document":"ab12...","document":"cd34..."}

`word` is what a person said of the program's status: confirmed, corrected or rejected. The documents are the sha256 of
the two texts, null if none is stored; they are not needed to read a label.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from reinspect.errors import ReinspectError
from reinspect.model import Review, Status, StepId, Verdict


class VerdictLabel(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict as one line: the step, the text of the improvement, the status, and the two texts."""

    inspection: str
    index: int
    later: str
    improvement: str
    status: Status
    word: Review
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
        origin_document=texts.get(step.inspection),
        document=texts.get(step.later),
    )


def parse_labels(lines: Iterable[bytes]) -> list[Verdict]:
    """Read labels, one on each line that is not empty.

    Raises:
        ReinspectError: a line is not a label; the message gives its number.
    """
    verdicts = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            label = msgspec.json.decode(line, type=VerdictLabel)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise ReinspectError(
                f"line {number} is not a verdict ({error}); `reinspect follow --verdicts` prints what is read here"
            ) from error
        verdicts.append(
            Verdict(
                step=StepId(label.inspection, label.index, label.later),
                improvement=label.improvement,
                review=label.word,
                status=label.status,
            )
        )
    return verdicts
