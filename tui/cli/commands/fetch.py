"""`reinspect fetch`: reports from where Ofsted published them, into the store."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.completion_values import cohorts_like
from tui.cli.output import json_lines, put, say, terminal_width
from tui.cli.paths import NamedPath
from tui.cli.progress import SOME_FAILED
from tui.naming import open_store

if TYPE_CHECKING:
    from reinspect.exporting.records import JsonObject
    from reinspect.model import Inspection
    from store import Store
    from store.fetching import Download
    from store.fetching.client import Fetcher, FetchResult

_BATCH = 10


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Which reports to ask for, and which inspections are passed over: their report is held, or has no address."""

    wanted: tuple[Download, ...]
    held: tuple[Inspection, ...]
    without: tuple[Inspection, ...]


@click.command("fetch")
@click.argument("cohorts", metavar="[AUTHORITY|COHORT]...", nargs=-1, shell_complete=cohorts_like)
@click.option(
    "--catalogue",
    type=NamedPath(dir_okay=False),
    metavar="FILE",
    help="A table (CSV) of new inspections: they are added to the store, and their reports fetched.",
)
@click.option("--dry-run", is_flag=True, help="List what would be fetched, and fetch nothing.")
@click.option("--again", is_flag=True, help="Ask for reports that are held too; only what has changed is sent.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, one line an inspection.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes that read; default: one a processor, at most 8.")
@click.pass_context
def fetch_command(
    ctx: click.Context,
    cohorts: tuple[str, ...],
    *,
    catalogue: Path | None,
    dry_run: bool,
    again: bool,
    as_json: bool,
    jobs: int | None,
) -> None:
    """Download the reports of these authorities, as far as their addresses are known, and add them.

    Name authorities, a cohort (neighbours:camden, region:London, since:2023) or all. One file is asked for at a time,
    with a pause of a second between, over https and from Ofsted's own hosts alone. What is held is not asked for
    again, so an interrupted run is resumed by repeating it. Exits 3 if any report could not be had.
    """
    if not cohorts and catalogue is None:
        raise click.UsageError("Name an authority, a cohort, or all.")
    store = open_store(ctx.obj)
    unclear = 0
    inspections = _chosen(store, cohorts)
    if catalogue is not None:
        listed, unclear = _listed(store, catalogue, dry_run=dry_run)
        inspections = [each for each in listed if not cohorts or each.id in {known.id for known in inspections}]
    plan = _plan(inspections, again=again)
    if as_json:
        put(json_lines(_passed_over(plan)))
    if dry_run:
        put(json_lines(map(_wanted_object, plan.wanted)) if as_json else _as_lines(plan.wanted))
    _tell(plan)
    failed = 0 if dry_run or not plan.wanted else _fetch(store, plan.wanted, again=again, as_json=as_json, jobs=jobs)
    if failed:
        say(f"{failed} could not be had")
    if failed or unclear:
        ctx.exit(SOME_FAILED)


def _chosen(store: Store, cohorts: Iterable[str]) -> list[Inspection]:
    """The inspections of all these cohorts, each once, by authority and date."""
    from reinspect.authorities import authorities
    from reinspect.comparing.cohorts.expressions import cohort

    inspections = store.inspections()
    meant = [cohort(expression, authorities(), inspections) for expression in cohorts]
    return [inspection for inspection in inspections if any(each.holds(inspection) for each in meant)]


def _listed(store: Store, file: Path, *, dry_run: bool) -> tuple[list[Inspection], int]:
    """The inspections of a table, taken into the store, and of how many rows it is not clear which they mean.

    A dry run changes nothing: it shows each row as the inspection that it tells of.
    """
    from reinspect.inspection_csv import read_inspections_csv
    from reinspect.reconciling import reconcile

    rows = read_inspections_csv(file)
    if dry_run:
        return [reconcile(row.id, row.authority, "", None, catalogued=row.facts) for row in rows], 0
    entries = store.import_csv(rows)
    for entry in entries:
        if entry.outcome == "unclear":
            say(f"{file}: {entry.row.id}: {entry.reason}: {', '.join(entry.candidates)}")
    counts = Counter(entry.outcome for entry in entries)
    say(f"{file}: {', '.join(f'{count} {outcome}' for outcome, count in counts.items())}")
    taken = dict.fromkeys(entry.inspection for entry in entries if entry.inspection)
    return [store.inspection(identifier) for identifier in taken], counts["unclear"]


def _plan(inspections: Iterable[Inspection], *, again: bool) -> Plan:
    from store.fetching import Download

    wanted, held, without = [], [], []
    for inspection in inspections:
        if not again and any(document.kind in {"report", "letter"} for document in inspection.documents):
            held.append(inspection)
        elif inspection.report_url:
            wanted.append(Download(inspection=inspection.id, url=inspection.report_url))
        else:
            without.append(inspection)
    return Plan(wanted=tuple(wanted), held=tuple(held), without=tuple(without))


def _tell(plan: Plan) -> None:
    """What there is to do, and what there is not, on stderr."""
    from reinspect.frameworks import frameworks

    say(f"{_reports(len(plan.wanted))} to fetch; {_reports(len(plan.held))} held already")
    if plan.without:
        known = frameworks()
        counts = Counter(known[each.framework].short for each in plan.without if each.framework in known)
        kinds = ", ".join(f"{count} {short}" for short, count in counts.most_common())
        say(f"no address is known for {_reports(len(plan.without))} ({kinds}): add those from files of your own")


def _fetch(store: Store, wanted: Sequence[Download], *, again: bool, as_json: bool, jobs: int | None) -> int:
    """Fetch and add, a few at a time, so that an interruption loses nothing; how many could not be had or read."""
    from uuid import uuid4

    run, failed = uuid4().hex, 0
    waiting: list[FetchResult] = []
    for done, fetched in enumerate(_watched(fetcher(store.folder).fetch(wanted, again=again), len(wanted)), 1):
        if fetched.file is None:
            failed += 1
            _tell_failed(fetched, as_json=as_json)
        else:
            waiting.append(fetched)
        if len(waiting) == _BATCH or done == len(wanted):
            failed += _add(store, waiting, run, as_json=as_json, jobs=jobs)
            waiting = []
    return failed


def fetcher(folder: Path) -> Fetcher:
    """What asks the known hosts for the reports of the store in this folder.

    Raises:
        click.UsageError: what it needs was not installed.
    """
    from importlib.util import find_spec

    if find_spec("httpx") is None:
        raise click.UsageError('Fetching needs one package more: install "reinspect[fetch]".')
    from store.fetching import Downloads, allowed_hosts
    from store.fetching.client import Fetcher

    return Fetcher(Downloads(folder), allowed_hosts())


def _add(store: Store, fetched: Sequence[FetchResult], run: str, *, as_json: bool, jobs: int | None) -> int:
    """Read files into the store, and say what became of each; how many could not be read."""
    from tui.cli.commands.add import additions, import_record, tell

    sought = {each.file.stem: each.download for each in fetched if each.file}
    failed = 0
    for addition in additions(store, [each.file for each in fetched if each.file], jobs, run):
        wanted = sought[Path(addition.file).stem]
        failed += addition.outcome == "failed"
        if as_json:
            put(json_lines([import_record(addition) | {"sought": wanted.inspection, "url": wanted.url}]))
        else:
            tell(addition, as_json=False)
        if addition.inspection not in {None, wanted.inspection}:
            say(f"{addition.file}: the address of {wanted.inspection} holds the report of {addition.inspection}")
    return failed


def _watched(fetched: Iterable[FetchResult], number: int) -> Iterator[FetchResult]:
    """The same, with a line on stderr that says how far it is, where somebody may be looking."""
    shown = sys.stderr.isatty()
    for done, each in enumerate(fetched, 1):
        if shown:
            click.echo("\r" + " " * (terminal_width() - 1) + "\r", nl=False, err=True)
        yield each
        if shown and done < number:
            click.echo(f"fetched {done} of {number} ...", nl=False, err=True)


def _tell_failed(fetched: FetchResult, *, as_json: bool) -> None:
    wanted = fetched.download
    if as_json:
        put(json_lines([_wanted_object(wanted) | {"outcome": "failed", "reason": fetched.reason}]))
    if fetched.asked:
        say(f"{wanted.inspection}: {wanted.url}: {fetched.reason}")


def _passed_over(plan: Plan) -> Iterator[JsonObject]:
    for outcome, inspections in (("already held", plan.held), ("no address", plan.without)):
        for each in inspections:
            yield {"schema": 1, "sought": each.id, "url": each.report_url, "outcome": outcome, "inspection": each.id}


def _wanted_object(wanted: Download) -> JsonObject:
    return {"schema": 1, "sought": wanted.inspection, "url": wanted.url, "outcome": "wanted", "inspection": None}


def _as_lines(wanted: Iterable[Download]) -> bytes:
    return "".join(f"{each.inspection}  {each.url}\n" for each in wanted).encode()


def _reports(number: int) -> str:
    return f"{number} report{'' if number == 1 else 's'}"
