"""What the panes show, as answers that can be told and exported: a sheet, and the same as JSON objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import msgspec

from reinspect.exporting.sheet import Listing, Sheet, SheetItem, SheetSection
from reinspect.model import Evidence

if TYPE_CHECKING:
    from reinspect.exporting.records import JsonObject
    from reinspect.model import Inspection
    from tui.library import Library
    from tui.phrase_answers import PhraseQuestion
    from tui.placed import ImportProgress


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a pane shows, and the same as JSON objects."""

    sheet: Sheet
    objects: Callable[[], Iterable[JsonObject]]


def history(library: Library, slug: str, cohort: str | None) -> Answer:
    """The timeline of an authority, and a cohort beside its latest graded inspection."""
    from reinspect.exporting.records import cohort_grades_record, timeline_record
    from reinspect.exporting.sheets.timeline import timeline_sheet

    told = library.timeline(slug)
    standings = [library.standing(cohort, library.latest_graded(slug))] if cohort else []
    beside = {key: value for standing in standings for key, value in cohort_grades_record(standing).items()}
    return Answer(
        sheet=timeline_sheet(told, standings=standings), objects=lambda: [{**timeline_record(told), **beside}]
    )


def event(library: Library, shown: Inspection) -> Answer:
    """One inspection: its grades, what was to improve, and its documents."""
    from reinspect.exporting.records import inspection_record
    from reinspect.exporting.sheets.inspection import inspection_sheet

    authority = library.authority(shown.authority)
    return Answer(sheet=inspection_sheet(shown, authority), objects=lambda: [inspection_record(shown, authority)])


def comparison(library: Library, a: Inspection, b: Inspection, cohort: str | None) -> Answer:
    """Two inspections side by side, and a cohort beside the second."""
    from reinspect.exporting.records import cohort_record, comparison_record
    from reinspect.exporting.sheets.cohort import with_cohort
    from reinspect.exporting.sheets.comparison import comparison_sheet

    compared = library.compare(a, b)
    sheet, told = comparison_sheet(compared), [comparison_record(compared)]
    if cohort:
        standing = library.standing(cohort, b)
        moved = library.movement(standing.cohort)
        sheet = with_cohort(sheet, standing, moved, compared.authority_b)
        told.append(cohort_record(standing, moved, compared.authority_b))
    return Answer(sheet=sheet, objects=lambda: told)


def following(library: Library, slug: str) -> Answer:
    """What became of everything that an authority was to improve."""
    from reinspect.exporting.records import thread_record
    from reinspect.exporting.sheets.follow_through import follow_through_sheet

    threads = library.threads(slug)
    sheet = follow_through_sheet(library.authority(slug), threads)
    return Answer(sheet=sheet, objects=lambda: map(thread_record, threads))


def texts(library: Library, asked: PhraseQuestion) -> Answer:
    """What the texts held say to a question: sentences, what recurs, or what the use of a phrase says."""
    book = library.phrase_book
    found = book.answer(asked)
    return Answer(sheet=found.sheet(), objects=lambda: book.objects(found))


def everyone(library: Library, cohort: str | None) -> Answer:
    """Where each authority stands, or each of a cohort."""
    from reinspect.comparing.latest_grades import latest_grades
    from reinspect.exporting.records import inspection_record
    from tui.app.panes.authorities import sheet_of

    among = library.cohort(cohort) if cohort else None
    every = latest_grades(library.authorities(), library.inspections())
    held = [each for each in every if among is None or each.authority.slug in among.authorities]
    return Answer(
        sheet=sheet_of(held, f"{among.words if among else 'all authorities'} by name"),
        objects=lambda: [inspection_record(each.latest, each.authority) for each in held if each.latest],
    )


def basket(library: Library) -> Answer:
    """What is pinned."""
    from reinspect.exporting.records import pin_record

    pins = library.pins()
    return Answer(
        sheet=library.basket_sheet(),
        objects=lambda: [pin_record(place, pin) for place, pin in enumerate(pins, 1)],
    )


def added(intake: ImportProgress) -> Answer:
    """What became of each file that was read; each line is where its document begins."""
    items = tuple(
        SheetItem(
            marker=f"{number}.",
            text=f"{each.name}: {each.outcome}, {each.words}.",
            evidence=Evidence(document=each.document, page=1, start=0, end=0) if each.document else None,
        )
        for number, each in enumerate(intake.placed, 1)
    )
    sections = (SheetSection(heading="What became of each", blocks=(Listing(items=items),)),) if items else ()
    return Answer(
        sheet=Sheet(title="Files read", head=(intake.words,), sections=sections),
        objects=lambda: [msgspec.to_builtins(each) for each in intake.placed],
    )
