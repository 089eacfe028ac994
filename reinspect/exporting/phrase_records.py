"""What a phrase says, and the phrases that tell two groups apart, as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reinspect.exporting.records import SCHEMA, JsonObject
from reinspect.phrases.types import RecurringPhrase
from reinspect.phrases.usage import PhraseUsage, UsageShare


def usage_record(said: PhraseUsage) -> JsonObject:
    """What a phrase says (`phrases --says`); every figure is beside its base."""
    return {
        "schema": SCHEMA,
        "phrases": list(said.phrases),
        "inspections": said.uses,
        "of": said.of,
        "count": said.times,
        "in_graded_strands": said.in_grades,
        "by_year": [_share(share) for share in said.by_year],
        "by_grade": [_share(share) for share in said.by_grade],
        "by_framework": [_share(share) for share in said.by_framework],
        "by_authority": [_share(share) for share in said.by_authority],
        "beside": [_share(share) for share in said.beside],
    }


def contrast_records(found: tuple[Sequence[RecurringPhrase], Sequence[RecurringPhrase]]) -> Iterator[JsonObject]:
    """The phrases of group "a", then those of "b" (`phrases --cohort A --against B`)."""
    for group, phrases in zip(("a", "b"), found, strict=True):
        for each in phrases:
            yield {
                "schema": SCHEMA,
                "group": group,
                "phrase": each.phrase,
                "variants": list(each.variants),
                "inspections": each.inspections,
                "of": each.group,
                "elsewhere": each.elsewhere,
                "others": each.others,
                "log_ratio": each.log_ratio,
                "bound": each.bound,
                "years": list(each.years),
                "count": each.count,
                "score": each.score,
            }


def _share(share: UsageShare) -> JsonObject:
    return {field: getattr(share, field) for field in UsageShare.__struct_fields__}
