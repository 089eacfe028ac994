"""HTML and Markdown: the words that a browser would show, block by block."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reinspect.reading.formats import html, markdown
from reinspect.reading.formats.html import visible_text


def test_the_cells_of_a_row_are_never_glued() -> None:
    page = "<table><tr><th>Judgement</th><th>Grade</th></tr><tr><td>Leaders</td><td>Good</td></tr></table>"
    assert visible_text(page) == "Judgement\tGrade\nLeaders\tGood"


def test_blocks_inside_cells_leave_the_row_whole() -> None:
    page = (
        "<table><tr><td>\n <p>Leaders</p>\n</td>\n<td><div><p>Good</p></div></td></tr><tr><td>Help<td>Adequate</table>"
    )
    assert visible_text(page) == "Leaders\tGood\nHelp\tAdequate"


def test_an_empty_cell_does_not_pull_its_row_up() -> None:
    page = "<table><tr><td>A</td></tr><tr><td></td><td>B</td></tr></table>"
    assert visible_text(page) == "A\nB"


def test_a_page_laid_out_in_a_table_keeps_its_paragraphs() -> None:
    assert visible_text("<table><tr><td><p>One.</p><p>Two.</p></td></tr></table>") == "One.\n\nTwo."


def test_tags_within_a_line_split_no_word() -> None:
    assert visible_text("multi<b>-</b>agency and <i>re</i>inspection<sup>2</sup>") == "multi-agency and reinspection2"


def test_space_between_tags_is_kept_once() -> None:
    assert visible_text("<b>Grade:</b>&nbsp;<i> Good </i>\n\t<u>now</u> .") == "Grade: Good now ."


def test_paragraphs_headings_and_line_breaks_divide() -> None:
    assert visible_text("<h1>Findings</h1><p>One<br>two</p>three<div>four</div>") == "Findings\n\nOne\ntwo\n\nthree\nfour"


def test_lists_keep_their_bullets_and_numbers() -> None:
    page = "<p>So:</p><ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul><ol start=12><li>d<li>e</ol><p>f"
    assert re.split(r"\n+", visible_text(page)) == ["So:", "• a", "◦ b", "• c", "12. d", "13. e", "f"]


def test_a_bullet_without_words_marks_nothing_else() -> None:
    assert visible_text("<ul><li></li></ul><p>After") == "After"


def test_what_is_not_shown_is_left_out() -> None:
    page = """<html><head><title>T</title><style>p {}</style><script>if (a < b) alert('<p>x</p>')</script></head>
    <nav><ul><li>Home <nav>deep</nav></li></ul></nav><p>Words</p><noscript>no</noscript></html>"""
    assert visible_text(page) == "Words"


def test_preformatted_text_keeps_its_lines() -> None:
    assert visible_text("<p>a</p><pre>one\n  two</pre>") == "a\n\none\n  two"


def test_entities_are_characters() -> None:
    assert visible_text("<p>&pound;5 &lt;b&gt; &#8217;s &#x1b;[2J</p>").startswith("£5 <b> ’s ")


def test_an_old_page_is_read_as_windows_text() -> None:
    assert html.extract_pages("<p>children’s".encode("cp1252")) == (["children’s"], [])


def test_markdown_is_read_as_it_would_be_shown() -> None:
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
def test_any_tag_soup_is_read(soup: list[str]) -> None:
    assert isinstance(visible_text("".join(soup)), str)


@given(st.lists(st.lists(st.text("abc", min_size=1, max_size=4), min_size=1, max_size=4), min_size=1, max_size=4))
def test_every_table_comes_back_row_by_row(rows: list[list[str]]) -> None:
    page = "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows)
    assert [line.split("\t") for line in visible_text(f"<table>{page}</table>").split("\n")] == rows


@pytest.mark.parametrize("tag", ["div", "table", "ul", "script", "b"])
def test_deep_nesting_is_read(tag: str) -> None:
    assert isinstance(visible_text(f"<{tag}>" * 20_000 + "words"), str)
