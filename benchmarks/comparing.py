"""What follow-through, comparison, cohorts and exports cost, beside the plainest way to something like them.

Follow-through is set beside RapidFuzz, which scores every improvement against every later sentence and says nothing of
praise or blame; a comparison beside difflib, which marks words and pairs nothing; an export beside rich, which draws
the same table. The floor is to read the passages from the disk, or to write the bytes.
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

from benchmarks.figures import Row, Works, in_turn, timed
from benchmarks.kept_store import kept_store
from reinspect.answers.names import authority_of
from reinspect.authorities import authorities
from reinspect.comparing.cohorts.changes import grade_changes
from reinspect.comparing.cohorts.expressions import cohort
from reinspect.comparing.cohorts.grades import grade_cohort
from reinspect.comparing.comparison import compare
from reinspect.comparing.followthrough.mentions import cut_sentences
from reinspect.comparing.followthrough.threads import LaterText, follow
from reinspect.exporting import FORMATS, render_sheet
from reinspect.exporting.records import comparison_record
from reinspect.exporting.sheets.comparison import comparison_sheet
from reinspect.exporting.sheets.inspections import inspections_sheet, inspections_table
from reinspect.model import Inspection, Passage
from store import Store
from tui.cli.output import json_lines

_READ = "read the passages"
_DISK = "write the bytes"


def rows(folder: Path) -> Iterator[Row]:
    """The rows of follow-through, comparison, cohorts and export."""
    store = Store.open(kept_store(folder))
    texts = {key: store.passages(sha256) for key, sha256 in store.primary_texts().items()}
    yield _following(store, texts)
    yield from _comparing(store, texts)
    yield from _cohorts(store)
    yield from _exporting(store)


def _following(store: Store, texts: dict[str, tuple[Passage, ...]]) -> Row:
    """All of the authority with the most to follow."""

    def work(slug: str) -> int:
        held = [each for each in store.inspections(slug) if each.id in texts]
        return sum(len(each.improvements) * (len(held) - place) for place, each in enumerate(held, 1))

    slug = max((each.slug for each in authorities().all()), key=work)
    history = [LaterText(inspection=each, passages=texts.get(each.id, ())) for each in store.inspections(slug)]
    shas = [each.inspection.primary_text for each in history if each.inspection.primary_text]

    def brute() -> None:
        for place, text in enumerate(history):
            listed = [each.text for each in text.inspection.improvements]
            later = [said.text for other in history[place + 1 :] for said in cut_sentences(other.passages).sentences]
            if listed and later:
                process.cdist(listed, later, scorer=fuzz.token_set_ratio)

    works: Works = {
        "ours": lambda: follow(history),
        "RapidFuzz, all by all": brute,
        _READ: lambda: [store.passages(sha256) for sha256 in shas],
    }
    return timed(
        "follow-through",
        f"every improvement of {slug}, {len(shas)} texts",
        in_turn(works, 3),
        peer="RapidFuzz, all by all",
        floor=_READ,
    )


def _comparing(store: Store, texts: dict[str, tuple[Passage, ...]]) -> Iterator[Row]:
    """The two longest reports."""
    a, b = (store.inspection(key) for key in sorted(texts, key=lambda key: -len(texts[key]))[:2])

    def words(inspection: Inspection) -> list[str]:
        return [word for passage in texts[inspection.id] for word in passage.text.split()]

    works: Works = {
        "ours": lambda: compare(a, b, texts[a.id], texts[b.id]),
        "difflib, word by word": lambda: difflib.SequenceMatcher(None, words(a), words(b)).get_opcodes(),
        _READ: lambda: [store.passages(each.primary_text) for each in (a, b) if each.primary_text],
    }
    sizes = " and ".join(str(len(texts[each.id])) for each in (a, b))
    yield timed(
        "comparison",
        f"the two longest reports, {sizes} passages",
        in_turn(works, 3),
        peer="difflib, word by word",
        floor=_READ,
    )


def _cohorts(store: Store) -> Iterator[Row]:
    inspections, everyone = store.inspections(), authorities().all()

    def stood(typed: str) -> object:
        stands = grade_cohort(cohort(typed, authorities(), inspections), inspections, everyone, None)
        return grade_changes(stands.cohort, inspections, everyone)

    for typed in ("region:London", "all"):
        works: Works = {"ours": partial(stood, typed), "open the store": lambda: Store.open(store.folder).inspections()}
        yield timed("comparison", f"the cohort {typed}", in_turn(works), floor="open the store")


def _exporting(store: Store) -> Iterator[Row]:
    texts = store.primary_texts()
    longest = sorted(texts, key=lambda key: -len(store.passages(texts[key])))[:2]
    a, b = map(store.inspection, longest)
    pair = compare(a, b, store.passages(texts[a.id]), store.passages(texts[b.id]), (authority_of(a), authority_of(b)))
    sheet = comparison_sheet(pair)
    works: Works
    with tempfile.TemporaryDirectory() as place:
        for form in FORMATS:
            works = {
                "ours": partial(render_sheet, sheet, form),
                _DISK: partial(_kept, render_sheet(sheet, form), Path(place)),
            }
            yield timed("export", f"the comparison as {form}", in_turn(works, 3), floor=_DISK)
        works = {
            "ours": lambda: json_lines([comparison_record(pair)]),
            _DISK: partial(_kept, json_lines([comparison_record(pair)]).decode(), Path(place)),
        }
        yield timed("export", "the comparison as json", in_turn(works, 3), floor=_DISK)
        held = [(each, authority_of(each)) for each in store.inspections()]
        listed = inspections_sheet(held)
        works = {
            "ours": lambda: render_sheet(listed),
            "rich": lambda: _rich(store),
            _DISK: partial(_kept, render_sheet(listed), Path(place)),
        }
        yield timed("export", f"the list of {len(held)}", in_turn(works, 3), peer="rich", floor=_DISK)


def _kept(text: str, place: Path) -> None:
    with (place / "export").open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _rich(store: Store) -> str:
    """The table of the list, drawn by rich."""
    listed = inspections_table(store.inspections())
    table = Table(*listed.columns, box=None)
    for row in listed.rows:
        table.add_row(*(cell.text for cell in row))
    console = Console(width=100, file=io.StringIO())
    console.print(table, markup=False)
    return str(console.file)
