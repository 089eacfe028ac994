"""`reinspect edit`: correct one field of an inspection."""

from __future__ import annotations

import click

from tui.cli.completion_values import inspections_like
from tui.cli.stores import open_store
from tui.streams import say


@click.command("edit")
@click.argument("inspection", metavar="ID", shell_complete=inspections_like)
@click.argument("field")
@click.argument("value")
@click.pass_context
def edit_command(ctx: click.Context, inspection: str, field: str, value: str) -> None:
    """Correct one field of an inspection.

    Your correction is used instead of what any document says, and is marked as yours. FIELD is framework, windows,
    inspection_start, inspection_end, published, topics, lead_inspector or judgement.STRAND; VALUE is written as
    `reinspect show --json` writes it. An empty VALUE withdraws your correction.

    \b
    Example:
      reinspect edit camden:2022 published 2022-06-21
    """
    from reinspect.answers.names import find_inspection
    from reinspect.model import Correction
    from reinspect.reconciling import checked_correction

    store = open_store(ctx)
    found = find_inspection(store, inspection)
    stored = checked_correction(Correction(field=field, value=value), found)
    store.correct(found.id, stored)
    result = f"now {stored.value}, as you corrected it" if stored.value else "again what the sources say"
    say(f"{found.id}: {stored.field} is {result}")
