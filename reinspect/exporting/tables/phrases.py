"""Tables of a search and of recurring phrases: a row for each sentence found, or for each phrase."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from reinspect.exporting.tables.shared_columns import inspection_columns, joined
from reinspect.exporting.tidy import Fields, TidyTable, flag, number, tabulate, text, whole
from reinspect.model import Document, Inspection

if TYPE_CHECKING:
    from reinspect.exporting.sheets.phrases import Recurring
    from reinspect.phrases.query import Hit
    from reinspect.phrases.types import RecurringPhrase, UsageShare
    from reinspect.phrases.usage import PhraseUsage


class CitedHit(NamedTuple):
    """A sentence found by a search, with its document, inspection and citation."""

    hit: Hit
    document: Document
    inspection: Inspection | None
    citation: str


class PhraseGroupShare(NamedTuple):
    """The share of one group, and the kind of group: year, grade, framework, authority, or comparison group."""

    kind: str
    share: UsageShare


class ContrastedPhrase(NamedTuple):
    """A phrase, and the group in which it is more common: "a" or "b"."""

    group: str
    phrase: RecurringPhrase


def hits_table(hits: Iterable[CitedHit]) -> TidyTable:
    """Return a row for each sentence found."""
    return tabulate("sentences", "one sentence found by the search", _HITS, hits)


def phrases_table(phrases: Iterable[Recurring], limit: str = "") -> TidyTable:
    """Return a row for each recurring phrase; `limit` says in words which phrases these are, if not all."""
    return tabulate("phrases", f"one recurring phrase, with its variants{limit}", _PHRASES, phrases)


def usage_table(usage: PhraseUsage) -> TidyTable:
    """Return a row for each year, grade, framework, authority and comparison group."""
    groups = (
        ("year", usage.by_year),
        ("grade", usage.by_grade),
        ("framework", usage.by_framework),
        ("authority", usage.by_authority),
        ("beside", usage.beside),
    )
    shares = (PhraseGroupShare(kind, share) for kind, group in groups for share in group)
    return tabulate("usage", "one group of inspections, and its use of the phrase", _SHARES, shares)


def contrast_table(phrases: tuple[Iterable[RecurringPhrase], Iterable[RecurringPhrase]]) -> TidyTable:
    """Return a row for each phrase that is more common in one of two groups."""
    rows = (ContrastedPhrase(name, phrase) for name, group in zip(("a", "b"), phrases, strict=True) for phrase in group)
    return tabulate("contrast", "one phrase that is more common in one group", _CONTRAST, rows)


_HITS: Fields[CitedHit] = (
    number("score", "how well the sentence matches, 0 to 100", lambda row: round(row.hit.score, 1)),
    flag("word_for_word", "true if the words are printed exactly so", lambda row: row.hit.word_for_word),
    text("phrase", "words that match", lambda row: row.hit.phrase),
    text("sentence", "sentence with the words", lambda row: row.hit.sentence),
    *inspection_columns("inspection"),
    text("strand", "key of the graded subject", lambda row: row.hit.passage.strand),
    text("kind", "kind of document", lambda row: row.document.kind),
    text("document", "SHA-256 of the file", lambda row: row.hit.document),
    whole("page", "page of the file, from 1", lambda row: row.hit.page),
    whole("paragraph", "printed number of the paragraph", lambda row: row.hit.passage.paragraph),
    text("citation", "source in words", lambda row: row.citation),
)
_PHRASES: Fields[Recurring] = (
    text("phrase", "commonest wording of the phrase", lambda row: row.phrase),
    text("variants", "other wordings", lambda row: joined(row.variants)),
    whole("inspections", "inspections that use the phrase", lambda row: row.inspections),
    whole("of", "inspections counted", lambda row: row.group),
    whole("count", "uses in all", lambda row: row.count),
    whole("elsewhere", "inspections of the comparison group that use it", lambda row: row.elsewhere),
    whole("others", "inspections of the comparison group", lambda row: row.others),
    number("log_ratio", "1 is twice the share of the comparison group", lambda row: row.log_ratio),
    number("bound", "cautious end of the 95 % interval of log_ratio", lambda row: row.bound),
    number("score", "number that sorts the list", lambda row: round(row.score, 3)),
    whole("first_year", "first year of use", lambda row: min(row.years, default=None)),
    whole("last_year", "last year of use", lambda row: max(row.years, default=None)),
    text("years", "years of use", lambda row: joined(tuple(sorted(set(row.years))))),
    text("citation", "one source of the phrase", lambda row: row.citation),
)
_SHARES: Fields[PhraseGroupShare] = (
    text("group", "year, grade, framework, authority, or beside (a comparison group)", lambda row: row.kind),
    text("name", "which year, grade, framework or authority", lambda row: row.share.name),
    whole("uses", "inspections (of a grade: graded subjects) that use the phrase", lambda row: row.share.uses),
    whole("of", "inspections or graded subjects counted", lambda row: row.share.of),
    whole("elsewhere", "uses outside the group", lambda row: row.share.elsewhere),
    whole("others", "counted outside the group", lambda row: row.share.others),
    number("log_ratio", "1 is twice the share outside the group", lambda row: row.share.log_ratio),
    number("bound", "cautious end of the 95 % interval of log_ratio", lambda row: row.share.bound),
)
_CONTRAST: Fields[ContrastedPhrase] = (
    text("group", "group in which the phrase is more common", lambda row: row.group),
    text("phrase", "commonest wording of the phrase", lambda row: row.phrase.phrase),
    text("variants", "other wordings", lambda row: joined(row.phrase.variants)),
    whole("inspections", "inspections of that group that use the phrase", lambda row: row.phrase.inspections),
    whole("of", "inspections of that group", lambda row: row.phrase.group),
    whole("elsewhere", "inspections of the other group that use it", lambda row: row.phrase.elsewhere),
    whole("others", "inspections of the other group", lambda row: row.phrase.others),
    number("log_ratio", "1 is twice the share of the other group", lambda row: row.phrase.log_ratio),
    number("bound", "cautious end of the 95 % interval of log_ratio", lambda row: row.phrase.bound),
    whole("count", "uses in all", lambda row: row.phrase.count),
    text("years", "years of use", lambda row: joined(tuple(sorted(set(row.phrase.years))))),
)
