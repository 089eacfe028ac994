"""Fuzzy phrase search: the sentences found, their order, and their marks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reinspect.exporting.sheets.phrases import hit_item
from reinspect.model import Passage
from reinspect.phrases import Index, Query, Searcher, SearchScope, parse_query
from reinspect.phrases.search.exact import uses
from reinspect.phrases.search.suggestion import with_suggestion
from tests.making.passages import index_of, passages, sha_of


def searcher_of(**documents: tuple[str, ...]) -> Searcher:
    return Searcher(index_of(**documents))


OVERSIGHT = searcher_of(
    a=(
        "Team managers sit in on panels. Good management oversight keeps plans moving, and records show it.",
        "The panel gives strong oversight by managers of every plan.",
    ),
    b=("Management operational oversight is new here.", "Seen from outside, the managers’ oversight looks thin."),
    c=("Parents like the new building.", "Oversight of the budget is a matter for the treasurer."),
)


def phrases_found(query: str, searcher: Searcher = OVERSIGHT, **options: object) -> list[str]:
    return [hit.phrase for hit in searcher.search(query, **options).hits]  # type: ignore[arg-type]


def test_typing_errors_gaps_possessives_and_another_order_are_found_the_most_similar_first() -> None:
    assert phrases_found("managment oversigt") == [
        "management oversight",
        "Management operational oversight",
        "managers’ oversight",
        "oversight by managers",
    ]


def test_the_typed_order_comes_first() -> None:
    assert phrases_found("oversight by managers")[0] == "oversight by managers"
    assert OVERSIGHT.search("oversight by managers").hits[0].score == 100


def test_a_hit_has_its_marked_words_its_sentence_and_its_place() -> None:
    hit = OVERSIGHT.search("management oversight").hits[0]
    assert [hit.passage.text[slice(*span)] for span in hit.spans] == ["management", "oversight"]
    assert hit.sentence == "Good management oversight keeps plans moving, and records show it."
    assert (hit.document, hit.number, hit.page, hit.passage.paragraph) == (sha_of("a"), 0, 1, 1)


def test_the_counts_are_exact_whatever_the_limit() -> None:
    found = OVERSIGHT.search("management oversight", limit=1)
    assert (found.total, len(found.hits)) == (4, 1)
    assert found.by_document == {sha_of("a"): 2, sha_of("b"): 2}


def test_sentences_with_the_words_as_typed_are_counted_separately() -> None:
    assert OVERSIGHT.search("management oversight").word_for_word == 1
    assert OVERSIGHT.search("managment oversigt").word_for_word == 0
    assert OVERSIGHT.search('"management oversight"', limit=0).word_for_word == 1


def test_if_no_text_has_the_words_as_typed_the_commonest_phrase_is_suggested_with_its_count() -> None:
    def suggested(typed: str) -> tuple[str, int]:
        found = with_suggestion(OVERSIGHT, typed, OVERSIGHT.search(typed), SearchScope())
        return found.suggestion, found.suggestion_count

    assert suggested("managment oversigt") == ("management oversight", 1)
    assert suggested("managment oversigt -good") == ("management operational oversight", 1)
    assert suggested("management oversight") == ("", 0)
    assert suggested("zebra crossings") == ("", 0)


def test_a_phrase_with_only_some_of_the_typed_words_is_not_suggested() -> None:
    searcher = searcher_of(
        a=("Their oversight of plans for children is firm.", "The oversight of the panel helps each plan."),
        b=("They lack oversight of budgets.", "There is oversight of staff.", "There is oversight of homes."),
    )
    found = searcher.search("oversight of plan")
    assert found.total and not found.word_for_word
    suggested = with_suggestion(searcher, "oversight of plan", found, SearchScope())
    assert suggested.suggestion_count <= found.total
    assert "plan" in suggested.suggestion or not suggested.suggestion


def test_hits_word_for_word_come_first_and_are_labelled_so() -> None:
    searcher = searcher_of(a=("A plan drifts, it seems. Plans drift.", "The drift of a plan. This plan drift ends."))
    hits = searcher.search("plan drift").hits
    assert (hits[0].phrase, hits[0].word_for_word) == ("plan drift", True)
    assert {hit.word_for_word for hit in hits[1:]} == {False}


def test_no_window_reaches_from_one_sentence_into_the_next() -> None:
    searcher = searcher_of(a=("This closes with drift. And delay opens this.", "Here is drift", "and delay there"))
    assert searcher.search("drift and delay").total == 0


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("tool kit", "toolkit"), ("wellbeing", "well-being"), ("wellbieng", "well-being"),
     ("decision making", "decision-making"), ("familys", "families"), ("sevrice", "service"),
     ("childs voices", "child’s voice")],
)  # fmt: skip
def test_words_are_found_however_they_are_joined_split_or_inflected(typed: str, printed: str) -> None:
    searcher = searcher_of(
        a=(
            "The toolkit helps with well-being and with decision-making.",
            "Families like this service.",
            "The child’s voice.",
        ),
        b=("Wellbeing is written in one word too.",),
    )
    assert printed.lower() in [phrase.lower() for phrase in phrases_found(typed, searcher)]


@pytest.mark.parametrize("prefix", [False, True])
@pytest.mark.parametrize(
    ("typed", "printed"),
    [("preproceedigns", "pre-proceedings"), ("kinshipcarrers", "kinship carers"),
     ("chidprotection", "child protection"), ("wellbieng", "well-being"), ("audit tolkit", "audit toolkit")],
)  # fmt: skip
def test_joined_and_misspelt_words_are_found_even_while_they_are_typed(typed: str, printed: str, prefix: bool) -> None:
    searcher = searcher_of(
        a=("Work in pre-proceedings is slow.", "Kinship carers wait.", "Child protection and well-being."),
        b=("The audit toolkit is used.", "Carers like proceedings before a child is well."),
    )
    found = searcher.search(typed, prefix=prefix)
    assert found.hits[0].phrase.lower() == printed
    assert found.word_for_word == 0


def test_an_unknown_word_also_finds_longer_words_that_begin_with_it() -> None:
    searcher = searcher_of(a=("Supervision is regular.", "Strong management oversight.", "He may manage."))
    assert phrases_found("supervis", searcher) == ["Supervision"]
    assert phrases_found("managem oversight", searcher) == ["management oversight"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("IROs", "independent reviewing officer"), ("independent reviewing officers", "IRO"),
     ("independant reviewing officer", "IRO"), ("s47 enquiry", "section 47 enquiries"),
     ("SEND", "special educational needs and/or disabilities"), ("NEET", "not in education, employment or training")],
)  # fmt: skip
def test_an_acronym_and_its_long_form_find_each_other_after_the_typed_form(typed: str, printed: str) -> None:
    searcher = searcher_of(
        a=("The IRO raises it. An independent reviewing officer raises it.", "All section 47 enquiries begin at once."),
        b=("Children with special educational needs and/or disabilities are seen.", "An officer reviewing files."),
        c=("Few are not in education, employment or training.", "All are in education, employment or training."),
    )
    hits = searcher.search(typed).hits
    assert [hit.phrase for hit in hits if not hit.word_for_word and hit.phrase == printed] == [printed]
    assert not any("reviewing files" in hit.sentence or "All are" in hit.sentence for hit in hits)


def test_next_to_an_acronym_other_words_may_be_misspelt_or_incomplete() -> None:
    searcher = searcher_of(a=("Caseloads of independent reviewing officers are high.", "The IRO caseload is high."))
    for typed, prefix in (("IRO caselaods", False), ("IRO casel", True)):
        assert searcher.search(typed, prefix=prefix).total == 2


def test_acronyms_and_numbers_are_never_taken_for_typing_errors() -> None:
    searcher = searcher_of(
        a=("Young people who are NEET need support.", "The plan of 2014.", "CSE is a case in point.")
    )
    assert phrases_found("NEET", searcher) == ["NEET"]
    assert phrases_found("2015", searcher) == []
    assert phrases_found("case", searcher) == ["case"]


def test_a_section_of_the_act_is_not_taken_for_another() -> None:
    searcher = searcher_of(
        a=("Section 17 plans are clear.", "Section 47 work is prompt.", "S17 and s47 records differ.")
    )
    assert sorted(phrases_found("section 17", searcher)) == ["S17", "Section 17"]
    assert sorted(phrases_found("section 47", searcher)) == ["Section 47", "s47"]


def test_a_sentence_without_the_number_of_a_short_phrase_is_not_found() -> None:
    searcher = searcher_of(a=("Teams are working together well.", "The plan of 2018 is old."))
    assert phrases_found("working together", searcher) == ["working together"]
    assert phrases_found("working together 2018", searcher) == []


@pytest.mark.parametrize(
    ("typed", "found", "opposite"),
    [("adequate", "adequate", "inadequate"), ("inadequate", "inadequate", "adequate"), ("safe", "safe", "unsafe"),
     ("consistently", "consistent", "inconsistent"), ("inconsistently", "inconsistent", "consistent"),
     ("inadeqate", "inadequate", "adequate"), ("accompanied", "accompanied", "unaccompanied"),
     ("stable homes", "stable home", "unstable home"), ("unstable homes", "unstable home", "stable home"),
     ("placement stability", "stability of placement", "instability of placement")],
)  # fmt: skip
def test_a_word_never_finds_its_opposite(typed: str, found: str, opposite: str) -> None:
    searcher = searcher_of(
        a=(f"It is a matter of {found} work in practice.",), b=(f"It is a matter of {opposite} work.",)
    )
    assert searcher.search(typed).by_document == {sha_of("a"): 1}


def test_not_is_required_and_a_word_after_non_is_not_word_for_word() -> None:
    searcher = searcher_of(a=("Visits are recorded.", "Visits are not always recorded.", "Non-attendance at school."))
    assert phrases_found("not recorded", searcher) == ["not always recorded"]
    assert [hit.word_for_word for hit in searcher.search("attendance").hits] == [False]


def test_a_misspelt_word_finds_the_nearest_words_alone() -> None:
    searcher = searcher_of(
        a=("The adoption plan is late.", "The adoption rota is new.", "An adoption panel sits.", "Adoption comes late.")
    )
    assert phrases_found("adoption panle", searcher) == ["adoption panel"]
    assert phrases_found("managers oversite", OVERSIGHT)[0] == "managers’ oversight"


def test_two_common_words_with_similar_letters_are_not_mistaken_for_each_other() -> None:
    searcher = searcher_of(a=("A stable placement lasts.", "A suitable placement is found.", "The stabel placement."))
    assert phrases_found("suitable placement", searcher) == ["suitable placement"]
    many = searcher_of(a=(*["The placement is suitable."] * 30, "A suitabel placement is found."))
    assert "suitabel placement" in phrases_found("suitable placement", many)


def test_no_word_of_a_short_phrase_may_be_missing_unless_nothing_else_is_found() -> None:
    sentences = ("The corporate parenting board meets.", "Corporate parenting is a shared task.")
    both, one = searcher_of(a=sentences), searcher_of(a=sentences[1:])
    assert phrases_found("corporate parenting board", both) == ["corporate parenting board"]
    assert phrases_found("corporate parenting board", one) == ["Corporate parenting"]


def test_a_scope_never_loosens_what_counts_as_a_match() -> None:
    searcher = searcher_of(a=("The corporate parenting board meets.",), b=("Corporate parenting is a shared task.",))
    scope = SearchScope(documents=frozenset({sha_of("b")}))
    assert searcher.search("corporate parenting board", scope).total == 0


def test_a_phrase_turned_around_is_found_with_words_between() -> None:
    searcher = searcher_of(a=("Social workers receive regular supervision.", "Social workers receive good training."))
    assert phrases_found("supervision of social workers", searcher) == ["Social workers receive regular supervision"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("childinneed", "child-in-need"), ("pathway plans", "Pathway planning"), ("mangaers", "managers"),
     ("cafe", "café"), ("MASH", "(MASH)"), ("16 year olds", "16-year-olds"), ("section 47", "section 47")],
)  # fmt: skip
def test_words_are_found_whatever_their_printed_form(typed: str, printed: str) -> None:
    searcher = searcher_of(
        a=(
            "A child-in-need plan for the 16-year-olds of the café.",
            "Pathway planning with managers at the hub (MASH).",
            "Enquiries under section 47 begin at once.",
        )
    )
    hits = searcher.search(typed).hits
    assert hits
    assert all(printed in hit.passage.text for hit in hits)


def test_a_short_word_is_required_but_a_stop_word_may_be_missing() -> None:
    searcher = searcher_of(
        a=("CP plans are late.", "Care plans are good.", "Plans help.", "The quality supervision has.")
    )
    assert phrases_found("CP plans", searcher) == ["CP plans"]
    assert phrases_found("quality of supervision", searcher) == ["quality supervision"]


def test_any_apostrophe_and_none_are_the_same() -> None:
    searcher = searcher_of(a=("The children’s homes are full.", "A child's home is near.", "Childrens homes close."))
    for typed in ("children's homes", "children’s homes", "childrens homes"):
        assert searcher.search(typed).total == 3


def test_excluded_words_alone_find_nothing() -> None:
    assert OVERSIGHT.search("-oversight").total == 0
    assert OVERSIGHT.search('-"oversight of"').total == 0


def test_the_last_word_may_be_incomplete() -> None:
    assert phrases_found("management overs", prefix=True)[0] == "management oversight"
    assert phrases_found("managemnt overs", prefix=True)[0] == "management oversight"
    assert phrases_found("over") == []
    assert "oversight" in phrases_found("over", prefix=True)


def test_quoted_words_must_occur_exactly() -> None:
    assert phrases_found('"management oversight"') == ["management oversight"]
    assert phrases_found('"managment oversight"') == []
    assert phrases_found('plan "oversight by managers"') == ["oversight by managers of every plan"]


def test_sentences_with_an_excluded_word_or_its_plural_are_left_out() -> None:
    assert "management oversight" not in phrases_found("management oversight -plan")
    assert OVERSIGHT.search("oversight", SearchScope(without=("plans", "budget"))).total == 2


def test_a_scope_limits_documents_strands_and_roles() -> None:
    searcher = Searcher(
        Index.build(
            [
                (sha_of("a"), passages("a", "Oversight of visits.", strand="help")),
                (sha_of("b"), passages("b", "Oversight of plans.", role="improvement", strand="care")),
            ]
        )
    )
    assert searcher.search("oversight", SearchScope(documents=frozenset({sha_of("a")}))).total == 1
    assert searcher.search("oversight", SearchScope(strands=frozenset({"care"}))).hits[0].document == sha_of("b")
    assert searcher.search("oversight", SearchScope(roles=frozenset({"improvement"}))).hits[0].document == sha_of("b")
    assert searcher.search("oversight", SearchScope(documents=frozenset())).total == 0


def test_hits_with_equal_scores_follow_the_order_of_the_scope() -> None:
    searcher = searcher_of(a=("Parallel planning.",), b=("Parallel planning.",), c=("Parallel planning.",))
    found = searcher.search("parallel planning", SearchScope(first=(sha_of("c"), sha_of("b"))))
    assert [hit.document for hit in found.hits] == [sha_of("c"), sha_of("b"), sha_of("a")]


def test_headings_are_not_found_but_are_counted_as_passages() -> None:
    heading = passages("a", "Drift and delay", role="heading")
    searcher = Searcher(Index.build([(sha_of("a"), heading + passages("a", "There is drift and delay."))]))
    assert [hit.number for hit in searcher.search("drift and delay").hits] == [1]


def test_a_hit_after_a_page_break_has_its_own_page() -> None:
    text = "The first page ends here and now the second page has drift and delay."
    passage = Passage(document=sha_of("a"), page=3, start=100, end=128, text=text, runs_on=((4, 0, len(text) - 28),))
    searcher = Searcher(Index.build([(sha_of("a"), [passage])]))
    assert searcher.search("first page").hits[0].page == 3
    assert searcher.search("drift and delay").hits[0].page == 4


def test_a_hit_is_placed_on_the_part_of_its_passage_that_prints_it() -> None:
    text = "The first page ends here and now the second page has drift and delay."
    passage = Passage(document=sha_of("a"), page=3, start=100, end=128, text=text, runs_on=((4, 7, 47),))
    [hit] = Searcher(Index.build([(sha_of("a"), [passage])])).search("drift and delay").hits
    assert (hit.evidence.page, hit.evidence.start, hit.evidence.end) == (4, 7, 47)
    assert hit_item(1, hit, "a source").evidence == hit.evidence


def test_a_quoted_phrase_is_marked_as_often_as_the_sentence_has_it() -> None:
    text = "Early help is good, early help is prompt and early help grows."
    searcher = searcher_of(a=("Early help is old.", text, "Early help ends."))
    hit = next(hit for hit in searcher.search('"early help"').hits if hit.sentence == text)
    assert [text[start:end] for start, end in hit.spans] == ["Early", "help", "early", "help", "early", "help"]
    assert len(searcher.search('"early help"').hits) == 3


def test_a_phrase_longer_than_the_padding_stays_in_its_sentence() -> None:
    long = "children who wait a long time for a new home because nobody looked for one early enough"
    searcher = searcher_of(a=("Before. " + long.capitalize() + ". After that all is well.",), b=("Another matter.",))
    hit = searcher.search(long.replace("nobody", "nobdy")).hits[0]
    assert hit.sentence == long.capitalize() + "."
    assert hit.score > 95


@pytest.mark.parametrize(
    "query", ["", " ", '"', '""', "-", "- -", "x", "“", '-"a b', "\x00", "\ud800", "é" * 300, "the"]
)
@pytest.mark.parametrize("prefix", [False, True])
def test_unusual_queries_are_answered(query: str, prefix: bool) -> None:
    assert OVERSIGHT.search(query, prefix=prefix).total >= 0


@pytest.mark.parametrize("pasted", ["management oversight " * 500, "m" * 10_000, '"oversight ' * 1000, "-o " * 3000])
def test_a_pasted_page_is_answered(pasted: str) -> None:
    assert OVERSIGHT.search(pasted, prefix=True).total >= 0


def test_an_empty_index_finds_nothing() -> None:
    assert Searcher(Index.build([])).search("anything").total == 0
    assert Searcher(Index.build([(sha_of("a"), [])])).search('"anything"').total == 0


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40), st.booleans(), st.integers(-1, 3))
def test_any_query_is_answered_and_every_mark_is_a_word(query: str, prefix: bool, limit: int) -> None:
    found = OVERSIGHT.search(query, prefix=prefix, limit=limit)
    assert len(found.hits) == min(found.total, max(limit, 0))
    assert sum(found.by_document.values()) == found.total
    for hit in found.hits:
        assert 0 <= hit.score <= 100
        assert all(hit.context[0] <= start < end <= hit.context[1] for start, end in hit.spans)


def test_a_query_is_parsed_into_words_quotes_and_exclusions() -> None:
    assert parse_query('Managers’ oversight "drift and delay" -Camden -"risk of"') == Query(
        words=("managers", "oversight"), exact=(("drift", "and", "delay"),), without=("risk", "of", "camden")
    )
    assert parse_query('an "open quote').words == ("an", "open", "quote")
    assert parse_query("well-being of 16-year-olds").without == ()


def test_exact_uses_count_singular_and_plural_but_no_typing_errors() -> None:
    index = index_of(
        a=("Health histories and a health history. A health histroy.", "The history of health."),
        b=("Health, history!",),
    )
    assert [(use.document, use.number, use.count) for use in uses(index, ["health history"])] == [
        (sha_of("a"), 0, 2),
        (sha_of("b"), 0, 1),
    ]
    assert uses(index, ["no such phrase", "", "health"])[0].count == 3
    assert uses(index, []) == ()
