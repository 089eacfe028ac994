"""The JSON copies of the program's TOML files: up to date, equal to the TOML, and never used for an edited file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import reinspect
from reinspect import shipped_toml
from reinspect.frameworks import Framework, frameworks, load_frameworks
from reinspect.shipped_toml import decode_toml, encode_copies

PACKAGE = Path(reinspect.__file__).parent
FILES = sorted(PACKAGE.rglob("*.toml"))


@pytest.fixture
def own_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of one TOML file, `list.toml`, with a copy of it."""
    (tmp_path / "list.toml").write_text('word = "printed"\n')
    monkeypatch.setattr(shipped_toml, "_HOME", tmp_path)
    monkeypatch.setattr(shipped_toml, "_COPIES", tmp_path / "copies.json")
    shipped_toml._copies.cache_clear()
    (tmp_path / "copies.json").write_bytes(encode_copies())
    yield tmp_path
    shipped_toml._copies.cache_clear()


def test_the_copies_are_those_of_the_toml_files() -> None:
    same = (PACKAGE / "shipped_toml.json").read_bytes() == encode_copies()
    assert same, "a TOML file was edited: run `python -m reinspect.shipped_toml`"


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_copy_has_the_content_of_its_toml_file(path: Path) -> None:
    from_toml = msgspec.json.decode(msgspec.json.encode(msgspec.toml.decode(path.read_bytes())))
    assert decode_toml(path, dict[str, Any]) == from_toml


def test_the_frameworks_of_the_program_pass_the_checks_of_a_persons_own(tmp_path: Path) -> None:
    for path in (PACKAGE / "frameworks").glob("*.toml"):
        shutil.copy(path, tmp_path)
    assert load_frameworks(tmp_path) == load_frameworks(PACKAGE / "frameworks")


def test_a_framework_has_its_dates_from_the_copy() -> None:
    path = PACKAGE / "frameworks" / "ilacs-2018.toml"
    assert (
        decode_toml(path, Framework).first
        == frameworks()["ilacs-2018"].first
        == msgspec.toml.decode(path.read_bytes(), type=Framework).first
    )


def test_the_copy_is_used_instead_of_the_toml(own_package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(msgspec.toml, "decode", None)
    assert decode_toml(own_package / "list.toml", dict[str, str]) == {"word": "printed"}


def test_an_edited_file_is_read_although_its_copy_is_older(own_package: Path) -> None:
    (own_package / "list.toml").write_text('word = "edited"\n')
    assert decode_toml(own_package / "list.toml", dict[str, str]) == {"word": "edited"}


@pytest.mark.parametrize("damaged", [b"", b"{", b"[]", b'{"list.toml": {"checksum": 1}}'])
def test_damaged_copies_are_ignored(own_package: Path, damaged: bytes) -> None:
    (own_package / "copies.json").write_bytes(damaged)
    assert decode_toml(own_package / "list.toml", dict[str, str]) == {"word": "printed"}


def test_a_file_elsewhere_is_parsed(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('word = "own"\n')
    assert decode_toml(tmp_path / "own.toml", dict[str, str]) == {"word": "own"}
