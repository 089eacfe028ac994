"""Ofsted is credited with its own grades and words, and with nothing that is said of the invented council."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from reinspect.answers import Answer, Library
from reinspect.answers.scope import Scope
from reinspect.authorities import EXAMPLESHIRE
from reinspect.comparing.cohorts.moves import grade_moves
from reinspect.exporting.sheets.labels import LICENCE
from reinspect.exporting.sheets.movers import movers_sheet
from reinspect.model import Improvement, PrintedAuthority, Reading
from tests.making.events import EARLIER, ILACS_2022, ILACS_2025, LATEST, SIF, reading
from tests.making.holdings import MemoryHoldings
from tests.making.inspections import CAMDEN

ASKED = replace(ILACS_2022, improvements=(Improvement(index=1, text="the oversight of supervision by managers"),))


def texts(slug: str, name: str) -> list[Reading]:
    own = (
        reading(LATEST, slug, ILACS_2025),
        reading(EARLIER, slug, ASKED),
        reading(("Records of supervision.",), slug, SIF),
    )
    printed = PrintedAuthority(printed=name, slug=slug, name=name)
    return [replace(each, facts=replace(each.facts, authority=printed)) for each in own]


QUESTIONS: dict[str, Callable[[Library, str], Answer]] = {
    "themes": lambda library, slug: library.themes(slug),
    "one theme": lambda library, slug: library.themes(slug, theme="supervision-oversight"),
    "recurring phrases": lambda library, slug: library.recurring(Scope(authorities=(slug,))),
    "use of a phrase": lambda library, slug: library.usage("managers", scope=Scope(authorities=(slug,))),
    "contrast": lambda library, slug: library.contrast(
        Scope(authorities=(slug,), since="2022"), Scope(authorities=(slug,), until="2021")
    ),
    "group": lambda library, slug: library.compare_with_cohort("all" if slug == "camden" else slug),
    "latest grades": lambda library, _: library.latest_grades(),
    "who solved it": lambda library, slug: library.solved("supervision-oversight", slug),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_page_on_the_invented_council_does_not_credit_ofsted(question: str) -> None:
    invented = Library(MemoryHoldings(texts("exampleshire", "Exampleshire")))
    foot = " ".join(QUESTIONS[question](invented, "exampleshire").sheet().foot)
    # Nobody has solved it, so that page names nobody.
    assert ("Exampleshire is invented" in foot) is (LICENCE not in foot) is (question != "who solved it")


def test_moves_of_the_invented_council_are_not_credited_to_ofsted() -> None:
    invented = MemoryHoldings(texts("exampleshire", "Exampleshire")).inspections()
    (move,) = grade_moves("leaders", "good", "outstanding", invented)
    assert LICENCE not in movers_sheet([(EXAMPLESHIRE, move)], "moves", 1).foot
    assert movers_sheet([(CAMDEN, move)], "moves", 1).foot == (LICENCE,)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_page_on_a_real_council_has_the_licence(question: str) -> None:
    real = Library(MemoryHoldings(texts("camden", "Camden")))
    assert QUESTIONS[question](real, "camden").sheet().foot == (LICENCE,)
