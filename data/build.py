"""Make record.json, the file that the program reads, from the CSVs beside it: `python data/build.py`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from reinspect.inspection_csv import inspection, split_cell
from reinspect.matching import inspection_id
from reinspect.model import Authority, Outcome, PrintedAuthority, SourceFacts
from reinspect.record import RECORD_FILE, Gap, Record, RecordedInspection, encode_record

HERE = Path(__file__).parent


def record() -> Record:
    """The record that the CSVs hold."""
    authorities = {row["slug"]: authority(row) for row in rows("authorities.csv")}
    social_care = [inspection(row, authorities[row["authority"]]) for row in rows("inspections.csv")]
    send = [event for row in rows("area_send.csv") for event in area_send(row, authorities[row["authority"]])]
    inspections = (*social_care, *send)
    return Record(
        as_of=max(each.facts.published for each in inspections if each.facts.published),
        authorities=tuple(authorities.values()),
        inspections=tuple(sorted(inspections, key=lambda each: each.id)),
        gaps=tuple(msgspec.convert(row, Gap) for row in rows("gaps.csv")),
    )


def area_send(row: dict[str, str], of: Authority) -> Iterator[RecordedInspection]:
    """The local area SEND inspection of a row of area_send.csv, and its revisit if there was one."""
    number = int(row["weaknesses"]) if row["weaknesses"] else None
    required = row["statement"] == "yes"
    yield send_event(
        of,
        "area-send-2016",
        row["dated"],
        row["published"],
        Outcome(
            key="statement required" if required else "no statement required",
            details=(f"{number} weakness{'' if number == 1 else 'es'}",) if required and number else (),
        ),
    )
    if row["revisit_dated"]:
        better, not_better = row["weaknesses_progress"], row["weaknesses_no_progress"]
        of_all = (f"{better} of {int(better) + int(not_better)}",) if better else ()
        outcome = Outcome(key=f"progress on {row['progress']}", details=of_all)
        yield send_event(of, "area-send-revisit", row["revisit_dated"], row["revisit_published"], outcome)


def send_event(of: Authority, framework: str, dated: str, published: str, outcome: Outcome) -> RecordedInspection:
    """An event of which the record holds the first day alone."""
    facts = SourceFacts(
        authority=PrintedAuthority(printed=of.name, slug=of.slug, name=of.name, urn=of.urn or None),
        framework=framework,
        published=day(published),
        partial_date=dated,
        outcome=outcome,
    )
    return RecordedInspection(id=inspection_id(of.slug, facts), authority=of.slug, facts=facts)


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV of this folder."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def authority(row: dict[str, str]) -> Authority:
    """A row of authorities.csv."""
    return Authority(
        slug=row["slug"],
        name=row["name"],
        urn=row["urn"],
        la_code=row["la_code"],
        ons_code=row["ons_code"],
        region=row["region"],
        neighbours=tuple(row["statistical_neighbours"].split()),
        aliases=split_cell(row["aliases"]),
        predecessors=tuple(row["predecessors"].split()),
        successors=tuple(row["successors"].split()),
        changed=day(row["changed"]),
    )


def day(printed: str) -> date | None:
    """An ISO date, or None for an empty cell."""
    return date.fromisoformat(printed) if printed else None


if __name__ == "__main__":
    (HERE / RECORD_FILE).write_bytes(encode_record(record()))
