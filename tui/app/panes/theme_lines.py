"""The lines about one theme: who was asked, in which words; or who solved it, with both passages."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from reinspect.answers.solved_themes import SolvedAnswer
from reinspect.answers.theme_times import ThemeTimesAnswer
from reinspect.comparing.themes.shares import ThemedImprovement, ThemeShare
from reinspect.comparing.themes.solved import SolvedImprovement
from reinspect.exporting.citation import cite_asked, occasion
from reinspect.exporting.quoted_passage import supporting_passage
from reinspect.exporting.sheets.labels import counted
from reinspect.exporting.sheets.solved_themes import solved_heading, way_in_words
from reinspect.exporting.sheets.theme_times import YEARS, half_within
from reinspect.exporting.sheets.themes import trend_words
from reinspect.exporting.sparkline import years_in_words
from reinspect.exporting.tables.shared_columns import authority_name
from reinspect.model import Evidence, Inspection
from tui.app.digest_marks import printed_at
from tui.app.panes.themes_table import FEW, ThemesView, has_bar, trend_sign
from tui.app.widgets.bars import share_bar
from tui.app.widgets.grades import QUIET, STRONG, quiet
from tui.app.widgets.line_list import ListLine

_BAR = 20


def asked_theme_lines(view: ThemesView, share: ThemeShare) -> Iterator[ListLine]:
    """Yield the shares of a theme, what the selected authority was asked, and then everybody, the latest first."""
    yield ListLine(_head(share), heading=True)
    if words := trend_words(share):
        yield ListLine(Content.assemble(trend_sign(share), " " if trend_sign(share).plain else "", words), heading=True)
    if words := _years_without_bars(share):
        yield ListLine(quiet(words), heading=True)
    own = view.own_share(share)
    if view.authority:
        yield ListLine(Content.styled(_own_words(view, share), STRONG), heading=True)
        yield from map(_item_line, own.improvements if own else ())
    slug = view.authority.slug if view.authority else None
    others = [item for item in share.improvements if item.inspection.authority != slug]
    if others:
        yield ListLine(Content.styled("Others, the latest first", STRONG), heading=True)
    yield from map(_item_line, others)


def solved_lines(solved: SolvedAnswer, times: ThemeTimesAnswer) -> Iterator[ListLine]:
    """Yield how long it takes until better, and who was reported better, the nearest first."""
    yield ListLine(Content.styled(solved.theme.name, STRONG), heading=True)
    yield from _time_lines(times)
    asked = counted(solved.asked, "other authority", "other authorities")
    yield ListLine(
        Content(f"Asked and followed into a later text: {asked}. Firmly reported better: {solved.solvers}."),
        heading=bool(solved.solved),
    )
    closeness = ""
    for one in solved.solved:
        if one.closeness != closeness:
            closeness = one.closeness
            yield ListLine(Content.styled(solved_heading(closeness, solved.asking), STRONG), heading=True)
        yield from _solution_lines(one)


def _time_lines(times: ThemeTimesAnswer) -> Iterator[ListLine]:
    """Yield how many were followed, and a bar for the share that was reported better within some years."""
    curve = times.groups[0].curve
    base = f"{counted(curve.number, 'improvement')} followed, {curve.better} firmly reported better"
    points = [(years, point) for years in YEARS if (point := curve.at(years))]
    if not points:
        yield ListLine(quiet(f"{base}. Too few to say how long."))
        return
    yield ListLine(quiet(f"{base}, within"))
    for years, point in points:
        share = f"{100 * point.share:>4.0f} %  of {point.at_risk:<5}"
        bar = share_bar(round(1000 * point.share), 1000, _BAR)
        yield ListLine(Content.assemble(f"  {years} years ", (share, QUIET), bar), heading=True)
    if half := half_within(curve):
        yield ListLine(quiet(f"  Half within {half}."), heading=True)


def _solution_lines(one: SolvedImprovement) -> Iterator[ListLine]:
    followed = one.followed
    yield ListLine(Content.styled(way_in_words(one), "bold $grade-outstanding"), heading=True)
    asked = followed.improvement
    source = cite_asked(followed.inspection, authority_name(followed.inspection), asked)
    yield _line("  asked: ", asked.text, asked.evidence, followed.inspection, source)
    passage = supporting_passage(followed.better) if followed.better else None
    if followed.better and passage:
        later = followed.better.inspection
        yield _line(f"  {occasion(later)} {later.year}: ", passage.quote, passage.evidence, later)


def _item_line(item: ThemedImprovement) -> ListLine:
    by_person = " (theme chosen by a person)" if item.choice.by_person else ""
    where = f"  {authority_name(item.inspection)}, {occasion(item.inspection)} {_year(item.inspection)}{by_person}: "
    source = cite_asked(item.inspection, authority_name(item.inspection), item.improvement)
    return _line(where, item.improvement.text, item.improvement.evidence, item.inspection, source)


def _line(before: str, words: str, evidence: Evidence | None, inspection: Inspection, source: str = "") -> ListLine:
    where = printed_at(evidence, inspection)
    content = Content.assemble((before, STRONG), words, (where, QUIET))
    return ListLine(content, evidence, quote=words, citation=source)


def _head(share: ThemeShare) -> Content:
    return Content(f"Asked in {share.inspections} of {share.of} inspections ({100 * share.share:.0f} %)")


def _years_without_bars(share: ThemeShare) -> str:
    """Return which years have no bar, and why: "No bar for 2015: fewer than 5 inspections a year."; else ""."""
    few = [entry for entry in share.years if not has_bar(entry)]
    if not few:
        return ""
    if len(few) < len(share.years):
        return f"No bar for {years_in_words(entry.year for entry in few)}: fewer than {FEW} inspections a year."
    asked = [f"{entry.year} {entry.inspections} of {entry.of}" for entry in share.years if entry.inspections]
    by_year = f"By year: {', '.join(asked)}" if asked else "No bars"
    return f"{by_year} (a bar needs {FEW} inspections)"


def _own_words(view: ThemesView, share: ThemeShare) -> str:
    """Return how the selected authority compares: "Camden: asked in 3 of 5 inspections, more often than others"."""
    assert view.authority is not None
    own = view.own_share(share)
    if not view.own_number:
        return f"{view.authority.name}: no report that lists what to improve is stored"
    if own is None:
        expected = ", unlike the others" if view.never(share) else ""
        counted_in = counted(view.own_number, "social care inspection")
        return f"{view.authority.name}: never the main subject of an improvement in {counted_in}{expected}"
    more = ", more often than others" if view.more(share) else ""
    return f"{view.authority.name}: asked in {own.inspections} of {own.of} inspections{more}"


def _year(inspection: Inspection) -> str:
    return str(inspection.year or "no date")
