"""Recurring phrases: the n-grams that are phrases, the variants that are one phrase, and their order."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Sequence

import numpy as np
import pytest

from reinspect.model import Passage
from reinspect.phrases import Index, RecurringPhrase, TextOrigin, mine
from reinspect.phrases.mining.boilerplate import all_sentence_keys
from reinspect.phrases.mining.overlaps import PhraseGroup, drop_overlaps
from reinspect.phrases.mining.reference_counts import load_reference_counts, load_template_keys
from reinspect.phrases.mining.variants import are_variants
from reinspect.phrases.words import lexicon
from tests.making.passages import passages, sha_of

# Six inspections of two councils. The recurring phrases are in different sentences.
REPORTS: dict[str, list[Passage]] = {
    "alba-2018": [
        *passages("alba-2018", "Family group conferences help early. Panels look at parallel planning with care."),
        *passages(
            "alba-2018", "The timeliness of dental records.", "Drift and delay in court work.", role="improvement"
        ),
    ],
    "alba-2020": [
        *passages("alba-2020", "A family group conference is offered to all. Grandparents praise parallel planning."),
        *passages("alba-2020", "Drift or delay before court.", "Timeliness of dental records.", role="improvement"),
    ],
    "alba-2023": [
        *passages("alba-2023", "Relatives come to family group conferences. Boards now track parallel planning well."),
        *passages("alba-2023", "Too much drift and delay remains.", role="improvement"),
    ],
    "brae-2019": [*passages("brae-2019", "Drift and delay are gone. Boats reach the isle twice a day in summer.")],
    "brae-2021": [*passages("brae-2021", "The isle has a new school. Parallel planning begins when a child arrives.")],
    "brae-2024": [*passages("brae-2024", "Parallel planning is thorough. No drift or delay was met on the isle.")],
}
INDEX = Index.build((sha_of(name), report) for name, report in REPORTS.items())
ORIGINS = {sha_of(name): TextOrigin(inspection=name, year=int(name[5:]), authority=name[:4]) for name in REPORTS}
PLACES = ["quay", "mole", "reef", "lighthouse"]
ALBA = [sha_of(name) for name in REPORTS if name.startswith("alba")]


def mined(**options: object) -> tuple[RecurringPhrase, ...]:
    return mine(INDEX, ORIGINS, **options)  # type: ignore[arg-type]


def named(found: Sequence[RecurringPhrase], phrase: str) -> RecurringPhrase:
    return next(recurring for recurring in found if recurring.phrase == phrase)


def mine_documents(documents: Sequence[tuple[str, list[Passage]]]) -> tuple[RecurringPhrase, ...]:
    """Mine documents, each of an inspection of its own."""
    return mine(Index.build(documents), {sha: TextOrigin(inspection=sha) for sha, _ in documents})


def mine_lines(*lines: str) -> tuple[RecurringPhrase, ...]:
    """Mine documents of one line each."""
    return mine_documents([(sha_of(line), passages(line, line)) for line in lines])


def test_a_phrase_is_counted_by_inspections_and_years_together_with_its_variants() -> None:
    drift = named(mined(), "drift and delay")
    assert drift.variants == ("drift or delay",)
    assert (drift.inspections, drift.authorities, drift.count) == (5, 2, 5)
    assert drift.years == (2018, 2019, 2020, 2023, 2024)
    assert drift.by_year[2018] == 1
    assert drift.by_inspection["alba-2020"] == 1


def test_only_the_order_issues_depends_on_criticism() -> None:
    issues = [recurring.phrase for recurring in mined(order="issues")]
    themes = [recurring.phrase for recurring in mined(order="themes")]
    assert issues.index("drift and delay") < issues.index("parallel planning")
    assert themes.index("parallel planning") < themes.index("drift and delay")
    assert issues.index("timeliness of dental records") < issues.index("family group conferences")


def test_only_the_longest_of_nested_phrases_is_listed() -> None:
    listed = [recurring.phrase for recurring in mined()]
    assert "timeliness of dental records" in listed
    assert not {"timeliness of dental", "group conferences", "family group"} & set(listed)


def test_a_phrase_must_recur_in_the_minimum_number_of_inspections() -> None:
    assert {recurring.phrase for recurring in mined(minimum_inspections=5)} == {"drift and delay", "parallel planning"}
    assert mined(minimum_inspections=7) == ()


def test_only_the_chosen_documents_are_mined() -> None:
    found = mined(documents=ALBA)
    assert named(found, "family group conferences").inspections == 3
    assert all(name.startswith("alba") for recurring in found for name in recurring.by_inspection)


def test_with_too_few_other_inspections_the_shipped_counts_are_the_background() -> None:
    conference = named(mined(documents=ALBA, order="distinctive"), "family group conferences")
    assert conference.others == load_reference_counts().inspections
    assert conference.elsewhere == load_reference_counts().spread["family group conference"]
    assert conference.log_ratio > conference.bound >= 0


def test_enough_other_inspections_are_the_background() -> None:
    documents = dict(REPORTS)
    for number in range(20):
        documents[f"cove-{number:04}"] = passages(
            f"cove-{number:04}", f"Parallel planning with {number} boats is rare."
        )
    index = Index.build((sha_of(name), report) for name, report in documents.items())
    origins = {sha_of(name): TextOrigin(inspection=name, authority=name[:4]) for name in documents}
    found = mine(index, origins, documents=ALBA, order="distinctive")
    assert found[0].phrase == "family group conferences"
    assert (found[0].elsewhere, found[0].others) == (0, 23)
    planning = named(mine(index, origins, documents=ALBA, order="themes"), "parallel planning")
    assert planning.elsewhere == 22
    assert planning.log_ratio < 1


def test_a_phrase_used_less_than_twice_as_much_as_elsewhere_is_not_distinctive() -> None:
    brae = [sha_of(name) for name in REPORTS if name.startswith("brae")]
    assert "parallel planning" not in {
        recurring.phrase for recurring in mined(documents=ALBA, background=brae, order="distinctive")
    }


def test_a_background_of_chosen_documents_shows_the_phrases_that_only_one_group_uses() -> None:
    brae = [sha_of(name) for name in REPORTS if name.startswith("brae")]
    found = mined(documents=ALBA, background=brae, order="distinctive")
    assert found[0].phrase == "family group conferences"
    assert (found[0].elsewhere, found[0].others) == (0, 3)


def test_background_sections_boards_and_headings_are_not_mined() -> None:
    documents = []
    for name in ("x", "y"):
        documents.append(
            (
                sha_of(name),
                [
                    *passages(name, "Salmon fishing is the main trade here.", role="background"),
                    *passages(name, "The ferry pier", role="heading"),
                    *passages(name, "Multi-body protocol reviews are late.", strand="lscb"),
                    *passages(name, "Kinship assessments are late."),
                ],
            )
        )
    assert [recurring.phrase for recurring in mine_documents(documents)] == ["kinship assessments"]


def test_sentences_shared_by_several_authorities_are_not_mined_but_those_repeated_by_one_are() -> None:
    shared, own = (
        "The wooden duty rota was looked at by the team on 4 May.",
        "The tidal flood rota was looked at by us.",
    )
    documents = [(sha_of(str(number)), passages(str(number), shared)) for number in range(5)]
    documents += [(sha_of(f"own {number}"), passages(f"own {number}", own)) for number in range(5)]
    index = Index.build(documents)
    origins = {
        sha: TextOrigin(inspection=sha, authority=f"council {number}" if number < 5 else "one council")
        for number, (sha, _) in enumerate(documents)
    }
    phrases = " ".join(recurring.phrase for recurring in mine(index, origins))
    assert "tidal flood rota" in phrases
    assert "wooden" not in phrases


def test_no_phrase_contains_an_authority_a_month_or_a_number() -> None:
    documents = [
        (sha_of(name), passages(name, f"Camden kinship hub opened in May 2019 for Barnet {name} kinship carers"))
        for name in ("x", "y")
    ]
    words = " ".join(recurring.phrase for recurring in mine_documents(documents)).split()
    assert not {"camden", "barnet", "may", "2019"} & set(words)


def test_an_abbreviation_in_brackets_is_not_part_of_a_phrase() -> None:
    documents = [(sha_of(n), passages(n, f"Kinship care hub (KCH) panels meet {n}.")) for n in ("x", "y")]
    assert [recurring.phrase for recurring in mine_documents(documents)] == ["kinship care hub panels"]


def test_of_phrases_used_in_the_same_places_one_is_listed() -> None:
    documents = [
        (sha_of(n), passages(n, f"{n} reads the tidal audit of the ferry rota with {n}."))
        for n in ("Ann", "Bo", "Cy", "Di")
    ]
    assert [recurring.phrase for recurring in mine_documents(documents)] == ["tidal audit of the ferry rota"]


def test_a_longer_phrase_replaces_a_shorter_one_if_four_inspections_use_it() -> None:
    def group(phrase: str, inspections: int) -> PhraseGroup:
        starts, words = np.arange(inspections) * 10, phrase.split()
        ends = starts + len(words)
        return PhraseGroup(
            rows=(), words=frozenset(words), score=1.0, starts=starts, ends=ends, inspections=inspections
        )

    for inspections, listed in ((3, "tidal audit"), (4, "tidal audit rota")):
        groups = [group("tidal audit", inspections), group("tidal audit rota", inspections)]
        assert [kept.words for kept in drop_overlaps(groups)] == [frozenset(listed.split())]


def test_a_phrase_does_not_begin_inside_a_hyphenated_word() -> None:
    documents = [(sha_of(n), passages(n, f"The {n} post-mooring stage of the river law was late.")) for n in ("x", "y")]
    assert not [recurring.phrase for recurring in mine_documents(documents) if recurring.phrase.startswith("mooring")]


def test_an_ngram_that_always_continues_is_not_a_phrase() -> None:
    ends = {"a": "buoy", "b": "bell", "c": "buoy", "d": "bell"}
    documents = [(sha_of(n), passages(n, f"{n} saw the harbour mooring {end}.")) for n, end in ends.items()]
    listed = {recurring.phrase for recurring in mine_documents(documents)}
    assert listed == {"harbour mooring buoy", "harbour mooring bell"}


def test_the_name_of_a_person_is_not_a_phrase() -> None:
    lines = [f"Wilma Thackeray-Snodd {end}" for end in ("wrote again.", "signs this.")]
    assert mine_lines(*lines) == ()


def test_forms_that_differ_by_a_comma_are_listed_once() -> None:
    lines = ("Ferries, kayaks or rafts sink.", "Ferries; kayaks or rafts float.", "No ferries kayaks or rafts came.")
    found = mine_lines(*lines)
    assert [(recurring.phrase, recurring.variants) for recurring in found] == [("ferries, kayaks or rafts", ())]


def phrases_of(*lines: str) -> set[str]:
    return {recurring.phrase for recurring in mine_lines(*lines)}


def test_a_piece_of_a_list_is_not_a_phrase() -> None:
    assert phrases_of("The ferry, kayak or raft.", "Our ferry, kayak and boat.") == set()
    assert phrases_of("The ferry kayak or raft.", "Our ferry kayak and boat.") == {"ferry kayak"}


def test_adverbs_and_amounts_are_cut_from_the_edges_of_a_phrase() -> None:
    assert phrases_of("Overly tidal moorings are red.", "The overly tidal moorings are wet.") == {"tidal moorings"}
    assert phrases_of("The number of tidal moorings is up.", "A number of tidal moorings was up.") == {"tidal moorings"}
    assert "early moorings" in phrases_of("Early moorings are red.", "The early moorings are wet.")


def issues_compared_with(*elsewhere: str) -> list[str]:
    """Return the issues of a council with equal texts about moorings and jetties, compared with lines of others."""
    own = [f"Tidal moorings are {end}, wooden jetties are {end}." for end in ("late", "red")]
    documents = [(sha_of(line), passages(line, line)) for line in (*own, *elsewhere)]
    origins = {sha: TextOrigin(inspection=sha) for sha, _ in documents}
    mined, others = [sha_of(line) for line in own], [sha_of(line) for line in elsewhere]
    found = mine(Index.build(documents), origins, documents=mined, background=others)
    return [recurring.phrase for recurring in found]


def test_a_phrase_criticised_elsewhere_scores_more_as_an_issue() -> None:
    words = ("ann", "bo", "cy", "di")
    moorings = [f"Tidal moorings lack {word}. Wooden jetties hold {word}." for word in words]
    jetties = [f"Wooden jetties lack {word}. Tidal moorings hold {word}." for word in words]
    assert issues_compared_with(*moorings) == ["tidal moorings", "wooden jetties"]
    assert issues_compared_with(*jetties) == ["wooden jetties", "tidal moorings"]


def test_an_ngram_that_is_part_of_a_longer_phrase_elsewhere_is_not_a_phrase() -> None:
    lines = [f"Panel {word} saw tidal moorings inquiry." for word in "abcdefghijkl"]
    assert issues_compared_with(*lines) == ["wooden jetties"]


def test_no_documents_have_no_phrases() -> None:
    assert mine(Index.build([]), {}) == ()
    assert mined(documents=[]) == ()
    assert mined(documents=["never indexed"]) == ()


def test_the_order_in_which_documents_are_added_does_not_matter() -> None:
    turned = Index.build((sha_of(name), report) for name, report in reversed(REPORTS.items()))
    assert mine(turned, ORIGINS) == mined()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("management oversight", "managerial oversight", True),
        ("management oversight", "oversight by manager", True),
        ("permanence planning", "plan for permanence", True),
        ("drift and delay", "drift or delay", True),
        ("initial health assessment", "mental health assessment", False),
        ("care leaver", "leave care", False),
        ("foster care", "foster carer", False),
        ("internal audit", "external audit", False),
        ("housing quality", "quality housing", False),
        ("child centred", "child centre", False),
        ("foster to adopt", "foster and adoption", False),
        ("quality of assessments", "quality of the assessment", True),
        ("quality of assessments", "quality assessments", False),
        ("multi agency meeting", "agency meeting", False),
    ],
)
def test_variants_are_distinguished_from_other_phrases(one: str, other: str, same: bool) -> None:
    assert are_variants(one.split(), other.split(), lexicon()) is same


def test_the_shipped_counts_are_of_short_phrases_only() -> None:
    shipped = load_reference_counts()
    assert shipped.spread["management oversight"] > shipped.inspections / 2
    assert max(len(phrase.split()) for phrase in shipped.spread) <= shipped.longest
    assert max(shipped.spread.values()) <= shipped.inspections
    assert shipped.most_inspections(["no", "such", "phrase"]) == shipped.least - 1
    assert len(load_template_keys()) > 50


def test_the_keys_of_sentences_are_computed_once_for_an_index_and_do_not_keep_it_in_memory() -> None:
    index = Index.build((sha_of(name), report) for name, report in REPORTS.items())
    assert all_sentence_keys(index) is all_sentence_keys(index)
    index_is_kept = weakref.ref(index)
    del index
    gc.collect()
    assert index_is_kept() is None


def test_a_phrase_has_the_same_counts_in_a_list_of_any_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reinspect.phrases.mining.mine._FEWEST_RANKED", 1)
    monkeypatch.setattr("reinspect.phrases.mining.mine._CANDIDATES_PER_PHRASE", 1)
    in_long_list = {recurring.phrase: recurring for recurring in mined(limit=50)}
    assert in_long_list["drift and delay"].variants == ("drift or delay",)
    for limit in range(1, 6):
        found = mined(limit=limit)
        assert found
        assert all(recurring == in_long_list[recurring.phrase] for recurring in found)


def test_words_that_a_comma_separates_are_no_variant() -> None:
    plain = [f"Boat {number} meets a risk of storms near the {place}." for number, place in enumerate(PLACES)]
    listed = [f"Near the {place} it met storms, risks which {number} had." for number, place in enumerate(PLACES)]
    risk = named(mine_lines(*plain, *listed), "risk of storms")
    assert (risk.variants, risk.inspections) == ((), len(plain))
