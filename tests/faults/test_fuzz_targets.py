"""The fuzzer's targets keep their promises on its seeds, on kept findings, and on changed copies of both."""

from __future__ import annotations

import random

import pytest

from tests.faults.fuzz_targets import TARGETS, seeds
from tests.faults.mutations import mutate
from tests.faults.stores import SEED
from tests.faults.tries import Tries


@pytest.mark.parametrize("target", TARGETS)
def test_seeds_and_earlier_findings_break_no_promise(target: str) -> None:
    for seed in seeds(target):
        TARGETS[target](seed)


@pytest.mark.parametrize("target", TARGETS)
def test_changed_seeds_break_no_promise(target: str, tries: Tries) -> None:
    chance, files = random.Random(SEED), list(seeds(target))
    for _ in tries.rounds(20, 2000):
        data = mutate(files, chance)
        TARGETS[target](data)
        tries.record(None)
