"""`reinspect check`: whether the store is whole."""

from __future__ import annotations

import click

from tui.cli.output import json_lines, put, say
from tui.naming import store_folder_of


@click.command("check")
@click.option("--repair", is_flag=True, help="Mend what can be mended without losing anything that is held.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, one line a fault.")
@click.pass_context
def check_command(ctx: click.Context, *, repair: bool, as_json: bool) -> None:
    """Whether every file of the store is what it was when it was written, and every record is sound.

    Each fault is one line. Exits 5 if any is left.
    """
    from reinspect.errors import StoreCorruptError
    from reinspect.reading.sanitise import safe_line
    from store import check

    folder = store_folder_of(ctx.obj)
    faults = check(folder, repair=repair)
    for fault in faults:
        state = "mended" if fault.mended else "--repair mends it" if fault.mendable else "cannot be mended"
        if as_json:
            from reinspect.exporting.records import fault_record

            put(json_lines([fault_record(fault)]))
        else:
            put((safe_line(f"{fault.where}: {fault.what} ({state})") + "\n").encode())
    if not all(fault.mended for fault in faults):
        ctx.exit(StoreCorruptError.exit_code)
    say(f"{folder}: whole" if not faults else f"{folder}: whole again")
