"""The shipped files of weights: a file that is damaged or of another version is refused in one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reinspect.comparing.followthrough.ranking import RANKING_FILE, ranking_weights
from reinspect.comparing.followthrough.statuses import STATUSES, STATUSES_FILE, status_weights
from reinspect.comparing.followthrough.tone_model import TONE_FILE, tone_weights
from reinspect.comparing.followthrough.word_lists import subject_lists
from reinspect.errors import ReinspectError
from reinspect.phrases.vectors import VECTORS_FILE, word_vectors

LOADERS: dict[str, Callable[[Path], object]] = {
    "vectors.txt": word_vectors,
    "ranking.json": ranking_weights,
    "tone.json": tone_weights,
    "statuses.json": status_weights,
}

FILES = {path.name: path for path in (VECTORS_FILE, RANKING_FILE, TONE_FILE, STATUSES_FILE)}


@pytest.mark.parametrize("name", LOADERS)
def test_every_shipped_file_is_read(name: str) -> None:
    assert LOADERS[name](FILES[name])


@pytest.mark.parametrize("name", LOADERS)
def test_a_file_that_is_cut_off_is_refused_in_a_line_that_names_it(name: str, tmp_path: Path) -> None:
    whole = FILES[name].read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ReinspectError, match=name) as refused:
        LOADERS[name](tmp_path / name)
    assert "\n" not in str(refused.value)
    assert "install reinspect again" in str(refused.value)


@pytest.mark.parametrize("name", LOADERS)
def test_a_file_of_another_version_is_refused(name: str, tmp_path: Path) -> None:
    text = FILES[name].read_text("ascii")
    changed = text.replace("version 1", "version 7", 1).replace('"version": 1', '"version": 7', 1)
    assert changed != text
    (tmp_path / name).write_text(changed, "ascii")
    with pytest.raises(ReinspectError, match=r"version 7.*version 1"):
        LOADERS[name](tmp_path / name)


@pytest.mark.parametrize("name", LOADERS)
def test_a_missing_file_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ReinspectError, match=name):
        LOADERS[name](tmp_path / name)


@pytest.mark.parametrize("name", LOADERS)
def test_a_file_with_a_foreign_line_is_refused(name: str, tmp_path: Path) -> None:
    text = FILES[name].read_text("ascii")
    (tmp_path / name).write_text(text.rstrip().removesuffix("}") + "\nnot a weight\n", "ascii")
    with pytest.raises(ReinspectError, match=name):
        LOADERS[name](tmp_path / name)


def test_a_measure_that_varies_by_nothing_is_refused(tmp_path: Path) -> None:
    weights = json.loads(STATUSES_FILE.read_text("ascii"))
    next(iter(weights["scales"].values()))["spread"] = 0
    (tmp_path / "statuses.json").write_text(json.dumps(weights), "ascii")
    with pytest.raises(ReinspectError, match="spread"):
        status_weights(tmp_path / "statuses.json")


def test_every_status_has_weights_and_mentioned_is_never_firm() -> None:
    weights = status_weights()
    assert set(weights.weights) == set(weights.starts) == set(STATUSES)
    assert set(weights.firm) == {"raised again", "reported better", "not mentioned"}


def test_the_vectors_hold_single_words_in_alphabetical_order_and_no_sentence() -> None:
    words = [line.split(" ")[0] for line in VECTORS_FILE.read_text("ascii").splitlines()[1:]]
    assert words == sorted(set(words))
    assert all(word.isalpha() for word in words)


def test_the_weights_hold_single_words_and_pairs_and_no_sentence() -> None:
    tone, ranking = tone_weights(), ranking_weights()
    grams = [gram for model in (tone.opinion, tone.praise, tone.criticism) for gram in model.grams]
    assert max(len(gram.split()) for gram in grams) == 2
    items = [item for kind in (ranking.terms, ranking.leading_stems) for item in (*kind.shared, *kind.missing)]
    # An item of several words is the name of a subject in `subjects.toml`.
    assert {item for item in items if " " in item} <= {
        pattern.term for patterns in subject_lists().patterns.values() for pattern in patterns
    }
