"""Papers of no known type or date: searched, cited with their council, and counted when they are left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from reinspect.phrases.query import reason_to_find_nothing, what_is_cut
from tests.tui.cli.conftest import Run

NOTE = "Notes on a meeting in {council}\n\nThe council wrote about the orchard of lanterns. Children were heard.\n"


@pytest.fixture(autouse=True)
def without_digests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reinspect.digests.shipped", tuple)


@pytest.fixture
def notes(tmp_path: Path, run: Run) -> dict[str, str]:
    """Notes of two councils in the store; the beginning of the sha256 of each."""
    found = {}
    for council in ("Camden", "Kent"):
        folder = tmp_path / council
        folder.mkdir()
        (folder / "notes.txt").write_text(NOTE.format(council=council), "utf-8")
        added = run("add", folder / "notes.txt").stdout
        found[council] = added.rpartition("attach ")[2].split()[0]
    return found


def test_a_paper_of_no_inspection_is_cited_with_its_council(run: Run, notes: dict[str, str]) -> None:
    shown = run("search", "orchard of lanterns").stdout
    cited = " ".join(shown.split())
    assert 'Camden, "notes", which belongs to no inspection, p. 1' in cited
    assert 'Kent, "notes", which belongs to no inspection, p. 1' in cited
    assert (
        "2 sentences in 2 texts. "
        "Of these sentences, 2 are in press articles, documents of no inspection, or inspections other than of social "
        "care. Found" in cited
    )


def test_a_paper_of_no_known_type_stays_in_search_when_it_is_assigned(run: Run, notes: dict[str, str]) -> None:
    assert run("attach", notes["Camden"], "camden:2022").exit_code == 0
    cited = " ".join(run("search", "orchard of lanterns").stdout.split())
    assert "Camden, ILACS inspection 25-29 April 2022, other document, p. 1" in cited
    assert "2 sentences" in cited


def test_a_limit_on_time_says_how_many_texts_without_a_date_it_leaves_out(run: Run, notes: dict[str, str]) -> None:
    for option in ("--since", "--until"):
        assert "(2 without a date are left out)" in run("search", "orchard", option, "2020").stdout
    assert "(1 without a date is left out)" in run("search", "orchard", "--authority", "kent", "--since", "2020").stdout
    assert "left out" not in run("search", "orchard").stdout


@pytest.mark.parametrize("query", ["£", "...", '"£"', '"%" "&"', "§ ¶", "—"])
def test_signs_alone_are_said_not_to_be_searched(run: Run, query: str) -> None:
    assert "Signs alone are not searched" in run("search", query).stdout
    told = run("search", query, "--json")
    assert told.stdout == "[]\n"
    assert "Signs alone are not searched" in told.stderr


def test_no_text_is_said_to_be_searched_where_there_is_no_word_to_find(run: Run, notes: dict[str, str]) -> None:
    shown = run("search", "").stdout
    assert "There is no word to find. Type one." in shown
    assert "earched" not in shown
    assert "Searched: 2 texts" in run("search", "lighthouse").stdout


@pytest.mark.parametrize(
    ("query", "reason"),
    [("-plans", "only words to leave out"), (" ", "no word"), ('""', "no word"), ("£5", ""), ("plan £", "")],
)
def test_the_reason_to_find_nothing_fits_what_was_typed(query: str, reason: str) -> None:
    assert (reason in reason_to_find_nothing(query)) if reason else reason_to_find_nothing(query) == ""


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "xlsx"])
def test_the_reason_to_find_nothing_is_said_with_every_format_of_data(run: Run, tmp_path: Path, form: str) -> None:
    searched = run("search", "£", "--format", form, "-o", tmp_path / f"found.{form}")
    assert "Signs alone are not searched" in searched.stderr


_MANY_WORDS = " ".join(f"lantern{number}" for number in range(300))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (_MANY_WORDS, "Only the first 24 words are searched for."),
        (f'"{_MANY_WORDS[:500]}"', "Of words in quotes only the first 24 are searched for."),
        ("a" * 1001, "Only the first 1,000 characters are searched for."),
        ("a" * 1000, ""),
        ('lighthouse "by the sea" -plans', ""),
    ],
)
def test_a_query_that_is_too_long_is_cut_and_that_is_said(query: str, said: str) -> None:
    assert what_is_cut(query) == said


@pytest.mark.parametrize("option", [(), ("--meaning",)])
def test_a_search_for_too_many_words_says_how_many_it_took(run: Run, notes: dict[str, str], option: tuple[str]) -> None:
    shown = run("search", _MANY_WORDS, *option).stdout
    assert "Only the first 24 words are searched for." in shown
    assert "lantern299" not in shown
    assert "Only the first 24 words" in run("search", _MANY_WORDS, *option, "--json").stderr


def test_a_paper_of_no_known_type_is_not_called_ofsteds(run: Run, tmp_path: Path) -> None:
    (tmp_path / "recipe.txt").write_text("Scones\n\nMix the flour with milk.\n", "utf-8")
    shown = run("read", tmp_path / "recipe.txt").stdout
    assert "Kind: other: of no type that reinspect knows; 1 page, 1 passage" in shown
    assert "Ofsted" not in shown


def test_the_grades_in_an_article_are_called_second_hand(run: Run, tmp_path: Path) -> None:
    article = (
        "Camden praised\n\nCamden children's services were rated good by Ofsted after an inspection from 25 to 29 "
        "April 2022, with leaders outstanding.\n"
    )
    (tmp_path / "article.txt").write_text(article, "utf-8")
    shown = " ".join(run("read", tmp_path / "article.txt").stdout.split())
    assert "Kind: coverage: a text on an inspection, not its report" in shown
    assert "They are second-hand: the grades of an inspection come from its report." in shown
    assert "judgements are Ofsted's" not in shown
