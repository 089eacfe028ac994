"""One visit: the app in a process of its own, which speaks with the server over its standard input and output.

The server starts it with Textual's web driver in its environment.
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

_LOOK = 2.0


def visit(store_folder: str) -> None:
    """Run the app on a store until the visitor leaves or the server is gone."""

    def open_store() -> Store:
        from store import Store

        return Store.open(Path(store_folder))

    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    ReinspectApp(open_store).run()


def _end_with(server: int) -> None:
    """End when the server has: one that was killed can say no goodbye. The store is safe whenever a process ends."""
    while os.getppid() == server:
        time.sleep(_LOOK)
    os._exit(1)
