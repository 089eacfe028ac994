"""Time of follow-through, comparison, cohorts and exports, compared with the simplest way to something similar.

    python -m benchmarks --only comparing

Follow-through is compared with RapidFuzz, which scores every improvement against every later sentence and recognises
neither praise nor criticism; a comparison with difflib, which marks words and pairs no passages; an export with rich,
which draws the same table. The floor is to read the passages from the disk, or to write the bytes.

"First time" is measured with the caches of answers and words empty. "Again" repeats the question in the same process,
as when a person steps back to a comparison: the pairs of passages are then kept.
"""

from __future__ import annotations

import difflib
import io
import os
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table

from benchmarks.figures import Row, Works, clear_caches, time_in_turns, timing_row
from benchmarks.kept_store import kept_store
from reinspect.answers.names import authority_of
from reinspect.authorities import authorities
from reinspect.comparing.cohorts.changes import grade_changes
from reinspect.comparing.cohorts.expressions import cohort
from reinspect.comparing.cohorts.grades import grade_cohort
from reinspect.comparing.comparison import Comparison, compare
from reinspect.comparing.followthrough.sentences import cut_sentences
from reinspect.comparing.followthrough.steps import LaterText
from reinspect.comparing.followthrough.threads import KnownSteps, follow
from reinspect.exporting import FORMATS, render_sheet
from reinspect.exporting.records import comparison_record
from reinspect.exporting.sheets.comparison import comparison_sheet
from reinspect.exporting.sheets.inspections import inspections_sheet, inspections_table
from reinspect.model import Inspection, Passage
from store import Store
from tui.streams import json_lines

_READ = "read the passages"
_WRITE = "write the bytes"
Passages = dict[str, tuple[Passage, ...]]


def rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of follow-through, comparison, cohorts and export."""
    store = Store.open(kept_store(folder))
    passages = {key: store.passages(sha256) for key, sha256 in store.primary_texts().items()}
    yield from _following(store, passages)
    pair = _two_longest(store, passages)
    yield from _comparing(store, pair, passages)
    yield from _cohorts(store)
    yield from _exporting(store, pair, passages)


def _following(store: Store, passages: Passages) -> Iterator[Row]:
    """Follow all improvements of the authority with the most to follow."""

    def steps(slug: str) -> int:
        inspections = [inspection for inspection in store.inspections(slug) if inspection.id in passages]
        count = len(inspections)
        return sum(len(inspection.improvements) * (count - place) for place, inspection in enumerate(inspections, 1))

    slug = max((authority.slug for authority in authorities().all()), key=steps)
    history = [
        LaterText(inspection=inspection, passages=passages.get(inspection.id, ()))
        for inspection in store.inspections(slug)
    ]
    documents = [text.inspection.primary_text for text in history if text.inspection.primary_text]

    def score_all_pairs() -> None:
        for place, text in enumerate(history):
            improvements = [improvement.text for improvement in text.inspection.improvements]
            later = [
                sentence.text for other in history[place + 1 :] for sentence in cut_sentences(other.passages).sentences
            ]
            if improvements and later:
                process.cdist(improvements, later, scorer=fuzz.token_set_ratio)

    works: Works = {
        "ours": lambda: follow(history),
        "RapidFuzz, all pairs": score_all_pairs,
        _READ: lambda: [store.passages(sha256) for sha256 in documents],
    }
    part, what = "follow-through", f"every improvement of {slug}, {len(documents)} texts"
    timings = time_in_turns(works, 3, before=clear_caches)
    yield timing_row(part, f"{what}, first time", timings, peer="RapidFuzz, all pairs", floor=_READ)
    known = KnownSteps()
    follow(history, known)
    again = time_in_turns({"ours": lambda: follow(history, known)}, 3)
    yield timing_row(part, f"{what}, again", again | {_READ: timings[_READ]}, floor=_READ)


def _two_longest(store: Store, passages: Passages) -> tuple[Inspection, Inspection]:
    longest, second = sorted(passages, key=lambda key: -len(passages[key]))[:2]
    return store.inspection(longest), store.inspection(second)


def _comparing(store: Store, pair: tuple[Inspection, Inspection], passages: Passages) -> Iterator[Row]:
    def words(inspection: Inspection) -> list[str]:
        return [word for passage in passages[inspection.id] for word in passage.text.split()]

    works: Works = {
        "ours": lambda: _compare(pair, passages),
        "difflib, word by word": lambda: difflib.SequenceMatcher(None, words(pair[0]), words(pair[1])).get_opcodes(),
        _READ: lambda: [store.passages(side.primary_text) for side in pair if side.primary_text],
    }
    sizes = " and ".join(str(len(passages[side.id])) for side in pair)
    what = f"the two longest reports, {sizes} passages"
    timings = time_in_turns(works, 3, before=clear_caches)
    yield timing_row("comparison", f"{what}, first time", timings, peer="difflib, word by word", floor=_READ)
    _compare(pair, passages)
    again = time_in_turns({"ours": works["ours"]}, 3)
    yield timing_row("comparison", f"{what}, again", again | {_READ: timings[_READ]}, floor=_READ)


def _compare(pair: tuple[Inspection, Inspection], passages: Passages) -> Comparison:
    a, b = pair
    return compare(a, b, passages[a.id], passages[b.id], (authority_of(a), authority_of(b)))


def _cohorts(store: Store) -> Iterator[Row]:
    inspections, everyone = store.inspections(), authorities().all()

    def grades_and_changes(expression: str) -> object:
        grades = grade_cohort(cohort(expression, authorities(), inspections), inspections, everyone, None)
        return grade_changes(grades.cohort, inspections, everyone)

    floor = "open the store"
    for expression in ("region:London", "all"):
        works: Works = {
            "ours": partial(grades_and_changes, expression),
            floor: lambda: Store.open(store.folder).inspections(),
        }
        timings = time_in_turns(works, before=clear_caches)
        yield timing_row("comparison", f"the cohort {expression}", timings, floor=floor)


def _exporting(store: Store, pair: tuple[Inspection, Inspection], passages: Passages) -> Iterator[Row]:
    comparison = _compare(pair, passages)
    sheet = comparison_sheet(comparison)
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "export"

        def row(what: str, works: Works, text: str, peer: str = "") -> Row:
            works |= {_WRITE: partial(_write, text, file)}
            return timing_row("export", what, time_in_turns(works, 3, before=clear_caches), peer=peer, floor=_WRITE)

        for form in FORMATS:
            works: Works = {"ours": partial(render_sheet, sheet, form)}
            yield row(f"the comparison as {form}", works, render_sheet(sheet, form))
        works = {"ours": lambda: json_lines([comparison_record(comparison)])}
        yield row("the comparison as json", works, json_lines([comparison_record(comparison)]).decode())
        inspections = [(inspection, authority_of(inspection)) for inspection in store.inspections()]
        listed = inspections_sheet(inspections)
        works = {"ours": lambda: render_sheet(listed), "rich": lambda: _rich(store)}
        yield row(f"the list of {len(inspections)}", works, render_sheet(listed), "rich")


def _write(text: str, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _rich(store: Store) -> str:
    """Draw the table of the list with rich."""
    listed = inspections_table(store.inspections())
    table = Table(*listed.columns, box=None)
    for row in listed.rows:
        table.add_row(*(cell.text for cell in row))
    console = Console(width=100, file=io.StringIO())
    console.print(table, markup=False)
    return str(console.file)
