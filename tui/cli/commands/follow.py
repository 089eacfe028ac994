"""`reinspect follow`: follow every improvement through all later reports and letters."""

from __future__ import annotations

from pathlib import Path

import click

from tui.cli.completion_values import authorities_like
from tui.cli.options import refuse_options, refuse_other_options
from tui.cli.output import Output, exported
from tui.cli.paths import NamedPath
from tui.cli.stores import open_library, open_store
from tui.streams import say


@click.command("follow")
@click.argument("authority", required=False, shell_complete=authorities_like)
@click.option(
    "--across",
    is_flag=True,
    help="Also follow into reports of other inspectorates: from social care into SEND, and the reverse.",
)
@click.option("--full", is_flag=True, help="Print three passages of every later text, not of the latest alone.")
@click.option("--now", is_flag=True, help="Print only what the latest text raises again.")
@click.option("--verdicts", is_flag=True, help="Print people's verdicts as labels, of AUTHORITY or of all.")
@click.option(
    "--from",
    "file",
    type=NamedPath(dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="With --verdicts: add the verdicts in FILE, - for those on standard input.",
)
@exported
@click.pass_context
def follow_command(
    ctx: click.Context,
    authority: str | None,
    output: Output,
    *,
    across: bool,
    full: bool,
    now: bool,
    verdicts: bool,
    file: Path | None,
) -> None:
    """Follow every improvement through later reports and letters.

    A table has the status of each improvement in each later text: raised again, reported better or not mentioned where
    this is likely enough to be right, elsewhere undecided. "Not mentioned" does not mean that it was put right. Below,
    the three passages of the latest text most likely to be on the improvement, each marked good, critical, mixed,
    neutral or listed, and one passage for each status said of an earlier text; with --full, three of every text.

    --verdicts prints the decisions that people made in the app; with --json or --format jsonl, --from reads them again.

    \b
    Examples:
      reinspect follow camden
      reinspect follow camden --now
      reinspect follow camden --full -o follow-through.html
      reinspect follow --verdicts --json -o verdicts.json
      reinspect follow --verdicts --from verdicts.json
    """
    if file is not None:
        if not verdicts or authority:
            raise click.UsageError("--from goes with --verdicts, and without AUTHORITY.")
        refuse_other_options(ctx, "--from", "file", "verdicts")
        _add_verdicts(ctx, file)
    elif verdicts:
        refuse_options(ctx, "--verdicts", "across", "full", "now")
        output.write(open_library(ctx).verdict_labels(authority))
    elif authority:
        if now:
            refuse_options(ctx, "--now", "full")
        output.write(open_library(ctx).follow(authority, across=across, full=full, now=now))
    else:
        raise click.UsageError("Missing argument 'AUTHORITY'.")


def _add_verdicts(ctx: click.Context, path: Path) -> None:
    """Add verdicts from a file, and say how many were added."""
    from reinspect.comparing.followthrough.verdict_labels import parse_labels

    try:
        with click.open_file(str(path), "rb") as file:
            verdicts = parse_labels(file)
    except OSError as error:
        raise click.UsageError(f"{path}: cannot be read: {error.strerror}") from error
    saved, kept, left_out = open_store(ctx).verdict_table.save_all(verdicts)
    say(f"{saved} added")
    if kept:
        say(f"{kept} not added: you gave another verdict, which stays")
    if left_out:
        say(f"{left_out} not added: the store has no such improvement and later text, in the same words")
