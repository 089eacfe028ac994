"""Inspection frameworks as data: dates, strands with every printed label, grade scale, headings.

A framework is one TOML file in this folder, and only this module reads those files. `docs/adding-a-framework.md`
explains each key. `crosswalk.toml` has the rules on comparing across frameworks (see `reinspect.comparing`).
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
"""The environment variable that names a folder with a user's own framework files."""
_SHIPPED = Path(__file__).parent
_NOT_FRAMEWORKS = {"crosswalk.toml", "scales.toml"}
_Decoded = TypeVar("_Decoded")

GradeForms = tuple[tuple[tuple[str, ...], str | None], ...]
"""Pairs of a printed grade, as words in small letters, and its canonical word (None: not judged)."""


class Strand(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One graded area, such as help and protection.

    `name` is a short name for table rows; `labels` are its printed table labels and `headings` its section headings.
    `prose` are printed sentences that give its grade, with the gaps `{authority}`, `{is}` and `{grade}`.
    """

    key: str
    name: str
    labels: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()
    required: bool = True


class Grade(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of a grade scale.

    `key` is the canonical word and `printed` are its printed forms. `rung` 1 is best. `letter` and `shape` show the
    grade where there is no room or no colour.
    """

    key: str
    rung: int
    printed: tuple[str, ...]
    letter: str
    shape: str


class Framework(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A set of rules under which inspections are made, such as ILACS 2018.

    `family` is the word in an inspection's id. `document` names the type that reads its documents: "graded report",
    "letter", or "" for a framework known only from the shipped record. `first` and `last` are the first and last day
    of inspection under it; a date outside them only causes a warning.
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
        """Return whether a day is between the first and the last day of inspection, as far as these are known."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def strand(self, key: str) -> Strand | None:
        """Return the strand with this key, or None."""
        return next((strand for strand in self.strands if strand.key == key), None)

    def grade(self, key: str | None) -> Grade | None:
        """Return the grade with this canonical word, or None."""
        return next((grade for grade in self.grades if grade.key == key), None)

    def grade_forms(self) -> GradeForms:
        """Return every printed form of a grade with its canonical word (None: not judged), the longest form first."""
        return _grade_forms(self.grades, self.not_judged)


@cache
def _grade_forms(grades: tuple[Grade, ...], not_judged: tuple[str, ...]) -> GradeForms:
    forms: list[tuple[tuple[str, ...], str | None]] = [
        (tuple(form.lower().split()), grade.key) for grade in grades for form in grade.printed
    ]
    forms += [(tuple(form.lower().split()), None) for form in not_judged]
    return tuple(sorted(forms, key=lambda pair: -len(pair[0])))


@cache
def frameworks() -> dict[str, Framework]:
    """Return all frameworks by key, oldest first: the shipped ones and those of the user's folder.

    The environment variable REINSPECT_FRAMEWORKS names that folder.

    Raises:
        FrameworkError: a file is not TOML or has an unknown field. The message names the file and the field.
    """
    own_folder = os.environ.get(FOLDER_VARIABLE)
    known = {**load_frameworks(_SHIPPED), **(load_frameworks(Path(own_folder)) if own_folder else {})}
    return dict(sorted(known.items(), key=lambda pair: (pair[1].first or date.max, pair[0])))


def load_frameworks(folder: Path) -> dict[str, Framework]:
    """Return the frameworks of the TOML files in a folder by key, oldest first.

    Raises:
        FrameworkError: see `frameworks`.
    """
    scales = _decode_toml(_SHIPPED / "scales.toml", dict[str, tuple[Grade, ...]])
    loaded = []
    for path in sorted(folder.glob("*.toml")):
        if path.name in _NOT_FRAMEWORKS:
            continue
        framework = _decode_toml(path, Framework)
        if framework.scale is not None and framework.scale not in scales:
            raise FrameworkError(f'{path}: scale = "{framework.scale}" is not in scales.toml; list [[grades]] instead')
        grades = framework.grades or scales.get(framework.scale or "", ())
        loaded.append(msgspec.structs.replace(framework, grades=grades))
    loaded.sort(key=lambda framework: (framework.first or date.max, framework.key))
    return {framework.key: framework for framework in loaded}


def _decode_toml(path: Path, form: type[_Decoded]) -> _Decoded:
    try:
        return msgspec.toml.decode(path.read_bytes(), type=form)
    except msgspec.DecodeError as error:
        raise FrameworkError(f"{path}: {error}") from error
