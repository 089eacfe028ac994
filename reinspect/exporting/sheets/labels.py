"""The words that every sheet uses for grades, improvements, documents and licences."""

from __future__ import annotations

from collections.abc import Sequence

from reinspect.exporting.citation import citation, day, event, origin_of
from reinspect.exporting.sheet import Listing, Paragraph, SheetCell, SheetItem, SheetSection, SheetTable, Tone
from reinspect.frameworks import frameworks
from reinspect.model import Authority, Document, Improvement, Inspection, Judgement

LICENCE = (
    "Grades, dates and judgements are Ofsted's. Contains public sector information licensed under the Open Government "
    "Licence v3.0; where a report of 2013 to 2017 prints other terms (non-commercial use, unaltered, with source and "
    "date), those hold for what is quoted from it."
)
NO_SUCH_STRAND = "\N{EM DASH}"
IMPROVEMENT_LISTS = (
    ("improvements", "To improve"),
    ("priority_actions", "Priority actions"),
    ("lscb_improvements", "For the LSCB to improve"),
)
RUNGS: tuple[Tone, ...] = ("", "rung-1", "rung-2", "rung-3", "rung-4")


def authority_name(inspection: Inspection, authority: Authority | None) -> str:
    """The authority's name, or its slug where the authority is not known."""
    return authority.name if authority else inspection.authority


def counted(number: int, noun: str, nouns: str = "") -> str:
    """A number with its noun: "1 pair", "3 pairs"."""
    return f"{number} {noun if number == 1 else nouns or f'{noun}s'}"


def month(when: str) -> str:
    """Month and year of an ISO date, "Apr 2022"; the year alone where that is all it says."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    parts = when.split("-")
    return f"{months[int(parts[1]) - 1]}\N{NO-BREAK SPACE}{parts[0]}" if len(parts) > 1 else parts[0]


def grade_cell(framework: str | None, judgement: Judgement | None, cited: str | None = None) -> SheetCell:
    """A grade by shape and word; "not judged", "not held", or a dash where there is no such strand."""
    if judgement is None:
        return SheetCell(text=NO_SUCH_STRAND, tone="quiet")
    if judgement.grade is None:
        return SheetCell(text="not judged" if judgement.not_judged else "not held", tone="quiet", citation=cited)
    known, printed = frameworks().get(framework or ""), judgement.evidence
    step = known.grade(judgement.grade) if known else None
    if step is None:
        return SheetCell(text=judgement.grade, citation=cited, evidence=printed)
    tone = RUNGS[step.rung] if step.rung < len(RUNGS) else ""
    return SheetCell(text=step.key, shape=step.shape, tone=tone, citation=cited, evidence=printed)


def judgement_source(inspection: Inspection, name: str, judgement: Judgement | None) -> str | None:
    """Where a judgement is printed, or which origin it has; None for no judgement."""
    if judgement is None:
        return None
    return citation(inspection, name, judgement.evidence, origin_of(inspection, f"judgement.{judgement.strand}"))


def head_line(inspection: Inspection, name: str) -> str:
    """An inspection in one line: when, published when, and from which documents it is known."""
    parts = [event(inspection, name)]
    if inspection.published and inspection.when != inspection.published.isoformat():
        parts.append(f"published {day(inspection.published)}")
    return f"{', '.join(parts)}. {documents_in_words(inspection.documents)}"


def documents_in_words(documents: Sequence[Document]) -> str:
    """Which documents are held: "Held: report "Camden, ..." (3f5a9c01), coverage "..." (...)." """
    if not documents:
        return "No document held; from the shipped record."
    return "Held: " + "; ".join(f'{d.kind} "{d.title or d.source}" ({d.sha256[:8]})' for d in documents) + "."


def improvement_sections(inspection: Inspection, name: str, suffix: str = "") -> list[SheetSection]:
    """What an inspection listed to improve; the board's list and priority actions only where there are any."""
    told = any(document.kind in ("report", "letter") for document in inspection.documents)
    none = "Nothing is listed." if told else "Not held: add the report or the letter to see what was to improve."
    sections = (
        [SheetSection(heading=f"To improve{suffix}", blocks=(Paragraph(text=none),))]
        if not inspection.improvements
        else []
    )
    for field, heading in IMPROVEMENT_LISTS:
        listed: tuple[Improvement, ...] = getattr(inspection, field)
        if listed:
            origin = origin_of(inspection, field)
            sources = [citation(inspection, name, improvement.evidence, origin) for improvement in listed]
            sections.append(SheetSection(heading=f"{heading}{suffix}", blocks=(listing(listed, sources),)))
    return sections


def listing(listed: Sequence[Improvement], sources: Sequence[str | None]) -> Listing:
    """Improvements under their printed numbers, each with its source."""
    items = (
        SheetItem(
            marker=f"{improvement.number or improvement.index}.",
            text=_with_tags(improvement),
            citation=source,
            evidence=improvement.evidence,
        )
        for improvement, source in zip(listed, sources, strict=True)
    )
    return Listing(items=tuple(items))


def _with_tags(improvement: Improvement) -> str:
    return f"{improvement.text} [{'; '.join(improvement.tags)}]" if improvement.tags else improvement.text


def without_empty_columns(table: SheetTable) -> SheetTable:
    """The table without the columns in which no row says anything."""
    kept = [place for place in range(len(table.columns)) if place == 0 or any(row[place].text for row in table.rows)]
    return SheetTable(
        columns=tuple(table.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
        narrow=table.narrow,
    )
