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
spaces and commas of its own. An expression is read in three steps:

    region:London,South East since:2023
    runs     "region:London,South East"   "since:2023"                         cut before each key and at each +
    groups   [region:London, region:South East]   [since:2023]                 alternatives in one group
    cohort   authorities of London or of the South East, and of their inspections those since 2023
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reinspect.authorities import Authorities
from reinspect.comparing.cohorts.cohort import Cohort, CohortError, EmptyCohortError, is_within
from reinspect.comparing.cohorts.terms import EXAMPLES, CohortTerms, Part, PartKind
from reinspect.model import Inspection

_KEY = re.compile(r"(\w+)\s*:\s*")
_NEXT_PART = re.compile(r"\s*\+\s*|[\s,]+(?=\w+\s*:)")
_SEPARATOR = re.compile(r"[\s,]+")
# A move has the most words: a strand, two grades and the signs between.
_MOST_WORDS = 20
_COMMAS = "a space or + narrows, a comma separates alternatives"


def cohort(expression: str, known: Authorities, inspections: Iterable[Inspection]) -> Cohort:
    """Parse a cohort expression, such as "region:London since:2023".

    `known` are all authorities, and `inspections` all inspections in the store.

    Raises:
        CohortError: a part is not understood, alternatives are of two kinds, or no authority fits every part.
    """
    groups = list(_groups(expression, CohortTerms(known, inspections)))
    if not groups:
        raise CohortError(f"the group is empty; type for example {EXAMPLES}")
    members = _everyone(groups, known)
    under: list[str] = []
    times: dict[PartKind, str] = {}
    for kind, values in ((group[0].kind, _union(group)) for group in groups):
        if kind == "authorities":
            former = set(members)
            members = [slug for slug in values if slug in former]
        elif kind == "frameworks":
            under = [key for key in values if key in under] if under else values
            if not under:
                raise CohortError(f'no inspection is under every framework of "{expression.strip()}"; {_COMMAS}')
        elif kind == "since":
            times[kind] = max(values[0], times.get(kind, ""))
        else:
            # Of two limits, a month ends before its year does: "2023-05" before "2023".
            times[kind] = min(values[0], times.get(kind, values[0]), key=lambda value: f"{value}~")
    members = [slug for slug in members if _moved_in_time(slug, groups, times)]
    if not members:
        raise EmptyCohortError(f'no authority is in every part of "{expression.strip()}"; {_COMMAS}')
    return Cohort(
        expression="+".join(",".join(part.typed for part in group) for group in groups),
        words="; ".join(" or ".join(part.words for part in group) for group in groups),
        authorities=tuple(members),
        frameworks=tuple(under),
        since=times.get("since"),
        until=times.get("until"),
    )


def _everyone(groups: Iterable[list[Part]], known: Authorities) -> list[str]:
    """Return the slugs of all authorities; the invented council is among them only if a part names it."""
    slugs = [authority.slug for authority in known.all()]
    invented = known.invented
    if invented and any(known.find(part.typed) == invented for group in groups for part in group):
        slugs.append(invented.slug)
    return slugs


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
                raise CohortError(f'group "{part.typed}" is not an alternative to "{group[0].typed}"; {_COMMAS}')
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


class _Path(NamedTuple):
    """The best way found to read the beginning of a piece as parts; the way before its last part is `before`.

    `cost` counts first the spaces that would narrow the cohort, then the parts.
    """

    cost: tuple[int, int]
    part: Part | CohortError | None = None
    widens: bool = False
    before: _Path | None = None


def _parts(run: str, terms: CohortTerms) -> list[tuple[Part, bool]]:
    """Parse a piece of an expression; return pairs (part, True if a comma comes after it).

    A name may contain spaces and commas: of all ways to read the piece, the one with the fewest narrowing spaces is
    taken, then the one with the fewest parts. So "Bristol, City of London" has two names, not "Bristol, City".
    """
    key = _KEY.match(run)
    first, start = (f"{key[1].casefold()}:", key.end()) if key else ("", 0)
    if start == len(run):
        raise CohortError(terms.explain_fault(first))
    cuts = [(match.start(), match.end(), "," in match.group()) for match in _SEPARATOR.finditer(run, start)]
    cuts.append((len(run), len(run), False))
    # For each place where a part may begin, and each key that it may share with the part before: the best way there.
    paths: dict[int, dict[str, _Path]] = {start: {first: _Path((0, 0))}}
    for number, place in enumerate([start, *(end for _, end, _ in cuts[:-1])]):
        for prefix, path in paths.get(place, {}).items():
            for end, following, comma in cuts[number : number + _MOST_WORDS]:
                part = _read_part(terms, prefix + run[place:end])
                if part is None:
                    continue
                narrows = following < len(run) and not comma
                cost = (path.cost[0] + narrows, path.cost[1] + 1)
                shared = _prefix(part.typed) if comma and isinstance(part, Part) else ""
                known = paths.setdefault(following, {})
                if shared not in known or cost < known[shared].cost:
                    known[shared] = _Path(cost, part, comma, path)
    ways = paths.get(len(run), {})
    if not ways:
        raise CohortError(_fault(run, terms, paths))
    return _walk_back(min(ways.values(), key=lambda way: way.cost))


def _read_part(terms: CohortTerms, typed: str) -> Part | CohortError | None:
    try:
        return terms.read_part(typed)
    except CohortError as error:
        # Raised only if no other way to read the piece is better.
        return error


def _walk_back(path: _Path) -> list[tuple[Part, bool]]:
    """Return the parts along a path, in the order of the expression."""
    parts: list[tuple[Part, bool]] = []
    step: _Path | None = path
    while step is not None and step.part is not None:
        if isinstance(step.part, CohortError):
            raise step.part
        parts.append((step.part, step.widens))
        step = step.before
    return parts[::-1]


def _fault(run: str, terms: CohortTerms, paths: dict[int, dict[str, _Path]]) -> str:
    """Return a message on the first name that no way of reading the piece understands."""
    place = max(paths)
    prefix, path = min(paths[place].items(), key=lambda item: item[1].cost)
    if path.part is not None:
        _walk_back(path)
    comma = run.find(",", place)
    return terms.explain_fault(prefix + (run[place:comma] if comma >= 0 else run[place:]).strip())


def _prefix(typed: str) -> str:
    """Return the beginning of a part that alternatives after a comma share: "region:" or "grade:help="."""
    return typed[: max(typed.rfind("="), typed.find(":")) + 1]


def _union(group: Sequence[Part]) -> list[str]:
    return list(dict.fromkeys(value for part in group for value in part.values))
