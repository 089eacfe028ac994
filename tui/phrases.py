"""Answers what the texts held say: what is found, what recurs, and what the use of a phrase says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reinspect.model import Authority, Inspection
from reinspect.phrases.query import Hit, SearchResult
from reinspect.phrases.types import Order
from tui.phrase_answers import (
    CitedSentences,
    FilterValues,
    PhraseAnswer,
    PhraseQuestion,
    RecurringAnswer,
    SentenceAnswer,
    SurfaceForm,
    UsageAnswer,
)

if TYPE_CHECKING:
    from reinspect.comparing.cohorts.cohort import Cohort
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheets.phrases import Recurring
    from reinspect.model import StoredDocument
    from reinspect.phrases import Searcher
    from store import Store

_MOST_HITS = 100
_MOST_PLACES = 50
_MOST_MINED = 8
_MOST_RECURRING = 60


class _Looked(NamedTuple):
    """The texts that are looked through and those set beside them, by their documents, each in words too."""

    own: dict[str, StoredDocument]
    beside: dict[str, StoredDocument]
    searched: str
    searched_beside: str
    others: Cohort | None


class PhraseBook:
    """Answers from one store. Mining a large one takes seconds, so what recurs is kept until the store changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._mined: dict[Hashable, tuple[Recurring, ...]] = {}
        self._searcher: Searcher | None = None

    def answer(self, asked: PhraseQuestion) -> PhraseAnswer:
        """The answer to a question.

        Every inspection is read in one text. Press coverage is searched and cited as such, but nothing of it counts.

        Raises:
            CohortError: the cohort cannot be understood.
        """
        from tui.choosing import in_words, understood_cohort

        narrowing, slugs = asked.narrowing, {asked.authority} if asked.authority else set()
        among = understood_cohort(self._store, asked.cohort) if asked.cohort else None
        others = among.without(asked.authority) if among and asked.authority else None
        own = self._held(asked, slugs, None if others else among)
        beside = self._held(asked, set(), others) if others else {}
        looked = _Looked(
            own=own,
            beside=beside,
            searched=in_words(own.values(), slugs, narrowing.since, narrowing.until, None if others else among),
            searched_beside=in_words(beside.values(), (), narrowing.since, narrowing.until, others) if others else "",
            others=others,
        )
        if asked.sought:
            return self._sentences(asked, looked)
        return self._told(asked, looked) if asked.says else self._recurrent(asked, looked)

    def _held(self, asked: PhraseQuestion, slugs: Collection[str], among: Cohort | None) -> dict[str, StoredDocument]:
        """The texts of these authorities and of this cohort that are looked through, by their documents."""
        from tui.choosing import texts

        narrowing = asked.narrowing
        meant = texts(self._store, slugs, narrowing.since, narrowing.until, among)
        held = {each.document.sha256: each for each in meant if narrowing.holds(self._store, each)}
        if asked.sought:
            return held
        return {each: text for each, text in held.items() if text.document.kind != "coverage" and text.inspection}

    def places(self, phrases: Sequence[str], documents: Sequence[str]) -> CitedSentences:
        """Where the very words of a phrase, in any of these forms, stand in the documents, in their order."""
        from reinspect.phrases.search.exact import sentences

        return self.first_of(sentences(self._store.index(), phrases, documents, len(documents) * _MOST_HITS))

    def first_of(self, hits: Sequence[Hit]) -> CitedSentences:
        """The first of these sentences, cited."""
        first = tuple(hits[:_MOST_PLACES])
        return CitedSentences(first, self.cited(first), len(hits))

    def forms(self, phrases: Sequence[str], documents: Sequence[str]) -> tuple[SurfaceForm, ...]:
        """How often each of the printed forms of a phrase is used in the documents."""
        from reinspect.phrases.search.exact import sentences

        hits = sentences(self._store.index(), phrases, documents, len(documents) * _MOST_HITS)
        year_of = {each: self._inspection(each).year for each in {hit.document for hit in hits}}
        return tuple(_form(phrase, hits, year_of) for phrase in phrases)

    def printed_so(self, words: str, documents: Sequence[str]) -> CitedSentences:
        """Where one printed form of a phrase stands in the documents."""
        from reinspect.phrases.search.exact import sentences

        hits = sentences(self._store.index(), (words,), documents, len(documents) * _MOST_HITS)
        return self.first_of([hit for hit in hits if _times(words, hit)])

    def cited(self, hits: Sequence[Hit]) -> tuple[str, ...]:
        """The citation of each sentence."""
        from tui.cli.commands.search import cited

        return tuple(cited(self._store, self._store.document(hit.document), hit) for hit in hits)

    def spread(self) -> FilterValues:
        """Of which years, frameworks and regions texts are held."""
        from reinspect.authorities import authorities

        held = [self._store.inspection(identifier) for identifier in self._store.primary_texts()]
        years = {inspection.year for inspection in held if inspection.year is not None}
        known = (authorities().by_slug(inspection.authority) for inspection in held)
        return FilterValues(
            years=tuple(sorted(years)),
            frameworks=tuple(sorted({inspection.framework for inspection in held})),
            regions=tuple(sorted({authority.region for authority in known if authority and authority.region})),
        )

    def objects(self, answer: PhraseAnswer) -> list[JsonObject]:
        """The answer as JSON objects (design.md 7)."""
        from reinspect.exporting.phrase_records import usage_record
        from reinspect.exporting.records import phrase_record
        from tui.cli.commands.search import search_record

        if isinstance(answer, SentenceAnswer):
            found = answer.found.hits
            return [search_record(self._store, self._store.document(hit.document), hit) for hit in found]
        if isinstance(answer, UsageAnswer):
            return [usage_record(answer.said)]
        return [phrase_record(each) for each in answer.recurring] if isinstance(answer, RecurringAnswer) else []

    def _sentences(self, asked: PhraseQuestion, looked: _Looked) -> SentenceAnswer:
        from reinspect.phrases.search.suggestion import with_suggestion
        from tui.choosing import listed
        from tui.cli.commands.search import tallied

        held = looked.own | looked.beside
        together = _together([self._search(asked, each) for each in (looked.own, looked.beside) if each])
        found = with_suggestion(self._searching(), asked.sought, together, asked.narrowing.selection(tuple(held)))
        narrowed = asked.narrowing.words_of_passages
        return SentenceAnswer(
            asked=asked,
            authority=self._authority(asked),
            documents=tuple(looked.own),
            searched=f"{looked.searched}, {narrowed}" if narrowed else looked.searched,
            beside=tuple(looked.beside),
            searched_beside=looked.searched_beside,
            found=found,
            citations=self.cited(found.hits),
            tally=tallied(self._store, found, held),
            listed=tuple(listed(self._store, held.values())),
        )

    def _search(self, asked: PhraseQuestion, held: Iterable[str]) -> SearchResult:
        within = asked.narrowing.selection(tuple(held))
        return self._searching().search(asked.sought, within, limit=_MOST_HITS, prefix=True)

    def _searching(self) -> Searcher:
        """Return the searcher of the store's index, a new one when the index has changed."""
        from reinspect.phrases import Searcher

        index = self._store.index()
        if self._searcher is None or self._searcher.index is not index:
            self._searcher = Searcher(index)
        return self._searcher

    def _recurrent(self, asked: PhraseQuestion, looked: _Looked) -> RecurringAnswer:
        from tui.choosing import listed

        held = looked.own
        years = (self._inspection(each).year for each in held)
        return RecurringAnswer(
            asked=asked,
            authority=self._authority(asked),
            documents=tuple(held),
            searched=looked.searched,
            beside=tuple(looked.beside),
            searched_beside=looked.searched_beside,
            recurring=self._recurring(tuple(held), asked.order, tuple(looked.beside)),
            years=tuple(sorted({year for year in years if year is not None})),
            listed=tuple(listed(self._store, held.values())),
        )

    def _told(self, asked: PhraseQuestion, looked: _Looked) -> UsageAnswer:
        from reinspect.phrases.search.exact import sentences
        from reinspect.phrases.usage import phrase_usage
        from tui.cli.commands.phrase_usage import beside_others, name_of

        held = looked.own
        inspections = {each: self._inspection(each) for each in self._store.primary_texts().values()}
        owners = {each: inspection.authority for each, inspection in inspections.items()}
        authority, index = self._authority(asked), self._store.index()
        beside: dict[str, Sequence[str]] = {}
        if looked.others and looked.beside:
            words = looked.others.words
            beside[words[:1].upper() + words[1:]] = tuple(looked.beside)
        if authority:
            # What a person set beside it stands first, and only once.
            beside = beside | {
                name: each for name, each in beside_others(authority, owners).items() if name not in beside
            }
        said = phrase_usage(index, asked.says, inspections, documents=held, beside=beside)
        hits = sentences(index, asked.says, list(held), len(held) * _MOST_HITS)
        return UsageAnswer(
            asked=asked,
            authority=authority,
            documents=tuple(held),
            searched=looked.searched,
            beside=tuple(looked.beside),
            searched_beside=looked.searched_beside,
            said=said,
            names={slug: name_of(slug) for slug in owners.values()},
            hits=hits,
            citations=self.cited(hits[:_MOST_HITS]),
            inspections=inspections,
        )

    def _recurring(self, documents: tuple[str, ...], order: Order, beside: tuple[str, ...]) -> tuple[Recurring, ...]:
        from tui.cli.commands.phrases import recurring

        asked = (self._store.revision, documents, order, beside)
        mined = self._mined.get(asked)
        if mined is None:
            # With nothing to stand beside them they are weighed against all others, and shown as such.
            found = recurring(
                self._store, list(documents), order=order, minimum=2, limit=_MOST_RECURRING, beside=beside or None
            )
            mined = tuple(found)
            while len(self._mined) >= _MOST_MINED:
                self._mined.pop(next(iter(self._mined), asked), None)
            self._mined[asked] = mined
        return mined

    def _inspection(self, document: str) -> Inspection:
        held = self._store.document(document)
        return self._store.inspection(held.inspection or "")

    @staticmethod
    def _authority(asked: PhraseQuestion) -> Authority | None:
        from reinspect.authorities import authorities

        slug = asked.authority
        known = authorities().by_slug(slug) if slug else None
        return known or (Authority(slug=slug, name=slug, urn="", la_code="") if slug else None)


def _together(found: Sequence[SearchResult]) -> SearchResult:
    """Searches of texts apart as one, in their order."""
    return SearchResult(
        total=sum(each.total for each in found),
        word_for_word=sum(each.word_for_word for each in found),
        hits=tuple(hit for each in found for hit in each.hits),
        by_document={document: count for each in found for document, count in each.by_document.items()},
    )


def _form(words: str, hits: Sequence[Hit], year_of: Mapping[str, int | None]) -> SurfaceForm:
    """One printed form counted in the sentences that hold any."""
    times = [(hit.document, count) for hit in hits if (count := _times(words, hit))]
    using = {document for document, _ in times}
    by_year = Counter(year for each in using if (year := year_of[each]) is not None)
    return SurfaceForm(words, len(using), sum(count for _, count in times), dict(sorted(by_year.items())))


def _times(words: str, hit: Hit) -> int:
    """How often a form is printed in a sentence, in any case."""
    printed = r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())) + r"(?!\w)"
    return len(re.findall(printed, hit.sentence.replace("\u2019", "'"), re.IGNORECASE))
