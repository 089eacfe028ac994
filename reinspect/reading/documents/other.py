"""Read documents of unknown type: the text can be searched, but no grades are read."""

from __future__ import annotations

from reinspect.model import Reading, SourceFacts
from reinspect.reading.document_text import DocumentText
from reinspect.reading.fields.authority import find_mentioned_authority
from reinspect.reading.fields.passages import build_passages
from reinspect.reading.fields.sections import SectionPlace, locate_blocks
from reinspect.reading.layout.blocks import group_blocks

_OPENING_CHARACTERS = 1500
"""Number of characters at the start of a document in which its authority is looked for."""


def read(source: DocumentText) -> Reading:
    """Read a document of unknown type: its passages, and the authority if the opening names one."""
    blocks = group_blocks(source.body(lambda _: False), lambda _lines, _index: None)
    places = locate_blocks(blocks, SectionPlace("finding", None, "authority", None))
    opening = " ".join(source.pages)[:_OPENING_CHARACTERS]
    facts = SourceFacts(authority=find_mentioned_authority(opening))
    return source.build_reading(
        "other",
        facts,
        build_passages(blocks, places, source.document.sha256),
        ["unknown document type: the text can be searched, but no judgement is read from it"],
    )
