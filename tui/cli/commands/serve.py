"""`reinspect serve`: the app in a browser on this machine."""

from __future__ import annotations

import click

from tui.cli.output import put, say
from tui.naming import open_store


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port to listen on; default: any free one.")
@click.option(
    "--visitors", type=click.IntRange(1, 100), default=10, show_default=True, help="Browser windows at a time, at most."
)
@click.pass_context
def serve_command(ctx: click.Context, *, port: int, visitors: int) -> None:
    """Show the app in a browser on this machine, until Ctrl+C.

    The first line on stdout is the address to open. It holds a token: whoever has the line can use the store, and
    nobody else can. Only this machine can connect.
    """
    from importlib.util import find_spec

    if find_spec("textual_serve") is None:
        raise click.UsageError('The app in a browser needs one package more: install "reinspect[web]".')
    from tui.web.server import serve

    # A store that cannot be opened is told here, and not to each visitor.
    folder = open_store(ctx.obj).folder

    def tell(address: str) -> None:
        put(f"{address}\n".encode())
        say("Open this address in a browser on this machine. Ctrl+C ends it.")

    serve(folder, port, visitors, tell)
