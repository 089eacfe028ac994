from __future__ import annotations

from datetime import date

import msgspec
import pytest

from reinspect.comparing.timeline import timeline
from reinspect.exporting import render_sheet
from reinspect.exporting.citation import citation, coarse, days, occasion, when
from reinspect.exporting.sheets.briefing import Briefing, briefing_sheet
from reinspect.exporting.sheets.labels import documents_line
from reinspect.exporting.sheets.timeline import timeline_sheet
from reinspect.model import Evidence, Origin, Window
from tests.making.inspections import CAMDEN, camden_2022, inspection, report

HERE = Evidence(document="a" * 64, page=3, start=0, end=5, paragraph=12)


def test_a_citation_has_inspection_page_and_paragraph() -> None:
    assert citation(camden_2022(), "Camden", HERE) == "Camden, ILACS inspection 25-29 April 2022, p. 3, para 12"


def test_a_citation_without_a_paragraph_ends_with_the_page() -> None:
    bare = msgspec.structs.replace(HERE, paragraph=None)
    visit = inspection("focused-visit", date(2023, 10, 31))
    assert citation(visit, "Camden", bare) == "Camden, focused visit 31 October - 4 November 2023, p. 3"


@pytest.mark.parametrize(("kind", "named"), [("coverage", "press coverage"), ("digest", "digest")])
def test_a_document_other_than_the_report_is_named(kind: str, named: str) -> None:
    held = msgspec.structs.replace(camden_2022(), documents=(report("a", kind),))
    assert citation(held, "Camden", HERE).split(", ")[2] == named


@pytest.mark.parametrize(("kind", "named"), [("record", "shipped record"), ("hand", "entered by hand")])
def test_a_fact_without_a_page_names_its_origin(kind: str, named: str) -> None:
    origin = Origin(kind=kind)  # type: ignore[arg-type]
    assert citation(camden_2022(), "Camden", None, origin).endswith(f", {named}")


def test_a_fact_of_a_persons_table_is_cited_as_that() -> None:
    origin = Origin(kind="hand", source="table of inspections")
    assert citation(camden_2022(), "Camden", None, origin).endswith(", table of inspections")


RECORD, TABLE, CORRECTION = (
    Origin(kind="record"),
    Origin(kind="hand", source="table of inspections"),
    Origin(kind="hand"),
)


@pytest.mark.parametrize(
    ("origins", "words"),
    [
        ({}, "the shipped record"),
        ({"windows": RECORD}, "the shipped record"),
        ({"windows": TABLE}, "your table of inspections"),
        ({"published": CORRECTION, "windows": RECORD}, "the shipped record and your corrections"),
    ],
)
def test_a_page_without_documents_says_where_its_facts_come_from(origins: dict[str, Origin], words: str) -> None:
    known = msgspec.structs.replace(camden_2022(), origins=origins)
    assert documents_line(known) == f"No document in the store; facts from {words}."
    page = render_sheet(timeline_sheet(timeline(CAMDEN, [known])), width=200)
    assert f"everything here is from {words}, without the areas to improve." in page
    briefing = render_sheet(briefing_sheet(Briefing(authority=CAMDEN, latest=known)), width=200)
    assert f"({words.removeprefix('the ')})" in briefing


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ((2022, 4, 25), (2022, 4, 29), "25-29 April 2022"),
        ((2017, 9, 11), (2017, 10, 5), "11 September - 5 October 2017"),
        ((2018, 12, 28), (2019, 1, 4), "28 December 2018 - 4 January 2019"),
        ((2018, 5, 15), (2018, 5, 15), "15 May 2018"),
    ],
)
def test_days_on_site_in_words(start: tuple[int, int, int], end: tuple[int, int, int], words: str) -> None:
    assert days([Window(date(*start), date(*end))]) == words


def test_two_visits_are_joined_with_and() -> None:
    windows = [Window(date(2019, 7, 1), date(2019, 7, 5)), Window(date(2019, 8, 5), date(2019, 8, 9))]
    assert days(windows) == "1-5 July 2019 and 5-9 August 2019"


@pytest.mark.parametrize(
    ("stamp", "words"), [("2012", "2012"), ("2012-04", "April 2012"), ("2009-12-09", "9 December 2009")]
)
def test_coarse_dates_in_words(stamp: str, words: str) -> None:
    assert coarse(stamp) == words


def test_the_best_known_date_replaces_unknown_days_on_site() -> None:
    bare = msgspec.structs.replace(camden_2022(), windows=())
    assert when(msgspec.structs.replace(bare, partial_date="2022-04")) == "April 2022"
    assert when(bare) == "published 21 June 2022"
    assert when(msgspec.structs.replace(bare, published=None)) == "date not known"


@pytest.mark.parametrize(
    ("framework", "words"),
    [
        ("sif", "SIF inspection"),
        ("ilacs-2023", "ILACS inspection"),
        ("focused-visit", "focused visit"),
        ("caa-rating", "annual rating"),
        ("slac", "SLAC inspection"),
        ("lscb-review", "LSCB review"),
    ],
)
def test_the_kind_of_inspection_in_words(framework: str, words: str) -> None:
    assert occasion(inspection(framework)) == words
