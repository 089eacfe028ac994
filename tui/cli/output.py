"""The output options of all commands that print an answer: format, file, width and linear text."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from tui.cli.paths import NamedPath
from tui.streams import FileFormat, format_by_name, print_data, render_answer, say, terminal_width, write_file

if TYPE_CHECKING:
    from reinspect.answers import Answer


@dataclass(frozen=True, kw_only=True)
class Output:
    """How to write an answer: the format, the width in columns, and the file (None for stdout)."""

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
            return
        try:
            write_file(self.path, data, replace=self.force)
        except FileExistsError:
            raise file_exists_error(self.path) from None
        except OSError as error:
            from store.atomic_write import describe_refusal

            raise click.UsageError(f"{self.path}: cannot be written: {describe_refusal(error)}") from error
        say(f"written: {self.path}")


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
        if path is not None and not force and os.path.lexists(path):
            raise file_exists_error(path)
        chosen: FileFormat | None = "json" if as_json else form
        output = Output(
            form=format_by_name(path, chosen) if path else chosen or "text",
            width=width or terminal_width(),
            linear=linear,
            path=path,
            force=force,
        )
        return command(*args, output=output, **options)

    return with_output


def file_exists_error(path: Path) -> click.UsageError:
    """Return the error for a file that exists and must not be replaced."""
    return click.UsageError(f"{path} exists; --force replaces it.")
