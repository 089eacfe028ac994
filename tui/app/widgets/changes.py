"""Changes of grades on the screen: an arrow that is not the shape of a grade, words, and a colour in addition."""

from __future__ import annotations

from textual.content import Content

from reinspect.comparing.judgements import StrandChange
from reinspect.frameworks import frameworks
from reinspect.model import Inspection, Judgement
from tui.app.widgets.grades import QUIET

UP, DOWN, SAME = "↗", "↘", "→"
_STYLES = {UP: "bold $grade-outstanding", DOWN: "bold $grade-inadequate", SAME: QUIET}
_NUMBERS = {1: "one grade", 2: "two grades", 3: "three grades", 4: "four grades"}
_WAYS = {UP: "up", DOWN: "down"}
_JOINT_WAYS = {UP: "above the joint grade", DOWN: "below the joint grade"}
_JOINT = "care_and_leavers"


def arrow(change: StrandChange) -> str:
    """Return the arrow of a change; "" if the grades cannot be compared or are of two authorities."""
    return {
        "improved": UP,
        "declined": DOWN,
        "same grade": SAME,
        "same rung, harder test": SAME,
    }.get(change.change or "", "")


def is_joint(change: StrandChange, side: str) -> bool:
    """Return whether the grade of a side ("a" or "b") is a joint one that the other side has divided."""
    strand, other = (change.strand_a, change.strand_b) if side == "a" else (change.strand_b, change.strand_a)
    return strand == _JOINT and other not in (None, _JOINT)


def steps_between(a: Inspection, b: Inspection, change: StrandChange) -> int:
    """Return how many grades lie between the two grades of a change; 0 if one has no rung."""
    rungs = [_rung(a, change.judgement_a), _rung(b, change.judgement_b)]
    return 0 if None in rungs else abs((rungs[0] or 0) - (rungs[1] or 0))


def short_change(a: Inspection, b: Inspection, change: StrandChange, *, in_words: bool = True) -> Content:
    """Return a change for a narrow column: "↘ 1 down", "↗ 2 above joint", "→ same"; "" if there is none."""
    sign = arrow(change)
    if not sign:
        return Content("")
    steps, joint = steps_between(a, b, change), is_joint(change, "a")
    if sign == SAME:
        words = "same as joint" if joint else "same"
        if change.change != "same grade":
            words = "harder test"
    else:
        way = _JOINT_WAYS[sign].replace("the joint grade", "joint") if joint else _WAYS[sign]
        words = f"{steps} {way}" if steps else way
    return Content.styled(f"{sign} {words}" if in_words else f"{sign} {steps}" if steps else sign, _STYLES[sign])


def change_sign(a: Inspection, b: Inspection, change: StrandChange) -> Content:
    """Return a change in three cells or fewer: "↘ 1", "→", between two authorities "A>B"; "–" if not comparable."""
    if arrow(change):
        return short_change(a, b, change, in_words=False)
    relations = {"a is higher": "A>B", "b is higher": "A<B", "same grade": "A=B", "same rung, different test": "A≈B"}
    return Content.styled(relations.get(change.relation, "–"), "" if change.comparable else QUIET)


def long_change(a: Inspection, b: Inspection, change: StrandChange, words: str) -> Content:
    """Return a change in words: "↘ two grades below the joint grade"; `words` if it is not a plain step of grades."""
    sign = arrow(change)
    if not sign:
        return Content.styled(words, "" if change.comparable else QUIET)
    steps, joint = _NUMBERS.get(steps_between(a, b, change), ""), is_joint(change, "a")
    if sign != SAME and steps and words in ("improved", "declined"):
        words = f"{words}, {steps} {_JOINT_WAYS[sign] if joint else _WAYS[sign]}"
    elif joint and words == "same grade":
        words = "same as the joint grade"
    return Content.styled(f"{sign} {words}", _STYLES[sign])


def _rung(inspection: Inspection, judgement: Judgement | None) -> int | None:
    framework = frameworks().get(inspection.framework)
    grade = framework.grade(judgement.grade) if framework and judgement and judgement.grade else None
    return grade.rung if grade else None
