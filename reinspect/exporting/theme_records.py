"""Build the JSON objects of the themes of improvements."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reinspect.authorities import authorities
from reinspect.comparing.themes.kaplan_meier import CurvePoint
from reinspect.comparing.themes.shares import GroupShare, ThemedImprovement, ThemeShare
from reinspect.comparing.themes.solved import SolvedImprovement
from reinspect.comparing.themes.time_to_better import TimedGroup
from reinspect.exporting import schemas
from reinspect.exporting.citation import citation, cite_asked
from reinspect.exporting.quoted_passage import QuotedPassage, supporting_passage
from reinspect.exporting.records import JsonObject
from reinspect.model import Evidence, Inspection


def theme_record(share: ThemeShare, elsewhere: ThemeShare | None = None) -> JsonObject:
    """Return a theme of improvements; `elsewhere` is its share among all other authorities."""
    record: JsonObject = msgspec.to_builtins(
        schemas.ThemeShape(
            schema=schemas.SCHEMA,
            theme=share.theme.key if share.theme else None,
            name=share.theme.name if share.theme else None,
            inspections=share.inspections,
            of=share.of,
            elsewhere=elsewhere.inspections if elsewhere else 0,
            others=elsewhere.of if elsewhere else 0,
            trend=share.trend,
            years=[schemas.ThemeYearShape(**msgspec.structs.asdict(year)) for year in share.years],
            frameworks=_groups(share.frameworks),
            regions=_groups(share.regions),
            grades=_groups(share.grades),
            improvements=[_themed_improvement(item) for item in share.improvements],
        )
    )
    return record


def theme_time_record(group: TimedGroup, theme: str | None) -> JsonObject:
    """Return how long the improvements of a group took; `theme` is the key of the only theme, or None."""
    curve, half = group.curve, group.curve.half
    record: JsonObject = msgspec.to_builtins(
        schemas.ThemeTimesShape(
            schema=schemas.SCHEMA,
            theme=theme,
            kind=group.kind,
            group=group.name or None,
            authorities=group.authorities,
            followed=curve.number,
            better=curve.better,
            half=_time(half) if half else None,
            years=[_time(point) for years in range(1, 11) if (point := curve.at(years))],
        )
    )
    return record


def solved_record(one: SolvedImprovement) -> JsonObject:
    """Return an improvement that was reported better, with both passages."""
    followed, better = one.followed, one.followed.better
    asked = followed.inspection
    name, evidence = one.authority.name, followed.improvement.evidence
    quoted = supporting_passage(better) if better else None
    record: JsonObject = msgspec.to_builtins(
        schemas.SolvedShape(
            schema=schemas.SCHEMA,
            authority=one.authority.slug,
            name=name,
            closeness=one.closeness,
            years=round(followed.years, 2),
            asked=_cited(asked, followed.improvement.text, evidence, cite_asked(asked, name, followed.improvement)),
            better=_better(better.inspection, name, quoted) if better and quoted else None,
            raised_again=followed.again.id if followed.again else None,
        )
    )
    return record


def _groups(groups: Iterable[GroupShare]) -> list[schemas.ThemeGroupShape]:
    return [schemas.ThemeGroupShape(name=one.name, inspections=one.inspections, of=one.of) for one in groups]


def _time(point: CurvePoint) -> schemas.ThemeTimeShape:
    return schemas.ThemeTimeShape(years=round(point.years, 2), share=round(point.share, 4), at_risk=point.at_risk)


def _better(inspection: Inspection, name: str, quoted: QuotedPassage) -> schemas.CitedTextShape:
    return _cited(inspection, quoted.quote, quoted.evidence, citation(inspection, name, quoted.evidence))


def _cited(inspection: Inspection, text: str, evidence: Evidence | None, cited: str) -> schemas.CitedTextShape:
    return schemas.CitedTextShape(
        inspection=inspection.id,
        text=text,
        citation=cited,
        document=evidence.document if evidence else None,
        page=evidence.page if evidence else None,
        paragraph=evidence.paragraph if evidence else None,
    )


def _themed_improvement(item: ThemedImprovement) -> schemas.ThemedImprovementShape:
    name, evidence = authorities().name_of(item.inspection.authority), item.improvement.evidence
    return schemas.ThemedImprovementShape(
        authority=item.inspection.authority,
        inspection=item.inspection.id,
        text=item.improvement.text,
        theme=item.choice.theme,
        second=item.choice.second,
        citation=cite_asked(item.inspection, name, item.improvement),
        document=evidence.document if evidence else None,
        page=evidence.page if evidence else None,
        paragraph=evidence.paragraph if evidence else None,
    )
