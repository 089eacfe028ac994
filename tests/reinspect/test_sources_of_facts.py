"""Reconciling: the source that each value names, and the fields that a person may correct."""

from __future__ import annotations

import pytest

from reinspect.model import Correction, Origin
from reinspect.reconciling import CORRECTABLE, NOT_JUDGED, CorrectionError, checked_correction, reconcile
from tests.making.readings import ILACS_2022, document, facts, sha_of

ILACS = "camden-2022-04-25-ilacs"
VALUES = {
    "framework": "ilacs-2023",
    "windows": "2022-04-25 to 2022-04-29",
    "inspection_start": "2022-04-25",
    "inspection_end": "2022-04-29",
    "published": "2022-06-21",
    "topics": "the front door",
    "lead_inspector": "Ada Lovelace",
    "judgement.<strand>": "good",
}


def test_a_value_of_a_table_names_the_table_as_its_source() -> None:
    inspection = reconcile(ILACS, "camden", "ilacs-2018", None, catalogued=facts("ilacs-2018", published="2022-06-21"))
    assert inspection.origins["published"] == Origin(kind="hand", source="table of inspections")


def test_a_value_that_a_person_corrected_names_the_person() -> None:
    corrections = [Correction(field="published", value="2022-06-20")]
    inspection = reconcile(ILACS, "camden", "ilacs-2018", ILACS_2022, corrections=corrections)
    assert inspection.origins["published"] == Origin(kind="hand")


def test_a_corrected_grade_is_judged_and_one_that_was_not_judged_says_who_said_so() -> None:
    corrections = [
        Correction(field="judgement.help", value="good"),
        Correction(field="judgement.leaders", value=NOT_JUDGED),
    ]
    inspection = reconcile(ILACS, "camden", "ilacs-2018", ILACS_2022, corrections=corrections)
    judged, not_judged = inspection.judgement("help"), inspection.judgement("leaders")
    assert judged is not None
    assert (judged.grade, judged.not_judged) == ("good", None)
    assert not_judged is not None
    assert (not_judged.grade, not_judged.not_judged) == (None, "by hand")


@pytest.mark.parametrize("field", CORRECTABLE)
def test_every_field_that_is_named_as_correctable_can_be_corrected(field: str) -> None:
    inspection = reconcile(ILACS, "camden", "ilacs-2018", ILACS_2022)
    corrected = field.replace("<strand>", "help")
    assert checked_correction(Correction(field=corrected, value=VALUES[field]), inspection).value == VALUES[field]


def test_a_field_that_cannot_be_corrected_is_refused_with_those_that_can() -> None:
    inspection = reconcile(ILACS, "camden", "ilacs-2018", ILACS_2022)
    with pytest.raises(CorrectionError) as refused:
        checked_correction(Correction(field="improvements", value="Fewer."), inspection)
    assert all(field in str(refused.value) for field in VALUES)


def test_texts_are_ranked_reports_and_letters_first_then_digest_coverage_and_others() -> None:
    kinds = ("other", "coverage", "digest", "letter")
    documents = [(document(kind, kind), facts("ilacs-2018")) for kind in kinds]
    inspection = reconcile(ILACS, "camden", "ilacs-2018", None, documents=documents)
    assert [one.kind for one in inspection.documents] == ["letter", "digest", "coverage", "other"]
    assert inspection.primary_text == sha_of("letter")
