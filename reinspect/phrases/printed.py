"""How a phrase is printed: its commonest form, and the others."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from reinspect.phrases.columns import Column

if TYPE_CHECKING:
    from reinspect.phrases.index import Index

# A quotation mark, but no apostrophe: "managers' oversight", "foster to adopt' placements".
_QUOTE = re.compile(r"[\"\u2018\u201c\u201d]|(?<!\w)'|(?<![s\W])'(?!\w)")
_ASIDE = re.compile(r"\s*\([^()]*\)")
# Places looked at for the forms of one run of words.
_LOOKED_AT = 24


def forms(index: Index, firsts: Column, lasts: Column) -> Counter[str]:
    """The forms printed from each of `firsts` to each of `lasts` (places of tokens), and how often each is."""
    step = max(len(firsts) // _LOOKED_AT, 1)
    return Counter(
        form(index, first, last) for first, last in zip(firsts[::step].tolist(), lasts[::step].tolist(), strict=True)
    )


def form(index: Index, first: int, last: int) -> str:
    """The words printed from one place to another, without asides and with small letters but for abbreviations."""
    texts = index.texts
    text = texts.passage(texts.sentence_passage[index.sentence_of[first]].item()).text
    start, end = texts.token_start[[first, last]].tolist()
    whole = _QUOTE.sub("", _ASIDE.sub("", text[start : end + texts.token_length[last].item()]).replace("\u2019", "'"))
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in whole.split())
