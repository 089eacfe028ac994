"""`reinspect fetch`: download published reports and import them into the store."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.completion_values import cohorts_like
from tui.cli.options import RecordFormat, jobs_option, json_options
from tui.cli.paths import NamedPath
from tui.cli.progress import SOME_FAILED
from tui.cli.stores import open_store
from tui.streams import RecordPrinter, print_data, printed_records, say, terminal_width

if TYPE_CHECKING:
    from reinspect.exporting.records import JsonObject
    from reinspect.model import Inspection
    from store import Store
    from store.fetching import Download
    from store.fetching.client import FetchResult
    from store.fetching.plan import FetchPlan

_BATCH = 10


@click.command("fetch")
@click.argument("cohorts", metavar="[AUTHORITY|GROUP]...", nargs=-1, shell_complete=cohorts_like)
@click.option(
    "--catalogue",
    type=NamedPath(dir_okay=False),
    metavar="FILE",
    help="A CSV table of new inspections: adds them to the store and fetches their reports.",
)
@click.option("--dry-run", is_flag=True, help="List what would be fetched, and fetch nothing.")
@click.option("--again", is_flag=True, help="Request stored reports too; the server sends only what has changed.")
@json_options
@jobs_option
@click.pass_context
def fetch_command(
    ctx: click.Context,
    cohorts: tuple[str, ...],
    *,
    catalogue: Path | None,
    dry_run: bool,
    again: bool,
    records: RecordFormat | None,
    jobs: int | None,
) -> None:
    """Download reports whose addresses are known, and add them.

    Name authorities, a group or all. One file is requested at a time, with a pause of a second between, over https and
    from Ofsted's own hosts only. Stored reports are not requested again, so an interrupted run is resumed by repeating
    it. Exits 3 if any report could not be downloaded.

    \b
    Examples:
      reinspect fetch camden
      reinspect fetch region:London --dry-run
    """
    if not cohorts and catalogue is None:
        raise click.UsageError("Name an authority, a group, or all.")
    store = open_store(ctx)
    unclear = 0
    inspections = _inspections_of(store, cohorts)
    if catalogue is not None:
        listed, unclear = _read_catalogue(store, catalogue, dry_run=dry_run)
        chosen = {inspection.id for inspection in inspections}
        inspections = [inspection for inspection in listed if not cohorts or inspection.id in chosen]
    from store.fetching.plan import plan_downloads

    plan = plan_downloads(inspections, again=again)
    with printed_records(records) if records else nullcontext() as print_record:
        failed = _carry_out(store, plan, print_record, dry_run=dry_run, again=again, jobs=jobs)
    if failed:
        say(f"{failed} could not be downloaded or read")
    if failed or unclear:
        ctx.exit(SOME_FAILED)


def _carry_out(
    store: Store, plan: FetchPlan, print_record: RecordPrinter | None, *, dry_run: bool, again: bool, jobs: int | None
) -> int:
    """Print the plan, then download unless it is a dry run; return how many reports failed."""
    if print_record is not None:
        for record in (*_left_out_records(plan), *(map(_planned_record, plan.downloads) if dry_run else ())):
            print_record(record)
    elif dry_run:
        print_data(_as_lines(plan.downloads))
    _say_plan(plan)
    if dry_run or not plan.downloads:
        return 0
    return _fetch(store, plan.downloads, print_record, again=again, jobs=jobs)


def _inspections_of(store: Store, cohorts: Iterable[str]) -> list[Inspection]:
    """Return the inspections in any of these cohorts (groups of authorities), sorted by authority and date."""
    from reinspect.answers.scope import find_cohort

    groups = [find_cohort(store, expression) for expression in cohorts]
    return [inspection for inspection in store.inspections() if any(group.holds(inspection) for group in groups)]


def _read_catalogue(store: Store, file: Path, *, dry_run: bool) -> tuple[list[Inspection], int]:
    """Import a CSV table of inspections; return its inspections, and how many rows were unclear.

    With `dry_run`, the store is not changed.
    """
    from reinspect.inspection_csv import read_inspections_csv
    from reinspect.reconciling import reconcile

    rows = read_inspections_csv(file)
    if dry_run:
        return [reconcile(row.id, row.authority, "", None, catalogued=row.facts) for row in rows], 0
    results = store.import_csv(rows)
    for result in results:
        if result.outcome == "unclear":
            say(f"{file}: {result.row.id}: {result.reason}: {', '.join(result.candidates)}")
    counts = Counter(result.outcome for result in results)
    say(f"{file}: {', '.join(f'{count} {outcome}' for outcome, count in counts.items())}")
    ids = dict.fromkeys(result.inspection for result in results if result.inspection)
    return [store.inspection(identifier) for identifier in ids], counts["unclear"]


def _say_plan(plan: FetchPlan) -> None:
    from reinspect.frameworks import frameworks

    say(f"{_count_reports(len(plan.downloads))} to fetch; {_count_reports(len(plan.stored))} stored already")
    if plan.without_address:
        known = frameworks()
        counts = Counter(known[each.framework].short for each in plan.without_address if each.framework in known)
        kinds = ", ".join(f"{count} {short}" for short, count in counts.most_common())
        count = _count_reports(len(plan.without_address))
        say(f"no address is known for {count} ({kinds}): add those from files of your own")


def _fetch(
    store: Store, downloads: Sequence[Download], print_record: RecordPrinter | None, *, again: bool, jobs: int | None
) -> int:
    """Download reports and import them into the store; return how many failed."""
    from uuid import uuid4

    from store.fetching.create import create_fetcher

    run, failed = uuid4().hex, 0
    waiting: list[FetchResult] = []
    fetched = create_fetcher(store.folder).fetch(downloads, again=again)
    for done, report in enumerate(_with_progress(fetched, len(downloads)), 1):
        if report.file is None:
            failed += 1
            _print_failure(report, print_record)
        else:
            waiting.append(report)
        # In batches of ten files, so that an interruption loses little.
        if len(waiting) == _BATCH or done == len(downloads):
            failed += _import(store, waiting, run, print_record, jobs=jobs)
            waiting = []
    return failed


def _import(
    store: Store, fetched: Sequence[FetchResult], run: str, print_record: RecordPrinter | None, *, jobs: int | None
) -> int:
    """Import downloaded files and print the result for each file; return how many could not be read."""
    from reinspect.exporting.records import download_record
    from tui.cli.import_output import print_result
    from tui.cli.progress import import_with_progress

    files = [report.file for report in fetched if report.file]
    download_of = {report.file.stem: report.download for report in fetched if report.file}
    failed = 0
    for result in import_with_progress(store, files, jobs, run):
        download = download_of[Path(result.file).stem]
        failed += result.outcome == "failed"
        if print_record is not None:
            print_record(download_record(download.inspection, download.url, result))
        else:
            print_result(result)
        if result.inspection not in {None, download.inspection}:
            say(f"{result.file}: the address of {download.inspection} has the report of {result.inspection}")
    return failed


def _with_progress(fetched: Iterable[FetchResult], total: int) -> Iterator[FetchResult]:
    """Yield the results unchanged, while showing a progress line on stderr if that is a terminal."""
    shown = sys.stderr.isatty()
    for done, report in enumerate(fetched, 1):
        if shown:
            click.echo("\r" + " " * (terminal_width() - 1) + "\r", nl=False, err=True)
        yield report
        if shown and done < total:
            click.echo(f"fetched {done} of {total} ...", nl=False, err=True)


def _print_failure(report: FetchResult, print_record: RecordPrinter | None) -> None:
    from reinspect.exporting.records import fetch_record

    download = report.download
    if print_record is not None:
        print_record(fetch_record(download.inspection, download.url, "failed", reason=report.reason))
    if report.asked:
        say(f"{download.inspection}: {download.url}: {report.reason}")


def _left_out_records(plan: FetchPlan) -> Iterator[JsonObject]:
    from reinspect.exporting.records import fetch_record

    for inspection in plan.stored:
        yield fetch_record(inspection.id, inspection.report_url, "already held", inspection.id)
    for inspection in plan.without_address:
        yield fetch_record(inspection.id, inspection.report_url, "no address", inspection.id)


def _planned_record(download: Download) -> JsonObject:
    from reinspect.exporting.records import fetch_record

    return fetch_record(download.inspection, download.url, "wanted")


def _as_lines(downloads: Iterable[Download]) -> bytes:
    return "".join(f"{download.inspection}  {download.url}\n" for download in downloads).encode()


def _count_reports(number: int) -> str:
    return f"{number} report{'' if number == 1 else 's'}"
