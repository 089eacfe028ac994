"""Write data to stdout or to a file, and messages to stderr, safely for any terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

import click

from reinspect.errors import ReinspectError

if TYPE_CHECKING:
    from reinspect.answers.answer import Answer
    from reinspect.exporting.records import JsonObject

FileFormat = Literal["text", "md", "html", "docx", "xlsx", "csv", "json", "jsonl"]

SUFFIXES: dict[FileFormat, str] = {
    "text": ".txt",
    "md": ".md",
    "html": ".html",
    "docx": ".docx",
    "xlsx": ".xlsx",
    "csv": ".csv",
    "json": ".json",
    "jsonl": ".jsonl",
}
"""The ending of a file's name in each format."""

FORMAT_OF_SUFFIX: dict[str, FileFormat] = {**{suffix: form for form, suffix in SUFFIXES.items()}, ".htm": "html"}
"""The format of a file, by the ending of its name."""

BINARY_FORMATS: frozenset[FileFormat] = frozenset({"docx", "xlsx"})
"""The formats that are not text."""

DATA_FORMATS: frozenset[FileFormat] = frozenset({"csv", "json", "jsonl", "xlsx"})
"""The formats that have tables or objects alone, without sentences for a person."""

RecordPrinter = Callable[["JsonObject"], None]


def format_by_name(path: Path) -> FileFormat:
    """Return the format of a file by the ending of its name; text if it has no ending.

    Raises:
        ReinspectError: no format has this ending.
    """
    if not path.suffix:
        return "text"
    if refusal := ending_refusal(path):
        raise ReinspectError(refusal)
    return FORMAT_OF_SUFFIX[path.suffix.lower()]


def ending_refusal(path: Path) -> str | None:
    """Return why no file of this name is written, which is that no format has its ending; None if it may be written."""
    if not path.suffix or path.suffix.lower() in FORMAT_OF_SUFFIX:
        return None
    return (
        f"{path.name}: reinspect does not write {path.suffix} files; "
        f"use a name that ends in {', '.join(FORMAT_OF_SUFFIX)}"
    )


_PIPED_WIDTH = 100
_UNKNOWN_WIDTH = 80
_MOST_DIGITS = 9


def print_data(data: bytes) -> None:
    """Write bytes to stdout. If stdout is a terminal, control characters are replaced."""
    if sys.stdout.isatty():
        from reinspect.reading.sanitise import make_safe

        data = make_safe(data.decode("utf-8-sig", errors="replace")).encode()
    click.echo(data, nl=False)


def print_lines(lines: Iterable[str]) -> None:
    """Write lines to stdout, as an answer."""
    from reinspect.reading.sanitise import safe_line

    print_data("".join(f"{safe_line(line)}\n" for line in lines).encode())
    sys.stdout.flush()


def say(message: str) -> None:
    """Write one line to stderr, as a message to the person."""
    from reinspect.reading.sanitise import safe_line

    # A message that nobody can receive must not end the work that it reports.
    with suppress(OSError):
        click.echo(safe_line(message), err=True)


def json_lines(records: Iterable[JsonObject]) -> bytes:
    """Encode records as JSON in UTF-8, one object a line."""
    import orjson

    return b"".join(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in records)


def json_document(records: Iterable[JsonObject], *, is_one_record: bool = False) -> bytes:
    """Encode records as one JSON document in UTF-8: an array or, with `is_one_record`, the only object."""
    lines = [json_lines([record]) for record in records]
    if is_one_record and len(lines) == 1:
        return lines[0]
    return b"[\n" + b",\n".join(line.rstrip() for line in lines) + b"\n]\n" if lines else b"[]\n"


@contextmanager
def printed_records(form: Literal["json", "jsonl"], *, is_one_record: bool = False) -> Iterator[RecordPrinter]:
    """Provide a function that prints records one by one, as lines or as one JSON document.

    An interruption ends the document properly, so that what was printed can be read.
    """
    if form == "jsonl":
        yield lambda record: print_data(json_lines([record]))
        return
    if is_one_record:
        records: list[JsonObject] = []
        yield records.append
        print_data(json_document(records, is_one_record=True))
        return
    printed = 0

    def print_next(record: JsonObject) -> None:
        nonlocal printed
        print_data((b",\n" if printed else b"[\n") + json_lines([record]).rstrip())
        printed += 1

    try:
        yield print_next
    finally:
        print_data(b"\n]\n" if printed else b"[]\n")


def render_answer(answer: Answer, form: FileFormat, *, width: int, linear: bool = False) -> bytes:
    """Render an answer in a file format, as bytes.

    `linear` is for screen readers: text without columns.
    """
    match form:
        case "json":
            return json_document(answer.records(), is_one_record=answer.is_one_record)
        case "jsonl":
            return json_lines(answer.records())
        case "csv":
            from reinspect.exporting.formats.csv import render_csv

            return render_csv(answer.table()).encode()
        case "docx":
            from reinspect.exporting.formats.docx import render_docx

            return render_docx(answer.sheet())
        case "xlsx":
            from reinspect.exporting.formats.xlsx import render_xlsx

            return render_xlsx(answer.sheet(), answer.tables())
        case "text" | "md" | "html":
            from reinspect.exporting import render_sheet

            return render_sheet(answer.sheet(), form, width=width, linear=linear).encode()


def is_number(typed: str) -> bool:
    """Return True if a person typed a number, of a size that can count something."""
    return typed.isdecimal() and len(typed) <= _MOST_DIGITS


def terminal_width() -> int:
    """Return the width of the terminal in columns, also of the one behind a pipe; 100 if there is none."""
    # What goes to `less` or into a file is most often read in the terminal where the command was typed.
    terminals = [stream for stream in (sys.stdout, sys.stderr, sys.stdin) if _is_terminal(stream)]
    if not terminals:
        # A fixed width, so that the same question gives the same bytes.
        return _PIPED_WIDTH
    if is_number(chosen := os.environ.get("COLUMNS", "")) and int(chosen):
        return int(chosen)
    for stream in terminals:
        # On Windows the input has no width, although it is a terminal.
        with suppress(OSError, ValueError):
            if columns := os.get_terminal_size(stream.fileno()).columns:
                return columns
    return _UNKNOWN_WIDTH


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        # It is closed.
        return False


def write_file(path: Path, data: bytes, *, replace: bool) -> None:
    """Write a file completely or not at all; an existing file is replaced only with `replace`.

    A device or a pipe takes the data and stays.

    Raises:
        FileExistsError: the file exists and must not be replaced.
        OSError: the file cannot be written; an existing file is unchanged.
    """
    from store.atomic_write import is_device, write_outside

    if not replace and not is_device(path):
        # This refuses even a dangling link.
        with path.open("xb") as file:
            try:
                file.write(data)
                file.flush()
            except BaseException:
                path.unlink(missing_ok=True)
                raise
        return
    write_outside(path, data)
