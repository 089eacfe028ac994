"""Parse the expression that a person types to choose a cohort (a group of authorities).

    neighbours:camden              the ten statistical neighbours of an authority
    region:London                  the authorities of a region
    grade:leaders=outstanding      authorities with this grade at their latest graded inspection
    moved:overall=ri>good          authorities that ever moved so on a strand, or beyond; ri>ri: those that stayed
    camden                         one authority
    all                            all authorities
    framework:ilacs-2023           inspections under a framework, or under all of a family (framework:ilacs)
    since:2023  until:2024-06      inspections by their first day on site: a year, a month or a day, included

A space or `+` narrows: the cohort must fit each part. A comma widens: it separates alternatives of one kind, and they
share the key of the first one (`region:London,South East`, `grade:help=good,outstanding`). A name may have
spaces and commas of its own, so the longest known name is taken. An expression is read in three steps:

    region:London,South East since:2023
    runs     "region:London,South East"   "since:2023"                         cut before each key and at each +
    groups   [region:London, region:South East]   [since:2023]                 alternatives in one group
    cohort   authorities of London or of the South East, and of their inspections those since 2023
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reinspect.authorities import Authorities
from reinspect.comparing.cohorts.cohort import Cohort, CohortError, is_within
from reinspect.comparing.cohorts.terms import EXAMPLES, CohortTerms, Part, PartKind
from reinspect.model import Inspection

_KEY = re.compile(r"(\w+)\s*:\s*")
_NEXT_PART = re.compile(r"\s*\+\s*|[\s,]+(?=\w+\s*:)")
_SEPARATOR = re.compile(r"[\s,]+")
_COMMAS = "a space or + narrows, a comma separates alternatives"


def cohort(expression: str, known: Authorities, inspections: Iterable[Inspection]) -> Cohort:
    """Parse a cohort expression, such as "region:London since:2023".

    `known` are all authorities, and `inspections` all inspections in the store.

    Raises:
        CohortError: a part is not understood, alternatives are of two kinds, or no authority fits every part.
    """
    groups = list(_groups(expression, CohortTerms(known, inspections)))
    if not groups:
        raise CohortError(f"the cohort is empty; type for example {EXAMPLES}")
    members = [authority.slug for authority in known.all()]
    under: list[str] = []
    times: dict[PartKind, str] = {}
    for kind, values in ((group[0].kind, _union(group)) for group in groups):
        if kind == "authorities":
            members = [slug for slug in values if slug in members]
        elif kind == "frameworks":
            under = [key for key in values if key in under] if under else values
            if not under:
                raise CohortError(f'no inspection is under every framework of "{expression.strip()}"; {_COMMAS}')
        elif kind == "since":
            times[kind] = max(values[0], times.get(kind, ""))
        else:
            times[kind] = min(values[0], times.get(kind, "9"))
    members = [slug for slug in members if _moved_in_time(slug, groups, times)]
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


def _moved_in_time(slug: str, groups: Iterable[list[Part]], times: Mapping[PartKind, str]) -> bool:
    """Return whether an authority made each move that is asked for within the time limits."""
    for group in groups:
        if any(part.dates for part in group):
            days = [day for part in group for other, day in part.dates if other == slug]
            is_member_anyway = any(slug in part.values for part in group if not part.dates)
            if not is_member_anyway and not any(is_within(day, times.get("since"), times.get("until")) for day in days):
                return False
    return True


def _groups(expression: str, terms: CohortTerms) -> Iterator[list[Part]]:
    """Parse an expression; yield one list of parts for each group of alternatives."""
    group: list[Part] = []
    for run, joined in _runs(expression):
        widens = joined
        for part, widens_next in _parts(run, terms):
            if group and not widens:
                yield group
                group = []
            group.append(part)
            if part.kind != group[0].kind or (part.kind in {"since", "until"} and len(group) > 1):
                raise CohortError(f'cohort part "{part.typed}" is not an alternative to "{group[0].typed}"; {_COMMAS}')
            widens = widens_next
    if group:
        yield group


def _runs(expression: str) -> Iterator[tuple[str, bool]]:
    """Cut an expression before each key and each `+`; yield (piece, True if a comma comes before it)."""
    at, joined = 0, False
    for cut in _NEXT_PART.finditer(expression):
        if run := expression[at : cut.start()].strip(" ,"):
            yield run, joined
        at, joined = cut.end(), "," in cut.group()
    if run := expression[at:].strip(" ,"):
        yield run, joined


def _parts(run: str, terms: CohortTerms) -> Iterator[tuple[Part, bool]]:
    """Parse a piece of an expression; yield (part, True if a comma comes after it)."""
    key = _KEY.match(run)
    prefix, rest = (f"{key[1].casefold()}:", run[key.end() :]) if key else ("", run)
    if not rest:
        raise CohortError(terms.explain_fault(prefix))
    while rest:
        # A name may contain spaces and commas, so the longest known name is taken.
        ends = [*(match.start() for match in _SEPARATOR.finditer(rest)), len(rest)]
        longest = next(((part, end) for end in reversed(ends) if (part := terms.read_part(prefix + rest[:end]))), None)
        if longest is None:
            raise CohortError(terms.explain_fault(prefix + rest))
        part, end = longest
        between = _SEPARATOR.match(rest, end)
        widens = between is not None and "," in between.group()
        yield part, widens
        prefix = _prefix(part.typed) if widens else ""
        rest = rest[between.end() :] if between else ""


def _prefix(typed: str) -> str:
    """Return the beginning of a part that alternatives after a comma share: "region:" or "grade:help="."""
    return typed[: max(typed.rfind("="), typed.find(":")) + 1]


def _union(group: Sequence[Part]) -> list[str]:
    return list(dict.fromkeys(value for part in group for value in part.values))
