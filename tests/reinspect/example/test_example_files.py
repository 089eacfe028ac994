"""The reports and letters of the invented council are read right: every grade, every date, every list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reinspect.authorities import EXAMPLESHIRE, authorities
from reinspect.example import example_files
from reinspect.example.layout import lay_out
from reinspect.model import SourceFacts
from reinspect.reading import read_file

RI = "requires improvement"
FILES = example_files()
PRINTED = {
    "2015-sif": (
        "report",
        "sif",
        (date(2015, 9, 7), date(2015, 10, 1), date(2015, 11, 27)),
        {"help": RI, "care": "good", "adoption": "good", "leavers": RI, "leaders": RI, "overall": RI, "lscb": RI},
        [
            "Make sure that managers",
            "Offer every child",
            "Hold strategy",
            "Cut the number",
            "Give every",
            "Write pathway",
        ],
    ),
    "2018-focused-visit": (
        "letter",
        "focused-visit",
        (date(2018, 6, 19), date(2018, 6, 20), date(2018, 7, 12)),
        {},
        ["How managers record", "The presence of health"],
    ),
    "2019-ilacs": (
        "report",
        "ilacs-2018",
        (date(2019, 3, 11), date(2019, 3, 22), date(2019, 4, 29)),
        {"leaders": "good", "help": RI, "care_and_leavers": "good", "overall": "good"},
        ["The quality of written", "The oversight by managers", "The offer of return"],
    ),
    "2021-focused-visit": (
        "letter",
        "focused-visit",
        (date(2021, 9, 21), date(2021, 9, 22), date(2021, 10, 19)),
        {},
        ["The sharing of health", "The number of changes"],
    ),
    "2024-ilacs": (
        "report",
        "ilacs-2023",
        (date(2024, 5, 13), date(2024, 5, 17), date(2024, 6, 25)),
        {"leaders": "good", "help": "good", "care": RI, "leavers": "good", "overall": "good"},
        ["The number of changes", "The timeliness of decisions", "The oversight by managers"],
    ),
    "2025-area-send": (
        "report",
        "area-send-2023",
        (date(2025, 2, 3), date(2025, 2, 7), None),
        {},
        ["Leaders across", "The partnership should shorten", "The partnership should prepare"],
    ),
}
"""For each file: its kind, framework, first and last day and publication, grades, and the first words of its list."""


@pytest.mark.parametrize("name", PRINTED)
def test_every_fact_of_a_file_is_read(name: str, tmp_path: Path) -> None:
    kind, framework, days, grades, listed = PRINTED[name]
    file = tmp_path / f"exampleshire-{name}.pdf"
    file.write_bytes(FILES[file.name])
    reading = read_file(file)
    facts = reading.facts
    assert reading.document.warnings == ()
    assert facts.authority is not None
    assert (facts.authority.slug, reading.document.kind, facts.framework) == ("exampleshire", kind, framework)
    assert [(window.start, window.end) for window in facts.windows] == [days[:2]]
    assert facts.published == days[2]
    assert {judgement.strand: judgement.grade for judgement in facts.judgements} == grades
    assert len(facts.improvements) == len(listed)
    assert all(item.text.startswith(words) for item, words in zip(facts.improvements, listed, strict=True))


def test_the_recommendation_to_the_board_is_apart_from_those_to_the_council(tmp_path: Path) -> None:
    assert [item.number for item in facts_of("2015-sif", tmp_path).lscb_improvements] == [18]


def test_an_area_send_report_has_its_outcome_and_its_previous_inspection(tmp_path: Path) -> None:
    facts = facts_of("2025-area-send", tmp_path)
    assert facts.outcome is not None
    assert facts.outcome.key == "inconsistent"
    assert facts.previous
    assert facts.next_step


def test_every_page_says_that_the_report_is_invented(tmp_path: Path) -> None:
    file = tmp_path / "visit.pdf"
    file.write_bytes(FILES["exampleshire-2018-focused-visit.pdf"])
    assert all("does not exist" in page for page in read_file(file).pages)


@pytest.mark.parametrize("name", FILES)
def test_the_foot_of_a_page_is_not_part_of_the_text(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(FILES[name])
    passages = read_file(file).passages
    assert passages
    assert not [passage.text for passage in passages if "invented report" in passage.text]


def test_the_same_version_writes_the_same_bytes() -> None:
    assert example_files() == FILES


def test_the_invented_council_is_found_and_never_counted() -> None:
    known = authorities()
    assert known.find("Exampleshire County Council") == EXAMPLESHIRE
    assert known.by_slug("exampleshire") == EXAMPLESHIRE
    assert EXAMPLESHIRE not in known.all()
    assert EXAMPLESHIRE in known.suggest("examples")
    assert EXAMPLESHIRE not in known.suggest("Hampshre", limit=20)


def test_a_part_that_no_page_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="larger than a page"):
        lay_out("word " * 5000)


def facts_of(name: str, folder: Path) -> SourceFacts:
    file = folder / "report.pdf"
    file.write_bytes(FILES[f"exampleshire-{name}.pdf"])
    return read_file(file).facts
