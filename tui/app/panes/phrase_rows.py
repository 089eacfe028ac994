"""How what recurs and what a phrase says are set as rows of a table, each with the sentences that it stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from reinspect.exporting.sparkline import years_in_words, years_row
from reinspect.frameworks import frameworks
from reinspect.phrases.query import Hit
from tui.app.widgets.grades import STRONG, quiet
from tui.app.widgets.table import Column, TableLine
from tui.phrase_answers import CitedSentences, RecurringAnswer, SurfaceForm, UsageAnswer
from tui.phrases import PhraseBook

if TYPE_CHECKING:
    from reinspect.exporting.sheets.phrases import Recurring
    from reinspect.phrases.usage import UsageShare

_GAP = 2
_LEAST = 20
_BAR = 8
_EIGHTHS = " ▏▎▍▌▋▊▉█"


class ColumnHeading(NamedTuple):
    """A column's heading, and how soon the column gives way where there is no room: the highest first, 0 never."""

    label: str
    yields: int = 0


class PhraseRow(NamedTuple):
    """A row: its cells, what it says in one line, how its sentences are found, and the phrase that it is of."""

    cells: tuple[Content, ...]
    words: str
    places: Callable[[PhraseBook], CitedSentences]
    phrase: Recurring | None = None


def recurring_headings(answer: RecurringAnswer) -> tuple[ColumnHeading, ...]:
    """The columns of what recurs; what sets texts apart is told with its measures."""
    first, last = _span(answer)
    years = f"{first}{last:>{max(last - first + 1 - 4, 5)}}" if last - first > 3 else f"{first}-"
    elsewhere = "Beside" if answer.beside else "Elsewhere"
    usual = (ColumnHeading("Phrase that recurs"), ColumnHeading("Inspections"))
    if answer.asked.order == "distinctive":
        measures = (
            ColumnHeading(elsewhere, 2),
            ColumnHeading("Log\nratio"),
            ColumnHeading("Bound", 1),
            ColumnHeading(years, 3),
        )
        return (*usual, *measures, ColumnHeading("Times", 4), ColumnHeading("Forms", 5))
    beside = (ColumnHeading(elsewhere),) if answer.beside else ()
    return (
        *usual,
        *beside,
        ColumnHeading("Times", 2),
        ColumnHeading(years, 1),
        ColumnHeading("In the years", 4),
        ColumnHeading("Forms", 3),
    )


def recurring_entries(
    answer: RecurringAnswer, unfolded: int | None, forms: Sequence[SurfaceForm]
) -> Iterator[PhraseRow]:
    """A row for every phrase, the forms of the unfolded one below it."""
    for place, each in enumerate(answer.recurring):
        yield _recurring(answer, each)
        if place == unfolded:
            for form in forms:
                yield _form(answer, each, form)


TOLD_HEADINGS: tuple[ColumnHeading, ...] = (
    ColumnHeading("Used by"),
    ColumnHeading("", 3),
    ColumnHeading("Of these"),
    ColumnHeading("Share"),
    ColumnHeading("Others", 2),
    ColumnHeading("Log ratio\n(bound)", 1),
)


def told_entries(answer: UsageAnswer) -> Iterator[PhraseRow]:
    """A row for every group, under a row that names what the groups are of."""
    said, held = answer.said, answer.inspections
    known = frameworks()

    def graded(hit: Hit) -> str:
        judgement = held[hit.document].judgement(hit.passage.strand) if hit.passage.strand else None
        return judgement.grade or "" if judgement else ""

    def name_of_framework(key: str) -> str:
        return known[key].short if key in known else key

    yield _whole(answer)
    yield from (_beside(answer, share) for share in said.beside)
    groups: tuple[tuple[str, str, Sequence[UsageShare], Callable[[Hit], str], Callable[[str], str]], ...] = (
        ("By year", "inspections", said.by_year, lambda hit: str(held[hit.document].year or ""), str),
        ("By grade of strand", "strands", said.by_grade, graded, str.capitalize),
        ("By framework", "inspections", said.by_framework, lambda hit: held[hit.document].framework, name_of_framework),
        (
            "By authority",
            "inspections",
            said.by_authority if len(said.by_authority) > 1 else (),
            lambda hit: held[hit.document].authority,
            lambda slug: answer.names.get(slug, slug),
        ),
    )
    for heading, of, shares, group_of, name in groups:
        if shares:
            yield _all_of(answer, heading, of)
        hits: defaultdict[str, list[Hit]] = defaultdict(list)
        for hit in answer.hits if shares else ():
            hits[group_of(hit)].append(hit)
        for share in shares:
            yield _share(name(share.name), share, f"{share.uses} of {share.of} {of}", hits[share.name])


def fitted(
    headings: Sequence[ColumnHeading], entries: Sequence[PhraseRow], room: int
) -> tuple[list[Column], list[TableLine]]:
    """The columns that there is room for, the first as wide as is left to it, and the rows in them."""
    widths = [
        max(
            (
                *(line.cell_length for line in Content(heading.label).split()),
                *(e.cells[at].cell_length for e in entries),
            ),
            default=0,
        )
        + _GAP
        for at, heading in enumerate(headings)
    ]
    least = min(widths[0], _LEAST + _GAP)
    shown = list(range(len(headings)))
    while len(shown) > 1 and least + sum(widths[at] for at in shown[1:]) > room:
        soonest = max(shown, key=lambda at: headings[at].yields)
        if not headings[soonest].yields:
            break
        shown.remove(soonest)
    first = min(widths[0], max(least, room - sum(widths[at] for at in shown[1:])))
    columns = [Column(str(at), Content(headings[at].label), (widths[at] if at else first) - _GAP) for at in shown]
    return columns, [TableLine(str(n), [entry.cells[at] for at in shown]) for n, entry in enumerate(entries)]


def _span(answer: RecurringAnswer) -> tuple[int, int]:
    return (answer.years[0], answer.years[-1]) if answer.years else (0, 0)


def _bars(answer: RecurringAnswer, by_year: Mapping[int, int]) -> Content:
    """The years on one scale for all rows, so that they can be read down."""
    return Content(years_row(dict.fromkeys(_span(answer), 0) | dict(by_year)) if by_year else "")


def _recurring(answer: RecurringAnswer, each: Recurring) -> PhraseRow:
    forms = (each.phrase, *each.variants)
    words = f"{each.phrase}: {each.inspections} inspections, {each.count} times ({years_in_words(each.years)})"
    further = f"+{len(each.variants)}" if each.variants else ""
    count = Content(f"{each.inspections} of {each.group}" if each.group else str(each.inspections))
    rest: tuple[Content, ...]
    if answer.asked.order == "distinctive":
        bound = f"{each.bound:+.1f}" if each.bound else "0"
        measures = (Content(f"{each.elsewhere} of {each.others}"), Content(f"{each.log_ratio:+.1f}"), Content(bound))
        rest = (*measures, _bars(answer, each.by_year), Content(str(each.count)), quiet(further))
        words = f"{words}; elsewhere {each.elsewhere} of {each.others}, log ratio {each.log_ratio:+.1f}, bound {bound}"
    else:
        beside = f"{each.elsewhere} of {each.others}"
        words = f"{words}; beside it {beside}" if answer.beside else words
        rest = (
            *([Content(beside)] if answer.beside else []),
            Content(str(each.count)),
            _bars(answer, each.by_year),
            quiet(years_in_words(each.years)),
            quiet(further),
        )
    return PhraseRow(
        (Content(each.phrase), count, *rest), words, lambda book: book.places(forms, answer.documents), each
    )


def _form(answer: RecurringAnswer, phrase: Recurring, form: SurfaceForm) -> PhraseRow:
    """One printed form of a phrase, indented below it."""
    words = f"{form.words}: {form.inspections} inspections, {form.times} times ({years_in_words(form.by_year)})"
    cells = {
        "Phrase that recurs": quiet(f"  {form.words}"),
        "Inspections": Content(str(form.inspections)),
        "Times": Content(str(form.times)),
        "In the years": quiet(years_in_words(form.by_year)),
    }
    labels = [heading.label for heading in recurring_headings(answer)]
    row = tuple(
        _bars(answer, form.by_year) if label[:1].isdigit() else cells.get(label, Content("")) for label in labels
    )
    return PhraseRow(row, words, lambda book: book.printed_so(form.words, answer.documents), phrase)


def _whole(answer: UsageAnswer) -> PhraseRow:
    said = answer.said
    times = f"{said.times} time{'' if said.times == 1 else 's'}"
    counted = f"{said.uses} of {said.of} inspections"
    label = f"All read, {times}"
    words = f"{label}: {counted} ({_percent(said.uses, said.of)})"
    cells = (Content.styled(label, STRONG), *_shared(said.uses, said.of), Content(""), Content(""))
    return PhraseRow(cells, words, lambda book: book.first_of(answer.hits))


def _beside(answer: UsageAnswer, share: UsageShare) -> PhraseRow:
    """Others beside the texts asked about, whose own share stands in the first row."""
    cells = (
        Content(share.name),
        *_shared(share.elsewhere, share.others),
        Content(""),
        _measured(share),
    )
    words = (
        f"{share.name}: {share.elsewhere} of {share.others} inspections ({_percent(share.elsewhere, share.others)}), "
        f"here {share.uses} of {share.of}, log ratio {share.log_ratio:+.1f}, bound {share.bound:+.1f}"
    )
    return PhraseRow(cells, words, lambda book: book.first_of(answer.hits))


def _all_of(answer: UsageAnswer, heading: str, of: str) -> PhraseRow:
    """The heading of groups, with what is counted where that is not inspections: all sentences stand for it."""
    cells = (
        Content.styled(heading, STRONG),
        Content(""),
        quiet(of if of != "inspections" else ""),
        *(Content("") for _ in range(3)),
    )
    return PhraseRow(cells, heading, lambda book: book.first_of(answer.hits))


def _share(name: str, share: UsageShare, counted: str, hits: Sequence[Hit]) -> PhraseRow:
    others = _percent(share.elsewhere, share.others)
    cells = (Content(f"  {name}"), *_shared(share.uses, share.of), Content(others), _measured(share))
    measures = f"log ratio {share.log_ratio:+.1f}, bound {share.bound:+.1f}"
    words = f"{name}: {counted} ({_percent(share.uses, share.of)}), all others {others}, {measures}"
    return PhraseRow(cells, words, lambda book: book.first_of(hits))


def _shared(uses: int, of: int) -> tuple[Content, Content, Content]:
    return _bar(uses, of), Content(f"{uses} of {of}"), Content(_percent(uses, of))


def _measured(share: UsageShare) -> Content:
    return Content(f"{share.log_ratio:+.1f} ({f'{share.bound:+.1f}' if share.bound else '0'})")


def _bar(uses: int, of: int) -> Content:
    """A bar as long as the share; at least a sliver where there is any."""
    eighths = max(round(_BAR * 8 * uses / of), 1) if uses else 0
    whole, rest = divmod(eighths, 8)
    return Content("█" * whole + (_EIGHTHS[rest] if rest else ""))


def _percent(uses: int, of: int) -> str:
    return f"{100 * uses / of:.0f} %" if of else "\N{EM DASH}"
