"""Call a target with inputs that reach new code, until one breaks a promise (see `fuzz_targets`).

    python3 -m venv /tmp/fuzz && /tmp/fuzz/bin/pip install atheris -e '.[test]'
    /tmp/fuzz/bin/python -m tests.faults.fuzz dates --seconds 90

atheris needs an environment of its own: it changes the bytecode of the modules that it follows. An input that breaks a
promise is written to the present folder as `crash-...`; mend the fault and move the file to `fuzz_cases/TARGET/`, where
`test_fuzz_targets.py` replays it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["reinspect"]):
    from tests.faults.fuzz_targets import TARGETS, seeds


def main() -> None:
    """Fuzz the target named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=90)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds(options.target)):
            (Path(folder) / f"seed-{number}").write_bytes(seed)
        limits = [f"-max_total_time={options.seconds}", "-max_len=20000", "-timeout=20", "-rss_limit_mb=2000"]
        atheris.Setup([sys.argv[0], folder, *limits], TARGETS[options.target])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
