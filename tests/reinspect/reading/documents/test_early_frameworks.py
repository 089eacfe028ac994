"""The frameworks of 2009 to 2013, whose grades are printed after headings; and official papers without grades."""

from __future__ import annotations

import pytest

from tests.making.reports import read, sif

IMPRINT = [
    "Inspection dates: 6 June 2011 to 17 June 2011",
    "Reporting inspector: Ada Lovelace HMI",
    "Published: 22 July 2011",
]
TWO_SETS = [
    "Inspection of safeguarding and looked after",
    "children services",
    "Hampshire County Council",
    *IMPRINT,
    "The inspection judgements and what they mean",
    "Adequate (Grade 3) a service that does what the law asks and no more",
    "Safeguarding services",
    "Overall effectiveness Grade 3 (Adequate)",
    "8. Help comes, though it comes late.",
    "Areas for improvement",
    "9. The council should, within three months:",
    "• write down who visits whom",
    "Within six months:",
    "• ask families what they thought of it.",
    "Leadership and management Grade 2 (Good)",
    "10. Leaders listen.",
    "Services for looked after children",
    "Overall effectiveness Grade 2 (Good)",
    "20. Homes are kind.",
    "Leadership and management Grade 1 (Outstanding)",
    "21. Leaders listen to children first.",
]
PROTECTION = [
    "Inspection of local authority arrangements",
    "to protect children",
    "Kirklees Metropolitan Council",
    "Inspection dates: 3 - 12 December 2012",
    "Contents",
    "Overall effectiveness 2",
    "Leadership and governance 10",
    "Overall effectiveness Adequate",
    "12. Help comes, though it comes late.",
    "The quality of practice Inadequate",
    "20. Files are thin.",
    "Leadership and governance Good",
    "30. Leaders listen.",
]


def in_one_line(page):
    return [" ".join(page)]


@pytest.mark.parametrize("shaped", [list, in_one_line])
def test_safeguarding_and_looked_after_services_are_graded_separately(shaped):
    facts = read([shaped(TWO_SETS)]).facts

    assert (facts.framework, facts.authority.slug) == ("slac", "hampshire")
    assert {judgement.strand: judgement.grade for judgement in facts.judgements} == {
        "safeguarding": "adequate",
        "looked_after": "good",
    }
    assert (str(facts.windows[0].start), str(facts.published)) == ("2011-06-06", "2011-07-22")
    assert [improvement.text for improvement in facts.improvements] == [
        "write down who visits whom",
        "ask families what they thought of it.",
    ]


@pytest.mark.parametrize("shaped", [list, in_one_line])
def test_grades_under_the_headings_of_a_protection_report_are_read(shaped):
    facts = read([shaped(PROTECTION)]).facts

    assert (facts.framework, facts.authority.slug) == ("apc", "kirklees")
    assert {judgement.strand: judgement.grade for judgement in facts.judgements} == {
        "overall": "adequate",
        "quality": "inadequate",
        "leaders": "good",
    }


def test_a_report_without_the_title_of_a_framework_does_not_belong_to_it():
    without_section_titles = [
        line for line in TWO_SETS if line not in ("Safeguarding services", "Services for looked after children")
    ]

    reading = read([without_section_titles])

    assert reading.facts.framework is None
    assert not any(judgement.strand for judgement in reading.facts.judgements)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            [
                "Area SEND inspection of Kent Local Area Partnership",
                "Inspection dates: 13 to 17 May 2024",
                "Ofsted found that leaders were good at asking.",
            ],
            id="partnership",
        ),
        pytest.param(
            [
                "14 March 2023",
                "Dear partners in Hampshire",
                "This letter to all the service leaders says what Ofsted saw on its inspection.",
                "The hub is good.",
            ],
            id="several inspectorates",
        ),
    ],
)
def test_official_papers_without_grades_are_neither_reports_nor_press(page):
    reading = read([page])

    assert reading.document.kind == "other"
    assert reading.facts.judgements == ()


def grades_of(pages: list[list[str]]) -> dict[str, str | None]:
    return {judgement.strand: judgement.grade for judgement in read(pages).facts.judgements}


def test_a_table_that_goes_on_over_the_page_after_a_footnote_is_read_whole() -> None:
    pages = sif()
    front = pages[0]
    cut = next(place for place, line in enumerate(front) if line.startswith("2.2 "))
    note = next(place for place, line in enumerate(front) if line.startswith("1 A note"))
    rest = ["2", *front[cut:note]]
    assert grades_of([[*front[:cut], *front[note:]], rest, *pages[1:]]) == grades_of(pages)


def test_the_overall_grade_is_read_where_the_sentence_names_no_authority() -> None:
    pages = sif()
    pages[0] = [line.replace("services in Camden require", "services require") for line in pages[0]]
    assert grades_of(pages)["overall"] == "requires improvement"
