"""What a phrase says: by year, grade, framework and authority, always beside how many were read."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reinspect.model import Inspection, Passage
from reinspect.phrases import Index, PhraseUsage, TextOrigin, UsageShare, contrast, phrase_usage
from reinspect.phrases.search.exact import sentences
from tests.making.inspections import inspection
from tests.making.passages import passages, sha_of

DRIFT, CALM = "Drift and delay in court work.", "Harbour walks are well liked."
HELD: dict[str, tuple[Inspection, list[Passage]]] = {
    "camden sif": (
        inspection("sif", leaders="good", help="requires improvement"),
        [*passages("camden sif", CALM, strand="leaders"), *passages("camden sif", DRIFT, DRIFT, strand="help")],
    ),
    "camden 2022": (
        inspection("ilacs-2018", leaders="good", help="good"),
        [*passages("camden 2022", CALM, strand="leaders"), *passages("camden 2022", CALM, strand="help")],
    ),
    "kent": (
        inspection("ilacs-2018", authority="kent", leaders="good", help="inadequate"),
        [*passages("kent", CALM, strand="leaders"), *passages("kent", "No drifts and delays now.", strand="help")],
    ),
    "visit": (inspection("focused-visit", authority="kent"), passages("visit", "Drift or delay was not met.")),
}
INDEX = Index.build((sha_of(name), held) for name, (_, held) in HELD.items())
INSPECTIONS = {sha_of(name): held for name, (held, _) in HELD.items()}


def said(
    *phrases: str, documents: Collection[str] | None = None, beside: Mapping[str, Collection[str]] | None = None
) -> PhraseUsage:
    return phrase_usage(INDEX, phrases or ("drift and delay",), INSPECTIONS, documents=documents, beside=beside)


def counts(shares: tuple[UsageShare, ...]) -> dict[str, tuple[int, int]]:
    return {share.name: (share.uses, share.of) for share in shares}


def test_inspections_are_counted_once_however_often_they_use_a_phrase_and_in_any_number() -> None:
    told = said()
    assert (told.uses, told.of, told.times) == (2, 4, 3)
    assert said("drift and delay", "drift or delay").uses == 3


def test_every_year_and_framework_is_told_with_how_many_were_read() -> None:
    told = said()
    assert counts(told.by_year) == {"2017": (1, 1), "2022": (1, 2), "2023": (0, 1)}
    assert counts(told.by_framework) == {"sif": (1, 1), "ilacs-2018": (1, 2), "focused-visit": (0, 1)}


def test_a_grade_counts_the_strands_so_graded_and_the_phrase_only_in_the_strand_it_stands_in() -> None:
    told = said("drift and delay", "drift or delay")
    assert counts(told.by_grade) == {"good": (0, 4), "requires improvement": (1, 1), "inadequate": (1, 1)}
    assert [share.name for share in told.by_grade] == ["good", "requires improvement", "inadequate"]
    assert (told.in_grades, told.times) == (3, 4)


def test_each_group_is_set_beside_all_the_others() -> None:
    (good, *_) = said().by_grade
    assert (good.elsewhere, good.others) == (2, 2)
    assert good.log_ratio < -1
    assert good.bound == 0


def test_a_difference_that_much_evidence_bears_out_has_a_bound() -> None:
    held = {f"{year}-{n}": inspection("sif" if year else "ilacs-2018") for year in (0, 1) for n in range(30)}
    index = Index.build((sha_of(name), passages(name, DRIFT if name[0] == "1" else CALM)) for name in held)
    told = phrase_usage(index, ["drift and delay"], {sha_of(name): each for name, each in held.items()})
    assert {share.name: share.bound > 1 for share in told.by_framework} == {"sif": True, "ilacs-2018": False}
    assert min(share.bound for share in told.by_framework) < -1


def test_an_authority_stands_beside_the_groups_named_its_own_texts_not_among_them() -> None:
    camden = [sha_of("camden sif"), sha_of("camden 2022")]
    told = said(documents=camden, beside={"the nation": list(INSPECTIONS), "nobody": []})
    nation, nobody = told.beside
    assert (nation.uses, nation.of, nation.elsewhere, nation.others) == (1, 2, 1, 2)
    assert (nobody.others, nobody.log_ratio, nobody.bound) == (0, 0, 0)


def test_only_authorities_that_use_it_are_listed_each_with_all_its_inspections() -> None:
    assert counts(said().by_authority) == {"camden": (1, 2), "kent": (1, 2)}
    assert counts(said("drift or delay").by_authority) == {"kent": (1, 2)}


def test_its_passages_are_named_in_the_order_of_the_texts() -> None:
    assert [(use.document, use.number) for use in said().where] == [
        (sha_of("camden sif"), 1),
        (sha_of("camden sif"), 2),
        (sha_of("kent"), 1),
    ]


def test_words_that_stand_nowhere_say_nothing() -> None:
    told = said("whales")
    assert (told.uses, told.times, told.where) == (0, 0, ())
    assert phrase_usage(Index.build([]), ["whales"], {}).of == 0
    assert phrase_usage(INDEX, [""], INSPECTIONS).uses == 0


def test_sentences_are_quoted_in_the_order_of_the_documents_with_the_words_marked() -> None:
    first, *rest = sentences(INDEX, ["drift and delay"], [sha_of("kent"), sha_of("camden sif")], limit=2)
    assert first.document == sha_of("kent")
    assert first.phrase == "drifts and delays"
    assert [hit.document for hit in rest] == [sha_of("camden sif")]
    assert sentences(INDEX, ["drift and delay"], [], limit=2) == ()


def test_what_tells_two_groups_apart_is_counted_in_both_and_what_is_of_both_is_left_out() -> None:
    words = {"a": "The harbour walk was liked {}.", "b": "Drift and delay in the {} court."}
    held = {
        f"{group}{n}": passages(f"{group}{n}", words[group].format("xyz"[n] * 4)) for group in "ab" for n in (0, 1, 2)
    }
    index = Index.build((sha_of(name), each) for name, each in held.items())
    occasions = {sha_of(name): TextOrigin(inspection=name) for name in held}
    one, other = ([sha_of(f"{group}{n}") for n in (0, 1, 2)] for group in "ab")
    found = contrast(index, occasions, one, [*other, one[0]])
    assert [[each.phrase for each in group] for group in found] == [["harbour walk"], ["drift and delay"]]
    assert (found[0][0].inspections, found[0][0].group, found[0][0].elsewhere, found[0][0].others) == (2, 2, 0, 3)
    assert contrast(index, occasions, one, []) == ((), ())
