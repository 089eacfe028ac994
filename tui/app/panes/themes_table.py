"""The table of themes in Authorities: shares, bars by year, what rises and falls, and one authority's own numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from textual.content import Content

from reinspect.answers import Library
from reinspect.answers.themes import ThemesAnswer
from reinspect.comparing.themes.own_themes import OwnTheme
from reinspect.comparing.themes.shares import ThemeShare, YearShare
from reinspect.model import Authority
from tui.app.widgets.bars import year_bars
from tui.app.widgets.grades import STRONG, quiet
from tui.app.widgets.table import TableColumn, TableLine
from tui.selection import Selection

NO_THEME = "(no theme)"
_TRENDS = {"rising": ("↑", "bold $grade-improve"), "falling": ("↓", "bold $grade-outstanding")}
_LEAST_NAME, _GAP = 16, 2
FEW = 5
"""With fewer inspections in a year, its share says little."""
_PER_MILLE = 1000


class ThemesView(msgspec.Struct, frozen=True, kw_only=True):
    """The themes of a group or of everybody, and those of the selected authority compared with the others.

    `typed` is the group if a person typed it; `has_group` is False if they are everybody's.
    """

    answer: ThemesAnswer
    typed: str = ""
    has_group: bool = False
    own: ThemesAnswer | None = None
    authority: Authority | None = None

    def own_share(self, share: ThemeShare) -> ThemeShare | None:
        """Return the authority's own share of a theme, or None if it was never asked."""
        return next((own for own in self.own.shares if own.theme == share.theme), None) if self.own else None

    @property
    def own_number(self) -> int:
        """The authority's inspections that list what is to improve."""
        return self.own.shares[0].of if self.own and self.own.shares else 0

    def more(self, share: ThemeShare) -> OwnTheme | None:
        """Return the theme if the authority is asked it more often than the others."""
        return _among(self.own.own.more if self.own and self.own.own else (), share)

    def never(self, share: ThemeShare) -> OwnTheme | None:
        """Return the theme if the authority was never asked it, though that was to be expected."""
        return _among(self.own.own.never if self.own and self.own.own else (), share)


ORDERS: dict[str, Callable[[ThemesView, ThemeShare], Any]] = {
    "most asked first": lambda _, share: (share.theme is None, -share.inspections),
    "by name": lambda _, share: (share.theme is None, name_of(share)),
    "rising first": lambda _, share: (share.theme is None, -_change(share)),
    "own first": lambda view, share: (
        share.theme is None,
        -(own.inspections if (own := view.own_share(share)) else 0),
        -share.inspections,
    ),
}


def ask_themes(library: Library, selection: Selection, typed: str) -> ThemesView:
    """Return the themes of a typed group, else of the selected group or of everybody."""
    group = typed if ":" in typed else ""
    cohort, slug = group or selection.cohort, selection.authority
    return ThemesView(
        answer=library.themes(cohort=cohort),
        typed=group,
        has_group=bool(cohort),
        own=library.themes(slug, cohort) if slug else None,
        authority=library.authority(slug) if slug else None,
    )


def themes_table(
    view: ThemesView, shares: Sequence[ThemeShare], room: int
) -> tuple[list[TableColumn], list[TableLine]]:
    """Return the columns and rows of these themes that fit into `room` cells."""
    years = [entry.year for share in view.answer.shares[:1] for entry in share.years]
    # Without a year of enough inspections there is no bar; the lines beside the table say why.
    span = range(years[0], years[-1] + 1) if any(map(has_bar, shares[0].years if shares else ())) else range(0)
    bars = [TableColumn("years", Content(f"{span[0]}-{span[-1] % 100:02}"), max(len(span), 7))] if span else []
    others = [
        TableColumn("asked", Content("Asked"), 5),
        TableColumn("share", Content("Share"), 6),
        *bars,
        TableColumn("own", Content("Own"), 6),
    ]
    left = room - sum(_GAP + (column.width or 0) for column in others) - _GAP
    longest = max((len(name_of(share)) for share in shares), default=_LEAST_NAME)
    columns = [TableColumn("theme", Content("Theme"), min(longest, max(left, _LEAST_NAME))), *others]
    return columns, [TableLine(name_of(share), _cells(view, share, span)) for share in shares]


def themes_titles(view: ThemesView, number: int, order: str) -> tuple[str, ...]:
    """Return "12 of 60 themes in 311 inspections, most asked first · own: Camden, 5", and the same in fewer words."""
    shares = view.answer.shares
    total = sum(share.theme is not None for share in shares)
    count = str(total) if number >= total else f"{number} of {total}"
    of = shares[0].of if shares else 0
    whose = "" if view.answer.description == "all authorities" else f" of {view.answer.description}"
    own = f" · own: {view.authority.name}, {view.own_number}" if view.authority else ""
    themes = f"{count} themes in {of} inspections"
    return (
        f"{themes}{whose}, {order}{own}",
        f"{themes}{whose}, {order}",
        f"{themes}{whose}",
        f"{themes}, {order}",
        themes,
    )


def name_of(share: ThemeShare) -> str:
    """Return the name of a theme."""
    return share.theme.name if share.theme else NO_THEME


def has_bar(entry: YearShare) -> bool:
    """Return whether there are enough inspections in a year for a bar."""
    return entry.of >= FEW


def trend_sign(share: ThemeShare) -> Content:
    """Return an arrow for a theme that rises or falls, else nothing."""
    sign, style = _TRENDS.get(share.trend or "", ("", ""))
    return Content.styled(sign, style) if sign else Content("")


def _cells(view: ThemesView, share: ThemeShare, span: range) -> list[Content]:
    own = view.own_share(share)
    return [
        Content(name_of(share)),
        Content(f"{share.inspections:>5}"),
        Content.assemble(f"{100 * share.share:>2.0f} % ", trend_sign(share)),
        *([_bars(share, span)] if span else []),
        _own(view, share, own),
    ]


def _own(view: ThemesView, share: ThemeShare, own: ThemeShare | None) -> Content:
    """Return how often the authority was asked: "3 of 5", "+" where more often than the others; "never"."""
    if own is None:
        return quiet("never") if view.never(share) else Content("")
    counts = f"{own.inspections} of {own.of}"
    return Content.styled(f"{counts}+", STRONG) if view.more(share) else Content(counts)


def _bars(share: ThemeShare, span: range) -> Content:
    """Return a bar for each year, as high as the share is.

    A dot is a year in which none ask, a space one with too few inspections.
    """
    shares = {entry.year: _PER_MILLE * entry.inspections // entry.of for entry in share.years if has_bar(entry)}
    # The span of all themes, so that the bars of one year are below each other.
    by_year = dict.fromkeys((span[0], span[-1]), 0) | shares
    bars = year_bars(by_year) if any(shares.values()) else quiet("·" * len(span))
    return Content("").join(
        bar if year in shares else Content(" ") for year, bar in zip(span, _letters(bars), strict=True)
    )


def _letters(line: Content) -> Iterator[Content]:
    return (line[place] for place in range(len(line)))


def _change(share: ThemeShare) -> float:
    if share.periods is None:
        return 0.0
    before, now = share.periods
    return now.inspections / now.of - before.inspections / before.of


def _among(themes: Sequence[OwnTheme], share: ThemeShare) -> OwnTheme | None:
    return next((one for one in themes if one.theme == share.theme), None)
