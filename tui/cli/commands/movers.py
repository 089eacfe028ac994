"""`reinspect movers`: print who moved from one grade to another, when, and how long it took."""

from __future__ import annotations

import click

from tui.cli.completion_values import strands_like
from tui.cli.options import check_strands, check_time, cohort_option
from tui.cli.output import Output, exported
from tui.cli.stores import open_library


@click.command("movers")
@click.argument("earlier", metavar="[FROM", default="inadequate")
@click.argument("later", metavar="TO]", default="good")
@click.option(
    "--strand",
    "strands",
    multiple=True,
    default=("overall",),
    show_default=True,
    callback=check_strands,
    shell_complete=strands_like,
    help="The strand that the grades are of.",
)
@click.option("--since", callback=check_time, metavar="TIME", help="Only who reached TO from this year or day on.")
@click.option("--until", callback=check_time, metavar="TIME", help="Only who reached TO up to this year or day.")
@cohort_option
@exported
@click.pass_context
def movers_command(
    ctx: click.Context,
    earlier: str,
    later: str,
    *,
    strands: tuple[str, ...],
    since: str | None,
    until: str | None,
    cohort: str | None,
    output: Output,
) -> None:
    """List who moved from one grade to another or beyond it.

    Prints for each move both inspections, the time between, the grades on the way, and since when the first grade was
    given. Without grades, the moves from inadequate to good or outstanding.

    \b
    Examples:
      reinspect movers --since 2018
      reinspect movers inadequate "requires improvement" --group region:London -o movers.csv
      reinspect movers good "requires improvement" --strand leaders
    """
    if len(strands) != 1:
        raise click.UsageError("Give one --strand.")
    library = open_library(ctx)
    output.write(library.movers(strands[0], earlier, later, since=since, until=until, cohort=cohort))
