"""Write small Word documents for tests from the XML of their body. For example:

make_docx(paragraph("Inspection of Exampleshire") + table([["Judgement", "Grade"]]), tmp_path / "letter.docx")
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def make_docx(body: str, path: Path, *, styles: str = "", numbering: str = "", main: str = "document") -> Path:
    """Write a Word document and return its path.

    `styles` and `numbering` are the contents of those two parts, and `main` is the name of the main part.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", _relationships(officeDocument=f"/word/{main}.xml"))
        archive.writestr(
            f"word/_rels/{main}.xml.rels", _relationships(styles="styles.xml", numbering="/word/numbering.xml")
        )
        archive.writestr(f"word/{main}.xml", _part("document", f"<w:body>{body}</w:body>"))
        if styles:
            archive.writestr("word/styles.xml", _part("styles", styles))
        if numbering:
            archive.writestr("word/numbering.xml", _part("numbering", numbering))
    return path


def paragraph(text: str, properties: str = "") -> str:
    """Return the XML of a paragraph with one run of text."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """Return the XML of a run of text with one style."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return the XML of a table with one paragraph in each cell."""
    cells = ["".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def listed(number: int, depth: int = 0) -> str:
    """Return the property that makes a paragraph an item of list `number` at a depth."""
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def _relationships(**targets: str) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = [f'<Relationship Type="{kind}/{name}" Target="{target}"/>' for name, target in targets.items()]
    return f"<Relationships>{''.join(listed)}</Relationships>"


def _part(name: str, inside: str) -> str:
    return f'<w:{name} xmlns:w="{_WORD}" xmlns:mc="{_COMPATIBILITY}">{inside}</w:{name}>'
