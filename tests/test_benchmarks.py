"""The tools of the benchmarks: copies that can be read as reports, works that take turns, caches, two runs compared."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from benchmarks.__main__ import PARTS
from benchmarks.code_changes import mutants_of
from benchmarks.figures import Row, Run, clear_caches, comparison_lines, time_in_turns
from benchmarks.speed.growth import WordChanger, write_copies
from reinspect.authorities import authorities
from reinspect.phrases.words import canonical
from reinspect.reading import read_file
from tests.making.pdf import make_pdf
from tests.making.report_folder import make_reports
from tests.making.reports import ilacs_2023

ROOT = Path(__file__).parents[1]
SCRIPTS = sorted(path for folder in ("speed", "quality") for path in (ROOT / "benchmarks" / folder).glob("[!_]*.py"))


def run(*rows: Row) -> Run:
    return Run(machine="a machine", ended="today", rows=rows)


def row(what: str, ours: float, theirs: float | None = None) -> Row:
    return Row(part="store", what=what, unit="ms", ours=ours, peer="another", theirs=theirs)


def test_a_copy_can_be_read_as_a_report_of_another_authority_with_the_same_grades(tmp_path: Path) -> None:
    original = read_file(make_pdf(ilacs_2023(), tmp_path / "report.pdf"))
    folder = tmp_path / "copies"
    folder.mkdir()
    write_copies([original], range(3), folder)
    copies = [read_file(path) for path in sorted(folder.iterdir())]
    slugs = [copy.facts.authority.slug if copy.facts.authority else None for copy in copies]
    assert slugs[0] == "camden"
    assert len({*slugs} - {None}) == 3
    assert {copy.facts.judgements[0].grade for copy in copies} == {original.facts.judgements[0].grade}
    assert len({copy.document.sha256 for copy in copies}) == 3


def test_words_are_changed_the_same_way_each_time_and_most_stay() -> None:
    text = " ".join(["wardens lanterns harbours"] * 200)
    changed = WordChanger(["pebbles ladders"], 7).change(text)
    assert changed == WordChanger(["pebbles ladders"], 7).change(text)
    same = sum(before == after for before, after in zip(text.split(), changed.split(), strict=True))
    assert 0.8 < same / 600 < 0.97


def test_a_folder_of_invented_reports_has_as_many_as_asked_for(tmp_path: Path) -> None:
    reports = sorted(make_reports(tmp_path / "reports", 4).iterdir())
    slugs = [reading.facts.authority.slug for reading in map(read_file, reports) if reading.facts.authority]
    assert slugs == ["camden", "barnet", "kent", "hackney"]


def test_a_change_in_a_function_whose_results_are_kept_matters_to_tests_that_do_not_run_its_line() -> None:
    plain = mutants_of("def count():\n    return 1\n")
    cached = mutants_of("@cache\ndef count():\n    return 1\n")
    assert {each.lines for each in plain} == {frozenset({2})}
    assert {each.lines for each in cached} == {frozenset()}


def test_two_runs_are_compared_row_by_row_with_new_and_missing_rows() -> None:
    old, new = run(row("open", 20.0, 10.0), row("gone", 5.0)), run(row("open", 10.0, 10.0), row("new", 3.0))
    lines = list(comparison_lines(old, new))
    assert "| store: open | 20 | 10 ms | 0.50 | 2.00 | 1.00 |" in lines
    assert any(line.startswith("| store: new |") for line in lines)
    assert any(line.startswith("| store: gone |") for line in lines)


def test_works_take_turns_and_each_is_prepared() -> None:
    done: list[str] = []
    works = {"ours": lambda: done.append("ours"), "theirs": lambda: done.append("theirs")}
    time_in_turns(works, 2, before=lambda: done.append("before"))
    assert done == ["before", "ours", "before", "theirs"] * 2


def test_clearing_caches_forgets_words_and_keeps_the_shipped_data() -> None:
    canonical("Lanterns")
    shipped = authorities()
    clear_caches()
    assert canonical.cache_info().currsize == 0
    assert authorities() is shipped


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_a_benchmark_says_how_it_is_run_and_prints_something(script: Path) -> None:
    name = f"benchmarks.{script.parent.name}.{script.stem}"
    text = script.read_text("utf-8")
    part = next((part for part, module in PARTS.items() if script.parent.name == "speed" and module == script.stem), "")
    command = f"python -m benchmarks --only {part}" if "\ndef main() ->" not in text else f"python -m {name} "
    assert command in text.replace("\n", " ")
    module = import_module(name)
    assert hasattr(module, "main") or hasattr(module, "rows")
