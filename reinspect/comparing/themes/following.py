"""Say of each improvement of a theme how long it was followed, and if a later text firmly reported it better.

    asked 2017; visit 2018 on another subject: not mentioned; report 2020: undecided; report 2023: reported better
    reported better after 6 years

    asked 2017; report 2020: raised again; visit 2021 on another subject: not mentioned
    still open when last seen, after 3 years: the visit could not have spoken of it

The first text that firmly reports better counts, also if a later one raises the matter again. "Undecided" is neither
better nor an end. A graded report could have spoken of everything, so its silence shows an improvement that nobody
reports better; a letter on a visit looks at a part of the service only, so its silence says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reinspect.comparing.followthrough.steps import Step
from reinspect.comparing.followthrough.threads import Thread
from reinspect.comparing.themes.classify import ThemeChoice
from reinspect.comparing.themes.corrections import NO_CORRECTIONS, Corrections
from reinspect.comparing.themes.kaplan_meier import Curve, Observation, estimate_curve
from reinspect.model import Improvement, Inspection


class FollowedImprovement(msgspec.Struct, frozen=True, kw_only=True):
    """An improvement with its themes, and how far it was followed.

    - `inspection`: the inspection that asked for it.
    - `better`: the first step that firmly reports it better, or None if it is still open.
    - `again`: the first inspection after that which firmly raises it again, or None.
    - `last`: the last text that could have spoken of it (that of `better`, if there is one), or None without any.
    - `years`: the years from the inspection that asked until that text.
    """

    inspection: Inspection
    improvement: Improvement
    choice: ThemeChoice
    better: Step | None
    again: Inspection | None
    last: Inspection | None
    years: float


def follow_themes(
    threads: Iterable[Thread], corrections: Corrections = NO_CORRECTIONS
) -> tuple[FollowedImprovement, ...]:
    """Return each improvement of the authorities themselves with its themes and how far it was followed."""
    return tuple(_followed(thread, corrections) for thread in threads if thread.improvement.whose == "authority")


def estimate_time(followed: Iterable[FollowedImprovement]) -> Curve:
    """Return the share that is reported better by time. Those that no later text could speak of do not count."""
    return estimate_curve(
        [Observation(one.years, one.better is not None, one.inspection.authority) for one in followed if one.years > 0]
    )


def _followed(thread: Thread, corrections: Corrections) -> FollowedImprovement:
    better = next((step for step in thread.steps if step.status == "reported better"), None)
    could_speak = [step.inspection for step in thread.steps if _could_speak(step)]
    last = better.inspection if better else could_speak[-1] if could_speak else None
    raised = (step.inspection for step in thread.steps if step.status == "raised again")
    return FollowedImprovement(
        inspection=thread.inspection,
        improvement=thread.improvement,
        choice=corrections.choose(thread.inspection, thread.improvement),
        better=better,
        again=next((each for each in raised if better and each.when > better.inspection.when), None),
        last=last,
        years=thread.inspection.years_until(last) if last else 0.0,
    )


def _could_speak(step: Step) -> bool:
    return step.inspection.graded or step.status != "not mentioned"
