"""`reinspect check`: find and repair faults of the store."""

from __future__ import annotations

import click

from tui.cli.options import RecordFormat, json_options
from tui.cli.stores import store_folder_of
from tui.streams import print_data, printed_records, say


@click.command("check")
@click.option("--repair", is_flag=True, help="Repair whatever can be repaired without loss.")
@json_options
@click.pass_context
def check_command(ctx: click.Context, *, repair: bool, records: RecordFormat | None) -> None:
    """Check every file and record of the store.

    Each fault is one line. Exits 5 if something is wrong or lost and not repaired, and 0 if files are merely left over.

    \b
    Example:
      reinspect check --repair
    """
    from reinspect.errors import StoreCorruptError
    from reinspect.reading.sanitise import safe_line
    from store import check

    folder = store_folder_of(ctx)
    faults = check(folder, repair=repair)
    if records:
        from reinspect.exporting.records import fault_record

        with printed_records(records) as print_record:
            for fault in faults:
                print_record(fault_record(fault))
    else:
        for fault in faults:
            state = "repaired" if fault.mended else "--repair repairs it" if fault.mendable else "cannot be repaired"
            print_data((safe_line(f"{fault.where}: {fault.what} ({state})") + "\n").encode())
    remaining = [fault for fault in faults if not fault.mended]
    if any(fault.severity != "left over" for fault in remaining):
        ctx.exit(StoreCorruptError.exit_code)
    if remaining:
        say(f"{folder}: intact; {len(remaining)} left over, which --repair deletes")
    else:
        say(f"{folder}: intact again" if faults else f"{folder}: intact")
