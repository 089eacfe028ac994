"""`reinspect about`: print the versions of the program and of its parts."""

from __future__ import annotations

import click

from reinspect import READER, __version__

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
def about_command() -> None:
    """Print the versions of the program and of its engines.

    \b
    Example:
      reinspect about
    """
    import platform

    from reinspect.record import record

    click.echo(f"reinspect {__version__}, reader {READER}, record as of {record().as_of}")
    click.echo(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}")
    for engine in _ENGINES:
        click.echo(f"{engine} {_installed(engine)}")


def _installed(engine: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(engine)
    except PackageNotFoundError:
        return "not installed"
