"""The labelled cells of follow-through: one improvement in one later text, with a reader's status.

Three files: `follow_cells.jsonl` and `follow_camden.jsonl` of the shared folder, and `quality/follow_labels.jsonl`. The
cells of the first, which are `marked`, also have a reader's mark for each of their likeliest sentences: "+" praise, "-"
criticism, "~" both, "o" neutral, "x" not on the matter. A sentence is found by its key, so that a mark survives a newer
reader of PDF files. Labels that councils export with `reinspect follow --verdicts` have the same statuses.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.material import json_lines
from reinspect.model import Inspection, Reading
from reinspect.reading.worker_pool import read_files

OWN_LABELS = Path(__file__).parent / "quality" / "follow_labels.jsonl"


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A labelled cell. `marks` are by the key of the sentence; `pages` and `paragraphs` are those a reader cites."""

    authority: str
    origin: str
    index: int
    file: str
    published: str
    status: str
    certainty: str
    pages: frozenset[int]
    paragraphs: frozenset[int]
    marks: dict[str, str] = {}

    @property
    def is_marked(self) -> bool:
        """True if a reader marked sentences of this cell."""
        return bool(self.marks)


def load_cells(shared: Path) -> list[Cell]:
    """Return all labelled cells, the marked ones first."""
    folder = shared / "phrases_data"
    marked = load_marked_cells(folder / "follow_cells.jsonl")
    threads = [*json_lines(folder / "follow_camden.jsonl"), *json_lines(OWN_LABELS)]
    return [*marked, *(cell for thread in threads for cell in _cells_of(thread))]


def load_marked_cells(path: Path) -> list[Cell]:
    """Return the cells of a file in the form of `follow_cells.jsonl`."""
    return [_marked_cell(row) for row in json_lines(path)]


def read_cells(cells: Iterable[Cell], corpus: Path) -> dict[str, Reading]:
    """Read every report and letter that the cells are about."""
    files = sorted({file for cell in cells for file in (cell.origin, cell.file)})
    return dict(zip(files, read_files([corpus / file for file in files], jobs=2), strict=True))


def sentence_key(text: str) -> str:
    """Return the key of a sentence: the first signs of the checksum of its letters and digits in lower case."""
    letters = "".join(letter for letter in text.lower() if letter.isalnum())
    return hashlib.sha1(letters.encode(), usedforsecurity=False).hexdigest()[:12]


def inspection_of(file: str, reading: Reading) -> Inspection:
    """Make an inspection from one file alone; its id is the file's name."""
    facts = reading.facts
    return Inspection(
        id=file,
        authority="",
        framework=facts.framework or "",
        graded=facts.graded,
        judgements=facts.judgements,
        improvements=facts.improvements,
    )


def by_authority(cells: Sequence[Cell]) -> Mapping[str, list[Cell]]:
    """Return the cells of each authority."""
    grouped: dict[str, list[Cell]] = {}
    for cell in cells:
        grouped.setdefault(cell.authority, []).append(cell)
    return grouped


def _marked_cell(row: dict[str, Any]) -> Cell:
    cited = [sentence for sentence in row["sentences"] if sentence["mark"] != "x"]
    return _cell(
        row,
        row,
        pages=(sentence["page"] for sentence in cited),
        paragraphs=(sentence["paragraph"] for sentence in cited if sentence["paragraph"]),
        marks={sentence["key"]: sentence["mark"] for sentence in row["sentences"]},
    )


def _cells_of(thread: dict[str, Any]) -> Iterator[Cell]:
    for step in thread["steps"]:
        yield _cell(thread, step, pages=step["pages"], paragraphs=step["paragraphs"])


def _cell(
    thread: dict[str, Any],
    step: dict[str, Any],
    *,
    pages: Iterable[int],
    paragraphs: Iterable[int],
    marks: dict[str, str] | None = None,
) -> Cell:
    """Return the cell of an improvement (`thread`) in a later text (`step`)."""
    return Cell(
        authority=thread["authority"],
        origin=thread["origin"]["file"],
        index=thread["origin"]["index"],
        file=step["file"],
        published=step["published"],
        status=step["status"],
        certainty=step["confidence"],
        pages=frozenset(pages),
        paragraphs=frozenset(paragraphs),
        marks=marks or {},
    )
