"""Cite a position in a stored document, and find the passage that a citation names.

"camden:2022:7:41" -> page 7, paragraph 41 of the report on Camden's graded inspection of 2022
-> *Camden, ILACS inspection 25-29 April 2022, p. 7, para 41*
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from reinspect.answers.names import authority_of, find_inspection
from reinspect.basket import make_quote, mark_digest
from reinspect.errors import NotFoundError

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.model import Document, Evidence, Inspection, Passage, Pin, StoredDocument

_PLACE = re.compile(r"(?P<text>.+?):(?P<page>\d{1,9})(?::(?P<paragraph>\d{1,9}))?")
_PLACE_IN_YEAR = re.compile(r"(?P<text>[^:]+:\d{4}):(?P<page>\d{1,9})(?::(?P<paragraph>\d{1,9}))?")
_SHA256 = re.compile(r"[0-9a-f]{6,64}")
_EXCERPT_WORDS = 10


def cite(holdings: Holdings, stored: StoredDocument, evidence: Evidence) -> str:
    """Return the citation of a position in a stored document: "Camden, ILACS inspection 25-29 April 2022, p. 7"."""
    inspection = holdings.inspection(stored.inspection) if stored.inspection else None
    return cite_in(stored.document, inspection, evidence, stored.authority)


def cite_in(document: Document, inspection: Inspection | None, evidence: Evidence, authority: str | None = None) -> str:
    """Return the citation of a position in a document: "Camden, ILACS inspection 25-29 April 2022, p. 7".

    Without an inspection, the document's title is given, with the name of the `authority` (a slug) that it is about.
    """
    from reinspect.authorities import authorities
    from reinspect.exporting.citation import citation, place

    if inspection is None:
        known = authorities().by_slug(authority) if authority else None
        owner = f"{known.name}, " if known else ""
        where = place(evidence.page, evidence.paragraph)
        return f'{owner}"{document.shown_title}", which belongs to no inspection, {where}'
    return citation(inspection, authority_of(inspection).name, evidence)


def cite_pin(holdings: Holdings, pin: Pin) -> Pin:
    """Return a saved quote with its citation filled in, if the citation was missing.

    Raises:
        NotFoundError: the quoted document is not stored.
    """
    if pin.evidence is None:
        return pin
    stored = holdings.document(pin.evidence.document)
    citation = pin.citation or cite(holdings, stored, pin.evidence)
    inspection = pin.inspection if pin.citation else stored.inspection
    return replace(mark_digest(pin, stored.document), citation=citation, inspection=inspection)


def quote_passage(holdings: Holdings, place: str, words: str = "", note: str = "") -> Pin:
    """Return a passage of a stored document as a quote to save in the basket.

    `place` is INSPECTION:PAGE or INSPECTION:PAGE:PARAGRAPH, such as "camden:2022:7:41"; the sha256 of a document may
    replace the inspection. `words` choose one of several passages on the page.

    Raises:
        NotFoundError: no passage is there, or several; the message then shows how they begin.
    """
    stored, page, paragraph = _find_place(holdings, place)
    candidates = [
        passage
        for passage in holdings.passages(stored.document.sha256)
        if _is_on_page(passage, page) and passage.role != "heading" and paragraph in {None, passage.paragraph}
    ]
    passage = _only_match(candidates, " ".join(words.split()).casefold(), place)
    return make_quote(passage, cite(holdings, stored, passage.evidence), stored.inspection, note)


def _find_place(holdings: Holdings, typed: str) -> tuple[StoredDocument, int, int | None]:
    """Parse "camden:2022:7:41" into (document, page, paragraph or None)."""
    found = _PLACE_IN_YEAR.fullmatch(typed) or _PLACE.fullmatch(typed)
    if found is None:
        raise NotFoundError(f'"{typed}" is not a place; write INSPECTION:PAGE:PARAGRAPH, such as camden:2022:7:41')
    text = found["text"]
    sha256 = text if _SHA256.fullmatch(text) else find_inspection(holdings, text).primary_text
    if sha256 is None:
        raise NotFoundError(f"no text of {text} is stored; `reinspect add` imports its report or letter")
    return holdings.document(sha256), int(found["page"]), int(found["paragraph"]) if found["paragraph"] else None


def _is_on_page(passage: Passage, page: int) -> bool:
    return page == passage.page or any(page == further for further, _, _ in passage.runs_on)


def _only_match(passages: list[Passage], words: str, place: str) -> Passage:
    matches = [passage for passage in passages if words in " ".join(passage.text.split()).casefold()]
    if len(matches) == 1:
        return matches[0]
    if not matches:
        raise NotFoundError(f"nothing is printed at {place}" + (f' with the words "{words}"' if passages else ""))
    excerpts = "; ".join(" ".join(passage.text.split()[:_EXCERPT_WORDS]) for passage in matches)
    raise NotFoundError(f"{len(matches)} passages are printed at {place}; add some words of one of them: {excerpts}")
