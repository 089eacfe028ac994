"""A strand has the name that the first of some frameworks gives it."""

from __future__ import annotations

import pytest

from reinspect.frameworks import strand_name


@pytest.mark.parametrize(
    ("frameworks", "name"),
    [
        (("sif",), "Looked after"),
        (("ilacs-2018", "sif"), "Looked after"),
        (("not-loaded", "ilacs-2023", "sif"), "Children in care"),
        (("ilacs-2018",), "Care"),
        ((), "Care"),
    ],
)
def test_the_first_framework_that_has_a_strand_names_it(frameworks: tuple[str, ...], name: str) -> None:
    assert strand_name("care", *frameworks) == name


def test_a_strand_that_no_framework_has_is_named_by_its_key() -> None:
    assert strand_name("harbour_pilots") == "Harbour pilots"
