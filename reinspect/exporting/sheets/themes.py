"""Build pages about the themes of improvements: a table of all themes, and the improvements of one theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reinspect.authorities import authorities
from reinspect.comparing.themes.classify import themes
from reinspect.comparing.themes.groups import Grouping
from reinspect.comparing.themes.own_themes import OwnThemes
from reinspect.comparing.themes.shares import GroupShare, ThemedImprovement, ThemeShare, YearShare
from reinspect.exporting.citation import cite_asked
from reinspect.exporting.sheet import (
    Bar,
    BarChart,
    BarRow,
    Block,
    Listing,
    Paragraph,
    Sheet,
    SheetCell,
    SheetItem,
    SheetSection,
    SheetTable,
)
from reinspect.exporting.sheets.labels import credits_of
from reinspect.exporting.sheets.own_themes import own_themes_section

_HOW = (
    "Each improvement has one theme, found by the words it uses. An inspection counts once for a theme. "
    "Themes group what was asked; they do not say how serious it was. Reports of 2013-17 list more improvements than "
    "later ones and letters fewer, so compare themes within a period rather than one theme across periods."
)
_GRADE = "The grade is the overall grade that applied: of the inspection itself or, for a visit, of the latest before."
_CHANCE = (
    "The last three years compared with the three before: at least five points, and beyond chance for a theme alone. "
    "Of sixty themes, about three seem to change by chance. Lists have become shorter, so more themes fall than rise."
)
# Years in one column of the table.
_PERIOD = 3
# With fewer inspections than this, a share says little.
_FEW = 5
# A chart of all themes has those that at least this many inspections ask for.
_LEAST_IN_CHART = 10


def themes_sheet(
    shares: Sequence[ThemeShare],
    elsewhere: Mapping[str, ThemeShare],
    description: str,
    *,
    by: Grouping = "year",
    own: OwnThemes | None = None,
) -> Sheet:
    """Return a page with one row for each theme: how many inspections ask for it, in all and by group.

    `elsewhere` has the shares of the others by theme key, for comparison; it may be empty. `own` compares one authority
    with them.
    """
    if not shares:
        return _page(description, [SheetSection(heading="Themes", blocks=(Paragraph(text=_nothing()),))])
    base = f"{shares[0].of} inspections of social care list what is to improve."
    few = " That is too few to compare shares." if shares[0].of < _FEW else ""
    blocks: list[Block] = [Paragraph(text=base + few)]
    if shares[0].of >= _LEAST_IN_CHART and (chart := _chart(shares)):
        blocks.append(chart)
    blocks.append(_table(shares, elsewhere, by))
    sections = [
        *([own_themes_section(own)] if own else []),
        SheetSection(heading="Themes", blocks=tuple(blocks)),
        *_trends(shares),
    ]
    named = (*_names(shares), *(["others"] if elsewhere else []))
    return _page(description, sections, _GRADE if by == "grade" else "", named)


def theme_sheet(shares: Sequence[ThemeShare], key: str, description: str) -> Sheet:
    """Return a page about one theme: its shares by group, then its improvements, the latest first, with sources."""
    theme = themes()[key]
    if not shares:
        nothing = Paragraph(text=f"No stored inspection of social care asks for this ({theme.name}).")
        return _page(description, [SheetSection(heading=theme.name, blocks=(nothing,))])
    share = shares[0]
    blocks: list[Block] = [
        Paragraph(
            text=f"Asked in {share.inspections} of {share.of} inspections ({_percent(share)}). {trend_words(share)}"
        )
    ]
    if share.of >= _LEAST_IN_CHART and (chart := _chart(shares)):
        blocks.append(chart)
    if share.of >= _FEW:
        blocks.append(_groups_table(share))
    items = tuple(
        SheetItem(
            text=item.improvement.text,
            citation=_source(item),
            evidence=item.improvement.evidence,
            note="a person chose this theme" if item.choice.by_person else "",
        )
        for item in share.improvements
    )
    sections = [
        SheetSection(heading=theme.name, blocks=tuple(blocks)),
        SheetSection(heading="What was asked", blocks=(Listing(items=items),)),
    ]
    return _page(description, sections, _GRADE, _names(shares))


def _table(shares: Sequence[ThemeShare], elsewhere: Mapping[str, ThemeShare], by: Grouping) -> SheetTable:
    names = [name for name, _ in _columns(shares[0], by)]
    columns = ("Theme", "Inspections", "Share", *names)
    rows = [_row(share, by, elsewhere) for share in shares]
    return SheetTable(
        columns=(*columns, "Others") if elsewhere else columns,
        rows=tuple(tuple(SheetCell(text=text) for text in row) for row in rows),
        narrow="split",
    )


def _row(share: ThemeShare, by: Grouping, elsewhere: Mapping[str, ThemeShare]) -> list[str]:
    row = [_name_of(share), str(share.inspections), _percent(share), *(text for _, text in _columns(share, by))]
    if elsewhere:
        other = elsewhere.get(share.theme.key) if share.theme else None
        row.append(f"{_percent(other)} of {other.of}" if other else "none")
    return row


def _columns(share: ThemeShare, by: Grouping) -> list[tuple[str, str]]:
    """Return the heading and the text of each column of a theme that counts a group of inspections."""
    if by == "year":
        return [(f"{first}-{last % 100:02}", _period_share(share, first, last)) for first, last in _periods(share)]
    groups = {"framework": share.frameworks, "region": share.regions, "grade": share.grades}[by]
    return [(group.name, _of(group.inspections, group.of)) for group in groups]


def _groups_table(share: ThemeShare) -> SheetTable:
    """Return the shares of a theme by period, framework, region and grade, one below the other."""
    periods = [GroupShare(f"{first}-{last}", *_inside(share.years, first, last)) for first, last in _periods(share)]
    rows = [
        (kind, group.name, f"{group.inspections} of {group.of}", _share_of(group.inspections, group.of))
        for kind, groups in (
            ("year", periods),
            ("framework", share.frameworks),
            ("region", share.regions),
            ("grade", share.grades),
        )
        for group in groups
    ]
    return SheetTable(
        columns=("By", "Group", "Asked in", "Share"),
        rows=tuple(tuple(SheetCell(text=text) for text in row) for row in rows),
    )


def _chart(shares: Sequence[ThemeShare]) -> BarChart | None:
    """Return the shares by year as rows of bars, or None if no year has enough inspections."""
    years = [entry.year for entry in shares[0].years if entry.of >= _FEW]
    asked = [share for share in shares if share.theme and (share.inspections >= _LEAST_IN_CHART or len(shares) == 1)]
    if len(years) < 2 or not asked:
        return None
    span = range(years[0], years[-1] + 1)
    rows = []
    for share in asked:
        by_year = {entry.year: entry for entry in share.years if entry.of >= _FEW}
        rows.append(BarRow(name=_name_of(share), bars=tuple(_bar(by_year.get(year)) for year in span)))
    words = (f"{row.name}: {', '.join(bar.words for bar in row.bars if bar)}." for row in rows)
    return BarChart(
        key="themes-by-year",
        title="Share of the inspections of a year that ask for a theme",
        alternative=" ".join(words),
        columns=tuple(map(str, span)),
        rows=tuple(rows),
    )


def _bar(entry: YearShare | None) -> Bar | None:
    if entry is None:
        return None
    share = entry.inspections / entry.of
    return Bar(share=share, words=f"{entry.year}: {entry.inspections} of {entry.of} ({100 * share:.0f} %)")


def _trends(shares: Sequence[ThemeShare]) -> Iterator[SheetSection]:
    """Yield the themes that rise and those that fall, the largest change first."""
    blocks: list[Block] = []
    for direction in ("rising", "falling"):
        found = sorted((share for share in shares if share.theme and share.trend == direction), key=_change)
        if found:
            items = [SheetItem(text=f"{_name_of(share)}: {trend_words(share)}") for share in found]
            blocks += [Paragraph(text=f"{direction.capitalize()}:"), Listing(items=tuple(items))]
    if blocks:
        yield SheetSection(heading="Rising and falling", blocks=(Paragraph(text=_CHANCE), *blocks))


def _change(share: ThemeShare) -> float:
    before, now = share.periods or (YearShare(0, 0, 1), YearShare(0, 0, 1))
    return -abs(now.inspections / now.of - before.inspections / before.of)


def trend_words(share: ThemeShare) -> str:
    """Return the shares of the last three years and of the three before in words, or "" if they are too few."""
    if share.periods is None:
        return ""
    before, now = share.periods
    words = (
        f"{each.inspections} of {each.of} ({100 * each.inspections / each.of:.0f} %) in "
        f"{each.year - _PERIOD + 1}-{each.year}"
        for each in (before, now)
    )
    how = {"rising": "", "falling": "", "level": "; no clear change"}[share.trend or "level"]
    return f"{', '.join(words)}{how}."


def _periods(share: ThemeShare) -> list[tuple[int, int]]:
    """Return the periods of the table as (first year, last year), the last one ending with the latest year."""
    years = [entry.year for entry in share.years]
    if not years:
        return []
    first = max(years) - (max(years) - min(years)) // _PERIOD * _PERIOD - _PERIOD + 1
    return [(start, start + _PERIOD - 1) for start in range(first, max(years) + 1, _PERIOD)]


def _period_share(share: ThemeShare, first: int, last: int) -> str:
    return _of(*_inside(share.years, first, last))


def _inside(years: Sequence[YearShare], first: int, last: int) -> tuple[int, int]:
    """Return the inspections between two years that ask for a theme, and all that list improvements."""
    inside = [entry for entry in years if first <= entry.year <= last]
    return sum(entry.inspections for entry in inside), sum(entry.of for entry in inside)


def _of(asked: int, of: int) -> str:
    """Return a share in per cent, or as numbers if there are few inspections."""
    return (_share_of(asked, of) or f"{asked} of {of}") if of else ""


def _share_of(asked: int, of: int) -> str:
    return f"{100 * asked / of:.0f} %" if of >= _FEW else ""


def _name_of(share: ThemeShare) -> str:
    return share.theme.name if share.theme else "(no theme)"


def _percent(share: ThemeShare) -> str:
    return f"{100 * share.share:.0f} %"


def _source(item: ThemedImprovement) -> str:
    return cite_asked(item.inspection, _name(item), item.improvement)


def _name(item: ThemedImprovement) -> str:
    return authorities().name_of(item.inspection.authority)


def _nothing() -> str:
    return (
        "No stored inspection of social care lists what is to improve: "
        "add reports and letters (reinspect add, reinspect fetch)."
    )


def _names(shares: Sequence[ThemeShare]) -> list[str]:
    """Return the names of the authorities whose improvements are counted."""
    return list(dict.fromkeys(_name(item) for share in shares for item in share.improvements))


def _page(description: str, sections: Sequence[SheetSection], more: str = "", named: Sequence[str] = ()) -> Sheet:
    return Sheet(
        title=f"What inspections ask to improve: {description}",
        head=tuple(filter(None, (_HOW, more))),
        sections=tuple(sections),
        foot=credits_of(named or [description]),
    )
