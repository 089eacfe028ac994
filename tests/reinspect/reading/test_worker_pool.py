"""Files are read in worker processes, and one bad file does not stop the batch."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from pathlib import Path
from types import SimpleNamespace

import pytest

from reinspect.errors import ReinspectError
from reinspect.example.pdf import assemble
from reinspect.reading import read_file, worker_pool
from reinspect.reading.worker_pool import read_files
from tests.making.pdf import make_pdf, pdf_bytes

# A worker that treats each file as its name says: it crashes on "crash.txt", hangs on "hang.txt".
UNRULY = """
import os, sys, time
sys.path[:] = sys.argv[2:]
from reinspect.reading import worker
read_as_usual = worker.read_file
def read_file(path):
    match path.stem:
        case "crash": os.abort()
        case "leave": os._exit(3)
        case "hang":
            while True: pass
        case "sleep": time.sleep(3600)
        case "greedy": return bytearray(1 << 40)
        case "fault": raise KeyError("strand\\x1b[2J")
        case "chatter": print("words on standard output"); os.write(1, b"more")
    return read_as_usual(path)
worker.read_file = read_file
worker.serve_worker(int(sys.argv[1]))
"""


@pytest.fixture
def unruly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_pool, "_START", UNRULY)


def write_texts(folder: Path, *names: str) -> list[Path]:
    paths = [folder / f"{name}.txt" for name in names]
    for path in paths:
        path.write_text(f"The words of {path.stem}.")
    return paths


def write_bomb(folder: Path) -> Path:
    """Write a PDF of some 40 kB whose content stream of 20 MB needs about 300 MB of memory in pdfium."""
    content = zlib.compress(b"BT /F1 9 Tf 10 700 Td " + b"(boom) Tj 1 0 Td\n" * 1_200_000 + b" ET")
    path = folder / "bomb.pdf"
    path.write_bytes(
        assemble(
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R"
                b" /Resources << /Font << /F1 4 0 R >> >> >>",
                b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
                b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content),
            ]
        )
    )
    return path


def test_a_worker_gives_the_same_reading_as_this_process(tmp_path: Path) -> None:
    path = make_pdf([["Inspection of Exampleshire"], ["Page two"]], tmp_path / "a.pdf")
    assert list(read_files([path])) == [read_file(path)]


def test_readings_are_in_the_order_of_their_files(tmp_path: Path) -> None:
    paths = write_texts(tmp_path, *(f"file {number}" for number in range(40)))
    assert [reading.file for reading in read_files(paths, jobs=3)] == [str(path) for path in paths]


def test_an_empty_list_of_files_gives_no_readings() -> None:
    assert list(read_files([])) == []


def test_an_unreadable_file_gets_a_reason_and_the_others_are_read(tmp_path: Path) -> None:
    good = make_pdf([["Good"]], tmp_path / "good.pdf")
    locked = tmp_path / "locked.pdf"
    locked.write_bytes(pdf_bytes([["Good"]], password="secret"))
    readings = list(read_files([locked, tmp_path / "missing.pdf", good]))
    assert [reading.document.kind == "unreadable" for reading in readings] == [True, True, False]
    assert readings[0].reason == "locked with a password: save a copy without one"
    assert readings[0].document.sha256
    assert readings[1].reason == "no such file"


def test_a_file_that_needs_too_much_memory_is_stopped(tmp_path: Path) -> None:
    good = make_pdf([["Good"]], tmp_path / "good.pdf")
    readings = list(read_files([write_bomb(tmp_path), good], memory=200 << 20))
    # A program as large as these tests may become cannot tell how much memory its reader took.
    assert "more than 200 MB of memory" in str(readings[0].reason)
    assert readings[1].reason is None


@pytest.mark.parametrize("name", ["hang", "sleep"])
def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path, unruly: None, name: str) -> None:
    readings = list(read_files(write_texts(tmp_path, "before", name, "after"), seconds=1))
    assert [reading.reason for reading in readings] == [None, "took more than 1 s to read", None]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("crash", "ended the reader unexpectedly (exit code -6)"),
        ("leave", "ended the reader unexpectedly (exit code 3)"),
        ("greedy", "needed more than 1 GB of memory"),
        ("fault", "the reader failed on this file, please report it: KeyError('strand\\x1b[2J')"),
    ],
)
def test_a_file_that_makes_the_reader_fail_gets_a_reason(tmp_path: Path, unruly: None, name: str, reason: str) -> None:
    readings = list(read_files(write_texts(tmp_path, "before", name, "after", name)))
    assert [reading.document.kind == "unreadable" for reading in readings] == [False, True, False, True]
    assert reason in str(readings[1].reason)
    assert readings[1].document.sha256 == read_file(Path(readings[1].file)).document.sha256


def test_the_size_of_the_program_that_reads_is_not_taken_for_that_of_a_file(tmp_path: Path, unruly: None) -> None:
    paths = write_texts(tmp_path, "before", "crash")
    held = bytearray(b"\1") * (300 << 20)
    readings = list(read_files(paths, memory=400 << 20))
    assert held
    assert str(readings[1].reason).endswith("it may be damaged or hostile, or need more than 400 MB of memory")


def test_output_printed_by_a_library_does_not_reach_the_parent(tmp_path: Path, unruly: None) -> None:
    readings = list(read_files(write_texts(tmp_path, "chatter", "after")))
    assert [reading.reason for reading in readings] == [None, None]


def test_files_are_read_after_every_worker_has_died(tmp_path: Path, unruly: None) -> None:
    paths: list[Path] = []
    for number in range(3):
        folder = tmp_path / str(number)
        folder.mkdir()
        paths += write_texts(folder, "crash", "good")
    reasons = [reading.reason for reading in read_files(paths, jobs=2)]
    assert [reason is None for reason in reasons] == [False, True] * 3


def test_a_file_is_read_though_the_worker_died_after_the_file_before(tmp_path: Path) -> None:
    worker = worker_pool._Worker(seconds=60, memory=worker_pool.MEMORY)
    first, second = write_texts(tmp_path, "first", "second")
    try:
        assert worker.read(first).reason is None
        killed = worker._process
        assert killed is not None
        killed.kill()
        killed._process.wait()
        assert worker.read(second).reason is None
    finally:
        worker.stop()


def test_an_alarm_that_is_cancelled_never_kills_the_worker() -> None:
    killed: list[bool] = []
    process = SimpleNamespace(kill=lambda: killed.append(True))
    alarm = worker_pool._Alarm(3600, process)  # type: ignore[arg-type]
    assert alarm.cancel() is False
    alarm._go_off()  # the timer had begun to call it
    assert killed == []


def test_closing_the_iterator_stops_the_workers(tmp_path: Path, unruly: None, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class RecordedPopen(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *arguments: object, **options: object) -> None:
            super().__init__(*arguments, **options)  # type: ignore[call-overload]
            started.append(self)

    monkeypatch.setattr(worker_pool.subprocess, "Popen", RecordedPopen)
    readings = read_files(write_texts(tmp_path, "first", "sleep", "hang"), jobs=2, seconds=3600)
    assert next(readings).reason is None
    readings.close()
    assert len(started) == 2
    assert all(process.returncode is not None for process in started)


def test_a_worker_that_does_not_start_raises_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_pool, "_START", "raise SystemExit(1)")
    with pytest.raises(ReinspectError, match="could not start"):
        list(read_files(write_texts(tmp_path, "words")))


def test_a_file_with_a_name_that_is_not_unicode_is_read(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9\x1b[2J.txt")
    path.write_text("words")
    (reading,) = read_files([path])
    assert reading.reason is None
    assert reading.file.endswith("caf\ufffd\ufffd[2J.txt")


def test_a_worker_loads_neither_the_app_nor_the_command_line() -> None:
    unwanted = "{'textual', 'click', 'tinydb', 'numpy', 'concurrent', 'logging'}"
    code = f"import reinspect.reading.worker, sys; print({unwanted} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_an_interrupt_at_the_keyboard_of_windows_does_not_reach_the_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[dict[str, object]] = []
    monkeypatch.setattr(worker_pool.subprocess, "CREATE_NEW_PROCESS_GROUP", 512, raising=False)
    monkeypatch.setattr(worker_pool.subprocess, "Popen", lambda *_, **how: started.append(how))
    worker_pool._WorkerProcess(1)
    assert [how["creationflags"] for how in started] == [512]
