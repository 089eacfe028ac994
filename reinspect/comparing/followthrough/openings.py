"""Leave out the opening of a recommendation that only says who is to act, since it is not what is asked for.

"The force should write down why it closes a case."     ->  "write down why it closes a case."
"Leaders must improve the oversight of plans."          ->  "improve the oversight of plans."
"Personal advisers should keep in touch with leavers."  ->  as it is: personal advisers are a subject of inspection
"Staff who need to travel are late."                    ->  as it is: it is not such an opening
"""

from __future__ import annotations

import re

from reinspect.comparing.followthrough.terms import find_terms

_MOST_WORDS = 10
# Words that are not in the name of a body: conjunctions and verbs, quantities, and the people a report is about.
_NOT_A_BODY = (
    r"(?:who|whom|whose|which|that|how|what|when|where|why|if|so|ensure|make|is|are|was|were|have|has|had|not|too|many|"
    r"more|most|some|all|no|need|work|workers?|advisers?|panels?|children|pupils|young|people|families|parents|carers)\b"
)
_OPENING = re.compile(
    rf"\s*(?:(?!{_NOT_A_BODY})[^\W\d_][\w'\u2019&-]*,?\s+){{1,{_MOST_WORDS}}}?"
    r"(?:should|must|ought\s+to|needs?\s+to|ha(?:s|ve)\s+to)\s+(?:(?:also|now|urgently)\s+)?",
    re.IGNORECASE,
)


def without_opening(text: str) -> str:
    """Return the text of a recommendation without "The force should" and the like, if these words name no subject."""
    opening = _OPENING.match(text)
    if opening is None or any(match.is_subject for match in find_terms(opening[0])):
        return text
    return text[opening.end() :] or text
