"""`reinspect about`: print the versions of the program and of its parts."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import click

from reinspect import READER, __version__
from tui.cli.stores import store_folder_of

_ENGINES = (
    "click",
    "textual",
    "tinydb",
    "pypdfium2",
    "rapidfuzz",
    "numpy",
    "msgspec",
    "orjson",
    "filelock",
    "python-docx",
    "xlsxwriter",
)


@click.command("about")
@click.pass_context
def about_command(ctx: click.Context) -> None:
    """Print the versions of the program, of its record and of its engines.

    If the store has a newer record (`reinspect update`), its day is printed too.

    \b
    Example:
      reinspect about
    """
    import platform

    from reinspect.record import record

    click.echo(f"reinspect {__version__}, reader {READER}, record as of {record().as_of}")
    if newer := _newer_record(ctx, record().as_of):
        click.echo(f"the store has a newer record, as of {newer}")
    _echo_own_frameworks()
    click.echo(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}")
    for engine in _ENGINES:
        click.echo(f"{engine} {_installed(engine)}")


def _echo_own_frameworks() -> None:
    """Print the keys of the person's own frameworks, if a folder is named and its files can be used."""
    from reinspect.errors import FrameworkError
    from reinspect.frameworks import own_frameworks
    from reinspect.reading.sanitise import safe_line

    with suppress(FrameworkError):
        if own := own_frameworks():
            click.echo(safe_line(f"frameworks of your own: {', '.join(own[1])}, in {own[0]}"))


def _newer_record(ctx: click.Context, shipped: date) -> date | None:
    """Return the day of the store's record if it is later than that of the shipped one; None also without a store."""
    from reinspect.errors import ReinspectError
    from store import Store
    from store.storage import CATALOGUE

    # What is wrong with a store or the settings must not keep anybody from reading the versions.
    with suppress(ReinspectError, OSError):
        folder = store_folder_of(ctx)
        found = Store.open(folder).record_date if (folder / CATALOGUE).is_file() else None
        return found if found and found > shipped else None
    return None


def _installed(engine: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(engine)
    except PackageNotFoundError:
        return "not installed"
