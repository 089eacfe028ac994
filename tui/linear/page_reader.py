"""Read a document page by page as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reinspect.errors import NotFoundError
from tui.streams import is_number

if TYPE_CHECKING:
    from reinspect.answers.open_document import OpenDocument


class PageReader:
    """A document that is read page by page."""

    def __init__(self, document: OpenDocument) -> None:
        self._document = document
        self._page = document.evidence.page

    def page(self, typed: str = "") -> str:
        """Turn to the page with the typed number, or to the next page if nothing is typed; return its text.

        Raises:
            NotFoundError: there is no such page.
        """
        if typed and not is_number(typed):
            raise NotFoundError("name a page by its number")
        return self._turn_to(int(typed) if typed else self._page + 1)

    def here(self) -> str:
        """Return the text of the open page."""
        return self._turn_to(self._page)

    def contents(self) -> Iterator[str]:
        """Yield one line for each section: "Page 7: Leadership".

        Raises:
            NotFoundError: no section is known.
        """
        if not self._document.sections:
            raise NotFoundError("it has no known sections; page turns to the next page")
        for section in self._document.sections:
            yield f"Page {section.evidence.page}: {section.heading}"

    def find(self, words: str) -> Iterator[str]:
        """Yield one line for each passage that contains all the words: "Page 7: Plans are late."

        Raises:
            NotFoundError: no passage contains all the words.
        """
        sought = words.casefold().split()
        if not sought:
            raise NotFoundError("name the words to find")
        found = [
            passage for passage in self._document.passages if all(word in passage.text.casefold() for word in sought)
        ]
        if not found:
            raise NotFoundError(f'it has no passage with the words "{words}"')
        for passage in found:
            yield f"Page {passage.page}: {passage.text}"

    def _turn_to(self, page: int) -> str:
        pages = self._document.pages
        if not 1 <= page <= len(pages):
            raise NotFoundError(f"there is no page {page}; it has {len(pages)} pages. back leaves it")
        self._page = page
        return f"{self._document.title}\nPage {page} of {len(pages)}\n\n{pages[page - 1]}\n"
