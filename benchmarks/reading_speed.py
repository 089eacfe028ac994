"""How fast files are read, against what it costs to get the bare text, and what a bomb does to a batch.

    python -m benchmarks.reading_speed FOLDER [--files N] [--runs N]

Each way of reading runs in fresh processes over the same files, turn by turn; its least processor seconds (its own
and its workers') are what is compared, as the rest depends on who else is at work. pdfplumber is measured
where it is installed, on fewer files, and set against ours on those.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what a fresh process imports is in its figures
    from benchmarks.figures import Row

BOMB_MEGABYTES = 300
PLUMBED = 8  # files for pdfplumber, at some 80 ms a page


def bare_pdfium(paths: Sequence[Path]) -> int:
    """Text of every page and nothing else."""
    import pypdfium2 as pdfium

    pages = 0
    for path in paths:
        try:
            document = pdfium.PdfDocument(path)
        except pdfium.PdfiumError:
            continue
        for page in document:
            page.get_textpage().get_text_bounded()
            pages += 1
        document.close()
    return pages


def pdfplumber_text(paths: Sequence[Path]) -> int:
    """What the most used tool for this needs to get the text."""
    import pdfplumber

    pages = 0
    for path in paths:
        try:
            with pdfplumber.open(path) as document:
                for page in document.pages:
                    page.extract_text()
                    pages += 1
        except Exception as error:  # the corpus holds web pages saved as PDF
            print(f"{path}: {error!r}", file=sys.stderr)
    return pages


def formats_only(paths: Sequence[Path]) -> int:
    """Ours, up to pages of safe text."""
    from reinspect.errors import UnreadableError
    from reinspect.reading.formats import extract

    pages = 0
    for path in paths:
        try:
            pages += len(extract(path).pages)
        except UnreadableError:
            continue
    return pages


def whole_read(paths: Sequence[Path]) -> int:
    """Ours, all of it, in this process."""
    from reinspect.reading import read_file

    return sum(read_file(path).document.pages for path in paths)


def whole_read_in_worker(paths: Sequence[Path]) -> int:
    """Ours as `reinspect add` does it: in a limited worker process."""
    from reinspect.reading.worker_pool import read_files

    return sum(reading.document.pages for reading in read_files(paths))


WAYS: dict[str, Callable[[Sequence[Path]], int]] = {
    way.__name__: way for way in (bare_pdfium, formats_only, whole_read, whole_read_in_worker, pdfplumber_text)
}


def measured(way: str, paths: Sequence[Path]) -> dict[str, float]:
    """Run one way in a fresh process: pages, processor and wall seconds, peak memory in MB."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.reading_speed", "--way", way],
        input=json.dumps([str(path) for path in paths]),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


def run_one(way: str) -> None:
    """In the fresh process: read the list of files from standard input, do it, print the measures."""
    paths = [Path(name) for name in json.load(sys.stdin)]
    began = time.perf_counter()
    pages = WAYS[way](paths)
    wall = time.perf_counter() - began
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    in_worker = way == "whole_read_in_worker"
    print(
        json.dumps(
            {
                "pages": pages,
                "cpu": sum(usage.ru_utime + usage.ru_stime for usage in used),
                "wall": wall,
                "peak": used[in_worker].ru_maxrss / 1024,
            }
        )
    )


def write_bomb(path: Path) -> None:
    """A PDF of under a megabyte whose one page unpacks to 300 MB of drawing (ecosystem.md 1)."""
    packer = zlib.compressobj(9)
    piece = b"(boom) Tj 1 0 Td\n" * 60_000
    content = packer.compress(b"BT /F1 9 Tf 10 700 Td ")
    content += b"".join(packer.compress(piece) for _ in range(BOMB_MEGABYTES * 1_000_000 // len(piece)))
    content += packer.compress(b"ET") + packer.flush()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    numbered = [b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate(objects, start=1)]
    path.write_bytes(b"%PDF-1.7\n" + b"".join(numbered) + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n")


def rows(folder: Path) -> Iterator[Row]:
    """Reading in this program, in its worker, beside pdfplumber on some of the files, over the bare text."""
    from benchmarks.figures import Row

    paths = evenly(sorted(folder.rglob("*.pdf")), 24)
    spent = fastest(paths, [bare_pdfium.__name__, formats_only.__name__, whole_read.__name__], 3)
    worker = measured(whole_read_in_worker.__name__, paths)
    few = evenly(paths, PLUMBED)
    theirs = measured(pdfplumber_text.__name__, few) if importlib.util.find_spec("pdfplumber") else None
    bare = _a_page(spent[bare_pdfium.__name__])
    row = partial(Row, part="reading", unit="ms", floor="pdfium, bare text", least=bare)
    yield row(
        what="a page, all that it says",
        ours=_a_page(spent[whole_read.__name__]),
        peer="pdfplumber, text alone",
        theirs=_a_page(theirs) if theirs else None,
        wanted="2 x bare pdfium; a tenth of pdfplumber",
    )
    yield row(what="a page, safe text alone", ours=_a_page(spent[formats_only.__name__]))
    yield row(
        what="a page, as `add` reads it in a limited process",
        ours=_a_page(worker),
        clock=1000 * worker["wall"] / worker["pages"],
    )
    yield Row(
        part="reading",
        what="memory of the limited process",
        unit="MB",
        ours=worker["peak"],
        peer="pdfplumber, text alone",
        theirs=theirs["peak"] if theirs else None,
        floor="pdfium, bare text",
        least=spent[bare_pdfium.__name__]["peak"],
        wanted="150 MB",
    )


def _a_page(result: Mapping[str, float]) -> float:
    """Milliseconds of processor a page."""
    return 1000 * result["cpu"] / max(1, result["pages"])


def fastest(paths: Sequence[Path], ways: Sequence[str], runs: int) -> dict[str, dict[str, float]]:
    """The best run of each way, the ways taking turns."""
    turns = [{way: measured(way, paths) for way in ways} for _ in range(runs)]
    return {way: min((turn[way] for turn in turns), key=lambda result: result["cpu"]) for way in ways}


def evenly(paths: Sequence[Path], wanted: int) -> Sequence[Path]:
    """So many of the files, taken evenly."""
    return paths[:: max(1, len(paths) // wanted)][:wanted]


def print_speed(paths: Sequence[Path], runs: int) -> None:
    """The table of ways, and the two ratios that have a target."""
    ways = [way for way in WAYS if way != "pdfplumber_text"]
    results = fastest(paths, ways, runs)
    print(f"{len(paths)} files, the best of {runs} runs\n")
    print(f"{'':24}{'pages':>8}{'CPU s':>8}{'wall s':>8}{'ms/page':>9}{'peak MB':>9}")
    for way, result in results.items():
        each = _a_page(result)
        print(
            f"{way:24}{result['pages']:8.0f}{result['cpu']:8.2f}{result['wall']:8.2f}{each:9.2f}{result['peak']:9.0f}"
        )
    ratio = results["whole_read"]["cpu"] / results["bare_pdfium"]["cpu"]
    print(f"\nwhole read to bare pdfium: {ratio:.2f} times (target: at most 2.0)")
    print(f"peak of a worker: {results['whole_read_in_worker']['peak']:.0f} MB (target: under 150)")
    if importlib.util.find_spec("pdfplumber") is None:
        print("pdfplumber: not installed, not measured")
        return
    few = evenly(paths, PLUMBED)
    theirs, ours = measured("pdfplumber_text", few), measured("whole_read", few)
    print(
        f"pdfplumber on {len(few)} of the files: {theirs['cpu']:.1f} s, ours {ours['cpu']:.1f} s:"
        f" {theirs['cpu'] / ours['cpu']:.0f} times faster (target: at least 10)"
    )


def print_bomb(paths: Sequence[Path]) -> None:
    """A batch with a bomb in it."""
    from reinspect.reading.worker_pool import read_files

    with tempfile.TemporaryDirectory() as folder:
        bomb = Path(folder) / "bomb.pdf"
        write_bomb(bomb)
        print(f"\nA bomb of {bomb.stat().st_size / 1e6:.1f} MB between two reports:")
        for limits in ({}, {"memory": 1 << 40}):
            began = time.perf_counter()
            print(f"  with {limits or 'the limits as they are'}:")
            for reading in read_files([paths[0], bomb, paths[-1]], **limits):
                taken, began = time.perf_counter() - began, time.perf_counter()
                print(f"    {taken:6.2f} s  {Path(reading.file).name[:50]}: {reading.reason or 'read'}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("../shared/corpus"))
    parser.add_argument("--files", type=int, default=60, help="how many files, evenly taken (0 for all)")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        run_one(options.way)
        return
    paths = sorted(options.folder.rglob("*.pdf"))
    if not paths:
        parser.error(f"no PDF in {options.folder}")
    if options.files:
        paths = list(evenly(paths, options.files))
    print_speed(paths, max(1, options.runs))
    print_bomb(paths)


if __name__ == "__main__":
    main()
