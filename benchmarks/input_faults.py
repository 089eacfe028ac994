"""What the reader survives: files broken in every way, and files made to hurt.

    python -m benchmarks.input_faults [--mutants 2400] [--seconds 20] [mutants hostile docx html text]

Every file goes through the limited worker, as `reinspect read` and `add` do it. A file is survived when an answer
comes within the limit, the answer is either a reading that its own pages bear out or a refusal with a reason that a
person understands, and the next file is read as if nothing had been. The PDFs of others come from the source packages
of pypdf and pypdfium2, which are downloaded for this run and not kept.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.fault_table import Faults, run_all
from reinspect.model import Reading
from reinspect.reading.sanitise import UNSAFE
from reinspect.reading.worker_pool import read_files
from tests.making.docx import make_docx, paragraph
from tests.making.pdf import assemble, pdf_bytes, scan_bytes, stream
from tests.making.reports import ilacs_2023, letter, sif

SEED = 20261121
_OURS = "please report this"
_CONTAINED = ("took more than", "needed more than", "ended the reader", "ended by the system")

wanted_mutants = 2400
seconds = 20.0


def main() -> int:
    """Run the faults that are named, or all of them."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("only", nargs="*", choices=[*RUNS, []], metavar="KIND")
    options.add_argument("--mutants", type=int, default=2400, help="how many broken PDFs")
    options.add_argument("--seconds", type=float, default=20.0, help="how long a file may take")
    asked = options.parse_args()
    global wanted_mutants, seconds
    wanted_mutants, seconds = asked.mutants, asked.seconds
    with tempfile.TemporaryDirectory(prefix="reinspect-inputs-") as name:
        return run_all({kind: partial(run, _folder(Path(name) / kind)) for kind, run in RUNS.items()}, asked.only)


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


# Judging an answer


def fault_in(reading: Reading) -> str | None:
    """What is wrong with an answer, or None."""
    words = [*reading.pages, *(passage.text for passage in reading.passages), reading.reason or "", reading.file]
    words += [reading.document.title, *reading.document.warnings]
    if any(UNSAFE.search(text) for text in words):
        return "unsafe text"
    if reading.reason is not None:
        return _fault_in_refusal(reading)
    if reading.document.kind == "unreadable" or not any(page.strip() for page in reading.pages):
        return "neither read nor refused"
    return _fault_in_account(reading)


def _fault_in_refusal(reading: Reading) -> str | None:
    if _OURS in (reading.reason or ""):
        return f"a fault of ours: {reading.reason}"
    partial_record = reading.pages or reading.passages or reading.facts.judgements
    return "a refusal with half a record" if partial_record or reading.document.kind != "unreadable" else None


def _fault_in_account(reading: Reading) -> str | None:
    """Whether all that was read stands where it is said to stand."""
    for judgement in reading.facts.judgements:
        place = judgement.evidence
        if judgement.grade and (place is None or not 1 <= place.page <= len(reading.pages)):
            return "a grade from nowhere"
        if place and judgement.grade and judgement.printed.casefold() not in _spaced(reading.pages[place.page - 1]):
            return "a grade that its page does not print"
    for passage in reading.passages:
        if not 0 <= passage.start <= passage.end <= len(reading.pages[passage.page - 1]):
            return "a passage outside its page"
    return None


def _spaced(text: str) -> str:
    return " ".join(text.split()).casefold()


def how(reading: Reading) -> str:
    """In a word, what became of a file."""
    if reading.reason is None:
        return "read with warnings" if reading.document.warnings else "read"
    contained = next((words for words in _CONTAINED if words in reading.reason), None)
    return f"ended: {contained}" if contained else "refused"


def tell(faults: Faults, paths: Sequence[Path], expected: Sequence[str | None] = ()) -> Faults:
    """Read the files and count them; where an outcome is expected ("read", or words of the reason), it must come."""
    begun = time.monotonic()
    for path, reading, hoped in zip(
        paths, read_files(paths, jobs=2, seconds=seconds), expected or [None] * len(paths), strict=True
    ):
        took, begun = time.monotonic() - begun, time.monotonic()
        fault = fault_in(reading)
        if fault is None and took > seconds + 10:
            fault = f"{took:.0f} s"
        if fault is None and hoped is not None and hoped not in (reading.reason or "read"):
            fault = f"{path.name}: {reading.reason or 'read'} and not: {hoped}"
        faults.tell(fault, how(reading))
    return faults


def written(folder: Path, contents: Iterable[tuple[str, bytes]]) -> list[Path]:
    """Files of these names and contents."""
    paths = []
    for name, data in contents:
        path = folder / name
        path.write_bytes(data)
        paths.append(path)
    return paths


# PDFs, broken at random


def mutated_pdfs(folder: Path) -> Iterator[Faults]:
    """PDFs of our own and of the two packages, whole and then broken."""
    own = dict(own_pdfs())
    others = dict(packaged_pdfs(folder))
    if not others:
        yield Faults(name="PDFs of pypdf and pypdfium2: skipped, the packages could not be downloaded")
    yield tell(Faults(name=f"PDFs of our own, whole ({len(own)})"), written(folder, own.items()))
    yield tell(Faults(name=f"PDFs of pypdf and pypdfium2, whole ({len(others)})"), written(folder, others.items()))
    for what, bases in (("our own PDFs", list(own.values())), ("PDFs of pypdf and pypdfium2", list(others.values()))):
        if bases:
            chance, faults = random.Random(f"{SEED} {what}"), Faults(name=f"{what}, broken")
            for start in range(0, wanted_mutants // 2, 200):
                count = min(200, wanted_mutants // 2 - start)
                broken = ((f"broken-{number}.pdf", mutant(bases, chance)) for number in range(count))
                tell(faults, written(folder, broken))
            yield faults


def own_pdfs() -> Iterator[tuple[str, bytes]]:
    """Reports and letters written for the tests, plain and locked; a scan."""
    for name, pages in (("ilacs", ilacs_2023()), ("sif", sif()), ("letter", letter())):
        yield f"{name}.pdf", pdf_bytes(pages)
        yield f"{name}-owner.pdf", pdf_bytes(pages, password="")
        yield f"{name}-locked.pdf", pdf_bytes(pages, password="secret")
        yield f"{name}-plain.pdf", _unpacked(pdf_bytes(pages))
    yield "scan.pdf", scan_bytes(3, "Received")


def _unpacked(data: bytes) -> bytes:
    """The same file with its streams laid open, so that breaking it breaks its words and not only its packing."""
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
    """The PDFs inside the source packages of pypdf and pypdfium2, of at most 2 MB each."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
    for package in ("pypdf", "pypdfium2"):
        # Only the PDFs are wanted: pypdfium2 is not to fetch pdfium itself while it is looked at.
        environment = {**os.environ, "PDFIUM_PLATFORM": "sourcebuild"}
        subprocess.run(
            [*command, "--dest", str(folder / "packages"), package], capture_output=True, check=False, env=environment
        )
    for archive in sorted((folder / "packages").glob("*.tar.gz")):
        with tarfile.open(archive) as packed:
            for entry in packed:
                if entry.isfile() and entry.name.lower().endswith(".pdf") and entry.size <= 2_000_000:
                    file = packed.extractfile(entry)
                    assert file is not None
                    yield entry.name.replace("/", "_"), file.read()


def mutant(bases: Sequence[bytes], chance: random.Random) -> bytes:
    """One of the files with one to four things done to it."""
    data = bytearray(chance.choice(bases))
    for _ in range(chance.randint(1, 4)):
        chance.choice(_MUTATIONS)(data, bases, chance)
    return bytes(data)


_Mutation = Callable[[bytearray, Sequence[bytes], random.Random], None]
_TOKENS = (
    b"/Count 2147483647",
    b"/Length 99999999999",
    b"-1",
    b"1e308",
    b"[" * 5000,
    b"<<" * 5000,
    b"(" * 5000,
    b"/Kids [2 0 R 2 0 R]",
    b"/Parent 2 0 R",
    b"endobj",
    b"endstream",
    b"/Filter [/FlateDecode /FlateDecode /LZWDecode]",
    b"\x00" * 100,
    b"\xff" * 100,
    b"/MediaBox [0 0 1e30 1e30]",
    b"999999 0 R",
    b"%%EOF",
)


def _flip(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    for _ in range(chance.choice([1, 8, 100, 2000])):
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _cut(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    start, length = _stretch(data, chance)
    del data[start : start + length]


def _shorten(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    del data[chance.randrange(len(data) + 1) :]


def _repeat(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    start, length = _stretch(data, chance)
    data[start:start] = data[start : start + length] * chance.choice([1, 2, 20])


def _graft(data: bytearray, bases: Sequence[bytes], chance: random.Random) -> None:
    donor = bytearray(chance.choice(bases))
    start, length = _stretch(donor, chance)
    at = chance.randrange(len(data) + 1)
    data[at : at + length] = donor[start : start + length]


def _insert(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    data[at:at] = chance.choice(_TOKENS)


def _renumber(data: bytearray, _: Sequence[bytes], chance: random.Random) -> None:
    digits = [place for place, byte in enumerate(data) if 48 <= byte <= 57]
    for place in chance.sample(digits, min(len(digits), chance.choice([1, 5, 50]))):
        data[place] = chance.randrange(48, 58)


def _stretch(data: bytearray, chance: random.Random) -> tuple[int, int]:
    length = min(len(data), chance.choice([1, 16, 256, 4096]))
    return chance.randrange(len(data) - length + 1), length


_MUTATIONS: tuple[_Mutation, ...] = (_flip, _cut, _shorten, _repeat, _graft, _insert, _renumber)


# PDFs made to hurt


def hostile_pdfs(folder: Path) -> Iterator[Faults]:
    """The hostile set of ecosystem.md 1, each with the answer that must come, and a plain report after all of them."""
    report = pdf_bytes(ilacs_2023())
    chance = random.Random(SEED)
    noise = bytearray(report)
    for _ in range(2000):
        noise[chance.randrange(len(noise))] = chance.randrange(256)
    cases: list[tuple[str, bytes, str | None]] = [
        ("locked.pdf", pdf_bytes(sif(), password="secret"), "password"),
        ("owner.pdf", pdf_bytes(sif(), password=""), "read"),
        ("half.pdf", report[: len(report) // 2], None),
        ("nearly.pdf", report[:-12], "read"),
        ("empty.pdf", b"", "empty"),
        ("page.pdf", b"<!DOCTYPE html><html><body>Sign in to go on</body></html>", "web page"),
        ("header.pdf", b"%PDF-1.7\n", "damaged"),
        ("loop.pdf", _with_pages(b"<< /Type /Pages /Count 1000000000 /Kids [2 0 R] >>"), None),
        ("many.pdf", _with_pages(b"<< /Type /Pages /Count 99999999 /Kids [3 0 R] >>"), None),
        ("junk.pdf", bytes(chance.randrange(1, 128) for _ in range(600)) + report, "read"),
        ("noise.pdf", bytes(noise), None),
        ("scan.pdf", scan_bytes(4), "OCR"),
        ("bomb.pdf", _bomb(300_000_000), "more than"),
        ("twice.pdf", _bomb(300_000_000, twice=True), None),
        ("words.pdf", _bomb(0, words=8_000_000), None),
        ("nested.pdf", _with_content(b"q " * 3_000_000), None),
        ("forms.pdf", _forms_within_forms(), None),
        ("after.pdf", report, "read"),
    ]
    faults = Faults(name="the hostile set, each with its own answer")
    yield tell(faults, written(folder, [case[:2] for case in cases]), [case[2] for case in cases])


def _with_pages(pages: bytes) -> bytes:
    return assemble([b"<< /Type /Catalog /Pages 2 0 R >>", pages, b"<< /Type /Page /Parent 2 0 R >>"])


def _with_content(content: bytes) -> bytes:
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>",
            stream(content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
    )


def _bomb(size: int, *, twice: bool = False, words: int = 0) -> bytes:
    """A small file whose page is huge once it is unpacked."""
    if words:
        return _with_content(b"BT /F1 9 Tf 1 0 0 1 9 9 Tm " + b"(word) Tj " * words + b"ET")
    content = b"0 0 m 1 1 l S " * (size // 14)
    if not twice:
        return _with_content(content)
    packed = zlib.compress(zlib.compress(content))
    body = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (len(packed), packed)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>"
    return assemble([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", page, body])


def _forms_within_forms(deep: int = 40) -> bytes:
    """Each form draws the next one twice: 2 to the power of `deep` drawings."""
    forms = [
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /N %d 0 R >> >> /Length 10 >>\n"
        b"stream\n/N Do /N Do\nendstream" % (number + 1)
        for number in range(5, 5 + deep)
    ]
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R"
            b" /Resources << /XObject << /N 5 0 R >> >> >>",
            b"<< /Length 5 >>\nstream\n/N Do\nendstream",
            *forms,
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0 >>\nstream\n\nendstream",
        ]
    )


# Word, web pages, text


def hostile_docx(folder: Path) -> Iterator[Faults]:
    """Zip bombs and XML bombs under the name of a Word document, and Word documents broken at random."""
    entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "%s">%s]><x>&j;</x>' % (
        b"ha" * 1000,
        b"".join(b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 20) for letter in range(98, 107)),
    )
    outside = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    word = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    run, end = b"<w:p><w:r><w:t>a</w:t></w:r></w:p>", b"</w:body></w:document>"
    cases = [
        ("bomb.docx", _zipped({"word/document.xml": bytes(1_000_000_000)}), "unpacks to more than"),
        ("spaces.docx", _zipped({"word/document.xml": word + b" " * 400_000_000}), "unpacks to more than"),
        ("styles.docx", _zipped({"word/document.xml": word, "word/styles.xml": bytes(400_000_000)}), "more than"),
        ("entities.docx", _zipped({"word/document.xml": entities}), "entities"),
        ("outside.docx", _zipped({"word/document.xml": outside}), "entities"),
        ("deep.docx", _zipped({"word/document.xml": word + b"<w:sdt>" * 400_000}), "damaged"),
        ("deeper.docx", _zipped({"word/document.xml": word + b"<w:p>" * 5000 + b"</w:p>" * 5000 + end}), None),
        ("parts.docx", _zipped({"word/document.xml": word} | {f"{n}": b"" for n in range(20_000)}), "parts"),
        ("wide.docx", _zipped({"word/document.xml": word + run * 900_000 + end}), None),
        ("traversal.docx", _zipped({"word/document.xml": word, "../../../../tmp/evil": b"x"}), None),
    ]  # fmt: skip
    faults = Faults(name="zip and XML bombs in .docx, each with its own answer")
    yield tell(faults, written(folder, [case[:2] for case in cases]), [case[2] for case in cases])
    base = make_docx("".join(paragraph(line) for page in ilacs_2023() for line in page), folder / "base.docx")
    chance = random.Random(SEED)
    broken = [(f"broken-{number}.docx", mutant([base.read_bytes()], chance)) for number in range(300)]
    yield tell(Faults(name="Word documents, broken"), written(folder, broken))


def _zipped(parts: dict[str, bytes]) -> bytes:
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        file.seek(0)
        return file.read()


def hostile_html(folder: Path) -> Iterator[Faults]:
    """Web pages with scripts, unclosed and nested without end; none of a script's words is taken for the report's."""
    page = "<html><body>" + "".join(f"<p>{line}</p>" for part in ilacs_2023() for line in part) + "</body></html>"
    script = "<script>var stolen = 'evil words';</script>"
    scripted = [
        page.replace("<p>", f"{script}<p onclick='evil words'>"),
        page.replace("<body>", f"<body onload='evil words'>{script}<style>evil words</style>"),
        page.replace("<body>", "<body><template>evil words</template><iframe srcdoc='evil words'></iframe>"),
        page.replace("</p>", "<!-- evil words --></p><noscript>evil words</noscript>"),
        page.replace("</p>", "<svg><text>evil words</text></svg></p>"),
        page.replace("<p>", "<a href='javascript:evil words'><img alt='' src=x onerror='evil words'></a><p>"),
        page + "<script>evil words",
    ]  # fmt: skip
    faults = Faults(name="web pages with scripts: read, and none of a script's words")
    paths = written(folder, [(f"script-{number}.html", text.encode()) for number, text in enumerate(scripted)])
    for reading in read_files(paths):
        said = any("evil words" in page for page in reading.pages)
        faults.tell("a script's words were taken in" if said else fault_in(reading), how(reading))
    yield faults
    shapes = {
        "nested": "<div>" * 1_000_000,
        "tables": "<table><tr><td>" * 200_000,
        "unclosed": "<p>" + "<b><i>word " * 300_000,
        "tags": "<" * 5_000_000,
        "entity": "&" + "a" * 5_000_000,
        "entities": "&amp;#x1F600;&#0;&#xD800;&#1114112;&#27;" * 100_000,
        "comment": "<!--" + "-" * 5_000_000,
        "attribute": "<p class='" + "x" * 5_000_000,
        "declared": "<!DOCTYPE html " + "[" * 1_000_000,
    }
    contents = [(f"{name}.html", f"<html><body>Words. {text}".encode()) for name, text in shapes.items()]
    yield tell(Faults(name="web pages without end"), written(folder, contents))
    chance = random.Random(SEED)
    broken = [(f"broken-{number}.html", mutant([page.encode()], chance)) for number in range(300)]
    yield tell(Faults(name="web pages, broken"), written(folder, broken))


def hostile_text(folder: Path) -> Iterator[Faults]:
    """Text in every odd corner of Unicode, and without line ends."""
    every = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF and code)
    report = "\f".join("\n".join(page) for page in ilacs_2023())
    ten = 10_000_000
    corners: dict[str, bytes] = {
        "line.txt": (b"Leaders know their service well and act on it. " * (ten // 47)),
        "letters.txt": b"a" * ten,
        "capitals.txt": b"A " * (ten // 2),
        "digits.txt": b"1. " * (ten // 3),
        "dots.txt": b"." * ten,
        "spaces.txt": b"Words " + b" " * ten + b"end",
        "dates.txt": b"1 to 5 May 2019 " * (ten // 16),
        "grades.txt": b"Overall effectiveness Good " * (ten // 27),
        "brackets.txt": b"[" * ten,
        "quotes.txt": "“".encode() * (ten // 3),
        "bullets.txt": "• word ".encode() * (ten // 9),
        "lines.txt": b"\n" * ten + b"end",
        "pages.txt": b"x\f" * 4000,
        "more-pages.txt": b"x\f" * 6000,
        "every.txt": every.encode(),
        "every-16.txt": every.encode("utf-16"),
        "surrogates.txt": b"Words " + b"\xed\xa0\x80\xed\xb0\x80" * 1000,
        "combining.txt": ("e" + "\u0301" * 1_000_000).encode(),
        "turned.txt": "\u202eInspection of Camden\u202c \u2067Good\u2069".encode() * 1000,
        "folded.txt": ("ﬁ ǅ ß İ ŉ ΐ ﷺ " * 100_000).encode(),
        "wide.txt": ("評価 " * 1_000_000).encode(),
        "emoji.txt": ("👨‍👩‍👧‍👦" * 300_000).encode(),
        "escapes.txt": b"\x1b[31m\x1b]52;c;AAAA\x07\x9b" * 100_000,
        "nul.txt": b"Words\x00words",
        "marks.txt": b"\xef\xbb\xbf" * 1000 + b"Words",
        "odd-16.txt": b"\xff\xfe" + b"W\x00o\x00r",
        "latin.txt": bytes(range(1, 256)) * 1000,
        "report-crlf.txt": report.replace("\n", "\r\n").encode(),
        "report-cr.txt": report.replace("\n", "\r").encode(),
        "report-wide.txt": report.replace(" ", "\u3000").encode(),
        "quotes.md": b"> " * 200_000 + b"words",
        "links.md": b"[" * 500_000 + b"words",
        "stars.md": b"*a " * 500_000,
        "ticks.md": b"`" * 500_000 + b" words " + b"`" * 499_999,
        "table.md": b"|a" * 100_000 + b"|\n" + b"|-" * 100_000 + b"|\n",
        "html.md": b"<script>evil</script> words " * 10_000,
    }
    yield tell(Faults(name="text in odd corners, and 10 MB of one line"), written(folder, corners.items()))


RUNS: dict[str, Callable[[Path], Iterator[Faults]]] = {
    "mutants": mutated_pdfs,
    "hostile": hostile_pdfs,
    "docx": hostile_docx,
    "html": hostile_html,
    "text": hostile_text,
}

if __name__ == "__main__":
    sys.exit(main())
