"""Digests marked as such: where an inspection has only our notes, and the place that prints a passage of them."""

from __future__ import annotations

from reinspect.exporting.citation import place
from reinspect.model import Evidence, Inspection


def printed_at(evidence: Evidence | None, inspection: Inspection) -> str:
    """Return "  p. 3, para 12", or "  digest, p. 3" if a digest says it, so that no note passes for inspectors' words.

    "" without evidence.
    """
    if evidence is None:
        return ""
    digests = {document.sha256 for document in inspection.documents if document.kind == "digest"}
    mark = "digest, " if evidence.document in digests else ""
    return f"  {mark}{place(evidence.page, evidence.paragraph)}"


def has_only_digest(inspection: Inspection) -> bool:
    """Return whether the text of an inspection is a digest, which is used only where there is no report or letter."""
    text = inspection.primary_text
    return any(document.sha256 == text and document.kind == "digest" for document in inspection.documents)
