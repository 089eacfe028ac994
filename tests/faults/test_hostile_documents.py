"""Word files, web pages and text made to hurt or broken at random: each gets an answer within the time limit."""

from __future__ import annotations

import random
import tempfile
import zipfile
from pathlib import Path

from tests.faults.mutations import mutate
from tests.faults.readings import read_all, write_files
from tests.faults.stores import SEED
from tests.faults.tries import ALL, Tries
from tests.making.docx import make_docx, paragraph
from tests.making.reports import ilacs_2023

PAGE = "<html><body>" + "".join(f"<p>{line}</p>" for part in ilacs_2023() for line in part) + "</body></html>"
SIZE = 10_000_000 if ALL else 50_000
"""Characters of a file without line ends; 10 MB of some take the whole time limit."""


# Word


def test_zip_and_xml_bombs_in_word_files_are_refused(tmp_path: Path, tries: Tries) -> None:
    cases = word_cases()
    paths = write_files(tmp_path, [(name, data) for name, data, _ in cases])
    read_all(tries, paths, [expected for _, _, expected in cases])
    assert not tries.broken


def word_cases() -> list[tuple[str, bytes, str | None]]:
    """Return name, content and expected answer of hostile Word files; the largest only with FAULT_ROUNDS=all."""
    entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "%s">%s]><x>&j;</x>' % (
        b"ha" * 1000,
        b"".join(b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 20) for letter in range(98, 107)),
    )
    outside = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    word = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    run, end = b"<w:p><w:r><w:t>a</w:t></w:r></w:p>", b"</w:body></w:document>"
    cases: list[tuple[str, bytes, str | None]] = [
        ("entities.docx", zipped({"word/document.xml": entities}), "entities"),
        ("outside.docx", zipped({"word/document.xml": outside}), "entities"),
        ("deep.docx", zipped({"word/document.xml": word + b"<w:sdt>" * 400_000}), "damaged"),
        ("deeper.docx", zipped({"word/document.xml": word + b"<w:p>" * 5000 + b"</w:p>" * 5000 + end}), None),
        ("parts.docx", zipped({"word/document.xml": word} | {f"{n}": b"" for n in range(20_000)}), "parts"),
        ("traversal.docx", zipped({"word/document.xml": word, "../../../../tmp/evil": b"x"}), None),
    ]
    if ALL:
        cases += [
            ("spaces.docx", zipped({"word/document.xml": word + b" " * 400_000_000}), "unpacks to more than"),
            ("bomb.docx", zipped({"word/document.xml": bytes(1_000_000_000)}), "unpacks to more than"),
            ("styles.docx", zipped({"word/document.xml": word, "word/styles.xml": bytes(400_000_000)}), "more than"),
            ("wide.docx", zipped({"word/document.xml": word + run * 900_000 + end}), None),
        ]
    return cases


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return a zip archive of these parts."""
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
        file.seek(0)
        return file.read()


def test_word_files_broken_at_random_are_read_or_refused(tmp_path: Path, tries: Tries) -> None:
    base = make_docx("".join(paragraph(line) for page in ilacs_2023() for line in page), tmp_path / "base.docx")
    chance, files = random.Random(SEED), [base.read_bytes()]
    broken = [(f"broken-{number}.docx", mutate(files, chance)) for number in tries.rounds(20, 300)]
    read_all(tries, write_files(tmp_path, broken))
    assert not tries.broken


# Web pages


def test_the_words_of_a_script_are_not_read_from_a_web_page(tmp_path: Path, tries: Tries) -> None:
    script = "<script>var stolen = 'evil words';</script>"
    pages = [
        PAGE.replace("<p>", f"{script}<p onclick='evil words'>"),
        PAGE.replace("<body>", f"<body onload='evil words'>{script}<style>evil words</style>"),
        PAGE.replace("<body>", "<body><template>evil words</template><iframe srcdoc='evil words'></iframe>"),
        PAGE.replace("</p>", "<!-- evil words --></p><noscript>evil words</noscript>"),
        PAGE.replace("</p>", "<svg><text>evil words</text></svg></p>"),
        PAGE.replace("<p>", "<a href='javascript:evil words'><img alt='' src=x onerror='evil words'></a><p>"),
        PAGE + "<script>evil words",
    ]
    paths = write_files(tmp_path, [(f"script-{number}.html", text.encode()) for number, text in enumerate(pages)])
    readings = read_all(tries, paths, ["read"] * len(paths))
    assert not any("evil words" in page for reading in readings for page in reading.pages)
    assert not tries.broken


def test_web_pages_without_end_are_answered(tmp_path: Path, tries: Tries) -> None:
    half = SIZE // 2
    shapes = {
        "nested": "<div>" * (SIZE // 10),
        "tables": "<table><tr><td>" * (SIZE // 50),
        "unclosed": "<p>" + "<b><i>word " * (SIZE // 33),
        "tags": "<" * half,
        "entity": "&" + "a" * half,
        "entities": "&amp;#x1F600;&#0;&#xD800;&#1114112;&#27;" * (SIZE // 100),
        "comment": "<!--" + "-" * half,
        "attribute": "<p class='" + "x" * half,
        "declared": "<!DOCTYPE html " + "[" * (SIZE // 10),
    }
    contents = [(f"{name}.html", f"<html><body>Words. {text}".encode()) for name, text in shapes.items()]
    read_all(tries, write_files(tmp_path, contents))
    assert not tries.broken


def test_web_pages_broken_at_random_are_read_or_refused(tmp_path: Path, tries: Tries) -> None:
    chance, files = random.Random(SEED), [PAGE.encode()]
    broken = [(f"broken-{number}.html", mutate(files, chance)) for number in tries.rounds(20, 300)]
    read_all(tries, write_files(tmp_path, broken))
    assert not tries.broken


# Text


def test_text_in_odd_corners_of_unicode_and_without_line_ends_is_answered(tmp_path: Path, tries: Tries) -> None:
    read_all(tries, write_files(tmp_path, odd_texts().items()))
    assert not tries.broken


def odd_texts() -> dict[str, bytes]:
    """Return the files by name: every character, odd encodings, endless lines, and Markdown that nests without end."""
    every = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF and code)
    report = "\f".join("\n".join(page) for page in ilacs_2023())
    return {
        "line.txt": b"Leaders know their service well and act on it. " * (SIZE // 47),
        "letters.txt": b"a" * SIZE,
        "capitals.txt": b"A " * (SIZE // 2),
        "digits.txt": b"1. " * (SIZE // 3),
        "dots.txt": b"." * SIZE,
        "spaces.txt": b"Words " + b" " * SIZE + b"end",
        "dates.txt": b"1 to 5 May 2019 " * (SIZE // 16),
        "grades.txt": b"Overall effectiveness Good " * (SIZE // 27),
        "brackets.txt": b"[" * SIZE,
        "quotes.txt": "“".encode() * (SIZE // 3),
        "bullets.txt": "• word ".encode() * (SIZE // 9),
        "lines.txt": b"\n" * SIZE + b"end",
        "pages.txt": b"x\f" * 4000,
        "more-pages.txt": b"x\f" * 6000,
        "every.txt": every.encode(),
        "every-16.txt": every.encode("utf-16"),
        "surrogates.txt": b"Words " + b"\xed\xa0\x80\xed\xb0\x80" * 1000,
        "combining.txt": ("e" + "\u0301" * (SIZE // 10)).encode(),
        "turned.txt": "\u202eInspection of Camden\u202c \u2067Good\u2069".encode() * 1000,
        "folded.txt": ("ﬁ ǅ ß İ ŉ ΐ ﷺ " * (SIZE // 100)).encode(),
        "wide.txt": ("評価 " * (SIZE // 10)).encode(),
        "emoji.txt": ("👨‍👩‍👧‍👦" * (SIZE // 33)).encode(),
        "escapes.txt": b"\x1b[31m\x1b]52;c;AAAA\x07\x9b" * (SIZE // 100),
        "nul.txt": b"Words\x00words",
        "marks.txt": b"\xef\xbb\xbf" * 1000 + b"Words",
        "odd-16.txt": b"\xff\xfe" + b"W\x00o\x00r",
        "latin.txt": bytes(range(1, 256)) * 1000,
        "report-crlf.txt": report.replace("\n", "\r\n").encode(),
        "report-cr.txt": report.replace("\n", "\r").encode(),
        "report-wide.txt": report.replace(" ", "\u3000").encode(),
        "quotes.md": b"> " * (SIZE // 50) + b"words",
        "links.md": b"[" * (SIZE // 20) + b"words",
        "stars.md": b"*a " * (SIZE // 20),
        "ticks.md": b"`" * (SIZE // 20) + b" words " + b"`" * (SIZE // 20 - 1),
        "table.md": b"|a" * (SIZE // 100) + b"|\n" + b"|-" * (SIZE // 100) + b"|\n",
        "html.md": b"<script>evil</script> words " * (SIZE // 1000),
    }
