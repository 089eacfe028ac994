"""Parse one part of a cohort expression, such as "region:London", or explain why it is not understood.

For example:

    read_part("neighbours:camden")    the slugs of ten authorities, "statistical neighbours of Camden"
    read_part("region:Lodnon")        None
    explain_fault("region:Lodnon")    'group "region:Lodnon": there is no region "Lodnon"; did you mean London?'
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Literal

import msgspec

from reinspect.authorities import Authorities
from reinspect.checks import is_partial_date
from reinspect.comparing.cohorts.cohort import CohortError, latest_graded
from reinspect.comparing.cohorts.moves import describe_target, grade_moves
from reinspect.comparing.crosswalk import crosswalk
from reinspect.frameworks import Framework, frameworks
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.model import Authority, Inspection

EXAMPLES = "neighbours:camden, region:London+since:2023, grade:leaders=outstanding or all"
_OTHER_GRADE_NAMES = {"ri": "requires improvement", "requires improvement to be good": "requires improvement"}
_SUGGESTIONS = 5
# A key without its value: the question to answer.
_MISSING_VALUES = {
    "neighbours": "which council's neighbours? For example neighbours:kent",
    "region": "which region? For example region:London",
    "grade": "which strand and grade? For example grade:overall=good",
    "moved": "which change? For example moved:overall=inadequate>good",
    "since": "since when? For example since:2023",
    "until": "until when? For example until:2024-06",
    "framework": "which framework? For example framework:ilacs",
}

PartKind = Literal["authorities", "frameworks", "since", "until"]


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a cohort expression, such as "region:London", after parsing.

    `values` are slugs, keys of frameworks or one date, according to `kind`. `words` describes the part as text to
    print. `dates` are the days on which authorities became members, as (slug, date), if the part is about a change.
    """

    typed: str
    kind: PartKind
    values: tuple[str, ...]
    words: str
    dates: tuple[tuple[str, str], ...] = ()


class CohortTerms:
    """The names that a cohort expression may use: of authorities, regions, strands, grades and frameworks."""

    def __init__(self, known: Authorities, inspections: Iterable[Inspection]) -> None:
        self._known = known
        self._inspections = tuple(inspections)
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

    def read_part(self, typed: str) -> Part | None:
        """Parse one part of an expression; return None if it has an unknown name."""
        key, value = _cut(typed)
        reader = self._readers.get(key)
        return reader(typed, value) if reader else None

    def explain_fault(self, typed: str) -> str:
        """Return a message that says why a part cannot be parsed, and suggests similar names."""
        key, value = _cut(typed)
        if not key and _folded(value) in _MISSING_VALUES:
            return f'group "{typed}": {_MISSING_VALUES[_folded(value)]}'
        if key not in self._readers:
            keys = [reader for reader in self._readers if reader]
            fault = f'"{key}:" is not one of {", ".join(f"{reader}:" for reader in keys)}{_suggest(key, keys)}'
        elif not value and key in _MISSING_VALUES:
            fault = _MISSING_VALUES[key]
        elif not value:
            fault = f"there is nothing after the colon; type for example {EXAMPLES}"
        elif not key and _folded(value) in _grades():
            fault = f"no authority is called that; for a grade type grade:overall={_folded(value)}"
        elif key in {"", "neighbours"}:
            near = [authority.name for authority in self._known.suggest(value, _SUGGESTIONS)]
            fault = f'no authority is called "{value}"' + (f"; did you mean {', '.join(near)}?" if near else "")
        elif key == "region":
            fault = f'there is no region "{value}"{_suggest(value, self._regions)}'
        elif key == "framework":
            fault = f'there is no framework "{value}"{_suggest(value, frameworks())}'
        elif key == "grade":
            fault = _grade_fault(value)
        elif key == "moved":
            fault = _moved_fault(value)
        else:
            fault = f'"{value}" is not a year (2023), a month (2023-05) or a day (2023-05-16)'
        return f'group "{typed}": {fault}'

    def _authority(self, typed: str, value: str) -> Part | None:
        if value.casefold() == "all":
            everyone = tuple(authority.slug for authority in self._known.all())
            return Part(typed="all", kind="authorities", values=everyone, words="all authorities")
        authority = self._known.find(value)
        return (
            Part(typed=typed, kind="authorities", values=(authority.slug,), words=authority.name) if authority else None
        )

    def _neighbours(self, typed: str, value: str) -> Part | None:
        authority = self._known.find(value)
        if authority is None:
            return None
        slugs = tuple(neighbour.slug for neighbour in self._known.neighbours(authority))
        if not slugs:
            successors = " and ".join(self._known.name_of(slug) for slug in authority.successors)
            hint = f"; it was followed by {successors}" if successors else ""
            raise CohortError(f'group "{typed}": no neighbours of {authority.name} are known{hint}')
        return Part(typed=typed, kind="authorities", values=slugs, words=f"statistical neighbours of {authority.name}")

    def _region(self, typed: str, value: str) -> Part | None:
        name = next((region for region in self._regions if _folded(region) == _folded(value)), None)
        if name is None:
            return None
        slugs = tuple(authority.slug for authority in self._regions[name])
        return Part(typed=typed, kind="authorities", values=slugs, words=f"authorities of {name}")

    def _grade(self, typed: str, value: str) -> Part | None:
        strand, equals, grade = (word.strip() for word in value.partition("="))
        key, word = _strands().get(_folded(strand)), _grades().get(_folded(grade))
        if not (equals and key and word):
            return None
        graded = [
            slug
            for slug, latest in latest_graded(self._inspections).items()
            if (judgement := latest.judgement(key)) and judgement.grade == word
        ]
        words = f"authorities graded {word} on {key.replace('_', ' ')} at their latest graded inspection"
        return Part(typed=typed, kind="authorities", values=tuple(sorted(graded)), words=words)

    def read_move(self, value: str) -> tuple[str, str, str] | None:
        """Return strand, earlier and later grade of "overall=ri>good"; None if one is unknown."""
        strand, _, moves = (word.strip() for word in value.partition("="))
        earlier, arrow, later = (word.strip() for word in moves.partition(">"))
        key = _strands().get(_folded(strand))
        first, last = _grades().get(_folded(earlier)), _grades().get(_folded(later))
        return (key, first, last) if arrow and key and first and last else None

    def _moved(self, typed: str, value: str) -> Part | None:
        move = self.read_move(value)
        if move is None:
            return None
        strand, earlier, later = move
        moves = grade_moves(strand, earlier, later, self._inspections)
        dates = tuple((each.authority, each.end.inspection.when) for each in moves)
        target = describe_target(earlier, later)
        change = f"last stayed {earlier}" if earlier == later else f"moved from {earlier} to {target}"
        return Part(
            typed=typed,
            kind="authorities",
            values=tuple(sorted({slug for slug, _ in dates})),
            words=f"authorities that {change} on {strand.replace('_', ' ')}",
            dates=dates,
        )

    def _framework(self, typed: str, value: str) -> Part | None:
        wanted = _folded(value)
        keys = tuple(
            key
            for key, framework in frameworks().items()
            if wanted in (_folded(key), _folded(framework.family), _folded(framework.short))
        )
        names = " or ".join(frameworks()[key].short for key in keys)
        return Part(typed=typed, kind="frameworks", values=keys, words=f"inspections under {names}") if keys else None

    def _time(self, typed: str, value: str) -> Part | None:
        key = _cut(typed)[0]
        if not is_partial_date(value):
            return None
        return Part(typed=typed, kind="since" if key == "since" else "until", values=(value,), words=f"{key} {value}")


def _cut(typed: str) -> tuple[str, str]:
    """Split a part into its key and its value: "region:London" -> ("region", "London"), "camden" -> ("", "camden")."""
    key, colon, value = typed.partition(":")
    return (key.strip(), value.strip()) if colon else ("", typed.strip())


def _grade_fault(value: str) -> str:
    strand, equals, grade = (word.strip() for word in value.partition("="))
    if not equals:
        return "name the strand, for example grade:leaders=outstanding"
    if _folded(strand) not in _strands():
        return f'there is no strand "{strand}"{_suggest(strand, _strands())}'
    return f'there is no grade "{grade}"{_suggest(grade, _grades())}'


def _moved_fault(value: str) -> str:
    strand, equals, moves = (word.strip() for word in value.partition("="))
    if not equals or ">" not in moves:
        return "name the earlier and the later grade, for example moved:overall=requires improvement>good"
    wrong = next((grade for grade in moves.split(">") if _folded(grade) not in _grades()), moves)
    return _grade_fault(f"{strand}={wrong.strip()}")


def _strands() -> dict[str, str]:
    """Return the keys of all strands, by normalised name: {"children in care": "care", "care": "care", ...}."""
    strands = [strand for framework in _social_care() for strand in framework.strands]
    # If a name is also a key, the key wins.
    return {_folded(strand.name): strand.key for strand in strands} | {_folded(s.key): s.key for s in strands}


def _grades() -> dict[str, str]:
    """Return all grades that may be typed, by normalised name: {"good": "good", "ri": "requires improvement", ...}."""
    separate = crosswalk().separate
    steps = [step for framework in _social_care() if framework.key not in separate for step in framework.grades]
    return {_folded(step.key): step.key for step in steps} | _OTHER_GRADE_NAMES


def _social_care() -> list[Framework]:
    """Return the frameworks whose grades a group may be chosen by: an expression never mixes two bands."""
    return [framework for framework in frameworks().values() if framework.band == SOCIAL_CARE]


def _suggest(typed: str, names: Iterable[str]) -> str:
    """Return a hint that lists the names similar to the typed one, or all names if there are few."""
    by_form = {_folded(name): name for name in names}
    near = [by_form[form] for form in get_close_matches(_folded(typed), by_form, n=_SUGGESTIONS)]
    if near:
        return f"; did you mean {', '.join(near)}?"
    return f"; there are {', '.join(sorted(by_form.values()))}" if len(by_form) <= 2 * _SUGGESTIONS else ""


def _folded(name: str) -> str:
    """Normalise a name for comparison: "Bath & North-East" -> "bath and north east"."""
    return " ".join(re.sub(r"[\s_-]+", " ", name.replace("&", " and ")).casefold().split())
