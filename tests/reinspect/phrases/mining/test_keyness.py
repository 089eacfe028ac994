"""Log ratio and its conservative bound, compared with values calculated by hand."""

from __future__ import annotations

import numpy as np
import pytest

from reinspect.phrases.mining.keyness import conservative_bound, log_ratio


def test_twice_the_share_has_a_log_ratio_of_one() -> None:
    assert log_ratio(np.array([400]), 1000, np.array([200]), 1000)[0] == pytest.approx(1.0, abs=0.01)


def test_the_bound_is_the_end_of_the_exact_interval() -> None:
    # All of 10 uses in the first group of two equal ones: p is at least 0.025 ** (1 / 10) = 0.6915.
    bound = conservative_bound(np.array([10]), 50, np.array([0]), 50, tests=1)[0]
    assert bound == pytest.approx(np.log2(0.6915 / 0.3085), abs=0.01)


def test_the_bound_is_zero_if_the_interval_contains_zero_and_changes_sign_if_the_groups_are_swapped() -> None:
    assert conservative_bound(np.array([3]), 5, np.array([40]), 100, tests=1)[0] == 0
    one = conservative_bound(np.array([30]), 50, np.array([5]), 50, tests=1)[0]
    other = conservative_bound(np.array([5]), 50, np.array([30]), 50, tests=1)[0]
    assert one == pytest.approx(-other)
    assert one > 0


def test_more_comparisons_need_more_evidence() -> None:
    few, many = (conservative_bound(np.array([9]), 10, np.array([20]), 100, tests=tests)[0] for tests in (1, 1000))
    assert few > many >= 0


def test_no_phrases_have_no_bounds() -> None:
    assert conservative_bound(np.zeros(0, np.int64), 0, np.zeros(0, np.int64), 0, tests=0).tolist() == []
    assert conservative_bound(np.array([0]), 5, np.array([0]), 5, tests=1).tolist() == [0.0]
