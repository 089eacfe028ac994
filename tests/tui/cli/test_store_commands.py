"""The commands on a store: what is added is found again, shown, compared, searched, corrected and taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.making.printed import printed_objects
from tests.tui.cli.conftest import Run
from tui.cli.main import main

LETTER = """14 March 2024

Dear Ms Sample

Focused visit to Camden children's services

Our visit to Camden was on 6 and 7 February 2024. The inspectors were Ada Sample and Ben Sample.

What needs to improve in this area of social work practice?

- The management oversight of plans for older children.

Main findings

Managers know their children well. Oversight by managers is recorded late in a few cases.
"""


@pytest.fixture(scope="module", autouse=True)
def without_digests() -> Iterator[None]:
    """Keeps the shipped digests away: what these tests find is what they added."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reinspect.digests.shipped", tuple)
        yield


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "papers" / "letter.txt"
    path.parent.mkdir()
    path.write_text(LETTER, "utf-8")
    return path


def objects(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return printed_objects(result.stdout)


# Reading the record


def test_the_first_run_makes_the_store_from_the_record(run: Run) -> None:
    held = objects(run("list", "--json"))
    assert len(held) == 1064
    assert {each["schema"] for each in held} == {2}
    assert objects(run("list", "camden", "--json"))[0]["id"] == "camden-2009-12-09-caa-rating"


def test_show_takes_an_id_or_an_authority_and_a_year(run: Run) -> None:
    by_id, by_year = (
        objects(run("show", "camden-2017-09-11-sif", "--json")),
        objects(run("show", "camden:2017", "--json")),
    )
    assert by_id == by_year
    assert by_id[0]["authority"]["urn"] == "80491"
    assert by_id[0]["published"] == "2017-11-24"


def test_a_year_without_one_graded_inspection_lists_the_ids_and_ends_with_2(run: Run) -> None:
    result = run("compare", "camden:2018", "camden:2022")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "camden-2017-09-11-sif" in result.stderr
    assert not any(word in result.stderr for word in ("send", "jtai", "visit"))


def test_a_mistyped_authority_or_id_is_met_with_the_nearest(run: Run) -> None:
    result = run("timeline", "camdem")
    assert result.exit_code == 2
    assert "did you mean Camden?" in result.stderr
    assert "camden-2022-04-25-ilacs" in run("show", "camden-2022").stderr


def test_the_timeline_says_what_is_known_to_be_missing(run: Run) -> None:
    shown = run("timeline", "camden").stdout
    assert "outstanding" in shown
    assert "annual rating of 2010" in shown


def test_timelines_of_several_authorities_are_one_object_a_line(run: Run) -> None:
    slugs = [each["authority"]["slug"] for each in objects(run("timeline", "Hull", "BCP", "--json"))]
    assert slugs == ["kingston-upon-hull", "bournemouth-christchurch-and-poole"]


def test_compare_is_one_object_with_the_caveats_of_each_pair(run: Run) -> None:
    (compared,) = objects(run("compare", "camden:2022", "camden:2025", "--json"))
    by_pair = {(each["strand_a"], each["strand_b"]): each for each in compared["judgements"]}
    assert by_pair["care_and_leavers", "leavers"]["caveats"] == ["K7"]
    assert by_pair["help", "help"]["change"] == "improved"


# Where the answer goes


def test_an_answer_goes_to_a_file_whose_name_says_the_format(run: Run, tmp_path: Path) -> None:
    result = run("compare", "camden:2017", "camden:2022", "-o", tmp_path / "camden.html")
    assert result.stdout == ""
    assert str(tmp_path / "camden.html") in result.stderr
    assert (tmp_path / "camden.html").read_text("utf-8").startswith("<!")


def test_a_file_is_never_replaced_without_force(run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "kept.md"
    kept.write_text("mine")
    assert run("timeline", "camden", "-o", kept).exit_code == 2
    assert kept.read_text() == "mine"
    assert run("timeline", "camden", "-o", kept, "--force").exit_code == 0
    assert "Camden" in kept.read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_link_to_nowhere_counts_as_a_file_in_the_way(run: Run, tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "elsewhere.txt")
    assert run("timeline", "camden", "-o", tmp_path / "link.txt").exit_code == 2
    assert not (tmp_path / "elsewhere.txt").exists()


def test_a_folder_without_a_file_to_read_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    result = run("add", tmp_path / "none")
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"no file to read was found in {tmp_path / 'none'}" in result.stderr


def test_a_file_in_a_folder_that_is_not_there_is_a_usage_error(run: Run, tmp_path: Path) -> None:
    assert run("timeline", "camden", "-o", tmp_path / "gone" / "x.txt").exit_code == 2


@pytest.mark.parametrize("form", ["text", "md", "html", "csv", "json"])
def test_the_same_question_has_the_same_bytes(run: Run, form: str) -> None:
    ask = ("compare", "camden:2017", "camden:2022", "--format", form)
    assert run(*ask).stdout_bytes == run(*ask).stdout_bytes != b""


def test_text_keeps_to_its_width_and_linear_text_has_no_rules(run: Run) -> None:
    assert max(map(len, run("timeline", "camden", "--width", "60").stdout.splitlines())) <= 60
    assert "──" not in run("timeline", "camden", "--linear").stdout


def test_json_and_another_format_exclude_each_other(run: Run) -> None:
    assert run("list", "--json", "--format", "csv").exit_code == 2


# Adding documents


def test_a_letter_finds_its_inspection_and_is_not_added_twice(run: Run, letter: Path) -> None:
    (added,) = objects(run("add", letter, "--json"))
    assert added["outcome"] == "added"
    assert added["inspection"] == "camden-2024-02-06-focused-visit"
    (again,) = objects(run("add", letter.parent, "--json"))
    assert again["outcome"] == "already held"
    assert again["sha256"] == added["sha256"]


def test_adding_a_file_again_restores_page_text_that_check_says_is_lost(run: Run, letter: Path, tmp_path: Path) -> None:
    run("add", str(letter))
    [text] = (tmp_path / "store" / "texts").glob("??/*.txt")
    text.unlink()
    assert run("check").exit_code == 5
    assert run("add", str(letter)).exit_code == 0
    assert run("check").exit_code == 0


def test_one_bad_file_does_not_stop_the_others(run: Run, letter: Path) -> None:
    (letter.parent / "empty.pdf").touch()
    (letter.parent / "sheet.xlsx").write_bytes(b"PK")
    result = run("add", letter.parent)
    assert result.exit_code == 3
    assert "letter.txt" in result.stdout
    assert "empty.pdf" in result.stderr
    assert "skipped" in result.stderr
    assert "1 could not be read" in result.stderr


def test_a_type_that_is_not_known_fails_where_it_is_named(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.xlsx"
    sheet.write_bytes(b"PK\x03\x04 not a report")
    result = run("add", sheet, "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["outcome"] == "failed"


def test_paths_that_do_not_exist_are_a_slip_of_the_keyboard(run: Run, tmp_path: Path) -> None:
    assert run("add", tmp_path / "gone").exit_code == 2


def test_what_names_no_inspection_is_kept_and_a_person_chooses(run: Run, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("A plain note on nothing in particular, kept for its words.")
    result = run("add", note)
    assert result.exit_code == 0
    assert "reinspect attach" in result.stdout
    sha256 = objects(run("add", note, "--json"))[0]["sha256"]
    assert run("attach", sha256[:12], "camden:2022").exit_code == 0
    (shown,) = objects(run("show", "camden:2022", "--json"))
    assert [document["sha256"] for document in shown["documents"]] == [sha256]


def test_an_import_is_taken_back_whole(run: Run, letter: Path) -> None:
    run("add", letter)
    assert run("undo").exit_code == 0
    assert run("show", "camden-2024-02-06-focused-visit").exit_code == 2
    assert run("undo").exit_code == 1


def test_a_document_that_is_removed_is_gone_until_undo(run: Run, letter: Path) -> None:
    sha256 = objects(run("add", letter, "--json"))[0]["sha256"]
    assert run("remove", sha256[:10]).exit_code == 0
    assert run("show", "camden-2024-02-06-focused-visit").exit_code == 2
    assert run("undo").exit_code == 0
    assert run("show", "camden-2024-02-06-focused-visit").exit_code == 0


# Searching


def test_a_phrase_is_found_in_spite_of_typos_and_cited(run: Run, letter: Path) -> None:
    run("add", letter)
    found = objects(run("search", "oversigt", "by", "managers", "--json"))
    assert found[0]["context"] == "Oversight by managers is recorded late in a few cases."
    assert found[0]["inspection"] == "camden-2024-02-06-focused-visit"
    assert found[0]["year"] == 2024
    assert "Camden, focused visit 6-7 February 2024, p. 1" in run("search", "oversight", "--width", "200").stdout


@pytest.mark.parametrize(
    ("options", "number"),
    [
        ((), 2),
        (("--limit", "1"), 1),
        (("--authority", "Camden"), 2),
        (("--authority", "Barnet"), 0),
        (("--since", "2024", "--until", "2024-02"), 2),
        (("--since", "2024-03"), 0),
        (("--until", "2023"), 0),
        (("--improvements",), 1),
        (("--without", "recorded"), 1),
    ],
)
def test_a_search_may_be_narrowed(run: Run, letter: Path, options: tuple[str, ...], number: int) -> None:
    run("add", letter)
    assert len(objects(run("search", "oversight", "--json", *options))) == number


def test_a_time_or_strand_that_is_none_is_a_usage_error(run: Run) -> None:
    assert run("search", "drift", "--since", "yesterday").exit_code == 2
    assert run("search", "drift", "--strand", "weather").exit_code == 2


def test_phrases_that_recur_are_counted_by_inspection(run: Run, letter: Path) -> None:
    later = letter.with_name("later.txt")
    later.write_text(
        LETTER.replace("6 and 7 February 2024", "3 and 4 June 2025").replace("14 March 2024", "9 July 2025")
    )
    assert run("add", letter.parent).exit_code == 0
    found = {each["phrase"]: each for each in objects(run("phrases", "camden", "--json"))}
    assert found["management oversight"]["inspections"] == 2
    assert found["management oversight"]["years"] == [2024, 2025]
    assert objects(run("phrases", "camden", "--since", "2025", "--json")) == []
    assert "management oversight" in run("phrases").stdout


# A person's word and the store's health


def test_a_persons_word_outranks_the_record_and_is_shown_as_a_conflict(run: Run) -> None:
    assert run("edit", "camden:2022", "judgement.help", "outstanding").exit_code == 0
    (shown,) = objects(run("show", "camden:2022", "--json"))
    assert {each["strand"]: each["grade"] for each in shown["judgements"]}["help"] == "outstanding"
    claims = shown["conflicts"][0]["claims"]
    assert [(claim["origin"], claim["value"]) for claim in claims] == [("hand", "outstanding"), ("record", "good")]
    run("undo")
    assert objects(run("show", "camden:2022", "--json"))[0]["conflicts"] == []


def test_a_correction_is_reported_as_it_is_stored(run: Run) -> None:
    said = run("edit", "camden:2022", "judgement.overall", " GOOD ").stderr
    assert "judgement.overall is now good, as you corrected it" in said


def test_a_word_that_means_nothing_is_refused(run: Run) -> None:
    result = run("edit", "camden:2022", "judgement.help", "splendid")
    assert result.exit_code != 0
    assert result.stderr.count("\n") == 1


def test_a_whole_store_is_called_whole_and_a_damaged_one_ends_with_5(run: Run, letter: Path, tmp_path: Path) -> None:
    run("add", letter)
    assert run("check").exit_code == 0
    text = next(path for path in (tmp_path / "store").rglob("*.txt") if path.is_file())
    text.chmod(0o600)
    text.write_bytes(text.read_bytes()[:-9] + b"tampered\n")
    assert run("check").exit_code == 5


def test_a_file_that_is_merely_left_over_ends_the_check_with_0(run: Run, letter: Path) -> None:
    run("add", letter)
    run("undo")
    run("edit", "camden:2022", "topics", "front door")
    run("edit", "camden:2022", "topics", "leaving care")
    checked = run("check")
    assert checked.exit_code == 0
    assert "not in the store" in checked.stdout
    assert "intact; 2 left over" in checked.stderr
    assert {each["severity"] for each in objects(run("check", "--json"))} == {"left over"}


def test_adding_a_file_whose_pages_are_lost_restores_them(run: Run, letter: Path, tmp_path: Path) -> None:
    run("add", letter)
    lost = next((tmp_path / "store" / "texts").rglob("*.txt"))
    lost.unlink()
    assert run("check").exit_code == 5
    assert "its lost pages are restored" in run("add", letter).stdout
    assert run("check").exit_code == 0
    assert lost.exists()


def test_a_document_that_reads_differently_is_named_with_its_inspection(run: Run, letter: Path, tmp_path: Path) -> None:
    run("add", letter)
    assert run("reread").stderr == "nothing is read differently\n"
    run("remove", "camden-2024-02-06-focused-visit")
    again = run("reread")
    assert again.exit_code == 0
    assert again.stderr.splitlines() == [
        f"{letter}: camden-2024-02-06-focused-visit",
        "  assigned to camden-2024-02-06-focused-visit",
        "1 document read differently",
    ]


def test_a_document_whose_text_is_lost_is_counted_apart_and_ends_reread_with_3(
    run: Run, letter: Path, tmp_path: Path
) -> None:
    run("add", letter)
    next((tmp_path / "store" / "texts").rglob("*.txt")).unlink()
    again = run("reread")
    assert again.exit_code == 3
    assert again.stderr.splitlines()[-2:] == ["nothing is read differently", "1 document could not be read again"]


def test_a_corrupt_catalogue_is_refused_with_5_by_every_command(run: Run, tmp_path: Path) -> None:
    catalogue = tmp_path / "store" / "catalogue.json"
    catalogue.write_bytes(catalogue.read_bytes()[:-100])
    for arguments in (["list"], ["search", "drift"], ["undo"]):
        result = run(*arguments)
        assert result.exit_code == 5
        assert result.stderr.count("\n") == 1


def test_a_backup_is_restored(run: Run, letter: Path, tmp_path: Path) -> None:
    run("add", letter)
    assert run("backup", tmp_path / "kept.zip").exit_code == 0
    assert run("backup", tmp_path / "kept.zip").exit_code == 2
    run("undo")
    assert run("restore", tmp_path / "kept.zip").exit_code == 0
    assert run("show", "camden-2024-02-06-focused-visit").exit_code == 0


def test_config_says_where_the_store_is_and_what_named_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "(--store)" in run("config").stdout
    monkeypatch.setenv("REINSPECT_STORE", str(tmp_path / "named"))
    named = CliRunner().invoke(main, ["config"]).stdout
    assert str(tmp_path / "named") in named
    assert "REINSPECT_STORE" in named


def test_a_store_that_cannot_be_made_is_one_line(letter: Path) -> None:
    result = CliRunner().invoke(main, ["--store", str(letter / "store"), "list"])
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
