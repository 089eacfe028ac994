"""Files read in processes of their own, with limits, so that no file can hurt the batch it came in.

A PDF of 0.9 MB can ask for gigabytes and a minute (ecosystem.md 1), and pdfium is native code. So a file is read in a
worker process: limited in memory and processor time where the system can, and in time on the clock everywhere. A
worker that dies gives a reason, and the next file a new worker. One worker serves many files.

Parent and worker speak over the worker's standard input and output, in frames: four bytes of length, then
MessagePack. The worker is a plain `python -c`, so it loads neither the app nor the command line that started it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO, cast

import msgspec

from reinspect.errors import ReinspectError
from reinspect.model import Reading
from reinspect.reading import read_file, unreadable
from reinspect.reading.sanitise import safe_line

SECONDS = 20.0
MEMORY = 1 << 30

_AHEAD = 8  # files that a worker may have read before the caller asks for them
_READY = b"ready"
_OUT_OF_MEMORY = 77  # exit code
_LENGTH = struct.Struct(">I")
# The worker finds modules exactly where its parent does.
_START = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from reinspect.reading.worker_pool import serve_worker; serve_worker(int(sys.argv[1]))"
)


def read_files(
    paths: Sequence[Path], jobs: int = 1, seconds: float = SECONDS, memory: int = MEMORY
) -> Iterator[Reading]:
    """Read files in `jobs` worker processes; one Reading a path, in their order.

    A file that takes more than `seconds`, needs more than `memory` bytes or ends its worker comes back with kind
    "unreadable" and a reason. Closing the iterator stops the workers. Raises ReinspectError where no worker starts.
    """
    workers = [_Worker(seconds, memory) for _ in range(max(1, min(jobs, len(paths))))]
    idle: SimpleQueue[_Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def read(path: Path) -> Reading:
        worker = idle.get()
        try:
            return worker.read(path)
        finally:
            idle.put(worker)

    pool = ThreadPoolExecutor(len(workers), thread_name_prefix="reading")
    coming: deque[Future[Reading]] = deque()
    try:
        for path in paths:
            coming.append(pool.submit(read, path))
            if len(coming) >= _AHEAD * len(workers):
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.stop()
        pool.shutdown()


class _Worker:
    """One worker process at a time: started when a file needs it, and again after it has died."""

    def __init__(self, seconds: float, memory: int) -> None:
        self._seconds = seconds
        self._memory = memory
        self._process: _Process | None = None
        self._stopped = False
        self._lock = threading.Lock()  # between starting and stopping

    def read(self, path: Path) -> Reading:
        """The file's Reading, or one that says what became of the process."""
        process = self._running()
        overdue = threading.Event()

        def end_overdue() -> None:
            overdue.set()
            process.kill()

        alarm = threading.Timer(self._seconds, end_overdue)
        alarm.daemon = True
        alarm.start()
        try:
            reply = process.ask(msgspec.msgpack.encode((os.fsencode(path), self._seconds)))
        finally:
            alarm.cancel()
        with contextlib.suppress(msgspec.DecodeError):
            if reply is not None:
                return msgspec.msgpack.decode(reply, type=Reading)
        return unreadable(path, self._reason(process, overdue.is_set()))

    def stop(self) -> None:
        """End the process, whatever it is doing, and start no other."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.end()

    def _running(self) -> _Process:
        with self._lock:
            if self._stopped:
                raise ReinspectError("reading was stopped")
            if self._process is not None:
                return self._process
            self._process = process = _Process(self._memory)
        if process.receive() != _READY:
            raise ReinspectError("no process for reading files could be started")
        return process

    def _reason(self, process: _Process, overdue: bool) -> str:
        """Why the process gave no answer; it is ended, so that the next file starts another."""
        with self._lock:
            self._process = None
        code, peak = process.end()
        if overdue or code == -_signal("SIGXCPU"):
            return f"took more than {self._seconds:g} s to read"
        if code == _OUT_OF_MEMORY or peak > self._memory * 0.5:
            return f"needed more than {_size(self._memory)} of memory"
        if code == -_signal("SIGKILL"):
            return "reading was ended by the system, most likely for want of memory"
        return f"reading it ended the reader unexpectedly (code {code}): the file is damaged or hostile"


class _Process:
    """A worker process and the pipes to it."""

    def __init__(self, memory: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, str(memory), *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Ctrl-C in the terminal is for the parent, which then ends its workers.
            start_new_session=True,
        )
        self._peak = 0

    def ask(self, question: bytes) -> bytes | None:
        """The answer, or None where the process died over it."""
        try:
            _send(cast("BinaryIO", self._process.stdin), question)
        except OSError:
            return None
        return self.receive()

    def receive(self) -> bytes | None:
        """The next frame, or None where the process is gone."""
        return _receive(cast("BinaryIO", self._process.stdout))

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> tuple[int, int]:
        """Kill it unless it is dead, and say its exit code and the most memory it held, in bytes (0 if not known)."""
        self._reap(wait=False)  # before `kill`, which would reap the dead without asking for their memory
        self._process.kill()
        self._reap(wait=True)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                cast("BinaryIO", pipe).close()
        return self._process.returncode, self._peak

    def _reap(self, *, wait: bool) -> None:
        if sys.platform != "win32" and self._process.returncode is None:
            with contextlib.suppress(ChildProcessError):  # the alarm's kill reaped it
                pid, status, usage = os.wait4(self._process.pid, 0 if wait else os.WNOHANG)
                if pid:
                    self._process.returncode = os.waitstatus_to_exitcode(status)
                    self._peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def serve_worker(memory: int) -> None:
    """The worker's life: read each file that is asked for, until the parent is gone."""
    questions, answers = _take_pipes()
    _limit("RLIMIT_AS", memory)
    _send(answers, _READY)
    while (question := _receive(questions)) is not None:
        raw, seconds = msgspec.msgpack.decode(question, type=tuple[bytes, float])
        # The parent's clock comes first; this ends a worker whose parent was killed.
        _limit("RLIMIT_CPU", int(time.process_time() + seconds) + 2)
        try:
            reply = msgspec.msgpack.encode(_read(Path(os.fsdecode(raw))))
        except MemoryError:
            os._exit(_OUT_OF_MEMORY)
        _send(answers, reply)


def _read(path: Path) -> Reading:
    try:
        return read_file(path)
    except MemoryError:
        raise
    except Exception as error:  # a fault of ours must not end the batch either
        return unreadable(path, safe_line(f"the reader failed on it, please report this: {error!r}"))


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, with nothing left at standard input and output that a library could write into."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return questions, answers


def _limit(name: str, most: int) -> None:
    """Set a soft limit where the system has it; a limit that it will not set is one less, not an error."""
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            kind = getattr(resource, name)
            _, hard = resource.getrlimit(kind)
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _send(pipe: BinaryIO, frame: bytes) -> None:
    pipe.write(_LENGTH.pack(len(frame)) + frame)
    pipe.flush()


def _receive(pipe: BinaryIO) -> bytes | None:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    frame = pipe.read(length)
    return frame if len(frame) == length else None


def _signal(name: str) -> int:
    """A signal's number, or 0 where the system has none of that name."""
    return int(getattr(signal, name, 0))


def _size(number: int) -> str:
    return f"{number / (1 << 30):g} GB" if number >= 1 << 30 else f"{number / (1 << 20):g} MB"
