"""What a phrase says, and what tells two cohorts apart: `reinspect phrases --says` and `--against`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from reinspect.comparing.cohorts.cohort import Cohort
    from reinspect.model import Authority, StoredDocument
    from store import Store
    from tui.cli.output import Output

_MOST_NEAR = 5


def say_usage(
    store: Store,
    phrases: Sequence[str],
    read: Sequence[StoredDocument],
    *,
    authority: Authority | None,
    searched: str,
    limit: int,
    output: Output,
) -> None:
    """Print what the use of a phrase in these texts says, an authority's beside its neighbours' and everyone's.

    Raises:
        click.UsageError: no text holds the words; the phrases that come near are named.
    """
    from reinspect.exporting.phrase_records import usage_record
    from reinspect.exporting.sheets.phrase_usage import usage_sheet, usage_table
    from reinspect.phrases.search.exact import sentences
    from reinspect.phrases.usage import phrase_usage
    from tui.cli.commands.search import cited

    held = {each.document.sha256: each for each in read}
    inspections = {sha256: store.inspection(identifier) for identifier, sha256 in store.primary_texts().items()}
    owners = {sha256: each.authority for sha256, each in inspections.items()}
    beside = beside_others(authority, owners) if authority else {}
    said = phrase_usage(store.index(), phrases, inspections, documents=held, beside=beside)
    if not said.uses:
        raise click.UsageError(_nowhere(store, phrases))
    hits = sentences(store.index(), phrases, list(held), limit)
    names = {each.authority: name_of(each.authority) for each in inspections.values()}
    output.answer(
        lambda: usage_sheet(said, searched, names, hits, [cited(store, held[hit.document], hit) for hit in hits]),
        lambda: [usage_record(said)],
        lambda: usage_table(said),
    )


def tell_apart(
    store: Store,
    cohorts: tuple[Cohort, Cohort],
    groups: tuple[Sequence[StoredDocument], Sequence[StoredDocument]],
    *,
    minimum: int,
    limit: int,
    output: Output,
) -> None:
    """Print the phrases that tell the texts of two cohorts apart."""
    from reinspect.exporting.phrase_records import contrast_records
    from reinspect.exporting.sheets.labels import counted
    from reinspect.exporting.sheets.phrase_usage import contrast_sheet
    from reinspect.phrases.usage import contrast
    from tui.cli.commands.phrases import occasions

    documents = [[held.document.sha256 for held in group] for group in groups]
    found = contrast(store.index(), occasions(store), *documents, minimum_inspections=minimum, limit=limit)
    common = len(set(documents[0]) & set(documents[1]))
    read = f"{counted(len(documents[0]), 'text')} of A and {counted(len(documents[1]), 'text')} of B"
    if common:
        read = f"{read}; {counted(common, 'text')} of both left out"
    output.answer(
        lambda: contrast_sheet(cohorts[0].words, cohorts[1].words, found, read), lambda: contrast_records(found)
    )


def beside_others(authority: Authority, owners: dict[str, str]) -> dict[str, list[str]]:
    """The texts to set an authority's beside: its statistical neighbours', and all others'."""
    from reinspect.authorities import authorities

    near = {each.slug for each in authorities().neighbours(authority)}
    groups = {
        f"Statistical neighbours of {authority.name}": [text for text, slug in owners.items() if slug in near],
        "All other authorities": [text for text, slug in owners.items() if slug != authority.slug],
    }
    return {name: texts for name, texts in groups.items() if texts}


def _nowhere(store: Store, phrases: Sequence[str]) -> str:
    """That nothing holds the phrases, with what comes near."""
    from reinspect.phrases import Searcher

    searcher = Searcher(store.index())
    found = [hit.phrase.lower() for phrase in phrases for hit in searcher.search(phrase, limit=50).hits]
    near = list(dict.fromkeys(found))[:_MOST_NEAR]
    meant = f" Did you mean {', '.join(near)}?" if near else ""
    return f"No text read holds {' or '.join(phrases)!r} in these words.{meant}"


def name_of(slug: str) -> str:
    """The name of an authority; one that the record does not know has its slug for a name."""
    from reinspect.authorities import authorities

    known = authorities().by_slug(slug)
    return known.name if known else slug
