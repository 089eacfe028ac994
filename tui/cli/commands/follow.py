"""`reinspect follow`: what became of every improvement in each later report and letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.cli.completion_values import authorities_like
from tui.cli.output import Output, exported
from tui.naming import named_authority, open_store

if TYPE_CHECKING:
    from reinspect.comparing.followthrough.threads import Thread
    from store import Store


@click.command("follow")
@click.argument("authority", shell_complete=authorities_like)
@exported
@click.pass_context
def follow_command(ctx: click.Context, authority: str, output: Output) -> None:
    """What became of every improvement: raised again, reported better, mentioned or not mentioned, and where.

    Each improvement of an inspection is traced through every later report and letter of the AUTHORITY that the store
    holds. "Not mentioned" does not mean that it was put right.
    """
    from reinspect.exporting.records import thread_record
    from reinspect.exporting.sheets.follow_through import follow_through_sheet

    named = named_authority(authority)
    threads = followed(open_store(ctx.obj), named.slug)
    output.answer(lambda: follow_through_sheet(named, threads), lambda: (thread_record(thread) for thread in threads))


def followed(store: Store, authority: str) -> tuple[Thread, ...]:
    """Every improvement of an authority through the texts held of its later inspections, as people have judged them."""
    from reinspect.comparing.followthrough.threads import LaterText, follow
    from reinspect.comparing.followthrough.verdicts import with_verdicts

    held = store.primary_texts()
    texts = [
        LaterText(inspection=each, passages=store.passages(held[each.id]) if each.id in held else ())
        for each in store.inspections(authority)
    ]
    return with_verdicts(follow(texts), store.verdicts())
