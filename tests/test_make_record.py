"""A newer record is made from published tables; what is not understood is left out and said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.make_record import Listed, main, make_record, read_page, read_table
from reinspect.record import Record, record
from reinspect.record_update import read_newer_record, record_changes
from tests.making.readings import ILACS_2022, SIF_2017, record_of

HEAD = (
    "Local authority,Inspection type,Inspection start date,Inspection end date,Publication date,Overall effectiveness,"
    "The impact of leaders on social work practice with children and families,Help and protection,Children in care,"
    "Care leavers,Notes\n"
)
NEW = "Barnet,ILACS inspection,14/09/2026,18/09/2026,02/11/2026,,Good,Outstanding,Requires improvement,Good,unused\n"
KNOWN = "Camden,ILACS inspection,25/04/2022,29/04/2022,21/06/2022,Good,Good,Good,Good,Good,\n"
PAGE = """<html><h1>London Borough of Barnet</h1>
<a href="/somewhere">other</a>
<a href="https://files.ofsted.gov.uk/v1/file/50300000">Report<span>, pdf - 02 November 2026</span></a>
<a href="https://example.org/v1/file/1">not ours, 3 November 2026</a>
<a href="https://files.ofsted.gov.uk/v1/file/50300001">Letter</a> <p>Published 4 May 2024</p>
"""
FORMER = record_of(SIF_2017, ILACS_2022)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "information.csv"
    file.write_text(HEAD + NEW + KNOWN, "utf-8-sig")
    return file


def made(*rows: str, folder: Path, former: Record = FORMER) -> tuple[Record, tuple[str, ...]]:
    file = folder / "rows.csv"
    file.write_text(HEAD + "".join(rows), "utf-8-sig")
    found = make_record(former, read_table(file), list(read_page(PAGE)))
    return found.record, found.doubts


def test_a_page_lists_the_reports_of_its_council_with_day_and_address() -> None:
    assert list(read_page(PAGE)) == [
        Listed("barnet", date(2026, 11, 2), "https://files.ofsted.gov.uk/v1/file/50300000"),
        Listed("barnet", date(2024, 5, 4), "https://files.ofsted.gov.uk/v1/file/50300001"),
    ]


def test_a_new_inspection_has_its_grades_days_and_address(tmp_path: Path) -> None:
    newer, doubts = made(NEW, folder=tmp_path)
    assert doubts == ()
    (added,) = record_changes({each.id: each.facts for each in FORMER.inspections}, newer).added
    assert added.id == "barnet-2026-09-14-ilacs"
    assert added.facts.framework == "ilacs-2026"
    assert {each.strand: each.grade for each in added.facts.judgements} == {
        "leaders": "good",
        "help": "outstanding",
        "care": "requires improvement",
        "leavers": "good",
    }
    assert added.facts.report_url == "https://files.ofsted.gov.uk/v1/file/50300000"
    assert newer.as_of == date(2026, 11, 2)


@pytest.mark.parametrize("kind", ["Single inspection framework", "Joint targeted area inspection", ""])
def test_a_row_of_another_kind_of_inspection_is_left_out(kind: str, tmp_path: Path) -> None:
    newer, doubts = made(NEW.replace("ILACS inspection", kind), folder=tmp_path)
    assert newer.inspections == FORMER.inspections
    assert doubts == (f'line 2: left out: "{kind}" is not a kind of inspection that is known here',)


def test_a_known_inspection_keeps_what_the_record_states_and_the_difference_is_said(tmp_path: Path) -> None:
    newer, doubts = made(KNOWN, folder=tmp_path)
    assert record_changes({each.id: each.facts for each in FORMER.inspections}, newer).changed == ()
    assert doubts == ("line 2: camden-2022-04-25-ilacs: grade of help: requires improvement, now good in the table",)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (NEW.replace("Barnet", "Barnett"), '"Barnett" is not a known authority'),
        (NEW.replace("14/09/2026", "soon"), '"soon" is not a date'),
        (NEW.replace("14/09/2026", ""), "no first day"),
        (NEW.replace("Outstanding", "Splendid"), "Splendid"),
        (KNOWN.replace("Good,Good,\n", "Good,Inadequate,\n"), "two grades for children in care and care leavers"),
    ],
)
def test_a_row_that_is_not_understood_is_left_out_and_said(tmp_path: Path, row: str, reason: str) -> None:
    newer, doubts = made(row, folder=tmp_path)
    assert newer.inspections == FORMER.inspections
    assert len(doubts) == 1
    assert doubts[0].startswith("line 2: left out")
    assert reason in doubts[0]


def test_two_reports_of_one_day_give_no_address(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(HEAD + NEW, "utf-8-sig")
    twice = [Listed("barnet", date(2026, 11, 2), f"https://files.ofsted.gov.uk/v1/file/{number}") for number in (1, 2)]
    newer = make_record(FORMER, read_table(tmp_path / "rows.csv"), twice).record
    assert newer.inspections[0].facts.report_url is None


def test_the_written_record_is_one_that_update_takes(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "barnet.html").write_text(PAGE, "utf-8")
    out = tmp_path / "record-2026-11-02.json"
    assert main([str(table), "--pages", str(tmp_path / "pages"), "-o", str(out)]) == 0
    newer = read_newer_record(out.read_bytes(), out.with_name(f"{out.name}.sha256").read_text())
    assert len(newer.inspections) == len(record().inspections) + 1
    assert "1 new inspections" in capsys.readouterr().out


def test_a_table_without_the_columns_that_are_needed_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n")
    assert main([str(file), "-o", str(tmp_path / "record.json")]) == 1
    assert "no column gives authority, inspection_start" in capsys.readouterr().err
    assert not (tmp_path / "record.json").exists()
