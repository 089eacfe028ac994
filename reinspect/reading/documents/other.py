"""Whatever no other type recognised: its text is kept for search, and it claims no judgement."""

from __future__ import annotations

from reinspect.model import Reading, SourceFacts
from reinspect.reading.fields.passages import passages_of
from reinspect.reading.fields.sections import SectionPlace, places
from reinspect.reading.layout.blocks import blocks_of
from reinspect.reading.source import PageText, mentioned_authority

_HEAD = 1500
"""Characters at the start of a document that say whose it is."""


def read(source: PageText) -> Reading:
    """The Reading of a document of unknown type: its passages, and the authority if its opening names one."""
    blocks = blocks_of(source.body(lambda _: False), lambda _lines, _at: None)
    where = places(blocks, SectionPlace("finding", None, "authority", None))
    opening = " ".join(source.pages)[:_HEAD]
    facts = SourceFacts(authority=mentioned_authority(opening))
    return source.reading(
        "other",
        facts,
        passages_of(blocks, where, source.document.sha256),
        ["of no known type: its text is kept for search, and no judgement is taken from it"],
    )
