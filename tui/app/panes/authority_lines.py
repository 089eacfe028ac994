"""Lines on one authority: its inspections with their grades below each other, what the latest asks for, and says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from textual.content import Content

from reinspect.answers import Library
from reinspect.comparing.crosswalk import crosswalk
from reinspect.comparing.judgements import compare_judgements
from reinspect.comparing.timeline import Timeline, TimelineEvent
from reinspect.exporting.citation import citation
from reinspect.model import Evidence, Inspection, Passage
from tui.app.panes.band_lines import other_band_lines
from tui.app.panes.inspection_lines import improvement_line, month_of, short_kind
from tui.app.panes.printed_lines import printed_lines
from tui.app.widgets.changes import is_joint, short_change
from tui.app.widgets.drawing import padded
from tui.app.widgets.grades import STRONG, grade_letter, quiet
from tui.app.widgets.line_list import ListLine


class AuthorityPreview(NamedTuple):
    """The history of an authority, and the paragraphs of its latest graded report that is stored."""

    timeline: Timeline
    latest: Inspection | None = None
    passages: Sequence[Passage] = ()


# The cells of a month, of a kind of inspection, and of a grade, each with the gap after it.
_MONTH, _KIND, _GRADE = 10, 7, 5


def preview_authority(library: Library, slug: str) -> AuthorityPreview:
    """Return the history of an authority with the words of its latest graded report."""
    [timeline] = library.timeline(slug).timelines
    stored = [
        event.inspection for event in timeline.events if event.inspection.graded and event.inspection.primary_text
    ]
    latest = stored[-1] if stored else None
    text = latest.primary_text if latest else None
    return AuthorityPreview(timeline, latest, library.holdings.passages(text) if text else ())


def authority_lines(preview: AuthorityPreview, strands: Mapping[str, str]) -> Iterator[ListLine]:
    """Return an authority's inspections, newest first, its latest items to improve, other bands, and the latest words.

    `strands` are the columns: the short name of each strand.
    """
    timeline = preview.timeline
    compared = [event.inspection for event in timeline.events if _is_compared(event.inspection)]
    shown = {
        strand: name for strand, name in strands.items() if any(inspection.judgement(strand) for inspection in compared)
    }
    if timeline.events:
        names = "".join(f"{name:{_GRADE}}" for name in shown.values())
        yield ListLine(quiet(f"{'':{_MONTH + _KIND}}{names}To improve"), heading=True)
    graded = [inspection for inspection in compared if inspection.judgement("leaders")]
    for event in reversed(timeline.events):
        yield _event_line(event, timeline.authority.name, shown)
        if len(graded) > 1 and event.inspection == graded[-1]:
            yield _changes_line(graded[-2], graded[-1], shown)
    yield from _asked_lines(timeline.events)
    yield from other_band_lines(timeline)
    if preview.latest is not None:
        title, lines = printed_lines(preview.passages, preview.latest, "overall")
        yield ListLine(Content.styled(title, STRONG), heading=True)
        yield from lines


def _is_compared(inspection: Inspection) -> bool:
    return inspection.framework not in crosswalk().separate


def _event_line(event: TimelineEvent, name: str, strands: Mapping[str, str]) -> ListLine:
    inspection = event.inspection
    text = inspection.primary_text
    if event.improvements is None:
        number = quiet("no report")
    else:
        number = Content.styled(str(event.improvements + (event.priority_actions or 0)), STRONG)
    grades = [_grade(inspection, strand) for strand in strands] if _is_compared(inspection) else []
    cells = [
        padded(Content(month_of(inspection)), _MONTH),
        padded(quiet(short_kind(inspection)), _KIND),
        *(padded(grade, _GRADE) for grade in grades or [Content("")] * len(strands)),
        number,
    ]
    first_page = Evidence(document=text, page=1, start=0, end=0) if text else None
    return ListLine(Content("").join(cells), first_page, citation=citation(inspection, name))


def _grade(inspection: Inspection, strand: str) -> Content:
    judgement = inspection.judgement(strand)
    if judgement is None:
        return Content("")
    return grade_letter(inspection.framework, judgement.grade) if judgement.grade else quiet("∅")


def _changes_line(before: Inspection, latest: Inspection, strands: Mapping[str, str]) -> ListLine:
    """Return how each grade of the latest inspection differs from the one before.

    A grade that was a joint one before has no sign: there is no room to say so here, as Timeline and Compare do.
    """
    changes = {
        change.strand_b: change
        for change in compare_judgements(before, latest)
        if change.comparable and not is_joint(change, "a") and not is_joint(change, "b")
    }
    signs = [
        short_change(before, latest, changes[strand], in_words=False) if strand in changes else Content("")
        for strand in strands
    ]
    since = padded(quiet(f"since {before.year or 'then'}"), _MONTH + _KIND)
    return ListLine(Content("").join([since, *(padded(sign, _GRADE) for sign in signs)]), heading=True)


def _asked_lines(events: Sequence[TimelineEvent]) -> Iterator[ListLine]:
    """Return what the latest text that lists anything asks to improve."""
    latest = next((event.inspection for event in reversed(events) if event.inspection.asked), None)
    if latest is None:
        return
    yield ListLine(Content.styled(f"To improve, {month_of(latest)} ({len(latest.asked)})", STRONG), heading=True)
    yield from (improvement_line(one, latest) for one in latest.asked)
