"""A document that is read page by page, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reinspect.errors import NotFoundError

if TYPE_CHECKING:
    from tui.source import OpenDocument


class PageReader:
    """A document, open at a page of it."""

    def __init__(self, source: OpenDocument) -> None:
        self._source = source
        self._page = source.evidence.page

    def page(self, typed: str = "") -> str:
        """The page of that number, or the next one where none is typed.

        Raises:
            NotFoundError: there is none of that number.
        """
        if typed and not typed.isdecimal():
            raise NotFoundError("name a page by its number")
        return self._turned(int(typed) if typed else self._page + 1)

    def here(self) -> str:
        """The page where it is open."""
        return self._turned(self._page)

    def contents(self) -> Iterator[str]:
        """The sections, each with the page on which it begins.

        Raises:
            NotFoundError: none is known.
        """
        if not self._source.sections:
            raise NotFoundError("no sections are known of it; page goes on")
        for section in self._source.sections:
            yield f"Page {section.evidence.page}: {section.heading}"

    def find(self, words: str) -> Iterator[str]:
        """The passages that have all these words, in any order and case, each with its page.

        Raises:
            NotFoundError: there is none.
        """
        sought = words.casefold().split()
        if not sought:
            raise NotFoundError("name the words to find")
        found = [each for each in self._source.passages if all(word in each.text.casefold() for word in sought)]
        if not found:
            raise NotFoundError(f'it has no passage with the words "{words}"')
        for passage in found:
            yield f"Page {passage.page}: {passage.text}"

    def _turned(self, page: int) -> str:
        pages = self._source.pages
        if not 1 <= page <= len(pages):
            raise NotFoundError(f"there is no page {page}; it has {len(pages)}, and back leaves it")
        self._page = page
        return f"{self._source.title}\nPage {page} of {len(pages)}\n\n{pages[page - 1]}\n"
