"""Answer "who was asked to improve this, and was later reported better?": who to call."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.authorities import authorities
from reinspect.comparing.themes.classify import Theme, themes
from reinspect.comparing.themes.following import FollowedImprovement
from reinspect.comparing.themes.solved import SolvedImprovement, find_solved
from reinspect.model import Authority

if TYPE_CHECKING:
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable


class SolvedAnswer(Answer, frozen=True, kw_only=True):
    """The improvements of a theme that a later text firmly reports better, the nearest authorities first.

    `asking` is the authority that wants to know, or None. `asked` counts the other authorities that were asked, as far
    as a later text could speak of it; `description` names the group they are from.
    """

    theme: Theme
    asking: Authority | None
    solved: tuple[SolvedImprovement, ...]
    asked: int
    description: str

    @property
    def solvers(self) -> int:
        """The number of authorities that were reported better."""
        return len({one.authority.slug for one in self.solved})

    @property
    def file_name(self) -> str:
        """A name such as "life-story-solved"."""
        return f"{self.theme.key}-solved"

    def sheet(self) -> Sheet:
        """Return a page with each authority, what was asked and what was reported later, with citations."""
        from reinspect.exporting.sheets.solved_themes import solved_sheet

        return solved_sheet(self.theme, self.solved, self.asked, self.asking, self.description)

    def tables(self) -> tuple[TidyTable, ...]:
        """Return a row for each improvement that was reported better, with both passages."""
        from reinspect.exporting.tables.solved_themes import solved_table

        return (solved_table(self.solved),)

    def records(self) -> list[JsonObject]:
        """Return a JSON object for each improvement that was reported better."""
        from reinspect.exporting.theme_records import solved_record

        return [solved_record(one) for one in self.solved]


def answer_solved(
    followed: Iterable[FollowedImprovement], theme: str, asking: Authority | None, description: str
) -> SolvedAnswer:
    """Return who solved a theme, the nearest to `asking` first."""
    items = [one for one in followed if one.choice.theme == theme]
    own = asking.slug if asking else None
    return SolvedAnswer(
        theme=themes()[theme],
        asking=asking,
        solved=find_solved(items, theme, authorities(), asking),
        asked=len({one.inspection.authority for one in items if one.last and one.inspection.authority != own}),
        description=description,
    )
