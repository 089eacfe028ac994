"""Answer "who uses this phrase, when, and with which grades?"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.answers.names import authority_with_slug
from reinspect.answers.scope import Scope, ScopedTexts, find_texts
from reinspect.answers.search import compared_with, file_name_of
from reinspect.answers.sentences import MOST_HITS, cite_hits
from reinspect.frameworks import band_of
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.model import Inspection
from reinspect.phrases.query import Hit

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable
    from reinspect.phrases.search.searcher import Searcher

from reinspect.phrases.usage import PhraseUsage, phrase_usage

_MOST_SIMILAR = 5


class UsageAnswer(Answer, frozen=True, kw_only=True):
    """The users of a phrase: counts by year, grade, framework and authority, and the sentences.

    - `documents`, `peers`: the texts counted and the texts compared with (sha256), each described in words.
    - `names`: the name of each authority by slug.
    - `citations`: the sources of the first `hits`.
    - `inspections`: the inspection of each document, by sha256.
    - `similar`: similar phrases, if no text contains this one.
    """

    scope: Scope
    documents: tuple[str, ...]
    description: str
    peers: tuple[str, ...] = ()
    peers_description: str = ""
    usage: PhraseUsage
    names: dict[str, str]
    hits: tuple[Hit, ...]
    citations: tuple[str, ...]
    inspections: dict[str, Inspection]
    similar: tuple[str, ...] = ()

    @property
    def is_one_record(self) -> bool:
        """True: JSON has one object."""
        return True

    @property
    def missing(self) -> str:
        """A message that no text contains the phrase, with similar phrases; "" if some text does."""
        if self.usage.uses:
            return ""
        suggestion = f" Did you mean {', '.join(self.similar)}?" if self.similar else ""
        return f"No text contains {' or '.join(self.usage.phrases)!r} in these words.{suggestion}"

    @property
    def file_name(self) -> str:
        """The phrase, as the name of a file: "use-of-drift-and-delay"."""
        return file_name_of("use-of", self.usage.phrases[0])

    def sheet(self) -> Sheet:
        """Return a page with the counts and the cited sentences."""
        from reinspect.exporting.sheets.phrase_usage import usage_sheet

        cited = self.hits[: len(self.citations)]
        searched = compared_with(self.description, self.peers_description)
        own = [self.inspections[sha256] for sha256 in (*self.documents, *self.peers)]
        names = {each.authority: self.names[each.authority] for each in own}
        keys = tuple(dict.fromkeys(each.framework for each in own))
        return usage_sheet(self.usage, searched, names, cited, self.citations, keys=keys)

    def records(self) -> list[JsonObject]:
        """Return a list with one JSON object that has all counts."""
        from reinspect.exporting.records import usage_record

        return [usage_record(self.usage)]

    def tables(self) -> tuple[TidyTable, ...]:
        """Return a row of counts for each year, grade, framework and authority."""
        from reinspect.exporting.tables.phrases import usage_table

        return (usage_table(self.usage),)


def find_usage(
    holdings: Holdings, searcher: Searcher, phrases: Sequence[str], scope: Scope, *, limit: int | None, cited: int
) -> UsageAnswer:
    """Count who uses a phrase, by year, grade, framework and authority.

    Several `phrases` are counted together, as wordings of one phrase. `limit` bounds the sentences returned, `cited`
    the sentences that get a citation.

    Raises:
        CohortError: a group in the scope cannot be understood.
    """
    texts = find_texts(holdings, scope, count_only=True)
    # The groups that a text is compared with are of its own band.
    bands = {band_of(holdings.inspection(text.inspection).framework) for text in texts.own.values() if text.inspection}
    everything = {sha256: holdings.inspection(identifier) for identifier, sha256 in holdings.primary_texts().items()}
    inspections = {
        sha256: each
        for sha256, each in everything.items()
        if band_of(each.framework) in (bands or {SOCIAL_CARE}) or sha256 in texts.all
    }
    index = holdings.index()
    usage = phrase_usage(
        index, phrases, inspections, documents=texts.own, beside=_comparison_groups(scope, texts, inspections)
    )
    hits = _sentences(holdings, phrases, texts, limit)
    return UsageAnswer(
        scope=scope,
        documents=tuple(texts.own),
        description=texts.description,
        peers=tuple(texts.peers),
        peers_description=texts.peers_description,
        usage=usage,
        names={each.authority: authority_with_slug(each.authority).name for each in inspections.values()},
        hits=hits,
        citations=cite_hits(holdings, hits[:cited]),
        inspections=inspections,
        similar=() if usage.uses else _similar_phrases(searcher, phrases),
    )


def _sentences(holdings: Holdings, phrases: Sequence[str], texts: ScopedTexts, limit: int | None) -> tuple[Hit, ...]:
    from reinspect.phrases.search.exact import sentences

    most = len(texts.own) * MOST_HITS if limit is None else limit
    return sentences(holdings.index(), phrases, list(texts.own), most)


def _comparison_groups(
    scope: Scope, texts: ScopedTexts, inspections: dict[str, Inspection]
) -> dict[str, Sequence[str]]:
    """Return the documents (sha256) to compare with, by the name of the group: "All other authorities"."""
    groups: dict[str, Sequence[str]] = {}
    if texts.peer_group and texts.peers:
        name = texts.peer_group.words
        groups[name[:1].upper() + name[1:]] = tuple(texts.peers)
    # A single authority is also compared with its statistical neighbours, and with all others.
    if len(scope.authorities) == 1:
        usual = _neighbours_and_others(scope.authorities[0], inspections)
        groups |= {name: documents for name, documents in usual.items() if name not in groups}
    return groups


def _neighbours_and_others(slug: str, inspections: dict[str, Inspection]) -> dict[str, list[str]]:
    from reinspect.authorities import authorities

    authority = authority_with_slug(slug)
    neighbours = {each.slug for each in authorities().neighbours(authority)}
    owners = {sha256: inspection.authority for sha256, inspection in inspections.items()}
    groups = {
        f"Statistical neighbours of {authority.name}": [text for text, owner in owners.items() if owner in neighbours],
        "All other authorities": [text for text, owner in owners.items() if owner != slug],
    }
    return {name: documents for name, documents in groups.items() if documents}


def _similar_phrases(searcher: Searcher, phrases: Sequence[str]) -> tuple[str, ...]:
    found = (hit.phrase.lower() for phrase in phrases for hit in searcher.search(phrase, limit=50).hits)
    return tuple(dict.fromkeys(found))[:_MOST_SIMILAR]
