"""Timelines, comparisons and single pages of inspections of other bands, such as SEND."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import msgspec

from reinspect.comparing.comparison import compare
from reinspect.comparing.timeline import timeline
from reinspect.exporting import render_sheet
from reinspect.exporting.formats.docx import render_docx
from reinspect.exporting.sheets.comparison import comparison_sheet
from reinspect.exporting.sheets.inspection import inspection_sheet
from reinspect.exporting.sheets.timeline import timeline_sheet
from reinspect.model import Improvement, Inspection, Outcome
from tests.making.inspections import CAMDEN, camden_2022, inspection, report

SEND_2018 = Inspection(
    id="camden-2018-02-05-area-send",
    authority="camden",
    framework="area-send-2016",
    graded=False,
    partial_date="2018-02-05",
    outcome=Outcome(key="statement required", details=("5 weaknesses",)),
)
SEND_2024 = Inspection(
    id="camden-2024-03-04-area-send",
    authority="camden",
    framework="area-send-2023",
    graded=False,
    partial_date="2024-03-04",
    outcome=Outcome(key="inconsistent", printed="It leads to inconsistent days."),
    next_step="Within three years.",
    priority_actions=(Improvement(index=1, text="Act soon.", bodies=("Camden Council", "A Board")),),
)


def printed(sheet) -> str:
    return " ".join(render_sheet(sheet, "text").split())


def test_a_timeline_shows_each_outcome_with_its_sign_below_the_name_of_the_inspectors():
    text = printed(timeline_sheet(timeline(CAMDEN, [camden_2022(), SEND_2018, SEND_2024])))

    assert "SEND: Ofsted and CQC" in text
    assert "§ statement required, 5 weaknesses" in text
    assert "± inconsistent" in text
    assert "1 graded, 0 ungraded" in text
    assert "Ofsted and the Care Quality Commission" in text.partition("Sources")[2]


def test_two_bands_get_one_sentence_and_both_lists_and_the_way_to_follow_them():
    text = printed(comparison_sheet(compare(camden_2022(), SEND_2024, authorities=(CAMDEN, CAMDEN))))

    assert "ILACS 2022 judges the council's social care for children and Area SEND 2024 judges the local" in text
    assert "the two are not compared" in text
    assert "reinspect follow camden --across" in text
    assert "Strand" not in text
    assert "Camden Council; A Board: Act soon." in text


def test_outcomes_of_two_send_frameworks_are_history_and_not_compared():
    text = printed(comparison_sheet(compare(SEND_2018, SEND_2024, authorities=(CAMDEN, CAMDEN))))

    assert "statement required, 5 weaknesses" in text
    assert "are not compared" in text
    assert "improved" not in text
    assert "declined" not in text


def test_a_page_on_one_inspection_has_its_outcome_and_next_step():
    text = printed(inspection_sheet(SEND_2024, CAMDEN))

    assert "Outcome: inconsistent (printed: It leads to inconsistent days.)" in text
    assert "Next step: Within three years." in text


def test_a_monitoring_visit_hangs_below_the_inspection_that_it_follows():
    visit = msgspec.structs.replace(inspection("monitoring-visit", date(2023, 5, 9)), graded=False, ordinal=2)
    text = printed(timeline_sheet(timeline(CAMDEN, [camden_2022(), visit])))

    assert "└ monitoring visit (number 2)" in text


def test_the_chart_has_a_lane_for_each_other_band_on_the_same_axis():
    own = [inspection("sif", overall="good", leaders="good"), camden_2022(), SEND_2018, SEND_2024]
    html = render_sheet(timeline_sheet(timeline(CAMDEN, own)), "html")

    assert "SEND:" in html
    assert "<title>local area SEND: statement required, 5 weaknesses (Feb\N{NO-BREAK SPACE}2018)</title>" in html
    assert "SEND: Ofsted and CQC: local area SEND: statement required" in html


def test_the_chart_of_a_word_file_has_a_lane_for_each_other_band_too():
    own = [inspection("sif", overall="good", leaders="good"), camden_2022(), SEND_2018, SEND_2024]
    data = render_docx(timeline_sheet(timeline(CAMDEN, own)))
    body = ElementTree.fromstring(ZipFile(BytesIO(data)).read("word/document.xml"))
    shapes = {element.attrib["descr"] for element in body.iter() if element.tag.endswith("}cNvPr")}
    drawing = next(element for element in body.iter() if element.tag.endswith("}drawing"))

    assert "local area SEND: statement required, 5 weaknesses (Feb\N{NO-BREAK SPACE}2018)" in shapes
    assert "SEND: Ofsted and CQC" in "".join(drawing.itertext())


def test_a_letter_whose_type_has_no_list_is_not_said_to_ask_for_nothing() -> None:
    letter = msgspec.structs.replace(SEND_2018, documents=(report("a", title="A letter of ours"),))
    shown = render_sheet(inspection_sheet(letter, CAMDEN))
    assert "None listed." not in shown
    assert "Documents of this kind have no list that reinspect reads. What is asked for is in the text." in shown
