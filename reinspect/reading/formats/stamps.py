"""Find words that are printed on a page only to say how it may be used: "DRAFT", "Not for publication".

    top of page 4  "OFFICIAL - SENSITIVE"                   left out
                   "12. Staff know the children well."      kept

Such words stand alone on their line. At the top or bottom of a page they are left out in any form, within it only in
capitals: a sentence may end in a line of one word ("confidential").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

STAMPED = "left out: words on how the page may be used"
"""The note about a page that had such words."""
_WORDS = (
    r"draft|confidential|embargoed|embargo|restricted|official|sensitive|protect|copy|specimen|sample|proof|void|secret"
    r"|unclassified|pre-?publication|uncorrected|provisional|publication|circulation|distribution|exempt|private"
)
_STAMP_WORD = re.compile(rf"\b(?:{_WORDS})\b", re.IGNORECASE)
_STAMP = re.compile(
    rf"\W*(?:(?:{_WORDS}|final|not|for|wider|until|further|notice|release|sharing|share|internal|use|only|factual"
    r"|accuracy|check|comments?|members|version|v?\d+(?:\.\d+)*|do|or|and|in|strictly)\W*){1,8}",
    re.IGNORECASE,
)
_LONGEST = 60
"""Number of characters of the longest such words."""
_EDGE_LINES = 2
_GOES_ON = re.compile(r"[a-z,;–-]$")
"""The end of a line whose sentence may go on in the next."""


def is_stamp(text: str) -> bool:
    """Return whether a text only says how a page may be used: "DRAFT", "OFFICIAL - SENSITIVE"."""
    text = text.strip()
    return len(text) <= _LONGEST and bool(_STAMP_WORD.search(text)) and _STAMP.fullmatch(text) is not None


def strip_stamps(pages: Sequence[str]) -> tuple[list[str], list[int]]:
    """Return the pages without lines that only say how they may be used, and the numbers (from 1) of those pages."""
    stripped: list[str] = []
    stamped: list[int] = []
    for number, page in enumerate(pages, start=1):
        short = (line for line in page.split("\n") if len(line.strip()) <= _LONGEST)
        text = _strip_page(page) if any(map(_STAMP_WORD.search, short)) else page
        stripped.append(text)
        if text != page:
            stamped.append(number)
    return stripped, stamped


def _strip_page(page: str) -> str:
    lines = page.split("\n")
    printed = [i for i, line in enumerate(lines) if line.strip()]
    edges = {*printed[:_EDGE_LINES], *printed[-_EDGE_LINES:]}
    kept = [line for i, line in enumerate(lines) if not _is_stamp_line(lines, i, i in edges)]
    return "\n".join(kept) if any(line.strip() for line in kept) else page


def _is_stamp_line(lines: Sequence[str], i: int, at_edge: bool) -> bool:
    text = lines[i].strip()
    if not is_stamp(text) or text.endswith("."):
        return False
    if text.isupper():
        return True
    return at_edge and text[:1].isupper() and not (i and _GOES_ON.search(lines[i - 1].strip()))
