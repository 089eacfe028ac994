"""Press coverage, council news and documents of unknown type."""

from __future__ import annotations

import pytest

from tests.making.reports import GRADES, read, rows


def test_an_article_is_coverage_and_lists_the_dates_and_grades_it_mentions():
    reading = read(
        [
            [
                "Borough praised",
                "",
                "11 June 2018",
                "",
                "Ofsted has praised Camden after a focused visit. Its services were rated good in November 2017, and",
                "outstanding for leadership.",
            ]
        ]
    )

    assert reading.document.kind == "coverage"
    assert str(reading.facts.published) == "2018-06-11"
    assert "2017-11" in reading.facts.mentioned_dates
    assert {judgement.grade for judgement in reading.facts.judgements} == {"good", "outstanding"}
    assert reading.facts.improvements == ()


def test_the_date_of_an_article_may_follow_the_name_of_its_writer():
    reading = read(
        [["Borough praised", "By Ada Lovelace, 11 June 2018", "Ofsted praised Camden after its inspection of 2017."]]
    )

    assert (reading.document.kind, str(reading.facts.published)) == ("coverage", "2018-06-11")


def test_an_article_that_quotes_the_table_of_grades_is_not_a_report():
    told = "Inspection of Camden local authority children’s services took place in March, Ofsted said."
    reading = read([["Borough praised", "11 June 2024", *rows(**GRADES), told]])

    assert reading.document.kind == "coverage"


@pytest.mark.parametrize(("words", "kind"), [(2900, "coverage"), (3100, "other")])
def test_a_text_with_more_words_than_an_article_is_not_coverage(words, kind):
    opening = "Camden Council was inspected by Ofsted in May 2019."
    told = "It is so good to be in it. " * 1000

    assert read([[" ".join(f"{opening} {told}".split()[:words])]]).document.kind == kind


def test_a_rating_in_its_participle_form_is_recognised():
    reading = read([["Camden was judged by Ofsted inspectors in 2009 to be performing excellently."]])

    assert [judgement.grade for judgement in reading.facts.judgements] == ["performs excellently"]
    assert reading.facts.mentioned_dates == ("2009",)


def test_requires_improvement_to_be_good_does_not_mention_good():
    text = "Ofsted inspected Camden in May 2019. Its services require\nimprovement to be good, the inspectorate said."
    article = read([[text]])
    assert article.document.kind == "coverage"
    assert [judgement.grade for judgement in article.facts.judgements] == ["requires improvement"]


def test_a_document_of_unknown_type_keeps_its_text_and_has_no_judgement():
    reading = read([["Minutes of the allotment society", "", "The shed was painted green."]])

    assert reading.document.kind == "other"
    assert reading.facts.judgements == ()
    assert any("shed" in passage.text for passage in reading.passages)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [
                "Camden School",
                "Inspection dates: 4 to 5 March 2024",
                "Overall effectiveness Good",
                "The quality of education Good",
                "Leadership and management Good",
            ],
            id="a school's report",
        ),
    ],
)
def test_documents_of_other_inspections_are_not_taken_for_known_types(lines):
    reading = read([lines, ["Ofsted © Crown copyright 2024"]])

    assert reading.document.kind == "other"
    assert reading.facts.judgements == ()
    assert reading.facts.improvements == ()
    assert reading.facts.framework is None
