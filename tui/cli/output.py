"""The output options of all commands that print an answer: format, file, width and linear text."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import click

from tui.cli.paths import NamedPath
from tui.streams import (
    BINARY_FORMATS,
    FORMAT_OF_SUFFIX,
    SUFFIXES,
    FileFormat,
    ending_refusal,
    format_by_name,
    print_data,
    render_answer,
    say,
    terminal_width,
    write_file,
)

if TYPE_CHECKING:
    from reinspect.answers import Answer


class Output(NamedTuple):
    """A way to write an answer: the format, the width in columns, and the file (None for stdout)."""

    form: FileFormat
    width: int
    linear: bool = False
    path: Path | None = None
    force: bool = False

    def write(self, answer: Answer) -> None:
        """Print an answer, or write it to the file.

        Raises:
            click.UsageError: the file exists and must not be replaced, or it cannot be written.
        """
        data = render_answer(answer, self.form, width=self.width, linear=self.linear)
        if self.path is None:
            print_data(data)
        else:
            write_export(self.path, data, replace=self.force)


def exported(command: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate a command with the output options, and pass their values to it as one argument, `output`."""

    @click.option(
        "--format", "form", type=click.Choice(get_args(FileFormat)), help="Default: text, or by the ending of FILE."
    )
    @click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
    @click.option("-o", "--output", "path", type=NamedPath(dir_okay=False), metavar="FILE", help="Write to a file.")
    @click.option("--force", is_flag=True, help="Let -o replace an existing file.")
    @click.option("--width", type=click.IntRange(60, 200), help="Columns of text; default: the terminal's, else 100.")
    @click.option("--linear", is_flag=True, help="Text without columns, for a screen reader.")
    @functools.wraps(command)
    def with_output(
        *args: Any,
        form: FileFormat | None,
        as_json: bool,
        path: Path | None,
        force: bool,
        width: int | None,
        linear: bool,
        **options: Any,
    ) -> Any:
        if as_json and form not in {None, "json"}:
            raise click.UsageError(f"Use either --json or --format {form}, not both.")
        wanted: FileFormat | None = "json" if as_json else form
        if path is not None:
            check_new_file(path, replace=force)
        output = Output(
            form=_printed_format(wanted) if path is None else _file_format(path, wanted),
            width=width or terminal_width(),
            linear=linear,
            path=path,
            force=force,
        )
        return command(*args, output=output, **options)

    return with_output


def check_new_file(path: Path, *, replace: bool) -> None:
    """Check, before anything is computed, that a file can be created or replaced; a device is never replaced.

    Raises:
        click.UsageError: the file exists and must not be replaced, or its folder does not exist.
    """
    from store.atomic_write import is_device

    if not replace and os.path.lexists(path) and not is_device(path):
        raise file_exists_error(path)
    if not path.parent.is_dir():
        raise click.UsageError(f"{path}: there is no folder {path.parent}; make it first, or name another.")


def write_export(path: Path, data: bytes, *, replace: bool) -> None:
    """Write a whole file or nothing, and say so on stderr.

    Raises:
        click.UsageError: the file exists and must not be replaced, or it cannot be written.
    """
    try:
        write_file(path, data, replace=replace)
    except FileExistsError:
        raise file_exists_error(path) from None
    except OSError as error:
        from store.atomic_write import describe_refusal

        is_open = isinstance(error, PermissionError) and path.exists()
        hint = "; close it if another program has it open" if is_open else ""
        raise click.UsageError(f"{path}: cannot be written: {describe_refusal(error)}{hint}") from error
    say(f"written: {path}")


def check_folder(folder: Path, names: Iterable[str], *, replace: bool) -> None:
    """Check, before anything is computed, that the files can be created.

    Raises:
        click.UsageError: the folder above does not exist, or a file exists and must not be replaced.
    """
    if not folder.absolute().parent.is_dir():
        raise click.UsageError(f"{folder}: there is no folder {folder.parent}; make it first, or name another.")
    for name in () if replace else names:
        if os.path.lexists(folder / name):
            raise file_exists_error(folder / name)


def write_files(folder: Path, files: dict[str, bytes], *, replace: bool) -> None:
    """Write all files into a folder; if one cannot be written, new ones are removed again.

    Raises:
        click.UsageError: a file exists and must not be replaced, or cannot be written.
    """
    made = not folder.exists()
    written: list[Path] = []
    try:
        folder.mkdir(exist_ok=True)
        for name, data in files.items():
            existed = os.path.lexists(folder / name)
            write_file(folder / name, data, replace=replace)
            written += [] if existed else [folder / name]
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        if made and folder.exists():
            folder.rmdir()
        if isinstance(error, FileExistsError):
            raise file_exists_error(Path(error.filename or folder)) from None
        raise click.UsageError(f"{error.filename or folder}: cannot be written: {error.strerror}") from error
    for name in files:
        say(f"written: {folder / name}")


def _printed_format(wanted: FileFormat | None) -> FileFormat:
    """Return the format for stdout.

    Raises:
        click.UsageError: the format is not text, and stdout is a terminal.
    """
    if wanted in BINARY_FORMATS and sys.stdout.isatty():
        raise click.UsageError(f"{wanted} cannot be shown in a terminal; write a file: -o NAME{SUFFIXES[wanted]}")
    return wanted or "text"


def _file_format(path: Path, wanted: FileFormat | None) -> FileFormat:
    """Return the format of a file, by its ending unless a format is wanted.

    Raises:
        click.UsageError: the ending is that of another format than the one wanted, or no format has it.
    """
    from store.atomic_write import is_device

    by_suffix = FORMAT_OF_SUFFIX.get(path.suffix.lower())
    if wanted is not None:
        if by_suffix not in {None, wanted}:
            raise click.UsageError(f"{path} ends like {by_suffix}, but the format is {wanted}; change one of the two.")
        return wanted
    if not path.suffix.strip(".") and not is_device(path):
        raise click.UsageError(f"{path}: the name has no ending; use {', '.join(FORMAT_OF_SUFFIX)}, or give --format.")
    if refusal := ending_refusal(path):
        raise click.UsageError(f"{refusal}, or give --format.")
    return format_by_name(path)


def file_exists_error(path: Path) -> click.UsageError:
    """Return the error for a file that exists and must not be replaced."""
    return click.UsageError(f"{path} exists; --force replaces it.")
