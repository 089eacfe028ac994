"""Pictures of every pane for the README and the docs, made from the shipped data alone: `python docs/draw_pictures.py`.

No report is added to the store that is drawn, so no sentence of one can be in a picture: what is read there are the
digests, in our own words.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from store import Store
from tests.making.person import person_at
from tui.app.app import ReinspectApp
from tui.app.themes import DARK, LIGHT

_FOLDER = Path(__file__).parent / "pictures"
_SIZE = (120, 36)
_PICTURES = {
    "timeline": (),
    "timeline-beside-neighbours": ("f", "enter"),
    "compare": ("2",),
    "follow-through": ("3",),
    "phrases": ("slash", *"pre-proceedings", "enter"),
    "recurring": ("4",),
    "says": ("4", "s"),
    "authorities": ("5", "slash", *"neighbours:camden", "enter"),
    "movers": ("5", "m"),
    "no-reports": ("a", *"norfolk", "enter"),
    "group": ("f", "down"),
    "basket": ("p", "2", "p", "slash", *"supervision", "enter", "p", "6", "i", *"for item 7", "enter"),
    "reader": ("slash", *"supervision", "enter", "enter"),
    "keys": ("2", "question_mark"),
    "export": ("2", "e", "down"),
}
_NAMED = {"-": "minus", ":": "colon", " ": "space"}


async def _draw(store: Path, name: str, keys: tuple[str, ...], theme: str) -> None:
    app = ReinspectApp(lambda: Store.open(store))
    async with person_at(app, *_SIZE) as person:
        app.theme = theme
        await person.presses(*(_NAMED.get(key, key) for key in keys))
        picture = app.export_screenshot(title="reinspect")
        (_FOLDER / f"{name}.svg").write_text(picture, encoding="utf-8")


async def main() -> None:
    """Draw all pictures, and one of them on a light ground."""
    _FOLDER.mkdir(exist_ok=True)
    for name, keys in _PICTURES.items():
        with tempfile.TemporaryDirectory() as folder:
            await _draw(Path(folder) / "store", name, keys, DARK)
    with tempfile.TemporaryDirectory() as folder:
        await _draw(Path(folder) / "store", "compare-light", ("2",), LIGHT)


if __name__ == "__main__":
    asyncio.run(main())
