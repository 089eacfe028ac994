"""`reinspect config`: print the settings in force."""

from __future__ import annotations

import click


@click.command("config")
@click.pass_context
def config_command(ctx: click.Context) -> None:
    """Show the settings in force and where each comes from.

    \b
    Example:
      reinspect config
    """
    from reinspect.reading.sanitise import safe_line
    from store.location import settings_file, store_and_source
    from tui.settings import settings

    folder, source = store_and_source(ctx.obj)
    file = settings_file()
    state = "read" if file.exists() else "not there; all settings have their defaults"
    click.echo(f"store     {safe_line(str(folder))}  ({source})")
    click.echo(f"settings  {safe_line(str(file))}  ({state})")
    current = settings(file)
    click.echo(f"framework {safe_line(_own_frameworks())}")
    click.echo(f"theme     {safe_line(current.theme or 'as you left it')}")
    click.echo(f"group     {safe_line(current.group or 'none')}")
    click.echo(f"width     {current.width}  (columns of what the app copies and exports)")
    for name, keys in current.keymap.items():
        click.echo(f"keymap    {safe_line(name)} = {safe_line(keys)}")


def _own_frameworks() -> str:
    """Return the folder and the keys of the person's own frameworks in words, or what is wrong with them."""
    from reinspect.errors import FrameworkError
    from reinspect.frameworks import FOLDER_VARIABLE, own_frameworks

    try:
        own = own_frameworks()
    except FrameworkError as error:
        return f"none can be used: {error}"
    return f"{own[0]}  ({FOLDER_VARIABLE}: {', '.join(own[1])})" if own else f"built in  ({FOLDER_VARIABLE} is not set)"
