"""Recurring phrases: which runs of words are phrases, which are one phrase, and in which order they come."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from reinspect.model import Passage
from reinspect.phrases import Index, RecurringPhrase, TextOrigin, mine
from reinspect.phrases.mining.overlaps import PhraseGroup, distinct
from reinspect.phrases.mining.reference_counts import reference, template_keys
from reinspect.phrases.mining.variants import variants
from reinspect.phrases.words import lexicon
from tests.making.passages import passages, sha_of

# Six inspections of two councils; each line says something else around the phrases that recur.
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
INDEX = Index.build((sha_of(name), held) for name, held in REPORTS.items())
OCCASIONS = {sha_of(name): TextOrigin(inspection=name, year=int(name[5:]), authority=name[:4]) for name in REPORTS}
ALBA = [sha_of(name) for name in REPORTS if name.startswith("alba")]


def mined(**asked: object) -> tuple[RecurringPhrase, ...]:
    return mine(INDEX, OCCASIONS, **asked)  # type: ignore[arg-type]


def named(found: Sequence[RecurringPhrase], phrase: str) -> RecurringPhrase:
    return next(each for each in found if each.phrase == phrase)


def test_a_phrase_is_counted_by_inspections_and_years_with_its_variants() -> None:
    drift = named(mined(), "drift and delay")
    assert drift.variants == ("drift or delay",)
    assert (drift.inspections, drift.authorities, drift.count) == (5, 2, 5)
    assert drift.years == (2018, 2019, 2020, 2023, 2024)
    assert drift.by_year[2018] == 1
    assert drift.by_inspection["alba-2020"] == 1


def test_issues_come_by_what_is_criticised_and_themes_do_not() -> None:
    issues = [each.phrase for each in mined(order="issues")]
    themes = [each.phrase for each in mined(order="themes")]
    assert issues.index("drift and delay") < issues.index("parallel planning")
    assert themes.index("parallel planning") < themes.index("drift and delay")
    assert issues.index("timeliness of dental records") < issues.index("family group conferences")


def test_only_the_longest_of_nested_phrases_is_listed() -> None:
    listed = [each.phrase for each in mined()]
    assert "timeliness of dental records" in listed
    assert not {"timeliness of dental", "group conferences", "family group"} & set(listed)


def test_a_phrase_must_recur_in_as_many_inspections_as_are_asked_for() -> None:
    assert {each.phrase for each in mined(minimum_inspections=5)} == {"drift and delay", "parallel planning"}
    assert mined(minimum_inspections=7) == ()


def test_one_authority_is_mined_alone() -> None:
    found = mined(documents=ALBA)
    assert named(found, "family group conferences").inspections == 3
    assert all(name.startswith("alba") for each in found for name in each.by_inspection)


def test_with_too_few_others_held_the_shipped_counts_are_the_background() -> None:
    conference = named(mined(documents=ALBA, order="distinctive"), "family group conferences")
    assert conference.others == reference().inspections
    assert conference.elsewhere == reference().spread["family group conference"]
    assert conference.log_ratio > conference.bound >= 0


def test_enough_others_held_are_the_background_themselves() -> None:
    documents = dict(REPORTS)
    for number in range(20):
        documents[f"cove-{number:04}"] = passages(
            f"cove-{number:04}", f"Parallel planning with {number} boats is rare."
        )
    index = Index.build((sha_of(name), held) for name, held in documents.items())
    occasions = {sha_of(name): TextOrigin(inspection=name, authority=name[:4]) for name in documents}
    found = mine(index, occasions, documents=ALBA, order="distinctive")
    assert found[0].phrase == "family group conferences"
    assert (found[0].elsewhere, found[0].others) == (0, 23)
    planning = named(mine(index, occasions, documents=ALBA, order="themes"), "parallel planning")
    assert planning.elsewhere == 22
    assert planning.log_ratio < 1


def test_what_is_used_less_than_twice_as_much_as_elsewhere_is_not_distinctive() -> None:
    brae = [sha_of(name) for name in REPORTS if name.startswith("brae")]
    assert "parallel planning" not in {
        each.phrase for each in mined(documents=ALBA, background=brae, order="distinctive")
    }


def test_two_groups_are_told_apart_by_what_one_uses_and_the_other_does_not() -> None:
    brae = [sha_of(name) for name in REPORTS if name.startswith("brae")]
    found = mined(documents=ALBA, background=brae, order="distinctive")
    assert found[0].phrase == "family group conferences"
    assert (found[0].elsewhere, found[0].others) == (0, 3)


def test_background_sections_boards_and_headings_are_not_mined() -> None:
    held = []
    for name in ("x", "y"):
        held.append(
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
    index = Index.build(held)
    occasions = {sha: TextOrigin(inspection=sha) for sha, _ in held}
    assert [each.phrase for each in mine(index, occasions)] == ["kinship assessments"]


def test_sentences_that_several_authorities_share_are_the_publishers_unless_one_authority_repeats_them() -> None:
    shared, own = (
        "The wooden duty rota was looked at by the team on 4 May.",
        "The tidal flood rota was looked at by us.",
    )
    held = [(sha_of(str(number)), passages(str(number), shared)) for number in range(5)]
    held += [(sha_of(f"own {number}"), passages(f"own {number}", own)) for number in range(5)]
    index = Index.build(held)
    occasions = {
        sha: TextOrigin(inspection=sha, authority=f"council {number}" if number < 5 else "one council")
        for number, (sha, _) in enumerate(held)
    }
    phrases = " ".join(each.phrase for each in mine(index, occasions))
    assert "tidal flood rota" in phrases
    assert "wooden" not in phrases


def test_names_of_authorities_months_and_numbers_stand_in_no_phrase() -> None:
    held = [
        (sha_of(name), passages(name, f"Camden kinship hub opened in May 2019 for Barnet {name} kinship carers"))
        for name in ("x", "y")
    ]
    occasions = {sha: TextOrigin(inspection=sha) for sha, _ in held}
    words = " ".join(each.phrase for each in mine(Index.build(held), occasions)).split()
    assert not {"camden", "barnet", "may", "2019"} & set(words)


def test_an_abbreviation_in_brackets_is_no_part_of_a_phrase() -> None:
    held = [(sha_of(n), passages(n, f"Kinship care hub (KCH) panels meet {n}.")) for n in ("x", "y")]
    occasions = {sha: TextOrigin(inspection=sha) for sha, _ in held}
    assert [each.phrase for each in mine(Index.build(held), occasions)] == ["kinship care hub panels"]


def test_of_phrases_that_stand_in_the_same_places_one_is_listed() -> None:
    held = [
        (sha_of(n), passages(n, f"{n} reads the tidal audit of the ferry rota with {n}."))
        for n in ("Ann", "Bo", "Cy", "Di")
    ]
    occasions = {sha: TextOrigin(inspection=sha) for sha, _ in held}
    assert [each.phrase for each in mine(Index.build(held), occasions)] == ["tidal audit of the ferry rota"]


def test_a_longer_phrase_takes_the_place_of_a_shorter_once_four_inspections_use_it() -> None:
    def family(words: str, inspections: int) -> PhraseGroup:
        starts = np.arange(inspections) * 10
        ends = starts + len(words.split())
        held = frozenset(words.split())
        return PhraseGroup(rows=(), words=held, score=1.0, starts=starts, ends=ends, inspections=inspections)

    for inspections, listed in ((3, "tidal audit"), (4, "tidal audit rota")):
        families = [family("tidal audit", inspections), family("tidal audit rota", inspections)]
        assert [each.words for each in distinct(families)] == [frozenset(listed.split())]


def test_a_phrase_does_not_begin_inside_a_hyphenated_word() -> None:
    held = [(sha_of(n), passages(n, f"The {n} post-mooring stage of the river law was late.")) for n in ("x", "y")]
    occasions = {sha: TextOrigin(inspection=sha) for sha, _ in held}
    assert not [each.phrase for each in mine(Index.build(held), occasions) if each.phrase.startswith("mooring")]


def test_a_phrase_that_never_ends_by_itself_is_no_phrase() -> None:
    ends = {"a": "buoy", "b": "bell", "c": "buoy", "d": "bell"}
    held = [(sha_of(n), passages(n, f"{n} saw the harbour mooring {end}.")) for n, end in ends.items()]
    occasions = {sha: TextOrigin(inspection=sha) for sha, _ in held}
    listed = {each.phrase for each in mine(Index.build(held), occasions)}
    assert listed == {"harbour mooring buoy", "harbour mooring bell"}


def test_the_name_of_whoever_signs_is_no_phrase() -> None:
    lines = [f"Wilma Thackeray-Snodd {end}" for end in ("wrote again.", "signs this.")]
    held = [(sha_of(line), passages(line, line)) for line in lines]
    occasions = {sha: TextOrigin(inspection=sha) for sha, _ in held}
    assert mine(Index.build(held), occasions) == ()


def test_forms_that_differ_by_a_comma_are_one() -> None:
    lines = ("Ferries, kayaks or rafts sink.", "Ferries; kayaks or rafts float.", "No ferries kayaks or rafts came.")
    held = [(sha_of(line), passages(line, line)) for line in lines]
    occasions = {sha: TextOrigin(inspection=sha) for sha, _ in held}
    found = mine(Index.build(held), occasions)
    assert [(each.phrase, each.variants) for each in found] == [("ferries, kayaks or rafts", ())]


def phrases_of(*lines: str) -> set[str]:
    held = [(sha_of(line), passages(line, line)) for line in lines]
    occasions = {sha: TextOrigin(inspection=sha) for sha, _ in held}
    return {each.phrase for each in mine(Index.build(held), occasions)}


def test_a_piece_of_a_list_is_no_phrase() -> None:
    assert phrases_of("The ferry, kayak or raft.", "Our ferry, kayak and boat.") == set()
    assert phrases_of("The ferry kayak or raft.", "Our ferry kayak and boat.") == {"ferry kayak"}


def test_adverbs_and_amounts_are_cut_from_the_edges_of_a_phrase() -> None:
    assert phrases_of("Overly tidal moorings are red.", "The overly tidal moorings are wet.") == {"tidal moorings"}
    assert phrases_of("The number of tidal moorings is up.", "A number of tidal moorings was up.") == {"tidal moorings"}
    assert "early moorings" in phrases_of("Early moorings are red.", "The early moorings are wet.")


def told_of_elsewhere(*elsewhere: str) -> list[str]:
    """The issues of one council that twice wrote of moorings and of jetties alike, beside what others wrote."""
    own = [f"Tidal moorings are {end}, wooden jetties are {end}." for end in ("late", "red")]
    held = [(sha_of(line), passages(line, line)) for line in (*own, *elsewhere)]
    occasions = {sha: TextOrigin(inspection=sha) for sha, _ in held}
    mined, others = [sha_of(line) for line in own], [sha_of(line) for line in elsewhere]
    found = mine(Index.build(held), occasions, documents=mined, background=others)
    return [each.phrase for each in found]


def test_what_is_criticised_elsewhere_is_likelier_an_issue_here() -> None:
    words = ("ann", "bo", "cy", "di")
    moorings = [f"Tidal moorings lack {word}. Wooden jetties hold {word}." for word in words]
    jetties = [f"Wooden jetties lack {word}. Tidal moorings hold {word}." for word in words]
    assert told_of_elsewhere(*moorings) == ["tidal moorings", "wooden jetties"]
    assert told_of_elsewhere(*jetties) == ["wooden jetties", "tidal moorings"]


def test_what_is_a_part_of_a_longer_phrase_elsewhere_is_no_phrase_here() -> None:
    lines = [f"Panel {word} saw tidal moorings inquiry." for word in "abcdefghijkl"]
    assert told_of_elsewhere(*lines) == ["wooden jetties"]


def test_nothing_held_has_no_phrases() -> None:
    assert mine(Index.build([]), {}) == ()
    assert mined(documents=[]) == ()
    assert mined(documents=["never held"]) == ()


def test_the_same_texts_give_the_same_phrases_in_whatever_order_they_were_added() -> None:
    turned = Index.build((sha_of(name), held) for name, held in reversed(REPORTS.items()))
    assert mine(turned, OCCASIONS) == mined()


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
    ],
)
def test_forms_of_one_phrase_are_told_from_other_phrases(one: str, other: str, same: bool) -> None:
    assert variants(one.split(), other.split(), lexicon()) is same


def test_the_shipped_counts_are_counts_of_short_phrases_and_nothing_more() -> None:
    shipped = reference()
    assert shipped.spread["management oversight"] > shipped.inspections / 2
    assert max(len(phrase.split()) for phrase in shipped.spread) <= shipped.longest
    assert max(shipped.spread.values()) <= shipped.inspections
    assert shipped.most(["no", "such", "phrase"]) == shipped.least - 1
    assert len(template_keys()) > 50
