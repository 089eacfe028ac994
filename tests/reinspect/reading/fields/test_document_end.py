"""The end of a report in a pack: the paper behind it has its title at the top of a page, or behind the signature."""

from __future__ import annotations

import pytest

from reinspect.reading.fields.document_end import find_end
from reinspect.reading.layout.lines import split_lines

FINDINGS = "1. Leaders know their service.\n2. Visits are kept.\n3. Plans are read."


def kept(*pages: str) -> tuple[list[str], list[str]]:
    """Return the lines that belong to the report, and the warnings."""
    lines = split_lines(pages)
    end, warnings = find_end(lines)
    return [line.text for line in lines[:end]], warnings


@pytest.mark.parametrize("title", ["Appendix B – Action plan", "Report of the director", "Improvement plan 2019–20"])
def test_a_paper_whose_title_is_at_the_top_of_a_page_is_left_out(title: str) -> None:
    lines, warnings = kept(FINDINGS, f"{title}\nWe will visit sooner.", "And more of it.")
    assert lines == FINDINGS.split("\n")
    assert warnings == ["pages 2 to 3: other papers follow the end of this document; they are left out"]


def test_a_title_below_a_running_head_ends_the_report_at_the_top_of_its_page() -> None:
    lines, warnings = kept(FINDINGS, "Cabinet, 3 May\nAppendix B\nWe will visit sooner.")
    assert lines == FINDINGS.split("\n")
    assert warnings[0].startswith("page 2:")


def test_a_title_on_the_third_line_of_a_page_is_none() -> None:
    lines, warnings = kept(FINDINGS, "4. Notes are short.\n5. Homes are safe.\nAppendix B\nWe will visit.")
    assert lines[-1] == "We will visit."
    assert warnings == []


def test_a_title_on_the_first_page_is_the_reports_own() -> None:
    assert kept("Appendix B – Ofsted letter\n" + FINDINGS)[1] == []


def test_without_pages_a_title_counts_behind_the_signature_and_after_a_blank_line_alone() -> None:
    signed = f"{FINDINGS}\nYours sincerely\nAda Lovelace"
    assert kept(f"{signed}\n\nAppendix B\nWe will visit.")[0][-1] == "Ada Lovelace"
    assert kept(f"{signed}\nAppendix B\nWe will visit.")[1] == []
    assert kept(f"{FINDINGS}\n\nAppendix B\nWe will visit.")[1] == []


@pytest.mark.parametrize(
    "line",
    [
        "Appendix B is about the visits",
        "Appendix B,",
        "Action plan.",
        "appendix B",
        "Appendix B " + "on the visits of workers " * 5,
    ],
)
def test_the_beginning_of_a_sentence_is_not_a_title(line: str) -> None:
    assert kept(FINDINGS, f"{line}\nWe will visit sooner.")[1] == []


def test_a_title_that_goes_on_in_lower_case_is_a_sentence() -> None:
    assert kept(FINDINGS, "Appendix B\nof the report has the figures.")[1] == []
    assert kept(FINDINGS, "Appendix B", "of the next page.")[1] != []


def test_a_title_on_the_very_last_line_ends_the_report() -> None:
    lines, warnings = kept(FINDINGS, "Appendix B")
    assert (lines, len(warnings)) == (FINDINGS.split("\n"), 1)


@pytest.mark.parametrize(("letters", "is_title"), [(100, True), (101, False)])
def test_a_title_has_a_hundred_letters_at_most(letters: int, is_title: bool) -> None:
    title = f"Appendix B {'of visits ' * 10}"[: letters - 1] + "s"
    assert (kept(FINDINGS, f"{title}\nWe will visit sooner.")[1] != []) is is_title
