"""The printed words behind a grade: those on its strand, else the summary, and a letter whole."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from reinspect.model import Document, Passage
from tests.making.inspections import inspection
from tui.app.panes.printed_lines import printed_lines

REPORT = inspection("ilacs-2023", date(2025, 3, 3), overall="good", help="good", care="good")


def passage(text: str, strand: str | None, role: str = "finding") -> Passage:
    return Passage(document="a" * 64, page=2, start=0, end=len(text), text=text, strand=strand, role=role)  # type: ignore[arg-type]


PASSAGES = (
    passage("This is how inspectors work.", None, "background"),
    passage("Services are good.", None, "summary"),
    passage("Help is timely.", "help"),
    passage("Record what is decided.", "help", "improvement"),
    passage("Visits are regular.", "help", "summary"),
)


def test_a_strand_has_its_findings_and_its_summary_in_the_order_of_the_report() -> None:
    title, lines = printed_lines(PASSAGES, REPORT, "help")
    assert title == "2025 report · Help and protection (2)"
    assert [line.content.plain for line in lines] == ["- Help is timely.  p. 2", "- Visits are regular.  p. 2"]
    assert [line.quote for line in lines] == ["Help is timely.", "Visits are regular."]


def test_a_strand_without_a_section_has_the_summary() -> None:
    for strand in ("care", None):
        title, lines = printed_lines(PASSAGES, REPORT, strand)
        assert title == "2025 report · summary (1)"
        assert [line.quote for line in lines] == ["Services are good."]


def test_a_letter_is_shown_whole() -> None:
    visit = replace(inspection("focused-visit", date(2024, 3, 4)), graded=False)
    title, lines = printed_lines(tuple(replace(each, strand=None) for each in PASSAGES), visit, "help")
    assert title == "2024 letter (3)"
    assert lines[0].quote == "Services are good."


def test_our_own_notes_are_called_a_digest() -> None:
    notes = Document(sha256="a" * 64, kind="digest", title="Notes", source="notes.md", pages=2, reader="1.0")
    title, lines = printed_lines(PASSAGES, replace(REPORT, documents=(notes,), primary_text=notes.sha256), "help")
    assert title == "2025 digest · Help and protection (2)"
    assert lines[0].content.plain == "- Help is timely.  digest, p. 2"
