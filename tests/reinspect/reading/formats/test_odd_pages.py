"""PDF pages that are drawn in an unusual way are read whole, or a warning names the page."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reinspect.errors import UnreadableError
from reinspect.reading.formats import ExtractedText, extract
from tests.making.odd_pdf import Drawn, drawn_pdf, page_of
from tests.making.pdf import pdf_bytes

LINES = ["Inspection of Exampleshire", "Judgement Grade", "Overall effectiveness Good", "1. Plans are clear to all."]
Read = Callable[[bytes], ExtractedText]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(data: bytes) -> ExtractedText:
        path = tmp_path / "report.pdf"
        path.write_bytes(data)
        return extract(path)

    return read


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_an_upright_one(read: Read, turn: int, rotate: int) -> None:
    boxes = b"/MediaBox [0 0 600 800]" if turn % 180 == 0 else b"/MediaBox [0 0 800 600]"
    extracted = read(drawn_pdf([page_of(LINES)], turn=turn, rotate=rotate, boxes=boxes))
    assert extracted.pages == ("\n".join(LINES),)
    assert extracted.warnings == ()


@pytest.mark.parametrize(
    ("boxes", "move"),
    [
        (b"/MediaBox [100 200 700 1000]", (100, 200)),
        (b"/MediaBox [-300 -400 300 400]", (-300, -400)),
        (b"/MediaBox [0 0 900 1200] /CropBox [100 200 700 1000]", (100, 200)),
        (b"/MediaBox [600 800 0 0]", (0, 0)),
    ],
)
def test_a_page_whose_edges_do_not_begin_at_zero_is_read_whole(
    read: Read, boxes: bytes, move: tuple[float, float]
) -> None:
    assert read(drawn_pdf([page_of(LINES)], boxes=boxes, move=move)).pages == ("\n".join(LINES),)


def test_print_outside_the_edges_of_a_page_is_left_out_with_a_warning(read: Read) -> None:
    extracted = read(drawn_pdf([[*page_of(LINES), Drawn(20, 900, "Printer's note")]]))
    assert extracted.pages == ("\n".join(LINES),)
    assert extracted.warnings == ("page 1: left out: print outside the page's edges ('Printer's note')",)


@pytest.mark.parametrize(
    "stamp",
    [
        Drawn(100, 300, "DRAFT", angle=45, size=90, grey=0.8),
        Drawn(100, 300, "CONFIDENTIAL", angle=-30, size=60),
        Drawn(590, 100, "For members only", angle=90, size=8),
        Drawn(60, 400, "EMBARGOED", size=70, grey=0.85),
    ],
)
def test_a_stamp_across_the_page_is_left_out_with_a_warning(read: Read, stamp: Drawn) -> None:
    extracted = read(drawn_pdf([[*page_of(LINES * 3), stamp]]))
    assert extracted.pages == ("\n".join(LINES * 3),)
    assert stamp.text in extracted.warnings[0]
    assert extracted.doubtful_pages == ()


LEFT = [
    "1. Leaders of the service know what",
    "children need, and they visit them",
    "often. Staff write down what they",
]
LEFT += [
    "see and managers read each note with",
    "care. The plans are clear for most",
    "of the children, and are kept up.",
    "So",
]
RIGHT = [
    "2. Some children wait too long for a",
    "worker to call. The team has gaps,",
    "and agency staff come and go. New",
]
RIGHT += [
    "leaders have made a plan to hire more",
    "people in the coming year. It has not",
    "yet been put in place, as they said.",
    "Yes",
]


def test_two_columns_drawn_row_by_row_are_read_one_after_the_other(read: Read) -> None:
    rows = [
        one
        for row, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True))
        for one in (Drawn(50, 700 - 14 * row, left), Drawn(320, 700 - 14 * row, right))
    ]
    extracted = read(drawn_pdf([[Drawn(50, 730, "A heading across both of the columns of the page"), *rows]]))
    lines = [line.strip() for line in extracted.pages[0].split("\n")]
    assert lines[1:] == [*LEFT, *RIGHT]
    assert "two columns" in extracted.warnings[0]


def test_a_table_of_labels_and_grades_is_not_taken_for_columns(read: Read) -> None:
    rows = [
        one
        for row in range(9)
        for one in (Drawn(50, 700 - 14 * row, f"The experiences of group {row}"), Drawn(400, 700 - 14 * row, "Good"))
    ]
    assert read(drawn_pdf([rows])).pages[0].split("\n")[0] == "The experiences of group 0 Good"


def test_line_numbers_in_the_margin_are_left_out_with_a_warning(read: Read) -> None:
    numbered = [f"{number} {line}".strip() for number, line in enumerate([*LINES, "", "More words."], start=1)]
    extracted = read(drawn_pdf([page_of(numbered), page_of(["7 The last page.", "8"])]))
    assert [line for page in extracted.pages for line in page.split("\n") if line] == [
        *LINES,
        "More words.",
        "The last page.",
    ]
    assert extracted.warnings == ("pages 1, 2: left out: line numbers in the margin",)


def test_a_numbered_list_is_not_taken_for_line_numbers(read: Read) -> None:
    lines = ["What needs to improve?", *(f"{number}. The plan for group {number}." for number in range(1, 9))]
    assert read(pdf_bytes([lines])).pages == ("\n".join(lines),)


@pytest.mark.parametrize("item", ["Improve the plan for group", "the plan for group", "Mend the gate of home no."])
@pytest.mark.parametrize("heading", [["What needs to improve?"], []])
def test_a_list_whose_numbers_have_no_full_stop_keeps_them(read: Read, heading: list[str], item: str) -> None:
    lines = [*heading, *(f"{number} {item} {number}" for number in range(1, 9))]
    extracted = read(pdf_bytes([lines]))
    assert extracted.pages == ("\n".join(lines),)
    assert extracted.warnings == ()


def test_line_numbers_of_running_text_are_left_out(read: Read) -> None:
    lines = [*LEFT, *RIGHT]
    extracted = read(pdf_bytes([[f"{number} {line}" for number, line in enumerate(lines, start=1)]]))
    assert extracted.pages == ("\n".join(lines),)


def numbered_pages(pages: list[list[Drawn]], step: int, sides: str, apart: str, form: str) -> list[list[Drawn]]:
    """Return pages with the number of each line (or each fifth, and so on) drawn in the margin."""
    drawn = []
    for page in pages:
        numbers = [
            [Drawn(15 if side == "left" else 560, one.bottom, form.format(count)) for side in sides.split()]
            if count % step == 0
            else []
            for count, one in enumerate(page, start=1)
        ]
        column = [number for row in numbers for number in row]
        rows = [
            piece
            for one, row in zip(page, numbers, strict=True)
            for piece in sorted([one, *row], key=lambda piece: piece.left)
        ]
        drawn.append({"rows": rows, "first": [*column, *page], "last": [*page, *column]}[apart])
    return drawn


FRONT = [
    "Inspection of Exampleshire", "children's services", "Inspection dates: 4 to 8 March 2024", "Judgement Grade",
    "The experiences and progress of", "care leavers", "Good", "The impact of leaders on", "practice", "Good",
    "Overall effectiveness", "Good",
]  # fmt: skip
PROSE = [
    "What needs to improve?", "1. The plans of each team, and the notes that", "workers write.", "2. Who reads them.",
    "Main findings", "3. Leaders know their streets well, and they", "ask what is missing.", "4. Staff are kind.",
    "5. Children are heard by the", "people who know them.",
]  # fmt: skip


@pytest.mark.parametrize(
    ("sides", "apart", "step", "form"),
    [
        *(("left", "rows", step, form) for step in (1, 2, 5, 10) for form in ("{}", "{:03}")),
        *(("right", "rows", step, "{}") for step in (1, 5, 10)),
        *(("left", apart, step, "{}") for apart in ("first", "last") for step in (1, 2)),
    ],
)
def test_line_numbers_of_any_step_and_side_are_left_out(
    read: Read, step: int, form: str, sides: str, apart: str
) -> None:
    pages = [page_of(FRONT), page_of(PROSE), page_of([*PROSE, *PROSE])]
    extracted = read(drawn_pdf(numbered_pages(pages, step, sides, apart, form)))
    assert [line for page in extracted.pages for line in page.split("\n") if line] == [*FRONT, *PROSE, *PROSE, *PROSE]
    assert extracted.warnings == ("pages 1, 2, 3: left out: line numbers in the margin",)


def test_a_line_number_after_a_hyphen_does_not_join_the_word(read: Read) -> None:
    lines = ["Staff of the mul-", "ti-", "agency team know the", "manage-", "ment of the work. They", "see it."]
    pages = [page_of(lines * 3)]
    extracted = read(drawn_pdf(numbered_pages(pages, 1, "left", "rows", "{}")))
    assert extracted.pages == read(drawn_pdf(pages)).pages


@pytest.mark.parametrize(
    "stamp",
    [
        pytest.param(Drawn(60, 735, "DRAFT", size=70), id="black across the text"),
        pytest.param(Drawn(60, 735, "Not for publication", size=40, grey=0.5), id="grey across the text"),
        pytest.param(Drawn(60, 735, "Embargoed", size=20, grey=0.7), id="pale and a little bigger"),
        pytest.param(Drawn(60, 735, "DRAFT", grey=0.85), id="pale and as small as the text"),
        pytest.param(Drawn(60, 100, "SPECIMEN COPY", size=40), id="below the text"),
        pytest.param(Drawn(250, 785, "DRAFT - NOT FOR WIDER CIRCULATION"), id="at the top"),
        pytest.param(Drawn(250, 20, "Official - sensitive"), id="at the bottom"),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_words_on_how_a_page_may_be_used_are_left_out_with_a_warning(read: Read, stamp: Drawn, is_first: bool) -> None:
    text = page_of(LINES * 3)
    extracted = read(drawn_pdf([[stamp, *text] if is_first else [*text, stamp]]))
    assert extracted.pages == ("\n".join(LINES * 3),)
    assert "left out" in extracted.warnings[0]


@pytest.mark.parametrize("line", ["confidential.", "Confidential records are kept.", "Copy to the council", "Official"])
def test_the_words_of_a_sentence_are_no_stamp(read: Read, line: str) -> None:
    lines = ["The notes of each child are kept strictly", line, *LINES]
    assert read(drawn_pdf([page_of(lines)])).pages == ("\n".join(lines),)


def test_a_pattern_of_slanted_words_is_left_out(read: Read) -> None:
    tiles = [Drawn(x, y, "DRAFT", 45, 30, 0.85) for x in range(50, 600, 120) for y in range(50, 800, 120)]
    extracted = read(drawn_pdf([[*tiles, *page_of(LINES)]]))
    assert extracted.pages == ("\n".join(LINES),)
    assert extracted.doubtful_pages == ()


@pytest.mark.parametrize("angle", [1, 2, 3, -1, -2, -3])
def test_the_lines_of_a_page_that_was_scanned_askew_stay_apart(read: Read, angle: float) -> None:
    askew = [one._replace(angle=angle) for one in page_of(LINES * 3)]
    extracted = read(drawn_pdf([askew]))
    assert extracted.pages == ("\n".join(LINES * 3),)
    assert extracted.warnings == ()


@pytest.mark.parametrize("sign", ["\ufffd", "\ue000", "\ue123", "\x07"])
def test_letters_without_a_reading_are_filled_in_where_one_word_fits(read: Read, sign: str) -> None:
    lines = [f"Overall e{sign}ectiveness of sta{sign} and the", f"signi{sign}cant work{sign}ow is su{sign}cient."]
    extracted = read(pdf_bytes([lines]))
    assert extracted.pages == ("Overall effectiveness of staff and the\nsignificant workflow is sufficient.",)
    assert "some letters could not be read" in extracted.warnings[0]


FONT_LINES = [
    "The inspection of staff and their effective work: a sufficient offer at the time of a significant action, with",
    "official notes on the attention that the other office gives to the thing itself, and the difference that makes.",
    "Each child has a section in them, and both the mother and the father are met; the national position is a matter",
    "of the attitude of the committee, which is patient and practical, and it is written down within a fortnight.",
]
LIGATURES = ("ffi", "fi", "ff", "fl")


@pytest.mark.parametrize(
    "lost",
    [
        pytest.param(dict.fromkeys(LIGATURES, ""), id="nothing left of the usual ones"),
        pytest.param({"ti": ""}, id="nothing left of ti"),
        pytest.param({"tt": ""}, id="nothing left of tt"),
        pytest.param(dict.fromkeys(LIGATURES, "f"), id="the first letter left"),
        pytest.param({"ff": "1", "fi": "2", "ffi": "3", "fl": "4"}, id="digits in their place"),
        pytest.param({"ff": "b", "fi": "c", "ffi": "d", "fl": "e"}, id="other letters in their place"),
        pytest.param({"th": "\ue001"}, id="a private sign for th"),
    ],
)
def test_letters_that_a_font_loses_in_any_way_are_filled_in_or_the_page_is_named(
    read: Read, lost: dict[str, str]
) -> None:
    printed = list(FONT_LINES)
    for ligature, sign in lost.items():
        printed = [line.replace(ligature, sign) for line in printed]
    extracted = read(pdf_bytes([printed]))
    words, right = extracted.pages[0].split(), " ".join(FONT_LINES).split()
    wrong = [(word, meant) for word, meant in zip(words, right, strict=True) if word != meant]
    # What is left of a word may be another word ("me" of "time"): nothing shows that.
    assert len(wrong) <= 2
    assert extracted.doubtful_pages == (1,) or [word for word, _ in wrong] in ([], ["me"])
    assert "some letters could not be read" in extracted.warnings[0]


def test_a_page_from_whose_words_a_letter_is_gone_is_named(read: Read) -> None:
    extracted = read(pdf_bytes([[line.replace("e", " ") for line in FONT_LINES]]))
    assert extracted.doubtful_pages == (1,)


def test_a_lost_letter_that_no_word_explains_is_shown_and_makes_the_page_doubtful(read: Read) -> None:
    extracted = read(pdf_bytes([["One."], ["The x\ufffdq of Zw\ufffdk."]]))
    assert extracted.pages[1] == "The x\ufffdq of Zw\ufffdk."
    assert extracted.doubtful_pages == (2,)


def test_a_page_whose_words_are_not_words_is_named(read: Read) -> None:
    shifted = "".join(chr((ord(c) - 97 + 3) % 26 + 97) if c.islower() else c for c in " ".join([*LEFT, *RIGHT]).lower())
    extracted = read(pdf_bytes([[" ".join(LEFT)], [shifted]]))
    assert extracted.doubtful_pages == (2,)


def test_a_word_divided_at_a_line_end_is_whole_and_a_real_hyphen_stays(read: Read) -> None:
    lines = ["1. The manage-", "ment of the work and its over-", "sight by the multi-", "agency hub is good."]
    assert read(pdf_bytes([lines])).pages == (
        "1. The management of the work and its oversight by the multi-agency hub is good.",
    )


def test_a_hyphen_printed_within_a_longer_word_says_nothing_of_a_divided_word(read: Read) -> None:
    pages = [["1. The manage-", "ment of the work and its over-", "sight is good."], ["A manage-mental plan."]]
    assert read(pdf_bytes(pages)).pages[0] == "1. The management of the work and its oversight is good."


def test_a_damaged_page_is_named_in_a_warning(read: Read) -> None:
    whole = pdf_bytes([LINES * 4, [f"{line} again" for line in LINES * 4], LINES])
    second = [match.start(1) for match in re.finditer(rb"stream\n(.+?)\nendstream", whole, re.DOTALL)][2]
    damaged = bytearray(whole)
    damaged[second + 60] ^= 4
    extracted = read(bytes(damaged))
    assert extracted.doubtful_pages == (2,)
    assert extracted.warnings == ("page 2 may be incomplete: the PDF is damaged there",)


def test_no_flipped_bit_loses_text_without_a_warning(read: Read) -> None:
    whole = pdf_bytes([[f"{number}. {line}" for line in LINES * 6] for number in range(4)])
    expected = read(whole).pages
    chance = random.Random(7)
    silent = 0
    for _ in range(300):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        try:
            extracted = read(bytes(damaged))
        except UnreadableError:
            continue
        silent += extracted.pages != expected and not extracted.doubtful_pages
    assert silent == 0


def test_a_whole_file_has_no_warning(read: Read) -> None:
    assert read(pdf_bytes([LINES, LINES])).warnings == ()
