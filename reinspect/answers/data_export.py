"""Answer "give me everything as data": all tables about the stored inspections."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.answers.follow_through import follow_improvements
from reinspect.answers.names import authority_of, authority_with_slug
from reinspect.answers.recurring import find_recurring
from reinspect.answers.scope import Scope, find_cohort
from reinspect.authorities import authorities
from reinspect.comparing.followthrough.threads import KnownSteps, Thread
from reinspect.exporting.sheets.phrases import Recurring
from reinspect.model import Authority, Inspection

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable

MOST_PHRASES = 1000
"""The number of phrases of an export. All of a full store are 17 times as many, and take six times as long to find."""

TABLES = ("inspections", "judgements", "improvements", "follow_steps", "phrases", "authorities")
"""The names of the tables of an export, in their order."""


class DataExport(Answer, frozen=True, kw_only=True):
    """All data about some inspections.

    `threads` are their recommendations, followed through later texts; `phrases` the phrases that recur in their texts
    on social care, at most the 1,000 that are criticised most. `description` says which inspections these are.
    """

    inspections: tuple[tuple[Inspection, Authority], ...]
    threads: tuple[Thread, ...]
    phrases: tuple[Recurring, ...]
    authorities: tuple[Authority, ...]
    description: str

    def sheet(self) -> Sheet:
        """Return a page that says what the data is."""
        from reinspect.exporting.sheets.data_export import data_export_sheet

        keys = dict.fromkeys(inspection.framework for inspection, _ in self.inspections)
        return data_export_sheet(self.description, self.tables(), tuple(keys))

    def records(self) -> list[JsonObject]:
        """Return the data dictionary: one JSON object for each column."""
        from reinspect.exporting.tables.data_dictionary import dictionary_table

        return dictionary_table(self.tables()).records()

    def tables(self) -> tuple[TidyTable, ...]:
        """Return the tables that `TABLES` names."""
        from reinspect.exporting.tables.authorities import authorities_table
        from reinspect.exporting.tables.follow_steps import follow_steps_table
        from reinspect.exporting.tables.inspections import inspection_tables
        from reinspect.exporting.tables.phrases import phrases_table

        return (
            *inspection_tables(self.inspections),
            follow_steps_table(self.threads),
            phrases_table(
                self.phrases, f" in texts on social care; at most the {MOST_PHRASES:,} that are criticised most"
            ),
            authorities_table(self.authorities),
        )


def export_data(
    holdings: Holdings, cohort: str | None = None, report: Callable[[int, int], None] | None = None
) -> DataExport:
    """Return all data about the inspections of a group such as "region:London", or about all.

    `report` is called with the number of authorities that were followed and the number of all.

    Raises:
        CohortError: the group cannot be understood.
    """
    group = find_cohort(holdings, cohort) if cohort else None
    inspections = [each for each in holdings.inspections() if group is None or group.holds(each)]
    slugs = list(dict.fromkeys(inspection.authority for inspection in inspections))
    chosen = {inspection.id for inspection in inspections}
    threads: list[Thread] = []
    known_steps = KnownSteps(holdings)
    for done, slug in enumerate(slugs, 1):
        followed = follow_improvements(holdings, authority_with_slug(slug), known_steps).threads
        threads += [thread for thread in followed if thread.inspection.id in chosen]
        if report:
            report(done, len(slugs))
    recurring = find_recurring(holdings, Scope(cohort=cohort), order="issues", minimum=2, limit=MOST_PHRASES)
    known = [authority for authority in authorities().all() if group is None or authority.slug in slugs]
    unlisted = {*slugs} - {authority.slug for authority in authorities().all()}
    unknown = [authority_with_slug(slug) for slug in slugs if slug in unlisted]
    return DataExport(
        inspections=tuple((inspection, authority_of(inspection)) for inspection in inspections),
        threads=tuple(threads),
        phrases=recurring.recurring,
        authorities=(*known, *unknown),
        description=group.words if group else "all authorities",
    )
