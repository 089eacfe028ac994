"""The timeline of an authority: its events, rows and cells."""

from __future__ import annotations

from datetime import date

import msgspec

from reinspect.comparing.timeline import Timeline, timeline
from reinspect.model import Claim, Conflict, Origin
from reinspect.record import Gap
from tests.making.inspections import CAMDEN, camden_2017, camden_2022, inspection, report


def history(*inspections: object) -> Timeline:
    return timeline(CAMDEN, inspections)  # type: ignore[arg-type]


def states(result: Timeline, strand: str) -> list[str]:
    (row,) = [row for row in result.rows if row.strand == strand]
    return [cell.word or cell.state for cell in row.cells]


def test_events_are_sorted_by_date() -> None:
    result = history(camden_2022(), inspection("focused-visit"), camden_2017())
    assert [event.inspection.year for event in result.events] == [2017, 2022, 2023]


def test_every_state_of_a_cell_is_distinguished() -> None:
    scilly = inspection("sif", help="good", adoption=None)
    partly = inspection("ilacs-2018", leaders="good", care_and_leavers="good", overall="good")
    result = history(scilly, partly, inspection("focused-visit"))
    assert states(result, "help") == ["good", "not held", "ungraded visit"]
    assert states(result, "adoption") == ["not judged", "no such strand", "ungraded visit"]
    assert states(result, "care_and_leavers") == ["no such strand", "good", "ungraded visit"]


def test_a_review_of_the_board_that_only_some_inspections_had_is_not_a_gap_in_others() -> None:
    result = history(inspection("sif", date(2014, 5, 6), lscb="good"), inspection("sif", help="good"))
    assert states(result, "lscb") == ["good", "no such strand"]


def test_care_and_leavers_and_their_joint_grade_are_three_neighbouring_rows() -> None:
    split = inspection("ilacs-2023", overall="good", leaders="good", help="good", care="good", leavers="good")
    strands = [row.strand for row in history(camden_2017(), camden_2022(), split).rows]
    assert strands == ["overall", "leaders", "help", "care", "care_and_leavers", "leavers", "adoption", "lscb"]


def test_a_row_is_named_as_the_latest_inspection_names_it() -> None:
    split = inspection("ilacs-2023", care="good")
    assert [row.name for row in history(camden_2017(), split).rows if row.strand == "care"] == ["Children in care"]


def test_older_frameworks_have_rows_of_their_own_at_the_end() -> None:
    rating = inspection("caa-rating", rating="performs excellently")
    slac = inspection("slac", safeguarding="good", looked_after="good")
    rows = history(rating, slac, camden_2017()).rows
    assert [(row.name, row.history) for row in rows][-3:] == [
        ("Annual rating", True),
        ("Safeguarding (SLAC)", True),
        ("Looked after (SLAC)", True),
    ]
    assert [cell.word or cell.state for cell in rows[-2].cells] == ["no such strand", "good", "no such strand"]


def test_an_overall_grade_of_looked_after_services_alone_is_not_in_the_overall_row() -> None:
    result = history(inspection("lac-2013", overall="adequate"), camden_2017())
    first = result.rows[0]
    assert (first.strand, [cell.word or cell.state for cell in first.cells]) == ("overall", ["no such strand", "good"])


def test_a_graded_cell_has_a_letter_and_a_shape() -> None:
    cell = history(camden_2017()).rows[0].cells[0]
    assert (cell.word, cell.letter, cell.shape, cell.rung) == ("good", "G", "\N{BLACK CIRCLE}", 2)


def test_neighbouring_events_of_one_framework_are_a_band() -> None:
    result = history(inspection("sif", date(2014, 5, 6)), camden_2017(), camden_2022())
    assert [(band.framework, band.first, band.last) for band in result.bands] == [("sif", 0, 1), ("ilacs-2018", 2, 2)]


def test_improvements_are_counted_only_if_a_text_is_stored() -> None:
    result = history(camden_2017(), camden_2022())
    assert [(event.improvements, event.priority_actions) for event in result.events] == [(2, 0), (None, None)]


def test_coverage_is_counted_and_gives_no_number_of_improvements() -> None:
    covered = msgspec.structs.replace(camden_2022(), documents=(report("b", "coverage"), report("c", "coverage")))
    (event,) = history(covered).events
    assert (event.coverage, event.digest, event.improvements) == (2, False, None)


def test_a_digest_is_marked_until_a_report_is_stored() -> None:
    digest, full = report("d", "digest"), report("a")
    known = msgspec.structs.replace(camden_2022(), documents=(digest,))
    assert history(known).events[0].digest
    assert not history(msgspec.structs.replace(known, documents=(full, digest))).events[0].digest


def test_conflicts_are_counted() -> None:
    claim = Claim(origin=Origin(kind="record"), value="2022-06-21")
    odd = msgspec.structs.replace(camden_2022(), conflicts=(Conflict(field="published", claims=(claim, claim)),))
    assert history(odd).events[0].conflicts == 1


def test_only_gaps_of_this_authority_are_shown() -> None:
    gaps = [
        Gap(authority=slug, framework="caa-rating", partial_date="2010-12", missing=f"the rating of {slug}")
        for slug in ("camden", "kent")
    ]
    assert timeline(CAMDEN, [], gaps).gaps == ("the rating of camden",)


def test_an_authority_without_inspections_has_an_empty_timeline() -> None:
    assert (history().events, history().rows, history().bands) == ((), (), ())
