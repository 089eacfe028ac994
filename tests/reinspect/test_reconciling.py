"""Reconciling: one inspection from many sources, with every conflict kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from reinspect.model import Correction, Document, Inspection, Judgement, Origin, SourceFacts, Window
from reinspect.reconciling import CorrectionError, checked_correction, merge_corrections, reconcile
from tests.making.readings import ILACS_2022, ILACS_GRADES, document, facts, sha_of

RECORD = Origin(kind="record")


def reconciled(
    record: SourceFacts | None, *documents: tuple[Document, SourceFacts], corrections: Sequence[Correction] = ()
) -> Inspection:
    return reconcile(
        "camden-2022-04-25-ilacs", "camden", "ilacs-2018", record, documents=documents, corrections=corrections
    )


def grades_of(inspection: Inspection) -> dict[str, str | None]:
    return {judgement.strand: judgement.grade for judgement in inspection.judgements}


def conflicts_of(inspection: Inspection) -> dict[str, list[str]]:
    return {conflict.field: [claim.value for claim in conflict.claims] for conflict in inspection.conflicts}


def test_the_record_alone_is_the_origin_of_all_facts() -> None:
    inspection = reconciled(ILACS_2022)
    assert inspection.published == date(2022, 6, 21)
    assert grades_of(inspection) == ILACS_GRADES
    assert inspection.graded
    assert inspection.primary_text is None
    assert inspection.conflicts == ()
    assert {origin.kind for origin in inspection.origins.values()} == {"record"}


def test_a_report_that_agrees_with_the_record_becomes_the_origin_without_a_conflict() -> None:
    source = facts("ilacs-2018", "2022-04-25", "2022-04-29", grades=ILACS_GRADES, improvements=("Records kept.",))
    inspection = reconciled(ILACS_2022, (document("report"), source))
    assert inspection.conflicts == ()
    assert inspection.origins["judgement.help"] == Origin(kind="document", source=sha_of("report"))
    assert inspection.origins["published"] == RECORD
    assert [improvement.text for improvement in inspection.improvements] == ["Records kept."]


def test_a_report_outranks_the_record_and_both_values_are_kept() -> None:
    source = facts("ilacs-2018", "2022-04-26", "2022-04-29", published="2022-06-20", grades={"help": "good"})
    inspection = reconciled(ILACS_2022, (document("report"), source))
    assert inspection.start == date(2022, 4, 26)
    assert conflicts_of(inspection) == {
        "windows": ["2022-04-26 to 2022-04-29", "2022-04-25 to 2022-04-29"],
        "published": ["2022-06-20", "2022-06-21"],
        "judgement.help": ["good", "requires improvement"],
    }
    assert grades_of(inspection)["leaders"] == "good"


def test_the_record_outranks_a_digest() -> None:
    source = facts("ilacs-2018", published="2022-06-22", grades={"help": "good"})
    inspection = reconciled(ILACS_2022, (document("digest", "digest"), source))
    assert inspection.published == date(2022, 6, 21)
    assert conflicts_of(inspection)["judgement.help"] == ["requires improvement", "good"]
    assert inspection.primary_text == sha_of("digest")


def test_coverage_gives_no_facts_and_is_not_a_primary_text() -> None:
    source = facts(None, published="2022-06-23", grades={"overall": "outstanding"}, improvements=("All of it.",))
    inspection = reconciled(ILACS_2022, (document("article", "coverage"), source))
    assert inspection == reconciled(ILACS_2022, (document("article", "coverage"), SourceFacts()))
    assert [documents.kind for documents in inspection.documents] == ["coverage"]
    assert inspection.primary_text is None


def test_the_longest_report_is_the_primary_text_and_its_copy_is_not_counted_twice() -> None:
    source = facts("ilacs-2018", "2022-04-25", "2022-04-29", improvements=("Records kept.", "Reviews held."))
    full, copy = document("full", words=5000), document("copy", words=4990)
    digest = document("digest", "digest", words=9000)
    inspection = reconciled(None, (copy, source), (digest, source), (full, source))
    assert inspection.primary_text == full.sha256
    assert len(inspection.improvements) == 2
    assert [documents.title for documents in inspection.documents] == ["full", "copy", "digest"]


def test_two_visits_do_not_contradict_the_span_over_both() -> None:
    both = facts("ilacs-2018", "2022-04-25", "2022-04-26", "2022-06-01", "2022-06-02")
    span = facts("ilacs-2018", "2022-04-25", "2022-06-02")
    inspection = reconciled(span, (document("report"), both))
    assert len(inspection.windows) == 2
    assert inspection.conflicts == ()


def test_strands_of_a_framework_that_lost_a_conflict_are_left_out() -> None:
    source = facts(
        "ilacs-2023", "2022-04-25", "2022-04-29", grades={"leaders": "good", "care": "good", "leavers": "good"}
    )
    inspection = reconciled(ILACS_2022, (document("report"), source))
    assert inspection.framework == "ilacs-2023"
    assert "care_and_leavers" not in grades_of(inspection)
    assert conflicts_of(inspection)["framework"] == ["ilacs-2023", "ilacs-2018"]


def test_not_judged_is_a_claim_and_a_missing_grade_is_not() -> None:
    source = SourceFacts(framework="sif", judgements=(Judgement(strand="adoption", grade=None, not_judged="no cases"),))
    without_grade = SourceFacts(framework="sif", judgements=(Judgement(strand="adoption", grade=None),))
    record = facts("sif", grades={"adoption": "good"})
    assert conflicts_of(reconciled(record, (document("report"), source))) == {
        "judgement.adoption": ["not judged", "good"]
    }
    assert conflicts_of(reconciled(record, (document("report"), without_grade))) == {}


def test_an_unknown_framework_keeps_its_strands_and_its_grades() -> None:
    source = facts("lighthouses-2030", "2030-01-07", "2030-01-09", grades={"lamp": "bright"})
    inspection = reconcile("camden-x", "camden", "lighthouses-2030", None, documents=[(document("report"), source)])
    assert grades_of(inspection) == {"lamp": "bright"}
    assert inspection.graded


def test_strands_are_in_the_order_of_the_framework() -> None:
    source = facts("ilacs-2018", grades=dict(reversed(ILACS_GRADES.items())))
    assert list(grades_of(reconciled(source))) == ["leaders", "help", "care_and_leavers", "overall"]


def test_an_area_that_several_sources_judge_has_one_judgement() -> None:
    source = facts("ilacs-2018", "2022-04-25", "2022-04-29", grades=ILACS_GRADES)
    inspection = reconciled(ILACS_2022, (document("report"), source))
    assert [judgement.strand for judgement in inspection.judgements] == list(ILACS_GRADES)


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
def test_a_correction_outranks_every_source_and_is_marked_as_made_by_hand(field: str, value: str, shown) -> None:  # type: ignore[no-untyped-def]
    source = facts("ilacs-2018", "2022-04-25", "2022-04-29", grades=ILACS_GRADES)
    correction = checked_correction(Correction(field=field, value=value), reconciled(ILACS_2022))
    inspection = reconciled(ILACS_2022, (document("report"), source), corrections=[correction])
    assert shown(inspection)
    origin = "windows" if field.startswith("inspection_") else field
    assert inspection.origins[origin].kind == "hand"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("published", "21 June", "is not a date"),
        ("windows", "soon", "is not a date"),
        ("framework", "ofsted", "is not a framework"),
        ("judgement.adoption", "good", "no strand"),
        ("judgement.help", "adequate", "not a grade of"),
        ("colour", "red", "cannot be corrected"),
        ("windows", "2022-04-29/2022-04-25", "the visit ends on 2022-04-25, before it begins on 2022-04-29"),
        ("windows", "2022-04-25/2022-04-26/2022-04-29", "has more than a first and a last day"),
        ("inspection_end", "2020-01-01", "the visit ends on 2020-01-01, before it begins"),
        ("inspection_start", "2024-01-01", "before it begins on 2024-01-01"),
        ("topics", " ; ", "no topic is given; to withdraw a correction leave the value empty"),
    ],
)
def test_a_correction_that_is_not_understood_is_refused_with_a_hint(field: str, value: str, message: str) -> None:
    with pytest.raises(CorrectionError, match=message) as caught:
        checked_correction(Correction(field=field, value=value), reconciled(ILACS_2022))
    assert caught.value.exit_code == 2


def test_a_later_correction_replaces_an_earlier_one_and_an_empty_one_withdraws_it() -> None:
    first, second = Correction(field="published", value="2022-01-01"), Correction(field="published", value="2022-02-02")
    end = Correction(field="inspection_end", value="2022-05-02")
    assert merge_corrections((first, end), second) == (end, second)
    assert merge_corrections((first, end), Correction(field="published", value="")) == (end,)
    spans = Correction(field="windows", value="2022-04-25/2022-04-29")
    assert merge_corrections((first, end), spans) == (first, spans)


VISITS = (Window(date(2022, 1, 3), date(2022, 1, 4)), Window(date(2022, 2, 7), date(2022, 2, 8)))


@pytest.mark.parametrize(
    ("field", "value", "windows"),
    [
        (
            "windows",
            "2022-05-02 to 2022-05-06, 2022-06-13/2022-06-14",
            (Window(date(2022, 5, 2), date(2022, 5, 6)), Window(date(2022, 6, 13), date(2022, 6, 14))),
        ),
        ("windows", " 2022-05-02 ", (Window(date(2022, 5, 2), date(2022, 5, 2)),)),
        ("windows", "2022-05-02, 2022-04-25", tuple(Window(day, day) for day in (date(2022, 4, 25), date(2022, 5, 2)))),
        ("inspection_start", "2022-01-02", (Window(date(2022, 1, 2), date(2022, 1, 4)), VISITS[1])),
        ("inspection_end", "2022-02-10", (VISITS[0], Window(date(2022, 2, 7), date(2022, 2, 10)))),
    ],
)
def test_a_corrected_day_changes_that_day_of_that_visit_alone(
    field: str, value: str, windows: tuple[Window, ...]
) -> None:
    record = SourceFacts(framework="ilacs-2018", windows=VISITS)
    correction = checked_correction(Correction(field=field, value=value), reconciled(record))
    assert reconciled(record, corrections=[correction]).windows == windows


@pytest.mark.parametrize("field", ["inspection_start", "inspection_end"])
def test_a_corrected_day_of_an_inspection_without_days_is_its_only_day(field: str) -> None:
    record = SourceFacts(framework="ilacs-2018", published=date(2022, 6, 1))
    correction = checked_correction(Correction(field=field, value="2022-04-25"), reconciled(record))
    found = reconciled(record, corrections=[correction])
    assert found.windows == (Window(date(2022, 4, 25), date(2022, 4, 25)),)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("windows", "2022-04-29/2022-04-26/2022-04-25"),
        ("inspection_end", "2020-01-01"),
        ("inspection_start", "2024-01-01"),
    ],
)
def test_a_stored_correction_with_days_in_the_wrong_order_gives_visits_that_end_after_they_begin(
    field: str, value: str
) -> None:
    found = reconciled(ILACS_2022, corrections=[Correction(field=field, value=value)])
    assert [window for window in found.windows if window.end < window.start] == []


def test_a_day_that_is_not_a_date_is_named_with_its_field() -> None:
    for value in ("soon/2022-04-29", "2022-04-25/soon"):
        with pytest.raises(CorrectionError, match=r'windows: "soon" is not a date; write it as 2022-04-25'):
            checked_correction(Correction(field="windows", value=value), reconciled(ILACS_2022))


def test_a_grade_that_is_not_judged_by_hand_says_so() -> None:
    correction = checked_correction(Correction(field="judgement.help", value="NOT  judged"), reconciled(ILACS_2022))
    judgement = reconciled(ILACS_2022, corrections=[correction]).judgement("help")
    assert judgement is not None
    assert (judgement.grade, judgement.not_judged) == (None, "by hand")


def test_under_an_unknown_framework_a_grade_is_kept_in_lower_case() -> None:
    source = facts("lighthouses-2030", "2030-01-07", "2030-01-09", grades={"lamp": "bright"})
    inspection = reconcile("camden-x", "camden", "lighthouses-2030", None, documents=[(document("report"), source)])
    assert checked_correction(Correction(field="judgement.lamp", value="DIM"), inspection).value == "dim"


def test_an_unknown_strand_or_grade_is_refused_with_those_that_exist() -> None:
    with pytest.raises(CorrectionError, match=r'has no strand "adoption"; its strands are .*leaders, help, care'):
        checked_correction(Correction(field="judgement.adoption", value="good"), reconciled(ILACS_2022))
    with pytest.raises(CorrectionError, match=r'its grades are outstanding, good, .*inadequate, or "not judged"'):
        checked_correction(Correction(field="judgement.help", value="fair"), reconciled(ILACS_2022))


def test_a_letter_outranks_the_record_like_a_report() -> None:
    source = facts("focused-visit", "2022-04-25", "2022-04-26")
    record = SourceFacts(framework="focused-visit", windows=(Window(date(2022, 4, 20), date(2022, 4, 21)),))
    found = reconcile("camden-x", "camden", "focused-visit", record, documents=[(document("letter"), source)])
    assert found.start == date(2022, 4, 25)
    assert found.origins["windows"].kind == "document"


def test_a_persons_own_table_outranks_the_record_and_is_the_origin() -> None:
    table = SourceFacts(framework="ilacs-2018", published=date(2022, 7, 1))
    found = reconcile("camden-2022-04-25-ilacs", "camden", "ilacs-2018", ILACS_2022, catalogued=table)
    assert found.published == date(2022, 7, 1)
    assert conflicts_of(found)["published"] == ["2022-07-01", "2022-06-21"]
    assert found.origins["published"].kind != "record"


OTHER_KIND = facts(
    "jtai-2022",
    "2022-01-10",
    "2022-01-14",
    published="2022-02-20",
    grades={"help": "inadequate"},
    improvements=("Buy ink.",),
)


@pytest.mark.parametrize("record", [ILACS_2022, None])
@pytest.mark.parametrize("has_report", [True, False])
def test_a_longer_letter_on_another_kind_of_inspection_displaces_nothing(
    record: SourceFacts | None, has_report: bool
) -> None:
    source = facts("ilacs-2018", "2022-04-25", "2022-04-29", published="2022-06-21", grades=ILACS_GRADES)
    own = [(document("report", words=4000), source)] if has_report else []
    letter = document("joint letter", "letter", words=9000)
    alone, both = reconciled(record, *own), reconciled(record, *own, (letter, OTHER_KIND))

    for field in ("framework", "windows", "published", "judgements", "improvements", "graded"):
        assert getattr(both, field) == getattr(alone, field)
    assert both.primary_text == (alone.primary_text or letter.sha256)
    assert letter in both.documents
    assert bool(conflicts_of(both)) is (record is not None or has_report)


def test_a_corrected_framework_says_which_letters_are_of_another_kind() -> None:
    letter = document("joint letter", "letter")
    hand = [Correction(field="framework", value="jtai-2022")]
    assert reconciled(None, (letter, OTHER_KIND), corrections=hand).windows == OTHER_KIND.windows
