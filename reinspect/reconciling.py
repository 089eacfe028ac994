"""Merge the facts that several sources state about one inspection.

For each field, the value of the first source that has one is used. The order is: a person's correction, reports and
letters (the longest first), the person's own table of inspections, the shipped record, a digest. Press articles are
never used. A report or letter on another kind of inspection, which a person attached, may be longer than the report,
but it is not about this inspection: only its kind is compared. If a later source states something else, both values are
kept as a conflict. For example:

    source            published    help                     lead inspector
    report            -            good                     A. Lovelace
    shipped record    21 June      requires improvement     -
    digest            22 June      -                        -
    in use            21 June      good                     A. Lovelace
    conflict          21, 22 June  good, requires imp...    -
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple, TypeVar

from reinspect.errors import ReinspectError
from reinspect.frameworks import Framework, frameworks
from reinspect.matching import family
from reinspect.model import (
    Claim,
    Conflict,
    Correction,
    Document,
    Inspection,
    Judgement,
    Origin,
    Passage,
    SourceFacts,
    Window,
    extent,
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
"""The fields that a person may correct. Values are written as in the JSON output."""

NOT_JUDGED = "not judged"

# Fields that are taken whole from one source, without looking for conflicts.
_TAKEN_WHOLE = (
    "partial_date",
    "topics",
    "lead_inspector",
    "improvements",
    "lscb_improvements",
    "priority_actions",
    "report_url",
    "outcome",
    "next_step",
    "previous",
    "theme",
    "partners",
    "ordinal",
)
_values_taken_whole = attrgetter(*_TAKEN_WHOLE)
_RANKS = {"report": 0, "letter": 0, "digest": 1, "coverage": 2, "other": 3, "unreadable": 4}
_RECORD = Origin(kind="record")
_HAND = Origin(kind="hand")
_TABLE = Origin(kind="hand", source="table of inspections")
_Value = TypeVar("_Value")


class CorrectionError(ReinspectError):
    """A correction that cannot be understood: an unknown field, strand or grade, or an invalid date."""

    exit_code = 2


class SourcedFacts(NamedTuple):
    """The facts that one source states, together with the source."""

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
    """Merge the facts of all sources into one inspection, with the origin of each value and every conflict.

    `framework` is used if no source states one. `catalogued` are the facts of a person's own table of inspections.
    """
    established = _established_framework(framework, record, catalogued, corrections)
    ranked = sorted(documents, key=lambda pair: (is_of_another_kind(pair[1], established), _rank(pair[0])))
    own = [pair for pair in ranked if not is_of_another_kind(pair[1], established)]
    sources = _ordered_sources(record, own, catalogued, corrections)
    if any(source.facts.framework for source in sources):
        strangers = _ordered_sources(None, [pair for pair in ranked if pair not in own], None, ())
        sources += [SourcedFacts(source.origin, SourceFacts(framework=source.facts.framework)) for source in strangers]
    fields = _FieldReconciler(sources)
    framework = fields.reconcile_field("framework", lambda facts: facts.framework) or framework
    known = frameworks().get(framework)
    # A source that gives two visits as one long one does not contradict a source that gives both.
    windows = fields.reconcile_field(
        "windows", lambda facts: facts.windows or None, key=extent, words=_windows_in_words
    )
    published = fields.reconcile_field("published", lambda facts: facts.published)
    judgements = fields.reconcile_judgements(framework, known)
    whole = fields.take_whole()
    return Inspection(
        id=identifier,
        authority=authority,
        framework=framework,
        graded=known.graded if known else any(source.facts.graded for source in sources),
        windows=windows or (),
        published=published,
        judgements=judgements,
        documents=tuple(document for document, _ in ranked),
        primary_text=primary_text_of(ranked, established),
        origins=fields.origins,
        conflicts=tuple(fields.conflicts),
        **whole,  # type: ignore[arg-type]
    )


def is_copy(passages: Iterable[Passage], others: Iterable[Passage]) -> bool:
    """Return True if a text is another copy of a text with `others`: most of its passages are printed there too."""
    own, theirs = ({_plain(passage) for passage in text} for text in (passages, others))
    return len(own & theirs) * 2 > len(own)


def _plain(passage: Passage) -> str:
    """Return the words of a passage without its case and spaces, which differ between copies."""
    return "".join(passage.text.casefold().split())


def primary_text_of(documents: Iterable[tuple[Document, SourceFacts]], framework: str) -> str | None:
    """Return the sha256 of the longest report or letter, else of the digest; None if there is neither.

    A text on an inspection of another kind than `framework` is the primary text only if there is no other.
    """
    texts = (pair for pair in documents if _is_text_of_its_own(pair[0]))
    ranked = sorted(texts, key=lambda pair: (is_of_another_kind(pair[1], framework), _rank(pair[0])))
    return ranked[0][0].sha256 if ranked else None


def is_of_another_kind(facts: SourceFacts, framework: str) -> bool:
    """Return whether a document is about an inspection of another kind than one with this framework."""
    return facts.framework is not None and bool(framework) and family(facts.framework) != family(framework)


def _established_framework(
    framework: str, record: SourceFacts | None, catalogued: SourceFacts | None, corrections: Sequence[Correction]
) -> str:
    """Return the framework that a person, a table or the record gives an inspection, or else `framework`."""
    by_hand = [correction.value for correction in corrections if correction.field == "framework"]
    stated = [facts.framework for facts in (catalogued, record) if facts and facts.framework]
    return next(iter([*by_hand, *stated]), framework)


def checked_correction(correction: Correction, inspection: Inspection) -> Correction:
    """Check a correction, and return it with the grade in standard words.

    An empty value withdraws an earlier correction.

    Raises:
        CorrectionError: the field, the strand or the grade is not known, a date is not an ISO date, a visit would end
            before it begins, or no topic is given.
    """
    field, value = safe_line(correction.field.strip()), safe_line(correction.value.strip())
    if not value:
        return Correction(field=field, value="")
    if field.startswith("judgement."):
        value = _canonical_grade(field.removeprefix("judgement."), value, inspection)
    elif field == "framework" and value not in frameworks():
        raise CorrectionError(f'"{value}" is not a framework; the known ones are {", ".join(frameworks())}')
    elif field == "topics" and not _topics(value):
        raise CorrectionError("topics: no topic is given; to withdraw a correction leave the value empty")
    checked = Correction(field=field, value=value)
    _facts_of_corrections([checked], inspection.windows)
    _check_visits(field, value, inspection.windows)
    return checked


def _rank(document: Document) -> tuple[int, int, str]:
    """Return a sort key for documents: reports and letters first, the longest of them at the top."""
    return _RANKS[document.kind], -document.words, document.sha256


def _is_text_of_its_own(document: Document) -> bool:
    return _RANKS[document.kind] <= _RANKS["digest"]


def _ordered_sources(
    record: SourceFacts | None,
    ranked: Sequence[tuple[Document, SourceFacts]],
    catalogued: SourceFacts | None,
    corrections: Sequence[Correction],
) -> list[SourcedFacts]:
    """Return the facts of every source, the most authoritative source first."""
    reports = [_of_document(*pair) for pair in ranked if pair[0].kind in {"report", "letter"}]
    digests = [_of_document(*pair) for pair in ranked if pair[0].kind == "digest"]
    table = [SourcedFacts(_TABLE, catalogued)] if catalogued else []
    sources = [*reports, *table, *([SourcedFacts(_RECORD, record)] if record else []), *digests]
    if corrections:
        windows = next((source.facts.windows for source in sources if source.facts.windows), ())
        sources.insert(0, SourcedFacts(_HAND, _facts_of_corrections(corrections, windows)))
    return sources


def _of_document(document: Document, facts: SourceFacts) -> SourcedFacts:
    return SourcedFacts(Origin(kind="document", source=document.sha256), facts)


class _FieldReconciler:
    """A merge of sources, field by field, that collects the origin of each value and the conflicts."""

    def __init__(self, sources: Sequence[SourcedFacts]) -> None:
        self.sources = sources
        self.origins: dict[str, Origin] = {}
        self.conflicts: list[Conflict] = []

    def reconcile_field(
        self,
        name: str,
        value_of: Callable[[SourceFacts], _Value | None],
        key: Callable[[_Value], Hashable] = str,
        words: Callable[[_Value], str] = str,
    ) -> _Value | None:
        """Return the value of a field from the first source that has one, and record a conflict if sources differ.

        Two values differ if their `key` does. `words` turns a value into text to print.
        """
        claims = [(origin, value) for origin, facts in self.sources if (value := value_of(facts)) is not None]
        return self._choose(name, claims, key, words)

    def _choose(
        self,
        name: str,
        claims: Sequence[tuple[Origin, _Value]],
        key: Callable[[_Value], Hashable],
        words: Callable[[_Value], str],
    ) -> _Value | None:
        """Return the first of the claimed values; note its origin, and a conflict if the claims differ."""
        if not claims:
            return None
        self.origins[name] = claims[0][0]
        if len(claims) > 1 and len({key(value) for _, value in claims}) > 1:
            printed = tuple(Claim(origin=origin, value=words(value)) for origin, value in claims)
            self.conflicts.append(Conflict(field=name, claims=printed))
        return claims[0][1]

    def take_whole(self) -> dict[str, object]:
        """Return the first non-empty value of each field taken whole, without looking for conflicts."""
        taken: dict[str, object] = {}
        for origin, facts in self.sources:
            values = _values_taken_whole(facts)
            if any(values):
                for name, value in zip(_TAKEN_WHOLE, values, strict=True):
                    if value and name not in taken:
                        taken[name] = value
                        self.origins[name] = origin
        return taken

    def reconcile_judgements(self, framework: str, known: Framework | None) -> tuple[Judgement, ...]:
        """Return one judgement for each strand, in the order of the framework."""
        judging = [source for source in self.sources if source.facts.judgements]
        if not judging:
            return ()
        strands = [strand.key for strand in known.strands] if known else []
        for _, facts in judging:
            if known is None or facts.framework == framework:
                strands += [judgement.strand for judgement in facts.judgements if judgement.strand not in strands]
        # Of two judgements of one strand in a source the first counts.
        outcomes = [
            (origin, {each.strand: each for each in reversed(facts.judgements) if _has_outcome(each)})
            for origin, facts in judging
        ]
        judgements = []
        for strand in strands:
            claims = [(origin, judged[strand]) for origin, judged in outcomes if strand in judged]
            judgement = self._choose(f"judgement.{strand}", claims, _outcome, _outcome)
            if judgement is not None:
                judgements.append(judgement)
        return tuple(judgements)


def _has_outcome(judgement: Judgement) -> bool:
    return judgement.grade is not None or judgement.not_judged is not None


def _outcome(judgement: Judgement) -> str:
    return judgement.grade or NOT_JUDGED


def _windows_in_words(windows: tuple[Window, ...]) -> str:
    return ", ".join(f"{window.start} to {window.end}" for window in windows)


def _facts_of_corrections(corrections: Sequence[Correction], windows: tuple[Window, ...]) -> SourceFacts:
    """Turn a person's corrections into facts.

    `windows` are the visits known so far. A corrected first or last day replaces that day in a copy of them.
    """
    fields: dict[str, object] = {}
    judgements: dict[str, Judgement] = {}
    for correction in corrections:
        field, value = correction.field, correction.value
        if field.startswith("judgement."):
            strand = field.removeprefix("judgement.")
            grade = None if value == NOT_JUDGED else value
            judgements[strand] = Judgement(strand=strand, grade=grade, not_judged=None if grade else "by hand")
        elif field in {"windows", "inspection_start", "inspection_end"}:
            windows = _corrected_windows(windows, field, value)
            fields["windows"] = windows
        elif field == "published":
            fields[field] = _parse_day(field, value)
        elif field == "topics":
            fields[field] = _topics(value)
        elif field in {"framework", "lead_inspector"}:
            fields[field] = value
        else:
            raise CorrectionError(f'"{field}" cannot be corrected; these fields can: {", ".join(CORRECTABLE)}')
    return SourceFacts(judgements=tuple(judgements.values()), **fields)  # type: ignore[arg-type]


def _topics(value: str) -> tuple[str, ...]:
    return tuple(topic.strip() for topic in value.split(";") if topic.strip())


def _corrected_windows(windows: tuple[Window, ...], field: str, value: str) -> tuple[Window, ...]:
    # A correction that was stored before it was checked may have its days in the wrong order.
    if field == "windows":
        visits = ([_parse_day(field, day) for day in days] for days in _split_visits(value))
        return tuple(sorted(Window(min(visit), max(visit)) for visit in visits))
    day = _parse_day(field, value)
    if not windows:
        return (Window(day, day),)
    if field == "inspection_start":
        return (Window(day, max(day, windows[0].end)), *windows[1:])
    return (*windows[:-1], Window(min(day, windows[-1].start), day))


def _split_visits(value: str) -> list[list[str]]:
    """Return the printed days of each visit: "2022-04-25/2022-04-29" -> [["2022-04-25", "2022-04-29"]]."""
    return [visit.replace(" to ", "/").split("/") for visit in value.split(",")]


def _check_visits(field: str, value: str, windows: tuple[Window, ...]) -> None:
    """Check that corrected days are those of visits. `windows` are the visits known so far.

    Raises:
        CorrectionError: a visit would end before it begins, or has more than two days.
    """
    from reinspect.checks import sort_windows

    visits: list[Window] = []
    if field == "windows":
        for days in _split_visits(value):
            if len(days) > 2:
                raise CorrectionError(f"{field}: {'/'.join(days).strip()} has more than a first and a last day")
            visits.append(Window(_parse_day(field, days[0]), _parse_day(field, days[-1])))
    elif field == "inspection_start" and windows:
        visits.append(Window(_parse_day(field, value), windows[0].end))
    elif field == "inspection_end" and windows:
        visits.append(Window(windows[-1].start, _parse_day(field, value)))
    try:
        sort_windows(visits)
    except ValueError as error:
        raise CorrectionError(f"{field}: {error}") from None


def _parse_day(field: str, value: str) -> date:
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise CorrectionError(f'{field}: "{value.strip()}" is not a date; write it as 2022-04-25') from None


def _canonical_grade(strand: str, value: str, inspection: Inspection) -> str:
    framework = frameworks().get(inspection.framework)
    if framework is None:
        return value.lower()
    if framework.strand(strand) is None:
        known = ", ".join(strand.key for strand in framework.strands) or "none"
        raise CorrectionError(f'{framework.short} has no strand "{strand}"; its strands are {known}')
    folded = " ".join(value.casefold().split())
    if folded == NOT_JUDGED:
        return NOT_JUDGED
    for grade in framework.grades:
        if folded in {grade.key, *(printed.casefold() for printed in grade.printed)}:
            return grade.key
    words = ", ".join(grade.key for grade in framework.grades)
    raise CorrectionError(f'"{value}" is not a grade of {framework.short}; its grades are {words}, or "{NOT_JUDGED}"')


def merge_corrections(corrections: Sequence[Correction], latest: Correction) -> tuple[Correction, ...]:
    """Add a correction to earlier ones, in place of any earlier one of the same field.

    An empty value only removes the earlier correction. New visits (`windows`), or an empty value for them, also remove
    the corrections of the first and the last day (`inspection_start`, `inspection_end`).
    """
    replaced = {latest.field, *({"inspection_start", "inspection_end"} if latest.field == "windows" else ())}
    kept = tuple(correction for correction in corrections if correction.field not in replaced)
    return (*kept, latest) if latest.value else kept


def sort_inspections(inspections: Iterable[Inspection]) -> list[Inspection]:
    """Sort inspections by authority, then by date, then by id."""
    return sorted(inspections, key=lambda inspection: (inspection.authority, inspection.when, inspection.id))
