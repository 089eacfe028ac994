"""`reinspect follow`: an improvement of one text is found again in a later one, and cited there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from reinspect.comparing.followthrough import kept_steps
from reinspect.comparing.followthrough import threads as threads_module
from reinspect.comparing.followthrough.ranking import ranking_weights
from tests.making.printed import printed_objects
from tui.cli.main import main

LETTER = """{published}

Dear Ms Sample

Focused visit to Camden children's services

Our visit to Camden was on {days}. The inspectors were Ada Sample and Ben Sample.

What needs to improve in this area of social work practice?

- {improvement}

Main findings

{findings}
"""
FIRST = LETTER.format(
    published="14 March 2024",
    days="6 and 7 February 2024",
    improvement="Weekly management oversight of plans for older children.",
    findings="Managers know their children well.",
)
SECOND = LETTER.format(
    published="3 July 2025",
    days="3 and 4 June 2025",
    improvement="The pace of advocacy.",
    findings="Too often, oversight by managers is late. Management oversight of plans is not yet consistent.",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A store that holds two letters, the later of which finds fault with what the earlier one listed."""
    folder = tmp_path_factory.mktemp("follow")
    papers = folder / "papers"
    papers.mkdir()
    (papers / "first.txt").write_text(FIRST, "utf-8")
    (papers / "second.txt").write_text(SECOND, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reinspect.digests.shipped", tuple)
        added = CliRunner().invoke(main, ["--store", str(folder / "store"), "add", str(papers)])
        assert added.exit_code == 0, added.stderr
        yield folder / "store"


def follow(store: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--store", str(store), "follow", *arguments])
    assert result.exit_code == 0, result.stderr
    return result


def threads(store: Path) -> list[dict[str, Any]]:
    return printed_objects(follow(store, "camden", "--json").stdout)


def test_the_path_that_the_page_gives_to_jq_leads_to_the_rows_of_the_json(store: Path) -> None:
    page = Path(__file__).parents[3] / "docs" / "how-to" / "follow-recommendations.md"
    found = re.search(r"jq -r '\.\[\]\.(\w+)\[\] \| \[\.([\w., ]+)\]", page.read_text("utf-8"))
    assert found
    rows = [row for thread in printed_objects(follow(store, "camden", "--json").stdout) for row in thread[found[1]]]
    assert rows and all(set(found[2].split(", .")) <= set(row) for row in rows)


def test_json_has_a_line_for_each_improvement_by_the_letter_of_the_plan(store: Path) -> None:
    first, second = threads(store)
    assert list(first) == ["schema", "inspection", "published", "index", "text", "steps", "role"]
    assert (first["schema"], first["published"], first["index"]) == (2, "2024-03-14", 1)
    assert second["steps"] == []
    (step,) = first["steps"]
    wanted = ["inspection", "published", "status", "band", "confidence", "document", "page", "paragraph", "quote"]
    assert list(step)[: len(wanted)] == wanted
    assert (step["published"], step["status"], step["band"], step["page"]) == (
        "2025-07-03",
        "raised again",
        "recurs",
        1,
    )
    assert step["quote"] in SECOND


def test_text_gives_the_status_the_quote_and_its_citation(store: Path) -> None:
    told = " ".join(follow(store, "camden", "--width", "100").stdout.split())
    assert "Follow-through: Camden" in told
    assert "raised again, right in about " in told
    assert "p. 1)" in told.split("critical:")[1]
    assert "Camden, focused visit 3-4 June 2025, p. 1" in told
    assert "does not mean that it was put right" in told


@pytest.mark.parametrize("form", ["md", "html", "csv"])
def test_every_format_holds_status_and_citation(store: Path, form: str) -> None:
    told = follow(store, "camden", "--format", form).stdout.replace("\N{NO-BREAK SPACE}", " ")
    assert "raised again" in told
    assert "focused visit 3-4 June 2025, p. 1" in told


@pytest.mark.parametrize("width", ["72", "200"])
def test_text_stays_within_its_width(store: Path, width: str) -> None:
    assert max(map(len, follow(store, "camden", "--width", width).stdout.splitlines())) <= int(width)


def test_the_same_question_has_the_same_bytes(store: Path) -> None:
    assert follow(store, "camden").stdout_bytes == follow(store, "Camden").stdout_bytes


def test_an_authority_without_texts_is_told_what_to_do(store: Path) -> None:
    assert "reinspect add" in follow(store, "kent").stdout


def test_an_unknown_authority_is_refused(store: Path) -> None:
    result = CliRunner().invoke(main, ["--store", str(store), "follow", "Atlantis"])
    assert result.exit_code != 0
    assert "Traceback" not in result.stderr


def test_damaged_weights_are_said_in_a_line_and_nothing_is_invented(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ranking.json").write_text('{"version": 1, "start"', "utf-8")
    monkeypatch.setattr(threads_module, "ranking_weights", lambda: ranking_weights(tmp_path / "ranking.json"))
    # Steps that were kept with other weights are not shown.
    monkeypatch.setattr(kept_steps, "_program_key", lambda: b"the key of the damaged weights")
    result = CliRunner().invoke(main, ["--store", str(store), "follow", "camden"])
    assert result.exit_code == 1
    assert "ranking.json: the weights cannot be read" in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


# Verdicts as labels


def verdicts_of(store: Path) -> list[dict[str, Any]]:
    result = CliRunner().invoke(main, ["--store", str(store), "follow", "--verdicts", "--json"])
    assert result.exit_code == 0, result.stderr
    return printed_objects(result.stdout)


def add_verdicts(store: Path, file: Path) -> Result:
    return CliRunner().invoke(main, ["--store", str(store), "follow", "--verdicts", "--from", str(file)])


def test_verdicts_go_from_a_file_into_the_store_and_out_again(store: Path, tmp_path: Path) -> None:
    first, _ = threads(store)
    label = {
        "inspection": first["inspection"],
        "index": 1,
        "later": first["steps"][0]["inspection"],
        "improvement": first["text"],
        "status": "mentioned",
        "word": "corrected",
    }
    file = tmp_path / "verdicts.json"
    file.write_text(json.dumps(label) + "\n", "utf-8")
    assert verdicts_of(store) == []
    assert "no verdict" in follow(store, "--verdicts").stdout.lower()
    assert "1 added" in add_verdicts(store, file).stderr
    (exported,) = verdicts_of(store)
    assert exported["document"] == first["steps"][0]["document"]
    assert {**exported, **label} == exported
    step = threads(store)[0]["steps"][0]
    assert (step["status"], step["likely"], step["confidence"], step["word"]) == (
        "mentioned",
        "mentioned",
        1,
        "corrected",
    )
    assert "mentioned" in follow(store, "camden", "--verdicts").stdout
    file.write_text(json.dumps({**label, "status": "raised again"}) + "\n", "utf-8")
    assert "which stays" in add_verdicts(store, file).stderr
    file.write_text(json.dumps({**label, "improvement": "Other words."}) + "\n", "utf-8")
    assert "no such improvement" in add_verdicts(store, file).stderr


def test_a_file_that_has_no_verdicts_is_refused_in_a_line(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "verdicts.json"
    file.write_text("not a verdict\n", "utf-8")
    result = add_verdicts(store, file)
    assert result.exit_code == 1
    assert "line 1 is not a verdict" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--from", "-"],
        ["camden", "--verdicts", "--from", "-"],
        ["--verdicts", "--across"],
        ["--verdicts", "--full"],
        ["--verdicts", "--from", "-", "-o", "out.json"],
        ["--verdicts", "--from", "-", "--json"],
    ],
)
def test_wrong_combinations_are_refused_as_usage(store: Path, arguments: list[str]) -> None:
    result = CliRunner().invoke(main, ["--store", str(store), "follow", *arguments])
    assert result.exit_code == 2


def test_a_file_of_verdicts_that_is_not_there_is_refused_as_usage(store: Path, tmp_path: Path) -> None:
    result = add_verdicts(store, tmp_path / "none.json")
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr


# In other words


def search(store: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--store", str(store), "search", *arguments])
    assert result.exit_code == 0, result.stderr
    return result


def test_a_search_by_meaning_finds_other_words_and_counts_no_match(store: Path) -> None:
    told = search(store, "--meaning", "tardy supervision from leaders").stdout
    assert "In other words: tardy supervision from leaders" in told
    assert "None is counted as a match" in told
    first = printed_objects(search(store, "--meaning", "supervision by leaders", "--json").stdout)[0]
    assert first["word_for_word"] is False
    assert 0 < first["score"] <= 100


def test_what_is_alike_in_meaning_is_offered_where_words_find_nothing(store: Path) -> None:
    told = search(store, "scrutiny from leaders").stdout
    assert "Nothing was found." in told
    assert "In other words (alike in meaning, not counted)" in told
    assert search(store, "scrutiny from leaders", "--json").stdout == "[]\n"


def test_a_sentence_alike_in_meaning_can_be_pinned(store: Path) -> None:
    assert "number 1 in the basket" in search(store, "--meaning", "supervision by leaders", "--pin", "1").stderr


def test_words_cannot_be_left_out_of_a_search_by_meaning(store: Path) -> None:
    arguments = ["--store", str(store), "search", "--meaning", "plans", "--without", "late"]
    assert CliRunner().invoke(main, arguments).exit_code == 2
