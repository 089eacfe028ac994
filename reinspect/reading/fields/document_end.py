"""Find the end of a report or letter in a pack: a council's own papers may be bound behind it.

    page 3  "7. Leaders know their service well."
    page 4  "Appendix B – Action plan"             the pack goes on here: this page is left out, and a warning names it

Such a paper has its title at the top of a page, or follows the page with the signature of the letter or the imprint of
the report. In a text without pages only a title behind these shows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reinspect.reading.layout.lines import PrintedLine

_TITLE = re.compile(
    r"(?:(?:Appendix|Appendices|Annexe?|Enclosure|Attachment|Agenda\s+item|Item)\s*(?:no\.?\s*)?[A-Z\d]{1,3}\b"
    r"|(?:[\w’',&-]+\s+){0,8}?(?:action|improvement|implementation)\s+plan(?:\s+(?:\d[\d/–-]*|[–:(-].{0,40}))?$"
    r"|(?:minutes|agenda)\s+of\b|(?:public\s+)?reports?\s+pack\b"
    r"|(?:report|briefing|response|note)\s+(?:of|by|to|from|for)\s+(?:the\s+)?(?:\w+\s+){0,5}?"
    r"(?:director|cabinet|committee|council|board|scrutiny|members|chief|head|leader)\b"
    r"|(?:[\w’'-]+\s+){0,2}?(?:council|director|leader|management)[’']?s?[’']?\s+(?:response|statement)"
    r"(?:\s+(?:\d[\d/–-]*|[–:(-].{0,40}|(?:to|on)\s+(?:the\s+)?(?:Ofsted|inspection|report|letter)\b.{0,40}))?$"
    r"|equality\s+impact\b"
    r"|background\s+papers?\b|implications\b)",
    re.IGNORECASE,
)
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|does|do|will)\b", re.IGNORECASE)
"""A verb that makes a line the beginning of a sentence and not a title."""
_LONGEST_TITLE = 100
_TOP_LINES = 2
"""Another paper's title is among this many lines at the top of a page."""
_FEWEST_WORDS = 12
"""Number of words behind the signature or the imprint from which these are another paper."""
_FRONT_PAGES = 2
_SIGNED = re.compile(r"Yours?\s+sincerely", re.IGNORECASE)
_CLOSING = re.compile(
    r"Yours?\s+sincerely|The Office for Standards in Education|©\s*Crown copyright|You may (?:re)?use this",
    re.IGNORECASE,
)


def find_end(lines: Sequence[PrintedLine]) -> tuple[int, list[str]]:
    """Return the number of lines of the report itself, and a warning if other papers follow it."""
    titled, warnings = _find_title_after(lines)
    last = _find_last_page(lines[:titled])
    kept = next((i for i, line in enumerate(lines[:titled]) if line.page > last), titled)
    rest = lines[kept:titled]
    if sum(len(line.text.split()) for line in rest) < _FEWEST_WORDS and not any(
        line.text.endswith(".") for line in rest
    ):
        return titled, warnings  # the name of a further inspector, or a page number
    return kept, [_warning(lines[kept].page, lines[-1].page)]


def _find_last_page(lines: Sequence[PrintedLine]) -> int:
    """Return the page on which a letter is signed, or on which the last imprint of a report is printed."""
    closings = [line for line in lines if _CLOSING.match(line.text)]
    if not closings:
        return lines[-1].page if lines else 0
    if _SIGNED.match(closings[0].text):
        return closings[0].page
    imprints = [line.page for line in closings if not _SIGNED.match(line.text)]
    # Reports of 2013 have their imprint at the front.
    return imprints[-1] if imprints[-1] - lines[0].page >= _FRONT_PAGES else lines[-1].page


def _find_title_after(lines: Sequence[PrintedLine]) -> tuple[int, list[str]]:
    """Return the number of lines above the title of another paper, and a warning if there is one."""
    closed = False
    top = 0
    for i, line in enumerate(lines):
        if i and line.page != lines[i - 1].page:
            top = i
        at_top = top > 0 and i - top < _TOP_LINES
        if (at_top or (closed and line.after_blank_line)) and _is_title(lines, i):
            return (top if at_top else i), [_warning(line.page, lines[-1].page)]
        closed = closed or bool(_CLOSING.match(line.text))
    return len(lines), []


def _is_title(lines: Sequence[PrintedLine], i: int) -> bool:
    """Return whether a line is the title of another paper, and not the beginning of a sentence."""
    text = lines[i].text
    if len(text) > _LONGEST_TITLE or not text[:1].isupper() or text[-1] in ".,;" or not _TITLE.match(text):
        return False
    goes_on = i + 1 < len(lines) and lines[i + 1].page == lines[i].page and lines[i + 1].text[:1].islower()
    return not goes_on and not _FINITE.search(text)


def _warning(first: int, last: int) -> str:
    pages = f"page {first}" if first == last else f"pages {first} to {last}"
    return f"{pages}: other papers follow the end of this document; they are left out"
