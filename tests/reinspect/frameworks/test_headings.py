"""Headings of a framework file with words that vary."""

from __future__ import annotations

from pathlib import Path

import pytest

from reinspect.errors import FrameworkError
from reinspect.frameworks import load_frameworks

OWN = """
key = "own"
family = "own"
name = "An invented inspection"
short = "Own"
inspector = "Nobody"
titles = ["Invented inspection of"]
finding_headings = ["Life with {NEEDS} here", "Other findings"]
"""


def test_a_heading_is_loaded_once_for_each_of_its_wordings(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN + '[wordings]\nNEEDS = ["needs", "many needs"]\n')
    assert load_frameworks(tmp_path)["own"].finding_headings == (
        "Life with needs here",
        "Life with many needs here",
        "Other findings",
    )


def test_a_word_in_braces_without_wordings_is_named_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN)
    with pytest.raises(FrameworkError, match=r"own\.toml: \{NEEDS\} in a heading is not one of the \[wordings\]"):
        load_frameworks(tmp_path)
