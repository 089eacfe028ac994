"""Questions to a library over a small store in memory, and the answers as values, sheets and plain data."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reinspect.answers import Answer, Library
from reinspect.answers.holdings import Holdings
from reinspect.answers.open_document import OpenDocument
from reinspect.answers.scope import Scope
from reinspect.comparing.cohorts.cohort import CohortError
from reinspect.errors import NotFoundError
from reinspect.exporting import FORMATS, render_sheet
from reinspect.model import Evidence, Improvement, Pin
from tests.making.events import BARNET, EARLIER, ILACS_2022, ILACS_2025, LATEST, LETTER, SIF, VISIT, reading
from tests.making.holdings import MemoryHoldings

CAMDEN = Scope(authorities=("camden",))
ASKED = replace(ILACS_2022, improvements=(Improvement(index=1, text="the oversight of records by managers"),))
READINGS = (
    reading(LATEST, "camden", ILACS_2025),
    reading(EARLIER, "camden", ASKED),
    reading(LETTER, "camden", VISIT, kind="letter"),
    reading(("Records of supervision are kept by managers.",), "camden", SIF),
    reading(("Oversight by managers is weak.",), "barnet", BARNET),
)


@pytest.fixture(scope="module")
def holdings() -> Holdings:
    return MemoryHoldings(READINGS, pins=(Pin(kind="phrase", text="oversight", citation="Camden"),))


@pytest.fixture(scope="module")
def library(holdings: Holdings) -> Library:
    return Library(holdings)


def every_answer(library: Library) -> list[Answer]:
    return [
        library.inspections(),
        library.show("camden:2025"),
        library.timeline("camden", cohort="all"),
        library.compare("camden:2022", "camden:2025", cohort="barnet"),
        library.compare_with_cohort("all", "camden"),
        library.latest_grades(),
        library.follow("camden"),
        library.search("oversigt by managers"),
        library.recurring(CAMDEN),
        library.usage("managers", scope=CAMDEN),
        library.contrast(Scope(cohort="camden"), Scope(cohort="barnet")),
        library.basket(),
        library.brief("camden"),
        library.movers("leaders", "good", "outstanding"),
        library.themes("camden"),
        library.verdict_labels(),
        library.search_by_meaning("oversight"),
        library.export("camden"),
    ]


def test_every_answer_is_a_sheet_in_any_format_and_plain_data(library: Library) -> None:
    for answer in every_answer(library):
        for form in FORMATS:
            assert render_sheet(answer.sheet(), form)
        assert all(isinstance(record, dict) for record in answer.records())
        assert answer.tables()


def test_the_same_question_has_an_equal_answer(library: Library) -> None:
    assert every_answer(library) == every_answer(library)


def test_inspections_are_listed_by_authority_and_date(library: Library) -> None:
    ids = [inspection.id for inspection, _ in library.inspections().inspections]
    assert ids == sorted(ids)
    assert [each.authority for each, _ in library.inspections("Barnet").inspections] == ["barnet"]
    assert len(library.inspections(cohort="region:London").inspections) == len(ids)


def test_an_unknown_name_is_met_with_similar_ones(library: Library) -> None:
    with pytest.raises(NotFoundError, match=r"did you mean.*Camden"):
        library.timeline("Camdn")
    with pytest.raises(NotFoundError, match="did you mean camden-2017"):
        library.show("camden-2017")


def test_an_authority_and_a_year_name_the_graded_inspection(library: Library) -> None:
    assert library.show("camden:2025").inspection.id == "camden-2025-03-03-ilacs"
    with pytest.raises(NotFoundError, match="no graded inspection in 2018"):
        library.show("camden:2018")


def test_a_comparison_has_the_grade_changes_and_the_group(library: Library) -> None:
    answer = library.compare("camden:2022", "camden:2025", cohort="barnet")
    assert answer.comparison.a.year == 2022
    assert answer.cohort is not None
    assert [member.authority.slug for member in answer.cohort.grades.members] == ["barnet"]
    assert len(answer.records()) == 2


def test_a_group_that_cannot_be_understood_is_an_error(library: Library) -> None:
    with pytest.raises(CohortError):
        library.timeline("camden", cohort="nonsense:of")


def test_an_improvement_is_followed_into_each_later_text(library: Library) -> None:
    thread = library.follow("camden").threads[-1]
    assert thread.improvement.text == "the oversight of records by managers"
    assert [step.inspection.year for step in thread.steps] == [2025]
    assert thread.steps[0].passages


def test_a_search_cites_every_sentence_and_counts_by_year(library: Library) -> None:
    answer = library.search("oversigt", CAMDEN)
    assert len(answer.citations) == len(answer.found.hits) == 2
    assert "ILACS inspection" in answer.citations[0]
    assert answer.tally.by_year == {2022: 1, 2025: 1}
    assert answer.pin(1).evidence is not None
    for number in (0, -1, 3):
        with pytest.raises(IndexError):
            answer.pin(number)


def test_a_search_with_peers_lists_the_own_sentences_first(library: Library) -> None:
    answer = library.search("oversight", Scope(authorities=("camden",), peers="barnet"))
    owners = [answer.sources[hit.document][0].authority for hit in answer.found.hits]
    assert owners == ["camden", "camden", "barnet"]
    assert "compared with" in render_sheet(answer.sheet())


@pytest.mark.parametrize(
    ("scope", "texts"),
    [
        (Scope(), 5),
        (CAMDEN, 4),
        (Scope(authorities=("camden",), since="2022"), 2),
        (Scope(kinds=("letter",)), 1),
        (Scope(framework="sif"), 1),
        (Scope(cohort="barnet"), 1),
    ],
)
def test_a_scope_limits_the_texts(library: Library, scope: Scope, texts: int) -> None:
    assert len(library.search("managers", scope).documents) == texts


def test_a_word_after_a_minus_is_not_in_what_is_offered_as_alike(library: Library) -> None:
    def offered(query: str) -> list[str]:
        answer = library.search(query)
        assert answer.found.total == 0
        assert answer.alike is not None
        assert answer.alike.hits == library.search_by_meaning(query, limit=len(answer.alike.hits)).hits
        return [hit.sentence for hit in answer.alike.hits]

    without = offered("scrutiny of files -supervision")
    assert without
    assert any("supervision" in sentence for sentence in offered("scrutiny of files"))
    assert not any("supervision" in sentence for sentence in without)


def test_movers_are_found_for_one_move_alone(library: Library) -> None:
    leaders = library.movers_as_typed("moved:leaders=good>outstanding")
    assert [(mover.authority.slug, mover.move.end.inspection.year) for mover in leaders.movers] == [("camden", 2022)]
    with pytest.raises(CohortError, match="name one move alone, for example moved:"):
        library.movers_as_typed("moved:leaders=good>outstanding moved:overall=good>outstanding")
    with pytest.raises(CohortError, match="name a move, for example moved:"):
        library.movers_as_typed("camden")


def test_recurring_phrases_are_counted_by_inspection_and_cited(library: Library) -> None:
    answer = library.recurring(CAMDEN, order="themes")
    assert all(phrase.inspections >= 2 and phrase.citation for phrase in answer.recurring)
    assert answer.years == (2017, 2018, 2022, 2025)


def test_the_example_of_a_phrase_has_no_comma_between_its_words() -> None:
    latest = ("Grades\nIn these cases, management is near.", "Case management is now strong.")
    earlier = reading(("Case management is weak.",), "camden", SIF)
    library = Library(MemoryHoldings([earlier, reading(latest, "camden", ILACS_2025)]))
    (found,) = (each for each in library.recurring(CAMDEN).recurring if each.phrase == "case management")
    assert found.citation == "Camden, ILACS inspection 3-7 March 2025, p. 2, para 3"


def test_the_usage_of_a_missing_phrase_suggests_similar_ones(library: Library) -> None:
    answer = library.usage("oversigt by managers")
    assert answer.usage.uses == 0
    assert "Did you mean oversight by managers" in answer.missing
    assert library.usage("managers").missing == ""


def test_a_place_is_quoted_and_a_page_opened(library: Library) -> None:
    pin = library.quote("camden:2025:2", "steady")
    assert pin.text == "Oversight by managers is steady."
    assert pin.evidence is not None
    document = library.open_document(pin.evidence)
    assert document.cite(pin.evidence) == pin.citation
    assert [span.page for span in document.find("oversight BY managers")] == [2]
    assert document.find_similar(library.searcher, "oversigt") == document.find("Oversight")


def test_an_export_says_that_its_phrases_are_those_of_social_care(library: Library) -> None:
    (phrases,) = (table for table in library.export("camden").tables() if table.name == "phrases")
    assert "in texts on social care" in phrases.of


def test_a_word_that_is_divided_at_a_line_end_is_found() -> None:
    pages = ("The man-\nagement of multi-\nagency work is weak.",)
    sample = reading(pages, "camden", SIF)
    document = OpenDocument(sample.document, Evidence(document="a", page=1, start=0, end=1), pages)
    for words in ("management", "Management of multi-agency work"):
        [span] = document.find(words)
        assert (span.start, pages[0][span.start : span.end][-1]) == (4, words[-1])
    assert document.find("agent") == ()


def test_a_place_that_does_not_exist_is_refused(library: Library) -> None:
    with pytest.raises(NotFoundError, match="not a place"):
        library.quote("camden")
    with pytest.raises(NotFoundError, match="nothing is printed"):
        library.quote("camden:2025:9")
    with pytest.raises(NotFoundError, match="add some words"):
        library.quote("camden:2025:2")
    with pytest.raises(NotFoundError):
        library.open_document(Evidence(document="0" * 64, page=1, start=0, end=1))


def test_the_searcher_is_kept_as_long_as_the_index(library: Library) -> None:
    assert library.searcher is library.searcher


def test_the_answers_need_no_screen_no_command_line_and_no_database() -> None:
    import subprocess
    import sys

    code = "import reinspect.answers.library, sys; print({'click', 'textual', 'tinydb', 'numpy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
