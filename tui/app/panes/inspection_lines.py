"""An inspection or visit told in lines: its dates, grades, improvements, documents, and where origins disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from reinspect.comparing.timeline import TimelineEvent
from reinspect.exporting.citation import day, occasion, place, when
from reinspect.frameworks import frameworks
from reinspect.model import Document, Evidence, Improvement, Inspection, Judgement, Origin
from tui.app.widgets.grades import QUIET, STRONG, grade_word, quiet
from tui.app.widgets.line_list import ListLine


def inspection_lines(event: TimelineEvent, strand: str | None = None) -> Iterator[ListLine]:
    """All that is held of one event; the judgement on `strand` comes first."""
    inspection = event.inspection
    yield ListLine(_headline(inspection))
    judgement = inspection.judgement(strand) if strand else None
    if judgement is not None:
        yield _judgement(inspection, judgement, ("> ", STRONG))
    if inspection.topics:
        yield ListLine(Content("Looked at: " + "; ".join(inspection.topics)))
    yield from (_judgement(inspection, other, ("  ", "")) for other in inspection.judgements if other != judgement)
    yield from _asked(event)
    if inspection.lead_inspector:
        yield ListLine(Content(f"Lead inspector: {inspection.lead_inspector}"))
    yield from _documents(inspection)
    yield from _conflicts(inspection)


def short_kind(inspection: Inspection) -> str:
    """An event's framework in one short word, for the head of a column."""
    known = frameworks().get(inspection.framework)
    if known is not None and not known.graded:
        return "visit"
    return occasion(inspection).split()[0]


def improvement_line(improvement: Improvement) -> ListLine:
    """One thing to improve with its printed number and place."""
    marker = f"{improvement.number}. " if improvement.number is not None else "- "
    tags = f"  ({'; '.join(improvement.tags)})" if improvement.tags else ""
    return ListLine(
        Content.assemble(f"  {marker}{improvement.text}", (tags, QUIET), *_placed(improvement.evidence)),
        improvement.evidence,
        quote=improvement.text,
    )


def _headline(inspection: Inspection) -> Content:
    name = occasion(inspection)
    published = f", published {day(inspection.published)}" if inspection.published and inspection.windows else ""
    by_hand = [_HAND_FIELDS[field] for field in _HAND_FIELDS if _is_by_hand(inspection, field)]
    told = f"  ({', '.join(by_hand)} by your word)" if by_hand else ""
    told += "  (sources disagree: see below)" if inspection.conflicts else ""
    return Content.assemble((f"{name[:1].upper()}{name[1:]} {when(inspection)}", STRONG), (published + told, QUIET))


_HAND_FIELDS = {
    "windows": "days",
    "published": "publication",
    "topics": "topics",
    "lead_inspector": "lead inspector",
    "framework": "framework",
}


def _is_by_hand(inspection: Inspection, field: str) -> bool:
    origin = inspection.origins.get(field)
    return origin is not None and origin.kind == "hand"


def _judgement(inspection: Inspection, judgement: Judgement, lead: tuple[str, str]) -> ListLine:
    framework = frameworks().get(inspection.framework)
    strand = framework.strand(judgement.strand) if framework else None
    name = strand.name if strand else judgement.strand.replace("_", " ")
    if judgement.grade is None:
        grade = quiet(f"not judged: {judgement.not_judged}" if judgement.not_judged else "grade not held")
    else:
        grade = grade_word(inspection.framework, judgement.grade)
    origin = inspection.origins.get(f"judgement.{judgement.strand}") or inspection.origins.get("judgements")
    told = {"record": "  shipped record", "hand": "  by your word"}.get(origin.kind, "") if origin else ""
    where = _placed(judgement.evidence) or ((told, QUIET),)
    words = f"{name}: {judgement.grade or grade.plain}"
    return ListLine(Content.assemble(lead, f"{name}: ", grade, *where), judgement.evidence, quote=words)


def _asked(event: TimelineEvent) -> Iterator[ListLine]:
    """What it was told to improve, or that no text is held that would say so."""
    inspection = event.inspection
    if event.improvements is None:
        yield ListLine(quiet("No text held for this inspection, so what it asked to improve is not known."))
        address = f"  Its report: {inspection.report_url}" if inspection.report_url else ""
        yield ListLine(quiet(f"Add it: press A, or `reinspect add FILE`.{address}"))
        return
    told = ", in the words of a digest" if event.digest else ""
    yield from _listed("Priority action", inspection.priority_actions, told)
    yield from _listed("To improve", inspection.improvements, told)
    yield from _listed("To improve, safeguarding board", inspection.lscb_improvements, told)
    if not inspection.improvements and not inspection.priority_actions:
        yield ListLine(quiet("Nothing listed to improve."))


def _listed(heading: str, improvements: Sequence[Improvement], told: str) -> Iterator[ListLine]:
    if improvements:
        yield ListLine(Content.styled(f"{heading} ({len(improvements)}){told}", STRONG), heading=True)
        yield from map(improvement_line, improvements)


def _documents(inspection: Inspection) -> Iterator[ListLine]:
    if not inspection.documents:
        return
    yield ListLine(Content.styled(f"Documents held ({len(inspection.documents)})", STRONG), heading=True)
    for document in inspection.documents:
        yield ListLine(_document(document, inspection.primary_text), _beginning(document))


def _document(document: Document, primary_text: str | None) -> Content:
    read = ", read for search and comparison" if document.sha256 == primary_text else ""
    pages = f"{document.pages} page{'s' if document.pages != 1 else ''}"
    warnings = "".join(f"; {warning}" for warning in document.warnings)
    return Content.assemble(f"  {document.kind}: {document.title}", (f"  {pages}{read}{warnings}", QUIET))


def _beginning(document: Document) -> Evidence:
    return Evidence(document=document.sha256, page=1, start=0, end=0)


def _conflicts(inspection: Inspection) -> Iterator[ListLine]:
    """Every field on which sources differ, a line for each source; Enter opens the document that says so."""
    if inspection.conflicts:
        count = len(inspection.conflicts)
        told = f"Sources disagree on {count} field{'' if count == 1 else 's'}; E settles it"
        yield ListLine(Content.styled(told, STRONG), heading=True)
    documents = {document.sha256: document for document in inspection.documents}
    for conflict in inspection.conflicts:
        name = _field(inspection, conflict.field)
        for rank, claim in enumerate(conflict.claims):
            document = documents.get(claim.origin.source)
            used = "in use" if rank == 0 else "against it"
            words = Content.assemble(
                (f"  {name}, {used}: ", STRONG if rank == 0 else ""),
                claim.value,
                (f"  {_source(claim.origin, document)}", QUIET),
            )
            yield ListLine(words, _beginning(document) if document else None)


def _field(inspection: Inspection, field: str) -> str:
    """A field in words: a strand by its name."""
    key = field.removeprefix("judgement.")
    framework = frameworks().get(inspection.framework)
    strand = framework.strand(key) if framework and key != field else None
    return strand.name if strand else key.replace("_", " ").capitalize()


def _source(origin: Origin, document: Document | None) -> str:
    if document is not None:
        return f"{document.kind}: {document.title}"
    if origin.kind == "hand":
        return origin.source or "your word"
    return "shipped record" if origin.kind == "record" else origin.kind


def _placed(evidence: Evidence | None) -> tuple[tuple[str, str], ...]:
    return ((f"  {place(evidence.page, evidence.paragraph)}", QUIET),) if evidence else ()
