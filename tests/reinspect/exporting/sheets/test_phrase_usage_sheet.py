"""Exports of the use of a phrase, and of phrases that differ between two groups."""

from __future__ import annotations

import csv
import io
import json

import pytest

from reinspect.exporting import FORMATS, render_sheet
from reinspect.exporting.formats.csv import render_csv
from reinspect.exporting.records import contrast_records, usage_record
from reinspect.exporting.sheets.phrase_usage import contrast_sheet, usage_sheet
from reinspect.exporting.sheets.phrases import Recurring, phrases_sheet
from reinspect.exporting.sparkline import share_bar, years_in_words, years_row
from reinspect.exporting.tables.phrases import usage_table
from reinspect.phrases.types import RecurringPhrase, UsageShare
from reinspect.phrases.usage import PhraseUsage


def share(name: str, uses: int, of: int, log_ratio: float = -1.25) -> UsageShare:
    return UsageShare(name=name, uses=uses, of=of, elsewhere=3, others=12, log_ratio=log_ratio, bound=0.0)


USAGE = PhraseUsage(
    phrases=("drift and delay",),
    uses=3,
    of=8,
    times=5,
    in_grades=4,
    by_year=(share("2017", 2, 2), share("2022", 1, 6)),
    by_grade=(share("good", 1, 9), share("inadequate", 2, 3, 1.5)),
    by_framework=(share("sif", 2, 2), share("ilacs-2018", 1, 6)),
    by_authority=(share("camden", 2, 4), share("kent", 1, 4)),
    beside=(share("Neighbours", 3, 8),),
)
FOUND = RecurringPhrase(
    phrase="harbour walk",
    inspections=4,
    group=9,
    authorities=2,
    years=(2017, 2018, 2019, 2022),
    count=5,
    score=1.0,
    by_year={2017: 1, 2018: 2, 2019: 1, 2022: 1},
    elsewhere=1,
    others=7,
    log_ratio=1.75,
    bound=0.25,
)


def sheet_text() -> str:
    return render_sheet(usage_sheet(USAGE, "8 texts", {"camden": "Camden"}, (), ()), "text", width=100)


def test_every_share_has_its_base_and_the_share_of_all_others() -> None:
    lines = [" ".join(line.split()) for line in sheet_text().splitlines()]
    assert "2017 █ 2 of 2 100 % 25 % -1.2 0" in lines
    assert "inadequate ▆ 2 of 3 67 % 25 % +1.5 0" in lines
    assert any('"drift and delay" occurs in 3 of 8 inspections, 5 times in all.' in line for line in lines)


def test_frameworks_and_authorities_are_named_in_full() -> None:
    text = sheet_text()
    assert "ILACS 2018-22" in text
    assert "Camden" in text
    assert "kent" in text


def test_the_usage_spreadsheet_has_one_row_for_each_figure() -> None:
    rows = list(csv.DictReader(io.StringIO(render_csv(usage_table(USAGE)).lstrip("\ufeff"), newline="")))
    assert len(rows) == 9
    assert rows[0] == {
        "group": "year",
        "name": "2017",
        "uses": "2",
        "of": "2",
        "elsewhere": "3",
        "others": "12",
        "log_ratio": "-1.25",
        "bound": "0.0",
    }


def test_the_json_object_has_the_same_figures() -> None:
    record = json.loads(json.dumps(usage_record(USAGE)))
    assert (record["schema"], record["inspections"], record["of"], record["count"]) == (2, 3, 8, 5)
    assert record["by_grade"][1] == {
        "name": "inadequate",
        "uses": 2,
        "of": 3,
        "elsewhere": 3,
        "others": 12,
        "log_ratio": 1.5,
        "bound": 0.0,
    }


@pytest.mark.parametrize("form", FORMATS)
def test_a_contrast_of_two_groups_is_printed_in_every_format(form: str) -> None:
    page = render_sheet(contrast_sheet("all of Kent", "all others", ([FOUND], []), "16 texts"), form, width=100)  # type: ignore[arg-type]
    assert "harbour walk" in page
    assert "4 of 9" in page
    assert "1 of 7" in page
    assert "No phrase is twice as common in B as in A." in page


def test_each_contrast_object_names_its_group() -> None:
    (record,) = contrast_records(([], [FOUND]))
    assert tuple(record[name] for name in ("group", "inspections", "of", "elsewhere", "others")) == ("b", 4, 9, 1, 7)


def test_years_are_drawn_as_bars_and_written_as_ranges() -> None:
    assert years_row(FOUND.by_year) == "▄█▄··▄"
    assert years_row({}) == ""
    assert years_in_words(FOUND.years) == "2017-2019, 2022"
    assert years_in_words((2018, 2017)) == "2017, 2018"


def test_distinctive_phrases_are_compared_with_the_others() -> None:
    recurring = Recurring(
        phrase="harbour walk",
        inspections=4,
        years=(2017,),
        count=5,
        group=9,
        elsewhere=1,
        others=70,
        log_ratio=4.25,
        bound=1.5,
    )
    lines = [
        " ".join(line.split())
        for line in render_sheet(phrases_sheet([recurring], "9 texts", "distinctive"), "text", width=120).splitlines()
    ]
    assert "harbour walk 4 5 1 +4.2 +1.5 2017" in lines
    assert any("Inspections: out of 9 read. Elsewhere: out of 70 others." in line for line in lines)
    assert "No phrase is twice as common here" in render_sheet(
        phrases_sheet([], "9 texts", "distinctive"), "text", width=120
    )


def test_a_share_is_a_bar_and_zero_is_a_dot() -> None:
    assert [share_bar(uses, 8) for uses in (0, 1, 4, 8)] == ["·", "▁", "▄", "█"]
    assert share_bar(0, 0) == "·"
