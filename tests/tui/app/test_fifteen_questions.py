"""The fifteen questions that people bring, asked at the keyboard of the app.

Those that the app answers in part or not at all are told in docs/explanation/questions.md, and so is what does.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from store import Store
from tests.making.events import BARNET, graded, reading
from tests.making.pdf import make_pdf
from tests.making.person import Person, person_at
from tests.making.reports import GRADES, ilacs_body, ilacs_front, rows
from tui.app.app import ReinspectApp

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "questions.md"


@pytest.fixture
def neighbour(store: Store) -> None:
    """Barnet's report of 2019 is held too."""
    store.add([reading(("Grades below\nManagers see records late.", "Delay is rare."), "barnet", BARNET)])


async def looks_for(person: Person, words: str) -> None:
    """Search for words in the pane of phrases, and go to what was found."""
    await person.presses("4", "slash")
    await person.types(words)
    await person.presses("enter")


async def compares_with(person: Person, cohort: str) -> None:
    await person.presses("f")
    await person.types(cohort)
    await person.presses("enter")


async def test_1_what_changed_since_our_last_inspection_and_may_i_say_improved(app: ReinspectApp) -> None:
    async with person_at(app, 100, 40) as person:
        await person.presses("c")
        assert person.sees_in_line("A ILACS inspection 25-29 April 2022")
        assert person.sees_in_line("B ILACS inspection 3-7 March 2025")
        assert person.sees_in_line("Leaders", "→ same")
        assert person.sees_in_line("Help and protection", "1 down")
        # Both were one strand in 2022: that goes with every word on them.
        assert person.sees_in_line("Children in care", "1 above joint", "K7")
        assert person.sees_in_line("K7", "Until December 2022 children in care and care leavers shared one grade")


async def test_2_which_earlier_recommendations_come_up_again_and_where(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("3")
        assert person.sees_in_line("May 2018 focused visit (1)")
        assert person.sees_in_line("1. How often managers look")
        assert person.sees_in_line("Focused visit 2018 asked: how often")
        assert person.sees_in_line("ILACS inspection 25-29 April 2022:")
        assert person.sees_in_line("undecided: read these")
        assert person.sees_in_line("p. 1, para 2")


async def test_3_what_was_said_about_a_topic_in_us_and_our_neighbours_since_a_date(
    app: ReinspectApp, neighbour: None
) -> None:
    async with person_at(app, 120, 40) as person:
        await compares_with(person, "region:London")
        await looks_for(person, "records")
        assert person.sees_in_line("Barnet, ILACS inspection 13-17 May 2019, p. 1")
        assert person.sees_in_line("Camden, ILACS inspection 25-29 April 2022, p. 1")
        await compares_with(person, "region:London since:2022")
        assert person.sees_in_line("Not accepted:", "no inspection of this group is stored")
        await person.presses("escape", "w")
        assert person.sees_in_line("Camden, ILACS inspection 25-29 April 2022, p. 1")
        assert not person.sees_in_line("Barnet, ILACS inspection")


async def test_6_the_passage_with_document_page_and_paragraph_to_quote(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await looks_for(person, "managers is steady")
        await person.presses("y")
        assert app.clipboard == (
            "“Oversight by managers is steady.” (Camden, ILACS inspection 3-7 March 2025, p. 2, para 3)"
        )


async def test_7_the_history_of_an_authority_on_one_page(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with person_at(app, 120, 40) as person:
        await person.presses("1", "e", "down", "down", "enter")
    page = (tmp_path / "camden-timeline.html").read_text("utf-8")
    told = [page.index(when) for when in ("September", "15-16 May 2018", "25-29 April 2022", "3-7 March 2025")]
    assert told == sorted(told)
    assert "focused visit" in page


async def test_8_who_was_judged_like_us_on_a_strand_and_got_better(app: ReinspectApp, store: Store) -> None:
    better = graded(
        "ilacs-2023", date(2024, 6, 3), date(2024, 6, 7), overall="good", leaders="good", help="outstanding"
    )
    store.add([reading(("Grades below\nManagers see records early.",), "barnet", better)])
    async with person_at(app, 120, 40) as person:
        await person.presses("5", "slash")
        await person.types("moved:help=good>outstanding")
        assert person.sees_in_line("1 move (1 direct) · Good → outstanding on help")
        assert person.sees_in_line("Barnet", "● May 2019", "◆ Jun 2024", "5y 1m")
        await person.presses("enter", "enter")
        assert person.sees_in_line("Barnet", "record as of")
        assert person.sees_in_line("Help and protection", "● G", "◆ O", "↗ 1 up")


async def test_9_what_a_focused_visit_said_and_whether_it_was_picked_up(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("3")
        assert person.sees_in_line("1. How often managers look")
        await person.presses("left", "enter")
        assert person.sees_in_line("Oversight of records by managers is too loose.")
        assert person.sees_in_line("Camden, ILACS inspection 25-29 April 2022, p. 1")


async def test_10_what_outstanding_reports_say_about_a_topic(app: ReinspectApp, neighbour: None) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("a")
        await person.types("barnet")
        await person.presses("enter")
        await compares_with(person, "grade:leaders=outstanding")
        await looks_for(person, "records")
        assert person.sees_in_line("Camden, ILACS inspection 3-7 March 2025, p. 1")
        assert person.sees_in_line("Barnet, ILACS inspection")
        await person.presses("w", "w")
        assert person.sees_in_line("Camden, ILACS inspection 3-7 March 2025, p. 1")
        assert not person.sees_in_line("Barnet, ILACS inspection")


async def test_11_when_we_were_last_inspected_and_how_long_others_wait(app: ReinspectApp) -> None:
    async with person_at(app, 120, 40) as person:
        await person.presses("5", "o")
        assert person.sees_in_line("by longest since inspected")
        first, second = (line for line in person.sees.split("\n") if re.search(r"\d+y \d+m", line))
        assert "Barnet" in first
        assert "May 2019" in first
        assert "Camden" in second
        assert "Mar 2025" in second


async def test_13_what_a_new_report_says_compared_with_the_last(app: ReinspectApp, tmp_path: Path) -> None:
    front = ilacs_front(rows(**GRADES), dates="Inspection dates: 2 to 6 February 2026")
    report = make_pdf([front, ilacs_body(**GRADES)], tmp_path / "new.pdf")
    async with person_at(app, 120, 40) as person:
        await person.presses("A")
        await person.types(str(report))
        await person.presses("enter")
        assert person.sees_in_line("new.pdf: report of Camden, ILACS inspection 2-6 February 2026")
        await person.presses("escape", "2")
        assert person.sees_in_line("A ILACS inspection 3-7 March 2025")
        assert person.sees_in_line("B ILACS inspection 2-6 February 2026")
        assert person.sees_in_line("Help and protection", "improved")


@pytest.mark.parametrize(("downs", "ending"), [(1, "md"), (5, "csv"), (6, "json")])
async def test_15_the_quotes_are_exported_with_their_sources(
    app: ReinspectApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, downs: int, ending: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with person_at(app, 120, 40) as person:
        await looks_for(person, "managers is steady")
        await person.presses("p", "6", "e", *["down"] * downs, "enter")
    written = (tmp_path / f"basket.{ending}").read_text("utf-8-sig")
    assert "Oversight by managers is steady." in written
    assert "p. 2, para 3" in written


def test_the_questions_page_names_a_test_for_every_question_the_app_answers() -> None:
    told = dict(re.findall(r"^\| (\d+) \|.*\| (.*?) \|$", PAGE.read_text("utf-8"), re.MULTILINE))
    assert list(told) == [str(number) for number in range(1, 16)]
    tested = {found[1] for name in globals() if (found := re.match(r"test_(\d+)_", name))}
    assert {number for number, where in told.items() if where.startswith("the app")} == tested
