"""Official papers that no document type reads: named by the words at the start of a line, and not taken for press."""

from __future__ import annotations

import pytest

from reinspect.reading.fields.official_papers import is_official_paper, name_official_paper

OTHER_KIND = "an inspection report or letter of another kind"
HEADINGS = [
    "This letter summarises the visit.",
    "This report sets out the visit.",
    "Inspection dates: 4 May",
    "Reinspection date: 4 May",
    "Lead inspector: Ada Lovelace",
    "Dear Ms Lovelace",
    "Headline findings:",
    "What needs to improve",
    "Areas for improvement",
    "Areas for priority action",
    "Previous inspection: June 2019",
]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Joint targeted area inspection of Camden", "a joint targeted area inspection"),
        ("Area SEND inspection of Camden", "an area SEND inspection"),
        ("Local area SEND revisit in Camden", "an area SEND inspection"),
        ("Monitoring visit to Camden", "a monitoring visit letter"),
        ("First monitoring visit of Camden", "a monitoring visit letter"),
        ("Registered manager: Ada Lovelace", "an inspection report on a children's home"),
        ("Inspection of a children’s home", "an inspection report on a children's home"),
        ("Type of registration: full", "an inspection report on an early years provider"),
        ("Inspection of Brook Nursery", "an inspection report on an early years provider"),
        ("URN: 123456", "an inspection report on a school or another setting"),
        ("Inspection of Brook Academy", "an inspection report on a school or another setting"),
        ("Type of school: primary", "an inspection report on a school or another setting"),
    ],
)
def test_the_words_at_the_start_of_a_line_name_the_kind_in_any_case_and_after_a_mark(line: str, kind: str) -> None:
    for printed in (line, line.upper(), f"• {line}", f"5 May\n{line}\nStaff plan."):
        assert name_official_paper(printed) == kind
        assert is_official_paper(printed)


def test_the_same_words_within_a_sentence_name_no_kind() -> None:
    text = "The last monitoring visit of May followed a joint targeted area inspection of Camden.\nIts URN: 123456."
    assert name_official_paper(text) is None
    assert not is_official_paper(text)


@pytest.mark.parametrize("heading", HEADINGS)
def test_one_heading_of_a_report_names_no_kind_and_two_do(heading: str) -> None:
    other = "Areas for improvement" if heading != "Areas for improvement" else "Headline findings"

    assert name_official_paper(f"Camden\n{heading}\nStaff plan.") is None
    assert name_official_paper(f"Camden\n{heading}\nStaff plan.\n{other}\nStaff read.") == OTHER_KIND


def test_the_same_heading_twice_is_one() -> None:
    assert name_official_paper("Headline findings\nStaff plan.\n headline Findings\nStaff read.") is None


def test_a_heading_that_is_only_the_beginning_of_a_sentence_is_none() -> None:
    assert name_official_paper("Headline findings are few.\nWhat needs to improve is the roof.") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "By Ada Lovelace",
        "“It is good,” Ada told Camden News.",
        "Ada, speaking to the Gazette, was glad.",
        "Our reporter was there.",
        "Read more on schools",
        "SEE ALSO: our map",
        "Comments are closed",
        "Story updated at noon",
        "Here is the full letter",
    ],
)
def test_an_article_that_quotes_a_paper_names_no_kind(sentence: str) -> None:
    text = f"Monitoring visit to Camden\n{sentence}"

    assert name_official_paper(text) is None
    assert not is_official_paper(text)


@pytest.mark.parametrize(
    "line",
    [
        "Yours sincerely",
        "© Crown copyright",
        "Write to enquiries@ofsted",
        "Piccadilly Gate",
        "Inspection dates: 4 to 8 May",
        "Area SEND inspection of Camden",
        "This letter summarises the visit",
        "This letter to all the service leaders",
    ],
)
def test_words_that_only_an_official_paper_has_make_it_one_even_if_it_quotes_the_press(line: str) -> None:
    for printed in (line, line.lower()):
        assert is_official_paper(f"By Ada Lovelace\n{printed}")


def test_other_texts_are_no_official_papers() -> None:
    assert not is_official_paper("Staff in Camden plan.\nThe inspection dates: they are in May.")


AGENCY = "an inspection report on a fostering or adoption agency"
SETTING = "an inspection report on a school or another setting"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Camden Council: local authority assessment", "a report of the Care Quality Commission"),
        ("Date of inspection visit: 4 May 2022", "a report of the Care Quality Commission"),
        ("PEEL 2023–25", "a report of HMICFRS on the police"),
        ("National child protection inspections", "a report of HMICFRS on the police"),
        ("An inspection of Brook Constabulary", "a report of HMICFRS on the police"),
        ("An inspection of youth offending services in", "a report of HM Inspectorate of Probation"),
        ("Joint inspection of youth justice work in Brook", "a report of HM Inspectorate of Probation"),
        ("Report on an unannounced inspection of", "a report of HM Inspectorate of Prisons"),
        ("HMYOI Brook", "a report of HM Inspectorate of Prisons"),
        ("Inspection of Brook secure training centre", "an inspection report on a secure training centre"),
        ("Inspection report for independent fostering agency", AGENCY),
        ("Inspection of private fostering arrangements", AGENCY),
        ("Inspection of Adopt Brook, a regional adoption agency", AGENCY),
        ("Further education and skills inspection report", SETTING),
        ("Full inspection of Brook House, a residential family centre", SETTING),
        ("Improvement notice", "an order or notice of the government"),
        (
            "Statutory direction to Camden Council in relation to children’s services",
            "an order or notice of the government",
        ),
        ("Serious case review: Child A", "a review of a serious case"),
        ("Local child safeguarding practice review", "a review of a serious case"),
        ("Ofsted annual engagement meeting: Camden", "a letter on the yearly meeting with Ofsted"),
    ],
)
def test_the_title_of_another_kind_of_paper_names_its_kind(title: str, kind: str) -> None:
    for printed in (title, title.upper(), f"Camden\n{title}\nStaff plan, and Ofsted inspected."):
        assert name_official_paper(printed) == kind


@pytest.mark.parametrize(
    "headline",
    [
        "Statutory direction issued after Ofsted found Camden inadequate",
        "Serious case review: Camden failed child",
        "An inspection of Brook Constabulary found",
        "Improvement notice for Camden",
        "A national award for the Camden fostering service",
        "The unannounced inspection of the homes was short",
    ],
)
def test_a_headline_with_the_same_words_is_not_a_title(headline: str) -> None:
    assert name_official_paper(f"{headline}\nOfsted inspected Camden in May.") is None
