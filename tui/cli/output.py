"""Where the output of a command goes: data to stdout or to a file, words about it to stderr."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import click

from tui.cli.paths import NamedPath

if TYPE_CHECKING:
    from reinspect.exporting.records import JsonObject
    from reinspect.exporting.sheet import Sheet, SheetTable

Form = Literal["text", "md", "html", "csv", "json"]
SUFFIXES: dict[str, Form] = {
    ".txt": "text",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".json": "json",
}
_PIPED_WIDTH = 100


@dataclass(frozen=True, kw_only=True)
class Output:
    """How and where a person wants the answer: `form` is one of text, md, html, csv and json."""

    form: Form
    width: int
    linear: bool = False
    path: Path | None = None
    force: bool = False

    def answer(
        self,
        sheet: Callable[[], Sheet],
        objects: Callable[[], Iterable[JsonObject]],
        table: Callable[[], SheetTable] | None = None,
    ) -> None:
        """Print whichever is wanted, the sheet or, one a line, the objects.

        As CSV a `table` takes the place of the sheet where there is one, with nothing but its rows.

        Raises:
            click.UsageError: the file exists and may not be replaced, or cannot be written.
        """
        if self.form == "json":
            self._write(json_lines(objects()))
        elif self.form == "csv" and table is not None:
            from reinspect.exporting.formats.csv import render_table

            self._write(render_table(table()).encode())
        else:
            self._write(self._rendered(sheet()))

    def _rendered(self, sheet: Sheet) -> bytes:
        from reinspect.exporting import render_sheet

        assert self.form != "json"
        return render_sheet(sheet, self.form, width=self.width, linear=self.linear).encode()

    def _write(self, data: bytes) -> None:
        if self.path is None:
            put(data)
            return
        try:
            write_file(self.path, data, replace=self.force)
        except FileExistsError:
            raise in_the_way(self.path) from None
        except OSError as error:
            raise click.UsageError(f"{self.path}: cannot be written: {error.strerror}") from error
        say(f"written: {self.path}")


def exported(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of an export; it is called with one `output` in their place."""

    @click.option(
        "--format", "form", type=click.Choice(get_args(Form)), help="Default: text, or what the name after -o says."
    )
    @click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
    @click.option(
        "-o",
        "--output",
        "path",
        type=NamedPath(dir_okay=False),
        metavar="FILE",
        help="Write to a file.",
    )
    @click.option("--force", is_flag=True, help="Let -o replace a file that exists.")
    @click.option("--width", type=click.IntRange(60, 200), help="Columns of text; default: the terminal's, else 100.")
    @click.option("--linear", is_flag=True, help="Text one thing below the other, for a screen reader.")
    @functools.wraps(command)
    def with_output(
        *args: Any,
        form: Form | None,
        as_json: bool,
        path: Path | None,
        force: bool,
        width: int | None,
        linear: bool,
        **options: Any,
    ) -> Any:
        if as_json and form not in {None, "json"}:
            raise click.UsageError(f"--json and --format {form} exclude each other.")
        if path is not None and not force and os.path.lexists(path):
            raise in_the_way(path)
        named = SUFFIXES.get(path.suffix.lower()) if path else None
        output = Output(
            form="json" if as_json else form or named or "text",
            width=width or terminal_width(),
            linear=linear,
            path=path,
            force=force,
        )
        return command(*args, output=output, **options)

    return with_output


def put(data: bytes) -> None:
    """Bytes to stdout, now; a terminal is sent none that it would act on."""
    if sys.stdout.isatty():
        from reinspect.reading.sanitise import make_safe

        data = make_safe(data.decode("utf-8-sig", errors="replace")).encode()
    click.echo(data, nl=False)


def json_lines(objects: Iterable[JsonObject]) -> bytes:
    """JSON in UTF-8, one object a line."""
    import orjson

    return b"".join(orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE) for each in objects)


def say(message: str) -> None:
    """One line to a person, on stderr."""
    from reinspect.reading.sanitise import safe_line

    click.echo(safe_line(message), err=True)


def terminal_width() -> int:
    """The terminal's width; a pipe gets a fixed one, so that the same question has the same answer."""
    if not sys.stdout.isatty():
        return _PIPED_WIDTH
    import shutil

    return shutil.get_terminal_size().columns


def write_file(path: Path, data: bytes, *, replace: bool) -> None:
    """Write whole or not at all; without `replace`, only where nothing is, a dangling link included.

    Raises:
        FileExistsError: something is there, and may not be replaced.
        OSError: the file cannot be written; what was there still is.
    """
    if not replace:
        with path.open("xb") as file:
            try:
                file.write(data)
                file.flush()
            except OSError:
                path.unlink(missing_ok=True)
                raise
        return
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def in_the_way(path: Path) -> click.UsageError:
    """What to say where a file would be replaced."""
    return click.UsageError(f"{path} exists; --force replaces it.")
