"""Reports and letters of Exampleshire, a council that does not exist, to try the program on without a network.

The six texts are the `.txt` files of this folder, in our own words and in the form of real ones. `lay_out` makes pages
of a text, and `write_pdf` makes a PDF of the pages.

    example_files()     {"exampleshire-2015-sif.pdf": b"%PDF-1.7...", ...}
"""

from __future__ import annotations

from pathlib import Path

from reinspect.example.layout import lay_out
from reinspect.example.pdf import write_pdf

_NAMES = {
    "sif-2015": "exampleshire-2015-sif.pdf",
    "focused-visit-2018": "exampleshire-2018-focused-visit.pdf",
    "ilacs-2019": "exampleshire-2019-ilacs.pdf",
    "focused-visit-2021": "exampleshire-2021-focused-visit.pdf",
    "ilacs-2024": "exampleshire-2024-ilacs.pdf",
    "area-send-2025": "exampleshire-2025-area-send.pdf",
}


def example_files() -> dict[str, bytes]:
    """Return the PDF of each report and letter of the invented council, by the name of its file, the earliest first."""
    folder = Path(__file__).parent
    return {name: write_pdf(lay_out((folder / f"{text}.txt").read_text("utf-8"))) for text, name in _NAMES.items()}
