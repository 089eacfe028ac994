"""`reinspect compare`: two inspections side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.naming import authority_of, named_inspection, open_store
from tui.printing import Output, exported

if TYPE_CHECKING:
    from reinspect.comparing.comparison import Comparison
    from reinspect.model import Inspection, Passage
    from store import Store


@click.command("compare")
@click.argument("a")
@click.argument("b")
@exported
@click.pass_context
def compare_command(ctx: click.Context, a: str, b: str, output: Output) -> None:
    """Two inspections: judgement by judgement, with the caveats of each pair, then improvements and passages.

    A and B are ids (see `reinspect list`), or an authority and a year: `camden:2017` is the graded inspection that
    Camden had in 2017, by its first day. Where there is not just one, the ids are listed and the exit code is 2.
    """
    from reinspect.exporting.objects import comparison_object
    from reinspect.exporting.sheets import comparison_sheet

    store = open_store(ctx.obj)
    comparison = compared(store, named_inspection(store, a), named_inspection(store, b))
    output.answer(lambda: comparison_sheet(comparison), lambda: [comparison_object(comparison)])


def compared(store: Store, a: Inspection, b: Inspection) -> Comparison:
    """The two inspections side by side, with the words of both where the store holds them."""
    from reinspect.comparing.comparison import compare

    return compare(a, b, _passages(store, a), _passages(store, b), (authority_of(a), authority_of(b)))


def _passages(store: Store, inspection: Inspection) -> tuple[Passage, ...]:
    return store.passages(inspection.reading_text) if inspection.reading_text else ()
