"""Find the outcome of an inspection that gives no grades: the first sentence below its heading.

    printed                                                          outcome
    "Inspection outcome
     The partnership's arrangements lead to inconsistent ..."        inconsistent (its deciding word is in the sentence)
    "The next full inspection will be within about three years."     next step

The framework file lists the outcomes, each with its deciding words. A sentence that has the words of two outcomes, of
none, or a "not" states no outcome: a person must read it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reinspect.frameworks import Framework
from reinspect.model import Evidence, Outcome

_WORD = re.compile(r"[a-z]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z‘“])")
_NEGATIONS = {"not", "no", "never", "nor", "neither"}
_FOLLOWS = re.compile(
    r"\bwithin\b.*\b(?:years?|months?)\b|\bpriority action plan\b|\bmonitoring inspection\b", re.IGNORECASE
)


def split_sentences(text: str) -> list[str]:
    """Split a text into its sentences."""
    return [sentence.strip() for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def find_outcome(sentence: str, framework: Framework, evidence: Evidence | None) -> Outcome | None:
    """Return the outcome that a sentence states, or None if it states none or more than one."""
    words = set(_WORD.findall(sentence.lower()))
    if words & _NEGATIONS:
        return None
    stated = [outcome for outcome in framework.outcomes if outcome.words and words.issuperset(outcome.words)]
    return Outcome(key=stated[0].key, printed=sentence, evidence=evidence) if len(stated) == 1 else None


def find_next_step(sentences: Sequence[str]) -> str | None:
    """Return the sentences that say when the next inspection is or that a plan is required, or None."""
    return " ".join(sentence for sentence in sentences if _FOLLOWS.search(sentence)) or None
