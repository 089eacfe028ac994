"""Where the time of a command goes, and who holds the memory of the app.

    python -m benchmarks.speed.profiles [FOLDER]

FOLDER holds reports; the default is ../shared/corpus. Each command runs in a process of its own under cProfile, and the
time of every function counts for the package that it belongs to; a function in C counts for its caller. A profile
doubles the time of Python code, so only the shares are printed. `add` reads in limited processes, which a profile does
not reach, so the reading of files is profiled by itself.

Memory is that of the app after it has shown each tab, by the package that asked for it (tracemalloc). Modules count for
Python's import system, memory-mapped files do not count. With a process's size (the last line) one sees what is left
for the interpreter, the C libraries and free memory.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import installed_environment, python
from benchmarks.kept_store import kept_store
from benchmarks.material import CORPUS, folder

_FILES = 12
_LEAST_SHARE = 0.02
_COMMAND = """
def run():
    from tui.cli.main import main
    main(sys.argv[2:])
"""
_READ = """
def run():
    from pathlib import Path
    from reinspect.reading import read_file
    for name in sys.argv[2:]:
        read_file(Path(name))
"""
_PROFILE = """
import cProfile, json, pstats, sys
profile = cProfile.Profile()
{}
try:
    profile.runcall(run)
except SystemExit:
    pass
rows = [
    (file, own, [(caller[0], times[2]) for caller, times in callers.items()])
    for (file, _, _), (_, _, own, _, callers) in pstats.Stats(profile).stats.items()
]
open(sys.argv[1], "w").write(json.dumps(rows))
"""
_MEMORY = """
import asyncio, json, sys, tracemalloc
tracemalloc.start()
from pathlib import Path
from store import Store
from tui.app.app import ReinspectApp
async def show():
    app = ReinspectApp(lambda: Store.open(Path(sys.argv[1])))
    async with app.run_test(size=(120, 40)) as pilot:
        for key in ("1", "2", "3", "4", "5", "6", "1"):
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
        taken = tracemalloc.take_snapshot()
    sizes = [(trace.traceback[0].filename, trace.size) for trace in taken.traces]
    status = Path("/proc/self/status").read_text().split()
    print(json.dumps([sizes, int(status[status.index("VmRSS:") + 1])]))
asyncio.run(show())
"""


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=folder, nargs="?", default=CORPUS)
    options = parser.parse_args()
    store = kept_store(options.folder)
    files = [str(path) for path in sorted(options.folder.rglob("*.pdf"))[:_FILES]]
    print(f"{f'reading {len(files)} files':20} {shares_in_words(time_by_owner(_READ, files))}")
    for name, arguments in _commands(store).items():
        print(f"{name:20} {shares_in_words(time_by_owner(_COMMAND, arguments))}")
    sizes, resident = memory_by_owner(store)
    print(f"\nmemory of the app    {', '.join(f'{owner} {size:.1f} MB' for owner, size in sizes.most_common(12))}")
    print(f"in all               {sum(sizes.values()):.0f} MB traced, {resident:.0f} MB in memory with tracing")


def _commands(store: Path) -> dict[str, tuple[str, ...]]:
    """Return the arguments of the commands to profile, by name."""
    from benchmarks.speed.waiting import longest_history
    from store import Store

    authority, earlier, later = longest_history(Store.open(store))
    held = ("--store", str(store))
    return {
        "compare": (*held, "compare", earlier, later),
        "search": (*held, "search", "managment oversigt"),
        "follow": (*held, "follow", authority),
        "list": (*held, "list"),
        "timeline": (*held, "timeline", authority),
    }


def time_by_owner(work: str, arguments: Sequence[str]) -> Counter[str]:
    """Run a work (code that defines `run`) under cProfile, and return the seconds of each package."""
    with tempfile.TemporaryDirectory() as place:
        environment, kept = installed_environment(Path(place) / "compiled"), Path(place) / "profile.json"
        for _ in range(2):  # the first run compiles the modules
            command = python(_PROFILE.format(work), str(kept), *arguments)
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        rows = json.loads(kept.read_text())
    seconds: Counter[str] = Counter()
    for file, own, callers in rows:
        if file == "~" and callers:
            for caller, share in callers:
                seconds[owner_of(caller)] += share
        else:
            seconds[owner_of(file)] += own
    return seconds


def memory_by_owner(store: Path) -> tuple[Counter[str], float]:
    """Return the MB that the app holds after it has shown each tab, by package, and the MB of its process."""
    done = subprocess.run(python(_MEMORY, str(store)), capture_output=True, text=True, check=True)
    sizes, resident = json.loads(done.stdout.splitlines()[-1])
    held: Counter[str] = Counter()
    for file, size in sizes:
        held[owner_of(file)] += size / 1e6
    return held, resident / 1024


def owner_of(file: str) -> str:
    """Return the package that a source file belongs to: "reinspect.phrases", "store", "numpy", "import system"."""
    if "importlib" in file:
        return "import system"
    parts = Path(file).parts
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1].removesuffix(".py")
    for place, name in enumerate(parts):
        if name in {"reinspect", "store", "tui"} and place + 1 < len(parts):
            inner = parts[place + 1]
            return name if inner.endswith(".py") else f"{name}.{inner}"
    return "Python"


def shares_in_words(seconds: Counter[str]) -> str:
    """Return the share of each package, the greatest first: "reinspect.reading 61 %, pypdfium2 22 %"."""
    whole = seconds.total()
    return ", ".join(f"{owner} {own / whole:.0%}" for owner, own in seconds.most_common() if own / whole > _LEAST_SHARE)


if __name__ == "__main__":
    main()
