"""The built packages are complete: a wheel made from the sdist works in a fresh venv, away from this folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.making.printed import printed_objects

pytestmark = [pytest.mark.slow, pytest.mark.timeout(480)]

ROOT = Path(__file__).parents[1]
NO_INDEX = ("connection", "resolve", "retries", "No matching distribution", "Network is unreachable")
LETTER = """14 March 2024

Dear Ms Sample

Focused visit to Camden children's services

Our visit to Camden was on 6 and 7 February 2024. The inspectors were Ada Sample and Ben Sample.

Main findings

Supervision is steady and well recorded.
"""


def run(*command: str | Path, folder: Path) -> str:
    """Run a command in `folder`, without this interpreter's packages, and return what it prints."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "REINSPECT"))}
    finished = subprocess.run(
        [str(part) for part in command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if finished.returncode and "pip" in map(str, command) and any(word in finished.stderr for word in NO_INDEX):
        pytest.skip("the package index cannot be reached")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and the wheel from it, into a folder and return it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, folder=folder)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel and its dependencies, nothing else, into a fresh venv; return its folder of programs."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(folder)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    (wheel,) = built.glob("*.whl")
    run(*pip_of(programs), "install", "--quiet", "--no-compile", wheel, folder=built)
    return programs


def pip_of(programs: Path) -> tuple[str | Path, ...]:
    """Return a command that runs this interpreter's pip for that venv."""
    return sys.executable, "-m", "pip", "--python", programs / "python"


def test_the_wheel_has_the_three_packages_and_the_record_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0] for name in names if ".dist-info" not in name} == {"reinspect", "store", "tui"}
    for needed in ("record.json", "digests/camden-2022-04-25-ilacs.toml", "phrases/counts.tsv", "hosts.toml"):
        assert f"reinspect/_data/{needed}" in names
    assert "reinspect/frameworks/crosswalk.toml" in names
    assert "tui/app/reinspect.tcss" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_sdist_has_everything_that_tests_and_documentation_need(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    needed = {"README.md", "LICENSE", "CHANGELOG.md", "mkdocs.yml", "data/record.json", "docs/index.md"}
    assert needed <= names
    assert "tests/test_packaging.py" in names
    assert not [name for name in names if "__pycache__" in name or name.startswith((".venv", "shared"))]


def test_the_installed_program_works_from_another_folder(installed: Path, tmp_path: Path) -> None:
    reinspect = installed / "reinspect"
    data = run(
        installed / "python", "-c", "from reinspect.record import data_folder; print(data_folder())", folder=tmp_path
    )
    assert Path(data.strip()).parts[-2:] == ("reinspect", "_data")
    assert "record as of" in run(reinspect, "about", folder=tmp_path)

    store = ("--store", tmp_path / "store")
    letter = tmp_path / "letter.md"
    letter.write_text(LETTER, "utf-8")
    assert "camden-2024-02-06-focused-visit" in run(reinspect, *store, "add", letter, folder=tmp_path)

    def objects(*arguments: str) -> list[dict[str, Any]]:
        return printed_objects(run(reinspect, *store, *arguments, "--json", folder=tmp_path))

    (history,) = objects("timeline", "camden")
    assert [inspection["inspection"][:11] for inspection in history["events"]][-2:] == ["camden-2024", "camden-2025"]
    (comparison,) = objects("compare", "camden:2017", "camden:2022")
    assert "improved" in {change["change"] for change in comparison["judgements"]}
    assert [hit["inspection"] for hit in objects("search", "supervison steady", "--limit", "1")] == [
        "camden-2024-02-06-focused-visit"
    ]


def test_an_installation_does_not_bring_the_packages_of_tests_and_extras(installed: Path, tmp_path: Path) -> None:
    names = {
        package["name"].lower()
        for package in json.loads(run(*pip_of(installed), "list", "--format", "json", folder=tmp_path))
    }
    assert not names & {"pytest", "httpx", "mypy", "mkdocs", "jsonschema"}
