"""A framework of another inspectorate, by a file alone: five steps, words of Ofsted's grades, a band of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reinspect.frameworks import FOLDER_VARIABLE, frameworks

_STRANDS = {"patrols": "Patrols", "cells": "Cells", "leaders": "Chiefs", "overall": "The whole force"}
_STEPS = ("outstanding O ◆", "good G ●", "adequate D ◐", "requires improvement R ▲", "inadequate I ■")

POLICE = (
    """
key = "police-2000"
family = "police"
name = "Inspection of an invented police force"
short = "Police 2000"
inspector = "The police inspectorate"
band = "police"
judges = "the police force"
document = "graded report"
first = 2000-01-01
not_judged = ["No grade"]
titles = ["An inspection of {authority} Police"]
improvement_headings = ["Where the force must do better"]
summary_headings = ["In short"]
licence = "Grades are those of the police inspectorate."
"""
    + "".join(f'[[strands]]\nkey = "{key}"\nname = "{name}"\nlabels = ["{name}"]\n' for key, name in _STRANDS.items())
    + "".join(
        f'[[grades]]\nkey = "{word}"\nrung = {rung}\nletter = "{letter}"\nshape = "{shape}"\n'
        f'printed = ["{word.capitalize()}"]\n'
        for rung, (word, letter, shape) in enumerate((step.rsplit(" ", 2) for step in _STEPS), start=1)
    )
)
"""The file of that framework."""


def police_report(
    when: str = "5 to 9 June 2023", overall: str = "Inadequate", items: tuple[str, ...] = ("Repair the clocks.",)
) -> list[str]:
    """Return the lines of a report of that framework on Camden."""
    return [
        "An inspection of Camden Police",
        f"Inspection dates: {when}",
        *("Area Grade", "Patrols Good", "Cells No grade", "Chiefs Requires improvement"),
        f"The whole force {overall}",
        *("In short", "Officers are kind and the clocks are slow.", "Where the force must do better"),
        *(f"• {item}" for item in items),
        *("Patrols: good", "1. Patrols are on time in most streets of the town."),
    ]


UseFrameworks = Callable[..., Path]


@pytest.fixture
def use_frameworks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[UseFrameworks]:
    """Load framework files of a person's own, by their texts; return the folder."""
    folder = tmp_path / "frameworks"
    folder.mkdir()

    def use(*files: str) -> Path:
        for number, text in enumerate(files):
            (folder / f"own-{number}.toml").write_text(text, encoding="utf-8")
        monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
        frameworks.cache_clear()
        return folder

    yield use
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    frameworks.cache_clear()
