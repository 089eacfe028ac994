"""`reinspect compare`: compare two inspections, or one inspection with a group."""

from __future__ import annotations

import click

from tui.cli.completion_values import inspections_like
from tui.cli.options import cohort_option
from tui.cli.output import Output, exported
from tui.cli.stores import open_library


@click.command("compare")
@click.argument("a", required=False, shell_complete=inspections_like)
@click.argument("b", required=False, shell_complete=inspections_like)
@cohort_option
@click.option("--full", is_flag=True, help="Print the passages of both texts too, side by side.")
@exported
@click.pass_context
def compare_command(
    ctx: click.Context, a: str | None, b: str | None, *, cohort: str | None, full: bool, output: Output
) -> None:
    """Compare two inspections, or one with a group.

    Judgement by judgement with the caveats of each pair, then what was asked then and now; with --full, the passages
    too. A and B are ids (see `reinspect list`), or an authority and a year: camden:2017 is the graded inspection that
    Camden had in 2017, by its first day. If there is not exactly one, the ids are listed and the exit code is 2.

    With --group instead of B: how A compares with that group on each strand, and how the group's grades changed from
    inspection to inspection. A may then be an authority alone, which means its latest graded inspection, or be left
    out.

    \b
    Examples:
      reinspect compare camden:2017 camden:2022
      reinspect compare camden --group neighbours:camden
    """
    if cohort is not None and b is not None:
        raise click.UsageError("Give either B or --group.")
    if cohort is None and (a is None or b is None):
        raise click.UsageError("Give two inspections, A and B, or --group.")
    library = open_library(ctx)
    if cohort is not None:
        output.write(library.compare_with_cohort(cohort, a))
    elif a is not None and b is not None:
        answer = library.compare(a, b, full=full)
        if answer.comparison.a.id == answer.comparison.b.id:
            raise click.UsageError(f"A and B are the same inspection, {answer.comparison.a.id}. Give two.")
        output.write(answer)
