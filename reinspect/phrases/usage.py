"""The use of a phrase by year, grade, framework and authority, always as a share of the inspections read."""

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
from reinspect.phrases.search import exact
from reinspect.phrases.types import RecurringPhrase, TextOrigin

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index


_Unit = TypeVar("_Unit", bound=Hashable)


class UsageShare(msgspec.Struct, frozen=True, kw_only=True):
    """The share of a group that uses a phrase: `uses` of `of` inspections or, by grade, strands with that grade.

    It is compared with `elsewhere` of the `others`, all that are not in the group. `log_ratio` is the binary logarithm
    of the two shares' ratio. `bound` is its cautious bound, corrected for the number of groups; 0 means too little
    evidence (`reinspect.phrases.mining.keyness`).
    """

    name: str
    uses: int
    of: int
    elsewhere: int
    others: int
    log_ratio: float
    bound: float


class PhraseUsage(msgspec.Struct, frozen=True, kw_only=True):
    """The use of `phrases` (one phrase and its variants) in a choice of documents.

    `uses` of the `of` inspections use it, `times` in all; `in_grades` of these uses are in a graded strand.

    `by_year`, `by_framework` (keys) and `by_authority` (slugs) compare the inspections of each group with all others;
    authorities that do not use it are left out. `by_grade` compares the strands of each grade with all other strands.
    `beside` compares all the chosen documents with each named comparison group. `where` lists the passages in the order
    of the texts.
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
    """Return the use of a phrase in `documents` (all by default); words match in the singular and the plural.

    `inspections` maps each document, the primary text of an inspection, to that inspection. Other documents are not
    counted. `beside` names comparison groups of documents; chosen documents are not counted in them.
    """
    read = {document: inspection for document, inspection in inspections.items() if document in index.documents}
    own = {document: inspection for document, inspection in read.items() if documents is None or document in documents}
    all_uses = [use for use in exact.uses(index, phrases) if use.document in read]
    own_uses = [use for use in all_uses if use.document in own]
    using = {use.document for use in own_uses}
    grades = _strand_grades(index, own)
    using_strands = {(use.document, use.strand) for use in own_uses} & set(grades)

    def by(trait: Callable[[Inspection], str]) -> tuple[UsageShare, ...]:
        return _shares({document: trait(inspection) for document, inspection in own.items()}, using)

    users = {inspection.authority for document, inspection in own.items() if document in using}
    return PhraseUsage(
        phrases=tuple(phrases),
        uses=len(using),
        of=len(own),
        times=sum(use.count for use in own_uses),
        in_grades=sum(use.count for use in own_uses if (use.document, use.strand) in grades),
        by_year=tuple(sorted(by(lambda inspection: str(inspection.year or "")), key=lambda share: share.name)),
        by_grade=tuple(sorted(_shares(grades, using_strands), key=lambda share: _grade_order(share.name))),
        by_framework=by(lambda inspection: inspection.framework),
        by_authority=tuple(share for share in by(lambda inspection: inspection.authority) if share.name in users),
        beside=_compare_groups(own, using, {use.document for use in all_uses}, read, beside or {}),
        where=tuple(own_uses),
    )


def contrast(
    index: Index,
    origins: Mapping[str, TextOrigin],
    one: Collection[str],
    other: Collection[str],
    *,
    minimum_inspections: int = 2,
    limit: int = 40,
) -> tuple[tuple[RecurringPhrase, ...], tuple[RecurringPhrase, ...]]:
    """Return the phrases that distinguish two groups of documents: those of the first, then those of the second.

    Each phrase counts the inspections of its own group and, as `elsewhere` of `others`, those of the other group.
    Documents in both groups are left out.
    """
    from reinspect.phrases.mining.mine import mine

    common = set(one) & set(other)
    first, second = set(one) - common, set(other) - common

    def distinctive(mined: Collection[str], background: Collection[str]) -> tuple[RecurringPhrase, ...]:
        if not (mined and background):
            return ()
        return mine(
            index,
            origins,
            documents=mined,
            background=background,
            order="distinctive",
            minimum_inspections=minimum_inspections,
            limit=limit,
        )

    return distinctive(first, second), distinctive(second, first)


def _strand_grades(index: Index, own: Mapping[str, Inspection]) -> dict[tuple[str, str | None], str]:
    """Return the grades by document and strand, for the strands that the document has passages on."""
    texts = index.texts
    pairs = np.unique(np.stack([texts.passage_document, texts.passage_strand.astype(np.uint32)]), axis=1)
    grades = {}
    for document, strand in pairs.T.tolist():
        inspection, key = own.get(texts.documents[document]), texts.strands[strand]
        judgement = inspection.judgement(key) if inspection and key else None
        if judgement and judgement.grade:
            grades[texts.documents[document], key] = judgement.grade
    return grades


def _shares(groups: Mapping[_Unit, str], using: Collection[_Unit]) -> tuple[UsageShare, ...]:
    """Return the share of each group compared with all others, the widest use first. `groups` maps units to groups."""
    sizes, users = Counter(groups.values()), Counter(groups[unit] for unit in using)
    size, user_count = sizes.total(), users.total()
    rows = [(name, users[name], sizes[name], user_count - users[name], size - sizes[name]) for name in sizes if name]
    return tuple(sorted(_usage_shares(rows), key=lambda share: (-share.uses, share.of, share.name)))


def _compare_groups(
    own: Mapping[str, Inspection],
    using: Collection[str],
    all_using: Collection[str],
    read: Mapping[str, Inspection],
    groups: Mapping[str, Collection[str]],
) -> tuple[UsageShare, ...]:
    """Return the share of the chosen documents compared with each group; the share has the name of the group."""
    rows = []
    for name, documents in groups.items():
        others = {document for document in documents if document in read and document not in own}
        rows.append((name, len(using), len(own), len(others.intersection(all_using)), len(others)))
    return tuple(_usage_shares(rows))


def _usage_shares(rows: Sequence[tuple[str, int, int, int, int]]) -> Iterable[UsageShare]:
    """Generate the shares of rows (name, uses, of, elsewhere, others), with their log ratios and bounds."""
    for name, uses, of, elsewhere, others in rows:
        inside, outside = np.array([uses]), np.array([elsewhere])
        ratio = keyness.log_ratio(inside, of, outside, others) if of and others else np.zeros(1)
        bound = keyness.conservative_bound(inside, of, outside, others, len(rows)) if of and others else np.zeros(1)
        yield UsageShare(
            name=name,
            uses=uses,
            of=of,
            elsewhere=elsewhere,
            others=others,
            log_ratio=round(float(ratio[0]), 2),
            bound=round(float(bound[0]), 2),
        )


def _grade_order(grade: str) -> tuple[int, str]:
    """Return a sort key that puts the best grade first."""
    rungs = (step.rung for framework in frameworks().values() for step in framework.grades if step.key == grade)
    return next(rungs, 9), grade
