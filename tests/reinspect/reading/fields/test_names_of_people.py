"""The names of inspectors: one or two who lead, without their posts, and on the line below their label."""

from __future__ import annotations

import pytest

from reinspect.reading.fields.authority import find_mentioned_authority
from reinspect.reading.fields.front_matter import find_names
from tests.making.reports import GRADES, read, rows


def lead_of(*lines: str) -> str | None:
    page = [
        "Inspection of Camden local authority",
        "children’s services",
        "Inspection dates: 4 to 8 March 2024",
        *lines,
    ]
    table = ["Judgement Grade", *rows(**GRADES), "Leaders know their streets."]
    return read([[*page, *table], ["1. Plans are short."]]).facts.lead_inspector


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Lead inspector: Ada Lovelace, His Majesty’s Inspector",), "Ada Lovelace"),
        (("Lead inspector:", "Ada Lovelace HMI"), "Ada Lovelace"),
        (("Lead inspectors: Ada Lovelace and Alan Turing",), "Ada Lovelace and Alan Turing"),
        (("Lead inspectors: Ada Lovelace and", "Alan Turing"), "Ada Lovelace and Alan Turing"),
        (("Lead inspectors: Ada Lovelace,", "Alan Turing"), "Ada Lovelace and Alan Turing"),
        (("Lead inspector: Ada Lovelace, Alan Turing, Mary Seacole",), "Ada Lovelace"),
        (("Lead inspector: Ada Lovelace", "Mary Seacole"), "Ada Lovelace"),
    ],
)
def test_the_lead_inspector_is_read(lines: tuple[str, ...], expected: str) -> None:
    assert lead_of(*lines) == expected


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Ada Lovelace, HMI and Alan Turing, Ofsted Inspector", ["Ada Lovelace", "Alan Turing"]),
        ("Ada Lovelace HMI Alan Turing HMI", ["Ada Lovelace", "Alan Turing"]),
        ("Ada Lovelace (shadowing); Mary Seacole", ["Ada Lovelace", "Mary Seacole"]),
        ("Anna van der Berg, HMI", ["Anna van der Berg"]),
        ("Élodie Martin, Senior HMI", ["Élodie Martin"]),
        ("Omar bin Said and Ana de la Cruz", ["Omar bin Said", "Ana de la Cruz"]),
        ("école primaire", []),
        ("Her Majesty’s Inspector", []),
        ("Senior Inspector", []),
        ("Ada Lovelace Senior Officer", ["Ada Lovelace"]),
    ],
)
def test_names_are_read_without_posts(printed: str, names: list[str]) -> None:
    assert find_names(printed) == names


def test_an_authority_that_is_mentioned_has_its_name_and_number() -> None:
    found = find_mentioned_authority("Workers in Camden visit. Camden plans. Camden's leaders know.")
    assert found is not None
    assert (found.printed, found.slug, found.name, found.urn) == ("Camden", "camden", "Camden", "80491")
    assert find_mentioned_authority("Nobody visits.") is None


@pytest.mark.parametrize(
    ("last_line", "expected"), [("Lead inspector:", None), ("Lead inspectors: Ada Lovelace and", "Ada Lovelace")]
)
def test_a_label_on_the_very_last_line_is_read_as_far_as_it_goes(last_line: str, expected: str | None) -> None:
    page = ["Inspection of Camden local authority", "children’s services", "Inspection dates: 4 to 8 March 2024"]
    table = ["Judgement Grade", *rows(**GRADES)]
    assert read([[*page, *table, last_line]]).facts.lead_inspector == expected
