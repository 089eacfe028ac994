"""A table of which some words cannot be read gives its other grades or none, never the grade of another row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest

from tests.making.reports import LABELS, RI, ilacs_front, read, rows

PRINTED = {"leaders": "Outstanding", "help": "Good", "care_and_leavers": RI, "overall": "Inadequate"}
GRADES = {
    "leaders": "outstanding",
    "help": "good",
    "care_and_leavers": "requires improvement",
    "overall": "inadequate",
}
STRANDS = [*PRINTED]
NONE = "no strand"


def grades_of(table: Sequence[str]) -> dict[str, str | None]:
    facts = read([ilacs_front(table), ["1. Plans are short."]]).facts
    return {judgement.strand: judgement.grade for judgement in facts.judgements}


def damaged(words: Sequence[str]) -> list[str]:
    """Return lines with a letter lost in the middle of each."""
    return [line[: len(line) // 2] + "#" + line[len(line) // 2 + 1 :] for line in words]


@pytest.mark.parametrize("unread_label", [NONE, *STRANDS])
@pytest.mark.parametrize("grade_is", ["above", "below"])
def test_a_damaged_label_and_a_damaged_grade_move_no_grade(grade_is: str, unread_label: str) -> None:
    for unread_grade in (NONE, *STRANDS):
        table: list[str] = []
        for strand, printed in PRINTED.items():
            label = damaged(LABELS[strand]) if strand == unread_label else LABELS[strand]
            grade = damaged([printed]) if strand == unread_grade else [printed]
            table += [*grade, *label] if grade_is == "above" else [*label, *grade]
        found = {strand: grade for strand, grade in grades_of(table).items() if grade}
        wrong = {strand: grade for strand, grade in found.items() if grade != GRADES[strand]}
        assert wrong == {}, f"{unread_grade} has no grade that can be read"


HEADERS = {"a header": ["Judgement Grade"], "no header": [], "a damaged header": ["Judgem#nt Gr#de"]}


def found_below(header: Sequence[str], table: Sequence[str]) -> dict[str, str | None]:
    """Return the grades of a table below another header than the usual one."""
    front = ilacs_front(["@"])
    place = front.index("Judgement Grade")
    page = [*front[:place], *header, *table, *front[place + 2 :]]
    facts = read([page, ["1. Plans are short."]]).facts
    return {judgement.strand: judgement.grade for judgement in facts.judgements if judgement.grade}


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("grade_is", ["above", "below", "on the line"])
def test_a_cell_that_is_lost_or_damaged_moves_no_grade(grade_is: str, header: str) -> None:
    for strand, cell, is_lost in product(STRANDS, ("label", "grade"), (True, False)):
        table: list[str] = []
        for each, printed in PRINTED.items():
            cells = {"label": LABELS[each], "grade": [printed]}
            if each == strand:
                cells[cell] = [] if is_lost else damaged(cells[cell])
            label, grade = cells["label"], cells["grade"]
            if grade_is == "on the line":
                table += [*label[:-1], " ".join([*label[-1:], *grade])]
            else:
                table += [*grade, *label] if grade_is == "above" else [*label, *grade]
        found = found_below(HEADERS[header], [line for line in table if line])
        wrong = {each: grade for each, grade in found.items() if grade != GRADES[each]}
        assert wrong == {}, f"the {cell} of {strand} is {'lost' if is_lost else 'damaged'}"


def test_a_grade_on_the_line_of_its_label_is_its_own_though_the_first_label_is_lost() -> None:
    lines = [f"{' '.join(LABELS[strand])} {printed}" for strand, printed in PRINTED.items()]
    lines[0] = PRINTED["leaders"]
    assert found_below([], lines) == {strand: grade for strand, grade in GRADES.items() if strand != "leaders"}


def test_a_damaged_first_label_and_a_damaged_grade_leave_the_rows_that_are_sure() -> None:
    """The first of three grades may be above the first label that can be read, or belong to the one that cannot."""
    table = [
        *damaged(LABELS["leaders"]),
        "Outstanding",
        *LABELS["help"],
        "Good",
        *LABELS["care_and_leavers"],
        *damaged(["Good"]),
        *LABELS["overall"],
        "Good",
    ]
    assert grades_of(table) == {"help": "good", "overall": "good"}


def test_a_whole_table_is_read_whole() -> None:
    assert grades_of(rows(**PRINTED)) == GRADES


def test_two_damaged_labels_and_grades_move_no_grade() -> None:
    for labels, grades in product(((0, 1), (0, 2), (1, 3)), repeat=2):
        table = []
        for i, (strand, printed) in enumerate(PRINTED.items()):
            table += damaged(LABELS[strand]) if i in labels else LABELS[strand]
            table += damaged([printed]) if i in grades else [printed]
        wrong = {strand: grade for strand, grade in grades_of(table).items() if grade not in {None, GRADES[strand]}}
        assert wrong == {}, (labels, grades)
