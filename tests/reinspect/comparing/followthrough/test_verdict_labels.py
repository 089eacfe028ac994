"""Verdicts as labels: what is written is read back, and a line that is not a label is named."""

from __future__ import annotations

import msgspec
import pytest

from reinspect.comparing.followthrough.verdict_labels import label_of, parse_labels
from reinspect.errors import ReinspectError
from reinspect.model import StepId, Verdict

VERDICT = Verdict(
    step=StepId("camden-2017", 2, "camden-2022"), improvement="Advocacy.", review="corrected", status="mentioned"
)


def test_a_verdict_that_is_written_as_a_label_is_read_back() -> None:
    line = msgspec.json.encode(label_of(VERDICT, {"camden-2022": "ab" * 32}))
    assert parse_labels([b"", line, b"  \n"]) == [VERDICT]


def test_a_label_names_the_texts_that_are_stored() -> None:
    label = label_of(VERDICT, {"camden-2022": "ab" * 32})
    assert (label.origin_document, label.document) == (None, "ab" * 32)


@pytest.mark.parametrize("line", [b"{", b"[]", b"\xff\xfe", b'{"inspection":"a"}', b"[" * 5000, b'{"status":"better"}'])
def test_a_line_that_is_not_a_label_is_refused_with_its_number(line: bytes) -> None:
    good = msgspec.json.encode(label_of(VERDICT, {}))
    with pytest.raises(ReinspectError, match="line 2 is not a verdict"):
        parse_labels([good, line])


def test_a_status_that_only_the_program_gives_is_refused() -> None:
    line = msgspec.json.encode(label_of(VERDICT, {})).replace(b'"mentioned"', b'"undecided"')
    with pytest.raises(ReinspectError, match="undecided"):
        parse_labels([line])
