"""Follow-through and counts of phrases stay within one band, unless a person asks for more."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from reinspect.answers import Library
from reinspect.answers.scope import Scope
from reinspect.comparing.cohorts.cohort import CohortError
from reinspect.exporting import render_sheet
from reinspect.model import Improvement, Outcome, PrintedAuthority, SourceFacts, Window
from tests.making.events import BARNET, EARLIER, ILACS_2022, ILACS_2025, LATEST, graded, reading
from tests.making.holdings import MemoryHoldings

ASKED = replace(ILACS_2022, improvements=(Improvement(index=1, text="the oversight of records by managers"),))
SEND = SourceFacts(
    authority=PrintedAuthority(printed="Camden", slug="camden", name="Camden", urn="80491"),
    framework="area-send-2023",
    windows=(Window(date(2024, 3, 4), date(2024, 3, 8)),),
    outcome=Outcome(key="inconsistent"),
    improvements=(Improvement(index=1, text="the waiting times for speech therapy"),),
)
IN_2026 = (Window(date(2026, 3, 2), date(2026, 3, 6)),)
SOCIAL_CARE = (
    reading(LATEST, "camden", ILACS_2025),
    reading(EARLIER, "camden", ASKED),
    reading(("Oversight by managers is weak.",), "barnet", BARNET),
)
LSCB = graded("lscb-review", date(2025, 5, 12), date(2025, 5, 16), lscb="good")
LSCB_TEXT = reading(("Partners meet often.",), "camden", LSCB)
SEND_TEXT = reading(("The oversight of records by managers is thin.", "Waiting times grow."), "camden", SEND)


@pytest.fixture(scope="module")
def without() -> Library:
    return Library(MemoryHoldings(SOCIAL_CARE))


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(MemoryHoldings((*SOCIAL_CARE, SEND_TEXT)))


def test_an_item_of_social_care_is_followed_into_social_care_alone(library: Library, without: Library) -> None:
    own = [thread for thread in library.follow("camden").threads if thread.inspection.framework != "area-send-2023"]
    assert tuple(own) == without.follow("camden").threads


def test_with_across_an_item_is_followed_into_every_later_text_and_that_is_marked(library: Library) -> None:
    answer = library.follow("camden", across=True)
    [thread] = [each for each in answer.threads if each.inspection.framework != "area-send-2023"]
    assert [step.inspection.framework for step in thread.steps] == ["area-send-2023", "ilacs-2023"]
    assert "(another band: SEND)" in " ".join(render_sheet(answer.sheet(), "text").split())


def test_a_phrase_is_counted_in_social_care_unless_a_framework_is_named(library: Library, without: Library) -> None:
    assert library.usage("oversight").usage == without.usage("oversight").usage
    named = library.usage("oversight", scope=Scope(framework="area-send-2023"))
    assert named.documents == (SEND_TEXT.document.sha256,)


def test_a_search_finds_every_text_and_counts_those_of_other_bands_apart(library: Library, without: Library) -> None:
    found, before = library.search("oversight"), without.search("oversight")
    assert found.found.total > before.found.total
    assert found.tally.by_authority == before.tally.by_authority
    assert found.tally.others == before.tally.others + 1


def test_a_briefing_is_on_the_latest_graded_inspection_of_social_care(without: Library) -> None:
    newer = reading(("Waiting times grow again.",), "camden", replace(SEND, windows=IN_2026))
    brief = Library(MemoryHoldings((*SOCIAL_CARE, SEND_TEXT, LSCB_TEXT, newer))).brief("camden")

    assert brief.latest is not None
    assert (brief.latest.framework, brief.latest.year) == ("ilacs-2023", 2025)
    assert brief.comparison is not None
    assert [one.year for one in brief.comparison.in_order] == [2022, 2025]
    assert {thread.inspection.framework for thread in brief.follow.threads} == {"ilacs-2018"}
    assert brief.records() == without.brief("camden").records()


def test_a_comparison_across_bands_prints_both_lists(library: Library) -> None:
    [send] = [one for one in library.holdings.inspections("camden") if one.framework == "area-send-2023"]
    answer = library.compare("camden:2022", send.id)
    page = " ".join(render_sheet(answer.sheet(), "text").split())

    assert answer.compare_lists() is None
    assert "the oversight of records by managers" in page
    assert "the waiting times for speech therapy" in page


def test_themes_are_those_of_social_care(library: Library, without: Library) -> None:
    assert library.themes().records() == without.themes().records()
    assert library.themes("camden").records() == without.themes("camden").records()


def test_two_groups_of_different_bands_are_not_contrasted(library: Library) -> None:
    with pytest.raises(CohortError, match="texts on SEND and texts on social care are about different things"):
        library.contrast(Scope(framework="area-send-2023"), Scope(cohort="camden"))
