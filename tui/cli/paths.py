"""Check paths given on the command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click


class NamedPath(click.Path):
    """A click parameter type for a path that must not be empty.

    An empty path is usually an unset variable and would mean the current folder: `reinspect add "$REPORT"` would import
    everything there.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(path_type=Path, **options)

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Return the path.

        Raises:
            click.BadParameter: the path is empty, or a folder that may not be read.
        """
        if not os.fspath(value):
            self.fail("the name is empty.", param, ctx)
        # Without `readable`, a file that may not be read is left to the reader, so that it does not stop the others.
        if not self.readable and Path(os.fsdecode(value)).is_dir() and not os.access(value, os.R_OK | os.X_OK):
            self.fail(f"the folder {os.fspath(value)!r} is not readable.", param, ctx)
        return super().convert(value, param, ctx)
