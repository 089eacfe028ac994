"""`reinspect search`: search all stored reports for a phrase, typing errors allowed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from tui.cli.completion_values import authorities_like, strands_like
from tui.cli.options import check_strands, cohort_option, since_option, until_option
from tui.cli.output import Output, exported
from tui.cli.pins import say_pinned
from tui.cli.stores import open_store

if TYPE_CHECKING:
    from reinspect.answers.meaning import MeaningAnswer
    from reinspect.answers.search import SearchAnswer
    from reinspect.phrases.query import PhraseSearch
    from store import Store


@click.command("search")
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@click.option(
    "--authority",
    "authorities",
    multiple=True,
    shell_complete=authorities_like,
    help="Only this authority; repeat for several.",
)
@cohort_option
@since_option
@until_option
@click.option(
    "--strand",
    "strands",
    multiple=True,
    callback=check_strands,
    shell_complete=strands_like,
    help="Only this strand; repeat for several.",
)
@click.option("--improvements", is_flag=True, help="Only what was to improve, not the findings.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(("report", "letter", "digest", "coverage")),
    help="Only this kind of text; repeat for several.",
)
@click.option("--without", multiple=True, metavar="WORD", help="Leave out sentences with this word.")
@click.option("--meaning", is_flag=True, help="Sentences alike in meaning to WORDS, in other words.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Sentences to show.")
@click.option(
    "--cluster",
    "scheduler",
    metavar="ADDRESS",
    help="Search on the workers of the Dask scheduler at tcp://host:port; the sentences are the same.",
)
@click.option(
    "--pin", "pinned", multiple=True, type=click.IntRange(1), metavar="N", help="Put sentence N in the basket."
)
@exported
@click.pass_context
def search_command(
    ctx: click.Context,
    words: tuple[str, ...],
    *,
    authorities: tuple[str, ...],
    cohort: str | None,
    since: str | None,
    until: str | None,
    strands: tuple[str, ...],
    improvements: bool,
    kinds: tuple[str, ...],
    without: tuple[str, ...],
    meaning: bool,
    limit: int,
    scheduler: str | None,
    pinned: tuple[int, ...],
    output: Output,
) -> None:
    """Search all texts for a phrase, typing errors allowed.

    Prints the sentences, best first, each with its citation. Gaps, another order of words and acronyms are allowed.
    "Exact words" stand in double quotes, which a shell needs quoted once more. --meaning finds what is said in other
    words; such sentences are not counted as matches, and are offered by themselves where the words find nothing.

    \b
    Examples:
      reinspect search managment oversigt --since 2022
      reinspect search '"line of sight"' --group region:London
      reinspect search --meaning "young people in prison"
    """
    from reinspect.answers import Library
    from reinspect.answers.names import find_authority
    from reinspect.answers.scope import Scope
    from reinspect.phrases.query import reason_to_find_nothing, what_is_cut
    from reinspect.reading.sanitise import safe_line
    from tui.streams import DATA_FORMATS, say

    scope = Scope(
        authorities=tuple(dict.fromkeys(find_authority(typed).slug for typed in authorities)),
        cohort=cohort,
        since=since,
        until=until,
        kinds=kinds,
        strands=strands,
        improvements=improvements,
    )
    store = open_store(ctx)
    query = safe_line(" ".join([*words, *(f'-"{word}"' for word in without)]))
    library = Library(store)
    if meaning and without:
        raise click.UsageError("--without goes with words, not with --meaning.")
    if meaning and scheduler:
        raise click.UsageError("--cluster goes with words, not with --meaning.")
    if meaning:
        answer: SearchAnswer | MeaningAnswer = library.search_by_meaning(query, scope, limit)
    else:
        with _searcher(store, scheduler) as searcher:
            answer = library.search(query, scope, limit, searcher=searcher)
    shown = len(answer.citations)
    if pinned and max(pinned) > shown:
        raise click.BadParameter(f"there is no sentence {max(pinned)}; {shown} are shown.", param_hint="--pin")
    output.write(answer)
    if output.form in DATA_FORMATS and (reason := reason_to_find_nothing(query) or what_is_cut(query)):
        say(reason)
    for number in pinned:
        say_pinned(store, store.basket.add(answer.pin(number)))


@contextmanager
def _searcher(store: Store, scheduler: str | None) -> Iterator[PhraseSearch | None]:
    """Provide a search over the workers of a Dask scheduler; None, for this process alone, if none is named."""
    if scheduler is None:
        yield None
        return
    from tui.cli.cluster import divided_search

    index = store.index()
    with divided_search(scheduler, list(index.texts.documents_with_passages()), index.words) as searcher:
        yield searcher
