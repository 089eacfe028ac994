"""HTML and Markdown: the text that a browser would show."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reinspect.reading.formats import html, markdown
from reinspect.reading.formats.html import visible_text


def test_a_tab_separates_the_cells_of_a_row() -> None:
    page = "<table><tr><th>Judgement</th><th>Grade</th></tr><tr><td>Leaders</td><td>Good</td></tr></table>"
    assert visible_text(page) == "Judgement\tGrade\nLeaders\tGood"


def test_paragraphs_inside_cells_do_not_break_the_row() -> None:
    page = (
        "<table><tr><td>\n <p>Leaders</p>\n</td>\n<td><div><p>Good</p></div></td></tr><tr><td>Help<td>Adequate</table>"
    )
    assert visible_text(page) == "Leaders\tGood\nHelp\tAdequate"


def test_a_row_with_an_empty_cell_stays_on_its_own_line() -> None:
    page = "<table><tr><td>A</td></tr><tr><td></td><td>B</td></tr></table>"
    assert visible_text(page) == "A\nB"


def test_paragraphs_inside_a_layout_table_are_kept() -> None:
    assert visible_text("<table><tr><td><p>One.</p><p>Two.</p></td></tr></table>") == "One.\n\nTwo."


def test_tags_within_a_word_do_not_split_it() -> None:
    assert visible_text("multi<b>-</b>agency and <i>re</i>inspection<sup>2</sup>") == "multi-agency and reinspection2"


def test_spaces_around_tags_become_one_space() -> None:
    assert visible_text("<b>Grade:</b>&nbsp;<i> Good </i>\n\t<u>now</u> .") == "Grade: Good now ."


def test_paragraphs_headings_and_line_breaks_end_a_line() -> None:
    assert (
        visible_text("<h1>Findings</h1><p>One<br>two</p>three<div>four</div>") == "Findings\n\nOne\ntwo\n\nthree\nfour"
    )


def test_lists_keep_their_bullets_and_numbers() -> None:
    page = "<p>So:</p><ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul><ol start=12><li>d<li>e</ol><p>f"
    assert re.split(r"\n+", visible_text(page)) == ["So:", "• a", "◦ b", "• c", "12. d", "13. e", "f"]


def test_an_empty_list_item_leaves_no_bullet_behind() -> None:
    assert visible_text("<ul><li></li></ul><p>After") == "After"


def test_hidden_elements_are_left_out() -> None:
    page = """<html><head><title>T</title><style>p {}</style><script>if (a < b) alert('<p>x</p>')</script></head>
    <nav><ul><li>Home <nav>deep</nav></li></ul></nav><p>Words</p><noscript>no</noscript></html>"""
    assert visible_text(page) == "Words"


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<header><nav>Menu</header><p>Findings: good", "Findings: good"),
        ("<div><button>Menu<div>more</div></div><p>Findings: good", "Findings: good"),
        ("<header><nav><ul><li>Home</ul></header>Findings: good", "Findings: good"),
        ("<header><nav>Menu<nav>more</header>Findings: good", "Findings: good"),
        ("<table><tr><td><select><option>a</td><td>Good</td></tr></table>", "Good"),
        ("<nav>Menu</header>more</nav>Findings: good", "Findings: good"),
    ],
)
def test_a_hidden_element_without_an_end_ends_with_the_element_around_it(page: str, shown: str) -> None:
    assert visible_text(page).strip() == shown
    assert html.extract_pages(page.encode())[1] == []


def test_a_page_that_ends_within_a_hidden_element_gives_a_warning() -> None:
    assert html.extract_pages(b"<p>Findings<nav>Menu<p>Good") == (
        ["Findings"],
        ["text may be missing: the page ends within <nav>, which is left out"],
    )


def test_a_list_may_count_from_zero() -> None:
    assert visible_text("<ol start=0><li>a<li>b</ol>") == "0. a\n1. b"


def test_preformatted_text_keeps_its_lines() -> None:
    assert visible_text("<p>a</p><pre>one\n  two</pre>") == "a\n\none\n  two"


def test_entities_are_decoded() -> None:
    assert visible_text("<p>&pound;5 &lt;b&gt; &#8217;s &#x1b;[2J</p>").startswith("£5 <b> ’s ")


def test_a_page_that_is_not_utf8_is_read_as_windows_1252() -> None:
    assert html.extract_pages("<p>children’s".encode("cp1252")) == (["children’s"], [])


def test_markdown_is_read_as_its_html_shows_it() -> None:
    source = (
        "# Findings\n\nLeaders are\n**ambi**tious.\n\n| Judgement | Grade |\n|---|---|\n| Leaders | Good |\n\n"
        "- one\n- two\n\n12. twelfth\n13. thirteenth\n\n<script>no</script>\n"
    )
    (page,), warnings = markdown.extract_pages(source.encode())
    assert page == (
        "Findings\n\nLeaders are ambitious.\n\nJudgement\tGrade\nLeaders\tGood\n\n"
        "• one\n• two\n\n12. twelfth\n13. thirteenth"
    )
    assert warnings == []


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*"<>/!-\"'=& \nab", "<td>", "</tr>", "<li>", "</ul>", "<ol start=", "<nav>", "<pre>"]))
)
def test_any_sequence_of_tags_is_read(soup: list[str]) -> None:
    assert isinstance(visible_text("".join(soup)), str)


@given(st.lists(st.lists(st.text("abc", min_size=1, max_size=4), min_size=1, max_size=4), min_size=1, max_size=4))
def test_every_table_is_read_row_by_row(rows: list[list[str]]) -> None:
    page = "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows)
    assert [line.split("\t") for line in visible_text(f"<table>{page}</table>").split("\n")] == rows


@pytest.mark.parametrize("tag", ["div", "table", "ul", "script", "b"])
def test_deep_nesting_is_read(tag: str) -> None:
    assert isinstance(visible_text(f"<{tag}>" * 20_000 + "words"), str)
