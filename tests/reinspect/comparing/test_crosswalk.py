"""Every cell of the crosswalk: comparable strands with their caveats, and strands never compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from reinspect.comparing.crosswalk import crosswalk, load_crosswalk, ordered_caveats
from reinspect.comparing.judgements import compare_judgements
from reinspect.errors import FrameworkError
from reinspect.model import Inspection
from tests.making.inspections import inspection

N = "not comparable"
STRANDS = {
    "sif": ("overall", "help", "care", "adoption", "leavers", "leaders", "lscb"),
    "ilacs-2018": ("overall", "leaders", "help", "care_and_leavers"),
    "ilacs-2023": ("overall", "leaders", "help", "care", "leavers"),
    "ilacs-2026": ("leaders", "help", "care", "leavers"),
    "slac": ("safeguarding", "looked_after"),
    "apc": ("overall", "quality", "leaders"),
    "lac-2013": ("overall", "capacity", "outcomes", "quality", "leaders"),
    "caa-rating": ("rating",),
    "focused-visit": (),
}

# older, newer: {strand: {counterpart: caveats}}; a strand that is not named has no counterpart.
CELLS: list[tuple[str, str, dict[str, dict[str, str]]]] = [
    (
        "sif",
        "ilacs-2018",
        {
            "overall": {"overall": "K1"},
            "help": {"help": "K2"},
            "care": {"care_and_leavers": "K3"},
            "leaders": {"leaders": "K6"},
        },
    ),
    (
        "sif",
        "ilacs-2023",
        {
            "overall": {"overall": "K1"},
            "help": {"help": "K2"},
            "care": {"care": "K4"},
            "leavers": {"leavers": "K5"},
            "leaders": {"leaders": "K6"},
        },
    ),
    (
        "sif",
        "ilacs-2026",
        {
            "help": {"help": "K2 K8"},
            "care": {"care": "K4 K8"},
            "leavers": {"leavers": "K5 K8"},
            "leaders": {"leaders": "K6 K8"},
        },
    ),
    (
        "sif",
        "sif",
        {strand: {strand: ""} for strand in STRANDS["sif"]},
    ),
    ("ilacs-2018", "ilacs-2018", {strand: {strand: ""} for strand in STRANDS["ilacs-2018"]}),
    (
        "ilacs-2018",
        "ilacs-2023",
        {
            "overall": {"overall": ""},
            "leaders": {"leaders": ""},
            "help": {"help": ""},
            "care_and_leavers": {"care": "K7", "leavers": "K7"},
        },
    ),
    (
        "ilacs-2018",
        "ilacs-2026",
        {
            "leaders": {"leaders": "K8"},
            "help": {"help": "K8"},
            "care_and_leavers": {"care": "K7 K8", "leavers": "K7 K8"},
        },
    ),
    ("ilacs-2023", "ilacs-2023", {strand: {strand: ""} for strand in STRANDS["ilacs-2023"]}),
    (
        "ilacs-2023",
        "ilacs-2026",
        {strand: {strand: "K8"} for strand in ("leaders", "help", "care", "leavers")},
    ),
    ("ilacs-2026", "ilacs-2026", {strand: {strand: ""} for strand in STRANDS["ilacs-2026"]}),
    ("slac", "sif", {"safeguarding": {"help": "K10"}, "looked_after": {"care": "K10"}}),
    ("apc", "sif", {"overall": {"help": "K10"}}),
    ("lac-2013", "sif", {"overall": {"care": "K10"}}),
    *[
        (older, newer, {})
        for older in ("slac", "apc", "lac-2013")
        for newer in ("ilacs-2018", "ilacs-2023", "ilacs-2026")
    ],
    *[("caa-rating", newer, {}) for newer in ("slac", "sif", "ilacs-2018", "ilacs-2023", "ilacs-2026")],
    *[(graded, "focused-visit", {}) for graded in ("slac", "sif", "ilacs-2018", "ilacs-2023", "ilacs-2026")],
]


def all_good(framework: str) -> Inspection:
    """Return an inspection that graded all its strands good, or performs well."""
    word = "performs well" if framework == "caa-rating" else "good"
    return inspection(framework, **dict.fromkeys(STRANDS[framework], word))


def links(older: str, newer: str) -> dict[tuple[str | None, str | None], tuple[str, ...]]:
    """Return the caveats of the crosswalk by pair of strands."""
    found = crosswalk().links(older, newer, STRANDS[older], STRANDS[newer])
    return {(link.a, link.b): link.caveats for link in found}


@pytest.mark.parametrize(("older", "newer", "cells"), CELLS, ids=lambda value: value if isinstance(value, str) else "")
class TestEachCell:
    def test_pairs_comparable_strands_with_their_caveats(self, older, newer, cells) -> None:
        expected = {(a, b): tuple(keys.split()) for a, paired in cells.items() for b, keys in paired.items()}
        assert {pair: keys for pair, keys in links(older, newer).items() if None not in pair} == expected

    def test_leaves_every_other_strand_without_a_counterpart(self, older, newer, cells) -> None:
        alone = [pair for pair in links(older, newer) if None in pair]
        led_to = {later for paired in cells.values() for later in paired}
        assert {a for a, b in alone if b is None} == set(STRANDS[older]) - set(cells)
        assert {b for a, b in alone if a is None} == set(STRANDS[newer]) - led_to

    def test_is_mirrored_from_newer_to_older(self, older, newer, cells) -> None:
        assert links(newer, older) == {(b, a): caveats for (a, b), caveats in links(older, newer).items()}

    def test_gives_a_reason_for_each_strand_that_is_not_compared(self, older, newer, cells) -> None:
        if "apc" in (older, newer):
            pytest.skip("no framework file describes the APC yet: its cells are checked above")
        for change in compare_judgements(all_good(older), all_good(newer)):
            assert (change.change == N) == (change.reason is not None)
            assert (change.change == N) == (change.strand_a is None or change.strand_b is None)


def test_an_overall_grade_without_a_successor_has_caveat_k9() -> None:
    for older in ("sif", "ilacs-2018", "ilacs-2023"):
        overall = next(c for c in compare_judgements(all_good(older), all_good("ilacs-2026")) if c.name == "Overall")
        assert (overall.strand_a, overall.strand_b, overall.caveats, overall.change) == ("overall", None, ("K9",), N)


@pytest.mark.parametrize(
    ("older", "newer", "strand", "caveats"),
    [
        pytest.param("ilacs-2023", "ilacs-2026", "overall", ("K9",), id="no longer judged"),
        pytest.param("sif", "ilacs-2018", "lscb", (), id="no longer judged, without a caveat"),
        pytest.param("sif", "ilacs-2018", "help", (), id="still judged"),
        pytest.param("sif", "ilacs-2018", "moorings", (), id="an unknown area"),
        pytest.param("sif", "slac", "overall", (), id="frameworks without cells"),
    ],
)
def test_an_area_that_a_later_framework_dropped_has_its_caveats_and_others_have_none(
    older: str, newer: str, strand: str, caveats: tuple[str, ...]
) -> None:
    assert crosswalk().dropped(older, newer, strand) == caveats


def test_caveats_are_in_the_order_of_their_numbers_each_once() -> None:
    assert ordered_caveats(["K10", "K2", "K9", "K2"]) == ("K2", "K9", "K10")


def test_an_annual_rating_has_caveat_k11_whatever_it_is_compared_with() -> None:
    for newer in ("slac", "sif", "ilacs-2018", "ilacs-2023", "ilacs-2026"):
        for a, b in ((all_good("caa-rating"), all_good(newer)), (all_good(newer), all_good("caa-rating"))):
            assert all(change.caveats == ("K11",) for change in compare_judgements(a, b))


def test_grades_are_not_compared_with_a_visit() -> None:
    changes = compare_judgements(all_good("ilacs-2023"), all_good("focused-visit"))
    assert {change.reason for change in changes} == {"Focused visit 2023: not graded."}


def test_every_caveat_has_a_text() -> None:
    assert list(crosswalk().caveats) == [f"K{number}" for number in range(1, 14)]


def test_frameworks_without_cells_are_not_compared() -> None:
    (alone_a, alone_b) = crosswalk().links("lscb-review", "sif", ("lscb",), ("lscb",))
    assert (alone_a.b, alone_b.a) == (None, None)


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ("caveats = 3", "caveats"),
        ('[cells.a.b]\nhelp = { to = ["help"], caveats = ["K99"] }', "K99"),
        ("[cells.a.b]\nhelp = {}", "either"),
        ('[cells.a.b]\nhelp = { too = ["help"] }', "too"),
    ],
)
def test_a_mistake_in_the_table_is_named(tmp_path: Path, table: str, complaint: str) -> None:
    file = tmp_path / "crosswalk.toml"
    whole = "[caveats]\n[notes]\n[unmatched]\n[apart]\n" if "cells" in table else ""
    file.write_text(f"{whole}{table}\n")
    with pytest.raises(FrameworkError, match=complaint) as raised:
        load_crosswalk(file)
    assert str(file) in str(raised.value)


def test_each_strand_alone_has_the_reason_of_the_table_or_the_general_one(tmp_path: Path) -> None:
    file = tmp_path / "crosswalk.toml"
    file.write_text("""
[caveats]
[notes]
[apart]
[cells.old.new]
help = { to = ["help"] }
lamp = { never = "Lamps are judged no longer." }
[unmatched.old.new]
care = "Care was not judged before."
""")
    found = load_crosswalk(file).links("old", "new", ("help", "lamp", "other"), ("help", "care", "leaders"))
    assert [(link.a, link.b, link.reason) for link in found] == [
        ("help", "help", None),
        ("lamp", None, "Lamps are judged no longer."),
        ("other", None, "No counterpart in the other framework."),
        (None, "care", "Care was not judged before."),
        (None, "leaders", "No counterpart in the other framework."),
    ]
    mirrored = load_crosswalk(file).links("new", "old", ("care",), ("lamp",))
    assert ("care", None, "Care was not judged before.") in [(link.a, link.b, link.reason) for link in mirrored]


def test_two_frameworks_that_no_rule_names_are_not_compared_and_it_is_said() -> None:
    (first, *_) = crosswalk().links("no-such-a", "no-such-b", ("help",), ("help",))
    assert (first.a, first.b, first.caveats, first.reason) == (
        "help",
        None,
        (),
        "These two frameworks are not compared.",
    )
