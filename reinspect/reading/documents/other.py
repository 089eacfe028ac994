"""Whatever no other type recognised: its text is kept for search, and it claims no judgement."""

from __future__ import annotations

from reinspect.model import Account, Reading
from reinspect.reading.blocks import blocks_of
from reinspect.reading.passages import passages_of
from reinspect.reading.sections import Place, places
from reinspect.reading.source import Source, named_authority

_HEAD = 1500
"""Characters at the start of a document that say whose it is."""


def read(source: Source) -> Reading:
    """The Reading of a document of unknown type: its passages, and the authority if its opening names one."""
    blocks = blocks_of(source.body(lambda _: False), lambda _lines, _at: None)
    where = places(blocks, Place("finding", None, "authority", None))
    opening = " ".join(source.pages)[:_HEAD]
    account = Account(authority=named_authority(opening))
    return source.reading(
        "other",
        account,
        passages_of(blocks, where, source.document.sha256),
        ["of no known type: its text is kept for search, and no judgement is taken from it"],
    )
