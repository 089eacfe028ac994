"""PDFs broken at random, and PDFs made to hurt: each gets an answer, and the next file is read as usual."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from reinspect.example.pdf import assemble, stream
from tests.faults.mutations import mutate
from tests.faults.readings import read_all, write_files
from tests.faults.stores import SEED
from tests.faults.tries import ALL, Tries
from tests.making.pdf import pdf_bytes, scan_bytes
from tests.making.reports import ilacs_2023, letter, sif

LARGEST = 2_000_000
A_BATCH = 200
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
ONE_PAGE = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"


def test_our_own_pdfs_broken_at_random_are_read_or_refused(tmp_path: Path, tries: Tries) -> None:
    own = list(own_pdfs())
    read_all(tries, write_files(tmp_path, own))
    read_broken(tries, [data for _, data in own], tries.rounds(30, 1200), tmp_path)
    assert not tries.broken


@pytest.mark.skipif(not ALL, reason="downloads two source packages; run with FAULT_ROUNDS=all")
def test_the_pdfs_of_pypdf_and_pypdfium2_whole_and_broken_are_read_or_refused(tmp_path: Path, tries: Tries) -> None:
    pdfs = list(packaged_pdfs(tmp_path / "packages"))
    if not pdfs:
        pytest.skip("the source packages could not be downloaded")
    read_all(tries, write_files(tmp_path, pdfs))
    read_broken(tries, [data for _, data in pdfs], tries.rounds(0, 1200), tmp_path)
    assert not tries.broken


def read_broken(tries: Tries, files: list[bytes], numbers: range, folder: Path) -> None:
    """Read a mutation of the files for each number, in batches."""
    chance = random.Random(f"{SEED} PDFs")
    for start in range(0, len(numbers), A_BATCH):
        batch = numbers[start : start + A_BATCH]
        broken = ((f"broken-{number - start}.pdf", mutate(files, chance)) for number in batch)
        read_all(tries, write_files(folder, broken))


def own_pdfs() -> Iterator[tuple[str, bytes]]:
    """Yield the reports and letters written for the tests, plain, locked and unpacked; and a scan."""
    for name, pages in (("ilacs", ilacs_2023()), ("sif", sif()), ("letter", letter())):
        yield f"{name}.pdf", pdf_bytes(pages)
        yield f"{name}-owner.pdf", pdf_bytes(pages, password="")
        yield f"{name}-locked.pdf", pdf_bytes(pages, password="secret")
        yield f"{name}-plain.pdf", unpack_streams(pdf_bytes(pages))
    yield "scan.pdf", scan_bytes(3, "Received")


def unpack_streams(data: bytes) -> bytes:
    """Return the PDF with uncompressed streams, so that a mutation breaks its words and not only its packing."""
    out, rest = b"", data
    while (start := rest.find(b"/Filter /FlateDecode >>\nstream\n")) >= 0:
        begin = rest.index(b"stream\n", start) + 7
        end = rest.index(b"\nendstream", begin)
        plain = zlib.decompress(rest[begin:end])
        head = rest[: rest.rindex(b"<< /Length", 0, start)]
        out += head + b"<< /Length %d >>\nstream\n" % len(plain) + plain
        rest = rest[end:]
    return out + rest


def packaged_pdfs(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Download the source packages of pypdf and pypdfium2 and yield the PDFs in them, of at most 2 MB each."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
    # pypdfium2 must not fetch pdfium itself: only its test files are needed.
    environment = {**os.environ, "PDFIUM_PLATFORM": "sourcebuild"}
    for package in ("pypdf", "pypdfium2"):
        subprocess.run([*command, "--dest", str(folder), package], capture_output=True, check=False, env=environment)
    for archive in sorted(folder.glob("*.tar.gz")):
        with tarfile.open(archive) as packed:
            for entry in packed:
                if entry.isfile() and entry.name.lower().endswith(".pdf") and entry.size <= LARGEST:
                    file = packed.extractfile(entry)
                    assert file is not None
                    yield entry.name.replace("/", "_"), file.read()


def test_hostile_pdfs_get_the_right_answer_and_the_next_file_is_read(tmp_path: Path, tries: Tries) -> None:
    """Each hostile file is made here. The bombs need the long time limit and run with FAULT_ROUNDS=all."""
    cases = [*quick_cases(), *(bombs() if ALL else ()), ("after.pdf", pdf_bytes(ilacs_2023()), "read")]
    paths = write_files(tmp_path, [(name, data) for name, data, _ in cases])
    read_all(tries, paths, [expected for _, _, expected in cases])
    assert not tries.broken


def quick_cases() -> Iterator[tuple[str, bytes, str | None]]:
    """Yield name, content and expected answer of the files that are answered within seconds."""
    report, chance = pdf_bytes(ilacs_2023()), random.Random(SEED)
    noise = bytearray(report)
    for _ in range(2000):
        noise[chance.randrange(len(noise))] = chance.randrange(256)
    yield "locked.pdf", pdf_bytes(sif(), password="secret"), "password"
    yield "owner.pdf", pdf_bytes(sif(), password=""), "read"
    yield "half.pdf", report[: len(report) // 2], None
    yield "nearly.pdf", report[:-12], "read"
    yield "empty.pdf", b"", "empty"
    yield "page.pdf", b"<!DOCTYPE html><html><body>Sign in to go on</body></html>", "web page"
    yield "header.pdf", b"%PDF-1.7\n", "damaged"
    yield "loop.pdf", with_pages(b"<< /Type /Pages /Count 1000000000 /Kids [2 0 R] >>"), None
    yield "many.pdf", with_pages(b"<< /Type /Pages /Count 99999999 /Kids [3 0 R] >>"), None
    yield "junk.pdf", bytes(chance.randrange(1, 128) for _ in range(600)) + report, "read"
    yield "noise.pdf", bytes(noise), None
    yield "scan.pdf", scan_bytes(4), "OCR"
    yield "nested.pdf", with_content(b"q " * 3_000_000), None
    yield "forms.pdf", forms_within_forms(), None


def bombs() -> Iterator[tuple[str, bytes, str | None]]:
    """Yield name, content and expected answer of small files whose page is huge once it is unpacked."""
    content = b"0 0 m 1 1 l S " * (300_000_000 // 14)
    yield "bomb.pdf", with_content(content), "more than"
    packed = zlib.compress(zlib.compress(content))
    body = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (len(packed), packed)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>"
    yield "twice.pdf", assemble([CATALOG, ONE_PAGE, page, body]), None
    yield "words.pdf", with_content(b"BT /F1 9 Tf 1 0 0 1 9 9 Tm " + b"(word) Tj " * 8_000_000 + b"ET"), None


def with_pages(pages: bytes) -> bytes:
    """Return a PDF with this page tree."""
    return assemble([CATALOG, pages, b"<< /Type /Page /Parent 2 0 R >>"])


def with_content(content: bytes) -> bytes:
    """Return a PDF of one page with this content."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>"
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    return assemble([CATALOG, ONE_PAGE, page, stream(content), font])


def forms_within_forms(depth: int = 40) -> bytes:
    """Return a PDF in which each form draws the next one twice: 2 to the power of `depth` drawings."""
    forms = [
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /N %d 0 R >> >> /Length 10 >>\n"
        b"stream\n/N Do /N Do\nendstream" % (number + 1)
        for number in range(5, 5 + depth)
    ]
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /N 5 0 R >> >> >>"
    )
    content = b"<< /Length 5 >>\nstream\n/N Do\nendstream"
    last = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0 >>\nstream\n\nendstream"
    return assemble([CATALOG, ONE_PAGE, page, content, *forms, last])
