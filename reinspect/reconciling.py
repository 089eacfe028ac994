"""Settling an inspection from all the accounts of it.

The same event may be told by its report, by a copy of it, by a person's own table of inspections, by the shipped
record, by a digest and by a person's correction. For each field the first of them that says anything is in use: a
correction, then reports and letters (the fullest first), then the table, then the record, then a digest. Coverage has
no say. What the others say is kept as a conflict where it differs; nothing is silently overwritten (design.md 2).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from reinspect.errors import ReinspectError
from reinspect.frameworks import Framework, frameworks
from reinspect.model import (
    Claim,
    Conflict,
    Correction,
    Document,
    Inspection,
    Judgement,
    Origin,
    SourceFacts,
    Window,
)
from reinspect.reading.sanitise import safe_line

CORRECTABLE = (
    "framework",
    "windows",
    "inspection_start",
    "inspection_end",
    "published",
    "topics",
    "lead_inspector",
    "judgement.<strand>",
)
"""The fields on which a person may have a word; a value's form is that of the JSON in design.md 7."""

NOT_JUDGED = "not judged"

_SETTLED_WHOLE = (
    "dated",
    "topics",
    "lead_inspector",
    "improvements",
    "lscb_improvements",
    "priority_actions",
    "report_url",
)
_RANKS = {"report": 0, "letter": 0, "digest": 1, "coverage": 2, "other": 3, "unreadable": 4}
_RECORD = Origin(kind="record")
_HAND = Origin(kind="hand")
_TABLE = Origin(kind="hand", source="table of inspections")
_Value = TypeVar("_Value")


class CorrectionError(ReinspectError):
    """A correction that cannot be understood: an unknown field, strand or grade, or a date that is none."""

    exit_code = 2


class SourcedFacts(NamedTuple):
    """One account of an event and whose it is."""

    origin: Origin
    facts: SourceFacts


def reconcile(
    identifier: str,
    authority: str,
    framework: str,
    record: SourceFacts | None,
    *,
    documents: Iterable[tuple[Document, SourceFacts]] = (),
    catalogued: SourceFacts | None = None,
    corrections: Sequence[Correction] = (),
) -> Inspection:
    """What all accounts of one event come to: an inspection with the origin of each field and every conflict.

    `framework` stands where no account names one; `catalogued` is what a person's own table of inspections says. The
    documents of the result are in order of standing, and its `primary_text` is the fullest report or letter, else the
    digest, else None.
    """
    held = sorted(documents, key=lambda pair: _standing(pair[0]))
    testimonies = _testimonies(record, held, catalogued, corrections)
    settled = _Settled(testimonies)
    framework = settled.field("framework", lambda facts: facts.framework) or framework
    known = frameworks().get(framework)
    windows = settled.field("windows", lambda facts: facts.windows or None, key=_extent, words=_windows_in_words)
    published = settled.field("published", lambda facts: facts.published)
    judgements = settled.judgements(framework, known)
    whole = {name: settled.whole(name) for name in _SETTLED_WHOLE}
    said = {name: value for name, value in whole.items() if value}
    return Inspection(
        id=identifier,
        authority=authority,
        framework=framework,
        graded=known.graded if known else any(testimony.facts.graded for testimony in testimonies),
        windows=windows or (),
        published=published,
        judgements=judgements,
        documents=tuple(document for document, _ in held),
        primary_text=next((document.sha256 for document, _ in held if _RANKS[document.kind] <= _RANKS["digest"]), None),
        origins=settled.origins,
        conflicts=tuple(settled.conflicts),
        **said,  # type: ignore[arg-type]
    )


def checked_correction(correction: Correction, inspection: Inspection) -> Correction:
    """The correction with its value in canonical words, fit to be kept. An empty value withdraws an earlier word.

    Raises:
        CorrectionError: the field, the strand or the grade is not known, or a date is not an ISO date.
    """
    field, value = safe_line(correction.field.strip()), safe_line(correction.value.strip())
    if not value:
        return Correction(field=field, value="")
    if field.startswith("judgement."):
        value = _canonical_grade(field.removeprefix("judgement."), value, inspection)
    elif field == "framework" and value not in frameworks():
        raise CorrectionError(f'"{value}" is no framework; known are {", ".join(frameworks())}')
    checked = Correction(field=field, value=value)
    _by_hand([checked], inspection.windows)
    return checked


def _standing(document: Document) -> tuple[int, int, str]:
    return _RANKS[document.kind], -document.words, document.sha256


def _testimonies(
    record: SourceFacts | None,
    held: Sequence[tuple[Document, SourceFacts]],
    catalogued: SourceFacts | None,
    corrections: Sequence[Correction],
) -> list[SourcedFacts]:
    """All accounts that have a say, the weightiest first."""
    first = [_of_document(*pair) for pair in held if pair[0].kind in {"report", "letter"}]
    digests = [_of_document(*pair) for pair in held if pair[0].kind == "digest"]
    table = [SourcedFacts(_TABLE, catalogued)] if catalogued else []
    testimonies = [*first, *table, *([SourcedFacts(_RECORD, record)] if record else []), *digests]
    if corrections:
        windows = next((testimony.facts.windows for testimony in testimonies if testimony.facts.windows), ())
        testimonies.insert(0, SourcedFacts(_HAND, _by_hand(corrections, windows)))
    return testimonies


def _of_document(document: Document, facts: SourceFacts) -> SourcedFacts:
    return SourcedFacts(Origin(kind="document", source=document.sha256), facts)


class _Settled:
    """Field by field: the value in use, with its origin and the conflict it won, noted as they are found."""

    def __init__(self, testimonies: Sequence[SourcedFacts]) -> None:
        self.testimonies = testimonies
        self.origins: dict[str, Origin] = {}
        self.conflicts: list[Conflict] = []

    def field(
        self,
        name: str,
        said: Callable[[SourceFacts], _Value | None],
        key: Callable[[_Value], Hashable] = str,
        words: Callable[[_Value], str] = str,
    ) -> _Value | None:
        """The weightiest value said; a conflict is noted where the keys of the values differ."""
        claims = [(origin, value) for origin, facts in self.testimonies if (value := said(facts)) is not None]
        if not claims:
            return None
        self.origins[name] = claims[0][0]
        if len(claims) > 1 and len({key(value) for _, value in claims}) > 1:
            told = tuple(Claim(origin=origin, value=words(value)) for origin, value in claims)
            self.conflicts.append(Conflict(field=name, claims=told))
        return claims[0][1]

    def whole(self, name: str) -> object:
        """The weightiest value said of a field that is taken as a whole, without comparing; None if none says it."""
        for origin, facts in self.testimonies:
            if value := getattr(facts, name):
                self.origins[name] = origin
                return value
        return None

    def judgements(self, framework: str, known: Framework | None) -> tuple[Judgement, ...]:
        """One judgement a strand, in the framework's order. Strands of another framework are left out."""
        strands = [strand.key for strand in known.strands] if known else []
        for _, facts in self.testimonies:
            if known is None or facts.framework == framework:
                strands += [judgement.strand for judgement in facts.judgements if judgement.strand not in strands]
        found = (self._judgement(strand) for strand in strands)
        return tuple(judgement for judgement in found if judgement is not None)

    def _judgement(self, strand: str) -> Judgement | None:
        return self.field(
            f"judgement.{strand}",
            lambda facts: next((told for told in facts.judgements if told.strand == strand and _tells(told)), None),
            key=_verdict,
            words=_verdict,
        )


def _tells(judgement: Judgement) -> bool:
    return judgement.grade is not None or judgement.not_judged is not None


def _verdict(judgement: Judgement) -> str:
    return judgement.grade or NOT_JUDGED


def _extent(windows: tuple[Window, ...]) -> tuple[date, date]:
    # A source that gives one span over two visits does not contradict the one that gives both.
    return windows[0].start, windows[-1].end


def _windows_in_words(windows: tuple[Window, ...]) -> str:
    return ", ".join(f"{window.start} to {window.end}" for window in windows)


def _by_hand(corrections: Sequence[Correction], windows: tuple[Window, ...]) -> SourceFacts:
    """A person's corrections as an account of their own; `windows` are what a corrected first or last day amends."""
    said: dict[str, object] = {}
    judgements: dict[str, Judgement] = {}
    for correction in corrections:
        field, value = correction.field, correction.value
        if field.startswith("judgement."):
            strand = field.removeprefix("judgement.")
            grade = None if value == NOT_JUDGED else value
            judgements[strand] = Judgement(strand=strand, grade=grade, not_judged=None if grade else "by hand")
        elif field in {"windows", "inspection_start", "inspection_end"}:
            windows = _amended(windows, field, value)
            said["windows"] = windows
        elif field == "published":
            said[field] = _day(field, value)
        elif field == "topics":
            said[field] = tuple(topic.strip() for topic in value.split(";") if topic.strip())
        elif field in {"framework", "lead_inspector"}:
            said[field] = value
        else:
            raise CorrectionError(f'"{field}" cannot be corrected; what can is {", ".join(CORRECTABLE)}')
    return SourceFacts(judgements=tuple(judgements.values()), **said)  # type: ignore[arg-type]


def _amended(windows: tuple[Window, ...], field: str, value: str) -> tuple[Window, ...]:
    if field == "windows":
        spans = [span.replace(" to ", "/").split("/") for span in value.split(",")]
        amended = tuple(Window(_day(field, span[0]), _day(field, span[-1])) for span in spans)
    elif field == "inspection_start":
        day = _day(field, value)
        amended = (Window(day, windows[0].end), *windows[1:]) if windows else (Window(day, day),)
    else:
        day = _day(field, value)
        amended = (*windows[:-1], Window(windows[-1].start, day)) if windows else (Window(day, day),)
    return amended


def _day(field: str, value: str) -> date:
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise CorrectionError(f'{field}: "{value.strip()}" is no date; write it as 2022-04-25') from None


def _canonical_grade(strand: str, value: str, inspection: Inspection) -> str:
    framework = frameworks().get(inspection.framework)
    if framework is None:
        return value.lower()
    if framework.strand(strand) is None:
        known = ", ".join(each.key for each in framework.strands) or "none"
        raise CorrectionError(f'{framework.short} has no strand "{strand}"; its strands are {known}')
    folded = " ".join(value.casefold().split())
    if folded == NOT_JUDGED:
        return NOT_JUDGED
    for grade in framework.grades:
        if folded in {grade.key, *(printed.casefold() for printed in grade.printed)}:
            return grade.key
    words = ", ".join(grade.key for grade in framework.grades)
    raise CorrectionError(f'"{value}" is no grade of {framework.short}; its grades are {words}, or "{NOT_JUDGED}"')


def merge_corrections(corrections: Sequence[Correction], latest: Correction) -> tuple[Correction, ...]:
    """The corrections with the latest word in place of any earlier one on the same field; an empty value withdraws."""
    replaced = {latest.field, *({"inspection_start", "inspection_end"} if latest.field == "windows" else ())}
    kept = tuple(correction for correction in corrections if correction.field not in replaced)
    return (*kept, latest) if latest.value else kept


def sort_inspections(inspections: Iterable[Inspection]) -> list[Inspection]:
    """Inspections by authority, then by when they took place, then by id."""
    return sorted(inspections, key=lambda inspection: (inspection.authority, inspection.when, inspection.id))
