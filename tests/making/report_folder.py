"""A folder of invented reports and letters, as PDF."""

from __future__ import annotations

from pathlib import Path

from tests.making.pdf import make_pdf
from tests.making.reports import ilacs_2023, letter, sif

COUNCILS = ["Camden", "Barnet", "Kent", "Hackney", "Leeds", "Dorset", "Essex", "Croydon", "Merton", "Surrey"]


def make_reports(folder: Path, count: int) -> Path:
    """Write that many reports and letters into a new folder and return it: report-000.pdf, report-001.pdf, ..."""
    folder.mkdir(parents=True)
    for number in range(count):
        council = COUNCILS[number % len(COUNCILS)]
        template = (ilacs_2023, sif, letter)[number % 3]()
        pages = [[line.replace("Camden", council) for line in page] for page in template]
        pages[-1].append(f"Report {number} of this set.")
        make_pdf(pages, folder / f"report-{number:03}.pdf")
    return folder
