"""The table of verdicts: a row for each status that a person decided."""

from __future__ import annotations

from collections.abc import Iterable

from reinspect.comparing.followthrough.verdict_labels import VerdictLabel
from reinspect.exporting.tidy import Fields, TidyTable, tabulate, text, whole


def verdicts_table(labels: Iterable[VerdictLabel]) -> TidyTable:
    """Return a row for each verdict."""
    return tabulate("verdicts", "one person's verdict on a recommendation in a later text", _VERDICTS, labels)


_VERDICTS: Fields[VerdictLabel] = (
    text("inspection", "id of the inspection that asked", lambda label: label.inspection),
    whole("index", "position of the recommendation in its list, from 1", lambda label: label.index),
    text("later", "id of the later inspection", lambda label: label.later),
    text("improvement", "words of the recommendation", lambda label: label.improvement),
    text("status", "status that the person gave", lambda label: label.status),
    text("word", "what the person said of the program's status", lambda label: label.word),
    text("role", "list that has it: improvement or priority action", lambda label: label.role),
)
