"""Settling: one inspection of many accounts, by standing, with every disagreement kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from reinspect.model import Correction, Document, Inspection, Judgement, Origin, SourceFacts
from reinspect.reconciling import CorrectionError, checked_correction, merge_corrections, reconcile
from tests.making.readings import ILACS_2022, ILACS_GRADES, document, facts, sha_of

RECORD = Origin(kind="record")


def settled(
    record: SourceFacts | None, *held: tuple[Document, SourceFacts], corrections: Sequence[Correction] = ()
) -> Inspection:
    return reconcile("camden-2022-04-25-ilacs", "camden", "ilacs-2018", record, documents=held, corrections=corrections)


def grades_of(inspection: Inspection) -> dict[str, str | None]:
    return {judgement.strand: judgement.grade for judgement in inspection.judgements}


def conflicts_of(inspection: Inspection) -> dict[str, list[str]]:
    return {conflict.field: [claim.value for claim in conflict.claims] for conflict in inspection.conflicts}


def test_the_record_alone_gives_its_facts_and_is_named_as_their_origin() -> None:
    inspection = settled(ILACS_2022)
    assert inspection.published == date(2022, 6, 21)
    assert grades_of(inspection) == ILACS_GRADES
    assert inspection.graded
    assert inspection.primary_text is None
    assert inspection.conflicts == ()
    assert {origin.kind for origin in inspection.origins.values()} == {"record"}


def test_a_report_that_agrees_becomes_the_origin_without_a_conflict() -> None:
    told = facts("ilacs-2018", "2022-04-25", "2022-04-29", grades=ILACS_GRADES, improvements=("Records kept.",))
    inspection = settled(ILACS_2022, (document("report"), told))
    assert inspection.conflicts == ()
    assert inspection.origins["judgement.help"] == Origin(kind="document", source=sha_of("report"))
    assert inspection.origins["published"] == RECORD
    assert [improvement.text for improvement in inspection.improvements] == ["Records kept."]


def test_a_report_outranks_the_record_and_both_values_are_kept() -> None:
    told = facts("ilacs-2018", "2022-04-26", "2022-04-29", published="2022-06-20", grades={"help": "good"})
    inspection = settled(ILACS_2022, (document("report"), told))
    assert inspection.start == date(2022, 4, 26)
    assert conflicts_of(inspection) == {
        "windows": ["2022-04-26 to 2022-04-29", "2022-04-25 to 2022-04-29"],
        "published": ["2022-06-20", "2022-06-21"],
        "judgement.help": ["good", "requires improvement"],
    }
    assert grades_of(inspection)["leaders"] == "good"


def test_the_record_outranks_a_digest() -> None:
    told = facts("ilacs-2018", published="2022-06-22", grades={"help": "good"})
    inspection = settled(ILACS_2022, (document("digest", "digest"), told))
    assert inspection.published == date(2022, 6, 21)
    assert conflicts_of(inspection)["judgement.help"] == ["requires improvement", "good"]
    assert inspection.primary_text == sha_of("digest")


def test_coverage_has_no_say_and_is_not_a_reading_text() -> None:
    told = facts(None, published="2022-06-23", grades={"overall": "outstanding"}, improvements=("All of it.",))
    inspection = settled(ILACS_2022, (document("article", "coverage"), told))
    assert inspection == settled(ILACS_2022, (document("article", "coverage"), SourceFacts()))
    assert [held.kind for held in inspection.documents] == ["coverage"]
    assert inspection.primary_text is None


def test_the_fullest_report_is_the_reading_text_and_its_copy_is_not_counted_twice() -> None:
    told = facts("ilacs-2018", "2022-04-25", "2022-04-29", improvements=("Records kept.", "Reviews held."))
    full, copy = document("full", words=5000), document("copy", words=4990)
    digest = document("digest", "digest", words=9000)
    inspection = settled(None, (copy, told), (digest, told), (full, told))
    assert inspection.primary_text == full.sha256
    assert len(inspection.improvements) == 2
    assert [held.title for held in inspection.documents] == ["full", "copy", "digest"]


def test_two_visits_do_not_contradict_the_span_over_both() -> None:
    both = facts("ilacs-2018", "2022-04-25", "2022-04-26", "2022-06-01", "2022-06-02")
    span = facts("ilacs-2018", "2022-04-25", "2022-06-02")
    inspection = settled(span, (document("report"), both))
    assert len(inspection.windows) == 2
    assert inspection.conflicts == ()


def test_a_framework_in_conflict_brings_no_strand_of_the_other_framework() -> None:
    told = facts(
        "ilacs-2023", "2022-04-25", "2022-04-29", grades={"leaders": "good", "care": "good", "leavers": "good"}
    )
    inspection = settled(ILACS_2022, (document("report"), told))
    assert inspection.framework == "ilacs-2023"
    assert "care_and_leavers" not in grades_of(inspection)
    assert conflicts_of(inspection)["framework"] == ["ilacs-2023", "ilacs-2018"]


def test_not_judged_is_a_claim_and_silence_is_none() -> None:
    told = SourceFacts(framework="sif", judgements=(Judgement(strand="adoption", grade=None, not_judged="no cases"),))
    silent = SourceFacts(framework="sif", judgements=(Judgement(strand="adoption", grade=None),))
    record = facts("sif", grades={"adoption": "good"})
    assert conflicts_of(settled(record, (document("report"), told))) == {"judgement.adoption": ["not judged", "good"]}
    assert conflicts_of(settled(record, (document("report"), silent))) == {}


def test_an_unknown_framework_keeps_its_strands_and_its_grades() -> None:
    told = facts("lighthouses-2030", "2030-01-07", "2030-01-09", grades={"lamp": "bright"})
    inspection = reconcile("camden-x", "camden", "lighthouses-2030", None, documents=[(document("report"), told)])
    assert grades_of(inspection) == {"lamp": "bright"}
    assert inspection.graded


def test_strands_come_in_the_frameworks_order() -> None:
    told = facts("ilacs-2018", grades=dict(reversed(ILACS_GRADES.items())))
    assert list(grades_of(settled(told))) == ["leaders", "help", "care_and_leavers", "overall"]


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("published", "2022-06-30", lambda found: found.published == date(2022, 6, 30)),
        ("inspection_start", "2022-04-20", lambda found: found.start == date(2022, 4, 20)),
        ("inspection_end", "2022-05-02", lambda found: found.end == date(2022, 5, 2)),
        ("windows", "2022-01-03 to 2022-01-04, 2022-02-03/2022-02-04", lambda found: len(found.windows) == 2),
        ("lead_inspector", "A. Person", lambda found: found.lead_inspector == "A. Person"),
        ("topics", "front door; early help", lambda found: found.topics == ("front door", "early help")),
        ("framework", "ilacs-2023", lambda found: found.framework == "ilacs-2023"),
        ("judgement.help", "Requires improvement to be good", lambda found: True),
        ("judgement.help", "OUTSTANDING", lambda found: found.judgement("help").grade == "outstanding"),
        ("judgement.help", "Not judged", lambda found: found.judgement("help").grade is None),
    ],
)
def test_a_persons_word_outranks_all_and_is_marked_as_theirs(field: str, value: str, shown) -> None:  # type: ignore[no-untyped-def]
    told = facts("ilacs-2018", "2022-04-25", "2022-04-29", grades=ILACS_GRADES)
    word = checked_correction(Correction(field=field, value=value), settled(ILACS_2022))
    inspection = settled(ILACS_2022, (document("report"), told), corrections=[word])
    assert shown(inspection)
    origin = "windows" if field.startswith("inspection_") else field
    assert inspection.origins[origin].kind == "hand"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("published", "21 June", "is not a date"),
        ("windows", "soon", "is not a date"),
        ("framework", "ofsted", "is not a framework"),
        ("judgement.adoption", "good", "no strand"),
        ("judgement.help", "adequate", "not a grade of"),
        ("colour", "red", "cannot be corrected"),
    ],
)
def test_a_correction_that_is_not_understood_says_what_would_be(field: str, value: str, said: str) -> None:
    with pytest.raises(CorrectionError, match=said) as caught:
        checked_correction(Correction(field=field, value=value), settled(ILACS_2022))
    assert caught.value.exit_code == 2


def test_a_later_word_replaces_the_earlier_and_an_empty_one_withdraws_it() -> None:
    first, second = Correction(field="published", value="2022-01-01"), Correction(field="published", value="2022-02-02")
    end = Correction(field="inspection_end", value="2022-05-02")
    assert merge_corrections((first, end), second) == (end, second)
    assert merge_corrections((first, end), Correction(field="published", value="")) == (end,)
    spans = Correction(field="windows", value="2022-04-25/2022-04-29")
    assert merge_corrections((first, end), spans) == (first, spans)
