"""Every name that a part of a cohort may use, and what to say of one that is not known."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Literal

import msgspec

from reinspect.authorities import Authorities
from reinspect.comparing.cohorts.changes import latest_transitions
from reinspect.comparing.cohorts.cohort import CohortError, latest_graded
from reinspect.comparing.crosswalk import crosswalk
from reinspect.frameworks import frameworks
from reinspect.model import Authority, Inspection

EXAMPLES = "neighbours:camden, region:London+since:2023, grade:leaders=outstanding or all"
_TIME = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_SPOKEN = {"ri": "requires improvement", "requires improvement to be good": "requires improvement"}
_MOST_NAMES = 5

Kind = Literal["authorities", "frameworks", "since", "until"]


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One part, understood: what it is about, and the slugs, framework keys or the one time that it names."""

    typed: str
    kind: Kind
    values: tuple[str, ...]
    words: str


class Names:
    """Every name that a part may use."""

    def __init__(self, known: Authorities, inspections: Iterable[Inspection]) -> None:
        self._known = known
        self._inspections = inspections
        self._readers: dict[str, Callable[[str, str], Part | None]] = {
            "": self._authority,
            "neighbours": self._neighbours,
            "region": self._region,
            "grade": self._grade,
            "moved": self._moved,
            "framework": self._framework,
            "since": self._time,
            "until": self._time,
        }
        self._regions: dict[str, list[Authority]] = defaultdict(list)
        for authority in known.all():
            if authority.region:
                self._regions[authority.region].append(authority)

    def understood(self, typed: str) -> Part | None:
        """The part, or None where a name in it is not known."""
        key, value = _cut(typed)
        reader = self._readers.get(key)
        return reader(typed, value) if reader else None

    def fault(self, typed: str) -> str:
        """Why a part is not understood, with the names that come near."""
        key, value = _cut(typed)
        if key not in self._readers:
            keys = [each for each in self._readers if each]
            fault = f'"{key}:" is none of {", ".join(f"{each}:" for each in keys)}{_meant(key, keys)}'
        elif not value:
            fault = f"nothing comes after the colon; write for example {EXAMPLES}"
        elif key in {"", "neighbours"}:
            near = [authority.name for authority in self._known.suggest(value, _MOST_NAMES)]
            fault = f'no authority is called "{value}"' + (f"; did you mean {', '.join(near)}?" if near else "")
        elif key == "region":
            fault = f'there is no region "{value}"{_meant(value, self._regions)}'
        elif key == "framework":
            fault = f'there is no framework "{value}"{_meant(value, frameworks())}'
        elif key == "grade":
            fault = _grade_fault(value)
        elif key == "moved":
            fault = _moved_fault(value)
        else:
            fault = f'"{value}" is no year (2023), month (2023-05) or day (2023-05-16)'
        return f'cohort part "{typed}": {fault}'

    def _authority(self, typed: str, value: str) -> Part | None:
        if value.casefold() == "all":
            everyone = tuple(authority.slug for authority in self._known.all())
            return Part(typed="all", kind="authorities", values=everyone, words="all authorities")
        found = self._known.find(value)
        return Part(typed=typed, kind="authorities", values=(found.slug,), words=found.name) if found else None

    def _neighbours(self, typed: str, value: str) -> Part | None:
        found = self._known.find(value)
        if found is None:
            return None
        slugs = tuple(authority.slug for authority in self._known.neighbours(found))
        if not slugs:
            successors = " and ".join(_name(self._known, slug) for slug in found.successors)
            hint = f"; it was followed by {successors}" if successors else ""
            raise CohortError(f'cohort part "{typed}": no neighbours of {found.name} are known{hint}')
        return Part(typed=typed, kind="authorities", values=slugs, words=f"statistical neighbours of {found.name}")

    def _region(self, typed: str, value: str) -> Part | None:
        name = next((region for region in self._regions if _folded(region) == _folded(value)), None)
        if name is None:
            return None
        slugs = tuple(authority.slug for authority in self._regions[name])
        return Part(typed=typed, kind="authorities", values=slugs, words=f"authorities of {name}")

    def _grade(self, typed: str, value: str) -> Part | None:
        strand, equals, grade = (each.strip() for each in value.partition("="))
        key, word = _strands().get(_folded(strand)), _grades().get(_folded(grade))
        if not (equals and key and word):
            return None
        so_graded = [
            slug
            for slug, latest in latest_graded(self._inspections).items()
            if (judgement := latest.judgement(key)) and judgement.grade == word
        ]
        words = f"authorities graded {word} on {key.replace('_', ' ')} at their latest graded inspection"
        return Part(typed=typed, kind="authorities", values=tuple(sorted(so_graded)), words=words)

    def _moved(self, typed: str, value: str) -> Part | None:
        strand, _, moves = (each.strip() for each in value.partition("="))
        earlier, arrow, later = (each.strip() for each in moves.partition(">"))
        key = _strands().get(_folded(strand))
        grades = _grades().get(_folded(earlier)), _grades().get(_folded(later))
        if not (arrow and key and all(grades)):
            return None
        moved = latest_transitions(key, self._inspections, self._known.all())
        slugs = tuple(sorted(slug for slug, move in moved.items() if move == grades))
        told = f"stayed {grades[0]}" if grades[0] == grades[1] else f"moved from {grades[0]} to {grades[1]}"
        words = f"authorities that last {told} on {key.replace('_', ' ')}"
        return Part(typed=typed, kind="authorities", values=slugs, words=words)

    def _framework(self, typed: str, value: str) -> Part | None:
        wanted = _folded(value)
        keys = tuple(
            key
            for key, each in frameworks().items()
            if wanted in (_folded(key), _folded(each.family), _folded(each.short))
        )
        names = " or ".join(frameworks()[key].short for key in keys)
        return Part(typed=typed, kind="frameworks", values=keys, words=f"inspections under {names}") if keys else None

    def _time(self, typed: str, value: str) -> Part | None:
        key = _cut(typed)[0]
        if not _TIME.fullmatch(value):
            return None
        return Part(typed=typed, kind="since" if key == "since" else "until", values=(value,), words=f"{key} {value}")


def _cut(typed: str) -> tuple[str, str]:
    """The key of a part, empty for a name alone, and its value."""
    key, colon, value = typed.partition(":")
    return (key.strip(), value.strip()) if colon else ("", typed.strip())


def _grade_fault(value: str) -> str:
    strand, equals, grade = (each.strip() for each in value.partition("="))
    if not equals:
        return "say which strand, for example grade:leaders=outstanding"
    if _folded(strand) not in _strands():
        return f'there is no strand "{strand}"{_meant(strand, _strands())}'
    return f'there is no grade "{grade}"{_meant(grade, _grades())}'


def _moved_fault(value: str) -> str:
    strand, equals, moves = (each.strip() for each in value.partition("="))
    if not equals or ">" not in moves:
        return "say from which grade to which, for example moved:overall=requires improvement>good"
    wrong = next((grade for grade in moves.split(">") if _folded(grade) not in _grades()), moves)
    return _grade_fault(f"{strand}={wrong.strip()}")


def _strands() -> dict[str, str]:
    """Keys of strands by every name they go by, keys themselves first."""
    strands = [strand for framework in frameworks().values() for strand in framework.strands]
    return {_folded(strand.name): strand.key for strand in strands} | {_folded(s.key): s.key for s in strands}


def _grades() -> dict[str, str]:
    """Canonical grades of the frameworks that are compared, by every word they go by."""
    apart = crosswalk().apart
    steps = [step for framework in frameworks().values() if framework.key not in apart for step in framework.grades]
    return {_folded(step.key): step.key for step in steps} | _SPOKEN


def _meant(typed: str, names: Iterable[str]) -> str:
    """Names that come near what was typed; all of them where none does and they are few."""
    by_form = {_folded(name): name for name in names}
    near = [by_form[form] for form in get_close_matches(_folded(typed), by_form, n=_MOST_NAMES)]
    if near:
        return f"; did you mean {', '.join(near)}?"
    return f"; there are {', '.join(sorted(by_form.values()))}" if len(by_form) <= 2 * _MOST_NAMES else ""


def _name(known: Authorities, slug: str) -> str:
    found = known.by_slug(slug)
    return found.name if found else slug


def _folded(name: str) -> str:
    return " ".join(re.sub(r"[\s_-]+", " ", name.replace("&", " and ")).casefold().split())
