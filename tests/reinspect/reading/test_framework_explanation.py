"""For each framework it is explained why it was taken for a document without grades, or why not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from reinspect.frameworks import frameworks
from reinspect.reading.framework_explanation import FrameworkExplanation, explain_frameworks
from tests.making.area_send import joint_letter, send_front, send_lists
from tests.making.reports import letter, read

TITLED = "its title is printed"
SEND = [send_front(), send_lists(improvements="Leaders should answer letters within a week.").split("\n")]


def explained(pages: Sequence[Sequence[str]]) -> dict[str, FrameworkExplanation]:
    return {tried.framework: tried for tried in explain_frameworks(read(pages))}


@pytest.mark.parametrize(
    ("pages", "key"),
    [(SEND, "area-send-2023"), ([joint_letter()], "jtai-2022"), (letter(), "focused-visit")],
)
def test_a_framework_without_grades_is_taken_by_its_title(pages: Sequence[Sequence[str]], key: str) -> None:
    tried = explained(pages)

    assert [each.framework for each in tried.values() if each.chosen] == [key]
    assert tried[key].reasons == (TITLED,)


def test_no_grade_is_missed_where_a_framework_has_none() -> None:
    for framework, tried in explained([joint_letter()]).items():
        if frameworks()[framework].document not in ("", "graded report") and not tried.chosen:
            assert len(tried.reasons) == 1, framework
            assert tried.reasons[0].startswith("its title is not printed")


@pytest.mark.parametrize(
    ("pages", "key", "reason"),
    [
        (
            [[line for line in send_front() if line != "Inspection outcome"], ["Leaders are kind."]],
            "area-send-2023",
            'no heading of its outcome is printed: "Inspection outcome"',
        ),
        (
            [[line for line in send_front() if "2024" not in line], ["Leaders are kind."]],
            "area-send-2023",
            "the document is not such a report: it prints no days of inspection, or no partnership in its title",
        ),
        (
            [["Joint targeted area inspection of Camden", "Leaders are kind."]],
            "jtai-2022",
            "the document is not a letter: it has no salutation, or no subject line",
        ),
    ],
)
def test_the_part_that_a_document_without_grades_has_not_is_named(
    pages: Sequence[Sequence[str]], key: str, reason: str
) -> None:
    tried = explained(pages)[key]

    assert not tried.chosen
    assert tried.reasons == (TITLED, reason)


def test_a_framework_with_the_title_of_another_time_is_not_in_force() -> None:
    subject = ("Joint targeted area inspection of the multi-agency response to cold in Camden",)
    earlier, later = (explained([joint_letter(subject)])[key] for key in ("jtai-2016", "jtai-2022"))

    assert later.chosen
    assert earlier.reasons == (
        TITLED,
        "not in force on 2024-01-08",
        "jtai-2022 fits as well or better, by its title or its days",
    )


def test_an_article_names_the_framework_of_the_inspection_that_it_is_about() -> None:
    article = ["Ofsted inspected SEND services in Camden.", "The joint targeted area inspection of Camden was in May."]
    tried = explained([article])

    assert [(each.framework, each.reasons[-1]) for each in tried.values() if each.chosen] == [
        ("jtai-2022", "an article names such an inspection")
    ]
