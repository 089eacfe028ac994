"""Answer "what became of each recommendation?"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reinspect.answers.answer import Answer
from reinspect.comparing.followthrough.steps import LaterText
from reinspect.comparing.followthrough.threads import KnownSteps, Thread, follow
from reinspect.comparing.followthrough.verdicts import with_verdicts
from reinspect.frameworks import band_of
from reinspect.frameworks.bands import band_order
from reinspect.model import Authority

if TYPE_CHECKING:
    from reinspect.answers.holdings import Holdings
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet
    from reinspect.exporting.tidy import TidyTable


class FollowThroughAnswer(Answer, frozen=True, kw_only=True):
    """The recommendations to one authority, and what each later report says about them.

    The page has the passages of every later text only if `full`, and what the latest text raises again alone if `now`;
    see `follow_through_sheet`. If `threads` are not all of them, `shown` says which: "9 of 31 recommendations, ...".
    `order` is their order in words, unless they are in that of time.
    """

    authority: Authority
    threads: tuple[Thread, ...]
    full: bool = False
    now: bool = False
    shown: str = ""
    order: str = ""

    def sheet(self) -> Sheet:
        """Return a page with the status of each recommendation in each later inspection."""
        from reinspect.exporting.sheets.follow_through import follow_through_sheet, raised_now_sheet

        if self.now:
            return raised_now_sheet(self.authority, self.threads)
        return follow_through_sheet(self.authority, self.threads, full=self.full, shown=self.shown, order=self.order)

    def records(self) -> list[JsonObject]:
        """Return one JSON object for each recommendation."""
        from reinspect.exporting.records import thread_record

        return [thread_record(thread) for thread in self.threads]

    def tables(self) -> tuple[TidyTable, ...]:
        """Return a row for each recommendation and later text."""
        from reinspect.exporting.tables.follow_steps import follow_steps_table

        return (follow_steps_table(self.threads),)


def follow_improvements(
    holdings: Holdings,
    authority: Authority,
    known: KnownSteps | None = None,
    *,
    across: bool = False,
    full: bool = False,
    now: bool = False,
) -> FollowThroughAnswer:
    """Follow each recommendation to an authority through its later reports.

    Recommendations are followed within their band alone: those of social care not into reports on SEND. With `across`,
    they are followed into the reports of every band. A person's review of a status replaces the computed status. Steps
    in `known` are not worked out again. `full` and `now` choose the page, as in the answer.
    """
    sha256_of = holdings.primary_texts()
    texts = [
        LaterText(
            inspection=inspection,
            passages=holdings.passages(sha256_of[inspection.id]) if inspection.id in sha256_of else (),
        )
        for inspection in holdings.inspections(authority.slug)
    ]
    groups = [texts] if across else split_by_band(texts)
    threads = tuple(thread for group in groups for thread in follow(group, known))
    followed = with_verdicts(threads, holdings.verdicts())
    return FollowThroughAnswer(authority=authority, threads=followed, full=full, now=now)


def split_by_band(texts: Sequence[LaterText]) -> list[list[LaterText]]:
    """Split the texts of an authority by their bands, social care first; each part stays in order of time."""
    parts: dict[str, list[LaterText]] = {}
    for text in texts:
        parts.setdefault(band_of(text.inspection.framework), []).append(text)
    return [parts[band] for band in sorted(parts, key=band_order)]
