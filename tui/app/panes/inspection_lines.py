"""Lines on an inspection or visit: dates, grades, improvements, documents, and the fields on which sources disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from reinspect.comparing.timeline import TimelineEvent
from reinspect.exporting.citation import cite_asked, day, occasion, when
from reinspect.exporting.tables.shared_columns import authority_name
from reinspect.frameworks import frameworks
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.model import Document, Evidence, Improvement, Inspection, Judgement, Origin
from tui.app.digest_marks import printed_at
from tui.app.widgets.grades import QUIET, STRONG, grade_word, quiet
from tui.app.widgets.line_list import ListLine


def month_of(inspection: Inspection) -> str:
    """Return the month of the first day on site, "Jul 2023"; the year alone if the day is not known, or "no date"."""
    return f"{inspection.start:%b %Y}" if inspection.start else str(inspection.year or "no date")


def inspection_lines(
    event: TimelineEvent, strand: str | None = None, asked: Sequence[ListLine] | None = None
) -> Iterator[ListLine]:
    """Return everything stored on an inspection or visit; the judgement on `strand` comes first.

    `asked` are lines that compare what it asked for with the inspection before; they replace the plain list.
    """
    inspection = event.inspection
    yield ListLine(_headline(inspection))
    is_missing = event.improvements is None and not asked
    if is_missing:
        yield from _missing_text(inspection)
    judgement = inspection.judgement(strand) if strand else None
    if judgement is not None:
        yield _judgement(inspection, judgement, ("> ", STRONG))
    if inspection.topics:
        yield ListLine(Content("Looked at: " + "; ".join(inspection.topics)))
    yield from asked or ()
    if asked:
        yield from _listed("Priority action", inspection.priority_actions, inspection)
        yield from _listed("To improve, safeguarding board", inspection.lscb_improvements, inspection)
    others = [other for other in inspection.judgements if other != judgement]
    if asked and others:
        yield ListLine(Content.styled("Grades", STRONG), heading=True)
    yield from (_judgement(inspection, other, ("  ", "")) for other in others)
    if not asked and not is_missing:
        yield from _improvements(inspection)
    if inspection.lead_inspector:
        yield ListLine(Content(f"Lead inspector: {inspection.lead_inspector}"))
    yield from _documents(inspection)
    yield from _conflicts(inspection)


def short_kind(inspection: Inspection) -> str:
    """Return the framework in one short word for a column heading: "ILACS", "SEND" or "visit"."""
    framework = frameworks().get(inspection.framework)
    if framework is not None and framework.band != SOCIAL_CARE:
        return framework.band
    if framework is not None and not framework.graded:
        return "visit"
    return occasion(inspection).split()[0]


def improvement_line(improvement: Improvement, inspection: Inspection, marker: str = "") -> ListLine:
    """Return an improvement with `marker`, else its printed number, and with its page and paragraph."""
    marker = marker or (f"{improvement.number}. " if improvement.number is not None else "- ")
    named = (*improvement.bodies, *improvement.tags)
    tags = f"  ({'; '.join(named)})" if named else ""
    return ListLine(
        Content.assemble(
            f"  {marker}{improvement.text}", (tags, QUIET), (printed_at(improvement.evidence, inspection), QUIET)
        ),
        improvement.evidence,
        quote=improvement.text,
        citation=cite_asked(inspection, authority_name(inspection), improvement),
    )


def _headline(inspection: Inspection) -> Content:
    name = occasion(inspection)
    published = f", published {day(inspection.published)}" if inspection.published and inspection.windows else ""
    corrected = [name for field, name in _CORRECTABLE_FIELDS.items() if _is_corrected(inspection, field)]
    notes = f"  ({', '.join(corrected)} your correction)" if corrected else ""
    notes += "  (sources disagree: see below)" if inspection.conflicts else ""
    return Content.assemble((f"{name[:1].upper()}{name[1:]} {when(inspection)}", STRONG), (published + notes, QUIET))


_CORRECTABLE_FIELDS = {
    "windows": "days",
    "published": "publication",
    "topics": "topics",
    "lead_inspector": "lead inspector",
    "framework": "framework",
}


def _is_corrected(inspection: Inspection, field: str) -> bool:
    origin = inspection.origins.get(field)
    return origin is not None and origin.kind == "hand"


def _judgement(inspection: Inspection, judgement: Judgement, lead: tuple[str, str]) -> ListLine:
    framework = frameworks().get(inspection.framework)
    strand = framework.strand(judgement.strand) if framework else None
    name = strand.name if strand else judgement.strand.replace("_", " ")
    if judgement.grade is None:
        grade = quiet(f"not judged: {judgement.not_judged}" if judgement.not_judged else "grade not stored")
    else:
        grade = grade_word(inspection.framework, judgement.grade)
    origin = inspection.origins.get(f"judgement.{judgement.strand}") or inspection.origins.get("judgements")
    source = {"record": "  built-in record", "hand": "  your correction"}.get(origin.kind, "") if origin else ""
    where = printed_at(judgement.evidence, inspection) or source
    words = f"{name}: {judgement.grade or grade.plain}"
    return ListLine(Content.assemble(lead, f"{name}: ", grade, (where, QUIET)), judgement.evidence, quote=words)


def _missing_text(inspection: Inspection) -> Iterator[ListLine]:
    """Say that no text is stored, and how to add one."""
    yield ListLine(quiet("No text is stored for this inspection, so the improvements it asked for are not known."))
    address = f"  Its report: {inspection.report_url}" if inspection.report_url else ""
    yield ListLine(quiet(f"{'D downloads it, ' if inspection.report_url else ''}A adds it from a file.{address}"))


def _improvements(inspection: Inspection) -> Iterator[ListLine]:
    """Return the improvements asked for."""
    yield from _listed("Priority action", inspection.priority_actions, inspection)
    yield from _listed("To improve", inspection.improvements, inspection)
    yield from _listed("To improve, safeguarding board", inspection.lscb_improvements, inspection)
    if not inspection.improvements and not inspection.priority_actions:
        yield ListLine(quiet("No improvements are listed."))


def _listed(heading: str, improvements: Sequence[Improvement], inspection: Inspection) -> Iterator[ListLine]:
    if improvements:
        yield ListLine(Content.styled(f"{heading} ({len(improvements)})", STRONG), heading=True)
        yield from (improvement_line(improvement, inspection) for improvement in improvements)


def _documents(inspection: Inspection) -> Iterator[ListLine]:
    if not inspection.documents:
        return
    yield ListLine(Content.styled(f"Stored documents ({len(inspection.documents)})", STRONG), heading=True)
    for document in inspection.documents:
        yield ListLine(_document(document, inspection.primary_text), _first_page(document))


def _document(document: Document, primary_text: str | None) -> Content:
    use = ", used for search and comparison" if document.sha256 == primary_text else ""
    pages = f"{document.pages} page{'s' if document.pages != 1 else ''}"
    warnings = "".join(f"; {warning}" for warning in document.warnings)
    return Content.assemble(f"  {document.kind}: {document.shown_title}", (f"  {pages}{use}{warnings}", QUIET))


def _first_page(document: Document) -> Evidence:
    return Evidence(document=document.sha256, page=1, start=0, end=0)


def _conflicts(inspection: Inspection) -> Iterator[ListLine]:
    """Return a line for each source of every field in conflict; Enter on it opens the document."""
    if inspection.conflicts:
        count = len(inspection.conflicts)
        heading = f"Sources disagree on {count} field{'' if count == 1 else 's'}; E corrects a field"
        yield ListLine(Content.styled(heading, STRONG), heading=True)
    documents = {document.sha256: document for document in inspection.documents}
    for conflict in inspection.conflicts:
        name = _field(inspection, conflict.field)
        for rank, claim in enumerate(conflict.claims):
            document = documents.get(claim.origin.source)
            use = "used" if rank == 0 else "other source"
            words = Content.assemble(
                (f"  {name}, {use}: ", STRONG if rank == 0 else ""),
                claim.value,
                (f"  {_source(claim.origin, document)}", QUIET),
            )
            yield ListLine(words, _first_page(document) if document else None)


def _field(inspection: Inspection, field: str) -> str:
    """Return the name of a field: that of its strand, or "Lead inspector"."""
    key = field.removeprefix("judgement.")
    framework = frameworks().get(inspection.framework)
    strand = framework.strand(key) if framework and key != field else None
    return strand.name if strand else key.replace("_", " ").capitalize()


def _source(origin: Origin, document: Document | None) -> str:
    if document is not None:
        return f"{document.kind}: {document.shown_title}"
    if origin.kind == "hand":
        return origin.source or "your correction"
    return "built-in record" if origin.kind == "record" else origin.kind
