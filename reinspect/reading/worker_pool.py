"""Read files in worker processes with limits, so that one bad file cannot stop a batch.

A PDF of 0.9 MB can need gigabytes of memory and a minute, and pdfium is native code that can crash.
So files are read in worker processes. The time for each file is limited on every system, memory and processor time
where the system supports that. If a worker dies, its file is reported as unreadable with the reason, and a new worker
reads the next file. One worker reads many files.

Parent and worker exchange frames over the worker's standard input and output: four bytes of length, then MessagePack.
The worker is a plain `python -c`, so it loads neither the app nor the command line that started it. It runs the module
`reinspect.reading.worker`, and of this one it needs nothing.

    parent                                   worker
    start process                      ->    serve_worker(memory): set the memory limit
                                       <-    b"ready"
    (path, seconds)                    ->    read_file(path)
                                       <-    the Reading, or the process dies
    close the pipe                     ->    serve_worker returns
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, BinaryIO, cast

import msgspec

from reinspect.errors import ReinspectError
from reinspect.model import Reading
from reinspect.reading import make_unreadable_reading
from reinspect.reading.worker import OUT_OF_MEMORY, READY, receive_frame, send_frame

if TYPE_CHECKING:
    from resource import struct_rusage

SECONDS = 20.0
"""Time limit for one file, by the clock."""
MEMORY = 1 << 30
"""Memory limit of a worker in bytes."""

_AHEAD = 16  # files per worker that are read before the caller asks for them
# The worker gets its parent's sys.path, so that it finds the same modules. msgspec does without `typing_extensions`,
# which would load `inspect` and `ast`: two megabytes, and a fifth of the start.
_START = (
    "import sys; sys.path[:] = sys.argv[2:]; sys.modules['typing_extensions'] = None; "
    "from reinspect.reading.worker import serve_worker; serve_worker(int(sys.argv[1]))"
)


def read_files(
    paths: Sequence[Path], jobs: int = 1, seconds: float = SECONDS, memory: int = MEMORY
) -> Iterator[Reading]:
    """Read files in `jobs` worker processes; yield one Reading for each path, in the order of the paths.

    A file that takes more than `seconds`, needs more than `memory` bytes or crashes its worker gives a Reading of kind
    "unreadable", with the reason. Closing the iterator stops the workers.

    Raises:
        ReinspectError: no worker process could be started.
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
    pending: deque[Future[Reading]] = deque()
    try:
        for path in paths:
            pending.append(pool.submit(read, path))
            if len(pending) >= _AHEAD * len(workers):
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.stop()
        pool.shutdown()


class _Worker:
    """A worker process that is started for the first file, and again after a crash."""

    def __init__(self, seconds: float, memory: int) -> None:
        self._seconds = seconds
        self._memory = memory
        self._process: _WorkerProcess | None = None
        self._stopped = False
        self._lock = threading.Lock()  # starting and stopping exclude each other

    def read(self, path: Path) -> Reading:
        """Read a file in the worker process; if the process dies, return an unreadable Reading with the reason."""
        process = self._running_process()
        alarm = _Alarm(self._seconds, process)
        try:
            reply = process.ask(msgspec.msgpack.encode((os.fsencode(path), self._seconds)))
        finally:
            timed_out = alarm.cancel()
        with contextlib.suppress(msgspec.DecodeError):
            if reply is not None:
                reading = msgspec.msgpack.decode(reply, type=Reading)
                if timed_out:  # the alarm went off just after the answer
                    self._end(process)
                return reading
        return make_unreadable_reading(path, self._failure_reason(process, timed_out))

    def stop(self) -> None:
        """End the worker process, even while it is reading, and start no new one."""
        with self._lock:
            self._stopped = True
            if self._process is not None:
                self._process.end()

    def _running_process(self) -> _WorkerProcess:
        with self._lock:
            if self._stopped:
                raise ReinspectError("reading was stopped")
            if self._process is not None and self._process.is_alive():
                return self._process
            if self._process is not None:  # it died after its last file, which the next file has no part in
                self._process.end()
            self._process = process = _WorkerProcess(self._memory)
        if process.receive() != READY:
            raise ReinspectError("could not start a process to read files")
        return process

    def _end(self, process: _WorkerProcess) -> tuple[int, int | None]:
        """End a process, so that the next file starts a new one; return its exit code and its peak memory in bytes.

        The peak is None if it is not known.
        """
        with self._lock:
            self._process = None
        return process.end()

    def _failure_reason(self, process: _WorkerProcess, timed_out: bool) -> str:
        """End a process that gave no answer, and return the reason for its failure."""
        code, peak = self._end(process)
        if timed_out or code == -_signal("SIGXCPU"):
            return f"took more than {self._seconds:g} s to read"
        limit = f"more than {_format_size(self._memory)} of memory"
        if code == OUT_OF_MEMORY or (peak or 0) > self._memory * 0.5:
            return f"needed {limit}"
        if code == -_signal("SIGKILL"):
            return "reading was ended by the system, most likely because memory ran out"
        or_large = f", or need {limit}" if peak is None else ""
        return f"the file ended the reader unexpectedly (exit code {code}): it may be damaged or hostile{or_large}"


class _Alarm:
    """A timer that kills a worker process unless it is cancelled in time."""

    def __init__(self, seconds: float, process: _WorkerProcess) -> None:
        self._process = process
        self._lock = threading.Lock()  # the alarm goes off wholly before the process has answered, or not at all
        self._is_cancelled = self._has_gone_off = False
        self._timer = threading.Timer(seconds, self._go_off)
        self._timer.daemon = True
        self._timer.start()

    def _go_off(self) -> None:
        with self._lock:
            if not self._is_cancelled:
                self._has_gone_off = True
                self._process.kill()

    def cancel(self) -> bool:
        """Stop the timer; return whether the alarm has gone off. After that it never does."""
        self._timer.cancel()
        with self._lock:
            self._is_cancelled = True
            return self._has_gone_off


class _WorkerProcess:
    """A running worker process and the pipes to it."""

    def __init__(self, memory: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, str(memory), *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Ctrl-C in the terminal reaches only the parent, which then ends its workers.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._peak: int | None = None
        self._inherited = _own_peak()

    def ask(self, request: bytes) -> bytes | None:
        """Send a request to the worker and return its reply, or None if the process died."""
        try:
            send_frame(cast("BinaryIO", self._process.stdin), request)
        except OSError:
            return None
        return self.receive()

    def receive(self) -> bytes | None:
        """Return the next message from the worker, or None if its process has ended."""
        return receive_frame(cast("BinaryIO", self._process.stdout))

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> tuple[int, int | None]:
        """Kill the process; return its exit code and its peak memory in bytes, or None if that is not known."""
        self._reap(wait=False)  # before `kill`, which would reap a dead process without its memory usage
        self._process.kill()
        self._reap(wait=True)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                cast("BinaryIO", pipe).close()
        return self._process.returncode, self._peak

    def _reap(self, *, wait: bool) -> None:
        """Record the exit code and peak memory of the process if it has ended.

        With `wait`, wait until it ends.
        """
        if sys.platform != "win32" and self._process.returncode is None:
            with contextlib.suppress(ChildProcessError):  # reaped by the alarm's kill
                pid, status, usage = os.wait4(self._process.pid, 0 if wait else os.WNOHANG)
                if pid:
                    self._process.returncode = os.waitstatus_to_exitcode(status)
                    # Linux gives a new process the peak of the one that starts it.
                    peak = _in_bytes(usage)
                    self._peak = peak if peak > self._inherited else None


def _own_peak() -> int:
    """Return the peak memory of this process in bytes; 0 if the system does not tell it."""
    if sys.platform == "win32":
        return 0
    import resource

    return _in_bytes(resource.getrusage(resource.RUSAGE_SELF))


def _in_bytes(usage: struct_rusage) -> int:
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _signal(name: str) -> int:
    """Return the number of the signal with this name, or 0 if the system does not have it."""
    return int(getattr(signal, name, 0))


def _format_size(number: int) -> str:
    return f"{number / (1 << 30):g} GB" if number >= 1 << 30 else f"{number / (1 << 20):g} MB"
