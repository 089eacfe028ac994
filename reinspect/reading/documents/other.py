"""Read documents of unknown type: the text can be searched, but no grades are read."""

from __future__ import annotations

import re

from reinspect.model import PrintedAuthority, Reading, SourceFacts
from reinspect.reading.document_text import DocumentText
from reinspect.reading.fields.authority import find_mentioned_authority
from reinspect.reading.fields.official_papers import name_official_paper
from reinspect.reading.fields.passages import build_passages
from reinspect.reading.fields.sections import SectionPlace, locate_blocks
from reinspect.reading.layout.blocks import group_blocks
from reinspect.reading.layout.lines import join_lines

_SUBJECT = re.compile(
    r"^\W*(?:\w+\s+){0,6}?(?:inspection|visit|revisit|review)\s+(?:of|to|in)\b(?!.*\b(?:was|were|is|has)\b)",
    re.IGNORECASE,
)
_SUBJECT_LINES = 120
"""Number of lines in which the subject line of a letter is, below the addresses of several bodies."""
_NAMED_CHARACTERS = 6000
_OPENING_CHARACTERS = 1500
"""Number of characters at the start of a document in which its authority is looked for."""


def read(source: DocumentText) -> Reading:
    """Read a document of unknown type: its passages, and the authority if the opening names one."""
    blocks = group_blocks(source.body(lambda _: False), lambda _lines, _index: None)
    places = locate_blocks(blocks, SectionPlace("finding", None, "authority", None))
    facts = SourceFacts(authority=_find_authority(source))
    kind = name_official_paper("\n".join(source.pages)[:_NAMED_CHARACTERS])
    named = f"this looks like {kind}" if kind else "unknown document type"
    return source.build_reading(
        "other",
        facts,
        build_passages(blocks, places, source.document.sha256),
        [f"{named}: the text can be searched, but no judgement is read from it"],
    )


def _find_authority(source: DocumentText) -> PrintedAuthority | None:
    """Return the authority that the subject line or title names, else the one that the opening mentions most."""
    lines = [line.text for line in source.lines[:_SUBJECT_LINES]]
    for i, line in enumerate(lines):
        if _SUBJECT.search(line):
            wrapped = (find_mentioned_authority(join_lines(lines[i : i + count])) for count in (1, 2, 3))
            if authority := next((found for found in wrapped if found), None):
                return authority
    return find_mentioned_authority("\n".join(source.pages)[:_OPENING_CHARACTERS])
