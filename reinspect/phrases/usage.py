"""What a phrase says: who uses it, when, and of what grade, always in inspections and beside how many were read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

import msgspec
import numpy as np

from reinspect.frameworks import frameworks
from reinspect.model import Inspection
from reinspect.phrases.mining import keyness
from reinspect.phrases.query import PassageUse
from reinspect.phrases.types import RecurringPhrase, TextOrigin

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index


_Unit = TypeVar("_Unit", bound=Hashable)


class UsageShare(msgspec.Struct, frozen=True, kw_only=True):
    """How many of a group use a phrase: `uses` of `of`.

    What is counted is inspections or, by grade, the strands of inspections that were so graded. `log_ratio` is the
    binary logarithm of the group's share over that of `elsewhere` of `others`, `bound` the end of its 95 % interval
    that is nearer to 0, corrected for all groups beside this one (0: too little evidence; `keyness`).
    """

    name: str
    uses: int
    of: int
    elsewhere: int
    others: int
    log_ratio: float
    bound: float


class PhraseUsage(msgspec.Struct, frozen=True, kw_only=True):
    """What the use of `phrases` (one phrase and its variants) says.

    `by_year`, `by_framework` (keys) and `by_authority` (slugs) set each group beside all others that were read, and
    `by_grade` the strands of each grade beside those of all other grades; authorities that do not use it are left out.
    `beside` sets the texts that were asked about beside each group named. `in_grades` of all its `times` stand in a
    graded strand. `where` are the passages, by document and place.
    """

    phrases: tuple[str, ...]
    uses: int
    of: int
    times: int
    in_grades: int
    by_year: tuple[UsageShare, ...]
    by_grade: tuple[UsageShare, ...]
    by_framework: tuple[UsageShare, ...]
    by_authority: tuple[UsageShare, ...]
    beside: tuple[UsageShare, ...] = ()
    where: tuple[PassageUse, ...] = ()


def phrase_usage(
    index: Index,
    phrases: Sequence[str],
    inspections: Mapping[str, Inspection],
    *,
    documents: Collection[str] | None = None,
    beside: Mapping[str, Collection[str]] | None = None,
) -> PhraseUsage:
    """What the use of a phrase says in `documents` (all, by default), in any number of its words.

    `inspections` says of which inspection each document is the reading text; one without is not read. `beside` names
    groups of documents to set the whole beside; documents of its own among them are not counted there.
    """
    read = {each: held for each, held in inspections.items() if each in index.documents}
    own = {each: held for each, held in read.items() if documents is None or each in documents}
    found = [use for use in index.uses(phrases) if use.document in read]
    here = [use for use in found if use.document in own]
    using = {use.document for use in here}
    graded = _graded(index, own)
    in_strands = {(use.document, use.strand) for use in here} & set(graded)

    def by(trait: Callable[[Inspection], str]) -> tuple[UsageShare, ...]:
        return _shares({document: trait(held) for document, held in own.items()}, using)

    users = {each.authority for document, each in own.items() if document in using}
    return PhraseUsage(
        phrases=tuple(phrases),
        uses=len(using),
        of=len(own),
        times=sum(use.count for use in here),
        in_grades=sum(use.count for use in here if (use.document, use.strand) in graded),
        by_year=tuple(sorted(by(lambda each: str(each.year or "")), key=lambda share: share.name)),
        by_grade=tuple(sorted(_shares(graded, in_strands), key=lambda share: _rung(share.name))),
        by_framework=by(lambda each: each.framework),
        by_authority=tuple(share for share in by(lambda each: each.authority) if share.name in users),
        beside=_beside(own, using, {use.document for use in found}, read, beside or {}),
        where=tuple(here),
    )


def contrast(
    index: Index,
    occasions: Mapping[str, TextOrigin],
    one: Collection[str],
    other: Collection[str],
    *,
    minimum_inspections: int = 2,
    limit: int = 40,
) -> tuple[tuple[RecurringPhrase, ...], tuple[RecurringPhrase, ...]]:
    """The phrases that tell two groups of documents apart: those of the one, then those of the other.

    Each is counted by inspections, beside how many of the other group's use it (`elsewhere` of `others`); what both
    groups hold belongs to neither.
    """
    from reinspect.phrases.mining.mine import mine

    common = set(one) & set(other)
    first, second = set(one) - common, set(other) - common

    def listed(mined: Collection[str], background: Collection[str]) -> tuple[RecurringPhrase, ...]:
        if not (mined and background):
            return ()
        return mine(
            index,
            occasions,
            documents=mined,
            background=background,
            order="distinctive",
            minimum_inspections=minimum_inspections,
            limit=limit,
        )

    return listed(first, second), listed(second, first)


def _graded(index: Index, own: Mapping[str, Inspection]) -> dict[tuple[str, str | None], str]:
    """The grade of every strand of a document that holds passages on it."""
    texts = index.texts
    pairs = np.unique(np.stack([texts.passage_document, texts.passage_strand.astype(np.uint32)]), axis=1)
    grades = {}
    for document, strand in pairs.T.tolist():
        held, key = own.get(texts.documents[document]), texts.strands[strand]
        judgement = held.judgement(key) if held and key else None
        if judgement and judgement.grade:
            grades[texts.documents[document], key] = judgement.grade
    return grades


def _shares(groups: Mapping[_Unit, str], using: Collection[_Unit]) -> tuple[UsageShare, ...]:
    """The share of each group that uses the phrase, beside that of all others; the widest use first."""
    of, uses = Counter(groups.values()), Counter(groups[unit] for unit in using)
    every, all_uses = of.total(), uses.total()
    rows = [(name, uses[name], of[name], all_uses - uses[name], every - of[name]) for name in of if name]
    return tuple(sorted(_measured(rows), key=lambda share: (-share.uses, share.of, share.name)))


def _beside(
    own: Mapping[str, Inspection],
    using: Collection[str],
    found: Collection[str],
    read: Mapping[str, Inspection],
    groups: Mapping[str, Collection[str]],
) -> tuple[UsageShare, ...]:
    """The documents asked about beside each group; the group gives the name."""
    rows = []
    for name, documents in groups.items():
        others = {each for each in documents if each in read and each not in own}
        rows.append((name, len(using), len(own), len(others.intersection(found)), len(others)))
    return tuple(_measured(rows))


def _measured(rows: Sequence[tuple[str, int, int, int, int]]) -> Iterable[UsageShare]:
    """Rows of name, uses, of, uses elsewhere and others, with their log ratio and its bound."""
    for name, uses, of, elsewhere, others in rows:
        inside, outside = np.array([uses]), np.array([elsewhere])
        ratio = keyness.log_ratio(inside, of, outside, others) if of and others else np.zeros(1)
        bound = keyness.conservative(inside, of, outside, others, len(rows)) if of and others else np.zeros(1)
        yield UsageShare(
            name=name,
            uses=uses,
            of=of,
            elsewhere=elsewhere,
            others=others,
            log_ratio=round(float(ratio[0]), 2),
            bound=round(float(bound[0]), 2),
        )


def _rung(grade: str) -> tuple[int, str]:
    """Where a grade stands, the best first."""
    rungs = (step.rung for framework in frameworks().values() for step in framework.grades if step.key == grade)
    return next(rungs, 9), grade
