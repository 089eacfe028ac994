"""Lines on what two inspections asked for: what comes back, what was not asked before, and what is not again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.content import Content

from reinspect.comparing.timeline import TimelineEvent
from reinspect.exporting.citation import cite_asked
from reinspect.exporting.tables.shared_columns import authority_name
from reinspect.model import Improvement, Inspection
from tui.app.digest_marks import printed_at
from tui.app.panes.inspection_lines import improvement_line
from tui.app.widgets.grades import QUIET, STRONG
from tui.app.widgets.line_list import ListLine

if TYPE_CHECKING:
    from reinspect.comparing.followthrough.asked_again import AskedAgain


def asked_lines(asked: AskedAgain) -> Iterator[ListLine]:
    """Return what two inspections asked for, compared."""
    before, now = _year(asked.earlier), _year(asked.later)
    counts = f"{len(asked.earlier.asked)} in {before}, {len(asked.later.asked)} in {now}"
    yield ListLine(Content.assemble(("Asked to improve: ", STRONG), counts), heading=True)
    if asked.returned:
        yield _heading("↻", f"Comes back ({len(asked.returned)})", "bold $grade-improve")
    for pair in asked.returned:
        yield _dated(asked.earlier, pair.before)
        yield _dated(asked.later, pair.again)
    if asked.new:
        yield _heading("+", f"Not asked in {before} ({len(asked.new)})", "bold $primary")
    yield from (_new(asked, improvement) for improvement in asked.new)
    if asked.dropped:
        yield _heading("·", f"Not asked again ({len(asked.dropped)}), which does not mean solved", STRONG)
    yield from (_dated(asked.earlier, improvement) for improvement in asked.dropped)


def may_compare(event: TimelineEvent, before: Iterable[Inspection]) -> Inspection | None:
    """Return the latest graded inspection before an event whose text is stored, if both list what to improve."""
    if not event.inspection.asked:
        return None
    earlier = [each for each in before if each.graded and each.primary_text and each.asked]
    return earlier[-1] if earlier else None


def _heading(sign: str, words: str, style: str) -> ListLine:
    return ListLine(Content.styled(f"{sign} {words}", style), heading=True)


def _new(asked: AskedAgain, improvement: Improvement) -> ListLine:
    """Return an item that the inspection before did not ask for, with the years of others that did."""
    line = improvement_line(improvement, asked.later, _number(asked.later, improvement) or "- ")
    years = dict.fromkeys(map(_year, asked.asked_before(improvement)))
    if not years:
        return line
    older = f"  asked in {' and '.join(years)} too"
    return replace(line, content=Content.assemble(line.content, (older, "bold $grade-improve")))


def _number(inspection: Inspection, improvement: Improvement) -> str:
    if inspection.role_of(improvement) == "priority action":
        return f"{inspection.number_of(improvement).capitalize()}. "
    return f"{improvement.number}. " if improvement.number is not None else ""


def _dated(inspection: Inspection, improvement: Improvement) -> ListLine:
    evidence = improvement.evidence
    where = printed_at(evidence, inspection)
    number = _number(inspection, improvement)
    words = Content.assemble((f"  {_year(inspection)}  ", QUIET), f"{number}{improvement.text}", (where, QUIET))
    source = cite_asked(inspection, authority_name(inspection), improvement)
    return ListLine(words, evidence, quote=improvement.text, citation=source)


def _year(inspection: Inspection) -> str:
    return str(inspection.year or "no date")
