"""A command loads what it needs: only the app loads its toolkit, and the domain knows of neither app nor store."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import reinspect
from store import Store

HEAVY = {
    "textual",
    "rich",
    "tinydb",
    "numpy",
    "rapidfuzz",
    "pypdfium2",
    "markdown_it",
    "msgspec",
    "orjson",
    "filelock",
    "platformdirs",
    "httpx",
    "distributed",
    "docx",
    "lxml",
    "xlsxwriter",
}
OURS = {"reinspect", "store", "tui"}


def modules_of(code: str) -> set[str]:
    """The full names in `sys.modules` after running some code in a fresh interpreter."""
    program = f"import sys\ntry:\n    {code}\nexcept SystemExit: pass\nprint('\\n' + ' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def loaded_by(code: str) -> set[str]:
    """Their top-level names."""
    return {name.partition(".")[0] for name in modules_of(code)}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that was made before: a first run pays for more."""
    opened = Store.open(tmp_path_factory.mktemp("imports") / "store")
    opened.index()
    return opened.folder


# TinyDB is loaded only to change the store.
_DATA = {"msgspec", "orjson"}


@pytest.mark.parametrize(
    ("arguments", "most", "needed"),
    [
        (["--version"], 5, set()),
        (["list"], 51, _DATA),
        (["timeline", "camden"], 60, _DATA),
        (["follow", "camden"], 79, _DATA | {"numpy"}),
        (["search", "drift"], 72, _DATA | {"numpy", "rapidfuzz"}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else None,
)
def test_a_command_loads_what_it_needs_and_no_more(
    arguments: list[str], most: int, needed: set[str], store: Path
) -> None:
    modules = modules_of(f"from tui.cli.main import main; main({['--store', str(store), *arguments]})")
    packages = {name.rpartition(".")[0] for name in modules}
    ours = {name for name in modules - packages if name.partition(".")[0] in OURS}
    assert {name.partition(".")[0] for name in modules} & HEAVY == needed
    assert len(ours) <= most, sorted(ours)


def test_the_app_is_painted_before_the_store_or_a_search_is_loaded() -> None:
    modules = modules_of("import tui.app.app")
    assert {name.partition(".")[0] for name in modules} & HEAVY == {"textual", "rich", "msgspec", "platformdirs"}
    assert {name for name in modules if name.startswith("store.")} == {"store.location"}


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["compare", "--help"], ["add", "--help"]])
def test_version_and_help_load_nothing_heavy(arguments: list[str]) -> None:
    loaded = loaded_by(f"from tui.cli.main import main; main({arguments})")
    assert not loaded & HEAVY
    assert "click" in loaded


def test_the_domain_loads_neither_app_nor_store_nor_command_line() -> None:
    modules = [found.name for found in pkgutil.walk_packages(reinspect.__path__, "reinspect.")]
    loaded = loaded_by("; ".join(f"import {name}" for name in modules if "_data" not in name))
    assert not loaded & {"textual", "rich", "tinydb", "click", "store", "tui"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["compare", "camden:2017", "camden:2022"],
        ["phrases", "camden"],
    ],
)
def test_no_command_loads_the_apps_toolkit(arguments: list[str], store: Path) -> None:
    loaded = loaded_by(f"from tui.cli.main import main; main({['--store', str(store), *arguments]})")
    assert not loaded & {"textual", "tinydb"}
    assert "msgspec" in loaded


def test_a_command_that_changes_the_store_does_so_with_tinydb(store: Path) -> None:
    edit = ["edit", "camden-2017-09-11-sif", "published", "2017-11-25"]
    assert "tinydb" in loaded_by(f"from tui.cli.main import main; main({['--store', str(store), *edit]})")
