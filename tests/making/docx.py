"""Make small Word documents for tests from the XML of their body.

make_docx(paragraph("Inspection of Exampleshire") + table([["Judgement", "Grade"]]), tmp_path / "letter.docx")
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def make_docx(body: str, path: Path, *, styles: str = "", numbering: str = "") -> Path:
    """Write a Word document and return its path; `styles` and `numbering` are the contents of those two parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", _part("document", f"<w:body>{body}</w:body>"))
        if styles:
            archive.writestr("word/styles.xml", _part("styles", styles))
        if numbering:
            archive.writestr("word/numbering.xml", _part("numbering", numbering))
    return path


def paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """Return a run: text with the same properties throughout."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return a table with one paragraph in each cell."""
    cells = ["".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def listed(number: int, depth: int = 0) -> str:
    """Return the property that puts a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def _part(name: str, inside: str) -> str:
    return f'<w:{name} xmlns:w="{_WORD}" xmlns:mc="{_COMPATIBILITY}">{inside}</w:{name}>'
