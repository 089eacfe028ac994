"""The basket at the command line: pinned from a search or by a citation, ordered, annotated, exported, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from store import Store
from tests.making.printed import printed_objects
from tests.tui.cli.conftest import UseStore
from tui.cli.main import main

LATEST, VISIT = "camden-2025-03-03-ilacs", "camden-2018-05-15-focused-visit"


class Basket:
    """Runs the commands on one store."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def run(self, *arguments: object) -> Result:
        return CliRunner().invoke(main, ["--store", str(self._folder), *map(str, arguments)])

    def done(self, *arguments: object) -> Result:
        result = self.run("basket", *arguments)
        assert result.exit_code == 0, result.stderr
        return result

    def pins(self) -> list[dict[str, Any]]:
        return printed_objects(self.done("--json").stdout)

    def texts(self) -> list[str]:
        return [pin["text"] for pin in self.pins()]


@pytest.fixture
def basket(store: Store, use_store: UseStore) -> Basket:
    use_store(store)
    return Basket(store.folder)


def test_a_passage_is_pinned_by_its_citation(basket: Basket) -> None:
    result = basket.done("add", "camden:2025:2:4", "--note", "for the\ncommittee")
    assert result.stdout == ""
    assert "number 1 in the basket: Delay remains." in result.stderr
    (pin,) = basket.pins()
    assert pin == {
        "schema": 2,
        "place": 1,
        "kind": "quote",
        "text": "Delay remains.",
        "citation": "Camden, ILACS inspection 3-7 March 2025, p. 2, para 4",
        "note": "for the committee",
        "inspection": LATEST,
        "document": pin["document"],
        "page": 2,
        "paragraph": 4,
    }


def test_where_a_page_holds_several_passages_some_words_choose(basket: Basket) -> None:
    refused = basket.run("basket", "add", f"{LATEST}:2")
    assert refused.exit_code == 2
    assert "2 passages are printed" in refused.stderr
    assert "Oversight by managers is steady.; Delay remains." in refused.stderr
    basket.done("add", f"{LATEST}:2", "oversight", "by")
    assert basket.texts() == ["Oversight by managers is steady."]


def test_a_documents_sha256_stands_for_its_inspection(basket: Basket, store: Store) -> None:
    sha256 = store.primary_texts()[VISIT]
    basket.done("add", f"{sha256[:8]}:1:2")
    assert basket.pins()[0]["document"] == sha256


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("camden", "is not a place"),
        (f"{LATEST}:9", "nothing is printed at"),
        (f"{LATEST}:2:99", "nothing is printed at"),
        ("camden:2017:1", "no text of camden:2017 is stored"),
        ("nowhere-2020:1", 'no inspection has the id "nowhere-2020"'),
    ],
)
def test_a_place_that_is_none_is_refused_in_words(basket: Basket, place: str, said: str) -> None:
    result = basket.run("basket", "add", place)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_sentences_of_a_search_are_pinned_by_their_numbers(basket: Basket) -> None:
    result = basket.run("search", "managers", "--pin", 2, "--pin", 1)
    assert result.exit_code == 0, result.stderr
    shown = [line for line in result.stdout.splitlines() if line[:2] in {"1.", "2."}]
    assert len(shown) == 2
    assert all(text.split()[0] in line for text, line in zip(basket.texts(), reversed(shown), strict=True))


def test_a_number_that_no_sentence_has_pins_nothing(basket: Basket) -> None:
    result = basket.run("search", "managers", "--pin", 1, "--pin", 99)
    assert (result.exit_code, result.stdout) == (2, "")
    assert basket.pins() == []


@pytest.fixture
def filled(basket: Basket) -> Basket:
    """A basket of three."""
    for place in (f"{LATEST}:1:2", f"{LATEST}:2:3", f"{LATEST}:2:4"):
        basket.done("add", place)
    return basket


def test_the_order_is_a_persons_own(filled: Basket) -> None:
    filled.done("move", 3, 1)
    assert filled.texts()[0] == "Delay remains."


def test_a_note_is_written_and_taken_away(filled: Basket) -> None:
    filled.done("note", 2, "ask", "Ada")
    assert filled.pins()[1]["note"] == "ask Ada"
    assert "Note: ask Ada" in filled.done().stdout
    filled.done("note", 2)
    assert filled.pins()[1]["note"] == ""


def test_what_is_removed_or_cleared_comes_back_by_undo(filled: Basket) -> None:
    filled.done("remove", 1, 3)
    assert filled.texts() == ["Oversight by managers is steady."]
    filled.done("clear")
    assert "Nothing is pinned." in filled.done().stdout
    assert filled.run("undo").exit_code == 0
    assert filled.run("undo").exit_code == 0
    assert len(filled.pins()) == 3


def test_every_format_has_every_quote_its_citation_and_the_documents(filled: Basket) -> None:
    for form in ("text", "md", "html", "csv", "json"):
        page = " ".join(filled.done("--format", form).stdout.replace("*", "").split())
        for told in ("Delay remains.", "Oversight by managers", "Camden, ILACS inspection 3-7 March 2025"):
            assert told in page, form
    assert "A report of ours" in filled.done("--format", "md").stdout


def test_the_basket_is_written_to_a_file(filled: Basket, tmp_path: Path) -> None:
    path = tmp_path / "basket.csv"
    filled.done("-o", path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfplace,kind,text,citation,note,")


@pytest.mark.parametrize("command", [["clear"], ["remove", "1"], ["note", "1", "words"]], ids=" ".join)
@pytest.mark.parametrize("option", [["-o", "b.docx"], ["--json"]], ids=" ".join)
def test_an_option_for_the_basket_alone_is_refused_before_a_command_on_it(
    basket: Basket, command: list[str], option: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    basket.done("add", f"{LATEST}:2:3")
    before = basket.pins()
    refused = basket.run("basket", *option, *command)
    assert refused.exit_code == 2
    assert f"is for the basket alone, not for basket {command[0]}" in refused.stderr
    assert basket.pins() == before
    assert not (tmp_path / "b.docx").exists()
