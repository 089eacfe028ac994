"""Answer "which phrases are used again and again?"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from reinspect.answers.answer import Answer
from reinspect.answers.citations import cite
from reinspect.answers.scope import Scope, find_texts, list_texts
from reinspect.answers.search import compared_with
from reinspect.answers.sentences import inspection_of
from reinspect.exporting.sheets.phrases import Recurring
from reinspect.frameworks import band_of
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.phrases.mining.kept_phrases import CitedPhrase, MiningQuestion, decode_phrases, encode_phrases
from reinspect.phrases.types import Order, RecurringPhrase, TextOrigin

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable
    from reinspect.model import Evidence
    from reinspect.phrases.mining.counting import CountingResources

# Uses among which an example is looked for whose words no comma separates.
_FIRST_USES = 5


class RecurringAnswer(Answer, frozen=True, kw_only=True):
    """The phrases that recur in the chosen texts.

    - `documents`, `peers`: the texts counted and the texts compared with (sha256), each described in words.
    - `years`: all years that have a text.
    - `texts`: one line for each text, to print.
    - `frameworks`, `names`: the frameworks of the texts, and the names of their authorities.
    """

    scope: Scope
    order: Order
    documents: tuple[str, ...]
    description: str
    peers: tuple[str, ...] = ()
    peers_description: str = ""
    recurring: tuple[Recurring, ...]
    years: tuple[int, ...]
    texts: tuple[str, ...]
    frameworks: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def sheet(self) -> Sheet:
        """Return a page that lists the phrases."""
        from reinspect.exporting.sheets.phrases import phrases_sheet

        searched = compared_with(self.description, self.peers_description)
        peers = self.peers_description if self.peers else ""
        return phrases_sheet(
            self.recurring, searched, self.order, self.texts, beside=peers, names=self.names, keys=self.frameworks
        )

    def records(self) -> list[JsonObject]:
        """Return one JSON object for each phrase."""
        from reinspect.exporting.records import phrase_record

        return [phrase_record(phrase) for phrase in self.recurring]

    def tables(self) -> tuple[TidyTable, ...]:
        """Return a row for each phrase."""
        from reinspect.exporting.tables.phrases import phrases_table

        return (phrases_table(self.recurring),)


def find_recurring(
    holdings: Holdings,
    scope: Scope,
    *,
    order: Order,
    minimum: int,
    limit: int,
    resources: CountingResources | None = None,
) -> RecurringAnswer:
    """Find the phrases that at least `minimum` inspections use.

    `resources` allow other processes or machines to count.

    Raises:
        CohortError: a group in the scope cannot be understood.
    """
    from reinspect.answers.names import authority_of

    texts = find_texts(holdings, scope, count_only=True)
    documents = list(texts.own)
    years = (inspection_of(holdings, sha256).year for sha256 in documents)
    origins = text_origins(holdings, bands_of(holdings, texts.all))
    question = MiningQuestion(holdings.searchable(), origins, documents, texts.peers or None, order, minimum, limit)
    key = question.key
    phrases = None if resources else decode_phrases(holdings.kept_phrases(key))
    if phrases is None:
        phrases = _mine(holdings, question, resources)
        # The store may have changed in the meantime, by another process: then these are phrases of other texts.
        if holdings.searchable() == question.indexed == holdings.index().documents:
            holdings.keep_phrases(key, encode_phrases(phrases))
    inspections = [inspection_of(holdings, sha256) for sha256 in texts.all]
    return RecurringAnswer(
        scope=scope,
        order=order,
        documents=tuple(documents),
        description=texts.description,
        peers=tuple(texts.peers),
        peers_description=texts.peers_description,
        recurring=tuple(_with_citation(holdings, phrase) for phrase in phrases),
        years=tuple(sorted({year for year in years if year is not None})),
        texts=list_texts(holdings, texts.all.values()),
        frameworks=tuple(dict.fromkeys(each.framework for each in inspections)),
        names=tuple(dict.fromkeys(authority_of(each).name for each in inspections)),
    )


def _mine(holdings: Holdings, question: MiningQuestion, resources: CountingResources | None) -> tuple[CitedPhrase, ...]:
    """Mine the recurring phrases, and find the first use of each."""
    from reinspect.phrases.mining.mine import mine

    mined = mine(
        holdings.index(),
        question.origins,
        documents=question.documents,
        background=question.background,
        order=question.order,
        minimum_inspections=question.minimum_inspections,
        limit=question.limit,
        resources=resources,
    )
    text_of = {origin.inspection: sha256 for sha256, origin in question.origins.items()}
    documents = question.documents
    return tuple(
        CitedPhrase(phrase, _first_use(holdings, phrase, _texts_using(phrase, text_of, documents))) for phrase in mined
    )


def bands_of(holdings: Holdings, documents: Iterable[str]) -> frozenset[str]:
    """Return the bands of documents (sha256) that belong to inspections; social care if there are none."""
    owners = {sha256: identifier for identifier, sha256 in holdings.primary_texts().items()}
    bands = {band_of(holdings.inspection(owners[sha256]).framework) for sha256 in documents if sha256 in owners}
    return frozenset(bands or {SOCIAL_CARE})


def text_origins(holdings: Holdings, bands: Collection[str] = (SOCIAL_CARE,)) -> dict[str, TextOrigin]:
    """Return a dict from document (sha256) to its inspection, year and authority, for the texts of some bands."""
    inspections = [(holdings.inspection(identifier), sha256) for identifier, sha256 in holdings.primary_texts().items()]
    return {
        sha256: TextOrigin(inspection=inspection.id, year=inspection.year, authority=inspection.authority)
        for inspection, sha256 in inspections
        if band_of(inspection.framework) in bands
    }


def _first_use(holdings: Holdings, phrase: RecurringPhrase, documents: Sequence[str]) -> Evidence | None:
    from reinspect.phrases.search.exact import sentences

    hits = sentences(holdings.index(), [phrase.phrase], documents, limit=_FIRST_USES)
    # "In these cases, management is ..." is no example of "case management".
    joined = (hit for hit in hits if "," not in hit.phrase or "," in phrase.phrase)
    first = next(joined, hits[0] if hits else None)
    return first.evidence if first else None


def _with_citation(holdings: Holdings, found: CitedPhrase) -> Recurring:
    """Return the phrase with a citation of the first document that uses it."""
    fields = {name: value for name, value in asdict(found.phrase).items() if name in Recurring.__struct_fields__}
    place = found.first_use
    return Recurring(**fields, citation=cite(holdings, holdings.document(place.document), place) if place else None)


def _texts_using(phrase: RecurringPhrase, text_of: Mapping[str, str], documents: Iterable[str]) -> list[str]:
    used = {text_of[inspection] for inspection in phrase.by_inspection}
    return [sha256 for sha256 in documents if sha256 in used]
