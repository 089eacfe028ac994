"""The process of one browser window: it runs the app and exchanges data with the server over stdin and stdout.

The server sets environment variables that make Textual use its web driver.
"""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tui.app.app import ReinspectApp

if TYPE_CHECKING:
    from store import Store

_CHECK_SECONDS = 2.0


def visit(store_folder: str) -> None:
    """Run the app on a store until the window is closed or the server has ended."""

    def open_store() -> Store:
        from store import Store

        return Store.open(Path(store_folder))

    threading.Thread(target=_exit_with_server, args=(os.getppid(),), daemon=True).start()
    ReinspectApp(open_store).run()


def _exit_with_server(server_pid: int) -> None:
    """Exit when the server process has ended."""
    # A killed server cannot tell us that it ends. The store survives an exit at any time.
    while os.getppid() == server_pid:
        time.sleep(_CHECK_SECONDS)
    os._exit(1)
