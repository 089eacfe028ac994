"""A cohort as a person writes it.

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
from collections.abc import Iterable, Iterator, Sequence

from reinspect.authorities import Authorities
from reinspect.comparing.cohorts.cohort import Cohort, CohortError
from reinspect.comparing.cohorts.terms import EXAMPLES, Kind, Names, Part
from reinspect.model import Inspection

_KEY = re.compile(r"(\w+)\s*:\s*")
_NEXT_PART = re.compile(r"\s*\+\s*|[\s,]+(?=\w+\s*:)")
_SEPARATOR = re.compile(r"[\s,]+")
_COMMAS = "a space or + narrows, a comma stands between alternatives"


def cohort(expression: str, known: Authorities, inspections: Iterable[Inspection]) -> Cohort:
    """The cohort that an expression names (see the module).

    `inspections` are all that are held: the latest of each authority decide who is in a `grade:` part.

    Raises:
        CohortError: a part cannot be understood, alternatives are of two kinds, or no authority is in every part.
    """
    groups = list(_groups(expression, Names(known, inspections)))
    if not groups:
        raise CohortError(f"a cohort is empty; write for example {EXAMPLES}")
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


def _groups(expression: str, names: Names) -> Iterator[list[Part]]:
    """The parts of an expression; alternatives stand in one group."""
    group: list[Part] = []
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


def _read(run: str, names: Names) -> Iterator[tuple[Part, bool]]:
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


def _united(group: Sequence[Part]) -> list[str]:
    return list(dict.fromkeys(value for part in group for value in part.values))
