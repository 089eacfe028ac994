"""Steps of a follow-through: firm and undecided statuses, and the three passages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from reinspect.comparing.followthrough import kept_steps, threads
from reinspect.comparing.followthrough.asked import Asked
from reinspect.comparing.followthrough.sentences import SentenceList
from reinspect.comparing.followthrough.statuses import STATUSES, status_weights
from reinspect.comparing.followthrough.steps import LaterText, Step
from reinspect.comparing.followthrough.threads import KnownSteps, Thread, follow
from reinspect.model import Improvement, Inspection, Passage, Role
from reinspect.phrases import Index, Searcher
from tests.making.inspections import inspection, passage

INTERVIEWS = "The timeliness of return home interviews for children who go missing."
OTHER_FINDINGS = (
    "Adopters are prepared very well.",
    "Foster carers feel valued and know who to call.",
    "Care leavers choose where they live from a wide range of flats.",
    "Legal planning meetings have clear minutes.",
    "Health assessments are booked in the first week.",
    "The virtual school has a new head.",
    "Caseloads of social workers have grown again.",
    "Elected members visit the front door each spring.",
)


def findings(*texts: str, role: Role = "finding", strand: str | None = "help", page: int = 3) -> tuple[Passage, ...]:
    return tuple(replace(passage(text, strand, page=page), role=role) for text in texts)


def earlier(*improvements: str) -> LaterText:
    listed = tuple(Improvement(index=place, text=text) for place, text in enumerate(improvements, 1))
    return LaterText(inspection=replace(inspection("ilacs-2018"), improvements=listed))


def later(*passages: Passage, grade: str = "requires improvement") -> LaterText:
    return LaterText(inspection=inspection("ilacs-2023", help=grade), passages=passages)


def step_of(improvement: str, *passages: Passage, grade: str = "requires improvement") -> Step:
    """Return the step of an improvement in a later report with these passages among findings on other matters."""
    (thread,) = follow([earlier(improvement), later(*passages, *findings(*OTHER_FINDINGS), grade=grade)])
    (step,) = thread.steps
    return step


# The statuses


def test_a_matter_that_is_listed_again_is_raised_again() -> None:
    again = "The timeliness and quality of return home interviews when children go missing."
    step = step_of(INTERVIEWS, *findings(again, role="improvement"))
    assert (step.status, step.likely) == ("raised again", "raised again")
    assert step.passages[0].mark == "listed"


def test_criticism_makes_raised_again_the_likeliest() -> None:
    step = step_of(
        INTERVIEWS,
        *findings(
            "Too many return home interviews are held late when children go missing.",
            "Return home interviews of missing children are not timely and their quality is poor.",
        ),
    )
    assert step.likely == "raised again"
    assert {shown.mark for shown in step.passages[:2]} == {"critical"}


def test_praise_makes_reported_better_the_likeliest() -> None:
    step = step_of(
        INTERVIEWS,
        *findings(
            "Return home interviews are timely and of a high standard when children go missing.",
            "Children who go missing now have prompt return home interviews, which have improved significantly.",
        ),
        grade="good",
    )
    assert step.likely == "reported better"
    assert {shown.mark for shown in step.passages[:2]} == {"good"}


def test_a_text_without_the_matter_is_not_mentioned_but_shows_the_nearest_passages() -> None:
    step = step_of(INTERVIEWS)
    assert (step.status, step.likely) == ("not mentioned", "not mentioned")
    assert len(step.passages) == 3


def test_a_status_is_firm_from_its_probability_on_and_else_undecided() -> None:
    firm = status_weights().firm
    texts = [
        step_of(INTERVIEWS, *findings(sentence))
        for sentence in (
            "Return home interviews are timely.",
            "Return home interviews are held by a charity from the next town.",
            "Some return home interviews are prompt, and others are not.",
            "Missing children are spoken about at every meeting.",
        )
    ]
    for step in texts:
        expected = step.likely if step.confidence > firm.get(step.likely, 2) else "undecided"
        assert step.status == expected or abs(step.confidence - firm[step.likely]) < 0.01


def test_the_program_never_says_mentioned_by_itself() -> None:
    assert "mentioned" not in status_weights().firm
    assert step_of(INTERVIEWS, *findings("Return home interviews are held by a charity.")).status != "mentioned"


# The passages


def test_three_passages_are_shown_and_the_likeliest_comes_first() -> None:
    step = step_of(INTERVIEWS, *findings("Return home interviews are held in the child's own time."))
    chances = [shown.chance for shown in step.passages]
    assert len(chances) == 3
    assert chances == sorted(chances, reverse=True)
    assert step.passages[0].quote == "Return home interviews are held in the child's own time."


def test_a_text_of_one_sentence_shows_one_passage() -> None:
    (thread,) = follow([earlier(INTERVIEWS), later(*findings("Return home interviews are late."))])
    assert [shown.quote for shown in thread.steps[0].passages] == ["Return home interviews are late."]


@pytest.mark.parametrize("role", ["background", "heading"])
def test_a_text_without_findings_is_undecided_and_shows_nothing(role: Role) -> None:
    (thread,) = follow([earlier(INTERVIEWS), later(*findings("Return home interviews: too few, too late.", role=role))])
    (step,) = thread.steps
    assert (step.status, step.confidence, step.passages) == ("undecided", 0, ())


def test_a_finding_about_the_board_is_not_shown() -> None:
    of_the_board = replace(findings("Too few return home interviews are read.")[0], whose="lscb")
    step = step_of(INTERVIEWS, of_the_board)
    assert all("return home interviews" not in shown.quote for shown in step.passages)


def test_the_words_shared_with_the_improvement_are_highlighted() -> None:
    first = step_of(INTERVIEWS, *findings("Return home interviews are late.")).passages[0]
    assert first.shared == ("Return home interviews",)


def test_a_passage_cites_the_page_on_which_its_sentence_begins() -> None:
    text = "Audits are read. Return home interviews are late."
    run_on = replace(findings(text)[0], end=17, runs_on=((4, 0, 32),))
    shown = next(one for one in step_of(INTERVIEWS, run_on).passages if "interviews" in one.quote)
    assert (shown.page, shown.evidence.page, shown.evidence.start, shown.evidence.end) == (4, 4, 0, 32)


def test_a_sentence_at_the_top_of_a_page_is_cited_there_though_hyphens_before_it_were_dropped() -> None:
    text = "Audits of manage- ment are read. Return home interviews are late.".replace("- ", "")
    run_on = replace(findings(text)[0], end=32 + 2, runs_on=((4, 0, 32),))
    shown = next(one for one in step_of(INTERVIEWS, run_on).passages if "interviews" in one.quote)
    assert shown.page == 4


def test_a_sentence_cites_the_same_page_as_a_search_for_its_first_words() -> None:
    text = "Audits of practice are read. Return home interviews are late in most cases."
    run_on = replace(findings(text)[0], end=len("Audits of practice are read. Return home"), runs_on=((4, 0, 34),))
    shown = next(one for one in step_of(INTERVIEWS, run_on).passages if "interviews" in one.quote)
    [hit] = Searcher(Index.build([(run_on.document, [run_on])])).search('"return home interviews"').hits
    assert shown.page == hit.page == run_on.page


# The same matter in other words


@pytest.mark.parametrize(
    ("improvement", "sentence"),
    [
        ("The impact of management oversight.", "Case direction is poor, too late and not written down."),
        ("The response of the LADO to allegations.", "The designated officer is too slow, and records are poor."),
        ("Work in the pre-proceedings stage.", "Too many families wait in the public law outline."),
        ("Placement sufficiency for children in care.", "There is a shortage of homes for children in care."),
        ("Stability of the workforce.", "Too many staff leave: turnover of staff is a weakness."),
    ],
)
def test_a_matter_is_found_under_another_name(improvement: str, sentence: str) -> None:
    step = step_of(improvement, *findings(sentence))
    assert step.passages[0].quote == sentence


def test_an_abbreviation_stands_for_the_name_that_its_document_introduces() -> None:
    introduced = findings("The children's rights and independent advocacy project (CRIAP) is new.", strand="care")
    used = findings("Too few children know of the CRIAP.", strand="care")
    known = step_of("Advocacy for children.", *introduced, *used)
    assert any(shown.quote.endswith("CRIAP.") for shown in known.passages)


# Threads


def test_each_improvement_is_followed_through_every_later_text_and_no_earlier_one() -> None:
    first = replace(earlier("Advocacy for children."), passages=findings("Advocacy is new."))
    visit = LaterText(inspection=inspection("focused-visit"), passages=findings("Advocacy is rare."))
    without_text = LaterText(inspection=inspection("ilacs-2023"))
    last = LaterText(inspection=inspection("ilacs-2026"), passages=findings("Visits are regular."))
    (thread,) = follow([first, visit, without_text, last])
    assert [step.inspection for step in thread.steps] == [visit.inspection, last.inspection]


def test_the_latest_inspection_has_threads_without_steps() -> None:
    (thread,) = follow([earlier("Advocacy for children.")])
    assert thread == Thread(
        inspection=thread.inspection, improvement=Improvement(index=1, text="Advocacy for children.")
    )


def test_no_texts_give_no_threads() -> None:
    assert follow([]) == ()


@pytest.mark.parametrize("improvement", ["", "...", "\ufffd", "zzqx"])
def test_an_improvement_without_a_known_word_is_undecided(improvement: str) -> None:
    step = step_of(improvement, *findings("Advocacy is rare."))
    assert step.status == "undecided"


@pytest.mark.parametrize("improvement", ["Progress.", "The quality of practice.", f"{INTERVIEWS} " * 60])
def test_an_improvement_of_a_word_or_a_page_is_followed(improvement: str) -> None:
    step = step_of(improvement, *findings("Advocacy is rare."))
    assert step.likely in STATUSES
    assert 0 <= step.confidence <= 1
    assert len(step.passages) == 3


def test_an_improvement_is_read_alike_alone_and_among_many() -> None:
    others = ["Advocacy.", "The quality of plans.", "Supervision of social workers."] * 30
    text = later(*findings("Advocacy is strong.", "Return home interviews are late.", *OTHER_FINDINGS))
    alone = follow([earlier(INTERVIEWS), text])[0].steps[0]
    among = follow([earlier(INTERVIEWS, *others), text])[0].steps[0]
    assert among.status == alone.status
    assert among.confidence == pytest.approx(alone.confidence, abs=0.011)
    assert [shown.quote for shown in among.passages] == [shown.quote for shown in alone.passages]


def test_the_same_texts_give_the_same_steps() -> None:
    texts = [
        earlier(INTERVIEWS, "Advocacy."),
        later(*findings("Advocacy is strong.", "Return home interviews are late.")),
    ]
    assert follow(texts) == follow(texts)


# Steps that are known already


def test_known_steps_are_used_and_a_new_text_gets_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    asked_of: list[str] = []
    work_out = threads.find_steps

    def find_steps(asked: Sequence[Asked], cut: SentenceList, found_in: Inspection) -> list[Step]:
        asked_of.append(f"{len(asked)} in {found_in.framework}")
        return work_out(asked, cut, found_in)

    monkeypatch.setattr(threads, "find_steps", find_steps)
    known = KnownSteps()
    first, second = earlier(INTERVIEWS, "Advocacy."), later(*findings(*OTHER_FINDINGS))
    third = LaterText(inspection=inspection("ilacs-2026"), passages=findings("Advocacy is rare."))
    assert follow([first, second], known) == follow([first, second], known)
    assert follow([first, second, third], known) == follow([first, second, third])
    assert asked_of[:2] == ["2 in ilacs-2023", "2 in ilacs-2026"]


def test_steps_in_a_text_that_has_changed_are_worked_out_again() -> None:
    known, first = KnownSteps(), earlier(INTERVIEWS)
    follow([first, later(*findings(*OTHER_FINDINGS))], known)
    changed = later(*findings("Return home interviews are late.", *OTHER_FINDINGS))
    assert follow([first, changed], known) == follow([first, changed])
    assert follow([first, later(*changed.passages, grade="good")], known)[0].steps[0].inspection.judgements


def test_an_improvement_that_is_put_into_other_words_is_followed_again() -> None:
    known, text = KnownSteps(), later(*findings(*OTHER_FINDINGS, "Advocacy is rare."))
    follow([earlier(INTERVIEWS), text], known)
    assert follow([earlier("Advocacy."), text], known) == follow([earlier("Advocacy."), text])


# Steps that are kept between two runs


class Disk:
    """Keeps steps in memory, and counts how often it is asked to keep some."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.times = 0

    def kept_steps(self, inspection: str, /) -> bytes | None:
        return self.kept.get(inspection)

    def keep_steps(self, inspection: str, data: bytes, /) -> None:
        self.kept[inspection] = data
        self.times += 1


TEXTS = (
    earlier(INTERVIEWS, "Advocacy."),
    later(*findings("Return home interviews are late.", *OTHER_FINDINGS), *findings("Advocacy.", role="improvement")),
)


def test_kept_steps_are_those_that_were_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    disk, expected = Disk(), follow(TEXTS)
    assert follow(TEXTS, KnownSteps(disk)) == expected

    def find_steps(*_: object) -> list[Step]:
        raise AssertionError

    monkeypatch.setattr(threads, "find_steps", find_steps)
    assert follow(TEXTS, KnownSteps(disk)) == expected
    assert disk.times == 1
    # No sentence of a report is kept.
    assert not any(words in data for data in disk.kept.values() for words in (b"Advocacy", b"interviews", b"late"))


def test_kept_steps_of_changed_texts_grades_or_weights_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    first, disk = TEXTS[0], Disk()
    changed = [
        [first, later(*findings("Return home interviews are prompt.", *OTHER_FINDINGS))],
        [first, later(*findings("Return home interviews are late.", *OTHER_FINDINGS), grade="good")],
        [earlier("Advocacy for all."), TEXTS[1]],
    ]
    for texts in changed:
        follow(TEXTS, KnownSteps(disk))
        assert follow(texts, KnownSteps(disk)) == follow(texts)
    follow(TEXTS, KnownSteps(disk))
    before = disk.times
    monkeypatch.setattr(kept_steps, "_program_key", lambda: b"other weights")
    follow(TEXTS, KnownSteps(disk))
    assert disk.times == before + 1


def test_damaged_kept_steps_are_worked_out_again() -> None:
    disk, expected = Disk(), follow(TEXTS)
    follow(TEXTS, KnownSteps(disk))
    ((identifier, whole),) = disk.kept.items()
    for data in (b"", whole[:-1], whole.replace(b"neutral", b"unheard"), b"\x91" + whole):
        disk.kept[identifier] = data
        assert follow(TEXTS, KnownSteps(disk)) == expected
