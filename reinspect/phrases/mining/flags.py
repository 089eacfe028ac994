"""Mark what each word of the index may do in a phrase, such as begin it, by the word lists in `words.toml`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from reinspect.authorities import authorities
from reinspect.phrases.index.column_file import Column
from reinspect.phrases.words import Lexicon, lexicon
from reinspect.phrases.words import words as words_of

if TYPE_CHECKING:
    from reinspect.phrases.index.index import Index

# Words that follow an aspect: "the timeliness of ...", "delay in ...".
_ASPECT_LINKS = frozenset({"of", "in"})


class WordFlags(msgspec.Struct, frozen=True, eq=False):
    """Bool arrays that tell what each word of the index may do in a phrase.

    - `barrier`: no phrase may contain the word (a number, a month, a name, most stop words).
    - `opens`, `closes`: a phrase may begin or end with the word.
    - `content`: the word carries meaning, so it is neither a stop word nor a prefix.
    - `generic`: the word is too common in this field to make up a phrase alone ("child", "plan").
    - `weakness`: the word makes its sentence critical ("delay").
    - `aspect`, `aspect_link`: the two words of a beginning such as "timeliness of" ("timeliness", "of").
    - `prefix`: the word is the first part of hyphenated words ("multi").
    """

    barrier: Column
    opens: Column
    closes: Column
    content: Column
    generic: Column
    weakness: Column
    aspect: Column
    aspect_link: Column
    prefix: Column


@cache
def authority_names() -> frozenset[str]:
    """Return the words that occur in names of local authorities and are not ordinary words too ("camden")."""
    names = (authority.name for authority in authorities().all())
    return frozenset(word for name in names for word in words_of(name)) - lexicon().plain_names - lexicon().stop


def build_word_flags(index: Index, lists: Lexicon, names: Collection[str]) -> WordFlags:
    """Return what each word of the index may do in a phrase.

    `names` are words that no phrase may contain, unless they are ordinary words too.
    """

    def among(*listed: Iterable[str]) -> Column:
        flagged = np.zeros(len(index.words), bool)
        flagged[[index.numbers[word] for word in set().union(*listed) if word in index.numbers]] = True
        return flagged

    # A word with any character other than letters and apostrophes counts as a number.
    unusual = (index.words[number] for number in np.flatnonzero(index.letters[-1]).tolist())
    number = among([""], (word for word in unusual if not word.replace("'", "").isalpha()))
    stop = among(lists.stop)
    barrier = number | among(lists.months, lists.furniture, set(names) - lists.plain_names - lists.generic)
    barrier |= stop & ~among(lists.linking)
    adverbs = (word for word in index.words if word.endswith("ly") and word not in lists.no_adverbs)
    edge = ~(barrier | stop | among(lists.verbs, lists.evaluative, adverbs)) & (index.letters.sum(axis=0) > 1)
    return WordFlags(
        barrier=barrier,
        opens=edge & ~among(lists.closing),
        closes=edge & ~among(lists.prefixes),
        content=~(stop | among(lists.prefixes)),
        generic=among(lists.generic),
        weakness=among(lists.weakness),
        aspect=among(lists.aspects),
        aspect_link=among(_ASPECT_LINKS),
        prefix=among(lists.prefixes),
    )
