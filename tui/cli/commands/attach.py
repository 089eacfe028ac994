"""`reinspect attach`: assign a document to an inspection."""

from __future__ import annotations

import click

from tui.cli.completion_values import inspections_like
from tui.cli.stores import open_store
from tui.streams import say


@click.command("attach")
@click.argument("document", metavar="DOCUMENT")
@click.argument("inspection", metavar="ID", required=False, shell_complete=inspections_like)
@click.pass_context
def attach_command(ctx: click.Context, document: str, inspection: str | None) -> None:
    """Assign a document to an inspection, or to none.

    DOCUMENT is its sha256 or the beginning of it, as `reinspect add` and `reinspect show` print it. Without an ID the
    document belongs to no inspection.

    \b
    Example:
      reinspect attach 3f5a9c01 camden:2022
    """
    from reinspect.answers.names import find_inspection

    store = open_store(ctx)
    stored = store.document(document)
    is_id = inspection is None or inspection in stored.candidates
    chosen = inspection if is_id or inspection is None else find_inspection(store, inspection).id
    store.attach(stored.document.sha256, chosen)
    say(f"{stored.document.shown_title}: {f'now belongs to {chosen}' if chosen else 'now belongs to no inspection'}")
