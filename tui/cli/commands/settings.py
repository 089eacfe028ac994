"""`reinspect config` and `reinspect about`: what is in force here, and where it comes from."""

from __future__ import annotations

import click

from reinspect import READER, __version__

_ENGINES = ("click", "textual", "tinydb", "pypdfium2", "rapidfuzz", "numpy", "msgspec", "orjson", "filelock")


@click.command("config")
@click.pass_context
def config_command(ctx: click.Context) -> None:
    """The settings in force, and where each comes from."""
    from reinspect.reading.sanitise import safe_line
    from store.location import settings_file, store_and_source
    from tui.settings import settings

    folder, source = store_and_source(ctx.obj)
    file = settings_file()
    click.echo(f"store     {safe_line(str(folder))}  ({source})")
    click.echo(
        f"settings  {safe_line(str(file))}  ({'read' if file.exists() else 'not there; all settings have defaults'})"
    )
    said = settings(file)
    click.echo(f"theme     {safe_line(said.theme or 'as you left it')}")
    click.echo(f"cohort    {safe_line(said.cohort or 'none')}")
    click.echo(f"width     {said.width}  (columns of what the app copies and exports)")
    for name, keys in said.keymap.items():
        click.echo(f"keymap    {safe_line(name)} = {safe_line(keys)}")


@click.command("about")
def about_command() -> None:
    """The versions of this program, of its reader, of the record it ships and of the engines it runs on."""
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
