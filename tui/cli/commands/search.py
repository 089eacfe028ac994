"""`reinspect search`: a phrase in the words of all reports held, with typos allowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from tui.choosing import as_strands, as_time, cohort_option, in_words, listed, named_cohort, texts
from tui.cli.completion_values import authorities_like, strands_like
from tui.cli.output import Output, exported
from tui.naming import authority_of, named_authority, open_store

if TYPE_CHECKING:
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheets.phrases import Tally
    from reinspect.model import Evidence, Pin, StoredDocument
    from reinspect.phrases import Hit, SearchResult
    from store import Store


@click.command("search")
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@click.option(
    "--authority",
    "authorities",
    multiple=True,
    shell_complete=authorities_like,
    help="Only this authority; may be given again.",
)
@cohort_option
@click.option("--since", callback=as_time, metavar="TIME", help="Only inspections from this year or day on.")
@click.option("--until", callback=as_time, metavar="TIME", help="Only inspections up to this year or day.")
@click.option(
    "--strand",
    "strands",
    multiple=True,
    callback=as_strands,
    shell_complete=strands_like,
    help="Only this strand; may be given again.",
)
@click.option("--improvements", is_flag=True, help="Only what was to improve, not the findings.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(("report", "letter", "digest", "coverage")),
    help="Only this kind of text; may be given again.",
)
@click.option("--without", multiple=True, metavar="WORD", help="Leave out sentences that hold this word.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many to show.")
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
    limit: int,
    pinned: tuple[int, ...],
    output: Output,
) -> None:
    """Sentences that hold a phrase, best first: keyword in context, with where it is printed.

    Typos, gaps, another order of words and acronyms are allowed. "Exact words" stand in double quotes, which a shell
    needs quoted once more: reinspect search '"line of sight"'.
    """
    from reinspect.exporting.sheets.phrases import search_sheet
    from reinspect.phrases import Searcher, SearchScope
    from reinspect.phrases.search.suggestion import with_suggestion
    from reinspect.reading.sanitise import safe_line
    from tui.cli.commands.basket import tell

    slugs = {named_authority(typed).slug for typed in authorities}
    store = open_store(ctx.obj)
    among = named_cohort(store, cohort)
    meant = texts(store, slugs, since, until, among)
    held = {each.document.sha256: each for each in meant if not kinds or each.document.kind in kinds}
    sought = safe_line(" ".join([*words, *(f'-"{word}"' for word in without)]))
    within = SearchScope(
        documents=frozenset(held),
        strands=frozenset(strands) if strands else None,
        roles=frozenset({"improvement", "priority action"}) if improvements else None,
        first=tuple(held),
    )
    searcher = Searcher(store.index())
    found = with_suggestion(searcher, sought, searcher.search(sought, within, limit), within)
    if pinned and max(pinned) > len(found.hits):
        raise click.BadParameter(
            f"there is no sentence {max(pinned)}; {len(found.hits)} are shown.", param_hint="--pin"
        )
    output.answer(
        lambda: search_sheet(
            sought,
            found,
            [cited(store, held[hit.document], hit) for hit in found.hits],
            in_words(held.values(), slugs, since, until, among),
            listed(store, held.values()),
            tally=tallied(store, found, held),
        ),
        lambda: (search_record(store, held[hit.document], hit) for hit in found.hits),
    )
    for hit in (found.hits[number - 1] for number in pinned):
        tell(store, store.pin(pin_of(store, held[hit.document], hit)))


def tallied(store: Store, found: SearchResult, held: Mapping[str, StoredDocument]) -> Tally:
    """In which years and of which authorities it was found. What others write about an inspection does not count."""
    from collections import Counter

    from reinspect.exporting.sheets.phrases import Tally

    by_year: Counter[int] = Counter()
    inspections: Counter[str] = Counter()
    sentences: Counter[str] = Counter()
    others = 0
    for sha256, number in found.by_document.items():
        text = held[sha256]
        if text.document.kind == "coverage" or text.inspection is None:
            others += number
            continue
        inspection = store.inspection(text.inspection)
        name = authority_of(inspection).name
        by_year.update([inspection.year] if inspection.year is not None else [])
        inspections[name] += 1
        sentences[name] += number
    by_authority = {name: (sentences[name], inspections[name]) for name in sentences}
    return Tally(by_year=dict(by_year), by_authority=by_authority, others=others)


def _where(hit: Hit) -> Evidence:
    """The passage's place, on the page that the matched words are printed on."""
    from msgspec.structs import replace

    return replace(hit.passage.evidence, page=hit.page)


def cited(store: Store, held: StoredDocument, hit: Hit) -> str:
    """Where the matched words are printed."""
    from tui.citing import cited as cited_at

    return cited_at(store, held, _where(hit))


def pin_of(store: Store, held: StoredDocument, hit: Hit) -> Pin:
    """The sentence of a hit, to be pinned."""
    from reinspect.model import Pin

    return Pin(
        kind="quote",
        text=hit.sentence,
        citation=cited(store, held, hit),
        inspection=held.inspection,
        evidence=_where(hit),
    )


def search_record(store: Store, held: StoredDocument, hit: Hit) -> JsonObject:
    """A hit as JSON, with the inspection its document is about."""
    from reinspect.exporting.records import hit_record

    if held.inspection is None:
        return hit_record(hit, held.document)
    inspection = store.inspection(held.inspection)
    return hit_record(hit, held.document, inspection, authority_of(inspection))
