"""`reinspect phrases`: list phrases that recur, show who uses a phrase, or compare the phrases of two groups."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tui.cli.completion_values import authorities_like, cohorts_like
from tui.cli.options import cohort_option, refuse_options, since_option, until_option
from tui.cli.output import Output, exported
from tui.cli.stores import open_library

if TYPE_CHECKING:
    from reinspect.answers import Answer, Library
    from reinspect.answers.scope import Scope
    from reinspect.phrases.mining.counting import CountingResources
    from reinspect.phrases.types import Order

# Words that a worker of a cluster gets at a time: some ten megabytes of numbers.
_WORDS_A_TASK = 1 << 18


@click.command("phrases")
@click.argument("authority", required=False, shell_complete=authorities_like)
@cohort_option
@since_option
@until_option
@click.option(
    "--min-inspections",
    "minimum",
    type=click.IntRange(2),
    default=2,
    show_default=True,
    help="Minimum number of inspections a phrase must occur in.",
)
@click.option(
    "--order",
    type=click.Choice(("issues", "themes", "distinctive")),
    default="issues",
    show_default=True,
    help="issues: what is criticised first; themes: what is written about most; distinctive: what sets these texts "
    "apart from all others.",
)
@click.option(
    "--says",
    multiple=True,
    metavar="PHRASE",
    help="Who uses this phrase, by year, grade, framework and authority; repeat for its other forms.",
)
@click.option(
    "--against",
    metavar="GROUP",
    shell_complete=cohorts_like,
    help="The phrases that set --group apart from this one.",
)
@click.option(
    "--cluster",
    "scheduler",
    metavar="ADDRESS",
    help="Count on the workers of the Dask scheduler at tcp://host:port; the phrases are the same.",
)
@click.option("--limit", type=click.IntRange(1, 10_000), default=40, show_default=True, help="Phrases to show.")
@exported
@click.pass_context
def phrases_command(
    ctx: click.Context,
    authority: str | None,
    *,
    cohort: str | None,
    since: str | None,
    until: str | None,
    minimum: int,
    order: Order,
    limit: int,
    says: tuple[str, ...],
    against: str | None,
    scheduler: str | None,
    output: Output,
) -> None:
    """List the phrases that recur across inspections.

    The variants of a phrase are counted as one. Each inspection is represented by one text, so that no copy counts
    twice, and press coverage is never counted.

    \b
    Examples:
      reinspect phrases camden
      reinspect phrases --says "drift and delay"
      reinspect phrases --group grade:overall=inadequate --against grade:overall=outstanding
    """
    from reinspect.answers.names import find_authority
    from reinspect.answers.scope import Scope

    if scheduler and (says or against):
        raise click.UsageError("--cluster counts recurring phrases: it cannot be used with --says or --against.")
    if against and (cohort is None or says):
        raise click.UsageError("--against compares with a --group, and cannot be used with --says.")
    if says or against:
        refuse_options(ctx, "--says" if says else "--against", "order", *(["minimum"] if says else []))
    slugs = (find_authority(authority).slug,) if authority else ()
    scope = Scope(authorities=slugs, cohort=cohort, since=since, until=until)
    library = open_library(ctx)
    if against:
        other = Scope(authorities=slugs, cohort=against, since=since, until=until)
        output.write(library.contrast(scope, other, minimum=minimum, limit=limit))
    elif says:
        output.write(_usage(library, says, scope, limit))
    else:
        with _resources(scheduler) as resources:
            answer = library.recurring(scope, order=order, minimum=minimum, limit=limit, resources=resources)
        output.write(answer)


def _usage(library: Library, phrases: tuple[str, ...], scope: Scope, limit: int) -> Answer:
    """Return who uses a phrase.

    Raises:
        click.UsageError: no text contains the phrase; the message names similar phrases.
    """
    answer = library.usage(*phrases, scope=scope, limit=limit, cited=limit)
    if answer.missing:
        raise click.UsageError(answer.missing)
    return answer


@contextmanager
def _resources(scheduler: str | None) -> Iterator[CountingResources | None]:
    """Provide the workers of a Dask scheduler; None, for this process alone, if no scheduler is named."""
    if scheduler is None:
        yield None
        return
    from reinspect.phrases.mining.counting import CountingResources
    from tui.cli.cluster import cluster

    with cluster(scheduler) as executor:
        yield CountingResources(at_once=_WORDS_A_TASK, executor=executor)
