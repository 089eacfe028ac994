"""Put a status, its probability and its passages into words."""

from __future__ import annotations

from reinspect.comparing.followthrough.steps import Step


def in_words(step: Step) -> str:
    """Return the status of a step in words: "raised again", or "undecided: read these"."""
    if step.status == "undecided":
        return "undecided: read these" if step.passages else "undecided: the text has no sentence to read"
    return step.status


def certainty(step: Step) -> str:
    """Return how sure a status is: "right in about 8 of 10 such cases", or "confirmed by a person".

    Of an undecided step nothing is said.
    """
    if step.review:
        return f"{step.review} by a person"
    if step.status == "undecided":
        return ""
    tenths = round(step.confidence * 10)
    return f"right in {f'about {tenths}' if tenths < 10 else 'more than 9'} of 10 such cases"


def passages_heading(step: Step) -> str:
    """Return the line above the passages of a step that is not mentioned, else an empty string.

    Silence of a text with pages that may be incomplete says less, so these pages are named.
    """
    if step.status != "not mentioned":
        return ""
    return f"No passage clearly on this, which does not mean that it was put right{_incomplete(step)}; nearest:"


def _incomplete(step: Step) -> str:
    inspection = step.inspection
    document = next((one for one in inspection.documents if one.sha256 == inspection.primary_text), None)
    pages = document.doubtful_pages if document else ()
    if not pages:
        return ""
    listed = ", ".join(map(str, pages))
    return f". {'Page' if len(pages) == 1 else 'Pages'} {listed} of this text may be incomplete"
