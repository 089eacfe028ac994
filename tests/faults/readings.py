"""Judge the answer of the reader to a broken or hostile file.

A file is survived when an answer comes within the time limit; when the answer is either a reading that the file's own
pages confirm, or a refusal with a reason; and when the next file is read as usual.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from reinspect.model import Reading
from reinspect.reading.sanitise import UNSAFE
from reinspect.reading.worker_pool import read_files
from tests.faults.tries import ALL, Tries

SECONDS = 20.0 if ALL else 5.0
"""The time limit of one file."""
GRACE = 10
_OUR_FAULT = "please report this"
_STOPPED = ("took more than", "needed more than", "ended the reader", "ended by the system")


def write_files(folder: Path, contents: Iterable[tuple[str, bytes]]) -> list[Path]:
    """Write files of these names and contents, and return their paths."""
    paths = []
    for name, data in contents:
        path = folder / name
        path.write_bytes(data)
        paths.append(path)
    return paths


def read_all(tries: Tries, paths: Sequence[Path], expected: Sequence[str | None] = ()) -> list[Reading]:
    """Read the files in limited worker processes, record each as a try, and return the readings.

    `expected` has for each file "read", words of the reason of its refusal, or None for any sound answer.
    """
    readings = []
    started = time.monotonic()
    hopes = expected or [None] * len(paths)
    for path, reading, hope in zip(paths, read_files(paths, jobs=2, seconds=SECONDS), hopes, strict=True):
        seconds, started = time.monotonic() - started, time.monotonic()
        fault = fault_in_reading(reading)
        if fault is None and seconds > SECONDS + GRACE:
            fault = f"{path.name}: {seconds:.0f} s"
        if fault is None and hope is not None and hope not in (reading.reason or "read"):
            fault = f"{path.name}: {reading.reason or 'read'}, expected: {hope}"
        tries.record(fault, outcome_of(reading))
        readings.append(reading)
    return readings


def outcome_of(reading: Reading) -> str:
    """Return in a few words how the reading of a file ended."""
    if reading.reason is None:
        return "read with warnings" if reading.document.warnings else "read"
    stopped = next((words for words in _STOPPED if words in reading.reason), None)
    return f"stopped: {stopped}" if stopped else "refused"


def fault_in_reading(reading: Reading) -> str | None:
    """Return what is wrong with an answer, or None."""
    texts = [*reading.pages, *(passage.text for passage in reading.passages), reading.reason or "", reading.file]
    texts += [reading.document.title, *reading.document.warnings]
    if any(UNSAFE.search(text) for text in texts):
        return "unsafe text"
    if reading.reason is not None:
        return _fault_in_refusal(reading)
    if reading.document.kind == "unreadable" or not any(page.strip() for page in reading.pages):
        return "neither read nor refused"
    return _fault_in_facts(reading)


def _fault_in_refusal(reading: Reading) -> str | None:
    if _OUR_FAULT in (reading.reason or ""):
        return f"a fault of ours: {reading.reason}"
    has_facts = reading.pages or reading.passages or reading.facts.judgements
    return "a refusal with facts" if has_facts or reading.document.kind != "unreadable" else None


def _fault_in_facts(reading: Reading) -> str | None:
    """Check that every grade is printed on the page it cites, and that every passage lies within its page."""
    for judgement in reading.facts.judgements:
        place = judgement.evidence
        if judgement.grade and (place is None or not 1 <= place.page <= len(reading.pages)):
            return "a grade without a page"
        if place and judgement.grade and judgement.printed.casefold() not in _plain(reading.pages[place.page - 1]):
            return "a grade that its page does not print"
    for passage in reading.passages:
        if not 0 <= passage.start <= passage.end <= len(reading.pages[passage.page - 1]):
            return "a passage outside its page"
    return None


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
