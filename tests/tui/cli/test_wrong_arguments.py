"""Arguments that cannot be meant are refused in words, not answered with an empty page."""

from __future__ import annotations

import pytest

from tests.tui.cli.conftest import Run


@pytest.mark.parametrize(
    "command",
    [
        ("search", "drift", "--since", "2025", "--until", "2020"),
        ("search", "drift", "--until", "2020-05", "--since", "2020-06-01"),
        ("phrases", "--since", "2025", "--until", "2020"),
        ("movers", "--since", "2025", "--until", "2020-12-31"),
    ],
)
def test_a_time_that_ends_before_it_begins_is_refused(run: Run, command: tuple[str, ...]) -> None:
    refused = run(*command)
    assert refused.exit_code == 2
    assert "is later than --until" in refused.stderr


def test_a_time_may_begin_within_the_year_in_which_it_ends(run: Run) -> None:
    assert run("search", "drift", "--since", "2020-06", "--until", "2020").exit_code == 0
    assert run("search", "drift", "--since", "2020", "--until", "2020").exit_code == 0


def test_an_inspection_is_not_compared_with_itself(run: Run) -> None:
    refused = run("compare", "camden:2022", "camden-2022-04-25-ilacs")
    assert refused.exit_code == 2
    assert "A and B are the same inspection, camden-2022-04-25-ilacs. Give two." in " ".join(refused.stderr.split())


def test_a_wrong_id_is_met_with_those_of_the_same_authority(run: Run) -> None:
    refused = run("show", "camden-2022-04-26-ilacs")
    assert refused.exit_code == 2
    meant = refused.stderr.partition("did you mean ")[2].strip(" ?\n").split(", ")
    assert "camden-2022-04-25-ilacs" in meant
    assert all(identifier.startswith("camden-") for identifier in meant)


def test_without_an_id_none_is_suggested(run: Run) -> None:
    assert run("show", "").stderr == 'reinspect: no inspection has the id ""\n'
