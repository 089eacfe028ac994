"""One inspection, a list of them, or one document read, as a sheet."""

from __future__ import annotations

from reinspect.comparing.timeline import framework_name
from reinspect.exporting.citation import day, days, event, place
from reinspect.exporting.sheet import Cell, Item, Listing, Paragraph, Section, Sheet, Table
from reinspect.exporting.sheets.wording import (
    IMPROVEMENT_LISTS,
    LICENCE,
    documents_in_words,
    grade_cell,
    improvement_sections,
    judgement_source,
    listing,
    name_of,
    without_empty_columns,
)
from reinspect.frameworks import frameworks
from reinspect.model import Authority, Inspection, Judgement, Reading


def inspection_sheet(inspection: Inspection, authority: Authority | None = None) -> Sheet:
    """One inspection: its grades with their sources, what was to improve, and where origins differ."""
    name = name_of(inspection, authority)
    published = day(inspection.published) if inspection.published else "not held"
    return Sheet(
        title=event(inspection, name),
        head=(
            f"Id: {inspection.id}",
            f"Framework: {_framework(inspection.framework)}",
            f"Published: {published}",
            *_said("Lead inspector", inspection.lead_inspector),
            *_said("Topics", ", ".join(inspection.topics)),
            *_said("Report", inspection.report_url),
            documents_in_words(inspection.documents),
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
        foot=(LICENCE,),
    )


def reading_sheet(reading: Reading) -> Sheet:
    """What one file itself says; places are places in that file."""
    document, account = reading.document, reading.account
    if reading.reason:
        return Sheet(title=reading.file, head=(f"Not read: {reading.reason}",))
    authority = account.authority
    printed = f"{authority.name or 'not recognised'} (printed: {authority.printed})" if authority else "not found"
    lists = [(heading, getattr(account, field)) for field, heading in IMPROVEMENT_LISTS]
    places = [_place(judgement) for judgement in account.judgements]
    return Sheet(
        title=document.title or reading.file,
        head=(
            f"File: {reading.file}",
            f"Kind: {document.kind}; {document.pages} pages, {len(reading.passages)} passages",
            f"Authority: {printed}",
            f"Framework: {_framework(account.framework) if account.framework else 'not found'}",
            f"On site: {days(account.windows) or 'not printed'}",
            f"Published: {day(account.published) if account.published else 'not printed'}",
            *_said("Lead inspector", account.lead_inspector),
            *_said("Topics", ", ".join(account.topics)),
        ),
        sections=(
            _judgements(account.framework, account.judgements, places, graded=account.graded),
            *(
                Section(
                    heading=heading,
                    blocks=(
                        listing(
                            listed,
                            [place(i.evidence.page, i.evidence.paragraph) if i.evidence else None for i in listed],
                        ),
                    ),
                )
                for heading, listed in lists
                if listed
            ),
            *_warnings(document.warnings),
        ),
        foot=(LICENCE,),
    )


def _framework(key: str) -> str:
    framework = frameworks().get(key)
    return f"{framework_name(key)}: {framework.name}" if framework else key


def _said(label: str, value: str | None) -> tuple[str, ...]:
    return (f"{label}: {value}",) if value else ()


def _place(judgement: Judgement) -> str | None:
    return place(judgement.evidence.page) if judgement.evidence else None


def _judgements(
    framework: str | None, judgements: tuple[Judgement, ...], sources: list[str | None], *, graded: bool
) -> Section:
    if not judgements:
        none = "No grade found." if graded else "Not graded."
        return Section(heading="Judgements", blocks=(Paragraph(text=none),))
    known = frameworks().get(framework or "")
    rows = []
    for judgement, source in zip(judgements, sources, strict=True):
        strand = known.strand(judgement.strand) if known else None
        rows.append(
            (
                Cell(text=strand.name if strand else judgement.strand),
                grade_cell(framework, judgement, source),
                Cell(text=judgement.printed),
                Cell(text=judgement.label),
                Cell(text=judgement.not_judged or ""),
            )
        )
    table = Table(columns=("Strand", "Grade", "As printed", "Printed label", "Why not judged"), rows=tuple(rows))
    return Section(heading="Judgements", blocks=(without_empty_columns(table),))


def _conflicts(inspection: Inspection) -> tuple[Section, ...]:
    if not inspection.conflicts:
        return ()
    titles = {document.sha256: f'{document.kind} "{document.title}"' for document in inspection.documents}
    kinds = {"record": "shipped record", "hand": "entered by hand", "document": "document"}
    items = tuple(
        Item(
            marker=f"{conflict.field}:",
            text="; ".join(
                f"{claim.value} ({titles.get(claim.origin.source, kinds[claim.origin.kind])})"
                for claim in conflict.claims
            ),
        )
        for conflict in inspection.conflicts
    )
    return (Section(heading="Origins differ (the first is in use)", blocks=(Listing(items=items),)),)


def _warnings(warnings: tuple[str, ...]) -> tuple[Section, ...]:
    items = tuple(Item(text=warning) for warning in warnings)
    return (Section(heading="Warnings", blocks=(Listing(items=items),)),) if items else ()
