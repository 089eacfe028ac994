"""Make a newer record from published tables: for maintainers.

    python data/make_record.py INFORMATION.csv --pages FOLDER -o record-2026-12-01.json

INFORMATION.csv is Ofsted's management information on inspections of local authorities' children's services, as
published. FOLDER has the saved web pages (.html) on which Ofsted lists the reports of each council; they give the days
of publication and the addresses. The shipped record is the beginning: what it states stays, unless the table states
something else, which is printed for a person to decide. A row that is not understood is printed and left out. Nothing
is guessed: what no source states stays empty. The result is written together with its checksum.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import msgspec

from reinspect.authorities import authorities
from reinspect.fact_changes import describe_fact_changes
from reinspect.inspection_csv import inspection
from reinspect.matching import family
from reinspect.model import Authority, SourceFacts
from reinspect.reading.dates import find_dates
from reinspect.record import Record, RecordedInspection, encode_record, record

_COLUMNS = {
    "authority": ("local authority", "local authority name", "la name", "provider name"),
    "event": ("inspection type", "event type", "framework"),
    "inspection_start": ("inspection start date", "start date", "first day of inspection"),
    "inspection_end": ("inspection end date", "end date", "last day of inspection"),
    "published": ("publication date", "published", "date published"),
    "overall": ("overall effectiveness", "overall effectiveness grade"),
    "leaders": ("the impact of leaders on social work practice with children and families", "impact of leaders"),
    "help": ("the experiences and progress of children who need help and protection", "help and protection"),
    "care": ("the experiences and progress of children in care", "children in care"),
    "leavers": ("the experiences and progress of care leavers", "care leavers"),
}
"""The heads of the columns that are used, in any case, by our name of the column."""

_NEEDED = ("authority", "inspection_start")
_FRAMEWORKS = (("focused visit", "focused-visit"), ("monitoring visit", "monitoring-visit"))
_ILACS = ("ilacs", "standard inspection", "short inspection")
"""Words of the inspections that are graded under ILACS; its two lengths are called standard and short."""
_SPLIT, _NO_OVERALL = date(2023, 1, 16), date(2026, 4, 27)
"""The first day of inspections with a grade for care leavers, and of those without an overall grade."""
_A_WEEK = 7
_NOTHING = {"", "-", "n/a", "null", "not applicable", "not judged"}
_ADDRESS = re.compile(r"https://files(?:\.api)?\.ofsted\.gov\.uk/v1/file/\d+")
_URN = re.compile(r"urn\D{0,12}(\d{5,7})", re.IGNORECASE)


class Listed(msgspec.Struct, frozen=True):
    """A report on a saved page: the council that the page is about, the day of publication, and the address."""

    authority: str
    published: date
    address: str


class Made(msgspec.Struct, frozen=True):
    """A new record, and what a person must look at: rows left out, and facts on which the sources differ."""

    record: Record
    doubts: tuple[str, ...]


def make_record(former: Record, rows: Iterable[Mapping[str, str]], listed: Sequence[Listed]) -> Made:
    """Return the record with the inspections of a table and the addresses of listed reports."""
    known = {each.id: each for each in former.inspections}
    doubts: list[str] = []
    for number, row in enumerate(rows, 2):
        try:
            read = _with_address(_read_row(row), listed)
        except ValueError as error:
            doubts.append(f"line {number}: left out: {error}")
            continue
        before = _same(read, known.values())
        if before is None:
            known[read.id] = read
        else:
            facts = _filled(before.facts, read.facts)
            known[before.id] = msgspec.structs.replace(before, facts=facts)
            stated = msgspec.structs.replace(_filled(read.facts, facts), authority=facts.authority)
            differences = describe_fact_changes(facts, stated)
            doubts += [f"line {number}: {before.id}: {difference} in the table" for difference in differences]
    inspections = tuple(sorted(known.values(), key=lambda each: each.id))
    as_of = max((each.facts.published for each in inspections if each.facts.published), default=former.as_of)
    changed = msgspec.structs.replace(former, as_of=max(as_of, former.as_of), inspections=inspections)
    return Made(changed, tuple(doubts))


def read_table(file: Path) -> list[dict[str, str]]:
    """Return the rows of a table under our names of the columns.

    Raises:
        ValueError: a column that is needed is missing.
    """
    with file.open(encoding="utf-8-sig", newline="") as opened:
        table = csv.DictReader(opened)
        ours = {head: name for head in table.fieldnames or () if (name := _column(head))}
        if missing := [name for name in _NEEDED if name not in ours.values()]:
            raise ValueError(f"{file}: no column gives {', '.join(missing)}; its columns are {table.fieldnames}")
        return [{ours[head]: (cell or "").strip() for head, cell in row.items() if head in ours} for row in table]


def read_pages(folder: Path) -> list[Listed]:
    """Return the reports that the saved pages of a folder list."""
    return [listed for page in sorted(folder.glob("*.htm*")) for listed in read_page(page.read_text("utf-8"))]


def read_page(page: str) -> Iterator[Listed]:
    """Yield the reports that a page lists: each link to a file, with the date that follows it."""
    links = _Links()
    links.feed(page)
    of = authorities().find(links.heading) or next(
        (found for urn in _URN.findall(page) if (found := authorities().find(urn))), None
    )
    for address, words in links.found:
        dates = [day for day, _, _ in find_dates(words)]
        if of and dates:
            yield Listed(of.slug, dates[0], address)


class _Links(HTMLParser):
    """Collects the first heading of a page, and each address of a file with the text up to the next one."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = ""
        self.found: list[tuple[str, str]] = []
        self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_heading = tag == "h1" and not self.heading
        address = _ADDRESS.match(dict(attrs).get("href") or "") if tag == "a" else None
        if address:
            self.found.append((address[0], ""))

    def handle_data(self, data: str) -> None:
        if self._in_heading:
            self.heading, self._in_heading = data.strip(), False
        if self.found:
            address, words = self.found[-1]
            self.found[-1] = address, f"{words} {data}"


def _column(head: str) -> str | None:
    plain = " ".join(head.casefold().split())
    return next((name for name, heads in _COLUMNS.items() if plain in heads), None)


def _read_row(row: Mapping[str, str]) -> RecordedInspection:
    """Return the inspection of a row of the table.

    Raises:
        ValueError: the council, a day or a grade is not understood.
    """
    of = authorities().find(row["authority"])
    if of is None:
        raise ValueError(f'"{row["authority"]}" is not a known authority')
    cells = {name: "" if cell.casefold() in _NOTHING else cell for name, cell in row.items()}
    for column in ("inspection_start", "inspection_end", "published"):
        if cells.get(column):
            cells[column] = _day(cells[column]).isoformat()
    if not cells.get("inspection_start"):
        raise ValueError("it has no first day of inspection")
    cells["framework"] = _framework(cells)
    return _inspection(cells, of)


def _inspection(cells: dict[str, str], of: Authority) -> RecordedInspection:
    if cells["framework"] == "ilacs-2018":
        # Until 2023 children in care and care leavers had one grade; the table repeats it under the one or the other.
        joint = {cells.get(name, "") for name in ("care", "leavers")} - {""}
        if len(joint) > 1:
            raise ValueError("two grades for children in care and care leavers, who had one until 2023")
        cells = {**cells, "care_and_leavers": next(iter(joint), "")}
    return inspection(cells, of)


def _framework(cells: Mapping[str, str]) -> str:
    event = cells.get("event", "").casefold()
    for words, key in _FRAMEWORKS:
        if words in event:
            return key
    if not any(words in event for words in _ILACS):
        raise ValueError(f'"{cells.get("event", "")}" is not a kind of inspection that is known here')
    start = date.fromisoformat(cells["inspection_start"])
    return "ilacs-2018" if start < _SPLIT else "ilacs-2023" if start < _NO_OVERALL else "ilacs-2026"


def _day(printed: str) -> date:
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d-%b-%y", "%d %b %Y"):
        try:
            return datetime.strptime(printed, form).date()
        except ValueError:
            continue
    raise ValueError(f'"{printed}" is not a date')


def _with_address(read: RecordedInspection, listed: Sequence[Listed]) -> RecordedInspection:
    """Add the address of the report that was published on the day of the table; none if two were."""
    facts = read.facts
    fits = [each for each in listed if (each.authority, each.published) == (read.authority, facts.published)]
    if len(fits) != 1 or not facts.graded:
        return read
    return msgspec.structs.replace(read, facts=msgspec.structs.replace(facts, report_url=fits[0].address))


def _same(read: RecordedInspection, known: Iterable[RecordedInspection]) -> RecordedInspection | None:
    """Return the known inspection of the same council and family that began within a week."""
    (window,) = read.facts.windows[:1]
    for other in known:
        kinds = {family(each.facts.framework or "") for each in (read, other)}
        starts = [visit.start for visit in other.facts.windows[:1]]
        is_near = any(abs((start - window.start).days) <= _A_WEEK for start in starts)
        if other.authority == read.authority and len(kinds) == 1 and is_near:
            return other
    return None


def _filled(facts: SourceFacts, others: SourceFacts) -> SourceFacts:
    """Return facts with their empty places filled from others."""
    graded = {judgement.strand for judgement in facts.judgements}
    added = tuple(judgement for judgement in others.judgements if judgement.strand not in graded)
    empty = {name: getattr(others, name) for name in ("published", "report_url") if getattr(facts, name) is None}
    return msgspec.structs.replace(facts, judgements=facts.judgements + added, **empty)


def main(typed: Sequence[str] | None = None) -> int:
    """Write the record and its checksum; print what a person must look at."""
    parser = argparse.ArgumentParser(description="Make a newer record from published tables.")
    parser.add_argument("table", type=Path, metavar="INFORMATION.csv")
    parser.add_argument("--pages", type=Path, metavar="FOLDER")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    chosen = parser.parse_args(typed)
    try:
        rows = read_table(chosen.table)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    made = make_record(record(), rows, read_pages(chosen.pages) if chosen.pages else [])
    data = encode_record(made.record)
    chosen.output.write_bytes(data)
    checksum = chosen.output.with_name(f"{chosen.output.name}.sha256")
    checksum.write_text(f"{sha256(data).hexdigest()}  {chosen.output.name}\n", "ascii")
    new = len(made.record.inspections) - len(record().inspections)
    sys.stdout.write("".join(f"{doubt}\n" for doubt in made.doubts))
    sys.stdout.write(f"{chosen.output}: as of {made.record.as_of}; {new} new inspections, {len(made.doubts)} doubts\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
