"""`reinspect phrases`: the phrases that recur from inspection to inspection."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tui.choosing import as_time, cohort_option, in_words, listed, named_cohort, texts
from tui.cli.completion_values import authorities_like
from tui.cli.output import Output, exported
from tui.naming import named_authority, open_store

if TYPE_CHECKING:
    from reinspect.comparing.cohorts.cohort import Cohort
    from reinspect.exporting.sheets.phrases import Recurring
    from reinspect.model import StoredDocument
    from reinspect.phrases.mining.counting import CountingResources
    from reinspect.phrases.types import Order, RecurringPhrase, TextOrigin
    from store import Store

_ORDERS = ("issues", "themes", "distinctive")
# Words that a worker of a cluster is given at a time: some ten megabytes of numbers.
_WORDS_A_TASK = 1 << 18


@click.command("phrases")
@click.argument("authority", required=False, shell_complete=authorities_like)
@cohort_option
@click.option("--since", callback=as_time, metavar="TIME", help="Only inspections from this year or day on.")
@click.option("--until", callback=as_time, metavar="TIME", help="Only inspections up to this year or day.")
@click.option(
    "--min-inspections",
    "minimum",
    type=click.IntRange(2),
    default=2,
    show_default=True,
    help="Only phrases that so many inspections use.",
)
@click.option(
    "--order",
    type=click.Choice(_ORDERS),
    default="issues",
    show_default=True,
    help="First what is criticised, what is written about most, or what sets these texts apart from all others.",
)
@click.option(
    "--says",
    multiple=True,
    metavar="PHRASE",
    help="What the use of this phrase says: by year, grade, framework and authority; again for its other forms.",
)
@click.option("--against", metavar="COHORT", help="The phrases that tell --cohort apart from this one.")
@click.option(
    "--cluster",
    "scheduler",
    metavar="ADDRESS",
    help="Count on the workers of the Dask scheduler at tcp://host:port; the phrases are the same.",
)
@click.option("--limit", type=click.IntRange(1, 10_000), default=40, show_default=True, help="How many to show.")
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
    """Phrases that recur in the inspections of an authority, or of all, with their variants counted as one.

    Each inspection is read in one text, so that no copy counts twice, and press coverage never counts.
    """
    from reinspect.exporting.records import phrase_record
    from reinspect.exporting.sheets.phrases import phrases_sheet
    from tui.cli.commands.phrase_usage import say_usage, tell_apart

    named = named_authority(authority) if authority else None
    slugs = {named.slug} if named else set()
    store = open_store(ctx.obj)
    among, beside = named_cohort(store, cohort), named_cohort(store, against)
    read = _read(store, slugs, since, until, among)
    if scheduler and (says or beside):
        raise click.UsageError("--cluster counts what recurs: it goes with neither --says nor --against.")
    if beside:
        if among is None or says:
            raise click.UsageError("--against needs a --cohort to be set beside, and no --says.")
        groups = read, _read(store, slugs, since, until, beside)
        tell_apart(store, (among, beside), groups, minimum=minimum, limit=limit, output=output)
        return
    if says:
        searched = in_words(read, slugs, since, until, among)
        say_usage(store, says, read, authority=named, searched=searched, limit=limit, output=output)
        return
    documents = [held.document.sha256 for held in read]
    with means(scheduler) as with_means:
        found = recurring(store, documents, order=order, minimum=minimum, limit=limit, means=with_means)
    output.answer(
        lambda: phrases_sheet(found, in_words(read, slugs, since, until, among), order, listed(store, read)),
        lambda: map(phrase_record, found),
    )


@contextmanager
def means(scheduler: str | None) -> Iterator[CountingResources | None]:
    """With what is mined: this process alone or, where one is named, the workers of a scheduler."""
    if scheduler is None:
        yield None
        return
    from reinspect.phrases.mining.counting import CountingResources
    from tui.cli.cluster import cluster

    with cluster(scheduler) as executor:
        yield CountingResources(at_once=_WORDS_A_TASK, executor=executor)


def _read(
    store: Store, slugs: Collection[str], since: str | None, until: str | None, among: Cohort | None
) -> list[StoredDocument]:
    """The texts that phrases are counted in: one an inspection, and no press coverage."""
    found = texts(store, slugs, since, until, among)
    return [held for held in found if held.document.kind != "coverage" and held.inspection]


def occasions(store: Store) -> dict[str, TextOrigin]:
    """The inspection that each reading text stands for."""
    from reinspect.phrases.types import TextOrigin

    inspections = {inspection.id: inspection for inspection in store.inspections()}
    return {
        sha256: TextOrigin(
            inspection=identifier,
            year=inspections[identifier].year,
            authority=inspections[identifier].authority,
        )
        for identifier, sha256 in store.primary_texts().items()
    }


def recurring(
    store: Store,
    documents: list[str],
    *,
    order: Order,
    minimum: int,
    limit: int,
    means: CountingResources | None = None,
    beside: Collection[str] | None = None,
) -> list[Recurring]:
    """The phrases that recur in these documents, set `beside` others: all that are held, where none are named."""
    from reinspect.exporting.sheets.phrases import Recurring
    from reinspect.phrases.mining.mine import mine

    text_of = store.primary_texts()
    found = mine(
        store.index(),
        occasions(store),
        documents=documents,
        background=beside,
        order=order,
        minimum_inspections=minimum,
        limit=limit,
        resources=means,
    )
    return [
        Recurring(
            phrase=each.phrase,
            variants=each.variants,
            inspections=each.inspections,
            years=each.years,
            count=each.count,
            score=each.score,
            by_year=each.by_year,
            group=each.group,
            elsewhere=each.elsewhere,
            others=each.others,
            log_ratio=each.log_ratio,
            bound=each.bound,
            citation=_cited(store, each.phrase, _used_in(each, text_of, documents)),
        )
        for each in found
    ]


def _used_in(phrase: RecurringPhrase, text_of: Mapping[str, str], documents: list[str]) -> list[str]:
    """Those of the documents, in their order, that use a phrase."""
    used = {text_of[inspection] for inspection in phrase.by_inspection}
    return [sha256 for sha256 in documents if sha256 in used]


def _cited(store: Store, phrase: str, documents: list[str]) -> str | None:
    """One place where a phrase stands, in the first of the documents that use it in this form."""
    from reinspect.phrases.search.exact import sentences
    from tui.cli.commands.search import cited

    hits = sentences(store.index(), [phrase], documents, limit=1)
    return cited(store, store.document(hits[0].document), hits[0]) if hits else None
