"""Say in words how the facts of a document differ from those that an earlier version read.

kind other, no authority      ->  kind report, authority "Leeds"
("kind: other, now report", "authority: none, now Leeds", "improvements: none, now 3")
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import msgspec

from reinspect.model import Document, Improvement, Judgement, Outcome, PrintedAuthority, SourceFacts, Window

_NAMES = {"windows": "days", "partial_date": "date", "mentioned_dates": "dates mentioned", "report_url": "address"}


class _Fact(NamedTuple):
    """A fact in a few words, the texts it was read from, and the whole fact without its place."""

    words: str
    texts: object
    whole: object


def describe_changes(before: tuple[Document, SourceFacts], after: tuple[Document, SourceFacts]) -> tuple[str, ...]:
    """Return what a new reading of a document changed, in words; () if no fact and no warning has changed.

    A fact whose position alone has changed is not reported.
    """
    kinds = (_Fact(document.kind, None, None) for document, _ in (before, after))
    was, now = before[0].warnings, after[0].warnings
    return (
        *filter(None, (_describe("kind", *kinds),)),
        *describe_fact_changes(before[1], after[1]),
        *(f"new warning: {warning}" for warning in now if warning not in was),
        *(f"former warning: {warning}" for warning in was if warning not in now),
    )


def describe_fact_changes(before: SourceFacts, after: SourceFacts) -> tuple[str, ...]:
    """Return how the facts of one source differ from those of another, in words; () if they are the same."""
    old, new = dict(_facts(before)), dict(_facts(after))
    names = dict.fromkeys((*old, *new))
    return tuple(filter(None, (_describe(name, old.get(name, _NONE), new.get(name, _NONE)) for name in names)))


_NONE = _Fact("none", None, None)


def _describe(name: str, before: _Fact, after: _Fact) -> str:
    if before.words != after.words:
        return f"{name}: {before.words}, now {after.words}"
    if before.texts != after.texts:
        return f"{name}: other words"
    return "" if before.whole == after.whole else f"{name}: other details"


def _facts(facts: SourceFacts) -> Iterator[tuple[str, _Fact]]:
    """Yield each fact that a source states, with its name."""
    for field in facts.__struct_fields__:
        value = getattr(facts, field)
        if field == "judgements":
            for judgement in value:
                yield f"grade of {judgement.strand.replace('_', ' ')}", _grade(judgement)
        elif value and field != "evidence":
            yield _NAMES.get(field, field.replace("_", " ")), _fact(value)


def _grade(judgement: Judgement) -> _Fact:
    score = "" if judgement.score is None else f" ({judgement.score})"
    words = f"{judgement.grade or judgement.not_judged or 'none'}{score}"
    return _Fact(words, (judgement.printed, judgement.label), _without_place(judgement))


def _fact(value: object) -> _Fact:
    match value:
        case PrintedAuthority():
            return _Fact(value.name or value.printed, value.printed, value)
        case Outcome():
            return _Fact(", ".join((value.key, *value.details)), value.printed, None)
        case (Improvement(), *_):
            items = [item for item in value if isinstance(item, Improvement)]
            return _Fact(str(len(items)), [item.text for item in items], list(map(_without_place, items)))
        case tuple():
            return _Fact(", ".join(map(_words, value)), None, None)
        case _:
            return _Fact(_words(value), None, None)


def _words(value: object) -> str:
    match value:
        case Window():
            return f"{value.start} to {value.end}"
        case date():
            return value.isoformat()
        case bool():
            return "yes"
        case _:
            return str(value)


def _without_place(item: Judgement | Improvement) -> Judgement | Improvement:
    return msgspec.structs.replace(item, evidence=None)
