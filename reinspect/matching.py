"""Attaching a document to the event that it is about (design.md 2, domain.md 4.3).

The rules go from the surest to the least sure, and each attaches only when exactly one event fits. A wrong event is
worse than none: what finds no event, or several, is left for a person, with the events that may be meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

import msgspec

from reinspect.frameworks import frameworks
from reinspect.model import Inspection, Judgement, Kind, SourceFacts, Window

# No authority had two inspections of one family within 96 days of each other (864 of them, facts/inspections.csv):
# within a week it is the same one, and with the same grades within six weeks too.
_SAME_WEEK = 7
_SAME_SEASON = 45
_A_YEAR = range(358, 374)
# Publication follows the end of an inspection by 18 to 139 days (domain.md 3), once by 203.
_UNTIL_PUBLISHED = 250
_NEARLY_PUBLISHED = 10
# Press and council pieces follow publication by days, seldom weeks; an announcement may come a day or two early.
_IN_THE_NEWS = range(-2, 46)
_ENOUGH_GRADES = 3
_OVERALL = ("overall", "rating")

_Rule = Callable[[SourceFacts, Sequence["Candidate"]], "list[Candidate]"]


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An inspection as a document may name it: every account's dates, and the grades in use."""

    id: str
    authority: str
    framework: str
    windows: tuple[tuple[Window, ...], ...] = ()
    published: tuple[date, ...] = ()
    dated: str | None = None
    judgements: tuple[Judgement, ...] = ()

    @property
    def grades(self) -> dict[str, str]:
        """Canonical grade by strand, of the strands that were graded."""
        return _grades(self.judgements)


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """The event a document belongs to, or why it has none and which may be meant (ids, the likeliest first).

    With `creates`, the event is a new one, of that id.
    """

    inspection: str | None = None
    creates: bool = False
    candidates: tuple[str, ...] = ()
    reason: str = ""


def inspection_id(slug: str, facts: SourceFacts) -> str:
    """`camden-2022-04-25-ilacs`: authority, first day on site (else coarse date, else publication), framework family.

    Raises:
        ValueError: the account names no framework or no date.
    """
    when = facts.windows[0].start if facts.windows else facts.dated or facts.published
    if facts.framework is None or when is None:
        raise ValueError(f"an inspection of {slug} without a framework or a date has no id")
    return f"{slug}-{when}-{family(facts.framework)}"


def family(framework: str) -> str:
    """The framework's family, the word in an inspection's id; a framework without a file is its own family."""
    known = frameworks().get(framework)
    return known.family if known else framework


def candidate_of(inspection: Inspection, source_facts: Iterable[SourceFacts] = ()) -> Candidate:
    """The inspection as documents may name it; `source_facts` are its own and its documents', coverage left out.

    Dates that lost a conflict count too: a second copy must find the event by the date that a misprint displaced.
    """
    told = list(source_facts)
    windows = dict.fromkeys([inspection.windows, *(facts.windows for facts in told)])
    published = dict.fromkeys([inspection.published, *(facts.published for facts in told)])
    return Candidate(
        id=inspection.id,
        authority=inspection.authority,
        framework=inspection.framework,
        windows=tuple(spans for spans in windows if spans),
        published=tuple(day for day in published if day),
        dated=inspection.dated,
        judgements=inspection.judgements,
    )


def match(kind: Kind, facts: SourceFacts, events: Iterable[Candidate]) -> Match:
    """The event a document is about, or a new one for a report or letter that prints authority, framework and dates."""
    slug = facts.authority.slug if facts.authority else None
    if slug is None:
        return Match(reason="no authority was recognised in it")
    own = [each for each in events if each.authority == slug]
    if kind == "coverage":
        return _attach_coverage(facts, own)
    if kind in {"report", "letter", "digest"}:
        return _attach_inspectors_words(kind, slug, facts, own)
    return Match(reason="it is of a kind that reports no inspection")


def _attach_inspectors_words(kind: Kind, slug: str, facts: SourceFacts, own: Sequence[Candidate]) -> Match:
    alike = [each for each in own if _same_family(facts, each)]
    for rule in _RULES if facts.framework else (_same_days,):
        found = rule(facts, alike)
        if len(found) == 1:
            return Match(inspection=found[0].id)
        if found:
            return Match(candidates=_ids(found), reason="several inspections fit what it prints")
    suspects = _misprint_suspects(facts, alike)
    if kind == "digest" or facts.framework is None or not facts.windows:
        return Match(candidates=_ids(suspects or alike), reason=_missing(facts))
    new = inspection_id(slug, facts)
    if suspects:
        return Match(candidates=(*_ids(suspects), new), reason="its dates look misprinted; choose the inspection")
    return Match(inspection=new, creates=not any(each.id == new for each in own))


def _same_family(facts: SourceFacts, candidate: Candidate) -> bool:
    if facts.framework is None:
        # An unrecognised text must not pass for a graded report, nor a graded one for a visit.
        return bool(_grades(facts.judgements)) <= bool(candidate.grades)
    return family(facts.framework) == family(candidate.framework)


def _missing(facts: SourceFacts) -> str:
    missing = [name for name, said in (("framework", facts.framework), ("dates on site", facts.windows)) if not said]
    return f"it prints no {' and no '.join(missing)} that fit" if missing else "no inspection fits what it prints"


def _same_days(facts: SourceFacts, alike: Sequence[Candidate]) -> list[Candidate]:
    return [each for each in alike if any(_extent(facts.windows) == _extent(spans) for spans in each.windows)]


def _same_publication(facts: SourceFacts, alike: Sequence[Candidate]) -> list[Candidate]:
    """Published the same day, and visited in no other year than a misprint explains."""
    return [
        each
        for each in alike
        if facts.published in each.published
        and (not facts.windows or not each.windows or _apart(facts, each) < _A_YEAR.stop)
    ]


def _nearly_same_days(facts: SourceFacts, alike: Sequence[Candidate]) -> list[Candidate]:
    """The first or the last day within a week: one misprinted day, month end or year.

    An event on the very same days of another year may be meant as well, and then nobody but a person can tell.
    """
    near = [each for each in alike if _apart(facts, each) <= _SAME_WEEK]
    return near + [each for each in alike if near and each not in near and _same_days_of_another_year(facts, each)]


def _same_days_of_another_year(facts: SourceFacts, candidate: Candidate) -> bool:
    printed = _extent(facts.windows)
    held = (_extent(spans) for spans in candidate.windows)
    return any(printed and extent and [*map(_day_of_year, printed)] == [*map(_day_of_year, extent)] for extent in held)


def _day_of_year(day: date) -> str:
    return f"{day:%m-%d}"


def _same_grades_nearby(facts: SourceFacts, alike: Sequence[Candidate]) -> list[Candidate]:
    """The same grades, a few weeks or exactly a year away: a misprinted month or year."""
    return [
        each
        for each in alike
        if (_apart(facts, each) <= _SAME_SEASON or _apart(facts, each) in _A_YEAR) and _same_grades(facts, each)
    ]


def _nearly_same_publication(facts: SourceFacts, alike: Sequence[Candidate]) -> list[Candidate]:
    """Where no days on site are printed: published within ten days, or a year off with the same grades."""
    if facts.windows or facts.published is None:
        return []
    printed = facts.published
    near = [each for each in alike if any(_gap(printed, day) <= _NEARLY_PUBLISHED for day in each.published)]
    year_off = [each for each in alike if any(_gap(printed, day) in _A_YEAR for day in each.published)]
    same_day = [each for each in year_off if near and _day_of_year(printed) in map(_day_of_year, each.published)]
    same_grades = [each for each in year_off if _same_grades(facts, each)]
    return [each for each in alike if each in near or each in same_day or each in same_grades]


def _same_grades_only(facts: SourceFacts, alike: Sequence[Candidate]) -> list[Candidate]:
    """Where neither days on site nor a publication date are printed: the same framework and identical grades."""
    if facts.windows or facts.published:
        return []
    return [each for each in alike if each.framework == facts.framework and _same_grades(facts, each)]


_RULES: tuple[_Rule, ...] = (
    _same_days,
    _same_publication,
    _nearly_same_days,
    _same_grades_nearby,
    _nearly_same_publication,
    _same_grades_only,
)


def _misprint_suspects(facts: SourceFacts, alike: Sequence[Candidate]) -> list[Candidate]:
    """Events a year away from days that cannot be right: on a weekend, or not followed by the printed publication."""
    if not facts.windows:
        return []
    start, end = _extent(facts.windows) or (date.min, date.min)
    published = facts.published
    wrong = end < start or start.weekday() > 4 or end.weekday() > 4
    wrong = wrong or (published is not None and not 0 <= (published - end).days <= _UNTIL_PUBLISHED)
    return [each for each in alike if wrong and _apart(facts, each) in _A_YEAR]


def _attach_coverage(facts: SourceFacts, own: Sequence[Candidate]) -> Match:
    """By the article's own date, which follows publication closely; else by the dates and grades it names."""
    written = facts.published or _latest_day(facts.mentions)
    possible = [
        each
        for each in own
        if (facts.framework is None or _same_family(facts, each)) and not _after(each, facts.published)
    ]
    news = [each for each in possible if written and _in_the_news(each, written)]
    if len(news) > 1:
        news = [each for each in news if _quotes(facts, each)]
    if len(news) == 1 and (not facts.judgements or not news[0].grades or _quotes(facts, news[0])):
        return Match(inspection=news[0].id)
    named = [] if news else _best_named(facts, possible)
    if len(named) == 1:
        return Match(inspection=named[0].id)
    mentioned = sorted(possible, key=lambda each: -_named(facts.mentions, each))
    likely = news or named or [each for each in mentioned if _named(facts.mentions, each)]
    return Match(candidates=_ids(likely), reason="the dates and grades it names do not settle which inspection")


def _best_named(facts: SourceFacts, possible: Sequence[Candidate]) -> list[Candidate]:
    """The events named most closely: by the day; by month or year only if its grades (or its framework) agree."""
    scored = [(_named(facts.mentions, each), each) for each in possible]
    sure = [
        (score, each)
        for score, each in scored
        if score == _DAY
        or (score and _quotes(facts, each))
        or (score == _MONTH and facts.framework and not facts.judgements)
    ]
    best = max((score for score, _ in sure), default=0)
    return [each for score, each in sure if score == best]


_YEAR, _MONTH, _DAY = 1, 2, 3


def _named(mentions: Iterable[str], candidate: Candidate) -> int:
    """How closely the coarse dates name the event: 3 by the day, 2 by the month, 1 by the year, 0 not at all."""
    days = [day.isoformat() for day in candidate.published]
    days += [edge.isoformat() for spans in candidate.windows for span in spans for edge in (span.start, span.end)]
    days += [candidate.dated] if candidate.dated else []
    return max((mention.count("-") + 1 for mention in mentions for day in days if _within(day, mention)), default=0)


def _within(day: str, mention: str) -> bool:
    return day == mention or day.startswith(f"{mention}-")


def _latest_day(mentions: Iterable[str]) -> date | None:
    return max((date.fromisoformat(mention) for mention in mentions if mention.count("-") == 2), default=None)


def _in_the_news(candidate: Candidate, written: date) -> bool:
    return any((written - day).days in _IN_THE_NEWS for day in candidate.published)


def _after(candidate: Candidate, written: date | None) -> bool:
    """Whether the event came after the article."""
    return written is not None and any(spans[0].start > written for spans in candidate.windows)


def _quotes(facts: SourceFacts, candidate: Candidate) -> bool:
    """Whether one of the grades that the coverage quotes is a grade of the event."""
    grades = {strand: _word(grade) for strand, grade in candidate.grades.items()}
    whole = [grades[strand] for strand in _OVERALL if strand in grades] or list(grades.values())
    return any(
        _word(grade) in whole if strand in {"", *_OVERALL} else grades.get(strand) == _word(grade)
        for strand, grade in ((quoted.strand, quoted.grade) for quoted in facts.judgements if quoted.grade)
    )


def _word(grade: str) -> str:
    """The telling word of a grade: "performs excellently" and "performing excellently" are one."""
    words = grade.casefold().split()
    return " ".join(words[1:] if words[0] in {"performs", "performing", "performed"} else words)


def _same_grades(facts: SourceFacts, candidate: Candidate) -> bool:
    """Whether all grades that both name are identical, and enough of them to tell one inspection from another."""
    printed, held = _grades(facts.judgements), candidate.grades
    common = printed.keys() & held.keys()
    enough = len(common) >= min(_ENOUGH_GRADES, max(len(held), 1))
    return enough and all(printed[strand] == held[strand] for strand in common)


def _grades(judgements: Iterable[Judgement]) -> dict[str, str]:
    return {judgement.strand: judgement.grade for judgement in judgements if judgement.grade}


def _extent(windows: tuple[Window, ...]) -> tuple[date, date] | None:
    return (windows[0].start, windows[-1].end) if windows else None


def _apart(facts: SourceFacts, candidate: Candidate) -> int:
    """Days between the first days, or between the last, whichever are closer; very many where days are not known."""
    printed = _extent(facts.windows)
    extents = [_extent(spans) for spans in candidate.windows]
    gaps = [_gap(a, b) for extent in extents if printed and extent for a, b in zip(printed, extent, strict=True)]
    return min(gaps, default=10**6)


def _gap(a: date, b: date) -> int:
    return abs((a - b).days)


def _ids(found: Iterable[Candidate]) -> tuple[str, ...]:
    return tuple(each.id for each in found)
