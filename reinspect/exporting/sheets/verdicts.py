"""Build a page that lists the verdicts that people gave on improvements."""

from __future__ import annotations

from collections.abc import Sequence

from reinspect.comparing.followthrough.verdict_labels import VerdictLabel
from reinspect.exporting.sheet import Block, Paragraph, Sheet, SheetCell, SheetSection, SheetTable

_NONE = "No verdict is stored. In the app, press v in Recommendations to give one."


def _asked(label: VerdictLabel) -> str:
    number = f"{label.index}." if label.role == "improvement" else f"Priority action {label.index}."
    return f"{number} {label.improvement}"


def verdicts_sheet(labels: Sequence[VerdictLabel]) -> Sheet:
    """Return a page with a row for each verdict."""
    rows = tuple(
        tuple(SheetCell(text=text) for text in (label.inspection, _asked(label), label.later, label.status, label.word))
        for label in labels
    )
    block: Block = (
        SheetTable(columns=("Inspection", "Improvement", "Later", "Status", "Verdict"), rows=rows)
        if rows
        else Paragraph(text=_NONE)
    )
    return Sheet(title="Verdicts", sections=(SheetSection(heading="Given by people", blocks=(block,)),))
