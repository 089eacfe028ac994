"""What the benchmarks make and tell: copies that read as reports, and two runs side by side."""

from __future__ import annotations

from pathlib import Path

from benchmarks.figures import Row, Run, compared, in_turn
from benchmarks.growth import Wear, copies
from reinspect.reading import read_file
from tests.making.pdf import make_pdf
from tests.making.reports import ilacs_2023


def run(*rows: Row) -> Run:
    return Run(machine="a machine", ended="today", rows=rows)


def row(what: str, ours: float, theirs: float | None = None) -> Row:
    return Row(part="store", what=what, unit="ms", ours=ours, peer="another", theirs=theirs)


def test_a_copy_reads_as_a_report_of_another_authority_with_the_same_grades(tmp_path: Path) -> None:
    original = read_file(make_pdf(ilacs_2023(), tmp_path / "report.pdf"))
    folder = tmp_path / "copies"
    folder.mkdir()
    copies([original], range(3), folder)
    read = [read_file(path) for path in sorted(folder.iterdir())]
    named = [each.facts.authority.slug if each.facts.authority else None for each in read]
    assert named[0] == "camden"
    assert len({*named} - {None}) == 3
    assert {each.facts.judgements[0].grade for each in read} == {original.facts.judgements[0].grade}
    assert len({each.document.sha256 for each in read}) == 3


def test_wear_is_the_same_each_time_and_leaves_most_words_alone() -> None:
    text = " ".join(["wardens lanterns harbours"] * 200)
    worn = Wear(["pebbles ladders"], 7).worn(text)
    assert worn == Wear(["pebbles ladders"], 7).worn(text)
    kept = sum(before == after for before, after in zip(text.split(), worn.split(), strict=True))
    assert 0.8 < kept / 600 < 0.97


def test_two_runs_are_compared_row_by_row_with_what_came_and_went() -> None:
    then, now = run(row("open", 20.0, 10.0), row("gone", 5.0)), run(row("open", 10.0, 10.0), row("new", 3.0))
    lines = list(compared(then, now))
    assert "| store: open | 20 | 10 ms | 0.50 | 2.00 | 1.00 |" in lines
    assert any(line.startswith("| store: new |") for line in lines)
    assert any(line.startswith("| store: gone |") for line in lines)


def test_works_take_turns() -> None:
    done: list[str] = []
    in_turn({"ours": lambda: done.append("ours"), "theirs": lambda: done.append("theirs")}, 3)
    assert done == ["ours", "theirs"] * 3
