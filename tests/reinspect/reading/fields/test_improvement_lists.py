"""The list of improvements of a report: its items in every shape, what belongs to an item, and what is none."""

from __future__ import annotations

import pytest

from reinspect.model import Reading
from reinspect.reading.fields.improvements import states_none, without_tags
from tests.making.reports import GRADES, ilacs_front, read, rows, section

HEADING = "What needs to improve"


def report(*lines: str) -> Reading:
    """Read a report with these lines below the heading of its improvements."""
    body = [HEADING, *lines, section("help", GRADES["help"]), "1. Plans are short and clear to the children."]
    return read([ilacs_front(rows(**GRADES)), body])


def listed(*lines: str) -> list[str]:
    return [improvement.text for improvement in report(*lines).facts.improvements]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ("◼ The speed of plans.", "◼ The notes of managers."),
            ["The speed of plans.", "The notes of managers."],
            id="bullets",
        ),
        pytest.param(
            ("1. The speed of plans.", "2. The notes of managers."),
            ["The speed of plans.", "The notes of managers."],
            id="numbers",
        ),
        pytest.param(
            ("1. The speed of plans:", "◼ for babies", "◼ for siblings", "2. The notes of managers."),
            ["The speed of plans: for babies for siblings", "The notes of managers."],
            id="numbers with bullets below",
        ),
        pytest.param(
            ("1. Leaders should improve:", "◼ The speed of plans.", "◼ The notes of managers."),
            ["The speed of plans.", "The notes of managers."],
            id="one number that introduces bullets",
        ),
        pytest.param(
            ("1. Help", "◼ The speed of plans.", "2. Care", "◼ The notes of managers."),
            ["The speed of plans.", "The notes of managers."],
            id="numbers before short headings",
        ),
        pytest.param(
            (
                "1.",
                "Help for babies",
                "◼ The speed of plans.",
                "2.",
                "Care for children who live with friends of their wider family and elsewhere",
                "◼ The notes of managers.",
            ),
            [
                "Help for babies The speed of plans.",
                "Care for children who live with friends of their wider family and elsewhere The notes of managers.",
            ],
            id="numbers on lines of their own",
        ),
        pytest.param(
            ("◼", "◼", "◼ The speed of plans.", "The notes of managers.", "The visits in winter."),
            ["The speed of plans.", "The notes of managers.", "The visits in winter."],
            id="bullets above their items",
        ),
        pytest.param(
            ("◼", "", "◼", "", "◼", "", "the speed of", "plans", "", "notes of managers", "", "visits in winter"),
            ["the speed of plans", "notes of managers", "visits in winter"],
            id="bullets above paragraphs in small letters",
        ),
        pytest.param(
            (
                "◼ The speed of the plans that all who work with the child are to read (Outcome",
                "",
                "Three)",
                "",
                "◼ The notes of managers.",
            ),
            ["The speed of the plans that all who work with the child are to read", "The notes of managers."],
            id="a blank line within an item whose line is full",
        ),
        pytest.param(
            ("1.", "2. The speed of plans:", "◼ for babies", "◼ for siblings.", "The notes of managers."),
            ["The speed of plans: for babies for siblings.", "The notes of managers."],
            id="numbers above their items with bullets below",
        ),
        pytest.param(
            ("◼ The speed of plans. ◼ The notes of managers.",),
            ["The speed of plans.", "The notes of managers."],
            id="two bullets on a line",
        ),
        pytest.param(
            ("◼ The speed of plans.", "◼", "◼ The notes of managers."),
            ["The speed of plans.", "The notes of managers."],
            id="a bullet without an item",
        ),
        pytest.param(
            ("◼ The speed of plans:", "– for babies", "– for siblings", "◼ The notes of managers."),
            ["The speed of plans: for babies for siblings", "The notes of managers."],
            id="a nested list has another bullet",
        ),
        pytest.param(
            ("The speed of plans for every child.", "The notes of managers on each of them.", "The visits in winter."),
            ["The speed of plans for every child.", "The notes of managers on each of them.", "The visits in winter."],
            id="lines without a mark",
        ),
    ],
)
def test_items_are_read_in_every_shape(lines: tuple[str, ...], expected: list[str]) -> None:
    assert listed(*lines) == expected


WRAPPED = [
    [
        "The plans of each child, which are kept by many people who",
        "work with it, are to be read by one of them each month.",
    ],
    [
        "How often visits are written down, and by whom, so that the",
        "next worker can see at once what was said to the child.",
    ],
    [
        "The oversight of managers over all the steps that are to be",
        "taken by other services in the months after the meeting.",
    ],
]


@pytest.mark.parametrize(
    "marks",
    [
        *("1- 2- 3-", "1) 2) 3)", "(a) (b) (c)", "a) b) c)", "[1] [2] [3]", "{1}_ {2}_ {3}_", "<1>_ <2>_ <3>_"),
        *("1,_ 2,_ 3,_", "1°_ 2°_ 3°_", "AFI_1:_ AFI_2:_ AFI_3:_", "Item_1_ Item_2_ Item_3_", "No._1_ No._2_ No._3_"),
        *("Priority_action_1_–_ Priority_action_2_–_ Priority_action_3_–_", "Rec._1:_ Rec._2:_ Rec._3:_"),
        *("①_ ②_ ③_", "❶ ❷ ❸", "⑴_ ⑵_ ⑶_", "⒈_ ⒉_ ⒊_", "ⓐ_ ⓑ_ ⓒ_", "ⅰ._ ⅱ._ ⅲ._", "1\u20e3_ 2\u20e3_ 3\u20e3_"),
        *(
            "-  -  -",
            "–  –  –",
            "—_ —_ —_",
            "*  *  *",
            "·  ·  ·",
            ">_ >_ >_",
            "l_ l_ l_",
            "v_ v_ v_",
            "u_ u_ u_",
            "⁃_ ⁃_ ⁃_",
        ),
    ],
)
def test_wrapped_items_are_told_apart_by_any_mark_and_kept_without_it(marks: str) -> None:
    printed = [mark.replace("_", " ") for mark in marks.split()]
    lines = [line for mark, item in zip(printed, WRAPPED, strict=True) for line in (mark + item[0], item[1])]
    assert listed(*lines) == [" ".join(item) for item in WRAPPED]


def test_small_bullets_below_a_colon_are_parts_of_the_item() -> None:
    lines = [
        "• The speed of plans.",
        "• The help for:",
        "• children in care",
        "• care leavers.",
        "• the notes of managers.",
    ]
    assert listed(*lines) == [
        "The speed of plans.", "The help for: children in care care leavers.", "the notes of managers.",
    ]  # fmt: skip


def test_the_head_of_a_table_of_items_is_not_an_item() -> None:
    lines = ["Ref\tArea for improvement", "1\tThe speed of plans.", "2\tThe notes of managers."]
    assert listed(*lines) == ["The speed of plans.", "The notes of managers."]


def test_items_are_counted_from_one_and_keep_their_printed_numbers() -> None:
    items = report("3. The speed of plans.", "4. The notes of managers.").facts.improvements
    assert [(item.index, item.number) for item in items] == [(1, 3), (2, 4)]


@pytest.mark.parametrize(
    ("marks", "expected"), [(("3.", "4.", "5. "), [3, 4, 5]), (("3.", "4.", "5.", "6. "), [None, None, None])]
)
def test_numbers_above_their_items_are_those_of_the_items_in_order(
    marks: tuple[str, ...], expected: list[int | None]
) -> None:
    *alone, last = marks
    lines = [*alone, f"{last}The speed of plans.", "The notes of managers.", "The visits in winter."]
    items = report(*lines).facts.improvements
    assert [item.number for item in items] == expected


def test_a_heading_that_a_question_above_it_shares_its_line_with_opens_its_list() -> None:
    body = [f"{HEADING}? Areas for priority action", "◼ The locks of doors.", section("help", GRADES["help"])]
    facts = read([ilacs_front(rows(**GRADES)), [*body, "1. Plans are short and clear to the children."]]).facts
    assert [item.text for item in facts.priority_actions] == ["The locks of doors."]


def test_each_item_cites_its_own_line() -> None:
    reading = report("◼ The speed of plans.", "◼ The notes of managers.")
    for item in reading.facts.improvements:
        assert item.evidence is not None
        page = reading.pages[item.evidence.page - 1]
        assert item.text in page[item.evidence.start : item.evidence.end]


@pytest.mark.parametrize(
    "text",
    [
        "There are no areas for priority action.",
        "No recommendations were made.",
        "There are no priority or immediate actions.",
        "Inspectors did not identify any areas for improvement.",
        "No immediate actions are needed.",
        "None",
        "None were identified at this visit.",
        "There were therefore no new areas for priority action.",
        "During this focused visit no areas for priority action were identified.",
        "At this visit, inspectors have not found any further areas requiring immediate action.",
        "This inspection identified no areas for priority and immediate action.",
        "There are no areas for priority action. Leaders know what to do.",
        "Overall, there are no areas for priority action.",
        "However, there were no areas for priority action.",
        "The inspectors found no areas for priority action.",
        "The local authority has no areas for priority action.",
        "No areas for priority action arising from this inspection were identified.",
    ],
)
def test_a_statement_that_there_are_none_is_known(text: str) -> None:
    assert states_none(text)


@pytest.mark.parametrize(
    "text",
    [
        "None of the plans is read.",
        "The local authority has no recommendations tracker that managers read.",
        "However, the actions that nobody takes.",
        "There is no plan for visits.",
        "The actions that nobody takes.",
        "The tracking of audits, so that no action is left open.",
        "Ensure that no recommendations of the serious case review are left without an owner.",
        "Make sure that children have no priority action plan older than a year.",
        "No recommendations of the review may be without an owner.",
        "In too many of the plans there are no actions identified for the father.",
    ],
)
def test_an_item_that_begins_with_none_or_no_is_an_item(text: str) -> None:
    assert not states_none(text)


def test_a_reference_to_an_earlier_report_is_not_an_item_and_no_list_is_missed() -> None:
    reading = report("The improvements that were identified at the last inspection still stand.")
    assert reading.facts.improvements == ()
    assert not any("no list could be read" in warning for warning in reading.document.warnings)


@pytest.mark.parametrize("mark", ["", "◼ "])
def test_an_item_that_says_no_or_names_the_last_inspection_is_kept(mark: str) -> None:
    items = [
        "The weaknesses in supervision that were identified at the last inspection.",
        "The tracking of audits, so that no action is left open.",
    ]
    assert listed(mark + items[0], "", mark + items[1]) == items


def test_a_heading_without_a_list_is_warned_of() -> None:
    reading = report()
    assert reading.facts.improvements == ()
    assert any(f"no list could be read below '{HEADING}'" in warning for warning in reading.document.warnings)


@pytest.mark.parametrize(
    ("printed", "text", "tags"),
    [
        ("Plans for health (outcome 1).", "Plans for health.", ("outcome 1",)),
        ("Plans for health. (outcome 1)", "Plans for health.", ("outcome 1",)),
        ("Plans (for babies) wait.", "Plans (for babies) wait.", ()),
        ("Plans [outcome  2, national framework] wait.", "Plans wait.", ("outcome 2, national framework",)),
        ("Plans wait.", "Plans wait.", ()),
        ("Plans for health (outcome 1) , and for homes.", "Plans for health, and for homes.", ("outcome 1",)),
    ],
)
def test_references_to_the_national_framework_are_kept_apart(printed: str, text: str, tags: tuple[str, ...]) -> None:
    found, found_tags = without_tags(printed)
    assert (" ".join(found.split()), found_tags) == (text, tags)


def test_the_name_of_a_judged_area_within_a_numbered_list_is_the_strand_of_what_follows() -> None:
    reading = report(
        "1. The speed of all plans for winter.",
        "The experiences and progress of children in care",
        "2. The homes near to schools.",
        "3. The visits in winter.",
    )
    assert [(each.text, each.strand) for each in reading.facts.improvements] == [
        ("The speed of all plans for winter.", None),
        ("The homes near to schools.", "care"),
        ("The visits in winter.", "care"),
    ]


@pytest.mark.parametrize(("number", "are_items"), [(2, False), (3, True)])
def test_three_paragraphs_that_name_the_last_inspection_are_items_and_two_refer_to_it(
    number: int, are_items: bool
) -> None:
    places = ("north", "south", "east")[:number]
    lines = [f"The areas that were named at the last inspection, in the {place}." for place in places]
    assert listed(*"\n\n".join(lines).split("\n")) == (lines if are_items else [])


@pytest.mark.parametrize(("words", "introduces"), [(12, True), (13, False)])
def test_a_number_before_at_most_twelve_words_introduces_the_bullets_below(words: int, introduces: bool) -> None:
    line = " ".join(["Plans", *["and"] * (words - 1)])
    lines = (f"1. {line}", "◼ The speed of plans.", f"2. {line}", "◼ The notes of managers.")
    items = ["The speed of plans.", "The notes of managers."]
    assert listed(*lines) == (items if introduces else [f"{line} {item}" for item in items])


def test_a_sentence_between_two_items_goes_on_the_first_even_if_it_begins_with_a_word_of_one_letter() -> None:
    assert listed("1. The speed of plans.", "", "A child waits too long.", "", "2. The notes of managers.") == [
        "The speed of plans. A child waits too long.",
        "The notes of managers.",
    ]
