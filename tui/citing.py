"""The citation of a place in a held document, and the passage that stands there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.naming import authority_of, named_inspection

if TYPE_CHECKING:
    from reinspect.model import Document, Evidence, Inspection, Passage, Pin, StoredDocument
    from store import Store

_PLACE = re.compile(r"(?P<text>.+?):(?P<page>\d+)(?::(?P<paragraph>\d+))?")
_YEAR = re.compile(r"(?P<text>[^:]+:\d{4}):(?P<page>\d+)(?::(?P<paragraph>\d+))?")
_SHA256 = re.compile(r"[0-9a-f]{6,64}")
_OPENING = 10


def cited(store: Store, held: StoredDocument, evidence: Evidence) -> str:
    """Where something is printed in a document that the store holds, in words."""
    inspection = store.inspection(held.inspection) if held.inspection else None
    return cited_in(held.document, inspection, evidence)


def cited_in(document: Document, inspection: Inspection | None, evidence: Evidence) -> str:
    """Where something is printed, in words; a document that belongs to no inspection is named by its title."""
    from reinspect.exporting.citation import citation, place

    if inspection is None:
        return f'"{document.title}", which belongs to no inspection, {place(evidence.page, evidence.paragraph)}'
    return citation(inspection, authority_of(inspection).name, evidence)


def quoted(store: Store, typed: str, words: str = "", note: str = "") -> Pin:
    """The passage at a place, as a pin.

    The place is typed as a citation has it: an inspection or a document, a page and, where they are numbered, a
    paragraph: "camden:2022:7:41". `words` are some of the passage's, where the page holds several.

    Raises:
        NotFoundError: there is no such place, or more than one passage there; the message shows how they begin.
    """
    from reinspect.basket import quote

    held, page, paragraph = _place(store, typed)
    here = [
        passage
        for passage in store.passages(held.document.sha256)
        if _stands_on(passage, page) and passage.role != "heading" and paragraph in {None, passage.paragraph}
    ]
    passage = _only(here, " ".join(words.split()).casefold(), typed)
    return quote(passage, cited(store, held, passage.evidence), held.inspection, note)


def _place(store: Store, typed: str) -> tuple[StoredDocument, int, int | None]:
    """The document, the page and the paragraph that are typed; an inspection stands for its reading text."""
    from reinspect.errors import NotFoundError

    found = _YEAR.fullmatch(typed) or _PLACE.fullmatch(typed)
    if found is None:
        raise NotFoundError(
            f'"{typed}" is no place; one is written INSPECTION:PAGE:PARAGRAPH, such as camden:2022:7:41'
        )
    text = found["text"]
    sha256 = text if _SHA256.fullmatch(text) else named_inspection(store, text).primary_text
    if sha256 is None:
        raise NotFoundError(f"no text of {text} is held; `reinspect add` takes its report or letter in")
    return store.document(sha256), int(found["page"]), int(found["paragraph"]) if found["paragraph"] else None


def _stands_on(passage: Passage, page: int) -> bool:
    return page == passage.page or any(page == further for further, _, _ in passage.runs_on)


def _only(here: list[Passage], words: str, typed: str) -> Passage:
    from reinspect.errors import NotFoundError

    meant = [passage for passage in here if words in " ".join(passage.text.split()).casefold()]
    if len(meant) == 1:
        return meant[0]
    if not meant:
        raise NotFoundError(f"nothing is printed at {typed}" + (f' with the words "{words}"' if here else ""))
    openings = "; ".join(" ".join(passage.text.split()[:_OPENING]) for passage in meant)
    raise NotFoundError(f"{len(meant)} passages are printed at {typed}; add some words of the one you mean: {openings}")
