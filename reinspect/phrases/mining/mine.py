"""Find the phrases that recur in inspection reports, and rank them by how much they say.

The steps, each in a module of its own:

1. `boilerplate`, `portions`: leave out the publisher's own sentences and turn the rest into numbered words.
2. `ngrams`, `counting`: count the n-grams (runs of two to seven words).
3. `scoring`: score the n-grams that may be phrases.
4. `variants`, `overlaps`: group the forms of one phrase, and drop phrases used in the same places as a better one.
5. `keyness`, `background`: compare with other inspections.
6. `surface_forms`: show each phrase as it is printed most often.

The order "issues" also counts how critical the sentences with a phrase are, and "distinctive" counts how much more
often the phrase is used than in other inspections. "themes" counts neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np

from reinspect.phrases.index.column_file import Column
from reinspect.phrases.mining import keyness
from reinspect.phrases.mining.background import Background, DocumentBackground, ShippedBackground
from reinspect.phrases.mining.boilerplate import find_shared_keys, sentence_key_lookup
from reinspect.phrases.mining.counting import CountingResources, count_candidates
from reinspect.phrases.mining.flags import WordFlags, authority_names, build_word_flags
from reinspect.phrases.mining.ngrams import TokenStream
from reinspect.phrases.mining.overlaps import PhraseGroup, drop_overlaps
from reinspect.phrases.mining.portions import Portion, document_starts, split_into_portions, token_stream
from reinspect.phrases.mining.rare_variants import VariantLookup
from reinspect.phrases.mining.reference_counts import load_template_keys
from reinspect.phrases.mining.scoring import Candidates
from reinspect.phrases.mining.surface_forms import count_surface_forms, is_name
from reinspect.phrases.mining.variants import content_words, group_variants
from reinspect.phrases.types import Order, RecurringPhrase, TextOrigin
from reinspect.phrases.words import Lexicon, lexicon

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

# In the order "issues" the score is multiplied by this power of the lift of criticism.
_LIFT_POWER = 1.5
# The score of a phrase is multiplied by this for each better phrase with all its content words, or all but one.
_REPETITION = 0.6
# "Timeliness of X" repeats "X" only if it has this share of the uses of "X".
_QUALIFIED = 0.15
# Candidates that are ranked for each phrase that is asked for, of at least 100: a short list begins like a long one.
_CANDIDATES_PER_PHRASE, _FEWEST_RANKED = 10, 1000
# Gain of score for each doubling of the use compared with the background, and the most doublings that count.
_KEYNESS_GAIN, _MOST_DOUBLINGS = 0.4, 3.0
# A distinctive phrase is used twice as much as in the background, or has a bound above 0.
_LEAST_DISTINCTIVE = 1.0
_MOST_VARIANTS = 8
# Uses that are looked at to see whether commas separate the words of a phrase.
_COMMA_SAMPLE = 5
# With fewer other inspections than this, the shipped counts are the background.
_FEWEST_BACKGROUND_INSPECTIONS = 20


class _Mined(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """The possible phrases of one run of mining, and everything needed to rank and describe them.

    - `starts`: the position of the first token of each document.
    - `inspection_of`: the inspection number of each document, -1 for a document that is not mined.
    - `inspections`: the ids of the inspections, ordered by number.
    - `origins`: the origin (year, authority) of each inspection, by id.
    """

    index: Index
    starts: Column
    inspection_of: Column
    inspections: tuple[str, ...]
    origins: Mapping[str, TextOrigin]
    candidates: Candidates
    background: Background


class _RankedGroup(NamedTuple):
    """A phrase with its variants: the score, and the rows of all variants in `Candidates`, the main one first."""

    score: float
    rows: list[int]


def mine(
    index: Index,
    origins: Mapping[str, TextOrigin],
    *,
    documents: Collection[str] | None = None,
    background: Collection[str] | None = None,
    order: Order = "issues",
    minimum_inspections: int = 2,
    limit: int = 100,
    names: Collection[str] | None = None,
    lists: Lexicon | None = None,
    resources: CountingResources | None = None,
) -> tuple[RecurringPhrase, ...]:
    """Return the phrases that recur in at least `minimum_inspections`, best first.

    Background sections, headings and passages about a safeguarding board are not read.

    Args:
        index: the index of the documents.
        origins: the inspection of each document (sha256); a document without one is not read.
        documents: the documents to mine, by default all.
        background: the documents to compare with. By default all others or, if these are of fewer than 20 inspections,
            the counts shipped with the program.
        order: "issues" (most criticised), "themes" (most widely used) or "distinctive" (most unlike the background).
        minimum_inspections: the least number of inspections, counted over all variants of a phrase.
        limit: the most phrases to return.
        names: words that no phrase may contain, by default the names of authorities.
        lists: the word lists, by default the shipped ones.
        resources: limits on memory, and an executor. They do not change the result.
    """
    lists, resources = lists or lexicon(), resources or CountingResources()
    known = {document: origin for document, origin in origins.items() if document in index.documents}
    own = _origins_of(known, documents)
    others = {document: origin for document, origin in _origins_of(known, background).items() if document not in own}
    flags = build_word_flags(index, lists, authority_names() if names is None else names)
    take = _token_reader(index, known, flags, resources)
    parts, inspections = split_into_portions(index, own, resources.at_once)
    stored = DocumentBackground(*split_into_portions(index, others, resources.at_once), take=take, flags=flags)
    use_stored = background is not None or stored.inspections >= _FEWEST_BACKGROUND_INSPECTIONS
    least = max(minimum_inspections, 1)
    mined = _Mined(
        index=index,
        starts=document_starts(index),
        inspection_of=_inspection_of(index, parts),
        inspections=inspections,
        origins={origin.inspection: origin for origin in own.values()},
        candidates=count_candidates(parts, take, flags, _least_of_variant(least), resources),
        background=stored if use_stored else ShippedBackground(index),
    )
    groups = (
        group
        for group in _rank_groups(mined, order, limit, lists)
        if len(_uses_by_inspection(mined, group.rows)) >= least and _is_phrase(mined, group.rows)
    )
    return tuple(_describe(mined, list(islice(groups, limit))))


def _origins_of(known: Mapping[str, TextOrigin], documents: Collection[str] | None) -> dict[str, TextOrigin]:
    """Return the known origins of some documents, or of all."""
    return {document: known[document] for document in (known if documents is None else documents) if document in known}


def _token_reader(
    index: Index, origins: Mapping[str, TextOrigin], flags: WordFlags, resources: CountingResources
) -> Callable[[Portion], TokenStream]:
    """Return a function that reads the tokens of a portion, without the sentences that many documents share."""
    keys_of = sentence_key_lookup(index, resources.at_once)
    with resources.shards(len(index.texts.sentence_passage)) as shards:
        all_parts, _ = split_into_portions(index, origins, resources.at_once)
        shared_keys = find_shared_keys(index, origins, all_parts, keys_of, shards)
    templates = np.union1d(shared_keys, load_template_keys())
    return partial(token_stream, index, flags=flags, keys_of=keys_of, templates=templates)


def _least_of_variant(least: int) -> int:
    """Return the least inspections of a variant: counted together, each may be rarer than the phrase."""
    return least if least <= 2 else max(2, least // 2)


def _inspection_of(index: Index, parts: Sequence[Portion]) -> Column:
    """Return the inspection number of each document of the index, -1 for a document that is not read."""
    inspection_of = np.full(len(index.texts.documents), -1)
    for part in parts:
        inspection_of[part.documents] = part.inspection
    return inspection_of


def _rank_groups(mined: _Mined, order: Order, limit: int, lists: Lexicon) -> list[_RankedGroup]:
    """Return the phrases with their variants, best first. Phrases that repeat a better one are moved down."""
    rows, scores = _score_rows(mined, order, max(limit * _CANDIDATES_PER_PHRASE, _FEWEST_RANKED))
    words = [_words(mined, row) for row in rows]
    groups = [
        _build_group(mined, _without_lists(mined, [rows[member] for member in members]), scores[members[0]], lists)
        for members in group_variants(words, lists)
    ]
    repeated: Counter[frozenset[str]] = Counter()
    uses_of: dict[frozenset[str], int] = {}
    lookup = VariantLookup(mined.candidates.words, mined.index.words, lists)
    taken = set(rows)
    ranked = []
    for group in drop_overlaps(groups):
        head = group.rows[0]
        rare = [row for row in lookup.find(_words(mined, head)) if row not in taken and not _is_list(mined, row)]
        taken.update(rare)
        count = int(mined.candidates.counts[head])
        parts = _repeatable_parts(group.words, _words(mined, head)[0], count, uses_of, lists)
        repetitions = max((repeated[part] for part in parts), default=0)
        repeated.update(parts)
        uses_of.setdefault(group.words, count)
        ranked.append(_RankedGroup(group.score * _REPETITION**repetitions, [*group.rows, *rare]))
    return sorted(ranked, key=lambda group: -group.score)


def _repeatable_parts(
    words: frozenset[str], first: str, count: int, uses_of: Mapping[frozenset[str], int], lists: Lexicon
) -> set[frozenset[str]]:
    """Return the sets of words that a phrase must not repeat from a better phrase: all content words, or all but one.

    `uses_of` has the number of uses of the better phrases, by their content words.
    """
    parts = {part for part in (words, *(words - {word} for word in words)) if len(part) > 1}
    subject = words - {first} if first in lists.aspects else None
    # "Timeliness of X" repeats "X" only if it has a small share of the uses of "X".
    if subject is not None and count >= _QUALIFIED * uses_of.get(subject, 0):
        parts.discard(subject)
    return parts


def _without_lists(mined: _Mined, rows: list[int]) -> list[int]:
    """Return a phrase and its variants, without variants whose words a comma separates, such as "harm, risk"."""
    return [row for row in rows if row == rows[0] or not _is_list(mined, row)]


def _is_list(mined: _Mined, row: int) -> bool:
    """Return whether a comma separates the words of a possible phrase in most of the uses that are looked at."""
    if not {"and", "or"}.isdisjoint(_words(mined, row)):
        return False
    forms = _sample_forms(mined, row)
    return sum(count for form, count in forms.items() if "," in form) * 2 > forms.total()


def _sample_forms(mined: _Mined, row: int) -> Counter[str]:
    """Return how often a possible phrase is printed in which form, in the first few of its uses."""
    sample = mined.candidates.occurrences(row)[:_COMMA_SAMPLE]
    return count_surface_forms(mined.index, sample, int(np.count_nonzero(mined.candidates.words[row])))


def _is_phrase(mined: _Mined, rows: Sequence[int]) -> bool:
    """Return whether this is a real phrase: not a piece of a list ("police, health") and not a person's name."""
    words = [word for word in mined.candidates.words[rows[0]].tolist() if word]
    if not {"and", "or"}.isdisjoint(_words(mined, rows[0])):
        return True
    return not (all("," in form for form in _sample_forms(mined, rows[0])) or is_name(mined.index, words))


def _words(mined: _Mined, row: int) -> tuple[str, ...]:
    """Return the words of the possible phrase in this row."""
    return tuple(mined.index.words[word] for word in mined.candidates.words[row] if word)


def _build_group(mined: _Mined, rows: Sequence[int], score: float, lists: Lexicon) -> PhraseGroup:
    """Join possible phrases that are variants of one another into one phrase; `rows` are their rows."""
    lengths = [np.count_nonzero(mined.candidates.words[row]) for row in rows]
    starts = [mined.candidates.occurrences(row) for row in rows]
    ends = [places + length for places, length in zip(starts, lengths, strict=True)]
    return PhraseGroup(
        rows=tuple(rows),
        words=frozenset(content_words(_words(mined, rows[0]), lists)),
        score=score,
        starts=np.sort(np.concatenate(starts)),
        ends=np.sort(np.concatenate(ends)),
        inspections=int(mined.candidates.spread[list(rows)].max()),
    )


def _score_rows(mined: _Mined, order: Order, size: int) -> tuple[list[int], list[float]]:
    """Return the row numbers of the `size` best possible phrases, best first, and their scores."""
    candidates = mined.candidates
    scores = candidates.score * candidates.lift() ** _LIFT_POWER if order == "issues" else candidates.score
    rows = np.argsort(-scores, kind="stable")
    # A distinctive phrase may have any rank before; in the other orders keyness only moves phrases near the top.
    rows = rows if order == "distinctive" else rows[:size]
    expected = np.ones(len(scores))
    outside, expected[rows], whole = mined.background.look_up(candidates.words[rows])
    if order == "issues":
        scores = candidates.score * candidates.lift(expected) ** _LIFT_POWER
    scores[rows] *= whole
    scores = scores[rows] * _keyness_factor(mined, order, candidates.spread[rows], outside)
    best = np.argsort(-scores, kind="stable")[:size]
    best = best[scores[best] > 0]
    return rows[best].tolist(), scores[best].tolist()


def _keyness_factor(mined: _Mined, order: Order, inside: Column, outside: Column) -> Column:
    """Return the factor by which the score of each phrase grows if the background uses the phrase less.

    `inside` and `outside` are the inspections that use each phrase, here and in the background.
    """
    ratio, bound = _keyness(mined, inside, outside)
    doublings = np.clip(ratio, 0, _MOST_DOUBLINGS)
    if order != "distinctive":
        return 1 + _KEYNESS_GAIN * doublings
    is_distinctive = (ratio >= _LEAST_DISTINCTIVE) | (bound > 0)
    return np.where(is_distinctive, doublings * (1 + np.maximum(bound, 0)), 0.0)


def _keyness(mined: _Mined, inside: Column, outside: Column) -> tuple[Column, Column]:
    """Compare how often each phrase is used in the mined texts and in the background.

    `inside` and `outside` have one number per phrase: how many inspections use it, here and in the background.
    Returns the log ratio of the two rates, and the end of its confidence interval that is nearer to 0.
    """
    of, others = len(mined.inspections), mined.background.inspections
    # The bound is corrected for as many comparisons as there are candidates.
    bound = keyness.conservative_bound(inside, of, outside, others, len(mined.candidates.words))
    return keyness.log_ratio(inside, of, outside, others), bound


def _describe(mined: _Mined, groups: Sequence[_RankedGroup]) -> Iterator[RecurringPhrase]:
    """Generate a `RecurringPhrase` with all counts for each phrase."""
    members = np.array([row for group in groups for row in group.rows], np.int64)
    owners = np.repeat(np.arange(len(groups)), [len(group.rows) for group in groups])
    outside = mined.background.spread(mined.candidates.words[members], owners)
    by_inspection = [_uses_by_inspection(mined, group.rows) for group in groups]
    inside = np.array([len(uses) for uses in by_inspection], np.int64)
    ratio, bound = _keyness(mined, inside, outside)
    for number, group in enumerate(groups):
        origins = [mined.origins[inspection] for inspection in by_inspection[number]]
        years = Counter(origin.year for origin in origins if origin.year is not None)
        phrase, *variants = _surface_forms(mined, group.rows)
        yield RecurringPhrase(
            phrase=phrase,
            variants=tuple(variants),
            inspections=len(origins),
            group=len(mined.inspections),
            authorities=len({origin.authority for origin in origins}),
            years=tuple(sorted(years)),
            by_year=dict(sorted(years.items())),
            by_inspection=by_inspection[number],
            count=sum(by_inspection[number].values()),
            issue_share=round(float(mined.candidates.criticism[group.rows[0]]), 3),
            elsewhere=int(outside[number]),
            others=mined.background.inspections,
            log_ratio=round(float(ratio[number]), 2),
            bound=round(float(bound[number]), 2),
            score=round(group.score, 2),
        )


def _uses_by_inspection(mined: _Mined, rows: Sequence[int]) -> dict[str, int]:
    """Return the number of uses of a phrase in each inspection, by inspection id."""
    places = np.concatenate([mined.candidates.occurrences(row) for row in rows])
    counts = np.bincount(mined.inspection_of[np.searchsorted(mined.starts, places, side="right") - 1])
    return {mined.inspections[number]: int(counts[number]) for number in np.flatnonzero(counts).tolist()}


def _surface_forms(mined: _Mined, rows: Sequence[int]) -> list[str]:
    """Return the printed forms of a phrase: the main form first, then the others, the commonest first."""
    counts: list[Counter[str]] = []
    for row in rows[:_MOST_VARIANTS]:
        length = int(np.count_nonzero(mined.candidates.words[row]))
        counts.append(count_surface_forms(mined.index, mined.candidates.occurrences(row), length))
    head = min(counts[0], key=lambda form: (-counts[0][form], form))
    total = sum(counts, Counter[str]())
    # Forms that differ by commas only are listed once.
    by_words = {form.replace(",", ""): form for form in sorted(total, key=lambda form: (total[form], form))}
    del by_words[head.replace(",", "")]
    return [head, *sorted(by_words.values(), key=lambda form: (-total[form], form))[:_MOST_VARIANTS]]
