"""Cohorts as people type them, their grades and their grade changes."""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import msgspec
import pytest

from reinspect.authorities import EXAMPLESHIRE, Authorities, authorities
from reinspect.comparing.cohorts.changes import GradeChanges, StrandChanges, StrandTransitions, grade_changes
from reinspect.comparing.cohorts.cohort import Cohort, CohortError, is_full
from reinspect.comparing.cohorts.expressions import cohort
from reinspect.comparing.cohorts.grades import CohortGrades, grade_cohort
from reinspect.comparing.cohorts.terms import CohortTerms, Part
from reinspect.model import Authority, Inspection
from reinspect.reconciling import reconcile
from reinspect.record import data_folder, record
from tests.making.inspections import BCP, CAMDEN, KENT, POOLE, inspection

BARNET = Authority(slug="barnet", name="Barnet", urn="80487", la_code="302", region="London")
NEAR_CAMDEN = msgspec.structs.replace(CAMDEN, neighbours=("886", "302"))
NEAR_POOLE = msgspec.structs.replace(POOLE, region="South West")
KNOWN = Authorities((BARNET, BCP, NEAR_CAMDEN, KENT, NEAR_POOLE))

CAMDEN_2022 = inspection("ilacs-2018", leaders="outstanding", help="good", care_and_leavers="good", overall="good")
CAMDEN_2025 = inspection(
    "ilacs-2023", leaders="outstanding", help="good", care="outstanding", leavers="good", overall="outstanding"
)
KENT_2024 = inspection(
    "ilacs-2023", date(2024, 6, 3), "kent", leaders="good", help="good", care="good", leavers="good", overall="good"
)
BARNET_2026 = inspection(
    "ilacs-2026", authority="barnet", leaders="inadequate", help="good", care="good", leavers="good"
)
BARNET_VISIT = inspection("focused-visit", date(2026, 6, 1), "barnet")
INSPECTIONS = [CAMDEN_2022, CAMDEN_2025, KENT_2024, BARNET_2026, BARNET_VISIT]


def read_cohort(expression: str) -> Cohort:
    return cohort(expression, KNOWN, INSPECTIONS)


# Expressions


@pytest.mark.parametrize(
    ("expression", "members"),
    [
        ("neighbours:camden", ["kent", "barnet"]),
        ("neighbours: Camden", ["kent", "barnet"]),
        ("region:london", ["barnet", "camden"]),
        ("region:South East", ["kent"]),
        ("grade:leaders=outstanding", ["camden"]),
        ("grade:leaders=outstanding,good", ["camden", "kent"]),
        ("grade:help and protection=good", ["barnet", "camden", "kent"]),
        ("grade:leaders=RI,inadequate", ["barnet"]),
        ("moved:care=good>outstanding", ["camden"]),
        ("moved:leaders=outstanding > outstanding", ["camden"]),
        ("camden", ["camden"]),
        ("202", ["camden"]),
        ("all", ["barnet", "bcp", "camden", "kent", "poole"]),
        ("Bournemouth, Christchurch and Poole", ["bcp"]),
        ("bournemouth, christchurch and poole, Kent", ["bcp", "kent"]),
        ("camden,kent", ["camden", "kent"]),
        ("camden, neighbours:camden", ["camden", "kent", "barnet"]),
        ("region:London,South East", ["barnet", "camden", "kent"]),
    ],
)
def test_a_part_names_authorities(expression: str, members: list[str]) -> None:
    assert list(read_cohort(expression).authorities) == members


@pytest.mark.parametrize(
    "expression",
    ["region:London+neighbours:camden", "region:London neighbours:camden", "neighbours:camden + region:London"],
)
def test_a_space_or_a_plus_narrows(expression: str) -> None:
    assert read_cohort(expression).authorities == ("barnet",)


def test_a_name_with_spaces_ends_where_the_next_part_begins() -> None:
    assert read_cohort("region:South East kent since:2023").authorities == ("kent",)


@pytest.mark.parametrize(
    ("expression", "inspections"),
    [
        ("all", INSPECTIONS),
        ("framework:ilacs-2018", [CAMDEN_2022]),
        ("framework:ILACS", [CAMDEN_2022, CAMDEN_2025, KENT_2024, BARNET_2026]),
        ("framework:ilacs-2018,ilacs-2026", [CAMDEN_2022, BARNET_2026]),
        ("since:2025", [CAMDEN_2025, BARNET_2026, BARNET_VISIT]),
        ("since:2025-03-04", [BARNET_2026, BARNET_VISIT]),
        ("until:2024-06", [CAMDEN_2022, KENT_2024]),
        ("since:2023+since:2025 until:2025", [CAMDEN_2025]),
        ("until:2024 until:2024-05", [CAMDEN_2022]),
        ("until:2024-05 until:2024", [CAMDEN_2022]),
        ("since:2024 since:2024-07", [CAMDEN_2025, BARNET_2026, BARNET_VISIT]),
        ("region:London+framework:ilacs+since:2025", [CAMDEN_2025, BARNET_2026]),
    ],
)
def test_frameworks_and_times_restrict_the_inspections(expression: str, inspections: list[Inspection]) -> None:
    assert list(filter(read_cohort(expression).holds, INSPECTIONS)) == inspections


def test_an_expression_can_be_typed_again_and_is_put_into_words() -> None:
    first = read_cohort("region:London, South East  since:2023")
    assert first.expression == "region:London,region:South East+since:2023"
    assert read_cohort(first.expression) == first
    assert first.words == "authorities of London or authorities of South East; since 2023"


# Names joined by commas, over all authorities of the record


@pytest.mark.parametrize(
    ("expression", "members"),
    [
        ("Bristol, City of London", ["bristol", "city-of-london"]),
        ("Bristol, City of, City of London", ["bristol", "city-of-london"]),
        ("Bristol, City of York", ["bristol", "york"]),
        ("York, Royal Borough of Greenwich", ["york", "greenwich"]),
        ("Kingston upon Hull, City of, Durham", ["kingston-upon-hull", "durham"]),
        ("Bournemouth, Christchurch and Poole, Kent", ["bournemouth-christchurch-and-poole", "kent"]),
        ("Herefordshire, County of Durham", ["herefordshire", "durham"]),
    ],
)
def test_a_comma_inside_a_name_and_one_between_names_are_distinguished(expression: str, members: list[str]) -> None:
    assert sorted(cohort(expression, authorities(), []).authorities) == sorted(members)


@pytest.mark.parametrize("comma", [",", ", ", " , "])
def test_the_names_that_the_program_prints_joined_by_commas_are_a_cohort(comma: str) -> None:
    everyone = authorities().all()
    chance = random.Random(17)
    for count in (2, 3, 10, len(everyone)):
        chosen = chance.sample(everyone, count)
        read = cohort(comma.join(authority.name for authority in chosen), authorities(), [])
        assert set(read.authorities) == {authority.slug for authority in chosen}
        assert cohort(read.expression, authorities(), []).authorities == read.authorities


def test_the_work_on_a_long_expression_grows_with_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    read_part = CohortTerms.read_part

    def count(terms: CohortTerms, typed: str) -> Part | None:
        nonlocal asked
        asked += 1
        return read_part(terms, typed)

    monkeypatch.setattr(CohortTerms, "read_part", count)
    names = [authority.name for authority in authorities().all()][:100]
    work = []
    for length in (100, 200, 400):
        asked = 0
        cohort(", ".join((names * 4)[:length]), authorities(), [])
        work.append(asked)
    assert work[2] < 2.2 * work[1] < 5 * work[0]


def test_only_the_name_that_is_not_known_is_named() -> None:
    with pytest.raises(CohortError, match='"Camdenn": no authority is called "Camdenn"; did you mean Camden'):
        cohort("Kent, Camdenn, York", authorities(), [])


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("region:Lodnon", 'group "region:Lodnon": there is no region "Lodnon"; did you mean London?'),
        (
            "region:London+neighbours:camdem",
            'group "neighbours:camdem": no authority is called "camdem"; did you mean C',
        ),
        ("camdem", 'group "camdem": no authority is called "camdem"; did you mean Camden?'),
        ("neighbors:camden", '"neighbors:" is not one of neighbours:, region:'),
        ("grade:outstanding", "name the strand, for example grade:leaders=outstanding"),
        ("grade:leadres=good", 'there is no strand "leadres"; did you mean leaders'),
        ("grade:leaders=grand", 'there is no grade "grand"'),
        ("framework:ilacs-203", "did you mean ilacs-20"),
        ("since:last year", '"last year" is not a year'),
        ("until:2023-13", '"2023-13" is not a year (2023), a month (2023-05) or a day (2023-05-16)'),
        ("since:2023-02-29", '"2023-02-29" is not a year'),
        ("since:٢٠٢٣", '"٢٠٢٣" is not a year'),
        ("region:", "which region? For example region:London"),
        ("  ", "the group is empty"),
        ("camden kent", "no authority is in every part"),
        ("camden,since:2023", 'group "since:2023" is not an alternative to "camden"'),
        ("framework:sif framework:ilacs-2018", "no inspection is under every framework"),
        ("neighbours:poole", "it was followed by Bournemouth, Christchurch and Poole"),
    ],
)
def test_a_part_that_is_not_understood_is_named_with_suggestions(expression: str, message: str) -> None:
    with pytest.raises(CohortError) as error:
        read_cohort(expression)
    assert message in str(error.value)
    assert error.value.exit_code == 2


def test_inspections_may_be_given_one_after_the_other() -> None:
    expression = "grade:help=good + grade:leaders=outstanding"
    assert cohort(expression, KNOWN, iter(INSPECTIONS)) == cohort(expression, KNOWN, INSPECTIONS)


def test_the_invented_council_is_a_cohort_only_if_it_is_named() -> None:
    graded = inspection("ilacs-2023", authority=EXAMPLESHIRE.slug, leaders="outstanding")
    known = Authorities(KNOWN.all(), EXAMPLESHIRE)
    assert cohort("Exampleshire since:2023", known, [graded]).authorities == (EXAMPLESHIRE.slug,)
    assert cohort("camden, exampleshire", known, [graded]).authorities == ("camden", EXAMPLESHIRE.slug)
    for expression in ("all", "since:2023", "camden, grade:leaders=outstanding"):
        assert EXAMPLESHIRE.slug not in cohort(expression, known, [graded]).authorities


# Grades


def grades_of(expression: str, compared: Inspection | None = None) -> CohortGrades:
    return grade_cohort(read_cohort(expression), INSPECTIONS, KNOWN.all(), compared)


def counts(result: CohortGrades, strand: str) -> dict[str, int]:
    (strand_grades,) = [grades for grades in result.strands if grades.strand == strand]
    return {count.grade.key: len(count.inspections) for count in strand_grades.counts}


def test_each_authority_counts_once_with_its_latest_graded_inspection() -> None:
    result = grades_of("camden,kent,barnet")
    assert counts(result, "leaders") == {"outstanding": 1, "good": 1, "requires improvement": 0, "inadequate": 1}
    assert [member.inspection for member in result.members] == [CAMDEN_2025, KENT_2024, BARNET_2026]


def test_a_cohort_can_be_restricted_to_inspections_of_one_framework() -> None:
    assert counts(grades_of("all framework:ilacs-2018"), "overall")["good"] == 1


def test_every_member_is_counted_under_a_grade_or_left_out_with_a_reason() -> None:
    result = grades_of("all")
    for strand in result.strands:
        assert strand.number + sum(len(left.authorities) for left in strand.left_out) == len(result.members)
    overall = {left.reason: left.authorities for left in result.strands[0].left_out}
    assert overall == {
        "No overall grade since April 2026.": ("barnet",),
        "No graded inspection is stored.": ("bcp",),
    }


def test_a_council_that_no_longer_exists_is_not_a_member() -> None:
    assert "poole" not in [member.authority.slug for member in grades_of("all").members]


def test_a_strand_that_was_not_judged_is_left_out_with_this_reason() -> None:
    scilly = inspection("sif", authority="kent", help="good", care=None)
    result = grade_cohort(read_cohort("kent"), [scilly], KNOWN.all())
    assert [(left.why, left.authorities) for left in result.strands[1].left_out] == [("not judged", ("kent",))]


def test_the_inspection_compared_with_a_cohort_is_not_counted_in_it() -> None:
    result = grades_of("all", CAMDEN_2025)
    assert "camden" not in [member.authority.slug for member in result.members]
    leaders = result.strands[1]
    assert leaders.peers
    assert (leaders.peers.higher, leaders.peers.same, leaders.peers.lower) == (0, 0, 2)
    assert leaders.peers.caveats == {"K8": 1}


def test_a_joint_grade_is_not_compared_with_a_single_one() -> None:
    result = grades_of("kent", CAMDEN_2022)
    by_strand = {strand.strand: strand for strand in result.strands}
    assert by_strand["care"].peers is None
    joint = by_strand["care_and_leavers"]
    assert joint.peers
    assert (joint.number, joint.peers.same, joint.peers.not_comparable) == (0, 0, 0)


# Grade changes


def changes_of(*inspections: Inspection, expression: str = "all") -> GradeChanges:
    return grade_changes(read_cohort(expression), inspections, KNOWN.all())


def strand_of(result: GradeChanges, strand: str) -> StrandChanges:
    (strand_changes,) = [changes for changes in result.strands if changes.strand == strand]
    return strand_changes


def moves(flow: StrandTransitions) -> dict[tuple[str, str], int]:
    return {(move.earlier, move.later): len(move.pairs) for move in flow.moves}


def test_consecutive_graded_inspections_are_counted_from_grade_to_grade() -> None:
    (flow,) = strand_of(changes_of(CAMDEN_2022, CAMDEN_2025, KENT_2024), "overall").flows
    assert moves(flow) == {("good", "outstanding"): 1}
    assert (flow.changed("improved"), flow.number) == (1, 1)
    assert flow.moves[0].pairs == ((CAMDEN_2022.id, CAMDEN_2025.id),)


def test_a_joint_grade_continues_as_one_for_each_with_its_caveat() -> None:
    result = changes_of(CAMDEN_2022, CAMDEN_2025)
    for strand in ("care", "leavers"):
        (flow,) = strand_of(result, strand).flows
        assert (flow.earlier, flow.later, flow.caveats) == ("care_and_leavers", strand, {"K7": 1})


def test_every_inspection_is_in_a_flow_or_left_out_with_a_reason() -> None:
    result = changes_of(CAMDEN_2022, CAMDEN_2025, KENT_2024, inspection("ilacs-2026", leaders="good"))
    overall = strand_of(result, "overall")
    assert overall.considered == 4
    assert [(left.why, left.reason, len(left.inspections)) for left in overall.left_out] == [
        ("no earlier inspection", "No earlier graded inspection is stored.", 2),
        ("not comparable", "No overall grade since April 2026.", 1),
    ]


def test_the_first_inspection_of_a_new_council_is_left_out_with_this_reason() -> None:
    poole = inspection("sif", authority="poole", help="inadequate")
    bcp = inspection("ilacs-2018", authority="bcp", help="good")
    result = strand_of(changes_of(poole, bcp), "help")
    assert result.flows == ()
    assert {left.why: left.inspections for left in result.left_out} == {
        "changed authority": (bcp.id,),
        "no earlier inspection": (poole.id,),
    }


def test_a_change_to_or_from_not_judged_is_left_out_with_this_reason() -> None:
    scilly = inspection("sif", help="good", care=None)
    result = strand_of(changes_of(scilly, CAMDEN_2022), "care_and_leavers")
    assert [(left.why, len(left.inspections)) for left in result.left_out] == [("not judged", 1)]


def test_since_counts_changes_from_inspections_before_that_date() -> None:
    result = strand_of(changes_of(CAMDEN_2022, CAMDEN_2025, expression="since:2025"), "leaders")
    assert moves(result.flows[0]) == {("outstanding", "outstanding"): 1}
    assert changes_of(CAMDEN_2022, CAMDEN_2025, expression="until:2022").strands[0].flows == ()


def test_an_older_framework_is_compared_only_where_the_crosswalk_allows() -> None:
    older = inspection("lac-2013", overall="adequate", leaders="adequate")
    result = changes_of(older, inspection("sif", overall="good", leaders="good", care="requires improvement"))
    (flow,) = strand_of(result, "care").flows
    assert flow.name == "Overall (LAC 2013) to Children in care"
    assert (flow.changed("same rung, harder test"), flow.caveats) == (1, {"K10": 1})
    assert strand_of(result, "overall").flows == ()
    assert strand_of(result, "leaders").considered == 1


def test_visits_board_reviews_and_ratings_do_not_come_between_two_inspections() -> None:
    board = inspection("lscb-review", date(2023, 3, 1), lscb="good")
    rating = inspection("caa-rating", date(2023, 4, 1), rating="performs poorly")
    visit = inspection("focused-visit")
    assert not any(map(is_full, (board, rating, visit)))
    (flow,) = strand_of(changes_of(CAMDEN_2022, board, rating, visit, CAMDEN_2025), "overall").flows
    assert flow.moves[0].pairs == ((CAMDEN_2022.id, CAMDEN_2025.id),)


# The whole record


@pytest.fixture(scope="module")
def england() -> GradeChanges:
    inspections = [
        reconcile(known.id, known.authority, known.facts.framework or "", known.facts) for known in record().inspections
    ]
    return grade_changes(cohort("all", authorities(), inspections), inspections, authorities().all())


def test_changes_of_overall_grades_in_england_agree_with_domain_md(england: GradeChanges) -> None:
    """The pairs of inspections were counted by hand too: 37 that stayed at requires improvement; the record has 38."""
    (flow,) = strand_of(england, "overall").flows
    result = moves(flow)
    requires = "requires improvement"
    assert result[requires, "good"] == 56
    assert result["good", "outstanding"] == 42
    assert result[requires, "inadequate"] == 22
    assert result["good", "inadequate"] == 9
    assert result["inadequate", "good"] == 18
    assert result[requires, requires] == 38
    from_sif = [pair for move in flow.moves if move.earlier == requires for pair in move.pairs if move.later == "good"]
    assert sum(earlier.endswith("-sif") for earlier, _ in from_sif) == 31


def test_changes_in_england_agree_with_a_count_of_the_csv_by_hand(england: GradeChanges) -> None:
    with (data_folder() / "inspections.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["overall"] and row["framework"] != "lac-2013"]
    grades = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["inspection_start"]):
        grades[row["authority"]].append(row["overall"])
    counted = Counter(pair for history in grades.values() for pair in pairwise(history))
    (flow,) = strand_of(england, "overall").flows
    assert moves(flow) == counted


def test_every_strand_in_england_accounts_for_every_inspection(england: GradeChanges) -> None:
    considered = {strand.strand: strand.considered for strand in england.strands}
    assert considered["overall"] == considered["leaders"] == considered["help"]
    for strand in england.strands:
        ids = [pair[1] for flow in strand.flows for move in flow.moves for pair in move.pairs]
        ids += [identifier for left in strand.left_out for identifier in left.inspections]
        assert len(ids) == len(set(ids))
