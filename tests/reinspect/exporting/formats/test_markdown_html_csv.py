from __future__ import annotations

import csv
import hashlib
import io
import re
from base64 import b64encode
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reinspect.exporting import FORMATS, render_sheet
from reinspect.exporting.formats.csv import escape_cell, render_csv
from reinspect.exporting.formats.markdown import escape_markdown
from reinspect.exporting.sheet import Listing, Paragraph, Sheet, SheetCell, SheetItem, SheetSection, SheetTable
from reinspect.exporting.tidy import Fields, day, flag, number, tabulate, text, whole

HOSTILE = '<script>alert(1)</script> & "quoted" | `code` **bold** [link](http://x) =1+1'
SHEET = Sheet(
    title=HOSTILE,
    head=(HOSTILE,),
    sections=(
        SheetSection(
            heading=HOSTILE,
            blocks=(
                Paragraph(text=HOSTILE, citation=HOSTILE, marks=((0, 8),)),
                Listing(items=(SheetItem(marker=HOSTILE, text=HOSTILE, citation=HOSTILE),)),
                SheetTable(
                    columns=("Strand", HOSTILE),
                    rows=((SheetCell(text="Help"), SheetCell(text=HOSTILE, citation=HOSTILE, tone="rung-1")),),
                ),
            ),
        ),
    ),
    foot=(HOSTILE,),
)


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.closed: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        self.attributes.extend(attrs)

    def handle_endtag(self, tag: str) -> None:
        self.closed.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_html_escapes_every_word() -> None:
    tags = Tags(render_sheet(SHEET, "html"))
    assert "script" not in tags.opened
    assert not [name for name, _ in tags.attributes if name.startswith("on") or name == "style"]
    assert tags.words.count("alert(1)") >= 8


def test_html_closes_every_tag() -> None:
    tags = Tags(render_sheet(SHEET, "html"))
    assert sorted(tag for tag in tags.opened if tag != "meta") == sorted(tags.closed)


def test_html_loads_nothing_and_its_policy_allows_only_its_own_style() -> None:
    page = render_sheet(SHEET, "html")
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert style and policy
    digest = b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy[1]
    assert policy[1].startswith("default-src 'none'")
    assert not re.search(r"(src|href)=\"(?!#)", page)
    assert "url(" not in style[1]


def test_html_has_styles_for_light_dark_and_paper() -> None:
    page = render_sheet(SHEET, "html")
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("a*b_c`d", r"a\*b\_c\`d"),
        ("a | b", r"a \| b"),
        ("<b>&amp;", r"\<b\>\&amp;"),
        ("# title", r"\# title"),
        ("- item", r"\- item"),
        ("12. item", r"12\. item"),
        ("12) item", r"12\) item"),
        ("= rule", r"\= rule"),
        ("in 12. item", "in 12. item"),
        ("two\nlines\tand  blanks", "two lines and blanks"),
        ("[x](y)", r"\[x\](y)"),
    ],
)
def test_markdown_characters_are_escaped(words: str, line: str) -> None:
    assert escape_markdown(words) == line


def test_markdown_puts_marked_words_in_bold_without_spaces_at_the_edges() -> None:
    sheet = Sheet(
        title="t", sections=(SheetSection(heading="h", blocks=(Paragraph(text="1. an early help", marks=((5, 12),)),)),)
    )
    assert "1\\. an **early** help" in render_sheet(sheet, "md")


def test_every_row_of_a_markdown_table_has_the_same_number_of_cells() -> None:
    rows = [line for line in render_sheet(SHEET, "md").splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {3}


@pytest.mark.parametrize(
    "first", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", " =", "\t@"]
)
def test_a_cell_that_looks_like_a_formula_gets_an_apostrophe(first: str) -> None:
    assert escape_cell(f"{first}1") == f"'{first}1"


def test_other_cells_are_unchanged() -> None:
    assert [escape_cell(text) for text in ("good", "1", "", "a=b", "\u2014")] == ["good", "1", "", "a=b", "\u2014"]


TEXTS: Fields[tuple[str, str]] = (text("a", "the first", lambda row: row[0]), text("b", "the last", lambda row: row[1]))


@given(some.tuples(some.text(max_size=20), some.text(max_size=20)))
def test_csv_keeps_every_cell_and_the_same_columns_in_every_row(texts: tuple[str, str]) -> None:
    page = render_csv(tabulate("texts", "two texts", TEXTS, [texts]))
    lines = list(csv.reader(io.StringIO(page.removeprefix("\ufeff"), newline="")))
    assert lines == [["a", "b"], [escape_cell(text) for text in texts]]


def test_csv_has_rfc_line_ends_and_a_byte_order_mark() -> None:
    page = render_csv(tabulate("texts", "two texts", TEXTS, [("one", "two\rthree")]))
    assert page == '\ufeffa,b\r\none,"two\rthree"\r\n'


def test_csv_writes_each_type_plainly_and_nothing_for_no_value() -> None:
    fields: Fields[None] = (
        whole("n", "", lambda _: -3),
        number("x", "", lambda _: -0.5),
        day("d", "", lambda _: date(2022, 4, 25)),
        flag("yes", "", lambda _: True),
        flag("no", "", lambda _: False),
        whole("none", "", lambda _: None),
    )
    assert render_csv(tabulate("t", "", fields, [None])).splitlines()[1] == "-3,-0.5,2022-04-25,true,false,"


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_the_same_content(form: str) -> None:
    sheet = Sheet(
        title="one",
        head=("two",),
        sections=(
            SheetSection(
                heading="three",
                blocks=(
                    Paragraph(text="four", citation="five"),
                    Listing(items=(SheetItem(marker="six", text="seven", citation="eight"),)),
                    SheetTable(
                        columns=("nine", "ten"),
                        rows=((SheetCell(text="eleven"), SheetCell(text="twelve", citation="last")),),
                    ),
                ),
            ),
        ),
        foot=("foot",),
    )
    page = render_sheet(sheet, form)  # type: ignore[arg-type]
    told = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "last",
        "foot",
    ]
    assert [word for word in told if word not in page] == []
