"""Correcting a field of an inspection: which one, what it is, and whether that can be understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.content import Content

from reinspect.exporting.citation import origin_of
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
    "published": "A day, as 2022-06-10.",
    "windows": "First and last day on site, as 2022-04-25/2022-04-29; a comma between two visits.",
    "topics": "What was looked at; a semicolon between two topics.",
    "framework": "A framework by its key, such as ilacs-2023.",
}
_WITHDRAW = "Your word outranks every document and is marked as yours. Empty withdraws it."


def correct(pane: Pane[Any], inspection: Inspection, likely: str | None) -> None:
    """Ask for a field of an inspection and its value, and have the store keep it."""

    def ask_value(field: str | None) -> None:
        if field is None:
            return

        def understand(value: str) -> str:
            meant = checked_correction(Correction(field=field, value=value), inspection)
            return f"kept as: {meant.value}" if meant.value else "your word is withdrawn; the sources hold again"

        def keep(value: str | None) -> None:
            if value is not None:
                pane.post_message(pane.StoreEdit(lambda store: _kept(store, inspection, field, value)))

        dialog = AskDialog(f"Correct: {_name(inspection, field)}", _about(inspection, field), "", understand)
        pane.app.push_screen(dialog, keep)

    fields = _fields(inspection)
    options = {field: _option(inspection, field, value) for field, value in fields.items()}
    pane.app.push_screen(ChoiceDialog("Correct which field?", options, likely), ask_value)


def _kept(store: Store, inspection: Inspection, field: str, value: str) -> str:
    store.correct(inspection.id, Correction(field=field, value=value))
    name = _name(inspection, field)
    return f"{name}: {f'now {value}, by your word' if value else 'again what the sources say'}. u takes it back."


def _fields(inspection: Inspection) -> dict[str, str]:
    """The fields that may be corrected, and the value of each in words."""
    framework = frameworks().get(inspection.framework)
    strands = [strand.key for strand in framework.strands] if framework else [j.strand for j in inspection.judgements]
    grades = {}
    for strand in strands:
        judgement = inspection.judgement(strand)
        grades[f"judgement.{strand}"] = (judgement.grade or NOT_JUDGED) if judgement else ""
    windows = ", ".join(f"{window.start}/{window.end}" for window in inspection.windows)
    return {
        **grades,
        "windows": windows,
        "published": inspection.published.isoformat() if inspection.published else "",
        "topics": "; ".join(inspection.topics),
        "lead_inspector": inspection.lead_inspector or "",
        "framework": inspection.framework,
    }


def _option(inspection: Inspection, field: str, value: str) -> Content:
    origin = origin_of(inspection, field)
    whose = "  by your word" if origin and origin.kind == "hand" else ""
    return Content.assemble((f"{_name(inspection, field)}: ", "bold"), value or "not known", (whose, QUIET))


def _name(inspection: Inspection, field: str) -> str:
    key = field.removeprefix("judgement.")
    framework = frameworks().get(inspection.framework)
    strand = framework.strand(key) if framework and field != key else None
    named = {"windows": "Days on site", "lead_inspector": "Lead inspector"}
    return strand.name if strand else named.get(field, key.replace("_", " ").capitalize())


def _about(inspection: Inspection, field: str) -> str:
    framework = frameworks().get(inspection.framework)
    if field.startswith("judgement.") and framework:
        grades = ", ".join([*(grade.key for grade in framework.grades), NOT_JUDGED])
        return f"One of: {grades}.\n{_WITHDRAW}"
    told = _ABOUT.get(field)
    return f"{told}\n{_WITHDRAW}" if told else _WITHDRAW
