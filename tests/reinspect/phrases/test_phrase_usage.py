"""The use of a phrase by year, grade, framework and authority, as a share of the inspections read."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reinspect.model import Inspection, Passage
from reinspect.phrases import Index, PhraseUsage, TextOrigin, UsageShare, contrast, phrase_usage
from reinspect.phrases.search.exact import sentences
from tests.making.inspections import inspection
from tests.making.passages import passages, sha_of

DRIFT, CALM = "Drift and delay in court work.", "Harbour walks are well liked."
REPORTS: dict[str, tuple[Inspection, list[Passage]]] = {
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
INDEX = Index.build((sha_of(name), own_passages) for name, (_, own_passages) in REPORTS.items())
INSPECTIONS = {sha_of(name): own_inspection for name, (own_inspection, _) in REPORTS.items()}


def usage(
    *phrases: str, documents: Collection[str] | None = None, beside: Mapping[str, Collection[str]] | None = None
) -> PhraseUsage:
    return phrase_usage(INDEX, phrases or ("drift and delay",), INSPECTIONS, documents=documents, beside=beside)


def counts(shares: tuple[UsageShare, ...]) -> dict[str, tuple[int, int]]:
    return {share.name: (share.uses, share.of) for share in shares}


def test_an_inspection_counts_once_and_words_match_in_singular_and_plural() -> None:
    found = usage()
    assert (found.uses, found.of, found.times) == (2, 4, 3)
    assert usage("drift and delay", "drift or delay").uses == 3


def test_every_year_and_framework_has_the_number_of_inspections_read() -> None:
    found = usage()
    assert counts(found.by_year) == {"2017": (1, 1), "2022": (1, 2), "2023": (0, 1)}
    assert counts(found.by_framework) == {"sif": (1, 1), "ilacs-2018": (1, 2), "focused-visit": (0, 1)}


def test_a_grade_counts_its_strands_and_the_phrase_only_in_its_own_strand() -> None:
    found = usage("drift and delay", "drift or delay")
    assert counts(found.by_grade) == {"good": (0, 4), "requires improvement": (1, 1), "inadequate": (1, 1)}
    assert [share.name for share in found.by_grade] == ["good", "requires improvement", "inadequate"]
    assert (found.in_grades, found.times) == (3, 4)


def test_each_group_is_compared_with_all_others() -> None:
    (good, *_) = usage().by_grade
    assert (good.elsewhere, good.others) == (2, 2)
    assert good.log_ratio < -1
    assert good.bound == 0


def test_a_difference_with_much_evidence_has_a_bound() -> None:
    reports = {f"{year}-{n}": inspection("sif" if year else "ilacs-2018") for year in (0, 1) for n in range(30)}
    index = Index.build((sha_of(name), passages(name, DRIFT if name[0] == "1" else CALM)) for name in reports)
    found = phrase_usage(index, ["drift and delay"], {sha_of(name): report for name, report in reports.items()})
    assert {share.name: share.bound > 1 for share in found.by_framework} == {"sif": True, "ilacs-2018": False}
    assert min(share.bound for share in found.by_framework) < -1


def test_an_authority_is_compared_with_named_groups_without_its_own_texts() -> None:
    camden = [sha_of("camden sif"), sha_of("camden 2022")]
    found = usage(documents=camden, beside={"the nation": list(INSPECTIONS), "nobody": []})
    nation, nobody = found.beside
    assert (nation.uses, nation.of, nation.elsewhere, nation.others) == (1, 2, 1, 2)
    assert (nobody.others, nobody.log_ratio, nobody.bound) == (0, 0, 0)


def test_only_authorities_that_use_the_phrase_are_listed_with_all_their_inspections() -> None:
    assert counts(usage().by_authority) == {"camden": (1, 2), "kent": (1, 2)}
    assert counts(usage("drift or delay").by_authority) == {"kent": (1, 2)}


def test_passages_are_listed_in_the_order_of_the_texts() -> None:
    assert [(use.document, use.number) for use in usage().where] == [
        (sha_of("camden sif"), 1),
        (sha_of("camden sif"), 2),
        (sha_of("kent"), 1),
    ]


def test_a_phrase_that_occurs_nowhere_has_no_uses() -> None:
    found = usage("whales")
    assert (found.uses, found.times, found.where) == (0, 0, ())
    assert phrase_usage(Index.build([]), ["whales"], {}).of == 0
    assert phrase_usage(INDEX, [""], INSPECTIONS).uses == 0


def test_sentences_follow_the_order_of_the_documents() -> None:
    first, *rest = sentences(INDEX, ["drift and delay"], [sha_of("kent"), sha_of("camden sif")], limit=2)
    assert first.document == sha_of("kent")
    assert first.phrase == "drifts and delays"
    assert [hit.document for hit in rest] == [sha_of("camden sif")]
    assert sentences(INDEX, ["drift and delay"], [], limit=2) == ()


def test_a_contrast_counts_both_groups_and_leaves_out_their_common_documents() -> None:
    words = {"a": "The harbour walk was liked {}.", "b": "Drift and delay in the {} court."}
    documents = {
        f"{group}{n}": passages(f"{group}{n}", words[group].format("xyz"[n] * 4)) for group in "ab" for n in (0, 1, 2)
    }
    index = Index.build((sha_of(name), own_passages) for name, own_passages in documents.items())
    origins = {sha_of(name): TextOrigin(inspection=name) for name in documents}
    one, other = ([sha_of(f"{group}{n}") for n in (0, 1, 2)] for group in "ab")
    found = contrast(index, origins, one, [*other, one[0]])
    assert [[recurring.phrase for recurring in group] for group in found] == [["harbour walk"], ["drift and delay"]]
    assert (found[0][0].inspections, found[0][0].group, found[0][0].elsewhere, found[0][0].others) == (2, 2, 0, 3)
    assert contrast(index, origins, one, []) == ((), ())
