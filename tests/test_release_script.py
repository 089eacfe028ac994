"""A release is refused before anything is built if its version is not newer than the present one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reinspect import __version__

ROOT = Path(__file__).parents[1]


@pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("git") or not (ROOT / ".git").exists(), reason="needs a git checkout"
)
@pytest.mark.parametrize("stage", ["a1", "b2", "rc1"])
def test_a_candidate_of_the_present_version_is_older_than_it(stage: str) -> None:
    script = ROOT / ".ci" / "release"
    done = subprocess.run([script, f"{__version__}{stage}"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"{__version__}{stage} is older than the current version, {__version__}" in done.stderr
