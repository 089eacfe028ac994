"""Boxes of actions: their rows, the bodies that are responsible, and rows that a page end divides."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from reinspect.reading.fields.responsible_bodies import build_improvements, read_rows, split_bodies
from reinspect.reading.layout.lines import split_lines
from reinspect.reading.layout.ruled_cells import BETWEEN_CELLS, BETWEEN_ROWS

CELL, ROW = "\n" * BETWEEN_CELLS, "\n" * BETWEEN_ROWS
HEADING = "What must change"


def rows(*pages: str, with_bodies: bool = True) -> list[tuple[str, str]]:
    """Return the bodies and the action of each row, each on one line."""
    found = read_rows(split_lines(pages), pages, lambda text: text == HEADING, with_bodies=with_bodies)
    return [(" ".join(line.text for line in row.bodies), row.action_text) for row in found]


def actions(*pages: str) -> list[str]:
    """Return the actions of a box of one column."""
    found = rows(*pages, with_bodies=False)
    assert {bodies for bodies, _ in found} <= {""}
    return [action for _, action in found]


def test_a_row_has_its_bodies_in_the_first_cell_and_its_action_in_the_others() -> None:
    page = (
        f"Camden Council\nand Riverside ICB{CELL}Leaders must plan.{CELL}Staff must read.{ROW}Brook Trust{CELL}Write."
    )
    assert rows(page) == [
        ("Camden Council and Riverside ICB", "Leaders must plan. Staff must read."),
        ("Brook Trust", "Write."),
    ]


def test_each_row_of_a_box_of_one_column_is_an_action() -> None:
    assert actions(f"Leaders should plan.{CELL}Staff should read.{ROW}All should write.") == [
        "Leaders should plan. Staff should read.",
        "All should write.",
    ]


@pytest.mark.parametrize(
    "head",
    [
        HEADING,
        "Responsible body",
        "Responsible bodies:",
        "Area for priority action",
        "Areas for priority action",
        "Responsible body Areas for priority action",
        "Responsible bodies  Area for priority actions",
    ],
)
def test_the_heads_of_a_box_are_no_row(head: str) -> None:
    assert rows(f"{head}{ROW}Camden Council{CELL}Leaders must plan.") == [("Camden Council", "Leaders must plan.")]
    again = f"Camden Council{CELL}Leaders must plan.\n{head}{ROW}Brook Trust{CELL}Write."
    assert rows(again) == [("Camden Council", "Leaders must plan."), ("Brook Trust", "Write.")]


def test_a_sentence_that_begins_like_the_heads_of_a_box_is_part_of_an_action() -> None:
    action = "Responsible body areas for priority action must be named."
    assert actions(f"{action}{ROW}All should write.") == [action, "All should write."]


@pytest.mark.parametrize(
    "cell",
    [
        "Staff listen.",
        "Why do families wait?",
        "Leaders (and others.)",
        "Leaders must plan",
        "Leaders should plan",
        "Leaders need to plan",
        "Plans that the law requires",
        "Leaders ensure safety",
        "Leaders continue",
        "• Plans for all",
        "plans for all",
        "iPads for all",
        " ".join(["Plans"] * 27),
    ],
)
def test_a_lone_cell_that_reads_like_an_action_is_one(cell: str) -> None:
    assert rows(f"{cell}{ROW}Camden Council{CELL}Write.")[0] == ("", cell.removeprefix("• "))


@pytest.mark.parametrize("cell", ["Camden Council", "NHS Mustard ICB", " ".join(["Council"] * 26)])
def test_a_lone_cell_of_names_is_no_action(cell: str) -> None:
    assert rows(f"{cell}{ROW}Camden Council{CELL}Write.") == [("Camden Council", "Write.")]


def test_bullets_are_left_out_of_the_text_of_an_action() -> None:
    assert actions(f"Leaders should mend:\n• the gate\n• the fence.{ROW}All should write.") == [
        "Leaders should mend: the gate the fence.",
        "All should write.",
    ]


@pytest.mark.parametrize(
    ("last", "first", "is_one"),
    [
        pytest.param("Leaders should plan.", "All should write.", False, id="two sentences"),
        pytest.param("Leaders should plan", "All day long.", True, id="no full stop"),
        pytest.param("Leaders should plan.", "then they write.", True, id="a small letter"),
        pytest.param("Leaders should plan.", "iPads for all.", True, id="a small letter before a capital"),
        pytest.param("Leaders should plan.", "• the gate", True, id="a bullet"),
        pytest.param("Leaders should plan.", "This is overdue.", True, id="this"),
        pytest.param("Leaders should plan.", "In addition, staff wait.", True, id="in addition"),
        pytest.param("Leaders should plan.", "Thistles should go.", False, id="a longer word"),
        pytest.param("Leaders should plan (soon).", "All should write.", False, id="a full stop after a bracket"),
        pytest.param("Leaders should ‘plan.’", "All should write.", False, id="a full stop within quotes"),
        pytest.param("Why should leaders plan?", "All should write.", False, id="a question"),
    ],
)
def test_an_action_goes_on_after_a_page_end_if_it_is_not_finished_or_its_rest_opens_no_item(
    last: str, first: str, is_one: bool
) -> None:
    found = actions(f"All should read.{ROW}{last}", f"{first}{ROW}Staff should sing.")

    first = first.removeprefix("• ")
    middle = [f"{last} {first}"] if is_one else [last, first]
    assert found == ["All should read.", *middle, "Staff should sing."]


def test_only_the_first_row_of_a_page_goes_on_a_row_of_the_page_before() -> None:
    assert actions(f"Leaders should plan{ROW}Staff wait", f"with care.{ROW}then write.") == [
        "Leaders should plan",
        "Staff wait with care.",
        "then write.",
    ]


def test_an_action_may_go_on_over_three_pages() -> None:
    assert actions("Leaders should", f"plan and{ROW}", f"write.{ROW}Staff should sing.") == [
        "Leaders should plan and write.",
        "Staff should sing.",
    ]


@pytest.mark.parametrize(
    ("last", "first", "expected"),
    [
        pytest.param(
            f"Camden Council{CELL}Leaders must plan.",
            "Staff must write.",
            [("Camden Council", "Leaders must plan. Staff must write.")],
            id="the rest of an action has no bodies",
        ),
        pytest.param(
            "Leaders must plan",
            f"Camden Council{CELL}Staff must write.",
            [("", "Leaders must plan"), ("Camden Council", "Staff must write.")],
            id="bodies open a row after one without bodies",
        ),
        pytest.param(
            f"Camden Council{CELL}Leaders must plan",
            f"and Brook Trust{CELL}with care.",
            [("Camden Council and Brook Trust", "Leaders must plan with care.")],
            id="both cells go on",
        ),
        pytest.param(
            f"Camden Council{CELL}Leaders must plan.",
            f"Brook Trust{CELL}Staff must write.",
            [("Camden Council", "Leaders must plan."), ("Brook Trust", "Staff must write.")],
            id="two rows",
        ),
        pytest.param(
            "Camden Council",
            f"Brook Trust{CELL}Staff must write.",
            [("Camden Council Brook Trust", "Staff must write.")],
            id="bodies without an action",
        ),
        pytest.param(
            f"Camden Council{CELL}Leaders must plan.",
            "And Brook Trust",
            [("Camden Council And Brook Trust", "Leaders must plan.")],
            id="the rest of the bodies alone",
        ),
    ],
)
def test_a_row_with_bodies_goes_on_after_a_page_end(last: str, first: str, expected: list[tuple[str, str]]) -> None:
    found = rows(f"Hill Trust{CELL}Staff must read.{ROW}{last}", f"{first}{ROW}Hill Trust{CELL}Staff must sing.")
    assert found == [("Hill Trust", "Staff must read."), *expected, ("Hill Trust", "Staff must sing.")]


def test_bodies_that_are_divided_like_those_of_another_row_are_one_row() -> None:
    whole = f"Camden Council and Brook Trust{CELL}Staff must read.{ROW}"
    last, first = f"Camden Council and{CELL}Leaders must plan.", f"Brook Trust{CELL}Staff must write."

    assert rows(f"{whole}{last}", f"{first}{ROW}")[1:] == [
        ("Camden Council and Brook Trust", "Leaders must plan. Staff must write.")
    ]
    assert rows(f"Hill Trust{CELL}Sing.{ROW}{last}", f"{first}{ROW}")[1:] == [
        ("Camden Council and", "Leaders must plan."),
        ("Brook Trust", "Staff must write."),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ("Leaders should plan.", "Partners should write", "often. This is overdue."),
            ["Leaders should plan.", "Partners should write often. This is overdue."],
            id="an item opens after a full stop",
        ),
        pytest.param(
            ("Leaders should ask", "Leaders elsewhere."), ["Leaders should ask Leaders elsewhere."], id="no full stop"
        ),
        pytest.param(("Plans wait.", "Nobody knows."), ["Plans wait. Nobody knows."], id="no leader"),
        pytest.param(
            ("Plans wait.", "The local area leaders plan.", "NHS commissioners pay."),
            ["Plans wait.", "The local area leaders plan.", "NHS commissioners pay."],
            id="leaders of all kinds",
        ),
    ],
)
def test_plain_text_of_one_column_is_divided_where_a_sentence_names_who_must_act(
    lines: Sequence[str], expected: list[str]
) -> None:
    assert actions("\n".join(lines)) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ("Camden Council", "and Brook Trust", "Leaders must plan", "with care.", "Hill Trust", "Staff must write."),
            [("Camden Council and Brook Trust", "Leaders must plan with care."), ("Hill Trust", "Staff must write.")],
            id="bodies and actions",
        ),
        pytest.param(
            ("Camden Council", "Leaders must plan:", "Hill Trust", "first.", "Brook Trust", "Staff must write."),
            [("Camden Council", "Leaders must plan: Hill Trust first."), ("Brook Trust", "Staff must write.")],
            id="names within an action",
        ),
        pytest.param(
            ("Camden Council", "Leaders must plan.", "• Gates", "This is late.", "Leaders wait", "on."),
            [("Camden Council", "Leaders must plan. Gates This is late. Leaders wait on.")],
            id="a bullet, a sentence that goes on, and a line of an action",
        ),
        pytest.param(
            ("Area leaders", "Leaders must plan."), [("Area leaders", "Leaders must plan.")], id="leaders are bodies"
        ),
        pytest.param(
            ("Leaders must plan.", "Camden Council", "Staff must write."),
            [("Camden Council", "Staff must write.")],
            id="an action before the first bodies belongs to none",
        ),
        pytest.param(
            ("Camden Council", "Leaders plan more", "Staff must write."),
            [("Camden Council", "Leaders plan more Staff must write.")],
            id="leaders who are not a body open an action",
        ),
    ],
)
def test_plain_text_with_bodies_is_divided_by_its_wording(
    lines: Sequence[str], expected: list[tuple[str, str]]
) -> None:
    assert rows("\n".join(lines)) == expected


def test_a_row_of_plain_text_that_goes_on_after_a_page_end_is_not_joined_to_the_row_before_it() -> None:
    first = "Camden Council\nLeaders must plan.\nHill Trust\nThis must end"
    assert rows(first, "soon.") == [("Camden Council", "Leaders must plan."), ("Hill Trust", "This must end soon.")]


_LONG = "Leaders should see that every lantern on the old quay is lit in good time."


def test_blank_lines_elsewhere_on_the_page_do_not_divide_a_box() -> None:
    page = f"{HEADING}\n{_LONG}\nLeaders should mend the gate.{ROW}\nA footer"
    assert actions(page.removesuffix("A footer")) == [_LONG, "Leaders should mend the gate."]


def test_a_row_below_the_head_of_its_box_is_divided_by_the_lines_between_them() -> None:
    assert actions(f"{HEADING}{ROW}{_LONG}\nLeaders should mend the gate.") == [
        f"{_LONG} Leaders should mend the gate."
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(f"{_LONG}\n\nThe gate is old. Mend it.", 2, id="a blank line after a sentence"),
        pytest.param(f"{_LONG}\nBoats leak. Mend them.\nThe gate is old.", 2, id="a line with room for a word"),
        pytest.param(f"{_LONG}\nBoats leak.\nThis is dangerous.", 1, id="a sentence that goes on"),
        pytest.param(f"{_LONG}\n\nand the gate is old.", 1, id="a small letter"),
        pytest.param(f"{_LONG}\nThe gate is old.", 1, id="a full line"),
        pytest.param(f"{_LONG}\fThe gate is old.", 1, id="a page end"),
    ],
)
def test_plain_text_without_bodies_is_divided_into_paragraphs(lines: str, expected: int) -> None:
    assert len(actions(*lines.split("\f"))) == expected


def test_improvements_are_numbered_from_one_with_their_bodies_and_their_place() -> None:
    page = f"Camden Council and\nBrook Trust{CELL}Leaders\nmust plan.{ROW}Hill Trust{CELL}Staff must write."
    read = read_rows(split_lines([page]), [page], lambda _: False, with_bodies=True)
    found = build_improvements(read, "0" * 64)

    assert [(each.index, each.text, each.bodies) for each in found] == [
        (1, "Leaders must plan.", ("Camden Council", "Brook Trust")),
        (2, "Staff must write.", ("Hill Trust",)),
    ]
    places = [each.evidence for each in found if each.evidence]
    assert [place.document for place in places] == ["0" * 64] * 2
    assert [page[place.start : place.end] for place in places] == ["Leaders\nmust plan.", "Staff must write."]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Camden Council", ("Camden Council",)),
        ("Camden Council and Brook Trust", ("Camden Council", "Brook Trust")),
        ("Camden Council, Brook Trust, and the Hill ICB.", ("Camden Council", "Brook Trust", "Hill ICB")),
        ("Camden Council; Brook Trust / Hill ICB", ("Camden Council", "Brook Trust", "Hill ICB")),
        ("NHS Brook and Hill Integrated Care Board", ("NHS Brook and Hill Integrated Care Board",)),
        ("Brook, Hill and Camden Council", ("Brook, Hill and Camden Council",)),
        ("The London Borough of Camden and Brook Trust", ("The London Borough of Camden", "Brook Trust")),
        ("NHS Brook (NHSB) and Camden Council", ("NHS Brook (NHSB)", "Camden Council")),
        ("Camden Council and everyone", ("Camden Council", "everyone")),
        ("the Camden Council", ("Camden Council",)),
        ("and Brook Trust", ("Brook Trust",)),
        ("", ()),
        (" , ", ()),
    ],
)
def test_a_list_of_bodies_is_split_where_a_name_is_complete(printed: str, expected: tuple[str, ...]) -> None:
    assert split_bodies(printed) == expected
