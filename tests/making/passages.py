"""Passages for tests of phrases, in our own words; each string is one passage."""

from __future__ import annotations

from hashlib import sha256

from reinspect.model import Passage, Role
from reinspect.phrases import Index


def sha_of(name: str) -> str:
    """Return the sha256 of the document with this name."""
    return sha256(name.encode()).hexdigest()


def passages(name: str, *texts: str, role: Role = "finding", strand: str | None = None, page: int = 1) -> list[Passage]:
    """Return passages of one document, all on one page."""
    return [
        Passage(
            document=sha_of(name),
            page=page,
            start=0,
            end=len(text),
            text=text,
            paragraph=number,
            role=role,
            strand=strand,
        )
        for number, text in enumerate(texts, 1)
    ]


def index_of(**documents: tuple[str, ...]) -> Index:
    """Build an index of documents; each is given by its name and the texts of its passages."""
    return Index.build((sha_of(name), passages(name, *texts)) for name, texts in documents.items())
