"""`reinspect themes`: what inspections ask to improve by theme, how long it takes, and who solved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.cli.completion_values import authorities_like
from tui.cli.options import cohort_option, refuse_options, refuse_other_options
from tui.cli.output import Output, exported
from tui.cli.progress import report_followed
from tui.cli.stores import open_library, open_store
from tui.streams import say

if TYPE_CHECKING:
    from reinspect.comparing.themes.groups import Grouping


@click.command("themes")
@click.argument("authority", required=False, shell_complete=authorities_like)
@cohort_option
@click.option("--theme", metavar="THEME", help='One theme, such as "supervision": its shares and its improvements.')
@click.option(
    "--by",
    type=click.Choice(("year", "framework", "region", "grade")),
    default="year",
    show_default=True,
    help="The columns of the table.",
)
@click.option("--times", is_flag=True, help="How long it takes until a later text firmly reports better.")
@click.option(
    "--solved", metavar="THEME", help="Who was asked for THEME and later firmly reported better, nearest first."
)
@click.option(
    "--correct",
    nargs=2,
    metavar="PLACE THEME",
    help='Set the theme of an improvement: PLACE is INSPECTION:NUMBER in its list, THEME a theme, or "-" for the '
    "program's own.",
)
@exported
@click.pass_context
def themes_command(
    ctx: click.Context,
    authority: str | None,
    *,
    cohort: str | None,
    theme: str | None,
    by: Grouping,
    times: bool,
    solved: str | None,
    correct: tuple[str, str] | None,
    output: Output,
) -> None:
    """Show what inspections ask to improve, grouped by theme.

    Each theme has the share of inspections that ask for it, by year or by another group, and says if it is rising or
    falling. With an authority, the page begins with what it is asked more often than others, asked again, and never
    asked; the others are those of --group, or all.

    --times follows every improvement into later texts and prints the share that is firmly reported better within some
    years, by theme, region and grade. --solved lists who to call: statistical neighbours of AUTHORITY first, then its
    region, then others, each with both passages. Both follow all stored texts, which takes about half a minute for 350
    texts the first time.

    --correct says what an improvement is about, and stays until you undo it: THEME takes the place of the theme that
    the program found.

    \b
    Examples:
      reinspect themes -o themes.html
      reinspect themes camden --group neighbours:camden
      reinspect themes --group region:London --theme "life-story" --by region
      reinspect themes --times --theme supervision
      reinspect themes camden --solved "return home interviews"
      reinspect themes --correct camden:2022:2 "out-of-hours"
    """
    if correct:
        refuse_other_options(ctx, "--correct", "correct")
        _correct(ctx, *correct)
        return
    if solved and (times or theme):
        raise click.UsageError("--solved has its theme already; use it without --theme and --times.")
    if times and authority:
        raise click.UsageError(
            "--times needs the improvements of many authorities; follow AUTHORITY shows those of one."
        )
    if times or solved:
        refuse_options(ctx, "--times" if times else "--solved", "by")
    library = open_library(ctx)
    if solved:
        output.write(library.solved(solved, authority, cohort, report_followed))
    elif times:
        output.write(library.theme_times(theme, cohort, report_followed))
    else:
        output.write(library.themes(authority, cohort, theme, by=by))


def _correct(ctx: click.Context, place: str, theme: str) -> None:
    """Set the theme of an improvement, or withdraw a person's correction."""
    from reinspect.answers.themes import correct_theme, find_improvement
    from reinspect.comparing.themes.classify import themes

    store = open_store(ctx)
    inspection, improvement = find_improvement(store, place)
    if theme == "-":
        is_withdrawn = store.theme_table.withdraw(inspection.id, improvement.text)
        say(f"{place} has the theme again that the program finds." if is_withdrawn else f"{place} was not corrected.")
        return
    correction = correct_theme(inspection, improvement, theme)
    store.theme_table.save(correction)
    say(f"{place} is about {themes()[correction.theme].name} now; reinspect undo takes it back.")
