"""A large record of invented inspections, for the benchmarks of the store and of long sessions."""

from __future__ import annotations

from datetime import date, timedelta

from reinspect.authorities import authorities
from reinspect.model import Judgement, PrintedAuthority, SourceFacts, Window
from reinspect.record import Record, RecordedInspection

STRANDS = ("overall", "leaders", "help", "care_and_leavers")
GRADES = ("outstanding", "good", "requires improvement", "inadequate")


def invented_record(inspections: int) -> Record:
    """Return a record of that many inspections, spread evenly over all authorities; always the same."""
    slugs = [authority.slug for authority in authorities().all()]
    recorded = []
    for number in range(inspections):
        slug, turn = slugs[number % len(slugs)], number // len(slugs)
        start = date(2018, 1, 8) + timedelta(days=42 * turn)
        grades = {strand: GRADES[(number * 7 + place * 3 + turn) % 4] for place, strand in enumerate(STRANDS)}
        facts = _facts(slug, start, grades)
        recorded.append(RecordedInspection(id=f"{slug}-{start}-ilacs", authority=slug, facts=facts))
    return Record(as_of=date(2026, 8, 20), authorities=authorities().all(), inspections=tuple(recorded))


def _facts(slug: str, start: date, grades: dict[str, str]) -> SourceFacts:
    return SourceFacts(
        authority=PrintedAuthority(printed=slug, slug=slug),
        framework="ilacs-2018",
        graded=True,
        windows=(Window(start, start + timedelta(days=4)),),
        judgements=tuple(Judgement(strand=strand, grade=grade, printed=grade) for strand, grade in grades.items()),
    )
