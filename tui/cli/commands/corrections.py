"""`reinspect edit`, `attach`, `remove` and `undo`: a person's word, which is kept as theirs."""

from __future__ import annotations

import click

from tui.cli.completion_values import inspections_like
from tui.cli.output import say
from tui.naming import named_inspection, open_store


@click.command("edit")
@click.argument("inspection", metavar="ID", shell_complete=inspections_like)
@click.argument("field")
@click.argument("value")
@click.pass_context
def edit_command(ctx: click.Context, inspection: str, field: str, value: str) -> None:
    """Correct one field of an inspection; your word outranks every document and is marked as yours.

    FIELD is framework, windows, inspection_start, inspection_end, published, topics, lead_inspector or
    judgement.STRAND, and VALUE is written as `reinspect show --json` writes it. An empty VALUE withdraws your word.
    """
    from reinspect.model import Correction

    store = open_store(ctx.obj)
    corrected = store.correct(named_inspection(store, inspection).id, Correction(field=field, value=value))
    say(f"{corrected.id}: {field} is {f'now {value}, by your word' if value else 'again what the sources say'}")


@click.command("attach")
@click.argument("document", metavar="DOCUMENT")
@click.argument("inspection", metavar="ID", required=False, shell_complete=inspections_like)
@click.pass_context
def attach_command(ctx: click.Context, document: str, inspection: str | None) -> None:
    """Say which inspection a document belongs to; without an ID, that it belongs to none.

    DOCUMENT is its sha256 or the beginning of it, as `reinspect add` and `reinspect show` print it.
    """
    store = open_store(ctx.obj)
    held = store.document(document)
    known = inspection is None or inspection in held.candidates
    chosen = inspection if known or inspection is None else named_inspection(store, inspection).id
    store.attach(held.document.sha256, chosen)
    say(f"{held.document.title}: {f'belongs to {chosen}' if chosen else 'belongs to no inspection'}, by your word")


@click.command("remove")
@click.argument("identifier", metavar="ID")
@click.pass_context
def remove_command(ctx: click.Context, identifier: str) -> None:
    """Take a document (its sha256, or the beginning of it) or an inspection that only documents made known out again.

    `reinspect undo` brings it back.
    """
    say(f"removed: {open_store(ctx.obj).remove(identifier)}")


@click.command("undo")
@click.pass_context
def undo_command(ctx: click.Context) -> None:
    """Take back the last change to the store; an import is taken back whole."""
    say(open_store(ctx.obj).undo())
