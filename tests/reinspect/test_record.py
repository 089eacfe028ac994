"""The shipped record agrees with its CSV files, and with what is known of Camden."""

from __future__ import annotations

import runpy
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reinspect import record as record_module
from reinspect.errors import ReinspectError
from reinspect.frameworks import band_of, frameworks
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.model import Outcome
from reinspect.record import RecordedInspection, data_folder, encode_record, record

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="module")
def build() -> dict[str, Any]:
    return runpy.run_path(str(DATA / "build.py"))


def inspections_of(authority: str) -> list[RecordedInspection]:
    return [inspection for inspection in record().inspections if inspection.authority == authority]


def grades(inspection: RecordedInspection) -> dict[str, str | None]:
    return {judgement.strand: judgement.grade for judgement in inspection.facts.judgements}


def test_the_packaged_file_is_up_to_date_with_the_csvs(build: dict[str, Any]) -> None:
    assert (data_folder() / "record.json").read_bytes() == encode_record(build["record"]()), "run: python data/build.py"


def test_nothing_is_lost_between_the_csvs_and_the_record(build: dict[str, Any]) -> None:
    assert build["record"]() == record()
    social_care = [each for each in record().inspections if band_of(each.facts.framework) == SOCIAL_CARE]
    assert len(social_care) == 866
    assert len({inspection.id for inspection in record().inspections}) == len(record().inspections)
    assert sum(inspection.facts.report_url is not None for inspection in record().inspections) == 493
    assert sum(not authority.successors for authority in record().authorities) == 153


def test_camden_has_each_inspection_once() -> None:
    assert [inspection.id for inspection in inspections_of("camden")] == [
        "camden-2009-12-09-caa-rating",
        "camden-2012-04-slac",
        "camden-2017-09-11-sif",
        "camden-2018-05-15-focused-visit",
        "camden-2019-03-11-area-send",
        "camden-2022-04-25-ilacs",
        "camden-2023-10-31-focused-visit",
        "camden-2025-03-03-ilacs",
    ]


def test_the_grades_of_camden_are_those_of_its_reports() -> None:
    rating, slac, sif, visit, send, ilacs, _, latest = inspections_of("camden")
    assert grades(rating) == {"rating": "performs excellently"}
    assert grades(slac) == {"safeguarding": "good", "looked_after": "good"}
    assert grades(sif) == {
        "overall": "good", "help": "good", "care": "good", "adoption": "outstanding",
        "leavers": "good", "leaders": "outstanding", "lscb": "outstanding",
    }  # fmt: skip
    assert grades(visit) == {}
    assert not visit.facts.graded
    assert send.facts.outcome == Outcome(key="no statement required")
    assert grades(ilacs)["care_and_leavers"] == "outstanding"
    assert set(grades(latest).values()) == {"outstanding"}


def test_the_record_of_area_send_agrees_with_its_official_totals() -> None:
    abolished = {"dorset-county", "northamptonshire"}
    counts = Counter(
        (each.facts.framework, each.facts.outcome.key)
        for each in record().inspections
        if each.facts.outcome and each.authority not in abolished
    )
    assert counts == {
        ("area-send-2016", "statement required"): 82,
        ("area-send-2016", "no statement required"): 67,
        ("area-send-revisit", "progress on all"): 20,
        ("area-send-revisit", "progress on some"): 24,
        ("area-send-revisit", "progress on none"): 2,
    }


def test_every_outcome_of_the_record_is_one_of_its_framework() -> None:
    for inspection in record().inspections:
        outcome, framework = inspection.facts.outcome, frameworks()[inspection.facts.framework or ""]
        assert (outcome is None) == (not framework.outcomes), inspection.id
        assert outcome is None or framework.outcome(outcome.key), inspection.id


def test_a_strand_without_cases_has_a_reason_and_no_grade() -> None:
    scilly = next(inspection for inspection in inspections_of("isles-of-scilly") if inspection.facts.framework == "sif")
    unjudged = {judgement.strand for judgement in scilly.facts.judgements if judgement.not_judged}
    assert unjudged == {"care", "adoption", "leavers"}
    assert grades(scilly)["care"] is None


def test_an_inspection_in_two_visits_has_two_windows() -> None:
    devon = next(inspection for inspection in inspections_of("devon") if inspection.id.startswith("devon-2024"))
    assert [(window.start, window.end) for window in devon.facts.windows] == [
        (date(2024, 9, 30), date(2024, 10, 11)),
        (date(2025, 1, 13), date(2025, 1, 16)),
    ]


def test_every_grade_is_on_the_scale_of_its_framework() -> None:
    for inspection in record().inspections:
        framework = frameworks()[inspection.facts.framework or ""]
        for judgement in inspection.facts.judgements:
            assert framework.strand(judgement.strand), inspection.id
            assert judgement.not_judged or framework.grade(judgement.grade), inspection.id


def test_missing_annual_ratings_are_recorded_as_gaps() -> None:
    gaps = [(gap.framework, gap.partial_date) for gap in record().gaps if gap.authority == "camden"]
    assert ("caa-rating", "2010-12") in gaps
    assert ("caa-rating", "2011-11") in gaps


def test_the_date_of_the_record_is_that_of_its_latest_publication() -> None:
    published = (inspection.facts.published for inspection in record().inspections)
    assert record().as_of == max(filter(None, published))


def test_a_damaged_record_is_reported_with_its_name_and_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "record.json").write_text("{")
    monkeypatch.setattr(record_module, "data_folder", lambda: tmp_path)
    with pytest.raises(ReinspectError, match=r"record\.json.*install reinspect again"):
        record_module.recorded_authorities()
