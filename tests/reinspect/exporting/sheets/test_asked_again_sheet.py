"""A page compares what two inspections asked for; its head has what the latest text raises again."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from reinspect.comparing.comparison import compare
from reinspect.comparing.followthrough.asked_again import AskedAgain, OlderRequest, ReturnedImprovement
from reinspect.comparing.followthrough.shown_passages import ShownPassage
from reinspect.comparing.followthrough.steps import Step
from reinspect.comparing.followthrough.threads import Thread
from reinspect.exporting import render_sheet
from reinspect.exporting.sheet import Sheet, SheetTable
from reinspect.exporting.sheets.asked_again import asked_section, latest_raised, raised_again, raised_sections
from reinspect.exporting.sheets.comparison import comparison_sheet
from reinspect.exporting.sheets.follow_through import raised_now_sheet
from reinspect.model import Improvement, Inspection, Status
from tests.making.inspections import CAMDEN, camden_2017, camden_2022, inspection, passage

EARLIER = replace(
    camden_2017(),
    improvements=(Improvement(index=1, text="timely plans"), Improvement(index=2, text="advocacy for all")),
)
LATER = replace(
    camden_2022(), improvements=(Improvement(index=1, text="plans in time"), Improvement(index=2, text="more visits"))
)
ASKED = AskedAgain(
    earlier=EARLIER,
    later=LATER,
    returned=(ReturnedImprovement(before=EARLIER.improvements[0], again=LATER.improvements[0]),),
    new=LATER.improvements[1:],
    dropped=EARLIER.improvements[1:],
)


def words_of(*sections: object) -> str:
    return render_sheet(Sheet(title="t", sections=sections), width=100)  # type: ignore[arg-type]


def thread(status: Status, earlier: object = EARLIER, later: object = LATER) -> Thread:
    step = Step(inspection=later, status=status, likely=status, confidence=0.7)  # type: ignore[arg-type]
    return Thread(inspection=earlier, improvement=EARLIER.improvements[0], steps=(step,))  # type: ignore[arg-type]


def test_what_comes_back_stands_beside_what_was_asked_before() -> None:
    section = asked_section(ASKED, "Camden")
    (table,) = (block for block in section.blocks if isinstance(block, SheetTable))
    assert table.columns == ("Asked, SIF 2017", "Asked again, ILACS 2022")
    assert [[cell.text for cell in row] for row in table.rows] == [["timely plans", "plans in time"]]


def test_what_is_new_and_what_is_not_asked_again_are_lists_and_silence_is_not_called_a_success() -> None:
    page = words_of(asked_section(ASKED, "Camden"))
    assert page.index("Not asked in SIF 2017 (1):") < page.index("more visits") < page.index("Not asked again (1):")
    assert "advocacy for all" in page.partition("Not asked again (1):")[2]
    assert "does not mean that it was put right" in page


def test_an_item_that_an_older_inspection_asked_for_says_so() -> None:
    older = OlderRequest(improvement=LATER.improvements[1], inspection=inspection("sif", date(2014, 3, 3)))
    page = words_of(asked_section(replace(ASKED, older=(older,)), "Camden"))
    assert "more visits [asked in SIF 2014 too]" in page
    assert "advocacy for all [" not in page


def test_a_short_comparison_leaves_the_passages_out_and_says_how_to_get_them() -> None:
    comparison = compare(EARLIER, LATER, [passage("Plans are late in all teams.")], [passage("Plans are prompt.")])
    short = render_sheet(comparison_sheet(comparison, ASKED, full=False))
    full = render_sheet(comparison_sheet(comparison, ASKED, full=True))
    assert "Plans are late" not in short
    assert "--full" in short
    assert "Plans are late" in full
    assert "--full" not in full
    for page in (short, full):
        assert page.count("advocacy for all") == 1


def test_only_what_the_latest_text_raises_is_raised_again_now() -> None:
    latest = inspection("ilacs-2023")
    threads = [
        thread("raised again"),
        thread("raised again", later=latest),
        thread("mentioned", later=latest),
        Thread(inspection=latest, improvement=EARLIER.improvements[0]),
    ]
    assert [step.inspection.id for _, step in raised_again(threads)] == [latest.id]
    page = words_of(*raised_sections(CAMDEN, threads))
    assert "1 of 3 earlier recommendations is raised again in ILACS 2025, 0 reported better. Read the passage" in page


def test_what_the_latest_text_reports_better_is_counted_too() -> None:
    latest = inspection("ilacs-2023")
    both = words_of(*raised_sections(CAMDEN, [thread("reported better", later=latest), thread("reported better")]))
    assert "0 of 2 earlier recommendations are raised again in ILACS 2025, 1 reported better (SIF 2017 no. 1)." in both
    assert "Read the passage" in both
    neither = words_of(*raised_sections(CAMDEN, [thread("not mentioned", later=latest)]))
    assert "0 reported better." in neither
    assert "Read the passage" not in neither


def test_a_joint_inspections_items_are_not_counted_as_asked_of_social_care() -> None:
    joint = Thread(inspection=inspection("jtai-2022", date(2020, 3, 2)), improvement=EARLIER.improvements[0])
    page = words_of(*raised_sections(CAMDEN, [thread("raised again", later=inspection("ilacs-2026")), joint]))
    assert "1 of 1 earlier recommendation is raised again" in page


def test_the_latest_text_of_each_band_has_its_own_table() -> None:
    asked, later = inspection("area-send-2016", date(2018, 1, 15)), inspection("area-send-2023", date(2026, 3, 2))
    send = thread("reported better", earlier=asked, later=later)
    social_care, other = raised_sections(CAMDEN, [thread("raised again"), send])
    assert (social_care.heading, other.heading) == ("Raised again now, social care", "Raised again now, SEND")
    page = words_of(social_care)
    assert "1 of 1 earlier recommendation is raised again in ILACS 2022, 0 reported better." in page
    assert "timely plans" in page
    assert "0 of 1 earlier recommendation is raised again in Area SEND 2026, 1 reported better" in words_of(other)


def test_a_step_into_a_later_text_of_another_band_does_not_hide_what_its_own_band_raises() -> None:
    within = thread("raised again")
    across = thread("not mentioned", later=inspection("area-send-2023", date(2024, 3, 4)))
    both = replace(within, steps=(*within.steps, *across.steps))
    assert [step.inspection.id for _, step in raised_again([both])] == [LATER.id]


def test_a_short_list_has_the_latest_asked_and_different_sentences_first() -> None:
    earlier, newer = camden_2017(), inspection("ilacs-2018", date(2019, 3, 4))

    def raised(asked: Inspection, sentence: str) -> Thread:
        shown = ShownPassage(passage=passage(sentence), start=0, end=len(sentence), page=2, chance=0.9, mark="critical")
        step = Step(inspection=LATER, status="raised again", likely="raised again", confidence=0.9, passages=(shown,))
        return Thread(inspection=asked, improvement=EARLIER.improvements[0], steps=(step,))

    threads = [raised(earlier, "Plans drift."), raised(newer, "Visits wait."), raised(newer, "Visits wait.")]
    chosen = [(each.inspection.year, step.passages[0].quote) for each, step in latest_raised(threads, 2)]
    assert chosen == [(2019, "Visits wait."), (2017, "Plans drift.")]
    assert len(latest_raised(threads, 3)) == 3


def test_the_short_page_has_what_the_latest_text_raises_again_and_no_other_recommendation() -> None:
    other = replace(thread("not mentioned"), improvement=EARLIER.improvements[1])
    page = render_sheet(raised_now_sheet(CAMDEN, [thread("raised again"), other]), width=100)
    assert "timely plans" in page
    assert "advocacy for all" not in page
    assert "`reinspect follow camden` without --now" in page
    assert "The store has no areas to improve" in render_sheet(raised_now_sheet(CAMDEN, []), width=100)


def test_a_long_list_is_cut_and_says_so() -> None:
    page = words_of(*raised_sections(CAMDEN, [thread("raised again")] * 3, most=2))
    assert "3 of 3 earlier recommendations are raised again in ILACS 2022, of which the latest 2 are shown" in page
    assert page.count("timely plans") == 2


def test_without_a_later_text_nothing_is_said_to_be_raised_again() -> None:
    assert list(raised_sections(CAMDEN, [Thread(inspection=EARLIER, improvement=EARLIER.improvements[0])])) == []
