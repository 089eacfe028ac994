"""`reinspect serve`: show the app in a browser on this machine."""

from __future__ import annotations

import click

from tui.cli.stores import open_store
from tui.streams import print_data, say


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port to listen on; default: any free one.")
@click.option(
    "--visitors", type=click.IntRange(1, 100), default=10, show_default=True, help="Maximum number of browser windows."
)
@click.pass_context
def serve_command(ctx: click.Context, *, port: int, visitors: int) -> None:
    """Show the app in a browser on this machine.

    The first line on stdout is the address to open. It contains a token, so only those who know the address can use the
    store, and only this machine can connect. Ctrl+C stops it.

    \b
    Example:
      reinspect serve --port 8000
    """
    from importlib.util import find_spec

    if find_spec("textual_serve") is None:
        raise click.UsageError(
            "The app in a browser needs another package: pip install '.[web]' in the project's folder."
        )
    from tui.web.server import serve

    # A store that cannot be opened is reported here, not to each visitor.
    folder = open_store(ctx).folder

    def announce(address: str) -> None:
        print_data(f"{address}\n".encode())
        say("Open this address in a browser on this machine. Ctrl+C stops it.")

    serve(folder, port, visitors, announce)
