"""The place that prints an improvement, a grade or a passage, with the word "digest" where it is our own notes."""

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
