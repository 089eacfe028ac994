"""Rows on the usage of a phrase for the Phrases pane: by year, grade, framework and authority."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from reinspect.frameworks import frameworks
from reinspect.phrases.query import Hit
from tui.app.panes.phrase_table import ColumnHeading, PhraseRow
from tui.app.widgets.bars import share_bar
from tui.app.widgets.differences import how_sure, ratio_words, times_as_often
from tui.app.widgets.grades import QUIET, STRONG, quiet

if TYPE_CHECKING:
    from reinspect.answers.phrase_usage import UsageAnswer
    from reinspect.phrases.types import UsageShare

_BAR = 6
_OF_THE_AUTHORITY = re.compile(r"(?<=^Statistical neighbours) of .*")

USAGE_HEADINGS: tuple[ColumnHeading, ...] = (
    ColumnHeading("Used by"),
    ColumnHeading("", 4),
    ColumnHeading("Count", is_number=True),
    ColumnHeading("Share", 2, is_number=True),
    ColumnHeading("Others", 3, is_number=True),
    ColumnHeading("Times\nas often", 1),
)


def usage_headline(answer: UsageAnswer, whose: str) -> tuple[tuple[str, str], ...]:
    """Return the phrase and the texts it is counted in, as styled parts."""
    forms = answer.usage.phrases
    more = f" and {len(forms) - 1} more form{'' if len(forms) == 2 else 's'}" if len(forms) > 1 else ""
    phrase = f"Usage of \N{LEFT DOUBLE QUOTATION MARK}{forms[0]}\N{RIGHT DOUBLE QUOTATION MARK}{more}"
    peers = f", compared with {answer.peers_description}" if answer.peers_description else ""
    return (phrase, STRONG), (f" in {whose}{peers}", QUIET)


def usage_rows(answer: UsageAnswer) -> Iterator[PhraseRow]:
    """Return a row for all texts, one for each comparison group, then the groups by year, grade and so on."""
    usage, inspections = answer.usage, answer.inspections
    known = frameworks()

    def grade_of(hit: Hit) -> str:
        judgement = inspections[hit.document].judgement(hit.passage.strand) if hit.passage.strand else None
        return judgement.grade or "" if judgement else ""

    def framework_name(key: str) -> str:
        return known[key].short if key in known else key

    yield _total_row(answer)
    yield from (_comparison_row(answer, share) for share in usage.beside)
    groups: tuple[tuple[str, str, Sequence[UsageShare], Callable[[Hit], str], Callable[[str], str]], ...] = (
        ("By year", "inspections", usage.by_year, lambda hit: str(inspections[hit.document].year or ""), str),
        ("By grade of strand", "strands", usage.by_grade, grade_of, str.capitalize),
        (
            "By framework",
            "inspections",
            usage.by_framework,
            lambda hit: inspections[hit.document].framework,
            framework_name,
        ),
        (
            "By authority",
            "inspections",
            usage.by_authority if len(usage.by_authority) > 1 else (),
            lambda hit: inspections[hit.document].authority,
            lambda slug: answer.names.get(slug, slug),
        ),
    )
    for heading, unit, shares, group_of, name in groups:
        if shares:
            yield _heading_row(answer, heading, unit)
        hits: defaultdict[str, list[Hit]] = defaultdict(list)
        for hit in answer.hits if shares else ():
            hits[group_of(hit)].append(hit)
        for share in shares:
            count = f"{share.uses} of {share.of} {unit}"
            yield _share_row(name(share.name), share, count, hits[share.name])


def _total_row(answer: UsageAnswer) -> PhraseRow:
    usage = answer.usage
    label = f"All texts, {usage.times} time{'' if usage.times == 1 else 's'}"
    words = f"{label}: {usage.uses} of {usage.of} inspections ({_percent(usage.uses, usage.of)})"
    cells = (Content.styled(label, STRONG), *_share_cells(usage.uses, usage.of), Content(""), Content(""))
    return PhraseRow(cells, words, lambda library: library.cite_sentences(answer.hits))


def _comparison_row(answer: UsageAnswer, share: UsageShare) -> PhraseRow:
    """Return the row of a comparison group; the share of the searched texts is in the first row of the table."""
    # The name of the authority is above the table already.
    label = _OF_THE_AUTHORITY.sub("", share.name)
    cells = (Content(label), *_share_cells(share.elsewhere, share.others), Content(""), _measures(share))
    words = (
        f"{share.name}: {share.elsewhere} of {share.others} inspections ({_percent(share.elsewhere, share.others)}), "
        f"here {share.uses} of {share.of}: {_measure_words(share)}"
    )
    return PhraseRow(cells, words, lambda library: library.cite_sentences(answer.hits))


def _heading_row(answer: UsageAnswer, heading: str, unit: str) -> PhraseRow:
    cells = (
        Content.styled(heading, STRONG),
        Content(""),
        quiet(unit if unit != "inspections" else ""),
        *(Content("") for _ in range(3)),
    )
    return PhraseRow(cells, heading, lambda library: library.cite_sentences(answer.hits))


def _share_row(name: str, share: UsageShare, count: str, hits: Sequence[Hit]) -> PhraseRow:
    others = _percent(share.elsewhere, share.others)
    cells = (Content(f"  {name}"), *_share_cells(share.uses, share.of), Content(others), _measures(share))
    measures = _measure_words(share)
    words = f"{name}: {count} ({_percent(share.uses, share.of)}), all others {others}, {measures}"
    return PhraseRow(cells, words, lambda library: library.cite_sentences(hits))


def _share_cells(uses: int, of: int) -> tuple[Content, Content, Content]:
    return share_bar(uses, of, _BAR), Content(f"{uses} of {of}"), Content(_percent(uses, of))


def _measures(share: UsageShare) -> Content:
    ratio = times_as_often(share.log_ratio, share.bound)
    return Content.assemble(ratio, " " * max(1, 6 - ratio.cell_length), how_sure(share.bound))


def _measure_words(share: UsageShare) -> str:
    return f"{ratio_words(share.log_ratio)} as often" if share.bound else "too little evidence of a difference"


def _percent(uses: int, of: int) -> str:
    return f"{100 * uses / of:.0f} %" if of else "\N{EM DASH}"
