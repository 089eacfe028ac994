"""Run the program as `python -m tui`, where the command `reinspect` is not on the path."""

from __future__ import annotations

from tui.cli.main import main

if __name__ == "__main__":
    main(prog_name="reinspect")
