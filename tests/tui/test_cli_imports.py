"""What a start pays for: only the app loads its toolkit, and the domain knows of neither app nor store."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

import reinspect

HEAVY = {
    "textual",
    "rich",
    "tinydb",
    "numpy",
    "rapidfuzz",
    "pypdfium2",
    "msgspec",
    "orjson",
    "filelock",
    "platformdirs",
}


def loaded_by(code: str) -> set[str]:
    """Top-level names in `sys.modules` after running some code in a fresh interpreter."""
    program = f"import sys\ntry:\n    {code}\nexcept SystemExit: pass\nprint('\\n' + ' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["compare", "--help"], ["add", "--help"]])
def test_version_and_help_load_nothing_heavy(arguments: list[str]) -> None:
    loaded = loaded_by(f"from tui.cli import main; main({arguments})")
    assert not loaded & HEAVY
    assert "click" in loaded


def test_the_domain_loads_neither_app_nor_store_nor_command_line() -> None:
    modules = [found.name for found in pkgutil.walk_packages(reinspect.__path__, "reinspect.")]
    loaded = loaded_by("; ".join(f"import {name}" for name in modules if "_data" not in name))
    assert not loaded & {"textual", "rich", "tinydb", "click", "store", "tui"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["timeline", "camden"],
        ["compare", "camden:2017", "camden:2022"],
        ["search", "drift"],
        ["phrases", "camden"],
    ],
)
def test_no_command_loads_the_apps_toolkit(arguments: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = str(tmp_path_factory.getbasetemp() / "imports")
    loaded = loaded_by(f"from tui.cli import main; main({['--store', folder, *arguments]})")
    assert "textual" not in loaded
    assert "tinydb" in loaded
