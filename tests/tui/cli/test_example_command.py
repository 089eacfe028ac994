"""`reinspect example` gives everything that is needed to try adding, searching, following and quoting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tui.cli.main import main

INVENTED = "Exampleshire is invented: what is said of it is made up, and none of it is Ofsted's."


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Write the example, add it to a store of its own, and return the folder of the store."""
    folder = tmp_path_factory.mktemp("trying")
    assert run("example", folder / "my example").exit_code == 0
    added = run("--store", folder / "store", "add", folder / "my example", "--jobs", 1)
    assert added.exit_code == 0, added.stderr
    assert added.stdout.count("a new inspection, exampleshire-") == 6
    yield folder / "store"


def test_the_help_shows_how_to_go_on() -> None:
    assert "reinspect --store my-example-store add my-example" in run("example", "--help").stdout


def test_an_import_for_one_council_follows_its_recommendations_at_once(
    tried: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The steps are kept with the store, so `follow` works out nothing."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("reinspect.comparing.followthrough.threads.find_steps", refuse)
    assert run("--store", tried, "follow", "exampleshire").exit_code == 0


def test_recommendations_are_followed_into_later_reports(tried: Path) -> None:
    shown = run("--store", tried, "follow", "exampleshire").stdout
    assert "raised again in ILACS 2024" in shown
    assert "reported better" in shown


@pytest.mark.parametrize(
    "words",
    [
        ("timeline", "exampleshire"),
        ("show", "exampleshire:2019"),
        ("compare", "exampleshire:2015", "exampleshire:2019"),
        ("follow", "exampleshire"),
        ("brief", "exampleshire"),
        ("search", "health histories", "--authority", "exampleshire"),
    ],
    ids=lambda words: words[0],
)
def test_what_is_invented_is_not_credited_to_ofsted(tried: Path, words: tuple[str, ...]) -> None:
    shown = " ".join(run("--store", tried, *words).stdout.split())
    assert INVENTED in shown
    assert "judgements are Ofsted's" not in shown


def test_a_page_on_a_real_and_the_invented_council_credits_each(tried: Path) -> None:
    shown = " ".join(run("--store", tried, "timeline", "camden", "exampleshire").stdout.split())
    assert "Grades, dates and judgements are Ofsted's." in shown
    assert INVENTED in shown


def test_a_misspelt_search_finds_a_sentence_that_can_be_quoted(tried: Path, tmp_path: Path) -> None:
    found = run("--store", tried, "search", "helth histories", "--authority", "exampleshire", "--pin", 1)
    assert "Exampleshire (invented), focused visit 21-22 September 2021, p. 1" in " ".join(found.stdout.split())
    run("--store", tried, "basket", "-o", tmp_path / "quotes.md")
    assert "health histor" in (tmp_path / "quotes.md").read_text("utf-8")


def test_grades_are_compared_with_their_caveats(tried: Path) -> None:
    shown = run("--store", tried, "compare", "exampleshire:2015", "exampleshire:2019", "--format", "md").stdout
    assert r"| Overall | ▲ requires improvement \[1\] | ● good | improved | K1 |" in shown


def test_the_invented_council_is_listed_and_in_no_group(tried: Path, tmp_path: Path) -> None:
    assert "exampleshire-2019-03-11-ilacs" in run("--store", tried, "list").stdout
    assert "exampleshire-" not in run("--store", tried, "list", "--cohort", "all").stdout
    assert run("--store", tried, "export", tmp_path / "data").exit_code == 0
    assert "exampleshire" in (tmp_path / "data" / "authorities.csv").read_text("utf-8-sig")


def test_a_file_that_exists_stays_unless_force_is_given(tmp_path: Path) -> None:
    folder = tmp_path / "example"
    assert run("example", folder).exit_code == 0
    letter = folder / "exampleshire-2018-focused-visit.pdf"
    letter.write_text("mine")
    refused = run("example", folder)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert letter.read_text() == "mine"
    assert run("example", folder, "--force").exit_code == 0
    assert letter.read_bytes().startswith(b"%PDF")
