"""Build a page about one inspection, or about the facts found in one file."""

from __future__ import annotations

from collections.abc import Iterator

from reinspect.comparing.timeline import framework_name
from reinspect.exporting.citation import day, days, event, origin_in_words, place
from reinspect.exporting.sheet import Listing, Paragraph, Sheet, SheetCell, SheetItem, SheetSection, SheetTable
from reinspect.exporting.sheets.bands import outcome_words
from reinspect.exporting.sheets.labels import (
    IMPROVEMENT_LISTS,
    authority_name,
    counted,
    credits_of,
    documents_line,
    grade_cell,
    improvement_sections,
    judgement_source,
    listing,
    without_empty_columns,
)
from reinspect.frameworks import frameworks
from reinspect.model import Authority, Improvement, Inspection, Judgement, Reading, SourceFacts

_KINDS = {
    "coverage": "coverage: a text on an inspection, not its report",
    "other": "other: of no type that reinspect knows",
}


def inspection_sheet(inspection: Inspection, authority: Authority | None = None) -> Sheet:
    """Return a page about one inspection: grades, recommendations, and facts on which its sources differ."""
    name = authority_name(inspection, authority)
    published = day(inspection.published) if inspection.published else "not known"
    return Sheet(
        title=event(inspection, name),
        head=(
            f"Id: {inspection.id}",
            f"Framework: {_framework(inspection.framework)}",
            f"Published: {published}",
            *_labelled("Lead inspector", inspection.lead_inspector),
            *_labelled("Topics", ", ".join(inspection.topics)),
            *_outcome_lines(inspection),
            *_labelled("Report", inspection.report_url),
            documents_line(inspection),
        ),
        sections=(
            _judgements(
                inspection.framework,
                inspection.judgements,
                [judgement_source(inspection, name, judgement) for judgement in inspection.judgements],
                graded=inspection.graded,
            ),
            *improvement_sections(inspection, name),
            *_conflicts(inspection),
        ),
        foot=credits_of([name], [inspection.framework]),
    )


def reading_sheet(reading: Reading) -> Sheet:
    """Return a page of the facts found in one file, each with its page number."""
    document, facts = reading.document, reading.facts
    if reading.reason:
        return Sheet(title=reading.file, head=(f"Not read: {reading.reason}",))
    authority = facts.authority
    printed = f"{authority.name or 'not recognised'} (printed: {authority.printed})" if authority else "not found"
    pages = [place(judgement.evidence.page) if judgement.evidence else None for judgement in facts.judgements]
    return Sheet(
        title=document.shown_title or reading.file,
        head=(
            f"File: {reading.file}",
            f"Kind: {_KINDS.get(document.kind, document.kind)}; "
            f"{counted(document.pages, 'page')}, {counted(len(reading.passages), 'passage')}",
            f"Authority: {printed}",
            f"Framework: {_framework(facts.framework) if facts.framework else 'not found'}",
            f"On site: {days(facts.windows) or 'not printed'}",
            f"Published: {day(facts.published) if facts.published else 'not printed'}",
            *_labelled("Lead inspector", facts.lead_inspector),
            *_labelled("Topics", ", ".join(facts.topics)),
            *_outcome_lines(facts),
        ),
        sections=(
            _grades_mentioned(facts)
            if document.kind == "coverage"
            else _judgements(facts.framework, facts.judgements, pages, graded=facts.graded),
            *_improvements(facts),
            *_warnings(document.warnings),
        ),
        # The rights in a text that is of no known framework are not known.
        foot=credits_of([printed], [facts.framework]) if facts.framework else (),
    )


def _grades_mentioned(facts: SourceFacts) -> SheetSection:
    """Return the grades that a text on an inspection mentions; which strand each belongs to is not sure."""
    printed = ", ".join(dict.fromkeys(judgement.printed for judgement in facts.judgements)) or "none"
    return SheetSection(
        heading="Grades it mentions",
        blocks=(Paragraph(text=f"{printed}. They are second-hand: the grades of an inspection come from its report."),),
    )


def _outcome_lines(facts: SourceFacts | Inspection) -> tuple[str, ...]:
    """Return the lines on what only inspections without grades have: outcome, next step, theme and the like."""
    outcome = facts.outcome
    words = outcome_words(facts.framework, outcome)
    printed = f" (printed: {outcome.printed})" if outcome and outcome.printed else ""
    return (
        *_labelled("Outcome", f"{words}{printed}" if words else ""),
        *_labelled("Next step", facts.next_step),
        *_labelled("Previous inspection", days(facts.previous) if facts.previous else ""),
        *_labelled("Theme", facts.theme),
        *_labelled("Addressed to", "; ".join(facts.partners)),
        *_labelled("Visit number", str(facts.ordinal) if facts.ordinal else ""),
    )


def _framework(key: str) -> str:
    framework = frameworks().get(key)
    return f"{framework_name(key)}: {framework.name}" if framework else key


def _labelled(label: str, value: str | None) -> tuple[str, ...]:
    return (f"{label}: {value}",) if value else ()


def _improvements(facts: SourceFacts) -> Iterator[SheetSection]:
    for field, heading in IMPROVEMENT_LISTS:
        improvements: tuple[Improvement, ...] = getattr(facts, field)
        if improvements:
            evidences = [improvement.evidence for improvement in improvements]
            places = [place(evidence.page, evidence.paragraph) if evidence else None for evidence in evidences]
            yield SheetSection(heading=heading, blocks=(listing(improvements, places),))


def _judgements(
    framework: str | None, judgements: tuple[Judgement, ...], sources: list[str | None], *, graded: bool
) -> SheetSection:
    if not judgements:
        none = "No grade found." if graded else "Not graded."
        return SheetSection(heading="Judgements", blocks=(Paragraph(text=none),))
    known = frameworks().get(framework or "")
    rows = []
    for judgement, source in zip(judgements, sources, strict=True):
        strand = known.strand(judgement.strand) if known else None
        rows.append(
            (
                SheetCell(text=strand.name if strand else judgement.strand),
                grade_cell(framework, judgement, source),
                SheetCell(text=judgement.printed),
                SheetCell(text=judgement.label),
                SheetCell(text=judgement.not_judged or ""),
            )
        )
    table = SheetTable(columns=("Strand", "Grade", "As printed", "Printed label", "Why not judged"), rows=tuple(rows))
    return SheetSection(heading="Judgements", blocks=(without_empty_columns(table),))


def _conflicts(inspection: Inspection) -> tuple[SheetSection, ...]:
    if not inspection.conflicts:
        return ()
    titles = {document.sha256: f'{document.kind} "{document.shown_title}"' for document in inspection.documents}
    items = tuple(
        SheetItem(
            marker=f"{conflict.field}:",
            text="; ".join(
                f"{claim.value} ({titles.get(claim.origin.source) or origin_in_words(claim.origin)})"
                for claim in conflict.claims
            ),
        )
        for conflict in inspection.conflicts
    )
    return (SheetSection(heading="Sources differ (the first value is in use)", blocks=(Listing(items=items),)),)


def _warnings(warnings: tuple[str, ...]) -> tuple[SheetSection, ...]:
    items = tuple(SheetItem(text=warning) for warning in warnings)
    return (SheetSection(heading="Warnings", blocks=(Listing(items=items),)),) if items else ()
