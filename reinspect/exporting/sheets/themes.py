"""Build pages about the themes of improvements: a table of all themes, and the improvements of one theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reinspect.authorities import authorities
from reinspect.comparing.themes.classify import themes
from reinspect.comparing.themes.shares import ThemedImprovement, ThemeShare
from reinspect.exporting.citation import citation, origin_of
from reinspect.exporting.sheet import Listing, Paragraph, Sheet, SheetCell, SheetItem, SheetSection, SheetTable
from reinspect.exporting.sheets.labels import LICENCE

_HOW = (
    "Each improvement has one theme, found by the words it uses. An inspection counts once for a theme. "
    "Themes group what was asked; they do not say how serious it was. Reports of 2013-17 list more improvements than "
    "later ones and letters fewer, so compare themes within a period rather than one theme across periods."
)
# Years in one column of the table.
_PERIOD = 3
# With fewer inspections than this, a share says little.
_FEW = 5


def themes_sheet(shares: Sequence[ThemeShare], elsewhere: Mapping[str, ThemeShare], description: str) -> Sheet:
    """Return a page with one row for each theme: how many inspections ask for it, in all and by period.

    `elsewhere` has the shares of all other authorities by theme key, for comparison; it may be empty.
    """
    if not shares:
        return _page(description, [SheetSection(heading="Themes", blocks=(Paragraph(text=_nothing()),))])
    periods = _periods(shares)
    rows = [_row(share, periods, elsewhere) for share in shares]
    columns = ("Theme", "Inspections", "Share", *(f"{first}-{last % 100:02}" for first, last in periods))
    table = SheetTable(
        columns=(*columns, "Others") if elsewhere else columns,
        rows=tuple(tuple(SheetCell(text=text) for text in row) for row in rows),
        narrow="split",
    )
    base = f"{shares[0].of} inspections list what is to improve."
    few = " That is too few to compare shares." if shares[0].of < _FEW else ""
    return _page(description, [SheetSection(heading="Themes", blocks=(Paragraph(text=base + few), table))])


def theme_sheet(shares: Sequence[ThemeShare], key: str, description: str) -> Sheet:
    """Return a page that lists the improvements of one theme, the latest first, each with its source."""
    theme = themes()[key]
    if not shares:
        nothing = Paragraph(text=f"No stored inspection asks for this ({theme.name}).")
        return _page(description, [SheetSection(heading=theme.name, blocks=(nothing,))])
    share = shares[0]
    base = Paragraph(text=f"Asked in {share.inspections} of {share.of} inspections ({_percent(share)}).")
    items = tuple(
        SheetItem(text=item.improvement.text, citation=_source(item), evidence=item.improvement.evidence)
        for item in share.improvements
    )
    return _page(description, [SheetSection(heading=theme.name, blocks=(base, Listing(items=items)))])


def _row(share: ThemeShare, periods: list[tuple[int, int]], elsewhere: Mapping[str, ThemeShare]) -> list[str]:
    name = share.theme.name if share.theme else "(no theme)"
    row = [name, str(share.inspections), _percent(share), *(_period_share(share, *period) for period in periods)]
    if elsewhere:
        other = elsewhere.get(share.theme.key) if share.theme else None
        row.append(f"{_percent(other)} of {other.of}" if other else "none")
    return row


def _periods(shares: Sequence[ThemeShare]) -> list[tuple[int, int]]:
    """Return the periods of the table as (first year, last year), the last one ending with the latest year."""
    years = [entry.year for entry in shares[0].years]
    if not years:
        return []
    first = max(years) - (max(years) - min(years)) // _PERIOD * _PERIOD - _PERIOD + 1
    return [(start, start + _PERIOD - 1) for start in range(first, max(years) + 1, _PERIOD)]


def _period_share(share: ThemeShare, first: int, last: int) -> str:
    inside = [entry for entry in share.years if first <= entry.year <= last]
    asked, of = sum(entry.inspections for entry in inside), sum(entry.of for entry in inside)
    if of < _FEW:
        return f"{asked} of {of}" if of else ""
    return f"{100 * asked / of:.0f} %"


def _percent(share: ThemeShare) -> str:
    return f"{100 * share.share:.0f} %"


def _source(item: ThemedImprovement) -> str:
    origin = origin_of(item.inspection, "improvements")
    return citation(item.inspection, _name(item), item.improvement.evidence, origin)


def _name(item: ThemedImprovement) -> str:
    authority = authorities().by_slug(item.inspection.authority)
    return authority.name if authority else item.inspection.authority


def _nothing() -> str:
    return "No stored inspection lists what is to improve: add reports and letters (reinspect add, reinspect fetch)."


def _page(description: str, sections: list[SheetSection]) -> Sheet:
    title = f"What inspections ask to improve: {description}"
    return Sheet(title=title, head=(_HOW,), sections=tuple(sections), foot=(LICENCE,))
