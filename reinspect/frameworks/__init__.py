"""Frameworks: each regime's dates, strands with every printed label, grade scale and headings, as data.

A framework is one TOML file in this folder. Nothing but this module reads those files; `docs/adding-a-framework.md`
explains each key. The rules of what may be compared with what stand in `crosswalk.toml` (`reinspect.comparing`).
"""

from __future__ import annotations

import os
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from reinspect.errors import FrameworkError

FOLDER_VARIABLE = "REINSPECT_FRAMEWORKS"
"""Names a folder of a user's own framework files."""
_HERE = Path(__file__).parent
_NOT_FRAMEWORKS = {"crosswalk.toml", "scales.toml"}
_Decoded = TypeVar("_Decoded")


class Strand(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One graded area: its key, a short name for a row, every printed table label, every section heading.

    `prose` are printed sentences that hold the grade, with `{authority}`, `{is}` and `{grade}` in their places.
    """

    key: str
    name: str
    labels: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()
    required: bool = True


class Grade(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of a scale: the canonical word, its rung (1 is best), every printed form, a letter and a shape."""

    key: str
    rung: int
    printed: tuple[str, ...]
    letter: str
    shape: str


class Framework(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A regime of inspection.

    `family` is the word in an inspection's id. `document` names the document type that reads it ("graded report",
    "letter" or, for a regime known only from the record, ""). `first` and `last` are the first and last day of
    inspection under it, and only ever warn.
    """

    key: str
    family: str
    name: str
    short: str
    inspector: str
    document: str = ""
    graded: bool = True
    first: date | None = None
    last: date | None = None
    strands: tuple[Strand, ...] = ()
    scale: str | None = None
    grades: tuple[Grade, ...] = ()
    not_judged: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    improvement_headings: tuple[str, ...] = ()
    priority_headings: tuple[str, ...] = ()
    summary_headings: tuple[str, ...] = ()
    finding_headings: tuple[str, ...] = ()
    background_headings: tuple[str, ...] = ()
    note: str = ""

    def in_force(self, day: date) -> bool:
        """Whether a day lies between the first and the last day of inspection, where those are known."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def strand(self, key: str) -> Strand | None:
        """The strand of that key, or None where this framework has no such strand."""
        return next((strand for strand in self.strands if strand.key == key), None)

    def grade(self, key: str | None) -> Grade | None:
        """The step of that canonical word, or None."""
        return next((grade for grade in self.grades if grade.key == key), None)

    def grade_forms(self) -> tuple[tuple[tuple[str, ...], str | None], ...]:
        """Every printed form as folded words with its canonical word (None: not judged), the longest first."""
        return _grade_forms(self.grades, self.not_judged)


@cache
def _grade_forms(
    grades: tuple[Grade, ...], not_judged: tuple[str, ...]
) -> tuple[tuple[tuple[str, ...], str | None], ...]:
    forms: list[tuple[tuple[str, ...], str | None]] = [
        (tuple(form.lower().split()), grade.key) for grade in grades for form in grade.printed
    ]
    forms += [(tuple(form.lower().split()), None) for form in not_judged]
    return tuple(sorted(forms, key=lambda pair: -len(pair[0])))


@cache
def frameworks() -> dict[str, Framework]:
    """All frameworks by key, oldest first: those shipped, and those of the folder that REINSPECT_FRAMEWORKS names.

    Raises:
        FrameworkError: a file is not TOML or holds a field this program does not know; names the file and the field.
    """
    own = os.environ.get(FOLDER_VARIABLE)
    found = {**load_framework(_HERE), **(load_framework(Path(own)) if own else {})}
    return dict(sorted(found.items(), key=lambda pair: (pair[1].first or date.max, pair[0])))


def load_framework(folder: Path) -> dict[str, Framework]:
    """Frameworks of the TOML files of a folder, by key, oldest first (see `frameworks`)."""
    scales = _decode(_HERE / "scales.toml", dict[str, tuple[Grade, ...]])
    found = []
    for path in sorted(folder.glob("*.toml")):
        if path.name in _NOT_FRAMEWORKS:
            continue
        framework = _decode(path, Framework)
        if framework.scale is not None and framework.scale not in scales:
            raise FrameworkError(f'{path}: scale = "{framework.scale}" is not in scales.toml; list [[grades]] instead')
        found.append(
            msgspec.structs.replace(framework, grades=framework.grades or scales.get(framework.scale or "", ()))
        )
    found.sort(key=lambda framework: (framework.first or date.max, framework.key))
    return {framework.key: framework for framework in found}


def _decode(path: Path, form: type[_Decoded]) -> _Decoded:
    try:
        return msgspec.toml.decode(path.read_bytes(), type=form)
    except msgspec.DecodeError as error:
        raise FrameworkError(f"{path}: {error}") from error
