"""Lines on inspections of other bands, such as SEND: their outcomes in a history, and why two bands are apart."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from reinspect.comparing.comparison import Comparison
from reinspect.comparing.timeline import Timeline, TimelineEvent
from reinspect.exporting.citation import citation, occasion, when
from reinspect.exporting.sheets.bands import across_bands_sentence, outcome_words
from reinspect.exporting.tables.shared_columns import authority_name
from reinspect.frameworks import frameworks, strand_name
from reinspect.model import Outcome
from tui.app.widgets.grades import STRONG
from tui.app.widgets.line_list import ListLine


def other_band_lines(timeline: Timeline) -> Iterator[ListLine]:
    """Return a block of lines for each other band: the inspectors, then each event with its outcome or grades."""
    for history in timeline.other_bands:
        yield ListLine(Content.styled(history.heading, STRONG), heading=True)
        for event in history.events:
            outcome = event.inspection.outcome
            source = citation(event.inspection, authority_name(event.inspection))
            yield ListLine(Content(f"  {_event(event)}"), outcome.evidence if outcome else None, citation=source)


def across_bands_lines(comparison: Comparison) -> Iterator[ListLine]:
    """Return the sentence that stands in place of a table, if the two inspections are of different bands."""
    if comparison.across_bands:
        yield ListLine(Content(across_bands_sentence(comparison.a, comparison.b)))


def _event(event: TimelineEvent) -> str:
    inspection = event.inspection
    parts = [f"{when(inspection)}  {occasion(inspection)}"]
    if inspection.outcome:
        sign = _sign(inspection.framework, inspection.outcome)
        parts.append(f"{sign} {outcome_words(inspection.framework, inspection.outcome)}".strip())
    parts += [
        f"{strand_name(judgement.strand, inspection.framework)} {judgement.grade}"
        for judgement in inspection.judgements
        if judgement.grade
    ]
    if inspection.theme:
        parts.append(inspection.theme)
    if event.improvements:
        parts.append(f"{event.improvements} to improve")
    if event.priority_actions:
        parts.append(f"{event.priority_actions} priority action{'' if event.priority_actions == 1 else 's'}")
    return "; ".join(parts)


def _sign(framework: str, outcome: Outcome) -> str:
    known = frameworks().get(framework)
    wording = known.outcome(outcome.key) if known else None
    return wording.shape if wording else ""
