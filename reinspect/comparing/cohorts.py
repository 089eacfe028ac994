"""A cohort: the authorities and inspections that something is set beside, as a person writes it.

    neighbours:camden              the ten statistical neighbours of an authority
    region:London                  the authorities of a region
    grade:leaders=outstanding      those so graded at their latest graded inspection
    moved:overall=ri>good          those that last moved so on a strand; ri>ri are those that stayed
    camden                         one authority
    all                            all authorities
    framework:ilacs-2023           inspections under a framework, or under all of a family (framework:ilacs)
    since:2023  until:2024-06      inspections by their first day on site: a year, a month or a day, included

A space or `+` narrows: each part must hold. A comma widens: it stands between alternatives of one kind, and what
stands before it need not be said again (`region:London,South East`, `grade:help=good,outstanding`). A name may hold
spaces and commas of its own: the longest name that is known is taken.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Literal

import msgspec

from reinspect.authorities import Authorities
from reinspect.comparing.crosswalk import crosswalk
from reinspect.errors import ReinspectError
from reinspect.frameworks import frameworks
from reinspect.model import Authority, Inspection

KEYS = ("neighbours", "region", "grade", "moved", "framework", "since", "until")
_KEY = re.compile(r"(\w+)\s*:\s*")
_NEXT_PART = re.compile(r"\s*\+\s*|[\s,]+(?=\w+\s*:)")
_SEPARATOR = re.compile(r"[\s,]+")
_TIME = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_SPOKEN = {"ri": "requires improvement", "requires improvement to be good": "requires improvement"}
_MOST_NAMES = 5
_EXAMPLES = "neighbours:camden, region:London+since:2023, grade:leaders=outstanding or all"
_COMMAS = "a space or + narrows, a comma stands between alternatives"

Kind = Literal["authorities", "frameworks", "since", "until"]


class CohortError(ReinspectError):
    """A cohort that cannot be understood, or that nobody is in; the message names the part."""

    exit_code = 2


class Cohort(msgspec.Struct, frozen=True, kw_only=True):
    """Who and what to set something beside.

    `authorities` are slugs, the nearest neighbours first where they are neighbours. `frameworks`, `since` and `until`
    (ISO, as coarse as typed, both included) restrict the inspections and are empty or None where they do not.
    `words` is the whole in words, `expression` as it may be typed again.
    """

    expression: str
    words: str
    authorities: tuple[str, ...]
    frameworks: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    def holds(self, inspection: Inspection) -> bool:
        """Whether an inspection belongs to it."""
        return (
            inspection.authority in self.authorities
            and (not self.frameworks or inspection.framework in self.frameworks)
            and is_within(inspection.when, self.since, self.until)
        )

    def holds_all_of(self, slug: str | None) -> bool:
        """Whether all that is held of an authority belongs to it, of whatever inspection and date."""
        return slug in self.authorities and not (self.frameworks or self.since or self.until)

    def without(self, slug: str) -> Cohort:
        """The same cohort without one authority, which is then set beside the others."""
        others = tuple(each for each in self.authorities if each != slug)
        return msgspec.structs.replace(self, authorities=others)


def is_within(when: str, since: str | None, until: str | None) -> bool:
    """Whether an ISO date is not before the one and not after the other, each of which may be coarse."""
    if (since or until) and not when:
        return False
    return (since is None or when[: len(since)] >= since) and (until is None or when[: len(until)] <= until)


def is_full(inspection: Inspection) -> bool:
    """Whether it graded an authority's own strands under a framework that is compared with others.

    A visit did not, the review of a board alone did not, and the frameworks that stand apart are history.
    """
    return (
        inspection.graded
        and inspection.framework not in crosswalk().apart
        and any(judgement.strand != "lscb" for judgement in inspection.judgements)
    )


def latest_graded(inspections: Iterable[Inspection]) -> dict[str, Inspection]:
    """The latest full inspection of each authority (slug) that had one."""
    ordered = sorted(inspections, key=lambda inspection: (inspection.when, inspection.id))
    return {inspection.authority: inspection for inspection in ordered if is_full(inspection)}


def cohort(expression: str, known: Authorities, inspections: Iterable[Inspection]) -> Cohort:
    """The cohort that an expression names (see the module).

    `inspections` are all that are held: the latest of each authority decide who is in a `grade:` part.

    Raises:
        CohortError: a part cannot be understood, alternatives are of two kinds, or no authority is in every part.
    """
    groups = list(_groups(expression, _Names(known, inspections)))
    if not groups:
        raise CohortError(f"a cohort is empty; write for example {_EXAMPLES}")
    members = [authority.slug for authority in known.all()]
    under: list[str] = []
    times: dict[Kind, str] = {}
    for kind, values in ((group[0].kind, _united(group)) for group in groups):
        if kind == "authorities":
            members = [slug for slug in values if slug in members]
        elif kind == "frameworks":
            under = [key for key in values if key in under] if under else values
            if not under:
                raise CohortError(f'no inspection is under every framework of "{expression.strip()}"; {_COMMAS}')
        else:
            times[kind] = (
                max(values[0], times.get(kind, "")) if kind == "since" else min(values[0], times.get(kind, "9"))
            )
    if not members:
        raise CohortError(f'no authority is in every part of "{expression.strip()}"; {_COMMAS}')
    return Cohort(
        expression="+".join(",".join(part.typed for part in group) for group in groups),
        words="; ".join(" or ".join(part.words for part in group) for group in groups),
        authorities=tuple(members),
        frameworks=tuple(under),
        since=times.get("since"),
        until=times.get("until"),
    )


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    """One part, understood: what it is about, and the slugs, framework keys or the one time that it names."""

    typed: str
    kind: Kind
    values: tuple[str, ...]
    words: str


def _groups(expression: str, names: _Names) -> Iterator[list[_Part]]:
    """The parts of an expression; alternatives stand in one group."""
    group: list[_Part] = []
    for run, joined in _runs(expression):
        widens = joined
        for part, widens_next in _read(run, names):
            if group and not widens:
                yield group
                group = []
            group.append(part)
            if part.kind != group[0].kind or (part.kind in {"since", "until"} and len(group) > 1):
                raise CohortError(f'cohort part "{part.typed}" is no alternative to "{group[0].typed}"; {_COMMAS}')
            widens = widens_next
    if group:
        yield group


def _runs(expression: str) -> Iterator[tuple[str, bool]]:
    """The expression cut before each key and at each `+`; with each run, whether a comma joins it to the one before."""
    at, joined = 0, False
    for cut in _NEXT_PART.finditer(expression):
        if run := expression[at : cut.start()].strip(" ,"):
            yield run, joined
        at, joined = cut.end(), "," in cut.group()
    if run := expression[at:].strip(" ,"):
        yield run, joined


def _read(run: str, names: _Names) -> Iterator[tuple[_Part, bool]]:
    """The parts of a run, each with whether a comma comes after it."""
    key = _KEY.match(run)
    prefix, rest = (f"{key[1].casefold()}:", run[key.end() :]) if key else ("", run)
    if not rest:
        raise CohortError(names.fault(prefix))
    while rest:
        ends = [*(match.start() for match in _SEPARATOR.finditer(rest)), len(rest)]
        found = next(((part, end) for end in reversed(ends) if (part := names.understood(prefix + rest[:end]))), None)
        if found is None:
            raise CohortError(names.fault(prefix + rest))
        part, end = found
        between = _SEPARATOR.match(rest, end)
        widens = between is not None and "," in between.group()
        yield part, widens
        prefix = _prefix(part.typed) if widens else ""
        rest = rest[between.end() :] if between else ""


def _prefix(typed: str) -> str:
    """What need not be said again after a comma: "region:", "grade:help="."""
    return typed[: max(typed.rfind("="), typed.find(":")) + 1]


def _united(group: Sequence[_Part]) -> list[str]:
    return list(dict.fromkeys(value for part in group for value in part.values))


class _Names:
    """Every name that a part may use."""

    def __init__(self, known: Authorities, inspections: Iterable[Inspection]) -> None:
        self._known = known
        self._inspections = inspections
        self._readers: dict[str, Callable[[str, str], _Part | None]] = {
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

    def understood(self, typed: str) -> _Part | None:
        """The part, or None where a name in it is not known."""
        key, value = _cut(typed)
        reader = self._readers.get(key)
        return reader(typed, value) if reader else None

    def fault(self, typed: str) -> str:
        """Why a part is not understood, with the names that come near."""
        key, value = _cut(typed)
        if key not in self._readers:
            fault = f'"{key}:" is none of {", ".join(f"{each}:" for each in KEYS)}{_meant(key, KEYS)}'
        elif not value:
            fault = f"nothing comes after the colon; write for example {_EXAMPLES}"
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

    def _authority(self, typed: str, value: str) -> _Part | None:
        if value.casefold() == "all":
            everyone = tuple(authority.slug for authority in self._known.all())
            return _Part(typed="all", kind="authorities", values=everyone, words="all authorities")
        found = self._known.find(value)
        return _Part(typed=typed, kind="authorities", values=(found.slug,), words=found.name) if found else None

    def _neighbours(self, typed: str, value: str) -> _Part | None:
        found = self._known.find(value)
        if found is None:
            return None
        slugs = tuple(authority.slug for authority in self._known.neighbours(found))
        if not slugs:
            successors = " and ".join(_name(self._known, slug) for slug in found.successors)
            hint = f"; it was followed by {successors}" if successors else ""
            raise CohortError(f'cohort part "{typed}": no neighbours of {found.name} are known{hint}')
        return _Part(typed=typed, kind="authorities", values=slugs, words=f"statistical neighbours of {found.name}")

    def _region(self, typed: str, value: str) -> _Part | None:
        name = next((region for region in self._regions if _folded(region) == _folded(value)), None)
        if name is None:
            return None
        slugs = tuple(authority.slug for authority in self._regions[name])
        return _Part(typed=typed, kind="authorities", values=slugs, words=f"authorities of {name}")

    def _grade(self, typed: str, value: str) -> _Part | None:
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
        return _Part(typed=typed, kind="authorities", values=tuple(sorted(so_graded)), words=words)

    def _moved(self, typed: str, value: str) -> _Part | None:
        from reinspect.comparing.movement import last_moves

        strand, _, moves = (each.strip() for each in value.partition("="))
        earlier, arrow, later = (each.strip() for each in moves.partition(">"))
        key = _strands().get(_folded(strand))
        grades = _grades().get(_folded(earlier)), _grades().get(_folded(later))
        if not (arrow and key and all(grades)):
            return None
        moved = last_moves(key, self._inspections, self._known.all())
        slugs = tuple(sorted(slug for slug, move in moved.items() if move == grades))
        told = f"stayed {grades[0]}" if grades[0] == grades[1] else f"moved from {grades[0]} to {grades[1]}"
        words = f"authorities that last {told} on {key.replace('_', ' ')}"
        return _Part(typed=typed, kind="authorities", values=slugs, words=words)

    def _framework(self, typed: str, value: str) -> _Part | None:
        wanted = _folded(value)
        keys = tuple(
            key
            for key, each in frameworks().items()
            if wanted in (_folded(key), _folded(each.family), _folded(each.short))
        )
        names = " or ".join(frameworks()[key].short for key in keys)
        return _Part(typed=typed, kind="frameworks", values=keys, words=f"inspections under {names}") if keys else None

    def _time(self, typed: str, value: str) -> _Part | None:
        key = _cut(typed)[0]
        if not _TIME.fullmatch(value):
            return None
        return _Part(typed=typed, kind="since" if key == "since" else "until", values=(value,), words=f"{key} {value}")


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
