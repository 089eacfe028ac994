"""`reinspect compare`: two inspections side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.choosing import cohort_option, understood_cohort
from tui.cli.completion_values import inspections_like
from tui.cli.output import Output, exported
from tui.naming import authority_of, named_inspection, named_or_latest, open_store

if TYPE_CHECKING:
    from reinspect.comparing.comparison import Comparison
    from reinspect.model import Inspection, Passage
    from store import Store


@click.command("compare")
@click.argument("a", required=False, shell_complete=inspections_like)
@click.argument("b", required=False, shell_complete=inspections_like)
@cohort_option
@exported
@click.pass_context
def compare_command(ctx: click.Context, a: str | None, b: str | None, *, cohort: str | None, output: Output) -> None:
    """Two inspections: judgement by judgement, with the caveats of each pair, then improvements and passages.

    A and B are ids (see `reinspect list`), or an authority and a year: `camden:2017` is the graded inspection that
    Camden had in 2017, by its first day. Where there is not just one, the ids are listed and the exit code is 2.

    With --cohort in place of B: where A stands in it, strand by strand, and how the cohort moved from inspection to
    inspection. A may then be an authority alone, which stands for its latest graded inspection, or be left out.
    """
    if cohort is not None:
        if b is not None:
            raise click.UsageError("Give either B or --cohort.")
        _beside_cohort(open_store(ctx.obj), a, cohort, output)
        return
    if a is None or b is None:
        raise click.UsageError("Give two inspections, A and B, or --cohort.")
    from reinspect.exporting.records import comparison_record
    from reinspect.exporting.sheets.comparison import comparison_sheet

    store = open_store(ctx.obj)
    comparison = compared(store, named_inspection(store, a), named_inspection(store, b))
    output.answer(lambda: comparison_sheet(comparison), lambda: [comparison_record(comparison)])


def _beside_cohort(store: Store, typed: str | None, cohort: str, output: Output) -> None:
    """A cohort, with the inspection that was typed beside it."""
    from reinspect.authorities import authorities
    from reinspect.comparing.cohorts.changes import grade_changes
    from reinspect.comparing.cohorts.grades import grade_cohort
    from reinspect.exporting.records import cohort_record
    from reinspect.exporting.sheets.cohort import cohort_sheet, cohort_table

    named = understood_cohort(store, cohort)
    own = named_or_latest(store, typed) if typed else None
    everyone, inspections = authorities().all(), store.inspections()
    stands = grade_cohort(named, inspections, everyone, own)
    moved = grade_changes(stands.cohort, inspections, everyone)
    authority = authority_of(own) if own else None
    output.answer(
        lambda: cohort_sheet(stands, moved, authority),
        lambda: [cohort_record(stands, moved, authority)],
        lambda: cohort_table(stands, moved),
    )


def compared(store: Store, a: Inspection, b: Inspection) -> Comparison:
    """The two inspections side by side, with the words of both where the store holds them."""
    from reinspect.comparing.comparison import compare

    return compare(a, b, _passages(store, a), _passages(store, b), (authority_of(a), authority_of(b)))


def _passages(store: Store, inspection: Inspection) -> tuple[Passage, ...]:
    return store.passages(inspection.primary_text) if inspection.primary_text else ()
