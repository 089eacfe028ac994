"""A table of inspections is read, and its faults are reported by line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reinspect.exporting.formats.csv import render_csv
from reinspect.exporting.tables.inspections import inspections_table
from reinspect.inspection_csv import InspectionCsvError, read_inspections_csv
from reinspect.model import Outcome, Window
from tests.making.inspections import inspection

HEAD = "authority,framework,inspection_start,inspection_end,published,help,leaders,not_judged,topics,report_url"
ADDRESS = "https://files.ofsted.gov.uk/v1/file/1"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "new.csv"


def test_a_row_becomes_an_inspection(table: Path) -> None:
    table.write_text(
        f"{HEAD}\n"
        f"London Borough of Camden,ilacs-2026,2026-09-14,2026-09-18,2026-11-02,Good,outstanding,care,,{ADDRESS}\n",
        encoding="utf-8-sig",
    )
    [recorded] = read_inspections_csv(table)
    assert recorded.id == "camden-2026-09-14-ilacs"
    assert recorded.facts.windows == (Window(date(2026, 9, 14), date(2026, 9, 18)),)
    assert recorded.facts.published == date(2026, 11, 2)
    assert {judgement.strand: judgement.grade for judgement in recorded.facts.judgements} == {
        "leaders": "outstanding",
        "help": "good",
        "care": None,
    }
    assert recorded.facts.report_url == ADDRESS


def test_columns_without_values_may_be_missing(table: Path) -> None:
    table.write_text("authority,framework,dated\ncamden,slac,2012-04\n", "utf-8")
    [recorded] = read_inspections_csv(table)
    assert (recorded.id, recorded.facts.partial_date, recorded.facts.report_url) == (
        "camden-2012-04-slac",
        "2012-04",
        None,
    )


def test_several_visits_are_read_from_one_cell(table: Path) -> None:
    table.write_text("authority,framework,windows\ncamden,ilacs-2023,2024-01-08/2024-01-12 2024-03-04\n", "utf-8")
    [recorded] = read_inspections_csv(table)
    assert recorded.facts.windows[1] == Window(date(2024, 3, 4), date(2024, 3, 4))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("Atlantis,ilacs-2023,2024-01-08,,,,,,,", '"Atlantis" is not a known authority'),
        ("camden,ilacs-1066,2024-01-08,,,,,,,", '"ilacs-1066" is not a known framework'),
        ("camden,ilacs-2023,8 January 2024,,,,,,,", 'inspection_start: "8 January 2024" is not a date'),
        ("camden,ilacs-2023,2024-01-08,2024-01-05,,,,,,", "the visit ends on 2024-01-05, before it begins"),
        ("camden,ilacs-2023,,2024-01-05,,,,,,", "inspection_end without inspection_start"),
        ("camden,ilacs-2023,2024-01-08,,,splendid,,,,", '"splendid" is not a known grade of'),
        ("camden,ilacs-2023,,,,,,,,", "no date; fill in inspection_start, dated or published"),
        ("camden,focused-visit,2024-01-08,,,Good,,,,", 'has no strand "help"; its strands are none'),
        ("camden,ilacs-2023,2024-01-08,,,,,kitchen,,", 'has no strand "kitchen"'),
        (
            "camden,ilacs-2023,2024-01-08,,,Good,,,front door, early help,https://a.uk",
            "it has more cells than the header",
        ),
        ("camden,ilacs-2023,2024-01-08,,,,,,,javascript:x", "does not begin with https://"),
    ],
)
def test_a_cell_that_is_not_understood_is_reported_with_its_line(row: str, fault: str, table: Path) -> None:
    table.write_text(f"{HEAD}\ncamden,ilacs-2023,2024-03-04,,,,,,,\n{row}\n", "utf-8")
    with pytest.raises(InspectionCsvError) as raised:
        read_inspections_csv(table)
    assert f"{table}: nothing was added. line 3: " in str(raised.value)
    assert fault in str(raised.value)


@pytest.mark.parametrize(
    ("columns", "fault"),
    [
        ("published,leader", '"leader" is not a known column; the known ones are authority, framework'),
        ("published,help,Help", 'the column "help" is there twice'),
    ],
)
def test_a_column_that_would_be_lost_is_refused(columns: str, fault: str, table: Path) -> None:
    table.write_text(f"authority,framework,{columns}\ncamden,ilacs-2023,2024-03-04,Good,Good\n", "utf-8")
    with pytest.raises(InspectionCsvError) as raised:
        read_inspections_csv(table)
    assert fault in str(raised.value)


def test_the_case_of_a_column_and_empty_columns_after_the_last_do_not_matter(table: Path) -> None:
    table.write_text("Authority,FRAMEWORK,published, Help,,\ncamden,ilacs-2023,2024-03-04,Good,,,\n", "utf-8")
    [recorded] = read_inspections_csv(table)
    assert [judgement.grade for judgement in recorded.facts.judgements] == ["good"]


@pytest.mark.parametrize("dated", ["2012-04-16 or so", "2012-13", "12", "2012-4"])
def test_a_partial_date_is_checked_to_its_end(dated: str, table: Path) -> None:
    table.write_text(f"authority,framework,dated\ncamden,slac,{dated}\n", "utf-8")
    with pytest.raises(InspectionCsvError, match=f'line 2: the date "{dated}" is not valid'):
        read_inspections_csv(table)


def test_visits_are_put_in_the_order_of_their_days(table: Path) -> None:
    table.write_text("authority,framework,windows\ncamden,ilacs-2023,2024-03-04 2024-01-08/2024-01-12\n", "utf-8")
    [recorded] = read_inspections_csv(table)
    assert recorded.id == "camden-2024-01-08-ilacs"
    assert recorded.facts.windows[-1] == Window(date(2024, 3, 4), date(2024, 3, 4))


def test_topics_are_made_safe_to_show(table: Path) -> None:
    table.write_text("authority,framework,published,topics\ncamden,focused-visit,2024-03-04,a\x1b[2J\n", "utf-8")
    [recorded] = read_inspections_csv(table)
    assert recorded.facts.topics == ("a\ufffd[2J",)


def test_the_first_of_many_faults_are_reported(table: Path) -> None:
    table.write_text(HEAD + "\nAtlantis,ilacs-2023,2024-01-08,,,,,,," * 7, "utf-8")
    with pytest.raises(InspectionCsvError, match=r"line 6: .*; and 2 more$"):
        read_inspections_csv(table)


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"authority,framework\n", b"\xff\xfe\x00", b"%PDF-1.7\n\x00\x80"])
def test_a_file_that_is_not_a_table_of_inspections_is_refused(data: bytes, table: Path) -> None:
    table.write_bytes(data)
    with pytest.raises(InspectionCsvError, match=r"new\.csv"):
        read_inspections_csv(table)


def test_a_missing_file_is_named(table: Path) -> None:
    with pytest.raises(InspectionCsvError, match="No such file"):
        read_inspections_csv(table)


def test_a_row_of_an_inspection_without_grades_may_name_its_outcome(tmp_path: Path) -> None:
    table = tmp_path / "send.csv"
    head = "authority,framework,inspection_start,outcome\n"
    table.write_text(f"{head}Camden,area-send-2023,2024-03-04,Typically positive\n", "utf-8")
    [row] = read_inspections_csv(table)
    assert row.facts.outcome == Outcome(key="positive")

    table.write_text(f"{head}Camden,area-send-2023,2024-03-04,splendid\n", "utf-8")
    with pytest.raises(InspectionCsvError, match='"splendid" is not a known outcome of Area SEND 2023-'):
        read_inspections_csv(table)


def test_a_table_that_list_or_export_wrote_is_read_back(tmp_path: Path) -> None:
    inspections = [inspection("sif", help="good"), inspection("ilacs-2018", help="good", leaders="outstanding")]
    table = tmp_path / "inspections.csv"
    table.write_text(render_csv(inspections_table((each, None) for each in inspections)), "utf-8")
    read = {row.id: {each.strand: each.grade for each in row.facts.judgements} for row in read_inspections_csv(table)}
    assert read == {
        "camden-2017-09-11-sif": {"help": "good"},
        "camden-2022-04-25-ilacs": {"help": "good", "leaders": "outstanding"},
    }
