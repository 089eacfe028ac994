"""The table of grades: its rows, its grades and their pairs, for a framework of waterways that has a table alone."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from reinspect.frameworks import Framework, Grade, Strand
from reinspect.reading.fields.judgement_table import JudgementTable, find_table
from reinspect.reading.layout.lines import split_lines
from reinspect.reading.layout.words import split_words

WATERWAYS = Framework(
    key="waterways",
    family="waterways",
    name="Inspection of waterways",
    short="Waterways",
    inspector="the water board",
    strands=(
        Strand(key="bridges", name="Bridges", labels=("The care of bridges and canals",)),
        Strand(key="boats", name="Boats", labels=("Boats",)),
        Strand(key="locks", name="Locks", labels=("Locks",)),
    ),
    grades=(
        Grade(key="bright", rung=1, letter="B", shape="◆", printed=("Bright",)),
        Grade(key="fair", rung=2, letter="F", shape="●", printed=("Fair",)),
        Grade(key="worn", rung=3, letter="W", shape="▲", printed=("Needs repair to be sound", "Needs repair")),
        Grade(key="poor", rung=4, letter="P", shape="■", printed=("Poor",)),
    ),
    not_judged=("Not seen",),
)
SCORED = msgspec.structs.replace(
    WATERWAYS, strands=tuple(msgspec.structs.replace(strand, score_of=36) for strand in WATERWAYS.strands)
)
ONE_AREA = msgspec.structs.replace(WATERWAYS, strands=WATERWAYS.strands[-1:])
LONG = ["A sentence here has a few more words than any grade has."]


def table_of(*pages: Sequence[str], framework: Framework = WATERWAYS) -> JudgementTable | None:
    lines = split_lines(["\n".join(page) for page in pages])
    return find_table(lines, split_words(lines), framework, "0" * 64)


def grades_of(*pages: Sequence[str], framework: Framework = WATERWAYS) -> dict[str, str | None]:
    """Return the grade of each row; None where it could not be read."""
    table = table_of(*pages, framework=framework)
    if table is None:
        return {}
    found = {judgement.strand: judgement.grade for judgement in table.judgements}
    assert set(table.missing) == set(table.strands) - set(found)
    return {strand: found.get(strand) for strand in table.strands}


def test_each_row_has_its_grade_and_cites_it() -> None:
    page = ["The care of bridges", "Needs repair to be sound", "and canals", "Boats", "Not seen", "Locks", "Fair"]
    table = table_of(page)

    assert table is not None
    assert [(each.strand, each.grade, each.not_judged, each.printed, each.label) for each in table.judgements] == [
        ("bridges", "worn", None, "Needs repair to be sound", "The care of bridges and canals"),
        ("boats", None, "Not seen", "Not seen", "Boats"),
        ("locks", "fair", None, "Fair", "Locks"),
    ]
    text = "\n".join(page)
    assert [text[each.evidence.start : each.evidence.end] for each in table.judgements if each.evidence] == [
        "Needs repair to be sound",
        "Not seen",
        "Fair",
    ]
    assert (table.missing, table.last_line) == ((), 6)


@pytest.mark.parametrize("word", ["Score", "Scores"])
def test_the_word_for_a_score_may_be_printed_before_a_grade(word: str) -> None:
    lines = ["Boats", f"{word}: 20 Fair", "Locks", f"{word}: 30 Bright"]

    assert grades_of(lines, framework=SCORED) == {"boats": "fair", "locks": "bright"}
    assert grades_of(lines) == {"boats": None, "locks": None}


@pytest.mark.parametrize("word", ["and", "or", "of", "who"])
def test_a_label_that_goes_on_with_a_joining_word_is_another_label(word: str) -> None:
    lines = ["Boats", "Fair", "Locks", f"{word} gates", "Poor", "The care of bridges and canals", "Bright"]

    assert "locks" not in grades_of(lines)
    assert grades_of([line for line in lines if line != f"{word} gates"])["locks"] == "poor"


@pytest.mark.parametrize("page", [["Locks"], ["The locks"]])
def test_a_document_of_one_label_has_a_table_with_one_row(page: list[str]) -> None:
    assert grades_of(page, framework=ONE_AREA) == {"locks": None}


@pytest.mark.parametrize("page", [["Boats", "Fair"], ["Boats", "Fair", *LONG, "Locks", "Poor"]])
def test_one_label_alone_is_not_a_table_where_several_areas_are_judged(page: list[str]) -> None:
    assert grades_of(page) == {}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("We came here early in May.", {"boats": "fair", "locks": "poor"}),
        ("We came here twice early in May.", {}),
    ],
)
def test_only_a_sentence_longer_than_any_grade_ends_a_table(line: str, expected: dict[str, str]) -> None:
    assert grades_of(["Boats", "Fair", line, "Locks", "Poor"]) == expected


@pytest.mark.parametrize("number", [[], ["2"], ["2 3"]])
def test_a_table_goes_on_at_the_top_of_the_next_page_after_a_footnote(number: list[str]) -> None:
    assert grades_of(["Boats", "Fair", *LONG], [*number, "Locks", "Poor"]) == {"boats": "fair", "locks": "poor"}


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param([["Boats", "Fair", *LONG], ["Overleaf", "Locks", "Poor"]], id="below another word"),
        pytest.param([["Boats", "Fair", *LONG], ["2"], ["Locks", "Poor"]], id="on the page after the next"),
        pytest.param([["Boats", "Fair", *LONG, "Locks", "Poor"]], id="on the same page"),
    ],
)
def test_a_table_does_not_go_on_after_a_sentence_elsewhere(pages: list[list[str]]) -> None:
    assert grades_of(*pages) == {}


@pytest.mark.parametrize("line", ["almost poor", "almost be\nPoor"])
def test_a_grade_after_a_stray_word_is_not_a_grade(line: str) -> None:
    assert grades_of(["Boats", "Fair", *line.split("\n"), "Locks", "Poor"]) == {"boats": "fair", "locks": "poor"}


@pytest.mark.parametrize("line", ["poor almost", "Needs repair soon"])
def test_a_grade_before_a_stray_word_on_its_line_is_not_a_grade(line: str) -> None:
    assert grades_of(["Boats", "Fair", line, "Locks", "Poor"]) == {"boats": "fair", "locks": "poor"}


def test_two_grades_of_one_row_are_no_grade() -> None:
    assert grades_of(["Boats", "Fair", "Bright", "Locks", "Poor"]) == {"boats": None, "locks": "poor"}


def test_a_grade_below_a_stray_line_is_a_second_grade() -> None:
    assert grades_of(["Boats", "Fair", "almost", "Poor", "Locks", "Poor"]) == {"boats": None, "locks": "poor"}


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(["Bright", "Boats Fair", "2 Locks Poor"], id="the first label is lost"),
        pytest.param(["Fair Boats", "Poor Locks", "Bright"], id="the last label is lost"),
        pytest.param(["Needs repair", "Boats Fair", "2 Locks Poor"], id="the lost label had a longer grade"),
    ],
)
def test_a_grade_on_the_line_of_its_label_shows_which_end_lost_a_label(table: list[str]) -> None:
    assert grades_of(table) == {"boats": "fair", "locks": "poor"}


def test_without_a_grade_on_the_line_of_a_label_a_lost_label_leaves_no_grade() -> None:
    assert grades_of(["Bright", "Boats", "Fair", "Locks", "Poor"]) == {"boats": None, "locks": None}


def test_grades_above_their_labels_are_those_of_the_labels_below() -> None:
    assert grades_of(["Fair", "Boats", "Poor", "Bright", "Locks"]) == {"boats": "fair", "locks": None}


def test_of_two_labels_that_begin_alike_the_longer_wins() -> None:
    barges = Strand(key="b", name="Barges", labels=("Boats barges",))
    framework = msgspec.structs.replace(WATERWAYS, strands=(*WATERWAYS.strands, barges))

    assert grades_of(["Boats", "barges", "Fair", "Locks", "Poor"], framework=framework) == {
        "b": "fair",
        "locks": "poor",
    }


@pytest.mark.parametrize(
    ("number", "expected"), [(14, {"boats": None, "locks": "poor"}), (15, {})], ids=["a few", "too many"]
)
def test_two_rows_with_many_words_between_them_are_not_of_one_table(number: int, expected: dict[str, str]) -> None:
    assert grades_of(["Boats", *["word"] * number, "Grade", "12 13", "Poor", "Locks", "Poor"]) == expected


def test_a_stray_word_inside_a_label_does_not_part_it_from_its_grade() -> None:
    lines = ["The care of bridges and", "be", "canals", "Fair", "Locks", "Poor"]
    assert grades_of(lines) == {"bridges": "fair", "locks": "poor"}


def test_a_column_of_grades_after_the_labels_may_end_the_document() -> None:
    assert grades_of(["Boats", "Locks", "Fair", "Needs repair"]) == {"boats": "fair", "locks": "worn"}


def test_a_word_that_cannot_be_read_ends_a_column_of_grades() -> None:
    assert grades_of(["Boats", "Locks", "Fair", "almost", "Poor"]) == {"boats": None, "locks": "fair"}


def test_a_header_on_the_page_before_does_not_make_a_table_unsure() -> None:
    assert grades_of(["Grade", "almost"], ["Boats", "Fair", "Locks", "Poor"]) == {"boats": "fair", "locks": "poor"}


def test_the_numbers_of_rows_below_a_header_do_not_make_a_table_unsure() -> None:
    assert grades_of(["Grade", "1 Boats", "Fair", "2 Locks", "Poor"]) == {"boats": "fair", "locks": "poor"}


@pytest.mark.parametrize("word", ["Judgement", "Judgements", "Grade", "Grades", "Key", "Area", "Judgment"])
def test_a_word_of_the_header_may_be_printed_before_a_label(word: str) -> None:
    assert grades_of([f"{word} Boats", "Fair", "Locks", "Poor"]) == {"boats": "fair", "locks": "poor"}


@pytest.mark.parametrize("line", ["Old locks", "All the locks"])
def test_a_label_after_another_word_on_its_line_is_not_a_row(line: str) -> None:
    lines = ["Boats", "Fair", "The care of bridges and canals", "Bright", line, "Poor"]
    assert "locks" not in grades_of(lines)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [("1 2 3 4 5", {"boats": "fair", "locks": "poor"}), ("1 2 3 4 5 6", {"boats": None, "locks": None})],
)
def test_a_grade_is_at_most_a_few_words_from_the_last_label(numbers: str, expected: dict[str, str | None]) -> None:
    assert grades_of(["Boats", "Fair", "Locks", numbers, "Poor"]) == expected


@pytest.mark.parametrize(("number", "is_read"), [(58, False), (59, True)])
def test_the_previous_inspection_is_recalled_shortly_before_its_table(number: int, is_read: bool) -> None:
    found = grades_of(["The previous inspection", *["word"] * number, "Boats", "Fair", "Locks", "Poor"])
    assert found == ({"boats": "fair", "locks": "poor"} if is_read else {})


@pytest.mark.parametrize(
    ("number", "expected"),
    [(29, {"boats": None, "locks": None}), (30, {"boats": "fair", "locks": "poor"})],
)
def test_words_that_cannot_be_read_below_a_near_header_make_a_table_unsure(
    number: int, expected: dict[str, str | None]
) -> None:
    assert grades_of(["Grade", *["word"] * number, "Boats", "Fair", "Locks", "Poor"]) == expected


def test_a_grade_below_a_stray_line_is_not_that_of_the_label_below_it() -> None:
    assert grades_of(["almost", "Fair", "Boats", "Poor", "Locks"]) == {"boats": None, "locks": "poor"}


def test_numbered_labels_may_have_their_grades_in_a_column_below() -> None:
    assert grades_of(["1 Boats", "2 Locks", "Fair", "Poor"]) == {"boats": "fair", "locks": "poor"}


def test_a_grade_that_follows_the_last_grade_is_not_in_the_table() -> None:
    assert grades_of(["Boats", "Fair", "Locks", "Poor", "Bright"]) == {"boats": "fair", "locks": "poor"}


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            ["1.The care of bridges and canals\tFair", "2.1Boats\tPoor", "3.Locks\tBright"],
            id="numbers without a space",
        ),
        pytest.param(
            ["The care of bridges and canals", "Fair", "Boats", "Locks", "Poor", "Bright"], id="a column at the end"
        ),
        pytest.param(
            ["The care of bridges and canals", "Boats", "Fair", "Poor", "Locks", "Bright"], id="a column at the start"
        ),
        pytest.param(
            [
                "It needs repair to be sound",
                "1. The care of bridges and canals",
                "Fair",
                "Boats Poor",
                "Locks",
                "Bright",
            ],
            id="a grade that ends a sentence above",
        ),
    ],
)
def test_grades_are_paired_in_print_order_however_a_program_lays_out_the_cells(page: Sequence[str]) -> None:
    assert grades_of(page) == {"bridges": "fair", "boats": "poor", "locks": "bright"}


def test_a_column_of_grades_with_one_lost_gives_none() -> None:
    found = grades_of(["The care of bridges and canals", "Fair", "Boats", "Locks", "Poor"])
    assert (found["bridges"], found["boats"]) == ("fair", None)


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        pytest.param(["The judgements on parts of the service are:", "Needs"], "worn", id="a paragraph above"),
        pytest.param(["Each of them now Needs"], None, id="a word on the same line"),
    ],
)
def test_a_grade_around_the_first_label_is_read_below_a_paragraph(above: Sequence[str], expected: str | None) -> None:
    page = [*above, "1. The care of bridges and canals", "repair", "2. Boats Fair", "3. Locks Poor"]
    assert grades_of(page) == {"bridges": expected, "boats": "fair", "locks": "poor"}


def test_the_first_grade_may_stand_above_the_number_of_its_label() -> None:
    assert grades_of(["Fair", "1. Boats", "Poor", "2. Locks"]) == {"boats": "fair", "locks": "poor"}


def test_a_last_grade_that_is_not_sure_shows_that_no_grade_was_lost() -> None:
    rows = ["The care of bridges and canals", "Fair", "Boats", "Poor Locks", "Bright days go by."]
    assert grades_of(rows) == {"bridges": "fair", "boats": "poor", "locks": None}


def test_of_two_tables_with_as_many_rows_the_first_counts() -> None:
    found = grades_of(["Boats", "Fair", "Locks", "Poor", *LONG, "Boats", "Bright", "Locks", "Bright"])
    assert found == {"boats": "fair", "locks": "poor"}
