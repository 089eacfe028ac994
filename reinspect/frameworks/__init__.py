"""Inspection frameworks, loaded from TOML files: the dates, judged areas and grades of each kind of inspection.

Each framework is one TOML file in this folder, and only this module reads those files.
`docs/development/adding-a-framework.md` explains every key. `crosswalk.toml` has the rules for comparing inspections of
different frameworks; it is read by `reinspect.comparing`. `scales.toml` has the grade scales that several frameworks
share.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar, get_args

import msgspec

from reinspect.errors import FrameworkError
from reinspect.frameworks.bands import BANDS, SOCIAL_CARE, UNKNOWN, near_band
from reinspect.frameworks.wordings import fold_words
from reinspect.shipped_toml import decode_toml

FOLDER_VARIABLE = "REINSPECT_FRAMEWORKS"
"""The environment variable that names a folder with a user's own framework files."""
_SHIPPED = Path(__file__).parent
_WHY_NOT_READ = {
    "crosswalk.toml": "a crosswalk of your own is not read: your framework is compared with itself alone",
    "scales.toml": "scales of your own are not read: list [[grades]] in the framework's file",
}
_NOT_FRAMEWORKS = _WHY_NOT_READ.keys()
_GAPS = ("{authority}", "{is}", "{grade}")
HeadingRole = Literal["improvement", "priority action", "summary", "finding", "background", "outcome"]
_HEADING_LISTS: dict[str, HeadingRole] = {
    "improvement_headings": "improvement",
    "priority_headings": "priority action",
    "summary_headings": "summary",
    "finding_headings": "finding",
    "background_headings": "background",
    "outcome_headings": "outcome",
}
"""The fields of a framework that list headings, and the role of the section below each heading."""
_BRACES = re.compile(r"\{.*?\}")
_GREATEST_SCORE = 1000
_GRADED = "graded"
"""The value of `follows` of a visit that follows any graded inspection."""
_TABLE = re.compile(r"(\w+)\[(\d+)\]\.?(.*)")
_UNKNOWN_FIELD = re.compile(r"Object contains unknown field `([^`]*)`")
_FAMILY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BAND = re.compile(r"[A-Za-z]+(?:[ -][A-Za-z]+)*")
_DocumentType = Literal["", "graded report", "letter", "area send report", "joint inspection letter"]
_DOCUMENT_TYPES = "one of " + ", ".join(f'"{kind}"' for kind in get_args(_DocumentType) if kind)
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
    document: _DocumentType = ""
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
        for strand in self.strands:
            if strand.key == key:
                return strand
        return None

    def grade(self, key: str | None) -> Grade | None:
        """Return the grade with this key, or None."""
        for grade in self.grades:
            if grade.key == key:
                return grade
        return None

    def outcome(self, key: str | None) -> OutcomeWording | None:
        """Return the outcome with this key, or None."""
        return next((outcome for outcome in self.outcomes if outcome.key == key), None)

    def headings(self) -> Iterator[tuple[HeadingRole, str]]:
        """Yield the headings of sections, each with the role of the section below it."""
        for name, role in _HEADING_LISTS.items():
            yield from ((role, heading) for heading in getattr(self, name))

    def grade_forms(self) -> GradeForms:
        """Return (words, grade key) for every printed wording of a grade, the longest wording first.

        The grade key is None for wordings that mean "not judged".
        """
        return _grade_forms(self.grades, self.not_judged)


_TABLES: dict[str, type[Strand | Grade | OutcomeWording]] = {
    "strands": Strand,
    "grades": Grade,
    "outcomes": OutcomeWording,
}


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
    known = load_frameworks(_SHIPPED)
    known.update(_load_own(own, known) if own else {})
    return dict(sorted(known.items(), key=lambda pair: (pair[1].first or date.max, pair[0])))


def load_frameworks(folder: Path) -> dict[str, Framework]:
    """Load the inspection frameworks from the TOML files of a folder; return them by key, oldest first.

    Raises:
        FrameworkError: a file is not TOML or not valid. The message names the file and the fault.
    """
    return {framework.key: framework for _, framework in _load_files(folder)}


def _load_files(folder: Path) -> list[tuple[Path, Framework]]:
    """Return the frameworks of a folder with their files, oldest first."""
    scales = _decode_toml(_SHIPPED / "scales.toml", dict[str, tuple[Grade, ...]])
    loaded: dict[str, tuple[Path, Framework]] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name in _NOT_FRAMEWORKS:
            continue
        framework = _decode_toml(path, Framework)
        if framework.scale is not None and framework.scale not in scales:
            raise FrameworkError(f'{path}: scale = "{framework.scale}" is not in scales.toml; list [[grades]] instead')
        if fault := next(_unclear_settings(framework), ""):
            raise FrameworkError(f"{path}: {fault}")
        framework = msgspec.structs.replace(
            framework, grades=framework.grades or scales.get(framework.scale or "", ()), **_worded_headings(framework)
        )
        # For the program's own files a test does this, because it takes as long as their loading.
        if folder != _SHIPPED and (fault := next(_faults(framework), "")):
            raise FrameworkError(f"{path}: {fault}")
        if framework.key in loaded:
            raise FrameworkError(f'{path}: key = "{framework.key}" is also in {loaded[framework.key][0].name}')
        loaded[framework.key] = path, framework
    return sorted(loaded.values(), key=lambda found: (found[1].first or date.max, found[1].key))


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
        if not _has_words(_BRACES.sub(" ", sentence)):
            yield f'"{sentence}" needs a word besides its gaps'
    headings = [heading for _, heading in framework.headings()]
    for heading in headings:
        if gaps := _BRACES.findall(heading):
            yield f"{gaps[0]} in a heading is not one of the [wordings] of this file"
    labels = [label for strand in framework.strands for label in (*strand.labels, *strand.headings)]
    printed = [*(form for grade in framework.grades for form in grade.printed), *framework.not_judged]
    for wording in (*headings, *labels, *printed):
        if not _has_words(wording):
            yield f'the wording "{wording}" has no word or number besides "the", so it is never found'
    keys = Counter(strand.key for strand in framework.strands)
    yield from (f'two strands have the key "{key}"' for key, count in keys.items() if count > 1)
    if framework.document == "graded report" and not any(s.labels or s.prose for s in framework.strands):
        yield 'a "graded report" needs [[strands]] with labels or prose, by which its grades are found'
    if framework.document == "graded report" and not framework.grades:
        yield 'a "graded report" needs grades: a scale, or [[grades]]'
    if framework.document not in ("", "graded report") and not framework.titles:
        yield f'a "{framework.document}" needs titles, the words at the start of its subject line or title'
    yield from _grade_faults(framework.grades)
    yield from _values_out_of_range(framework)


def _has_words(wording: str) -> bool:
    """Return whether a wording has a word by which it can be found; a "the" before it and a "&" are left out."""
    words = fold_words(wording)
    return any(word != "&" for word in (words[1:] if words[:1] == ("the",) else words))


def _grade_faults(grades: tuple[Grade, ...]) -> Iterator[str]:
    """Yield the faults of a scale of grades."""
    for name, values in (
        ("key", [grade.key for grade in grades]),
        ("letter", [grade.letter for grade in grades]),
    ):
        yield from (f'two grades have the {name} "{value}"' for value, count in Counter(values).items() if count > 1)
    for grade in grades:
        if grade.rung < 1:
            yield f'rung = {grade.rung} of the grade "{grade.key}" is out of range; the best grade has rung 1'


def _values_out_of_range(framework: Framework) -> Iterator[str]:
    """Yield the faults of the dates and the greatest scores, with the values that are allowed."""
    if framework.first and framework.last and framework.last < framework.first:
        yield f"last = {framework.last} is before first = {framework.first}"
    for strand in framework.strands:
        if not 0 <= strand.score_of <= _GREATEST_SCORE:
            yield (
                f'score_of = {strand.score_of} of the strand "{strand.key}" is out of range; '
                f"it is from 1 to {_GREATEST_SCORE}, or 0 for no score"
            )


def _unclear_settings(framework: Framework) -> Iterator[str]:
    """Yield the faults of a file that says one thing twice, or something that nothing can be done with."""
    if not _FAMILY.fullmatch(framework.family):
        yield f'family = "{framework.family}" may have small letters, digits and hyphens only: it is part of an id'
    if not _BAND.fullmatch(framework.band) or framework.band == UNKNOWN:
        yield f'band = "{framework.band}" is not a name for a band; write one or more words of letters: "police"'
    if framework.band not in BANDS and (meant := near_band(framework.band, BANDS)):
        yield f'band = "{framework.band}" is spelt like "{meant}"; write "{meant}", or a name that is less like it'
    if framework.scale is not None and framework.grades:
        yield f'scale = "{framework.scale}" and [[grades]] are both given; keep one of them'
    printed = {fold_words(form): grade.key for grade in framework.grades for form in grade.printed}
    for form in framework.not_judged:
        if grade := printed.get(fold_words(form)):
            yield f'"{form}" is in not_judged and also a printed form of the grade "{grade}"; keep one of them'
    for strand in framework.strands:
        for sentence in strand.prose:
            if "{grade}" not in sentence or fold_words(sentence.rpartition("{grade}")[2]):
                yield f'the prose "{sentence}" does not end with {{grade}}, so it is never found'


def _faults_of_own(framework: Framework, known: Sequence[Framework]) -> Iterator[str]:
    """Yield the faults of a user's own framework beside those that are `known`: it takes nothing that is theirs."""
    worded = framework.titles or any(strand.labels or strand.prose for strand in framework.strands)
    if worded and not framework.document:
        yield f"`document` is missing, so no report of it would be read; it is {_DOCUMENT_TYPES}"
    for other in known:
        if framework.key == other.key:
            yield f'key = "{framework.key}" is that of a built-in framework ({other.short}); choose another key'
        if framework.family == other.family and framework.band != other.band:
            yield (
                f'family = "{framework.family}" is that of {other.short}, of the band "{other.band}"; '
                "choose another family"
            )
    words: dict[str, list[str]] = {}
    for grade in (grade for other in known for grade in other.grades):
        words.setdefault(f"{grade.shape}{grade.letter}", []).append(grade.key)
    for grade in framework.grades:
        sign = f"{grade.shape}{grade.letter}"
        if sign in words and grade.key not in words[sign]:
            yield (
                f'the grade "{grade.key}" has the shape and letter "{sign}" of "{words[sign][0]}"; '
                "choose another shape or letter"
            )
    if framework.band not in BANDS and (meant := near_band(framework.band, [other.band for other in known])):
        yield f'band = "{framework.band}" is spelt like "{meant}" of another file; write both alike'


def _load_own(named: str, shipped: dict[str, Framework]) -> dict[str, Framework]:
    """Load the user's own framework files; `named` is the folder as the environment variable names it.

    Raises:
        FrameworkError: there is no such folder, it has no framework file, it has a file that is never read, or a file
            takes what is another framework's, or follows one that is not known.
    """
    folder = Path(os.path.expanduser(named))  # noqa: PTH111  (expanduser of Path raises for an unknown ~name)
    if not folder.is_dir():
        raise FrameworkError(f"{FOLDER_VARIABLE}: there is no folder {folder}; name the folder of your framework files")
    for name in sorted(_NOT_FRAMEWORKS):
        if (folder / name).exists():
            raise FrameworkError(f"{folder / name}: {_WHY_NOT_READ[name]}; take this file out of the folder")
    found = _load_files(folder)
    if not found:
        raise FrameworkError(f"{FOLDER_VARIABLE}: the folder {folder} has no .toml file, so no framework of your own")
    known = list(shipped.values())
    for path, framework in found:
        if fault := next(_faults_of_own(framework, known), ""):
            raise FrameworkError(f"{path}: {fault}")
        known.append(framework)
    families = {framework.family for framework in known}
    for path, framework in found:
        if framework.follows not in ("", _GRADED, *families):
            allowed = ", ".join((_GRADED, *sorted(families)))
            raise FrameworkError(
                f'{path}: follows = "{framework.follows}" is not a family of frameworks; it is one of {allowed}'
            )
    return {framework.key: framework for _, framework in found}


def own_frameworks() -> tuple[str, tuple[str, ...]] | None:
    """Return the folder of the user's own framework files and the keys in it, or None if no folder is named.

    Raises:
        FrameworkError: the folder is not there, or a file is not valid.
    """
    named = os.environ.get(FOLDER_VARIABLE)
    return (named, tuple(sorted(frameworks().keys() - load_frameworks(_SHIPPED).keys()))) if named else None


def rung_of(grade: str, band: str = SOCIAL_CARE) -> int | None:
    """Return the rung of a grade on the scales of one band, 1 for the best; None if the band has no such grade.

    The same word may have another rung in another band.
    """
    return next((known.rung for known in grades_of(band) if known.key == grade), None)


def worst_rung(band: str = SOCIAL_CARE) -> int:
    """Return the rung of the worst grade on the scales of one band."""
    return max((known.rung for known in grades_of(band)), default=0)


def grade_order(grade: str, band: str = SOCIAL_CARE) -> tuple[int, str]:
    """Return a sort key for the grades of one band: the best first, then those that it does not have."""
    rung = rung_of(grade, band)
    return (sys.maxsize if rung is None else rung), grade


def grades_of(band: str) -> Iterator[Grade]:
    """Yield the grades of all frameworks of a band, those of the oldest framework first."""
    return (grade for known in frameworks().values() if known.band == band for grade in known.grades)


def strand_name(key: str, *among: str) -> str:
    """Return the name of a strand in the first of these frameworks (keys) that has it: "Care leavers".

    A strand that none of them has is named by its key.
    """
    known = (frameworks().get(framework) for framework in among)
    strands = (framework.strand(key) for framework in known if framework)
    return next((strand.name for strand in strands if strand), key.replace("_", " ").capitalize())


def band_of(framework: str | None) -> str:
    """Return the band of a framework, such as "SEND".

    No framework means social care. A framework that is not known has a band of its own, because its file, which is not
    loaded, may be of any band.

    Raises:
        FrameworkError: a framework file is not valid.
    """
    if not framework:
        return SOCIAL_CARE
    known = frameworks().get(framework)
    return known.band if known else UNKNOWN


def _in_words(fault: str) -> str:
    """Return a fault of msgspec in words: which key of which strand is wrong, and what may stand there instead."""
    from difflib import get_close_matches

    words, _, path = fault.partition(" - at `$")
    path = path.rstrip("`").strip(".")
    in_table = _TABLE.match(path)
    table, place, key = in_table.groups() if in_table else ("", "", path)
    where = f"in [[{table}]] number {int(place) + 1}: " if table else ""
    if unknown := _UNKNOWN_FIELD.match(words):
        fields = _TABLES.get(table, Framework).__struct_fields__
        near = get_close_matches(unknown[1], fields, n=1)
        return f"{where}there is no key `{unknown[1]}`; " + (
            f"did you mean `{near[0]}`?" if near else f"there are {', '.join(fields)}"
        )
    if key == "document" and words.startswith("Invalid enum value"):
        return f"document = {words.removeprefix('Invalid enum value ')} is not known; it is {_DOCUMENT_TYPES}"
    return where + (f"`{key}`: " if key else "") + words


def _decode_toml(path: Path, form: type[_Decoded]) -> _Decoded:
    try:
        return decode_toml(path, form)
    except msgspec.ValidationError as error:
        raise FrameworkError(f"{path}: {_in_words(str(error))}") from error
    except OSError as error:
        raise FrameworkError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise FrameworkError(f"{path}: not valid TOML: {error}") from error
