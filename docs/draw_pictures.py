"""Draw the pictures of the README and the docs from the shipped data alone: `python docs/draw_pictures.py`.

No report is added to the store that is drawn, so no sentence of one can be in a picture: what is read there are the
digests, in our own words.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from contextlib import chdir
from pathlib import Path
from unittest.mock import patch

from store import Store
from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.app.themes import DARK

_FOLDER = Path(__file__).resolve().parent / "pictures"
_SIZE = (120, 36)
_PICTURES = {
    "timeline": (),
    "compare": ("2",),
    "follow-through": ("3",),
    "says": ("4", "s"),
    "movers": ("5", "m"),
    "no-reports": ("a", *"norfolk", "enter"),
    "group": ("f", "down"),
    "reader": ("slash", *"supervision", "enter", "enter"),
    "export": ("2", "e", "down"),
}
_NAMED = {"-": "minus", ":": "colon", " ": "space"}


async def _draw(store: Path, name: str, keys: tuple[str, ...]) -> None:
    app = ReinspectApp(lambda: Store.open(store))
    async with person_at(app, *_SIZE) as person:
        app.theme = DARK
        await person.presses(*(_NAMED.get(key, key) for key in keys))
        picture = app.export_screenshot(title="reinspect")
        (_FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")


async def main() -> None:
    """Draw all pictures."""
    _FOLDER.mkdir(exist_ok=True)
    for name, keys in _PICTURES.items():
        # The export names the folder it writes to, which is the same wherever this runs.
        with tempfile.TemporaryDirectory() as home, patch.dict(os.environ, {"HOME": home}):
            reports = Path(home) / "reports"
            reports.mkdir()
            with chdir(reports):
                await _draw(Path(home) / "store", name, keys)


if __name__ == "__main__":
    asyncio.run(main())
