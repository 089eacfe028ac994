"""`reinspect update`: replace the record of inspections by a newer one, and say what is new."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.stores import open_store
from tui.streams import print_data, say

if TYPE_CHECKING:
    from datetime import date

    from reinspect.record import Record, RecordedInspection
    from reinspect.record_update import RecordChanges

_MOST_BYTES = 50_000_000


@click.command("update")
@click.argument("source", metavar="FILE|URL")
@click.option("--dry-run", is_flag=True, help="Say what is new, and change nothing.")
@click.pass_context
def update_command(ctx: click.Context, source: str, *, dry_run: bool) -> None:
    """Replace the record of inspections by a newer one, and say what is new.

    FILE is a release of the record; its checksum is in a file of the same name with .sha256 at the end. With a web
    address the record is downloaded over https, from release hosts only. The program never looks for updates by itself.
    Your reports, corrections, pins and verdicts stay, but earlier changes can no longer be undone. A record that is
    damaged or older, or has another format, is refused and changes nothing.

    \b
    Example:
      reinspect update record-2026-12-01.json --dry-run
    """
    from reinspect.errors import RecordRefusedError
    from reinspect.record_update import record_changes

    store = open_store(ctx)
    before = store.record_date
    try:
        record = _read(source)
        if before and record.as_of > before:
            print_data(_describe(record, record_changes(store.recorded_facts(), record), before).encode())
        if not dry_run or not before or record.as_of <= before:
            store.replace_record(record)
    except RecordRefusedError as error:
        raise RecordRefusedError(f"{source}: refused, and nothing was changed: {error}") from None
    say(
        "nothing was changed: this was a dry run"
        if dry_run
        else f"the record is now as of {record.as_of}; earlier changes can no longer be undone"
    )


def _read(source: str) -> Record:
    """Read the record of a file or a web address.

    Raises:
        RecordRefusedError: the record must not be used.
    """
    from reinspect.record_update import read_newer_record

    return read_newer_record(*(_download(source) if "://" in source else _read_file(Path(source))))


def _download(address: str) -> tuple[bytes, str]:
    from store.fetching import record_hosts
    from store.fetching.create import check_package

    check_package()
    from store.fetching.release import download_release

    return download_release(address, record_hosts())


def _read_file(file: Path) -> tuple[bytes, str]:
    from reinspect.errors import RecordRefusedError
    from reinspect.regular_files import read_regular_file

    try:
        checksum = file.with_name(f"{file.name}.sha256")
        if file.stat().st_size > _MOST_BYTES:
            raise RecordRefusedError(f"it is larger than {_MOST_BYTES:,} bytes")
        data = read_regular_file(file)
    except (OSError, ValueError) as error:
        raise RecordRefusedError(f"it cannot be read: {getattr(error, 'strerror', None) or error}") from None
    try:
        return data, read_regular_file(checksum).decode("ascii", "replace")
    except OSError as error:
        reason = error.strerror or error
        raise RecordRefusedError(f"its checksum, {checksum.name}, cannot be read: {reason}") from None


def _describe(record: Record, changes: RecordChanges, before: date) -> str:
    return "\n".join(_lines(record, changes, before)) + "\n"


def _lines(record: Record, changes: RecordChanges, before: date) -> Iterator[str]:
    yield f"This record is as of {record.as_of}; yours is as of {before}."
    yield ""
    yield f"New inspections: {len(changes.added)}"
    yield from (f"- {inspection.id}{_grades(inspection)}" for inspection in changes.added)
    yield f"Changed inspections: {len(changes.changed)}"
    yield from (f"- {identifier}: {'; '.join(words)}" for identifier, words in changes.changed)
    yield f"Withdrawn inspections: {len(changes.withdrawn)}"
    yield from (f"- {identifier}" for identifier in changes.withdrawn)


def _grades(inspection: RecordedInspection) -> str:
    graded = [f"{each.strand.replace('_', ' ')} {each.grade}" for each in inspection.facts.judgements if each.grade]
    return f": {', '.join(graded)}" if graded else ""
