"""Count how many of the inspections use a phrase, by year, grade, framework and authority."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

import msgspec
import numpy as np

from reinspect.frameworks import band_of, grade_order
from reinspect.frameworks.bands import SOCIAL_CARE
from reinspect.model import Inspection
from reinspect.phrases.mining import keyness
from reinspect.phrases.query import PassageUse
from reinspect.phrases.search import exact
from reinspect.phrases.types import RecurringPhrase, TextOrigin, UsageShare

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index


_Unit = TypeVar("_Unit", bound=Hashable)


class PhraseUsage(msgspec.Struct, frozen=True, kw_only=True):
    """The use of a phrase and its variants (`phrases`) in some chosen documents.

    - `uses`: how many inspections use the phrase, out of the `of` inspections chosen.
    - `times`: all uses; `in_grades`: the uses in passages about an inspected area (strand) that has a grade.
    - `by_year`, `by_framework`, `by_authority`: the inspections of each group compared with all other chosen
      inspections. Authorities that do not use the phrase are left out.
    - `by_grade`: the strands with each grade compared with all other graded strands.
    - `beside`: the chosen documents compared with each named group of other documents.
    - `where`: the passages that hold the phrase.
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
    """Count how often a phrase and its variants are used in `documents` (all by default).

    Singular and plural forms of a word match each other. `inspections` maps documents (sha256) to inspections; other
    documents are ignored. `beside` maps the name of each comparison group to its documents; a document that is also in
    `documents` is left out of the comparison group.
    """
    read = {document: inspection for document, inspection in inspections.items() if document in index.documents}
    own = {document: inspection for document, inspection in read.items() if documents is None or document in documents}
    all_uses = [use for use in exact.uses(index, phrases) if use.document in read]
    own_uses = [use for use in all_uses if use.document in own]
    using = {use.document for use in own_uses}
    grades = _strand_grades(index, own)
    using_strands = {(use.document, use.strand) for use in own_uses} & set(grades)
    bands = {band_of(inspection.framework) for inspection in own.values()}
    # The scale of social care orders the grades, unless all texts are of one other band.
    scale = bands.pop() if len(bands) == 1 else SOCIAL_CARE

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
        by_grade=tuple(sorted(_shares(grades, using_strands), key=lambda share: grade_order(share.name, scale))),
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
    """Return the phrases typical of the documents in `one`, then the phrases typical of the documents in `other`.

    Documents in both groups are ignored. In every phrase, `inspections` counts the phrase's own group and `elsewhere`
    the opposite group.
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
    """Return the grade of each graded strand (inspected area) of each document: `{(document, strand): grade}`."""
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
    """Return the share of each group's units that are in `using`, the most uses first.

    `groups` maps each unit (such as a document) to the name of its group.
    """
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
    """Compare the documents in `own` with each named group of documents; return one share per group."""
    rows = []
    for name, documents in groups.items():
        others = {document for document in documents if document in read and document not in own}
        rows.append((name, len(using), len(own), len(others.intersection(all_using)), len(others)))
    return tuple(_usage_shares(rows))


def _usage_shares(rows: Sequence[tuple[str, int, int, int, int]]) -> Iterable[UsageShare]:
    """Generate a `UsageShare` for each row (name, uses, of, elsewhere, others)."""
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
