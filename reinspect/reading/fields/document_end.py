"""Find the end of a report or letter in a pack: a council's own papers may be bound behind it.

    page 3  "7. Leaders know their service well."
    page 4  "Appendix B – Action plan"             the pack goes on here: this page is left out, and told

Such a paper has its title at the top of a page. In a text without pages it can only be seen behind the imprint or the
signature.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reinspect.reading.layout.lines import PrintedLine

_TITLE = re.compile(
    r"(?:(?:Appendix|Appendices|Annexe?|Enclosure|Attachment|Agenda\s+item|Item)\s*(?:no\.?\s*)?[A-Z\d]{1,3}\b"
    r"|(?:[\w’',&-]+\s+){0,8}?(?:action|improvement|implementation)\s+plan\b.{0,40}$"
    r"|(?:minutes|agenda)\s+of\b|(?:public\s+)?reports?\s+pack\b"
    r"|(?:report|briefing|response|note)\s+(?:of|by|to|from|for)\s+(?:the\s+)?(?:\w+\s+){0,5}?"
    r"(?:director|cabinet|committee|council|board|scrutiny|members|chief|head|leader)\b"
    r"|(?:council|director|leader|management)[’']?s?[’']?\s+(?:response|statement)\b|equality\s+impact\b"
    r"|background\s+papers?\b|implications\b)",
    re.IGNORECASE,
)
_LONGEST_TITLE = 100
_TOP_LINES = 2
"""Number of lines at the top of a page of which one is the title of another paper."""
_CLOSING = re.compile(
    r"Yours?\s+sincerely|The Office for Standards in Education|©\s*Crown copyright|You may (?:re)?use this",
    re.IGNORECASE,
)


def find_end(lines: Sequence[PrintedLine]) -> tuple[int, list[str]]:
    """Return the number of lines of the report itself, and a warning if other papers follow it.

    `lines` begin with the findings.
    """
    closed = False
    top = 0
    for i, line in enumerate(lines):
        if i and line.page != lines[i - 1].page:
            top = i
        at_top = top > 0 and i - top < _TOP_LINES
        if (at_top or (closed and line.after_blank_line)) and _is_title(line.text):
            return (top if at_top else i), [_warning(line.page, lines[-1].page)]
        closed = closed or bool(_CLOSING.match(line.text))
    return len(lines), []


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and text[:1].isupper() and bool(_TITLE.match(text)) and text[-1] not in ".,;"


def _warning(first: int, last: int) -> str:
    pages = f"page {first}" if first == last else f"pages {first} to {last}"
    return f"{pages}: other papers follow the end of this document; they are left out"
