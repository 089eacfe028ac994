"""Answer "which phrases differ between two groups?", also before and after a move, and between a group and the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.answers.movers import find_movers
from reinspect.answers.recurring import bands_of, text_origins
from reinspect.answers.scope import Scope, ScopeError, find_cohort, find_texts, name_texts
from reinspect.answers.sentences import inspection_of
from reinspect.comparing.cohorts.cohort import CohortError
from reinspect.exporting.sheets.labels import counted
from reinspect.phrases.types import RecurringPhrase

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.comparing.cohorts.moves import GradeMove
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable


class ContrastAnswer(Answer, frozen=True, kw_only=True):
    """The phrases that are more common in one group of inspections than in another.

    `phrases` has those of group A, then those of group B. `documents` are the texts of each group (sha256) that were
    compared.
    """

    group_a: str
    group_b: str
    description: str
    phrases: tuple[tuple[RecurringPhrase, ...], tuple[RecurringPhrase, ...]]
    documents: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    frameworks: tuple[str, ...] = ()

    def sheet(self) -> Sheet:
        """Return a page with the phrases of both groups."""
        from reinspect.exporting.sheets.phrase_usage import contrast_sheet

        return contrast_sheet(self.group_a, self.group_b, self.phrases, self.description, self.frameworks)

    def records(self) -> list[JsonObject]:
        """Return one JSON object for each phrase. Its field "group" is the group where the phrase is more common."""
        from reinspect.exporting.records import contrast_records

        return list(contrast_records(self.phrases))

    def tables(self) -> tuple[TidyTable, ...]:
        """Return a row for each phrase."""
        from reinspect.exporting.tables.phrases import contrast_table

        return (contrast_table(self.phrases),)


def find_contrast(holdings: Holdings, a: Scope, b: Scope, *, minimum: int, limit: int) -> ContrastAnswer:
    """Find the phrases that are more common in the texts of one scope than of another.

    Texts that are in both scopes are left out.

    Raises:
        CohortError: a group in a scope cannot be understood, or the two groups are of different bands.
        ScopeError: a scope limits passages, or has peers.
    """
    if a.peers or b.peers:
        raise ScopeError("two groups are compared with each other: they have no peers")
    texts = find_texts(holdings, a, count_only=True).own, find_texts(holdings, b, count_only=True).own
    bands = [bands_of(holdings, own) for own in texts if own]
    if len(set(bands)) > 1:
        first, second = (" and ".join(sorted(each)) for each in bands)
        raise CohortError(
            f"texts on {first} and texts on {second} are about different things, so they are not compared"
        )
    return _contrast(holdings, (name_texts(holdings, a), name_texts(holdings, b)), texts, minimum, limit)


def find_contrast_with_others(holdings: Holdings, group: str, *, minimum: int, limit: int) -> ContrastAnswer:
    """Find the phrases that are more common in the texts of a group of authorities than in all other texts.

    Raises:
        CohortError: the group cannot be understood.
    """
    own = find_texts(holdings, Scope(cohort=group), count_only=True).own
    # Texts of another band are about something else.
    others = text_origins(holdings, bands_of(holdings, own)).keys() - own.keys()
    words = find_cohort(holdings, group).words
    return _contrast(holdings, (words, "all other texts"), (own, others), minimum, limit)


def find_contrast_of_moves(
    holdings: Holdings, expression: str, authorities: Collection[str] = (), *, minimum: int, limit: int
) -> ContrastAnswer:
    """Find the phrases that are more common before than after a move, such as "moved:overall=inadequate>good".

    Before are the texts of the inspections up to the last one with the first grade, after are those from the
    inspection that reached the other grade on. Texts between the two are left out. With `authorities` (slugs), only
    their moves count.

    Raises:
        CohortError: the expression cannot be understood, or no authority made the move.
    """
    answer = find_movers(holdings, expression)
    moves = [one.move for one in answer.movers if not authorities or one.authority.slug in authorities]
    before = {text for move in moves for text in _texts_of(holdings, move, is_before=True)}
    after = {text for move in moves for text in _texts_of(holdings, move, is_before=False)}
    # A mover without a stored text is not compared.
    movers = counted(len({holdings.document(text).authority for text in before | after}), "authority", "authorities")
    words = f"{movers} before moving from {answer.description}", f"the same {movers} after it"
    return _contrast(holdings, words, (before, after), minimum, limit)


def _texts_of(holdings: Holdings, move: GradeMove, *, is_before: bool) -> Iterator[str]:
    """Yield the counted texts (sha256) of an authority up to the beginning of its move, or from its end on."""
    scope = Scope(authorities=(move.authority,))
    start, end = move.start.inspection.when, move.end.inspection.when
    for sha256, text in find_texts(holdings, scope, count_only=True).own.items():
        when = holdings.inspection(text.inspection).when if text.inspection else ""
        if when and (when <= start if is_before else when >= end):
            yield sha256


def _contrast(
    holdings: Holdings, words: tuple[str, str], texts: tuple[Collection[str], Collection[str]], minimum: int, limit: int
) -> ContrastAnswer:
    from reinspect.phrases.usage import contrast

    common = set(texts[0]) & set(texts[1])
    own = tuple(sorted(set(texts[0]) - common)), tuple(sorted(set(texts[1]) - common))
    origins = text_origins(holdings, bands_of(holdings, [*texts[0], *texts[1]]))
    phrases = contrast(holdings.index(), origins, *own, minimum_inspections=minimum, limit=limit)
    description = f"{counted(len(texts[0]), 'text')} of A and {counted(len(texts[1]), 'text')} of B"
    return ContrastAnswer(
        group_a=words[0],
        group_b=words[1],
        description=f"{description}; {counted(len(common), 'text')} of both left out" if common else description,
        phrases=phrases,
        documents=own,
        frameworks=tuple(sorted({inspection_of(holdings, sha256).framework for part in own for sha256 in part})),
    )
