"""`reinspect check`: find and repair faults of the store."""

from __future__ import annotations

import click

from tui.cli.options import json_option
from tui.cli.stores import store_folder_of
from tui.streams import json_lines, print_data, say


@click.command("check")
@click.option("--repair", is_flag=True, help="Repair whatever can be repaired without loss.")
@json_option
@click.pass_context
def check_command(ctx: click.Context, *, repair: bool, as_json: bool) -> None:
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
    for fault in faults:
        state = "repaired" if fault.mended else "--repair repairs it" if fault.mendable else "cannot be repaired"
        if as_json:
            from reinspect.exporting.records import fault_record

            print_data(json_lines([fault_record(fault)]))
        else:
            print_data((safe_line(f"{fault.where}: {fault.what} ({state})") + "\n").encode())
    remaining = [fault for fault in faults if not fault.mended]
    if any(fault.severity != "left over" for fault in remaining):
        ctx.exit(StoreCorruptError.exit_code)
    if remaining:
        say(f"{folder}: intact; {len(remaining)} left over, which --repair deletes")
    else:
        say(f"{folder}: intact again" if faults else f"{folder}: intact")
