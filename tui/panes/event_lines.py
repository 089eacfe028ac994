"""An inspection or visit told in lines: its dates, grades, improvements, documents, and where origins disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from reinspect.comparing.timeline import Event
from reinspect.exporting.citation import day, occasion, place, when
from reinspect.frameworks import frameworks
from reinspect.model import Document, Evidence, Improvement, Inspection, Judgement
from tui.widgets.cited import Line
from tui.widgets.grades import QUIET, STRONG, grade_word, quiet


def event_lines(event: Event, strand: str | None = None) -> Iterator[Line]:
    """All that is held of one event; the judgement on `strand` comes first."""
    inspection = event.inspection
    yield Line(_headline(inspection))
    judgement = inspection.judgement(strand) if strand else None
    if judgement is not None:
        yield _judgement(inspection, judgement, ("> ", STRONG))
    if inspection.topics:
        yield Line(Content("Looked at: " + "; ".join(inspection.topics)))
    yield from (_judgement(inspection, other, ("  ", "")) for other in inspection.judgements if other != judgement)
    yield from _asked(event)
    if inspection.lead_inspector:
        yield Line(Content(f"Lead inspector: {inspection.lead_inspector}"))
    yield from _documents(inspection)
    yield from _conflicts(inspection)


def improvement_line(improvement: Improvement) -> Line:
    """One thing to improve with its printed number and place."""
    marker = f"{improvement.number}. " if improvement.number is not None else "- "
    tags = f"  ({'; '.join(improvement.tags)})" if improvement.tags else ""
    return Line(
        Content.assemble(f"  {marker}{improvement.text}", (tags, QUIET), *_placed(improvement.evidence)),
        improvement.evidence,
    )


def _headline(inspection: Inspection) -> Content:
    name = occasion(inspection)
    published = f", published {day(inspection.published)}" if inspection.published and inspection.windows else ""
    return Content.assemble((f"{name[:1].upper()}{name[1:]} {when(inspection)}", STRONG), (published, QUIET))


def _judgement(inspection: Inspection, judgement: Judgement, lead: tuple[str, str]) -> Line:
    framework = frameworks().get(inspection.framework)
    strand = framework.strand(judgement.strand) if framework else None
    name = strand.name if strand else judgement.strand.replace("_", " ")
    if judgement.grade is None:
        grade = quiet(f"not judged: {judgement.not_judged}" if judgement.not_judged else "grade not held")
    else:
        grade = grade_word(inspection.framework, judgement.grade)
    origin = inspection.origins.get(f"judgement.{judgement.strand}") or inspection.origins.get("judgements")
    told = {"record": "  shipped record", "hand": "  entered by hand"}.get(origin.kind, "") if origin else ""
    where = _placed(judgement.evidence) or ((told, QUIET),)
    return Line(Content.assemble(lead, f"{name}: ", grade, *where), judgement.evidence)


def _asked(event: Event) -> Iterator[Line]:
    """What it was told to improve, or that no text is held that would say so."""
    inspection = event.inspection
    if event.improvements is None:
        yield Line(quiet("No text held for this inspection, so what it asked to improve is not known."))
        address = f"  Its report: {inspection.report_url}" if inspection.report_url else ""
        yield Line(quiet(f"Add it: press A, or `reinspect add FILE`.{address}"))
        return
    told = ", in the words of a digest" if event.digest else ""
    yield from _listed("Priority action", inspection.priority_actions, told)
    yield from _listed("To improve", inspection.improvements, told)
    yield from _listed("To improve, safeguarding board", inspection.lscb_improvements, told)
    if not inspection.improvements and not inspection.priority_actions:
        yield Line(quiet("Nothing listed to improve."))


def _listed(heading: str, improvements: Sequence[Improvement], told: str) -> Iterator[Line]:
    if improvements:
        yield Line(Content.styled(f"{heading} ({len(improvements)}){told}", STRONG), heading=True)
        yield from map(improvement_line, improvements)


def _documents(inspection: Inspection) -> Iterator[Line]:
    if not inspection.documents:
        return
    yield Line(Content.styled(f"Documents held ({len(inspection.documents)})", STRONG), heading=True)
    for document in inspection.documents:
        yield Line(_document(document, inspection.reading_text), _beginning(document))


def _document(document: Document, reading_text: str | None) -> Content:
    read = ", read for search and comparison" if document.sha256 == reading_text else ""
    pages = f"{document.pages} page{'s' if document.pages != 1 else ''}"
    warnings = "".join(f"; {warning}" for warning in document.warnings)
    return Content.assemble(f"  {document.kind}: {document.title}", (f"  {pages}{read}{warnings}", QUIET))


def _beginning(document: Document) -> Evidence:
    return Evidence(document=document.sha256, page=1, start=0, end=0)


def _conflicts(inspection: Inspection) -> Iterator[Line]:
    if inspection.conflicts:
        yield Line(Content.styled(f"Origins disagree ({len(inspection.conflicts)})", STRONG), heading=True)
    for conflict in inspection.conflicts:
        used, *others = conflict.claims
        against = "; ".join(f"{claim.value} ({claim.origin.kind})" for claim in others)
        yield Line(Content(f"  {conflict.field}: {used.value} ({used.origin.kind}) in use, against {against}"))


def _placed(evidence: Evidence | None) -> tuple[tuple[str, str], ...]:
    return ((f"  {place(evidence.page, evidence.paragraph)}", QUIET),) if evidence else ()
