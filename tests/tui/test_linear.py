"""The app without a screen: what a person hears who types a line and is answered in lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from store import Store
from tests.making.pdf import make_pdf
from tests.making.reports import ilacs_2023
from tui.library import Library
from tui.linear import Linear, run_linear
from tui.selection import Selection

Hears = Callable[..., str]


@pytest.fixture
def hears(store: Store, capsys: pytest.CaptureFixture[str]) -> Hears:
    """Everything that is said, on either stream, after these lines."""
    library = Library(lambda: store)
    library.open()
    linear = Linear(library, Selection(authority="camden"))

    def typed(*lines: str) -> str:
        for line in lines:
            linear.answer(line)
        printed, said = capsys.readouterr()
        return str(printed + said)

    return typed


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("timeline", "Timeline: Camden"),
        ("compare", "Camden: ILACS 2022 and ILACS 2025"),
        ("follow", "Follow-through: Camden"),
        ("phrases", "Phrases that recur"),
        ("search steady", "Search: steady"),
        ("authorities", "Authorities"),
        ("basket", "Basket"),
    ],
)
def test_every_pane_is_told_and_nothing_is_drawn(hears: Hears, typed: str, title: str) -> None:
    heard = hears(typed)
    assert heard.splitlines()[0] == title
    assert not set(heard) & set("─━═│┃|")


def test_two_inspections_may_be_named_as_on_the_command_line(hears: Hears) -> None:
    assert hears("compare camden:2017 camden:2025").startswith("Camden: SIF 2017 and ILACS 2025")
    assert hears("compare camden:1999 camden:2025").startswith("Error: Camden had no graded inspection in 1999")
    assert "a comparison needs two" in hears("compare camden:2017")


def test_a_cohort_is_set_beside_the_timeline_and_narrows_the_rest(hears: Hears) -> None:
    assert "From now on beside authorities of London" in hears("cohort region:London")
    assert "Cohort region:London" in hears("timeline")
    assert "How the cohort moved" in hears("compare")
    told = hears("authorities")
    assert "Barnet" in told
    assert "Kent" not in told
    assert "authorities of London" in hears("search steady")
    assert "no cohort" in hears("cohort")
    assert "Kent" in hears("authorities")


def test_a_cohort_that_cannot_be_meant_changes_nothing(hears: Hears) -> None:
    hears("cohort region:London")
    assert hears("cohort region:Lond").startswith("Error: ")
    assert "Cohort region:London" in hears("timeline")


def test_where_says_which_texts_are_searched(hears: Hears) -> None:
    assert hears("where") == "Phrases and search look in the texts of Camden.\n"
    assert hears("where all") == "Phrases and search look in the texts of all authorities.\n"
    assert hears("where cohort").startswith("Error: name one of authority, beside, cohort, all")


def test_a_sentence_that_was_found_is_pinned_by_its_number_noted_and_taken_back(hears: Hears, store: Store) -> None:
    hears("search oversight by managers is steady")
    assert hears("pin 1").startswith("Pinned as number 1 of the basket: “Oversight by managers is steady.”")
    (pin,) = store.pins()
    assert pin.kind == "quote"
    assert pin.citation == "Camden, ILACS inspection 3-7 March 2025, p. 2, para 3"
    assert pin.inspection == "camden-2025-03-03-ilacs"
    hears("note 1 for the committee")
    assert "Note: for the committee" in hears("basket")
    hears("remove 1")
    assert "Nothing is pinned." in hears("basket")
    hears("undo")
    assert "for the committee" in hears("basket")


def test_a_row_is_pinned_by_some_of_its_words_with_every_source(hears: Hears, store: Store) -> None:
    hears("compare", "pin help improved")
    assert store.pins() == ()
    hears("pin help and protection")
    (pin,) = store.pins()
    assert pin.kind == "row"
    assert pin.text.startswith("Help and protection: ILACS 2022: good; ILACS 2025: requires improvement; Change: ")
    assert "25-29 April 2022" in pin.citation
    assert "3-7 March 2025" in pin.citation


def test_words_that_several_lines_have_are_asked_for_again(hears: Hears, store: Store) -> None:
    hears("timeline")
    heard = hears("pin 20")
    assert heard.startswith("Error: ")
    assert 'lines of "Timeline: Camden" may be meant; name more words of one: ' in heard
    assert hears("pin zebra") == 'Error: no line of "Timeline: Camden" has the words "zebra"\n'
    assert store.pins() == ()


def test_pins_are_put_in_another_order(hears: Hears, store: Store) -> None:
    hears("search oversight", "pin 1", "pin 2", "move 2 1")
    assert [pin.text for pin in store.pins()] == [
        "Oversight of records by managers is too loose.",
        "Oversight by managers is steady.",
    ]
    assert "name it by its number" in hears("move one two")


def test_the_page_of_a_line_is_read_and_then_the_next(hears: Hears) -> None:
    assert hears("page").startswith("Error: nothing is being read")
    hears("search managers see the records of every child")
    heard = hears("read 1")
    assert "Page 1 of 2" in heard
    assert "Grades below" in heard
    assert "Delay remains." in hears("page")
    assert hears("page") == "Error: there is no page 3; it has 2\n"
    hears("authorities")
    assert "no page is held" in hears("read barnet")


@pytest.mark.parametrize("name", ["told.txt", "told.md", "told.html", "told.csv", "told.json"])
def test_the_last_answer_is_exported_in_the_form_that_its_name_says(hears: Hears, tmp_path: Path, name: str) -> None:
    hears("compare")
    assert hears(f"export {tmp_path / name}").startswith("Written to ")
    written = (tmp_path / name).read_text("utf-8-sig")
    assert "ILACS" in written or json.loads(written)["schema"] == 1


def test_a_file_is_replaced_only_when_it_is_asked_for_again(hears: Hears, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("mine")
    hears("timeline")
    assert "The same again replaces it" in hears(f"export {kept}")
    assert kept.read_text() == "mine"
    hears(f"export {kept}")
    assert kept.read_text("utf-8").startswith("Timeline: Camden")
    assert hears("export").startswith("Error: ")
    assert hears(f"export {tmp_path}/none/here.txt").startswith("Error: ")


def test_a_report_is_added(hears: Hears, tmp_path: Path) -> None:
    report = make_pdf(ilacs_2023(), tmp_path / "report.pdf")
    added = "report of Camden, ILACS inspection 4-8 March 2024, which was not known before"
    assert hears(f"add {report}").startswith(f"report.pdf: added, {added}")
    assert "failed" in hears(f"add {tmp_path / 'none.pdf'}")
    assert hears("add").startswith("Error: ")


def test_what_is_not_understood_is_answered_with_what_may_be_typed(hears: Hears) -> None:
    assert hears("dance").startswith("What next? timeline, compare, ")
    assert hears("").startswith("What next? ")
    assert hears("authority nowhere at all").startswith('Error: no authority is called "nowhere at all"')
    told = hears("help").splitlines()
    assert "basket: what is pinned" in told
    assert len(told) > 15


def test_it_begins_where_the_person_left_off(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(sys, "stdin", StringIO("authority barnet\ncohort region:London\nquit\ntimeline\n"))
    run_linear(store.folder)
    assert capsys.readouterr().out.count("Timeline: ") == 2
    monkeypatch.setattr(sys, "stdin", StringIO(""))
    run_linear(store.folder)
    printed, said = capsys.readouterr()
    assert printed.startswith("Timeline: Barnet")
    assert "Cohort region:London" in printed
    assert said.startswith("What next? ")
