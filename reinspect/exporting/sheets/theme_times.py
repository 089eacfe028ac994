"""Build a page on how long improvements take until a later text firmly reports them better."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reinspect.comparing.themes.classify import themes
from reinspect.comparing.themes.kaplan_meier import LEAST_AT_RISK, LEAST_AUTHORITIES, Curve
from reinspect.comparing.themes.time_to_better import TimedGroup
from reinspect.exporting.sheet import (
    Bar,
    BarChart,
    BarRow,
    Block,
    Paragraph,
    Sheet,
    SheetCell,
    SheetSection,
    SheetTable,
)
from reinspect.exporting.sheets.labels import LICENCE, counted

YEARS = (2, 3, 4, 5, 6, 8)
"""The years of the columns."""

_CHART_YEARS = range(1, 11)
_HOW = (
    "From the inspection that asked to the first later text that firmly reports better. What is still open counts as "
    "open until the last text that could have spoken of it: a graded report, or a letter that is on the matter "
    "(Kaplan-Meier). Undecided is neither."
)
_LEAST = (
    "Read the shares as the least, and compare them with each other: much that readers would call better is undecided "
    "here. Of 1,060 labelled improvements of 40 authorities, readers found 44 % better within six years, the firm "
    "statuses 23 %."
)
_BASE = (
    f"In brackets: the improvements that were still followed then. A dash: fewer than {LEAST_AT_RISK}, or of fewer "
    f"than {LEAST_AUTHORITIES} authorities: one improvement or one text would move the share by more than ten points."
)
_HEADINGS = {"theme": "By theme", "region": "By region", "grade": "By the overall grade that applied when it was asked"}


def theme_times_sheet(groups: Sequence[TimedGroup], description: str, theme: str | None) -> Sheet:
    """Return a page with the share that is reported better within some years, for each group with a base."""
    everything, parts = groups[0], groups[1:]
    about = f" ({themes()[theme].name})" if theme else ""
    title = f"How long until a later text reports better{about}: {description}"
    enough = everything.curve.at(1) is not None
    blocks: list[Block] = [Paragraph(text=_in_words(everything, enough=enough))]
    sections = []
    if enough:
        blocks.append(_table([everything]))
        for kind, heading in _HEADINGS.items():
            own = [group for group in parts if group.kind == kind]
            sections += [SheetSection(heading=heading, blocks=tuple(_blocks(kind, own)))] if own else []
    return Sheet(
        title=title,
        head=(_HOW, _LEAST, *([_BASE] if enough else [])),
        sections=(SheetSection(heading="All together", blocks=tuple(blocks)), *sections),
        foot=(LICENCE,),
    )


def _in_words(group: TimedGroup, *, enough: bool) -> str:
    curve = group.curve
    base = (
        f"{counted(curve.number, 'improvement')} of {counted(group.authorities, 'authority', 'authorities')} could be "
        f"followed into a later text; {curve.better} were firmly reported better."
    )
    return base if enough else f"{base} That is too few to say how long it takes: add more reports and letters."


def _blocks(kind: str, groups: Sequence[TimedGroup]) -> Iterator[Block]:
    """Yield a chart and a table of the groups with a base, and the names of those without."""
    said = [group for group in groups if group.curve.at(YEARS[0])]
    if said:
        yield times_chart(kind, said)
        yield _table(said)
    few = [f"{group.name} ({group.curve.number})" for group in groups if group not in said]
    if few:
        yield Paragraph(text=f"Too few to say: {', '.join(few)}.")


def times_chart(kind: str, groups: Sequence[TimedGroup]) -> BarChart:
    """Return the growing shares of some groups as rows of bars, a bar for each year after it was asked."""
    rows = tuple(
        BarRow(name=group.name, bars=tuple(_bar(group.curve, years) for years in _CHART_YEARS)) for group in groups
    )
    words = (f"{row.name}: {', '.join(bar.words for bar in row.bars if bar)}." for row in rows)
    return BarChart(
        key=f"times-by-{kind}",
        title="Share that is firmly reported better within so many years",
        alternative=" ".join(words),
        columns=tuple(f"{years} y" for years in _CHART_YEARS),
        rows=rows,
    )


def _bar(curve: Curve, years: int) -> Bar | None:
    point = curve.at(years)
    if point is None:
        return None
    return Bar(share=point.share, words=f"{years} years: {100 * point.share:.0f} %, {point.at_risk} still followed")


def _table(groups: Sequence[TimedGroup]) -> SheetTable:
    columns = ("Group", "Followed", "Better", *(f"In {years} years" for years in YEARS), "Half within")
    rows = tuple(tuple(SheetCell(text=text) for text in _row(group)) for group in groups)
    return SheetTable(columns=columns, rows=rows, narrow="split")


def _row(group: TimedGroup) -> Iterator[str]:
    yield group.name or "All"
    yield str(group.curve.number)
    yield str(group.curve.better)
    yield from (time_share(group.curve, years) for years in YEARS)
    yield half_within(group.curve) or "\N{EN DASH}"


def time_share(curve: Curve, years: float) -> str:
    """Return the share that is reported better within these years, and the number at risk: "15 % (112)"; or a dash."""
    point = curve.at(years)
    return f"{100 * point.share:.0f} % ({point.at_risk})" if point else "\N{EN DASH}"


def half_within(curve: Curve) -> str:
    """Return the time within which half are reported better: "7.3 years (11)"; "" if it is not reached with a base."""
    half = curve.half
    return f"{half.years:.1f} years ({half.at_risk})" if half else ""
