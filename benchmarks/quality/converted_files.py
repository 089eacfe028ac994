"""Read reports as other programs convert them from PDF, and compare each with the reading of the PDF itself.

    python -m benchmarks.quality.converted_files [FOLDER] [--every N] [--python PROGRAM] [--only NAME ...] [--faults]

People keep reports as text, as Word files and as Markdown. `pdftotext` (poppler) makes three of the forms. The others
need Python packages that this project does not use: `--python` is the interpreter of an environment that has them
(`python3 -m venv env && env/bin/pip install pypdf pdfminer.six pymupdf pymupdf4llm pdf2docx`). A form that cannot be
made is left out, and named.

A field is right if it is read as from the PDF, missing if it is not read, and else wrong. Lists are compared by their
letters and digits, one item at a time. "Silently" counts the files with a wrong or missing field but no more warnings
than the PDF has.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.material import CORPUS, folder
from reinspect.model import Reading
from reinspect.reading.worker_pool import read_files

POPPLER = {"pdftotext": (), "pdftotext -layout": ("-layout",), "pdftotext -raw": ("-raw",)}
PACKAGES = {
    "pypdf": (
        ".txt",
        "from pypdf import PdfReader",
        "'\\f'.join(page.extract_text() for page in PdfReader(pdf).pages)",
    ),
    "pdfminer": (".txt", "from pdfminer.high_level import extract_text", "extract_text(pdf)"),
    "pymupdf": (".txt", "import pymupdf", "'\\f'.join(page.get_text() for page in pymupdf.open(pdf))"),
    "pymupdf html": (".html", "import pymupdf", "''.join(page.get_text('html') for page in pymupdf.open(pdf))"),
    "pymupdf4llm": (".md", "import pymupdf4llm", "pymupdf4llm.to_markdown(pdf, show_progress=False)"),
    "pdf2docx": (".docx", "from pdf2docx import Converter", ""),
}
"""For each form: the suffix of its files, an import, and the expression that gives the text of a file `pdf`."""
_TO_WORD = "converter = Converter(pdf); converter.convert(target); converter.close()"
_TO_TEXT = "open(target, 'w', encoding='utf-8', errors='replace').write({text})"
_SCRIPT = """
import json, sys
{imports}
for pdf, target in json.load(sys.stdin):
    try:
        {convert}
    except Exception as error:
        print(f"{{pdf}}: {{error}}", file=sys.stderr)
"""
FIELDS = ("framework", "authority", "days", "published", "grades", "improvements", "priority actions")
OUTCOMES = ("right", "missing", "wrong")


def main() -> None:
    """Print a row for each form and field."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=folder, nargs="?", default=CORPUS)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take each Nth file")
    parser.add_argument("--python", default=sys.executable, help="an interpreter with the packages that convert")
    parser.add_argument("--only", nargs="*", choices=[*POPPLER, *PACKAGES], default=[*POPPLER, *PACKAGES])
    parser.add_argument("--faults", action="store_true", help="list the files and fields that are not right")
    options = parser.parse_args()
    files = sorted(Path(options.folder).rglob("*.pdf"))[:: options.every]
    printed = {path: reading for path, reading in zip(files, _read(files), strict=True) if _is_known(reading)}
    print(
        f"{len(printed)} files\n\n{'form':18} {'field':17}" + "".join(f"{name:>9}" for name in (*OUTCOMES, "silently"))
    )
    for form in options.only:
        with tempfile.TemporaryDirectory(prefix="reinspect-converted-") as place:
            converted = convert(form, list(printed), Path(place), options.python)
            if not converted:
                print(f"{form:18} cannot be made here")
                continue
            _print_rows(form, compare(printed, converted, form if options.faults else ""))


def convert(form: str, files: Sequence[Path], place: Path, python: str) -> dict[Path, Path]:
    """Convert files into a folder; return the converted file of each that could be converted."""
    suffix, imports, text = PACKAGES.get(form, (".txt", "", ""))
    targets = {file: place / f"{number:04}{suffix}" for number, file in enumerate(files)}
    if form in POPPLER:
        for file, target in targets.items():
            subprocess.run(
                ["pdftotext", *POPPLER[form], str(file), str(target)], stderr=subprocess.DEVNULL, check=False
            )
    else:
        script = _SCRIPT.format(imports=imports, convert=_TO_TEXT.format(text=text) if text else _TO_WORD)
        pairs = json.dumps([(str(file), str(target)) for file, target in targets.items()])
        quiet = subprocess.DEVNULL
        subprocess.run([python, "-c", script], input=pairs, text=True, stdout=quiet, stderr=quiet, check=False)
    return {file: target for file, target in targets.items() if target.exists()}


def compare(printed: dict[Path, Reading], converted: dict[Path, Path], form: str = "") -> Counter[tuple[str, str]]:
    """Return how often each field has each outcome, and how often it is not right without a warning.

    With the name of a `form`, each field that is not right is printed.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for (file, _), reading in zip(converted.items(), _read(list(converted.values())), strict=True):
        whole = printed[file]
        warned = len(reading.document.warnings) > len(whole.document.warnings)
        for field, expected, found in _values(whole, reading):
            outcome = "right" if found == expected else "missing" if not found else "wrong"
            counts[field, outcome] += 1
            counts[field, "silently"] += outcome != "right" and not warned
            if form and outcome != "right":
                print(f"{form}: {outcome} {field}: {str(expected)[:60]!r} read {str(found)[:60]!r} in {file.name}")
    return counts


def _values(whole: Reading, reading: Reading) -> Iterator[tuple[str, object, object]]:
    """Yield each field with its value in the PDF and in the converted file; each grade and each item is one value."""
    first, second = whole.facts, reading.facts
    yield "framework", first.framework, second.framework
    yield "authority", first.authority and first.authority.slug, second.authority and second.authority.slug
    yield "days", first.windows, second.windows
    yield "published", first.published, second.published
    grades = {judgement.strand: judgement.grade for judgement in second.judgements}
    strands = {judgement.strand: judgement.grade for judgement in first.judgements}
    for strand in strands | grades:
        yield "grades", strands.get(strand), grades.get(strand)
    for field, items, others in (
        ("improvements", first.improvements, second.improvements),
        ("priority actions", first.priority_actions, second.priority_actions),
    ):
        expected, found = (
            Counter(_letters(item.text) for item in items),
            Counter(_letters(item.text) for item in others),
        )
        for text in (expected & found).elements():
            yield field, text, text
        for number in range(max((expected - found).total(), (found - expected).total())):
            yield field, "an item", "another item" if number < (found - expected).total() else None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _read(files: Sequence[Path]) -> list[Reading]:
    return list(read_files(files, jobs=2))


def _is_known(reading: Reading) -> bool:
    return reading.facts.framework is not None


def _print_rows(form: str, counts: Counter[tuple[str, str]]) -> None:
    for field in FIELDS:
        columns = "".join(f"{counts[field, name]:>9}" for name in (*OUTCOMES, "silently"))
        print(f"{form:18} {field:17}{columns}", flush=True)


if __name__ == "__main__":
    main()
