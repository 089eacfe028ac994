"""A question about what the texts held say, and the answers to it, as values that can be shown and exported."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from reinspect.model import Authority, Inspection
from reinspect.phrases.query import Hit, SearchResult
from reinspect.phrases.types import Order
from tui.app.filters import Filters

if TYPE_CHECKING:
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.sheets.phrases import Recurring, Tally
    from reinspect.phrases.usage import PhraseUsage

_NUMBER = re.compile(r"^\d+ texts?")


class PhraseQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """Where to look, in which order, and for what.

    With an authority and a cohort, the cohort is set beside the authority; with neither, everything is looked through.
    The words `sought` are searched for. Where there are none, `says` are a phrase and its other forms, of which is told
    what their use says; and where there are none of these either, what recurs is listed.
    """

    sought: str = ""
    says: tuple[str, ...] = ()
    authority: str | None = None
    cohort: str | None = None
    order: Order = "issues"
    narrowing: Filters = Filters()


class PhraseAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """An answer: what was asked, the `documents` that were looked through, and in words which these are.

    `authority` is the one that they are of, None where all were or those of a cohort. `beside` are the cohort's where
    that is set beside an authority, `searched_beside` says in words which.
    """

    asked: PhraseQuestion
    documents: tuple[str, ...]
    searched: str
    authority: Authority | None = None
    beside: tuple[str, ...] = ()
    searched_beside: str = ""

    def sheet(self) -> Sheet:
        """As the commands print it."""
        raise NotImplementedError

    @property
    def whose(self) -> str:
        """What was looked through, in words, where that is everything too."""
        named = self.authority is not None or self.asked.cohort is not None
        return self.searched if named else _NUMBER.sub(r"\g<0> of every authority", self.searched)

    @property
    def in_full(self) -> str:
        """What was looked through and what was set beside it, in words."""
        return f"{self.searched}, beside {self.searched_beside}" if self.searched_beside else self.searched


class SentenceAnswer(PhraseAnswer, frozen=True, kw_only=True):
    """What was found: the citation of each sentence, in which years and of whom, and which texts were searched.

    With a cohort beside an authority, the sentences of the authority come first.
    """

    found: SearchResult
    citations: tuple[str, ...]
    tally: Tally
    listed: tuple[str, ...]

    def sheet(self) -> Sheet:
        """As `search` prints it."""
        from reinspect.exporting.sheets.phrases import search_sheet

        return search_sheet(self.asked.sought, self.found, self.citations, self.in_full, self.listed, tally=self.tally)


class RecurringAnswer(PhraseAnswer, frozen=True, kw_only=True):
    """The phrases that recur, and the years that were looked through."""

    recurring: tuple[Recurring, ...]
    years: tuple[int, ...]
    listed: tuple[str, ...]

    def sheet(self) -> Sheet:
        """As `phrases` prints it."""
        from reinspect.exporting.sheets.phrases import phrases_sheet

        beside = self.searched_beside if self.beside else ""
        return phrases_sheet(self.recurring, self.in_full, self.asked.order, self.listed, beside=beside)


class UsageAnswer(PhraseAnswer, frozen=True, kw_only=True):
    """What the use of a phrase says, and every sentence that holds it; `names` are those of authorities by slug."""

    said: PhraseUsage
    names: dict[str, str]
    hits: tuple[Hit, ...]
    citations: tuple[str, ...]
    inspections: dict[str, Inspection]

    def sheet(self) -> Sheet:
        """As `phrases --says` prints it."""
        from reinspect.exporting.sheets.phrase_usage import usage_sheet

        first = self.hits[: len(self.citations)]
        return usage_sheet(self.said, self.in_full, self.names, first, self.citations)


class SurfaceForm(NamedTuple):
    """One printed form of a phrase: how many inspections use it, how often in all, and how many of each year."""

    words: str
    inspections: int
    times: int
    by_year: Mapping[int, int]


class CitedSentences(NamedTuple):
    """The first sentences that hold a phrase, each with its citation, of how many."""

    hits: tuple[Hit, ...]
    citations: tuple[str, ...]
    total: int


class FilterValues(NamedTuple):
    """The years, frameworks (keys) and regions of the inspections of which a text is held."""

    years: tuple[int, ...]
    frameworks: tuple[str, ...]
    regions: tuple[str, ...]
