"""The dialogs that correct a field of an inspection: choose the field, then type its value, checked while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.content import Content

from reinspect.exporting.citation import day, days, origin_of
from reinspect.frameworks import frameworks
from reinspect.model import Correction, Inspection
from reinspect.reconciling import NOT_JUDGED, checked_correction
from tui.app.dialogs.ask import AskDialog
from tui.app.dialogs.choice import ChoiceDialog
from tui.app.pane import Pane
from tui.app.widgets.grades import QUIET

if TYPE_CHECKING:
    from store import Store

_ABOUT = {
    "published": "A date, such as 2022-06-10.",
    "windows": "First and last day on site, such as 2022-04-25/2022-04-29. Put a comma between two visits.",
    "topics": "The subjects of the visit. Put a semicolon between two topics.",
    "framework": "A framework by its key, such as ilacs-2023.",
}
_ABOUT_CORRECTIONS = (
    "A correction takes precedence over every document and is marked as your correction. An empty line removes it."
)


def correct(pane: Pane[Any], inspection: Inspection, likely: str | None) -> None:
    """Ask for a field of an inspection and its value, and store the correction.

    `likely` is the field under the cursor, chosen at first; None for no field.
    """

    def ask_value(field: str | None) -> None:
        if field is None:
            return

        def understand(value: str) -> str:
            checked = checked_correction(Correction(field=field, value=value), inspection)
            if checked.value:
                return f"stored as: {checked.value}"
            return "the correction is removed; the value from the sources is used again"

        def save(value: str | None) -> None:
            if value is not None:
                pane.post_message(pane.StoreEdit(lambda store: _save_correction(store, inspection, field, value)))

        now = f" (now: {fields.get(field) or 'not known'})"
        dialog = AskDialog(f"Correct: {_name(inspection, field)}{now}", _about(inspection, field), "", understand)
        pane.app.push_screen(dialog, save)

    fields = _fields(inspection)
    options = {field: _option(inspection, field, value) for field, value in fields.items()}
    pane.app.push_screen(ChoiceDialog("Correct which field?", options, likely), ask_value)


def _save_correction(store: Store, inspection: Inspection, field: str, value: str) -> str:
    stored = checked_correction(Correction(field=field, value=value), inspection)
    store.correct(inspection.id, stored)
    name = _name(inspection, field)
    result = (
        f"corrected to {stored.value}"
        if stored.value
        else "correction removed; the value from the sources is used again"
    )
    return f"{name}: {result}. u undoes it."


def _fields(inspection: Inspection) -> dict[str, str]:
    """Return the fields that can be corrected, each with its present value as text."""
    framework = frameworks().get(inspection.framework)
    strands = (
        [strand.key for strand in framework.strands] if framework else [one.strand for one in inspection.judgements]
    )
    grades = {}
    for strand in strands:
        judgement = inspection.judgement(strand)
        grades[f"judgement.{strand}"] = (judgement.grade or NOT_JUDGED) if judgement else ""
    return {
        **grades,
        "windows": days(inspection.windows),
        "published": day(inspection.published) if inspection.published else "",
        "topics": "; ".join(inspection.topics),
        "lead_inspector": inspection.lead_inspector or "",
        "framework": framework.short if framework else inspection.framework,
    }


def _option(inspection: Inspection, field: str, value: str) -> Content:
    origin = origin_of(inspection, field)
    corrected = "  your correction" if origin and origin.kind == "hand" else ""
    return Content.assemble((f"{_name(inspection, field)}: ", "bold"), value or "not known", (corrected, QUIET))


def _name(inspection: Inspection, field: str) -> str:
    key = field.removeprefix("judgement.")
    framework = frameworks().get(inspection.framework)
    strand = framework.strand(key) if framework and field != key else None
    names = {"windows": "Days on site", "lead_inspector": "Lead inspector"}
    return strand.name if strand else names.get(field, key.replace("_", " ").capitalize())


def _about(inspection: Inspection, field: str) -> str:
    framework = frameworks().get(inspection.framework)
    if field.startswith("judgement.") and framework:
        grades = ", ".join([*(grade.key for grade in framework.grades), NOT_JUDGED])
        return f"One of: {grades}.\n{_ABOUT_CORRECTIONS}"
    about = _ABOUT.get(field)
    return f"{about}\n{_ABOUT_CORRECTIONS}" if about else _ABOUT_CORRECTIONS
