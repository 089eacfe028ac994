"""The functions that the fuzzer calls with random bytes, and what must hold for every input.

Each target takes any bytes and returns, or raises `AssertionError` if a promise is broken. An error that the program
explains (`ReinspectError`) is an answer; any other exception is a fault.

    TARGETS["dates"](b"3 to 7 March 2025")      # returns: both days are found, in order
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

import reinspect.frameworks
from reinspect.authorities import authorities
from reinspect.comparing.cohorts.expressions import cohort
from reinspect.errors import ReinspectError
from reinspect.frameworks import load_frameworks
from reinspect.phrases import parse_query
from reinspect.reading.dates import find_coarse_dates, find_dates, read_date, read_windows
from reinspect.reading.documents import read_pages
from reinspect.reading.formats.html import visible_text
from reinspect.reading.sanitise import UNSAFE, make_safe, safe_line
from tests.making.reports import ilacs_2023, letter, sif

CASES = Path(__file__).with_name("fuzz_cases")
"""Inputs on which a target once failed, or that reach much of its code: one folder a target."""


def read_any_pages(data: bytes) -> None:
    """Read bytes as the pages of a document, divided by form feeds, as text reaches the reader."""
    pages = [make_safe(page) for page in _text(data).split("\f")]
    reading = read_pages(pages, sha256=hashlib.sha256(data).hexdigest(), title="A report", file="a.pdf")
    facts = reading.facts
    places = [item.evidence for item in (*facts.judgements, *facts.improvements, *reading.passages)]
    for evidence in (*places, *facts.evidence.values()):
        if evidence is not None:
            page = reading.pages[evidence.page - 1]
            assert page[evidence.start : evidence.end].strip(), "a fact is printed where its evidence says"
    for window in facts.windows:
        assert window.start <= window.end, "an inspection does not end before it begins"
    assert not UNSAFE.search(msgspec.json.encode(reading).decode()), "unsafe characters reach the reading"


def read_any_dates(data: bytes) -> None:
    """Read bytes as printed dates."""
    text = _text(data)
    windows, end = read_windows(text, 0)
    assert 0 <= end <= len(text)
    assert all(window.start <= window.end for window in windows)
    _, end = read_date(text, 0)
    assert 0 <= end <= len(text)
    for _, start, end in find_dates(text):
        assert 0 <= start < end <= len(text)
    find_coarse_dates(text)


def parse_any_cohort(data: bytes) -> None:
    """Read bytes as the expression of a group of authorities."""
    try:
        found = cohort(_text(data), authorities(), ())
    except ReinspectError as error:
        assert str(error).strip(), "an error says what is wrong"
    else:
        assert found.authorities, "a group has a member"


def clean_any_text(data: bytes) -> None:
    """Clean bytes as report text."""
    text = data.decode("utf-16", errors="surrogatepass") if len(data) % 2 == 0 and data else _text(data)
    safe = make_safe(text)
    assert not UNSAFE.search(safe)
    assert make_safe(safe) == safe, "safe text is left unchanged"
    assert "\n" not in safe_line(text)


def load_any_framework(data: bytes) -> None:
    """Load bytes as a person's own file of a framework."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "own.toml").write_bytes(data)
        try:
            loaded = load_frameworks(Path(folder))
        except ReinspectError as error:
            assert "own.toml" in str(error), "an error names the file"
        else:
            for framework in loaded.values():
                framework.grade_forms()


def show_any_page(data: bytes) -> None:
    """Turn bytes as a web page into text."""
    visible_text(_text(data))


def parse_any_query(data: bytes) -> None:
    """Read bytes as a search query."""
    query = parse_query(_text(data))
    assert len(query.words) <= 24
    assert all(0 < len(word) <= 40 for word in query.words)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "pages": read_any_pages,
    "dates": read_any_dates,
    "cohorts": parse_any_cohort,
    "text": clean_any_text,
    "frameworks": load_any_framework,
    "web": show_any_page,
    "queries": parse_any_query,
}


def seeds(target: str) -> Iterator[bytes]:
    """Yield inputs from which the fuzzer starts."""
    yield from (path.read_bytes() for path in sorted((CASES / target).glob("*")))
    if target == "pages":
        for report in (ilacs_2023(), sif(), letter()):
            yield "\f".join("\n".join(page) for page in report).encode()
    elif target == "dates":
        yield b"3 to 7 March 2025 and 10 - 14 March 2025"
        yield "Inspection dates: 28 February 2022\u2013\u20094 March 2022, autumn 2019".encode()
    elif target == "cohorts":
        yield b"region:London since:2020 grade:help=good"
        yield b"neighbours:camden, Bristol + moved:overall=inadequate>good"
    elif target == "text":
        yield "a\u200bb\x1b[2Jc\u2028\ufeff".encode()
    elif target == "frameworks":
        yield from (path.read_bytes() for path in sorted(Path(reinspect.frameworks.__file__).parent.glob("*.toml")))
    elif target == "web":
        yield b"<html><body><p>A &amp; b<ol start=3><li>c</ol><![if x]><table><tr><td>d</table></body>"
    else:
        yield b'managment "exact words" -without'


def _text(data: bytes) -> str:
    return data.decode("utf-8", errors="replace")
