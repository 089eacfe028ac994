"""`reinspect reread`: read all stored documents again."""

from __future__ import annotations

import click

from tui.cli.progress import SOME_FAILED
from tui.cli.stores import open_store
from tui.streams import say


@click.command("reread")
@click.pass_context
def reread_command(ctx: click.Context) -> None:
    """Read all stored documents again, after an update.

    Documents without an inspection, or now known to be of another kind, are matched again. For each document whose
    facts or inspection changed, you see what was read before and what is read now. Exits 3 if the text of a document is
    lost; `reinspect add` of its file restores it.

    \b
    Example:
      reinspect reread
    """
    results = open_store(ctx).reread()
    failed = [result for result in results if result.outcome == "failed"]
    changed = [result for result in results if result.changes]
    for result in (*changed, *failed):
        say(f"{result.file}: {result.inspection or result.reason}")
        for line in result.changes:
            say(f"  {line}")
    say(f"{_documents(len(changed))} read differently" if changed else "nothing is read differently")
    if failed:
        say(f"{_documents(len(failed))} could not be read again")
        ctx.exit(SOME_FAILED)


def _documents(number: int) -> str:
    return f"{number} document{'' if number == 1 else 's'}"
