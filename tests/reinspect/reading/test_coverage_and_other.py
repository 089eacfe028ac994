"""Press, council news and documents of no known type."""

from __future__ import annotations

from tests.making.reports import read


def test_an_article_is_coverage_and_notes_what_it_names():
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
    assert str(reading.account.published) == "2018-06-11"
    assert "2017-11" in reading.account.mentions
    assert {one.grade for one in reading.account.judgements} == {"good", "outstanding"}
    assert reading.account.improvements == ()


def test_a_running_form_of_a_rating_is_recognised():
    reading = read([["Camden was judged by Ofsted inspectors in 2009 to be performing excellently."]])

    assert [one.grade for one in reading.account.judgements] == ["performs excellently"]
    assert reading.account.mentions == ("2009",)


def test_requires_improvement_to_be_good_names_no_good():
    told = "Ofsted inspected Camden in May 2019. Its services require\nimprovement to be good, the inspectorate said."
    article = read([[told]])
    assert article.document.kind == "coverage"
    assert [judgement.grade for judgement in article.account.judgements] == ["requires improvement"]


def test_a_document_of_no_known_type_keeps_its_text_and_claims_nothing():
    reading = read([["Minutes of the allotment society", "", "The shed was painted green."]])

    assert reading.document.kind == "other"
    assert reading.account.judgements == ()
    assert any("shed" in passage.text for passage in reading.passages)
