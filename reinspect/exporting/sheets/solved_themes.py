"""Build a page of the authorities that were asked to improve a theme and were later firmly reported better."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from reinspect.comparing.themes.classify import Theme
from reinspect.comparing.themes.solved import SolvedImprovement
from reinspect.exporting.citation import citation, cite_asked, occasion
from reinspect.exporting.quoted_passage import supporting_passage
from reinspect.exporting.sheet import Block, Listing, Paragraph, Sheet, SheetItem, SheetSection
from reinspect.exporting.sheets.labels import counted, credits_of
from reinspect.model import Authority

_HOW = (
    "Asked to improve this, and later firmly reported better. Both passages are quoted: read them before you call. "
    "Found by the program, so some that were put right are missing here."
)


def solved_sheet(
    theme: Theme, solved: Sequence[SolvedImprovement], asked: int, asking: Authority | None, description: str
) -> Sheet:
    """Return a page with each authority, what it was asked, and what was reported later."""
    nearest = f", nearest to {asking.name} first" if asking else ""
    number = len({one.authority.slug for one in solved})
    count = (
        f"Asked and followed into a later text: {counted(asked, 'authority', 'authorities')} ({description}). Firmly "
        f"reported better: {number}."
    )
    sections = [
        SheetSection(
            heading=solved_heading(closeness, asking),
            blocks=tuple(block for one in group for block in _blocks(one)),
        )
        for closeness, group in groupby(solved, key=lambda one: one.closeness)
    ]
    nothing = SheetSection(heading="Who to call", blocks=(Paragraph(text="Nobody in the store yet."),))
    return Sheet(
        title=f"Who solved it: {theme.name}{nearest}",
        head=(count, _HOW),
        sections=tuple(sections or [nothing]),
        foot=credits_of(one.authority.name for one in solved),
    )


def way_in_words(one: SolvedImprovement) -> str:
    """Return what became of an improvement: "Islington: asked 2017, reported better 2020, after 3.1 years"."""
    followed = one.followed
    better = followed.better.inspection.year if followed.better else ""
    again = f"; raised again {followed.again.year}" if followed.again else ""
    return (
        f"{one.authority.name}: asked {followed.inspection.year}, reported better {better}, after "
        f"{followed.years:.1f} years{again}"
    )


def solved_heading(closeness: str, asking: Authority | None) -> str:
    """Return the heading of the authorities that are so close to the one that asks."""
    if asking is None:
        return "Who to call"
    return {
        "statistical neighbours": f"Statistical neighbours of {asking.name}",
        "same region": f"Others in {asking.region}",
    }.get(closeness, "Elsewhere")


def _blocks(one: SolvedImprovement) -> Iterator[Block]:
    """Yield what was asked and what was reported later, with citations."""
    yield Paragraph(text=f"{way_in_words(one)}.")
    followed, name = one.followed, one.authority.name
    items = [
        SheetItem(
            marker="asked:",
            text=followed.improvement.text,
            citation=cite_asked(followed.inspection, name, followed.improvement),
            evidence=followed.improvement.evidence,
        )
    ]
    if followed.better and (passage := supporting_passage(followed.better)):
        items.append(
            SheetItem(
                marker=f"{occasion(followed.better.inspection)} {followed.better.inspection.year}:",
                text=passage.quote,
                citation=citation(followed.better.inspection, name, passage.evidence),
                marks=passage.highlights,
                evidence=passage.evidence,
            )
        )
    yield Listing(items=tuple(items))
