"""Build the JSON objects of the themes of improvements."""

from __future__ import annotations

import msgspec

from reinspect.authorities import authorities
from reinspect.comparing.themes.shares import ThemedImprovement, ThemeShare
from reinspect.exporting import schemas
from reinspect.exporting.citation import citation, origin_of
from reinspect.exporting.records import JsonObject


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
            years=[schemas.ThemeYearShape(**msgspec.structs.asdict(year)) for year in share.years],
            improvements=[_themed_improvement(item) for item in share.improvements],
        )
    )
    return record


def _themed_improvement(item: ThemedImprovement) -> schemas.ThemedImprovementShape:
    authority = authorities().by_slug(item.inspection.authority)
    name, evidence = authority.name if authority else item.inspection.authority, item.improvement.evidence
    return schemas.ThemedImprovementShape(
        authority=item.inspection.authority,
        inspection=item.inspection.id,
        text=item.improvement.text,
        theme=item.choice.theme,
        second=item.choice.second,
        citation=citation(item.inspection, name, evidence, origin_of(item.inspection, "improvements")),
        document=evidence.document if evidence else None,
        page=evidence.page if evidence else None,
        paragraph=evidence.paragraph if evidence else None,
    )
