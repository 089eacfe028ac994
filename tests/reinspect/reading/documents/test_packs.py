"""Files that hold several papers: the first report or letter is read alone, and a warning says what is left out."""

from __future__ import annotations

import pytest

from reinspect.model import Reading
from tests.making.area_send import joint_letter, send_front, send_lists
from tests.making.reports import GRADES, ilacs_body, ilacs_front, letter, read, rows

IMPRINT = [
    "The Office for Standards in Education, Children’s Services and Skills (Ofsted) regulates.",
    "© Crown copyright 2024",
]
REPORT = [ilacs_front(rows(**GRADES)), ilacs_body(**GRADES), IMPRINT]
LATER = [
    ilacs_front(rows(**dict.fromkeys(GRADES, "Inadequate")), dates="Inspection dates: 3 to 7 June 2024", council="Kent")
]
LATER += [ilacs_body(**dict.fromkeys(GRADES, "Inadequate"))]
COVER = [
    [
        "Cabinet, 4 June 2024",
        "Report of the director",
        "1. To tell members of the inspection of March 2024, overall good.",
    ],
    ["2. The council was inadequate in 2019, and has a new form for every visit of a worker to a family, as it said."],
]
PAPERS = [
    ["Our response", "We welcome the report. We will write a new form."],
    [
        "Children’s Scrutiny Committee",
        "Tuesday 4 June",
        "Present: Ada Lovelace",
        "The committee has a new form to read.",
    ],
    ["You said, we did", "There is a new form."],
]


def facts_of(reading: Reading) -> tuple[object, ...]:
    facts = reading.facts
    grades = tuple(judgement.grade for judgement in facts.judgements)
    items = tuple(improvement.text for improvement in (*facts.improvements, *facts.priority_actions))
    return (reading.document.kind, facts.framework, facts.authority, facts.windows, facts.published, grades, items)


SEND = [send_front(), send_lists().split("\n")]
ALONE = {"report": REPORT, "letter": letter(), "joint letter": [joint_letter()], "SEND report": SEND}


@pytest.mark.parametrize("name", ALONE)
@pytest.mark.parametrize("count", [1, 2, 7])
def test_a_document_behind_a_cover_report_of_any_length_is_read_as_if_alone(name: str, count: int) -> None:
    cover = [*COVER[:1], *COVER[1:] * (count - 1)]
    reading = read([*cover, *ALONE[name]])

    assert facts_of(reading) == facts_of(read(ALONE[name]))
    assert not any("a new form" in passage.text for passage in reading.passages)
    pages = "page 1" if count == 1 else f"pages 1 to {count}"
    assert f"{pages}: other text comes before this document; it is left out" in reading.document.warnings


@pytest.mark.parametrize("first", ALONE)
@pytest.mark.parametrize("second", [LATER, letter(), [joint_letter()]])
def test_of_two_documents_in_one_file_the_first_is_read_and_the_other_is_told(
    first: str, second: list[list[str]]
) -> None:
    if ALONE[first] == second:
        second = [[line.replace("2018", "2019").replace("2024", "2025") for line in page] for page in second]
    reading = read([*ALONE[first], *second])

    assert facts_of(reading) == facts_of(read(ALONE[first]))
    assert max(passage.page for passage in reading.passages) <= len(ALONE[first])
    assert any("another report or letter follows this document" in warning for warning in reading.document.warnings)


@pytest.mark.parametrize("name", ["report", "letter"])
@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_of_any_title_behind_the_last_page_is_left_out(name: str, paper: list[str]) -> None:
    reading = read([*ALONE[name], paper])

    assert facts_of(reading) == facts_of(read(ALONE[name]))
    assert not any("new form" in passage.text for passage in reading.passages)
    page = len(ALONE[name]) + 1
    assert f"page {page}: other papers follow the end of this document; they are left out" in reading.document.warnings


@pytest.mark.parametrize("rest", [["5"], ["Alan Turing", "Inspector of Constabulary"], ["cc: the chief executive"]])
def test_a_few_words_behind_the_signature_belong_to_the_letter(rest: list[str]) -> None:
    assert read([*letter(), rest]).document.warnings == read(letter()).document.warnings


def test_an_imprint_at_the_front_does_not_end_a_report() -> None:
    pages = [REPORT[0], IMPRINT, *REPORT[1:2]]
    assert len(read(pages).facts.improvements) == 2


def test_a_title_page_that_is_repeated_at_the_top_of_each_page_is_one_document() -> None:
    head = ["Inspection of Camden local authority children’s services", "Inspection dates: 4 to 8 March 2024"]
    reading = read([[*head, *REPORT[0][3:]], [*head, *REPORT[1]]])

    assert len(reading.facts.improvements) == 2
    assert not any("follows" in warning for warning in reading.document.warnings)


def test_in_a_text_without_pages_a_newspaper_s_words_before_a_letter_are_left_out() -> None:
    told = [
        "The leader of the council said on Monday that she was proud of a new form,",
        "which all in the town have read.",
    ]
    reading = read([["Town praised", *told, *letter()[0]]])

    assert facts_of(reading) == facts_of(read(letter()[:1]))
    assert not any("a new form" in passage.text for passage in reading.passages)
    assert "page 1: other text comes before this document; it is left out" in reading.document.warnings


ADDRESSES = [
    "Ofsted Piccadilly Gate T 0300 123 1231 Store Street Textphone 0161 618 8524 enquiries@ofsted.gov.uk www.ofsted.uk",
    "Ada Lovelace, Director for Children’s Services Camden London Borough Council 1 Angel Square London NW1 1ED",
]


def test_addresses_on_one_long_line_belong_to_the_letter_below() -> None:
    page = letter()[0]
    date = page.index("8 June 2018")
    reading = read([[ADDRESSES[0], page[date], ADDRESSES[1], *page[date + 2 :]]])

    assert facts_of(reading) == facts_of(read(letter()))
    assert reading.document.warnings == ()


@pytest.mark.parametrize("name", ["report", "letter", "joint letter"])
def test_an_excerpt_of_the_document_above_it_is_not_another_document(name: str) -> None:
    pages = ALONE[name]
    excerpt = " ".join(pages[0])[:400]
    reading = read([[excerpt, "Uploaded by somebody", *(line for page in pages for line in page)]])

    assert [item.text for item in reading.facts.improvements] == [item.text for item in read(pages).facts.improvements]
    assert not any("follows" in warning for warning in reading.document.warnings)


def test_reports_on_two_councils_in_one_week_are_two_documents() -> None:
    other = [[line.replace("Camden", "Kent") for line in page] for page in REPORT]
    reading = read([[line for page in (*REPORT, *other) for line in page]])

    assert reading.facts.authority == read(REPORT).facts.authority
    assert any("another report or letter follows" in warning for warning in reading.document.warnings)
