"""Texts that match no inspection: they are listed, cited with their authority, and stay in every search."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from reinspect.answers import Library
from reinspect.exporting import render_sheet
from reinspect.exporting.schemas import json_schema
from reinspect.model import Kind
from store import Store
from tests.making.readings import ILACS_GRADES, VISIT_2018, facts, reading

ILACS = "camden-2022-04-25-ilacs"
REPORT = reading(
    "report",
    facts("ilacs-2018", "2022-04-25", "2022-04-29", grades=ILACS_GRADES),
    pages=("Drift is rare.", "Plans are read."),
)
PLAN = reading("plan", facts(), "other", ("Lanterns are kept by the wardens.",))
KENT_PLAN = reading("kent plan", facts(authority="kent"), "other", ("Lanterns are lit by the harbour.",))
NAMELESS = reading("nameless", facts(authority=None), "other", ("Lanterns are sold.",))


def found(opened: Store, words: str) -> list[str]:
    return [hit.sentence for hit in Library(opened).search(words).found.hits]


def test_they_are_listed_by_authority_with_the_reason(small_store: Store) -> None:
    small_store.add([REPORT, PLAN, KENT_PLAN, NAMELESS])
    listed = Library(small_store).unattached()
    names = [(authority.name if authority else None, stored.document.title) for stored, authority in listed.documents]
    assert names == [(None, "nameless"), ("Camden", "plan"), ("Kent", "kent plan")]
    for record in listed.records():
        Draft202012Validator(json_schema("list --unattached")).validate(record)
        assert record["reason"]
    assert [stored.document.title for stored, _ in Library(small_store).unattached("kent").documents] == ["kent plan"]


def test_the_list_says_who_left_a_text_without_an_inspection(small_store: Store) -> None:
    small_store.add([PLAN])
    small_store.attach(PLAN.document.sha256, ILACS)
    assert Library(small_store).unattached().documents == ()
    small_store.attach(PLAN.document.sha256, None)
    page = render_sheet(Library(small_store).unattached().sheet())
    assert 'Camden, "plan" (other): a person assigned it to no inspection' in " ".join(page.split())
    assert f"reinspect attach {PLAN.document.sha256[:12]} ID" in " ".join(page.split())


def test_without_any_the_list_says_so(small_store: Store) -> None:
    page = render_sheet(Library(small_store).unattached().sheet())
    assert "Every stored document belongs to an inspection." in page


def test_a_sentence_of_one_names_its_authority(small_store: Store) -> None:
    small_store.add([PLAN, KENT_PLAN, NAMELESS])
    records = {record["context"]: record for record in Library(small_store).search("lanterns").records()}
    authorities = {text: (record["authority"] or {}).get("name") for text, record in records.items()}
    assert authorities == {
        "Lanterns are kept by the wardens.": "Camden",
        "Lanterns are lit by the harbour.": "Kent",
        "Lanterns are sold.": None,
    }
    assert all(record["inspection"] is None for record in records.values())


@pytest.mark.parametrize("kind", ["report", "letter", "coverage", "other"])
def test_a_text_that_a_person_assigns_is_still_found_and_named_as_another(small_store: Store, kind: Kind) -> None:
    own = reading("a text of its own", facts(), kind, ("Lanterns are kept by the wardens.", "Keepers meet weekly."))
    small_store.add([REPORT, own])
    small_store.attach(own.document.sha256, ILACS)
    assert found(small_store, "lanterns") == ["Lanterns are kept by the wardens."]
    assert found(small_store, "drift") == ["Drift is rare."]
    (citation,) = Library(small_store).search("lanterns").citations
    words = {"coverage": "press coverage", "other": "other document"}.get(kind, f"another {kind}")
    # The longest report or letter is the text of the inspection.
    assert words in citation or small_store.primary_texts()[ILACS] == own.document.sha256
    small_store.attach(own.document.sha256, None)
    assert found(small_store, "lanterns")
    assert found(small_store, "drift")


def test_a_further_text_is_searched_and_not_counted(small_store: Store) -> None:
    letter = reading("letter", VISIT_2018, "letter", ("Lanterns are kept.", "Keepers meet."))
    small_store.add([REPORT, letter])
    small_store.attach(letter.document.sha256, ILACS)
    tally = Library(small_store).search("lanterns").tally
    assert (tally.by_year, tally.others) == ({}, 1)
    (citation,) = Library(small_store).search("lanterns").citations
    assert citation == "Camden, ILACS inspection 25-29 April 2022, another letter, p. 1"


def test_a_copy_that_a_person_assigns_is_not_found_twice(small_store: Store) -> None:
    copy = reading("scan", facts(), pages=("DRIFT is  rare.", "Plans are read.", "Printed by the council."))
    small_store.add([REPORT, copy])
    small_store.attach(copy.document.sha256, ILACS)
    assert len(found(small_store, "drift")) == 1


def test_a_text_stays_found_when_it_is_assigned_to_another_inspection_and_to_none(small_store: Store) -> None:
    letter = reading("letter", VISIT_2018, "letter", ("Lanterns are kept.", "Keepers meet."))
    small_store.add([REPORT, letter])
    for inspection in (ILACS, None, "camden-2018-05-15-focused-visit", "camden-2017-09-11-sif", ILACS, None):
        small_store.attach(letter.document.sha256, inspection)
        assert found(small_store, "lanterns") == ["Lanterns are kept."], inspection
