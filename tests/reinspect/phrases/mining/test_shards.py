"""Mining large texts: portions, shards on disk and executors do not change the phrases found."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from reinspect.phrases import Index, TextOrigin, mine
from reinspect.phrases.mining import counting, ngrams
from reinspect.phrases.mining.counting import CountingResources
from reinspect.phrases.mining.portions import split_into_portions
from reinspect.phrases.mining.shards import Shards, map_in_order
from tests.making.passages import passages, sha_of

THINGS = ("tidal mooring", "harbour audit", "ferry rota", "kinship panel", "wooden jetty", "drift and delay")
ENDS = ("is late", "was praised", "in the north bay", "lacks rigour", "of the island council", "by and by")


def report(number: int) -> str:
    """Return forty sentences about the same things as in other reports, each in words of its own."""
    chance = np.random.default_rng(number)
    lines = []
    for _ in range(40):
        thing, other, end = chance.choice(THINGS), chance.choice(THINGS), chance.choice(ENDS)
        lines.append(f"The quality of {thing} beside {other} {end} for boat{chance.integers(90)}.")
    return " ".join(lines)


NAMES = [f"isle-{number:02}" for number in range(30)]
INDEX = Index.build((sha_of(name), passages(name, report(number))) for number, name in enumerate(NAMES))
# Some inspections have two documents, which are not next to each other in the index.
OCCASIONS = {
    sha_of(name): TextOrigin(inspection=f"{number % 25}", year=2000 + number % 9, authority=name[:6])
    for number, name in enumerate(NAMES)
}
TINY = 500


def test_portions_hold_whole_inspections_in_order_and_at_most_the_words_allowed() -> None:
    parts, inspections = split_into_portions(INDEX, OCCASIONS, TINY)
    assert len(parts) > 5
    numbers = [set(part.inspection.tolist()) for part in parts]
    assert sum(map(len, numbers)) == len(inspections) == 25
    assert all(max(one) < min(other) for one, other in pairwise(numbers))
    assert all(part.words <= TINY or len(own) == 1 for part, own in zip(parts, numbers, strict=True))


@pytest.mark.parametrize("order", ["issues", "themes", "distinctive"])
@pytest.mark.parametrize("at_once", [TINY, 4 * TINY])
def test_shards_on_disk_give_the_same_phrases_as_memory(order: str, at_once: int, tmp_path: Path) -> None:
    options = {"order": order, "documents": [sha_of(name) for name in NAMES[:22]]}
    in_memory = mine(INDEX, OCCASIONS, **options)  # type: ignore[arg-type]
    assert in_memory
    resources = CountingResources(at_once=at_once, folder=tmp_path)
    assert mine(INDEX, OCCASIONS, **options, resources=resources) == in_memory  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_other_processes_count_the_same() -> None:
    with ProcessPoolExecutor(2) as executor:
        resources = CountingResources(at_once=TINY, executor=executor)
        assert mine(INDEX, OCCASIONS, resources=resources) == mine(INDEX, OCCASIONS)


def test_no_more_words_are_mapped_at_once_than_allowed_and_shards_are_small(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mapped, reduced = [], []
    count_shard, find_starts = counting.count_shard, counting.find_starts
    monkeypatch.setattr(counting, "find_starts", lambda stream: mapped.append(len(stream.words)) or find_starts(stream))
    monkeypatch.setattr(
        counting, "count_shard", lambda starts, *rest: reduced.append(len(starts)) or count_shard(starts, *rest)
    )
    mine(INDEX, OCCASIONS, resources=CountingResources(at_once=4 * TINY))
    assert len(mapped) > 3
    assert max(mapped) <= 4 * TINY
    # All uses of a pair of words are in one shard, and there are few pairs here.
    assert len(reduced) > 3
    assert max(reduced) < sum(reduced) / 3


def test_keys_too_long_to_be_packed_are_sorted_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = mine(INDEX, OCCASIONS)
    monkeypatch.setattr(ngrams, "_BITS", 0)
    assert mine(INDEX, OCCASIONS) == packed


def test_shards_return_their_rows_in_the_order_added_and_then_are_empty(tmp_path: Path) -> None:
    rows = np.arange(20, dtype=np.uint64).reshape(10, 2)
    with Shards(3, tmp_path) as shards:
        shards.add(rows[:5], rows[:5, 0] % 3)
        shards.add(rows[5:], rows[5:, 0] % 3)
        drained = dict(shards.drain(np.uint64, 2))
        assert {number: part[:, 0].tolist() for number, part in drained.items()} == {
            0: [0, 6, 12, 18],
            1: [4, 10, 16],
            2: [2, 8, 14],
        }
        assert not list(shards.drain(np.uint64, 2))
    assert not list(tmp_path.iterdir())


def test_results_come_in_order_and_only_a_few_items_are_worked_on_ahead() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    with ThreadPoolExecutor(2) as executor:
        results = map_in_order(executor, str, items())
        assert [next(results) for _ in range(3)] == ["0", "1", "2"]
        assert len(taken) < 20
        results.close()  # type: ignore[attr-defined]
