"""The texts that a question looks at: each once, named in words, and no limit is passed over in silence."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reinspect.answers import Library
from reinspect.answers.scope import Scope, ScopeError, find_texts
from reinspect.model import SourceFacts, StoredDocument
from tests.making.events import BARNET, EARLIER, ILACS_2022, ILACS_2025, LATEST, SIF, reading
from tests.making.holdings import MemoryHoldings

READINGS = (
    reading(LATEST, "camden", ILACS_2025),
    reading(EARLIER, "camden", ILACS_2022),
    reading(("Records of supervision are kept by managers.",), "camden", SIF),
    reading(("Oversight by managers is weak.",), "barnet", BARNET),
)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(MemoryHoldings(READINGS))


def test_a_text_of_the_group_and_of_its_peers_is_searched_once(library: Library) -> None:
    own = library.search("managers", Scope(cohort="all"))
    both = library.search("managers", Scope(cohort="all", peers="all"))
    assert both.found.total == own.found.total > 0
    assert both.peers == ()
    london = library.search("managers", Scope(cohort="camden", peers="all"))
    assert london.found.total == own.found.total


@pytest.mark.parametrize("scope", [Scope(strands=("help",)), Scope(improvements=True)])
def test_a_count_of_whole_texts_refuses_a_limit_on_passages(library: Library, scope: Scope) -> None:
    for question in (library.recurring, lambda scope: library.usage("managers", scope=scope)):
        with pytest.raises(ScopeError, match="whole texts"):
            question(scope)
    with pytest.raises(ScopeError, match="whole texts"):
        library.contrast(scope, Scope(cohort="barnet"))
    assert library.search("managers", scope).description


def test_a_contrast_refuses_peers(library: Library) -> None:
    with pytest.raises(ScopeError, match="no peers"):
        library.contrast(Scope(cohort="camden", peers="barnet"), Scope(cohort="barnet"))


def test_a_contrast_names_everything_that_sets_its_groups_apart(library: Library) -> None:
    answer = library.contrast(
        Scope(authorities=("camden",), framework="sif", until="2018"), Scope(authorities=("camden",), since="2020-01")
    )
    assert (answer.group_a, answer.group_b) == ("Camden; under SIF; until 2018", "Camden; since 2020-01")
    assert library.contrast(Scope(), Scope(cohort="barnet")).group_a == "all authorities"


class WithoutDates(MemoryHoldings):
    """Holdings whose documents print no date, as a digest does."""

    def document(self, identifier: str, /) -> StoredDocument:
        return replace(super().document(identifier), facts=SourceFacts())


def test_the_years_of_texts_are_those_of_their_inspections() -> None:
    texts = find_texts(WithoutDates(READINGS), Scope(since="2019"))
    assert texts.description == "3 texts since 2019, of 2019 to 2025"
