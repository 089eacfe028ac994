"""Mining what does not fit: portions, shards on disk and executors change nothing of what is found."""

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
from reinspect.phrases.mining.portions import portions
from reinspect.phrases.mining.shards import Shards, in_turn
from tests.making.passages import passages, sha_of

THINGS = ("tidal mooring", "harbour audit", "ferry rota", "kinship panel", "wooden jetty", "drift and delay")
ENDS = ("is late", "was praised", "in the north bay", "lacks rigour", "of the island council", "by and by")


def report(number: int) -> str:
    """A report of forty sentences that says much the same as others, and nothing twice in the same words."""
    chance = np.random.default_rng(number)
    lines = []
    for _ in range(40):
        thing, other, end = chance.choice(THINGS), chance.choice(THINGS), chance.choice(ENDS)
        lines.append(f"The quality of {thing} beside {other} {end} for boat{chance.integers(90)}.")
    return " ".join(lines)


NAMES = [f"isle-{number:02}" for number in range(30)]
INDEX = Index.build((sha_of(name), passages(name, report(number))) for number, name in enumerate(NAMES))
# Some inspections are read in two documents, which lie apart in the index.
OCCASIONS = {
    sha_of(name): TextOrigin(inspection=f"{number % 25}", year=2000 + number % 9, authority=name[:6])
    for number, name in enumerate(NAMES)
}
TINY = 500


def test_portions_hold_whole_inspections_in_order_and_no_more_words_than_asked() -> None:
    parts, inspections = portions(INDEX, OCCASIONS, TINY)
    assert len(parts) > 5
    seen = [set(part.inspection.tolist()) for part in parts]
    assert sum(map(len, seen)) == len(inspections) == 25
    assert all(max(one) < min(other) for one, other in pairwise(seen))
    assert all(part.words <= TINY or len(held) == 1 for part, held in zip(parts, seen, strict=True))


@pytest.mark.parametrize("order", ["issues", "themes", "distinctive"])
@pytest.mark.parametrize("at_once", [TINY, 4 * TINY])
def test_shards_on_disk_give_the_very_phrases_that_memory_gives(order: str, at_once: int, tmp_path: Path) -> None:
    asked = {"order": order, "documents": [sha_of(name) for name in NAMES[:22]]}
    whole = mine(INDEX, OCCASIONS, **asked)  # type: ignore[arg-type]
    assert whole
    assert mine(INDEX, OCCASIONS, **asked, means=CountingResources(at_once=at_once, folder=tmp_path)) == whole  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_other_processes_count_the_same() -> None:
    with ProcessPoolExecutor(2) as executor:
        assert mine(INDEX, OCCASIONS, means=CountingResources(at_once=TINY, executor=executor)) == mine(
            INDEX, OCCASIONS
        )


def test_no_more_words_are_mapped_together_than_asked_and_each_shard_is_a_part_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mapped, reduced = [], []
    seen, windows = counting.seen, counting.windows
    monkeypatch.setattr(counting, "windows", lambda words: mapped.append(len(words.words)) or windows(words))
    monkeypatch.setattr(counting, "seen", lambda held, *rest: reduced.append(len(held)) or seen(held, *rest))
    mine(INDEX, OCCASIONS, means=CountingResources(at_once=4 * TINY))
    assert len(mapped) > 3
    assert max(mapped) <= 4 * TINY
    # All uses of a pair of words stay together, and there are few pairs here.
    assert len(reduced) > 3
    assert max(reduced) < sum(reduced) / 3


def test_keys_too_long_to_be_packed_are_sorted_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = mine(INDEX, OCCASIONS)
    monkeypatch.setattr(ngrams, "_BITS", 0)
    assert mine(INDEX, OCCASIONS) == whole


def test_shards_give_back_what_they_were_given_in_its_order(tmp_path: Path) -> None:
    rows = np.arange(20, dtype=np.uint64).reshape(10, 2)
    with Shards(3, tmp_path) as shards:
        shards.add(rows[:5], rows[:5, 0] % 3)
        shards.add(rows[5:], rows[5:, 0] % 3)
        held = dict(shards.drained(np.uint64, 2))
        assert {number: part[:, 0].tolist() for number, part in held.items()} == {
            0: [0, 6, 12, 18],
            1: [4, 10, 16],
            2: [2, 8, 14],
        }
        assert not list(shards.drained(np.uint64, 2))
    assert not list(tmp_path.iterdir())


def test_what_is_worked_on_ahead_comes_in_turn_and_no_more_is_taken_than_is_needed() -> None:
    taken: list[int] = []

    def given() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    with ThreadPoolExecutor(2) as executor:
        found = in_turn(executor, str, given())
        assert [next(found) for _ in range(3)] == ["0", "1", "2"]
        assert len(taken) < 20
        found.close()  # type: ignore[attr-defined]
