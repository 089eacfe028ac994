"""Reading speed: milliseconds a page, compared with the bare text by pdfium and by pdfplumber.

    python -m benchmarks.speed.reading FOLDER [--files N] [--runs N]

Each way of reading runs in new processes over the same files; the ways take turns. The least processor seconds count
(own and worker processes), because elapsed time depends on the other programs of the machine. The files are in the
system's page cache. pdfplumber is measured where it is installed, on fewer files, and compared with ours on those.
At the end a batch with a "bomb" in it is read: a small PDF that unpacks to 300 MB.
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

if TYPE_CHECKING:  # an import here would be part of every measured process
    from benchmarks.figures import Row

BOMB_MEGABYTES = 300
PDFPLUMBER_FILES = 8  # it takes about 80 ms a page


# The ways of reading: each returns the number of pages


def bare_pdfium(paths: Sequence[Path]) -> int:
    """Get the text of every page with pdfium and do nothing else."""
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
    """Get the text of every page with pdfplumber."""
    import pdfplumber

    pages = 0
    for path in paths:
        try:
            with pdfplumber.open(path) as document:
                for page in document.pages:
                    page.extract_text()
                    pages += 1
        except Exception as error:  # the corpus contains web pages saved as .pdf
            print(f"{path}: {error!r}", file=sys.stderr)
    return pages


def safe_text(paths: Sequence[Path]) -> int:
    """Get the pages of safe text as our formats module does."""
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
    """Read everything (grades, dates, improvements, passages) in this process."""
    from reinspect.reading import read_file

    return sum(read_file(path).document.pages for path in paths)


def whole_read_in_worker(paths: Sequence[Path]) -> int:
    """Read everything in a limited worker process, as `reinspect add` does."""
    from reinspect.reading.worker_pool import read_files

    return sum(reading.document.pages for reading in read_files(paths))


WAYS: dict[str, Callable[[Sequence[Path]], int]] = {
    way.__name__: way for way in (bare_pdfium, safe_text, whole_read, whole_read_in_worker, pdfplumber_text)
}


# Measuring


def measure(way: str, paths: Sequence[Path]) -> dict[str, float]:
    """Run one way in a new process: number of "pages", "cpu" and "wall" seconds, "peak" memory in MB."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.speed.reading", "--way", way],
        input=json.dumps([str(path) for path in paths]),
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


def run_way(way: str) -> None:
    """Run in the new process: take the list of files from stdin, read them, print the figures as JSON."""
    paths = [Path(name) for name in json.load(sys.stdin)]
    started = time.perf_counter()
    pages = WAYS[way](paths)
    wall = time.perf_counter() - started
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    in_worker = way == "whole_read_in_worker"
    cpu = sum(usage.ru_utime + usage.ru_stime for usage in used)
    print(json.dumps({"pages": pages, "cpu": cpu, "wall": wall, "peak": used[in_worker].ru_maxrss / 1024}))


def best_in_turns(paths: Sequence[Path], ways: Sequence[str], runs: int) -> dict[str, dict[str, float]]:
    """Return the run of each way with the least processor time; the ways take turns."""
    turns = [{way: measure(way, paths) for way in ways} for _ in range(runs)]
    return {way: min((turn[way] for turn in turns), key=lambda result: result["cpu"]) for way in ways}


def pick_evenly(paths: Sequence[Path], number: int) -> Sequence[Path]:
    """Return that many of the files, evenly spread over the list."""
    return paths[:: max(1, len(paths) // number)][:number]


def rows(folder: Path) -> Iterator[Row]:
    """Yield the rows of reading: in this process, in a worker, and memory."""
    from benchmarks.figures import Row

    paths = pick_evenly(sorted(folder.rglob("*.pdf")), 24)
    best = best_in_turns(paths, ["bare_pdfium", "safe_text", "whole_read"], 3)
    worker = measure("whole_read_in_worker", paths)
    theirs = None
    if importlib.util.find_spec("pdfplumber"):
        theirs = measure("pdfplumber_text", pick_evenly(paths, PDFPLUMBER_FILES))
    bare = _per_page(best["bare_pdfium"])
    row = partial(Row, part="reading", unit="ms", floor="pdfium, bare text", least=bare)
    yield row(
        what="a page, everything on it",
        ours=_per_page(best["whole_read"]),
        peer="pdfplumber, text alone",
        theirs=_per_page(theirs) if theirs else None,
        target="2 x bare pdfium; a tenth of pdfplumber",
    )
    yield row(what="a page, safe text alone", ours=_per_page(best["safe_text"]))
    yield row(
        what="a page, as `add` reads it in a limited process",
        ours=_per_page(worker),
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
        least=best["bare_pdfium"]["peak"],
        target="150 MB",
    )


def _per_page(result: Mapping[str, float]) -> float:
    """Return milliseconds of processor a page."""
    return 1000 * result["cpu"] / max(1, result["pages"])


# The script


def print_speed(paths: Sequence[Path], runs: int) -> None:
    """Print the table of ways, and the two ratios that have a target."""
    ways = [way for way in WAYS if way != "pdfplumber_text"]
    results = best_in_turns(paths, ways, runs)
    print(f"{len(paths)} files, the best of {runs} runs\n")
    print(f"{'':24}{'pages':>8}{'CPU s':>8}{'wall s':>8}{'ms/page':>9}{'peak MB':>9}")
    for way, result in results.items():
        seconds = f"{result['cpu']:8.2f}{result['wall']:8.2f}"
        print(f"{way:24}{result['pages']:8.0f}{seconds}{_per_page(result):9.2f}{result['peak']:9.0f}")
    ratio = results["whole_read"]["cpu"] / results["bare_pdfium"]["cpu"]
    print(f"\nwhole read to bare pdfium: {ratio:.2f} times (target: at most 2.0)")
    print(f"peak of a worker: {results['whole_read_in_worker']['peak']:.0f} MB (target: under 150)")
    print_pdfplumber(pick_evenly(paths, PDFPLUMBER_FILES))


def print_pdfplumber(paths: Sequence[Path]) -> None:
    """Print the comparison with pdfplumber, if it is installed."""
    if importlib.util.find_spec("pdfplumber") is None:
        print("pdfplumber: not installed, not measured")
        return
    theirs, ours = measure("pdfplumber_text", paths), measure("whole_read", paths)
    print(
        f"pdfplumber on {len(paths)} of the files: {theirs['cpu']:.1f} s, ours {ours['cpu']:.1f} s:"
        f" {theirs['cpu'] / ours['cpu']:.0f} times faster (target: at least 10)"
    )


def print_bomb(paths: Sequence[Path]) -> None:
    """Print the seconds and outcome of each file of a batch with a bomb in it, with and without a memory limit."""
    from reinspect.reading.worker_pool import read_files

    with tempfile.TemporaryDirectory() as folder:
        bomb = Path(folder) / "bomb.pdf"
        write_bomb(bomb)
        print(f"\nA bomb of {bomb.stat().st_size / 1e6:.1f} MB between two reports:")
        for limits in ({}, {"memory": 1 << 40}):
            started = time.perf_counter()
            print(f"  with {limits or 'the default limits'}:")
            for reading in read_files([paths[0], bomb, paths[-1]], **limits):
                seconds, started = time.perf_counter() - started, time.perf_counter()
                print(f"    {seconds:6.2f} s  {Path(reading.file).name[:50]}: {reading.reason or 'read'}")


def write_bomb(path: Path) -> None:
    """Write a PDF of less than a megabyte whose one page unpacks to 300 MB of drawing."""
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


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("../shared/corpus"))
    parser.add_argument("--files", type=int, default=60, help="number of files, evenly spread (0 for all)")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        run_way(options.way)
        return
    paths = sorted(options.folder.rglob("*.pdf"))
    if not paths:
        parser.error(f"no PDF in {options.folder}")
    if options.files:
        paths = list(pick_evenly(paths, options.files))
    print_speed(paths, max(1, options.runs))
    print_bomb(paths)


if __name__ == "__main__":
    main()
