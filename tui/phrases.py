"""What the texts held say in a person's words: what is found, what recurs, and what the use of a phrase says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from reinspect.model import Authority, Inspection
from reinspect.phrases.query import Found, Hit
from reinspect.phrases.recurring import Order
from tui.narrowing import Narrowing

if TYPE_CHECKING:
    from reinspect.exporting.objects import Object
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.sheets.phrases import Recurring, Tally
    from reinspect.phrases.telling import Saying
    from store import HeldDocument, Store

_NUMBER = re.compile(r"^\d+ texts?")
_MOST_HITS = 100
_MOST_PLACES = 50
_MOST_MINED = 8
_MOST_RECURRING = 60


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Where to look, in which order, and for what.

    The words `sought` are searched for. Where there are none, `says` are a phrase and its other forms, of which is told
    what their use says; and where there are none of these either, what recurs is listed.
    """

    sought: str = ""
    says: tuple[str, ...] = ()
    authority: str | None = None
    cohort: str | None = None
    order: Order = "issues"
    narrowing: Narrowing = Narrowing()


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer: what was asked, the `documents` that were looked through, and in words which these are.

    `authority` is the one that they are of, None where all were or those of a cohort.
    """

    asked: Asked
    documents: tuple[str, ...]
    searched: str
    authority: Authority | None = None

    def sheet(self) -> Sheet:
        """As the commands print it."""
        raise NotImplementedError

    @property
    def whose(self) -> str:
        """What was looked through, in words, where that is everything too."""
        named = self.authority is not None or self.asked.cohort is not None
        return self.searched if named else _NUMBER.sub(r"\g<0> of every authority", self.searched)


class Sentences(Answer, frozen=True, kw_only=True):
    """What was found: the citation of each sentence, in which years and of whom, and which texts were searched."""

    found: Found
    citations: tuple[str, ...]
    tally: Tally
    listed: tuple[str, ...]

    def sheet(self) -> Sheet:
        """As `search` prints it."""
        from reinspect.exporting.sheets.phrases import search_sheet

        return search_sheet(self.asked.sought, self.found, self.citations, self.searched, self.listed, tally=self.tally)


class Recurrent(Answer, frozen=True, kw_only=True):
    """The phrases that recur, and the years that were looked through."""

    recurring: tuple[Recurring, ...]
    years: tuple[int, ...]
    listed: tuple[str, ...]

    def sheet(self) -> Sheet:
        """As `phrases` prints it."""
        from reinspect.exporting.sheets.phrases import phrases_sheet

        return phrases_sheet(self.recurring, self.searched, self.asked.order, self.listed)


class Told(Answer, frozen=True, kw_only=True):
    """What the use of a phrase says, and every sentence that holds it; `names` are those of authorities by slug."""

    said: Saying
    names: dict[str, str]
    hits: tuple[Hit, ...]
    citations: tuple[str, ...]
    inspections: dict[str, Inspection]

    def sheet(self) -> Sheet:
        """As `phrases --says` prints it."""
        from reinspect.exporting.sheets.saying import saying_sheet

        first = self.hits[: len(self.citations)]
        return saying_sheet(self.said, self.searched, self.names, first, self.citations)


class Form(NamedTuple):
    """One printed form of a phrase: how many inspections use it, how often in all, and how many of each year."""

    words: str
    inspections: int
    times: int
    by_year: Mapping[int, int]


class Places(NamedTuple):
    """The first sentences that hold a phrase, each with its citation, of how many."""

    hits: tuple[Hit, ...]
    citations: tuple[str, ...]
    total: int


class PhraseBook:
    """Answers from one store. Mining a large one takes seconds, so what recurs is kept until the store changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._mined: dict[tuple[int, tuple[str, ...], Order], tuple[Recurring, ...]] = {}

    def answer(self, asked: Asked) -> Answer:
        """The answer to a question.

        Every inspection is read in one text. Press coverage is searched and cited as such, but nothing of it counts.

        Raises:
            CohortError: the cohort cannot be understood.
        """
        from tui.choosing import in_words, texts, understood_cohort

        narrowing, slugs = asked.narrowing, {asked.authority} if asked.authority else set()
        among = understood_cohort(self._store, asked.cohort) if asked.cohort else None
        meant = texts(self._store, slugs, narrowing.since, narrowing.until, among)
        held = {each.document.sha256: each for each in meant if narrowing.holds(self._store, each)}
        if not asked.sought:
            held = {each: text for each, text in held.items() if text.document.kind != "coverage" and text.inspection}
        searched = in_words(held.values(), slugs, narrowing.since, narrowing.until, among)
        if asked.sought:
            return self._sentences(asked, held, searched)
        return self._told(asked, held, searched) if asked.says else self._recurrent(asked, held, searched)

    def places(self, phrases: Sequence[str], documents: Sequence[str]) -> Places:
        """Where the very words of a phrase, in any of these forms, stand in the documents, in their order."""
        from reinspect.phrases.uses import sentences

        return self.first_of(sentences(self._store.index(), phrases, documents, len(documents) * _MOST_HITS))

    def first_of(self, hits: Sequence[Hit]) -> Places:
        """The first of these sentences, cited."""
        first = tuple(hits[:_MOST_PLACES])
        return Places(first, self.cited(first), len(hits))

    def forms(self, phrases: Sequence[str], documents: Sequence[str]) -> tuple[Form, ...]:
        """How often each of the printed forms of a phrase is used in the documents."""
        from reinspect.phrases.uses import sentences

        hits = sentences(self._store.index(), phrases, documents, len(documents) * _MOST_HITS)
        year_of = {each: self._inspection(each).year for each in {hit.document for hit in hits}}
        return tuple(_form(phrase, hits, year_of) for phrase in phrases)

    def printed_so(self, words: str, documents: Sequence[str]) -> Places:
        """Where one printed form of a phrase stands in the documents."""
        from reinspect.phrases.uses import sentences

        hits = sentences(self._store.index(), (words,), documents, len(documents) * _MOST_HITS)
        return self.first_of([hit for hit in hits if _times(words, hit)])

    def cited(self, hits: Sequence[Hit]) -> tuple[str, ...]:
        """The citation of each sentence."""
        from tui.commands.search import cited

        return tuple(cited(self._store, self._store.document(hit.document), hit) for hit in hits)

    def spread(self) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """The years and the frameworks of the inspections of which a text is held."""
        held = [self._store.inspection(identifier) for identifier in self._store.reading_texts()]
        years = {inspection.year for inspection in held if inspection.year is not None}
        return tuple(sorted(years)), tuple(sorted({inspection.framework for inspection in held}))

    def objects(self, answer: Answer) -> list[Object]:
        """The answer as JSON objects (design.md 7)."""
        from reinspect.exporting.objects import phrase_object
        from reinspect.exporting.phrase_objects import saying_object
        from tui.commands.search import found_object

        if isinstance(answer, Sentences):
            found = answer.found.hits
            return [found_object(self._store, self._store.document(hit.document), hit) for hit in found]
        if isinstance(answer, Told):
            return [saying_object(answer.said)]
        return [phrase_object(each) for each in answer.recurring] if isinstance(answer, Recurrent) else []

    def _sentences(self, asked: Asked, held: Mapping[str, HeldDocument], searched: str) -> Sentences:
        from tui.choosing import listed
        from tui.commands.search import tallied

        within = asked.narrowing.selection(tuple(held))
        found = self._store.index().search(asked.sought, within, limit=_MOST_HITS, prefix=True)
        narrowed = asked.narrowing.words_of_passages
        return Sentences(
            asked=asked,
            authority=self._authority(asked),
            documents=tuple(held),
            searched=f"{searched}, {narrowed}" if narrowed else searched,
            found=found,
            citations=self.cited(found.hits),
            tally=tallied(self._store, found, held),
            listed=tuple(listed(self._store, held.values())),
        )

    def _recurrent(self, asked: Asked, held: Mapping[str, HeldDocument], searched: str) -> Recurrent:
        from tui.choosing import listed

        years = (self._inspection(each).year for each in held)
        return Recurrent(
            asked=asked,
            authority=self._authority(asked),
            documents=tuple(held),
            searched=searched,
            recurring=self._recurring(tuple(held), asked.order),
            years=tuple(sorted({year for year in years if year is not None})),
            listed=tuple(listed(self._store, held.values())),
        )

    def _told(self, asked: Asked, held: Mapping[str, HeldDocument], searched: str) -> Told:
        from reinspect.phrases.telling import saying
        from reinspect.phrases.uses import sentences
        from tui.commands.telling import beside_others, name_of

        inspections = {each: self._inspection(each) for each in self._store.reading_texts().values()}
        owners = {each: inspection.authority for each, inspection in inspections.items()}
        authority, index = self._authority(asked), self._store.index()
        beside = beside_others(authority, owners) if authority else {}
        said = saying(index, asked.says, inspections, documents=held, beside=beside)
        hits = sentences(index, asked.says, list(held), len(held) * _MOST_HITS)
        return Told(
            asked=asked,
            authority=authority,
            documents=tuple(held),
            searched=searched,
            said=said,
            names={slug: name_of(slug) for slug in owners.values()},
            hits=hits,
            citations=self.cited(hits[:_MOST_HITS]),
            inspections=inspections,
        )

    def _recurring(self, documents: tuple[str, ...], order: Order) -> tuple[Recurring, ...]:
        from tui.commands.phrases import recurring

        asked = (self._store.generation, documents, order)
        mined = self._mined.get(asked)
        if mined is None:
            mined = tuple(recurring(self._store, list(documents), order=order, minimum=2, limit=_MOST_RECURRING))
            while len(self._mined) >= _MOST_MINED:
                self._mined.pop(next(iter(self._mined), asked), None)
            self._mined[asked] = mined
        return mined

    def _inspection(self, document: str) -> Inspection:
        held = self._store.document(document)
        return self._store.inspection(held.inspection or "")

    @staticmethod
    def _authority(asked: Asked) -> Authority | None:
        from reinspect.authorities import authorities

        slug = asked.authority
        known = authorities().by_slug(slug) if slug else None
        return known or (Authority(slug=slug, name=slug, urn="", la_code="") if slug else None)


def _form(words: str, hits: Sequence[Hit], year_of: Mapping[str, int | None]) -> Form:
    """One printed form counted in the sentences that hold any."""
    times = [(hit.document, count) for hit in hits if (count := _times(words, hit))]
    using = {document for document, _ in times}
    by_year = Counter(year for each in using if (year := year_of[each]) is not None)
    return Form(words, len(using), sum(count for _, count in times), dict(sorted(by_year.items())))


def _times(words: str, hit: Hit) -> int:
    """How often a form is printed in a sentence, in any case."""
    printed = r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())) + r"(?!\w)"
    return len(re.findall(printed, hit.sentence.replace("\u2019", "'"), re.IGNORECASE))
