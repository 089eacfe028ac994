"""Inspection frameworks, loaded from TOML files: the dates, judged areas and grades of each kind of inspection.

Each framework is one TOML file in this folder, and only this module reads those files.
`docs/development/adding-a-framework.md` explains every key. `crosswalk.toml` has the rules for comparing inspections of
different frameworks; it is read by `reinspect.comparing`. `scales.toml` has the grade scales that several frameworks
share.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from reinspect.errors import FrameworkError
from reinspect.frameworks.bands import BANDS, SOCIAL_CARE, UNKNOWN
from reinspect.frameworks.wordings import fold_words
from reinspect.regular_files import read_regular_file

FOLDER_VARIABLE = "REINSPECT_FRAMEWORKS"
"""The environment variable that names a folder with a user's own framework files."""
_SHIPPED = Path(__file__).parent
_WHY_NOT_READ = {
    "crosswalk.toml": "a crosswalk of your own is not read: your framework is compared with itself alone",
    "scales.toml": "scales of your own are not read: list [[grades]] in the framework's file",
}
_NOT_FRAMEWORKS = _WHY_NOT_READ.keys()
_GAPS = ("{authority}", "{is}", "{grade}")
_HEADING_LISTS = (
    "improvement_headings",
    "priority_headings",
    "summary_headings",
    "finding_headings",
    "background_headings",
    "outcome_headings",
)
_BRACES = re.compile(r"\{.*?\}")
_GREATEST_SCORE = 1000
_Decoded = TypeVar("_Decoded")

GradeForms = tuple[tuple[tuple[str, ...], str | None], ...]
"""Pairs of a printed grade, as words in small letters, and the key of that grade (None: not judged)."""


class Strand(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One area that an inspection judges, such as help and protection.

    `name` is a short name for tables. `labels` are the names of the area in printed tables of grades, `headings` its
    printed section headings. `prose` are printed sentences that state its grade, with the gaps `{authority}`, `{is}`
    and `{grade}`. A `required` area is judged in every inspection. `score_of` is the greatest score that may be printed
    next to its grade: 36 for "24/36", 100 for a percentage, 0 if there are no scores.
    """

    key: str
    name: str
    labels: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()
    required: bool = True
    score_of: int = 0


class Grade(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One grade of a scale, such as "good".

    `printed` are the wordings of the grade in reports. A `rung` of 1 is the best grade. `letter` and `shape` show the
    grade where a word does not fit or colour is not shown.
    """

    key: str
    rung: int
    printed: tuple[str, ...]
    letter: str
    shape: str


class OutcomeWording(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One outcome of an inspection that gives no grades, such as "inconsistent" experiences.

    `words` decide the outcome: all of them are in the sentence that states it. `name` is a short name for tables, and
    `shape` a sign that no grade has. Outcomes have no rank and no letter, because they are not rungs of a scale.
    """

    key: str
    name: str
    shape: str
    words: tuple[str, ...] = ()


class Framework(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules of one kind of inspection, such as Ofsted's inspections of children's services from 2018.

    `key` identifies the framework ("ilacs-2018"), and its versions share a `family` ("ilacs"). `document` is the type
    of its documents: "graded report", "letter", or "" if they cannot be read. `first` and `last` are the first and last
    day of its inspections; a date outside them only causes a warning.

    A `band` is a group of frameworks that judge the same thing: "social care", "SEND" and so on. Grades, counts and
    comparisons never cross from one band to another. `judges` says in a few words who is judged ("the partnership of
    council and health"), and `outcomes` are the results of a framework without grades. `follows` is set for a visit
    that belongs to an earlier inspection ("graded", or the family of that inspection). `licence` is the line on rights
    for the foot of a page.

    `wordings` are words that vary in a heading: with `SEND = ["SEND", "special needs"]`, a heading with `{SEND}` is
    loaded as two headings.
    """

    key: str
    family: str
    name: str
    short: str
    inspector: str
    document: Literal["", "graded report", "letter", "area send report", "joint inspection letter"] = ""
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
    band: str = SOCIAL_CARE
    judges: str = "the council's social care for children"
    outcomes: tuple[OutcomeWording, ...] = ()
    outcome_headings: tuple[str, ...] = ()
    follows: str = ""
    licence: str = ""
    wordings: dict[str, tuple[str, ...]] = {}

    def in_force(self, day: date) -> bool:
        """Return whether a day is within the period of the framework; an unknown first or last day sets no limit."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def strand(self, key: str) -> Strand | None:
        """Return the strand (judged area) with this key, or None."""
        return next((strand for strand in self.strands if strand.key == key), None)

    def grade(self, key: str | None) -> Grade | None:
        """Return the grade with this key, or None."""
        return next((grade for grade in self.grades if grade.key == key), None)

    def outcome(self, key: str | None) -> OutcomeWording | None:
        """Return the outcome with this key, or None."""
        return next((outcome for outcome in self.outcomes if outcome.key == key), None)

    def grade_forms(self) -> GradeForms:
        """Return (words, grade key) for every printed wording of a grade, the longest wording first.

        The grade key is None for wordings that mean "not judged".
        """
        return _grade_forms(self.grades, self.not_judged)


@cache
def _grade_forms(grades: tuple[Grade, ...], not_judged: tuple[str, ...]) -> GradeForms:
    forms: list[tuple[tuple[str, ...], str | None]] = [
        (fold_words(form), grade.key) for grade in grades for form in grade.printed
    ]
    forms += [(fold_words(form), None) for form in not_judged]
    return tuple(sorted(forms, key=lambda pair: -len(pair[0])))


@cache
def frameworks() -> dict[str, Framework]:
    """Return all inspection frameworks by key, oldest first: the built-in ones and the user's own.

    The environment variable REINSPECT_FRAMEWORKS names the folder with the user's own TOML files.

    Raises:
        FrameworkError: the folder is not there, or a file is not valid. The message names the file and the fault.
    """
    own = os.environ.get(FOLDER_VARIABLE)
    known = {**load_frameworks(_SHIPPED), **(_load_own(own) if own else {})}
    return dict(sorted(known.items(), key=lambda pair: (pair[1].first or date.max, pair[0])))


def load_frameworks(folder: Path) -> dict[str, Framework]:
    """Load the inspection frameworks from the TOML files of a folder; return them by key, oldest first.

    Raises:
        FrameworkError: a file is not TOML or not valid. The message names the file and the fault.
    """
    scales = _decode_toml(_SHIPPED / "scales.toml", dict[str, tuple[Grade, ...]])
    loaded: dict[str, tuple[Path, Framework]] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name in _NOT_FRAMEWORKS:
            continue
        framework = _decode_toml(path, Framework)
        if framework.scale is not None and framework.scale not in scales:
            raise FrameworkError(f'{path}: scale = "{framework.scale}" is not in scales.toml; list [[grades]] instead')
        framework = msgspec.structs.replace(
            framework, grades=framework.grades or scales.get(framework.scale or "", ()), **_worded_headings(framework)
        )
        if fault := next(_faults(framework), ""):
            raise FrameworkError(f"{path}: {fault}")
        if framework.key in loaded:
            raise FrameworkError(f'{path}: key = "{framework.key}" is also in {loaded[framework.key][0].name}')
        loaded[framework.key] = path, framework
    ordered = sorted((found for _, found in loaded.values()), key=lambda found: (found.first or date.max, found.key))
    return {framework.key: framework for framework in ordered}


def _worded_headings(framework: Framework) -> dict[str, tuple[str, ...]]:
    """Return the lists of headings by field name, with each `{name}` replaced by its wordings in turn."""

    def spell_out(heading: str) -> list[str]:
        for name, wordings in framework.wordings.items():
            if f"{{{name}}}" in heading:
                return [each for wording in wordings for each in spell_out(heading.replace(f"{{{name}}}", wording))]
        return [heading]

    lists: dict[str, tuple[str, ...]] = {name: getattr(framework, name) for name in _HEADING_LISTS}
    return {
        name: tuple(each for heading in headings for each in spell_out(heading)) for name, headings in lists.items()
    }


def _faults(framework: Framework) -> Iterator[str]:
    """Yield the faults of a framework file, such as wordings that would match no report, or every report."""
    sentences = [*framework.titles, *(sentence for strand in framework.strands for sentence in strand.prose)]
    for sentence in sentences:
        if unknown := set(_BRACES.findall(sentence)) - set(_GAPS):
            yield f"{min(unknown)} is not one of the gaps {', '.join(_GAPS)}"
        if not fold_words(_BRACES.sub(" ", sentence)):
            yield f'"{sentence}" needs a word besides its gaps'
    for heading in (heading for name in _HEADING_LISTS for heading in getattr(framework, name)):
        if gaps := _BRACES.findall(heading):
            yield f"{gaps[0]} in a heading is not one of the [wordings] of this file"
    labels = [label for strand in framework.strands for label in (*strand.labels, *strand.headings)]
    printed = [*(form for grade in framework.grades for form in grade.printed), *framework.not_judged]
    for wording in (*labels, *printed):
        if not fold_words(wording):
            yield f'the wording "{wording}" has no word or number, so it is never found'
    keys = Counter(strand.key for strand in framework.strands)
    yield from (f'two strands have the key "{key}"' for key, count in keys.items() if count > 1)
    if framework.document == "graded report" and not any(s.labels or s.prose for s in framework.strands):
        yield 'a "graded report" needs [[strands]] with labels or prose, by which its grades are found'
    if framework.document == "graded report" and not framework.grades:
        yield 'a "graded report" needs grades: a scale, or [[grades]]'
    if framework.document not in ("", "graded report") and not framework.titles:
        yield f'a "{framework.document}" needs titles, the words at the start of its subject line or title'
    yield from _values_out_of_range(framework)


def _values_out_of_range(framework: Framework) -> Iterator[str]:
    """Yield the faults of the band and of the greatest scores, with the values that are allowed."""
    if framework.band not in BANDS:
        allowed = ", ".join(f'"{known}"' for known in BANDS)
        yield f'band = "{framework.band}" is not known; it is one of {allowed}'
    for strand in framework.strands:
        if not 0 <= strand.score_of <= _GREATEST_SCORE:
            yield (
                f'score_of = {strand.score_of} of the strand "{strand.key}" is out of range; '
                f"it is from 1 to {_GREATEST_SCORE}, or 0 for no score"
            )


def _load_own(named: str) -> dict[str, Framework]:
    """Load the user's own framework files; `named` is the folder as the environment variable names it.

    Raises:
        FrameworkError: there is no such folder, it has no framework file, or it has a file that is never read.
    """
    folder = Path(os.path.expanduser(named))  # noqa: PTH111  (expanduser of Path raises for an unknown ~name)
    if not folder.is_dir():
        raise FrameworkError(f"{FOLDER_VARIABLE}: there is no folder {folder}; name the folder of your framework files")
    for name in sorted(_NOT_FRAMEWORKS):
        if (folder / name).exists():
            raise FrameworkError(f"{folder / name}: {_WHY_NOT_READ[name]}; take this file out of the folder")
    found = load_frameworks(folder)
    if not found:
        raise FrameworkError(f"{FOLDER_VARIABLE}: the folder {folder} has no .toml file, so no framework of your own")
    return found


def strand_name(key: str, *among: str) -> str:
    """Return the name of a strand in the first of these frameworks (keys) that has it: "Care leavers".

    A strand that none of them has is named by its key.
    """
    known = (frameworks().get(framework) for framework in among)
    strands = (framework.strand(key) for framework in known if framework)
    return next((strand.name for strand in strands if strand), key.replace("_", " ").capitalize())


def band_of(framework: str | None) -> str:
    """Return the band of a framework, such as "SEND".

    What names no framework is about social care. A framework that is not known has a band of its own, because its file,
    which is not loaded, may be of any band.
    """
    if not framework:
        return SOCIAL_CARE
    known = frameworks().get(framework)
    return known.band if known else UNKNOWN


def _decode_toml(path: Path, form: type[_Decoded]) -> _Decoded:
    try:
        return msgspec.toml.decode(read_regular_file(path), type=form)
    except msgspec.ValidationError as error:
        raise FrameworkError(f"{path}: {error}") from error
    except OSError as error:
        raise FrameworkError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise FrameworkError(f"{path}: not valid TOML: {error}") from error
