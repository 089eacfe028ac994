"""Filters of a phrase search: authorities, kind of text, framework, years, and kinds of passages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from reinspect.frameworks import frameworks

if TYPE_CHECKING:
    from reinspect.model import StoredDocument
    from reinspect.phrases import SearchScope
    from store import Store
    from tui.app.selection import Selection


class Filters(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The filters of a phrase search; the defaults let everything through.

    `kind`, `framework`, `since` and `until` choose texts; `improvements` and `strand` choose passages within them (a
    passage is one paragraph or list item). `whose` chooses the authorities: "authority" (the selected one), "cohort"
    (the selected comparison group), "beside" (the authority compared with the group), "all", or an expression such as
    "region:London".
    """

    whose: str = "authority"
    improvements: bool = False
    strand: str | None = None
    kind: str | None = None
    framework: str | None = None
    since: str | None = None
    until: str | None = None

    @property
    def words(self) -> str:
        """The filters in words, "" for none: "only what needs to improve, on leaders, in letters"."""
        return ", ".join([*self._of_passages(), *self._of_texts()])

    @property
    def words_of_passages(self) -> str:
        """The filters of passages in words: "only what needs to improve, on leaders"."""
        return ", ".join(self._of_passages())

    def holds(self, store: Store, document: StoredDocument) -> bool:
        """Return whether a document passes the filters of kind and framework; the years are not looked at."""
        inspection = store.inspection(document.inspection) if document.inspection and self.framework else None
        framework = inspection.framework if inspection else None
        return self.kind in {None, document.document.kind} and self.framework in {None, framework}

    def looks_at(self, selection: Selection) -> tuple[str | None, str | None]:
        """Return the authority and the comparison group to search, given the selection; (None, None) is everything."""
        authority = selection.authority if self.whose in {"authority", "beside"} else None
        if self.whose in {"cohort", "beside"}:
            return authority, selection.cohort
        return authority, self.whose if ":" in self.whose else None

    def selection(self, documents: tuple[str, ...]) -> SearchScope:
        """Return the scope of a search in these documents; results of equal score come in their order."""
        from reinspect.phrases import SearchScope

        return SearchScope(
            documents=frozenset(documents),
            strands=frozenset({self.strand}) if self.strand else None,
            roles=frozenset({"improvement", "priority action"}) if self.improvements else None,
            first=documents,
        )

    def _of_passages(self) -> Iterator[str]:
        if self.improvements:
            yield "only what needs to improve"
        if self.strand:
            yield f"on {strand_names()[self.strand].lower()}"

    def _of_texts(self) -> Iterator[str]:
        if self.kind:
            yield f"in {self.kind}{'' if self.kind == 'coverage' else 's'}"
        if self.framework:
            yield f"under {frameworks()[self.framework].short}"
        if self.since:
            yield f"since {self.since}"
        if self.until:
            yield f"until {self.until}"


def strand_names() -> dict[str, str]:
    """Return the name of each strand by its key; if frameworks name it differently, the latest name counts."""
    names: dict[str, str] = {}
    for framework in sorted(frameworks().values(), key=lambda framework: framework.first or date.min, reverse=True):
        names |= {strand.key: strand.name for strand in framework.strands if strand.key not in names}
    return names
