"""Blocks of pages: paragraphs with their numbers, headings, other lines and running heads."""

from __future__ import annotations

from reinspect.answers.page_blocks import PageBlock, find_blocks
from reinspect.model import Passage

HEAD = "Inspection of a council of ours"


def page(number: int, body: str) -> str:
    return f"{HEAD}\n3 May 2022 {number}\n{body}"


PAGES = (
    page(1, "What we saw\n7. Managers see\nrecords early.\nA note"),
    page(2, "8. Visits are prompt."),
    page(3, "• Plans are clear."),
)


def passages() -> list[Passage]:
    found = []
    for number, (text, paragraph) in enumerate(
        (("7. Managers see\nrecords early.", 7), ("8. Visits are prompt.", 8), ("• Plans are clear.", None)), 1
    ):
        start = PAGES[number - 1].index(text)
        found.append(
            Passage(
                document="a",
                page=number,
                start=start,
                end=start + len(text),
                text=text,
                paragraph=paragraph,
                heading="What we saw",
                strand="help",
            )
        )
    return found


def shown(block: PageBlock) -> str:
    return PAGES[block.page - 1][block.text_start : block.end]


def test_every_kind_of_block_is_recognised() -> None:
    blocks = [(block.kind, shown(block)) for block in find_blocks(PAGES, passages()) if block.page == 1]
    assert blocks == [
        ("running head", HEAD),
        ("running head", "3 May 2022 1"),
        ("heading", "What we saw"),
        ("paragraph", "Managers see\nrecords early."),
        ("line", "A note"),
    ]


def test_a_printed_number_goes_before_the_text_and_a_bullet_stays() -> None:
    numbers = [(block.number, shown(block)) for block in find_blocks(PAGES, passages()) if block.kind == "paragraph"]
    assert numbers == [("7", "Managers see\nrecords early."), ("8", "Visits are prompt."), ("", "• Plans are clear.")]


def test_a_number_in_a_line_of_its_own_belongs_to_the_paragraph_below() -> None:
    text = "3.\nManagers see records.\n4.\nA note of ours."
    own = Passage(document="a", page=1, start=3, end=24, text="Managers see records.", paragraph=3)
    assert [block.kind for block in find_blocks((text,), [own])] == ["number", "paragraph", "line", "line"]


def test_lines_of_two_pages_only_are_not_running_heads() -> None:
    assert all(block.kind != "running head" for block in find_blocks(PAGES[:2], passages()[:2]))


def test_overlapping_passages_are_laid_out_once() -> None:
    first = passages()[0]
    blocks = [block for block in find_blocks(PAGES, [first, first]) if block.kind == "paragraph"]
    assert len(blocks) == 1


def test_the_second_line_of_a_heading_is_a_heading_however_short() -> None:
    text = "What leaders do for\npractice\nfair\n7. Managers see records."
    start = text.index("7.")
    passage = Passage(
        document="a",
        page=1,
        start=start,
        end=len(text),
        text=text[start:],
        paragraph=7,
        heading="What leaders do for practice: good",
        strand="leaders",
    )
    kinds = [(block.kind, text[block.start : block.end]) for block in find_blocks((text,), (passage,))]
    assert kinds[:3] == [("heading", "What leaders do for"), ("heading", "practice"), ("line", "fair")]
