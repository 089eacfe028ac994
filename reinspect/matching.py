"""Decide which inspection a document belongs to.

A candidate is an inspection that the document may belong to. The rules go from the surest to the least sure, and the
first rule that any candidate fits decides. A wrong match is worse than none: if two candidates fit a rule, or if the
dates of the document cannot be right, a person chooses. For example, reports of Camden:

    the report prints                the rule that decides             result
    25-29 April 2022                 the same days                     camden-2022-04-25-ilacs
    26-29 April 2022                 within a week of the same days    the same; a day is misprinted
    26-30 April 2021, same grades    a year off, with the same grades  the same; the year is misprinted
    25-29 April 2021, other grades   a year off, and on a Sunday       left to a person to choose
    3-7 June 2019                    none; the dates are plausible     new: camden-2019-06-03-ilacs

Press coverage is matched by its own date and by the dates and grades that it names. It never creates an inspection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

import msgspec

from reinspect.frameworks import band_of, frameworks
from reinspect.model import Inspection, Judgement, Kind, SourceFacts, Window, extent

# All in days. No authority had two inspections of one family within 96 days of each other (864 of them,
# data/inspections.csv): within a week it is the same one, and with the same grades within six weeks too.
_ONE_WEEK = 7
_SIX_WEEKS = 45
_ABOUT_A_YEAR = range(358, 374)
# Publication follows the end of an inspection by 18 to 139 days, once by 203.
_LATEST_PUBLICATION = 250
_NEAR_PUBLICATION = 10
# Press and council pieces follow publication by days, seldom weeks; an announcement may come a day or two early.
_NEWS_AFTER_PUBLICATION = range(-2, 46)
_USUAL_WAIT = timedelta(140)
# An article may name its own date, and that of the day before.
_OWN_DATE = timedelta(4)
_ENOUGH_GRADES = 3
_OVERALL = ("overall", "rating")
_UNKNOWN_GAP = 10**6

_Rule = Callable[[SourceFacts, Sequence["Candidate"]], "list[Candidate]"]


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An inspection that a document may belong to.

    `windows` (days on site) and `published` have the dates that any source states. `judgements` are the grades in use.
    """

    id: str
    authority: str
    framework: str
    windows: tuple[tuple[Window, ...], ...] = ()
    published: tuple[date, ...] = ()
    partial_date: str | None = None
    judgements: tuple[Judgement, ...] = ()

    @property
    def grades(self) -> dict[str, str]:
        """The grade of each graded strand, by strand key."""
        return _grades(self.judgements)


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """The result of matching a document to an inspection.

    `inspection` is the id of the inspection that was found. `creates` is True if that inspection is a new one. If none
    was found, `reason` explains why, and `candidates` are the ids to choose from, the likeliest first.
    """

    inspection: str | None = None
    creates: bool = False
    candidates: tuple[str, ...] = ()
    reason: str = ""


def inspection_id(slug: str, facts: SourceFacts) -> str:
    """Return the id of an inspection: its authority, date and kind of framework, such as "camden-2022-04-25-ilacs".

    Raises:
        ValueError: the facts have no framework or no date.
    """
    # The first day on site, else the partial date, else the day of publication.
    when = facts.windows[0].start if facts.windows else facts.partial_date or facts.published
    if facts.framework is None or when is None:
        raise ValueError(f"an inspection of {slug} needs a framework and a date to have an id")
    return f"{slug}-{when}-{family(facts.framework)}"


def family(framework: str) -> str:
    """Return the family of a framework: "ilacs" for "ilacs-2018".

    Raises:
        FrameworkError: a framework file is not valid.
    """
    # An unknown framework is its own family.
    known = frameworks().get(framework)
    return known.family if known else framework


def candidate_of(inspection: Inspection, source_facts: Iterable[SourceFacts] = ()) -> Candidate:
    """Turn an inspection into a match candidate, with the dates that any of its sources states.

    `source_facts` are the facts of all its sources, except press articles.
    """
    # Dates that lost a conflict count too. If a misprinted date displaced the right one, a second copy of the report
    # must still find its inspection.
    sources = list(source_facts)
    windows = dict.fromkeys([inspection.windows, *(facts.windows for facts in sources)])
    published = dict.fromkeys([inspection.published, *(facts.published for facts in sources)])
    return Candidate(
        id=inspection.id,
        authority=inspection.authority,
        framework=inspection.framework,
        windows=tuple(visits for visits in windows if visits),
        published=tuple(day for day in published if day),
        partial_date=inspection.partial_date,
        judgements=inspection.judgements,
    )


def match(kind: Kind, facts: SourceFacts, candidates: Iterable[Candidate]) -> Match:
    """Match a document to one of the candidates, or to a new inspection.

    Only a report or letter that prints its authority, framework and dates can create a new inspection.
    """
    slug = facts.authority.slug if facts.authority else None
    if slug is None:
        return Match(reason="no authority was recognised in it")
    own = [candidate for candidate in candidates if candidate.authority == slug]
    if kind == "coverage":
        # An article that names no other kind of inspection is about social care, whatever else was published that week.
        own = [candidate for candidate in own if band_of(candidate.framework) == band_of(facts.framework)]
        return _match_coverage(facts, own)
    if kind in {"report", "letter", "digest"}:
        return _match_report(kind, slug, facts, own)
    return Match(reason="it is not a report, a letter or press coverage")


def _match_report(kind: Kind, slug: str, facts: SourceFacts, candidates: Sequence[Candidate]) -> Match:
    """Match a report, letter or digest by the first rule that fits."""
    same_family = [candidate for candidate in candidates if _is_same_family(facts, candidate)]
    for rule in _RULES if facts.framework else (_same_days,):
        fits = rule(facts, same_family)
        if len(fits) == 1:
            return Match(inspection=fits[0].id)
        if fits:
            return Match(candidates=_ids(fits), reason="several inspections fit what it prints")
    suspects = _misprint_suspects(facts, same_family)
    if kind == "digest" or facts.framework is None or not facts.windows:
        return Match(candidates=_ids(suspects or same_family), reason=_reason_for_no_match(facts))
    new = inspection_id(slug, facts)
    if suspects:
        return Match(candidates=(*_ids(suspects), new), reason="its dates look misprinted; choose the inspection")
    return Match(inspection=new, creates=not any(candidate.id == new for candidate in candidates))


def _is_same_family(facts: SourceFacts, candidate: Candidate) -> bool:
    if facts.framework is None:
        # An unrecognised text must not pass for a graded report, nor a graded one for a visit.
        return bool(_grades(facts.judgements)) <= bool(candidate.grades)
    return family(facts.framework) == family(candidate.framework)


def _reason_for_no_match(facts: SourceFacts) -> str:
    missing = [name for name, fact in (("framework", facts.framework), ("dates on site", facts.windows)) if not fact]
    return f"it does not print its {' or '.join(missing)}" if missing else "no inspection fits what it prints"


# The rules of `_RULES`, the surest first.


def _same_days(facts: SourceFacts, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates with the same first and last day on site."""
    return [
        candidate
        for candidate in candidates
        if any(extent(facts.windows) == extent(visits) for visits in candidate.windows)
    ]


def _same_publication(facts: SourceFacts, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates published on the same day."""
    return [
        candidate
        for candidate in candidates
        if facts.published in candidate.published
        # The days on site may differ by a year (a misprint), but not by more.
        and (not facts.windows or not candidate.windows or _days_apart(facts, candidate) < _ABOUT_A_YEAR.stop)
    ]


def _nearly_same_days(facts: SourceFacts, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates whose first or last day on site is at most a week away."""
    near = [candidate for candidate in candidates if _days_apart(facts, candidate) <= _ONE_WEEK]
    if not near:
        return []
    # A day or a month is misprinted, or else the year: then candidates on the very same days of another year fit as
    # well, so that a person decides.
    other_year = [candidate for candidate in candidates if _is_same_days_of_another_year(facts, candidate)]
    return near + [candidate for candidate in other_year if candidate not in near]


def _is_same_days_of_another_year(facts: SourceFacts, candidate: Candidate) -> bool:
    printed = extent(facts.windows)
    known = (extent(visits) for visits in candidate.windows)
    return any(printed and days and [*map(_day_of_year, printed)] == [*map(_day_of_year, days)] for days in known)


def _day_of_year(day: date) -> str:
    return f"{day:%m-%d}"


def _same_grades_nearby(facts: SourceFacts, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates with the same grades, if their dates are within six weeks or about a year off."""
    return [
        candidate
        for candidate in candidates
        if (_days_apart(facts, candidate) <= _SIX_WEEKS or _days_apart(facts, candidate) in _ABOUT_A_YEAR)
        and _is_same_grades(facts, candidate)
    ]


def _nearly_same_publication(facts: SourceFacts, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates published at nearly the same time, for a document without days on site."""
    if facts.windows or facts.published is None:
        return []
    printed = facts.published
    # Within ten days, or about a year off (a misprint) on the same day of the year or with the same grades.
    near = [other for other in candidates if any(_gap(printed, day) <= _NEAR_PUBLICATION for day in other.published)]
    year_off = [other for other in candidates if any(_gap(printed, day) in _ABOUT_A_YEAR for day in other.published)]
    same_day = [other for other in year_off if near and _day_of_year(printed) in map(_day_of_year, other.published)]
    same_grades = [other for other in year_off if _is_same_grades(facts, other)]
    return [other for other in candidates if other in near or other in same_day or other in same_grades]


def _same_grades_only(facts: SourceFacts, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates with the same framework and grades, for a document without any date."""
    if facts.windows or facts.published:
        return []
    return [other for other in candidates if other.framework == facts.framework and _is_same_grades(facts, other)]


_RULES: tuple[_Rule, ...] = (
    _same_days,
    _same_publication,
    _nearly_same_days,
    _same_grades_nearby,
    _nearly_same_publication,
    _same_grades_only,
)


def _misprint_suspects(facts: SourceFacts, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates about a year away, if the dates of the document are implausible."""
    if not facts.windows:
        return []
    start, end = extent(facts.windows) or (date.min, date.min)
    published = facts.published
    # No visit is on a weekend, and publication follows its end within some months.
    wrong = end < start or start.weekday() > 4 or end.weekday() > 4
    wrong = wrong or (published is not None and not 0 <= (published - end).days <= _LATEST_PUBLICATION)
    return [other for other in candidates if wrong and _days_apart(facts, other) in _ABOUT_A_YEAR]


# Press coverage.


def _match_coverage(facts: SourceFacts, candidates: Sequence[Candidate]) -> Match:
    """Match a press article to an inspection."""
    written = facts.published or _latest_day(facts.mentioned_dates)
    possible = [
        candidate
        for candidate in candidates
        if (facts.framework is None or _is_same_family(facts, candidate)) and not _is_after(candidate, facts.published)
    ]
    # The date of the article decides first, because it follows publication closely; then the dates and grades it names.
    recent = [candidate for candidate in possible if written and _is_in_the_news(candidate, written)]
    if len(recent) > 1:
        recent = [candidate for candidate in recent if _quotes_a_grade_of(facts, candidate)]
    if len(recent) == 1 and (not facts.judgements or not recent[0].grades or _quotes_a_grade_of(facts, recent[0])):
        return Match(inspection=recent[0].id)
    # An inspection before a later event that the article names is only recalled.
    told = [candidate for candidate in possible if not _is_recalled(facts, candidate)]
    named = [] if recent else _best_named(facts, told)
    if len(named) == 1:
        return Match(inspection=named[0].id)
    by_precision = sorted(possible, key=lambda candidate: -_precision(facts.mentioned_dates, candidate))
    likely = recent or named or [other for other in by_precision if _precision(facts.mentioned_dates, other)]
    return Match(candidates=_ids(likely), reason="the dates and grades it names do not single out one inspection")


def _best_named(facts: SourceFacts, possible: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates whose date a press article mentions most precisely."""
    scored = [(_precision(facts.mentioned_dates, candidate), candidate) for candidate in possible]
    # The exact day is enough. A month or year counts only if the article quotes a grade of the candidate, or, for a
    # month, if it names the framework and no grades.
    sure = [
        (precision, candidate)
        for precision, candidate in scored
        if precision == _DAY
        or (precision and _quotes_a_grade_of(facts, candidate))
        or (precision == _MONTH and facts.framework and not facts.judgements)
    ]
    best = max((precision for precision, _ in sure), default=0)
    return [candidate for precision, candidate in sure if precision == best]


def _is_recalled(facts: SourceFacts, candidate: Candidate) -> bool:
    """Return whether a press article names an event after the publication of a candidate, and before its own date."""
    known = [*candidate.published, *(visits[-1].end + _USUAL_WAIT for visits in candidate.windows)]
    if not known or (facts.published is None and not facts.mentioned_dates):
        return False
    after = max(known)
    until = facts.published - _OWN_DATE if facts.published else date.max
    named = [partial for partial in facts.mentioned_dates if partial.count("-") >= 1]
    return any(after < date.fromisoformat(_first_day(partial)) < until for partial in named)


def _first_day(partial: str) -> str:
    """Return the first day of a partial date: "2022-10" -> "2022-10-01"."""
    return partial if partial.count("-") == 2 else f"{partial}-01"


_YEAR, _MONTH, _DAY = 1, 2, 3


def _precision(mentioned: Iterable[str], candidate: Candidate) -> int:
    """Return how precisely the mentioned dates fit the dates of a candidate.

    3: to the day, 2: to the month, 1: to the year, 0: not at all.
    """
    days = [day.isoformat() for day in candidate.published]
    days += [edge.isoformat() for visits in candidate.windows for visit in visits for edge in (visit.start, visit.end)]
    days += [candidate.partial_date] if candidate.partial_date else []
    return max((partial.count("-") + 1 for partial in mentioned for day in days if _is_within(day, partial)), default=0)


def _is_within(day: str, partial: str) -> bool:
    return day == partial or day.startswith(f"{partial}-")


def _latest_day(mentioned: Iterable[str]) -> date | None:
    return max((date.fromisoformat(partial) for partial in mentioned if partial.count("-") == 2), default=None)


def _is_in_the_news(candidate: Candidate, written: date) -> bool:
    return any((written - day).days in _NEWS_AFTER_PUBLICATION for day in candidate.published)


def _is_after(candidate: Candidate, written: date | None) -> bool:
    return written is not None and any(visits[0].start > written for visits in candidate.windows)


def _quotes_a_grade_of(facts: SourceFacts, candidate: Candidate) -> bool:
    """Return True if a press article quotes a grade of the candidate."""
    grades = {strand: _grade_word(grade) for strand, grade in candidate.grades.items()}
    # A grade quoted without a strand must be the overall grade, or any grade of a candidate without an overall grade.
    overall = [grades[strand] for strand in _OVERALL if strand in grades] or list(grades.values())
    return any(
        _grade_word(grade) in overall if strand in {"", *_OVERALL} else grades.get(strand) == _grade_word(grade)
        for strand, grade in ((quoted.strand, quoted.grade) for quoted in facts.judgements if quoted.grade)
    )


def _grade_word(grade: str) -> str:
    """Remove the verb from a grade: "performs excellently" -> "excellently"."""
    words = grade.casefold().split()
    return " ".join(words[1:] if words[0] in {"performs", "performing", "performed"} else words)


# Grades and dates.


def _is_same_grades(facts: SourceFacts, candidate: Candidate) -> bool:
    """Return True if a document and a candidate have enough strands in common, all with the same grades."""
    printed, known = _grades(facts.judgements), candidate.grades
    common = printed.keys() & known.keys()
    # Few common grades do not tell one inspection from another.
    enough = len(common) >= min(_ENOUGH_GRADES, max(len(known), 1))
    return enough and all(printed[strand] == known[strand] for strand in common)


def _grades(judgements: Iterable[Judgement]) -> dict[str, str]:
    return {judgement.strand: judgement.grade for judgement in judgements if judgement.grade}


def _days_apart(facts: SourceFacts, candidate: Candidate) -> int:
    """Return the number of days between the visit in a document and a candidate's visit."""
    printed = extent(facts.windows)
    extents = [extent(visits) for visits in candidate.windows]
    # Between the first days or between the last days, whichever are closer.
    gaps = [_gap(a, b) for days in extents if printed and days for a, b in zip(printed, days, strict=True)]
    return min(gaps, default=_UNKNOWN_GAP)


def _gap(a: date, b: date) -> int:
    return abs((a - b).days)


def _ids(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    return tuple(candidate.id for candidate in candidates)
