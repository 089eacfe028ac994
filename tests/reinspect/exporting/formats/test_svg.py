"""The chart of a timeline: all of it is also in words, and nothing in it overlaps."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from reinspect.comparing.timeline import timeline
from reinspect.exporting import render_sheet
from reinspect.exporting.formats.svg import draw_chart
from reinspect.exporting.sheet import Chart, ChartBand, ChartEvent, ChartMark, ChartRow, Sheet, SheetSection
from reinspect.exporting.sheets.timeline import timeline_sheet
from reinspect.exporting.sheets.timeline_chart import timeline_chart
from reinspect.model import Improvement, Inspection
from tests.making.inspections import CAMDEN, camden_2017, camden_2022, inspection

HOSTILE = "<script>alert(1)</script> & \"'"


def chart_of(*inspections: Inspection) -> Chart:
    chart = timeline_chart(timeline(CAMDEN, inspections))
    assert chart
    return chart


def drawn(chart: Chart) -> ElementTree.Element:
    """Draw the chart and parse it, which fails if it is not well-formed."""
    return ElementTree.fromstring("".join(draw_chart(chart)))


def words(element: ElementTree.Element, tag: str) -> list[str]:
    return [found.text or "" for found in element.iter(tag)]


def positions(element: ElementTree.Element) -> list[int]:
    """Return the horizontal positions of the events."""
    found = (re.match(r"M(\d+) ", path.get("d", "")) for group in event_groups(element) for path in group.iter("path"))
    return [int(match[1]) for match in found if match]


def event_groups(element: ElementTree.Element) -> list[ElementTree.Element]:
    return [group for group in element.iter("g") if group.get("class", "").startswith("moment")]


def test_every_grade_has_words_besides_shape_and_letter() -> None:
    element = drawn(chart_of(camden_2017(), camden_2022()))
    signs = [group for group in element.iter("g") if group.get("class", "").startswith("sign rung-")]
    assert {(words(sign, "title")[0], words(sign, "text")[0]) for sign in signs} == {
        ("good", "G"),
        ("outstanding", "O"),
    }
    # Seven grades of 2017, four of 2022, and two in the legend.
    assert len(signs) == 13


def test_a_chart_has_a_title_and_a_text_alternative() -> None:
    element = drawn(chart_of(camden_2017(), camden_2022()))
    title, alternative = element.find("title"), element.find("desc")
    assert title is not None and alternative is not None
    assert (element.get("role"), title.text) == ("img", "Grades of Camden, 2017 to 2022")
    assert "Overall: good (Sep\N{NO-BREAK SPACE}2017), outstanding (Apr\N{NO-BREAK SPACE}2022)." in (
        alternative.text or ""
    )
    assert (element.get("aria-labelledby"), element.get("aria-describedby")) == (title.get("id"), alternative.get("id"))


def test_a_visit_is_a_ring_with_its_topics_and_a_mark_if_urgent() -> None:
    visit = msgspec.structs.replace(
        inspection("focused-visit"),
        topics=("front door",),
        priority_actions=(Improvement(index=1, text="See each child in time."),),
    )
    element = drawn(chart_of(camden_2017(), visit))
    (ringed, _) = (group for group in event_groups(element) if "visit" in group.get("class", ""))
    assert words(ringed, "title") == [
        "Camden, focused visit 31 October - 4 November 2023; on front door; 1 priority action"
    ]
    assert [circle.get("class") for circle in ringed.iter("circle")] == ["ring"]
    assert "!" in words(ringed, "text")


def test_framework_bands_do_not_overlap() -> None:
    element = drawn(chart_of(camden_2017(), inspection("focused-visit"), inspection("ilacs-2023", leaders="good")))
    bands = [(int(rect.get("x", "")), int(rect.get("width", ""))) for rect in element.iter("rect")]
    assert len(bands) == 3
    assert all(left + width <= later for (left, width), (later, _) in pairwise(bands))


def test_not_judged_is_written_out_and_no_such_strand_is_empty() -> None:
    element = drawn(chart_of(inspection("ilacs-2018", leaders="good", help=None), inspection("sif", adoption="good")))
    assert "not judged" in words(element, "text")
    assert all("\N{EM DASH}" not in text for text in words(element, "text"))


@given(some.lists(some.dates(date(2005, 1, 1), date(2035, 1, 1)), min_size=1, max_size=30))
def test_events_keep_their_order_and_never_touch(days: list[date]) -> None:
    lane = ChartRow(
        name="Overall", marks=tuple(ChartMark(words="good", letter="G", shape="\N{BLACK CIRCLE}") for _ in days)
    )
    chart = Chart(
        key="k",
        title="t",
        alternative="",
        events=tuple(ChartEvent(day=day, label="l", words="w") for day in sorted(days)),
        bands=(ChartBand(name="SIF", first=0, last=len(days) - 1),),
        rows=(lane,),
    )
    element = drawn(chart)
    across = positions(element)
    assert len(across) == len(days)
    assert all(later - earlier >= 84 for earlier, later in pairwise(across))
    assert across[-1] < int(element.get("width", ""))
    ticks = [int(text.get("x", "")) for text in element.iter("text") if text.get("class") == "year"]
    assert ticks == sorted(ticks)


@pytest.mark.parametrize("dated", ["2012", "2012-04", "2012-04-16"])
def test_an_event_with_a_coarse_date_is_drawn(dated: str) -> None:
    early = msgspec.structs.replace(inspection("slac", safeguarding="good"), windows=(), partial_date=dated)
    assert len(chart_of(early, camden_2017()).events) == 2


def test_there_is_no_chart_without_dates_or_grades() -> None:
    undated = msgspec.structs.replace(camden_2017(), windows=(), published=None)
    assert timeline_chart(timeline(CAMDEN, [undated])) is None
    assert timeline_chart(timeline(CAMDEN, [inspection("focused-visit")])) is None


def test_a_chart_is_drawn_only_in_html_with_its_words_escaped() -> None:
    spot = ChartMark(words=HOSTILE, letter=HOSTILE)
    chart = Chart(
        key='k" onload="x',
        title=HOSTILE,
        alternative=HOSTILE,
        events=(ChartEvent(day=date(2020, 1, 1), label=HOSTILE, words=HOSTILE, graded=False),),
        bands=(ChartBand(name=HOSTILE, first=0, last=0),),
        rows=(ChartRow(name=HOSTILE, marks=(spot,)),),
    )
    sheet = Sheet(title="t", sections=(SheetSection(heading="h", blocks=(chart,)),))
    assert "script" not in {tag.tag for tag in drawn(chart).iter()}
    assert not any(name.startswith("on") or name == "style" for tag in drawn(chart).iter() for name in tag.attrib)
    assert "<svg" in render_sheet(sheet, "html")
    assert render_sheet(sheet, "text") == "t\n=\n\nh\n-\n"
    assert render_sheet(sheet, "md") == "# t\n\n## h\n"


def test_two_charts_on_one_page_have_different_ids() -> None:
    kent = msgspec.structs.replace(CAMDEN, slug="kent", name="Kent")
    page = render_sheet(timeline_sheet(timeline(CAMDEN, [camden_2017()]), timeline(kent, [camden_2022()])), "html")
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("words", [1, 4, 9, 14])
def test_names_of_rows_never_touch_however_long_they_are(words: int) -> None:
    names = [f"{letter} " + "leadership " * words for letter in "abc"]
    rows = tuple(ChartRow(name=name, marks=(None,)) for name in names)
    event = ChartEvent(day=date(2022, 4, 25), label="Apr 2022", words="an inspection")
    chart = Chart(key="c", title="t", alternative="a", events=(event,), bands=(), rows=rows)
    drawn = re.findall(r'class="name" x="0" y="(-?\d+)">([^<]*)<', "\n".join(draw_chart(chart)))
    heights = [int(y) for y, _ in drawn]
    assert [line for _, line in drawn if line.startswith(("a ", "b ", "c "))]
    assert all(lower - upper >= 14 for upper, lower in pairwise(heights))
    assert all(len(line) * 8.8 <= 172 for _, line in drawn)
