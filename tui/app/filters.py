"""Which part of the texts a person looks at: what is to improve, a strand, a kind of text, a framework, some years."""

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
    """Where to look; all of it, where nothing is set.

    The kind, the framework and the years choose among the texts; `improvements` and the strand among their passages.
    `whose` texts these are is "authority" or "cohort", the selected ones, "beside", the one beside the other, "all", or
    a cohort of its own, such as "region:London".
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
        """The same in words, empty where nothing is set: "only what is to improve, on leaders, in letters"."""
        return ", ".join([*self._of_passages(), *self._of_texts()])

    @property
    def words_of_passages(self) -> str:
        """That part of it which chooses among the passages of a text."""
        return ", ".join(self._of_passages())

    def holds(self, store: Store, held: StoredDocument) -> bool:
        """Whether a text is among those chosen, but for the years."""
        inspection = store.inspection(held.inspection) if held.inspection and self.framework else None
        framework = inspection.framework if inspection else None
        return self.kind in {None, held.document.kind} and self.framework in {None, framework}

    def looks_at(self, selection: Selection) -> tuple[str | None, str | None]:
        """The authority and the cohort whose texts are meant, while these are selected; None and None are all."""
        authority = selection.authority if self.whose in {"authority", "beside"} else None
        if self.whose in {"cohort", "beside"}:
            return authority, selection.cohort
        return authority, self.whose if ":" in self.whose else None

    def selection(self, documents: tuple[str, ...]) -> SearchScope:
        """The same for a search in these documents, of which the first come first."""
        from reinspect.phrases import SearchScope

        return SearchScope(
            documents=frozenset(documents),
            strands=frozenset({self.strand}) if self.strand else None,
            roles=frozenset({"improvement", "priority action"}) if self.improvements else None,
            first=documents,
        )

    def _of_passages(self) -> Iterator[str]:
        if self.improvements:
            yield "only what is to improve"
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
    """Every strand by its key, those of the latest frameworks first and by their names for them."""
    names: dict[str, str] = {}
    for framework in sorted(frameworks().values(), key=lambda each: each.first or date.min, reverse=True):
        names |= {strand.key: strand.name for strand in framework.strands if strand.key not in names}
    return names
