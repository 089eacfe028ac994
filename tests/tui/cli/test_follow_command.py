"""`reinspect follow`: an improvement of one text is found again in a later one, and cited there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

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


def test_json_has_a_line_for_each_improvement_by_the_letter_of_the_plan(store: Path) -> None:
    first, second = threads(store)
    assert list(first) == ["schema", "inspection", "published", "index", "text", "steps"]
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
    assert "raised again, recurs" in told
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
