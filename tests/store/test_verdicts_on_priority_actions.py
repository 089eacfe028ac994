"""Verdicts on priority actions are stored apart from those on improvements; old verdicts are read as before."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from reinspect.model import Improvement, StepId, Verdict
from store import Store
from tests.making.readings import ILACS_GRADES, SMALL_RECORD, VISIT_2018, facts, reading

VISIT, ILACS = "camden-2018-05-15-focused-visit", "camden-2022-04-25-ilacs"
LETTER = reading(
    "letter",
    replace(
        VISIT_2018,
        improvements=(Improvement(index=1, text="Visit sooner."),),
        priority_actions=(Improvement(index=1, text="Write the plans."),),
    ),
    "letter",
)
REPORT = reading("report", facts("ilacs-2018", "2022-04-25", "2022-04-29", grades=ILACS_GRADES))
ON_ACTION = Verdict(
    step=StepId(VISIT, 1, ILACS, "priority action"),
    improvement="Write the plans.",
    review="corrected",
    status="reported better",
)
ON_IMPROVEMENT = Verdict(
    step=StepId(VISIT, 1, ILACS), improvement="Visit sooner.", review="confirmed", status="raised again"
)


def test_both_verdicts_are_kept_and_the_undo_names_the_action(small_store: Store) -> None:
    small_store.add([LETTER, REPORT])
    small_store.verdict_table.save(ON_IMPROVEMENT)
    small_store.verdict_table.save(ON_ACTION)
    opened = Store.open(small_store.folder, record=SMALL_RECORD)
    assert set(opened.verdicts()) == {ON_ACTION, ON_IMPROVEMENT}
    assert "priority action 1 of Camden, focused visit 2018" in opened.undo()
    assert opened.verdicts() == (ON_IMPROVEMENT,)


def test_shared_verdicts_are_added_to_the_list_that_has_their_words(small_store: Store) -> None:
    small_store.add([LETTER, REPORT])
    on_other_list = replace(ON_ACTION, step=replace(ON_ACTION.step, role="improvement"))
    saved = small_store.verdict_table.save_all([ON_ACTION, ON_IMPROVEMENT, on_other_list])
    assert (saved.saved, saved.kept, saved.left_out) == (2, 0, 1)


def test_a_verdict_on_an_improvement_is_stored_as_before() -> None:
    stored = msgspec.to_builtins(ON_IMPROVEMENT)
    assert stored["link"] == {"inspection": VISIT, "index": 1, "later": ILACS}
    assert ON_IMPROVEMENT.step.key == f"{VISIT}#1>{ILACS}"
    assert msgspec.convert(stored, Verdict) == ON_IMPROVEMENT
