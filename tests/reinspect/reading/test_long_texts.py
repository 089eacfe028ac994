"""Very long texts without meaning: reading them takes bounded time."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from reinspect.authorities import authorities
from reinspect.reading import read_file
from reinspect.reading.formats import pdf
from reinspect.reading.formats.pdf_print import _find_stray, _Print
from tests.making.pdf import pdf_bytes
from tests.making.reports import GRADES, ilacs_front, letter, read, rows

LONG = 50_000
MOST_SECONDS = 10
"""Processor time for two readings, which a busy machine does not lengthen much. The slowest pair takes 1 to 3 s."""


@pytest.mark.parametrize(
    "piece", [" ", ".", "1", "a@", "visit to ", "the ", "(outcome ", "no area for ", "1. ", "◼ ", "A b "]
)
@pytest.mark.parametrize("wide", [True, False])
def test_a_long_repetition_is_read_in_bounded_time(piece: str, wide: bool) -> None:
    run = [piece * (LONG // len(piece))] if wide else [piece * 3] * (LONG // (3 * len(piece)))
    listed = ["What needs to improve?", *run]

    started = time.process_time()
    assert read([[*ilacs_front(rows(**GRADES)), *listed]]).facts.framework == "ilacs-2023"
    assert read([letter()[0][:10] + listed]).document.kind == "letter"
    assert time.process_time() - started < MOST_SECONDS


@pytest.mark.parametrize("words", ["Words " + " " * LONG + "end", "\n" * LONG + "end", "a" * LONG])
def test_a_text_of_one_long_run_is_read_in_bounded_time(tmp_path: Path, words: str) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text(words, "utf-8")
    started = time.process_time()
    read_file(paper)
    assert time.process_time() - started < MOST_SECONDS


def test_an_article_that_names_a_council_on_one_long_line_is_read_in_bounded_time() -> None:
    started = time.process_time()
    found = authorities().find_in("Praise Camden Council " * (2 * LONG // 22))
    assert found is not None and found.slug == "camden"
    assert time.process_time() - started < MOST_SECONDS


def test_a_pdf_with_a_divided_word_and_a_long_run_of_letters_is_read_in_bounded_time() -> None:
    started = time.process_time()
    pages, _ = pdf.extract_pages(pdf_bytes([["The manage-", "ment of it", "x" * LONG]]))
    assert pages[0].startswith("The management of it")
    assert time.process_time() - started < MOST_SECONDS


class Handle:
    """The object of a piece of print, which counts how often pieces are compared."""

    compared = 0

    def __eq__(self, other: object) -> bool:
        Handle.compared += 1
        return self is other

    __hash__ = None  # type: ignore[assignment]


def test_slanted_pieces_of_print_are_told_apart_without_comparing_each_with_each() -> None:
    prints = [_Print(Handle(), None, 45.0 if i % 2 else 0.0, 10.0, (0.0, 0.0, 1.0, 1.0)) for i in range(2_000)]
    Handle.compared = 0
    left_out, (note,) = _find_stray(SimpleNamespace(get_bbox=lambda: (0, 0, 9, 9)), prints, 0.0, [1] * 2_000)  # type: ignore[arg-type]
    assert "printed in several directions" in note
    assert left_out == []
    assert Handle.compared == 0
