"""Filters on the texts that the Phrases pane looks at: improvements, strand, kind of text, framework, years."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from reinspect.answers.scope import Scope, strand_names
from reinspect.frameworks import frameworks
from tui.selection import Selection, scope_of


class Filters(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The filters of a search. Nothing is filtered by default.

    The kind, the framework and the years choose among the texts; `improvements` and the strand among their passages.
    `whose` is "authority", "cohort", "beside" (the authority compared with the cohort), "all", or a cohort of its own,
    such as "region:London".
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
        """The filters in words, "" if none is set: "only what is to improve, on leaders, in letters"."""
        return ", ".join([*self._of_passages(), *self._of_texts()])

    @property
    def words_of_passages(self) -> str:
        """The filters on passages, in words."""
        return ", ".join(self._of_passages())

    def scope(self, selection: Selection) -> Scope:
        """Return the same filters as the scope of a question, for what is selected."""
        return scope_of(
            selection,
            self.whose,
            improvements=self.improvements,
            strands=(self.strand,) if self.strand else (),
            kinds=(self.kind,) if self.kind else (),
            framework=self.framework,
            since=self.since,
            until=self.until,
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
