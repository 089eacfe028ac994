"""The fields and values of the JSON objects."""

from __future__ import annotations

import json
from datetime import date

import msgspec

from reinspect.comparing.comparison import compare
from reinspect.comparing.timeline import timeline
from reinspect.exporting.records import (
    comparison_record,
    hit_record,
    inspection_record,
    phrase_record,
    reading_record,
    timeline_record,
)
from reinspect.exporting.sheets.phrases import Recurring
from reinspect.model import (
    Evidence,
    Improvement,
    Judgement,
    PrintedAuthority,
    Reading,
    SourceFacts,
    Window,
)
from reinspect.phrases.query import Hit
from tests.making.inspections import CAMDEN, KENT, camden_2017, camden_2022, inspection, passage, report

READING = Reading(
    file="papers/report.pdf",
    document=msgspec.structs.replace(report("a"), reader="1.0", warnings=("a row is missing",)),
    facts=SourceFacts(
        authority=PrintedAuthority(printed="London Borough of Camden", slug="camden", name="Camden", urn="80491"),
        framework="ilacs-2023",
        graded=True,
        windows=(Window(date(2025, 3, 3), date(2025, 3, 7)),),
        lead_inspector="Pat Example",
        judgements=(
            Judgement(
                strand="leaders",
                grade="outstanding",
                printed="Outstanding",
                label="The impact of leaders",
                evidence=Evidence(document="a" * 64, page=1, start=0, end=3),
            ),
        ),
        improvements=(
            Improvement(
                index=1,
                text="Decide sooner.",
                tags=("Principle 1",),
                evidence=Evidence(document="a" * 64, page=2, start=0, end=3),
            ),
        ),
    ),
    passages=(passage("One."), passage("Two.")),
)


def test_a_file_as_read_has_every_documented_field() -> None:
    assert json.loads(json.dumps(reading_record(READING))) == {
        "schema": 2,
        "file": "papers/report.pdf",
        "sha256": "a" * 64,
        "kind": "report",
        "reason": None,
        "reader": "1.0",
        "authority": {"printed": "London Borough of Camden", "slug": "camden", "name": "Camden", "urn": "80491"},
        "framework": "ilacs-2023",
        "band": "social care",
        "graded": True,
        "inspection_start": "2025-03-03",
        "inspection_end": "2025-03-07",
        "windows": [["2025-03-03", "2025-03-07"]],
        "dated": None,
        "published": None,
        "topics": [],
        "theme": None,
        "partners": [],
        "ordinal": None,
        "outcome": None,
        "next_step": None,
        "previous": [],
        "lead_inspector": "Pat Example",
        "judgements": [
            {
                "strand": "leaders",
                "grade": "outstanding",
                "not_judged": None,
                "printed": "Outstanding",
                "label": "The impact of leaders",
                "score": None,
                "page": 1,
            }
        ],
        "improvements": [
            {
                "index": 1,
                "number": None,
                "whose": "authority",
                "text": "Decide sooner.",
                "tags": ["Principle 1"],
                "bodies": [],
                "page": 2,
                "paragraph": None,
            }
        ],
        "lscb_improvements": [],
        "priority_actions": [],
        "passages": 2,
        "warnings": ["a row is missing"],
    }


def test_an_unreadable_file_has_a_reason_and_no_facts() -> None:
    refused = Reading(
        file="x.pdf", document=msgspec.structs.replace(report("b"), kind="unreadable"), reason="It is empty."
    )
    record = reading_record(refused)
    assert (record["kind"], record["reason"], record["authority"], record["windows"]) == (
        "unreadable",
        "It is empty.",
        None,
        [],
    )


def test_an_inspection_has_the_fields_of_a_file_plus_id_documents_and_conflicts() -> None:
    record = inspection_record(camden_2017(), CAMDEN, passages=118)
    assert set(reading_record(READING)) | {"id", "documents", "conflicts", "report_url"} == set(record)
    assert record["authority"] == {"printed": None, "slug": "camden", "name": "Camden", "urn": "80491"}
    assert record["documents"] == [{"sha256": "a" * 64, "kind": "report", "title": "Camden 2017"}]
    assert (record["id"], record["kind"], record["passages"]) == ("camden-2017-09-11-sif", "report", 118)


def test_an_unpaired_strand_has_null_on_the_other_side() -> None:
    record = comparison_record(compare(camden_2017(), camden_2022(), authorities=(CAMDEN, CAMDEN)))
    assert (record["schema"], record["a"]["id"], record["b"]["id"]) == (2, camden_2017().id, camden_2022().id)
    first, adoption = record["judgements"][0], record["judgements"][5]
    assert [first[key] for key in ("strand_a", "strand_b", "grade_a", "grade_b", "change", "caveats")] == [
        "overall",
        "overall",
        "good",
        "outstanding",
        "improved",
        ["K1"],
    ]
    assert [adoption[key] for key in ("strand_a", "strand_b", "grade_b", "change")] == [
        "adoption",
        None,
        None,
        "not comparable",
    ]
    assert list(record["caveats"]) == ["K1", "K2", "K3", "K6"]
    assert [(improvement["side"], improvement["index"]) for improvement in record["improvements"]] == [
        ("a", 1),
        ("a", 2),
    ]
    assert record["passages"] == []


def test_two_authorities_have_a_relation_but_no_change() -> None:
    kent = inspection("ilacs-2018", authority="kent", help="outstanding")
    record = comparison_record(compare(inspection("ilacs-2018", help="good"), kent, authorities=(CAMDEN, KENT)))
    assert [(row["change"], row["relation"]) for row in record["judgements"]] == [(None, "b is higher")]


def test_passages_are_paired_with_their_pages() -> None:
    a, b = passage("Audits are thorough."), passage("Audits are thorough now.", page=5, digit="b")
    record = comparison_record(compare(camden_2017(), camden_2022(), [a], [b]))
    (pair,) = record["passages"]
    assert (pair["strand"], pair["a"]["page"], pair["b"]["page"], pair["b"]["marks"]) == ("help", 3, 5, [[20, 23]])
    assert pair["a"]["document"] == "a" * 64


def test_a_timeline_has_a_cell_for_each_strand_at_each_event() -> None:
    record = json.loads(json.dumps(timeline_record(timeline(CAMDEN, [camden_2017(), camden_2022()]))))
    assert [event["improvements"] for event in record["events"]] == [2, None]
    assert {len(row["cells"]) for row in record["strands"]} == {2}
    assert record["strands"][0]["cells"][0] == {"state": "graded", "grade": "good", "not_judged": None}


def test_a_search_hit_has_every_documented_field() -> None:
    found_in = passage("First. Audits are thorough.")
    hit = Hit(
        score=94.53,
        document="a" * 64,
        number=0,
        page=3,
        phrase="audits",
        spans=((7, 13),),
        context=(7, 27),
        passage=found_in,
    )
    assert hit_record(hit, report("a", "letter"), camden_2022(), CAMDEN) == {
        "schema": 2,
        "score": 94.5,
        "phrase": "audits",
        "word_for_word": True,
        "context": "Audits are thorough.",
        "authority": {"printed": None, "slug": "camden", "name": "Camden", "urn": "80491"},
        "inspection": "camden-2022-04-25-ilacs",
        "year": 2022,
        "framework": "ilacs-2018",
        "strand": "help",
        "document": "a" * 64,
        "kind": "letter",
        "page": 3,
        "paragraph": 12,
    }
    assert hit_record(hit, report("a", "other"))["inspection"] is None


def test_a_recurring_phrase_has_every_documented_field() -> None:
    recurring = Recurring(
        phrase="p",
        variants=("q",),
        inspections=4,
        years=(2022, 2017, 2022),
        count=11,
        score=0.12345,
        citation="Camden, p. 6",
        by_year={2017: 1, 2022: 3},
        group=5,
        elsewhere=20,
        others=175,
        log_ratio=2.64,
        bound=0.4,
    )
    assert phrase_record(recurring) == {
        "schema": 2,
        "phrase": "p",
        "variants": ["q"],
        "inspections": 4,
        "years": [2017, 2022],
        "count": 11,
        "score": 0.123,
        "by_year": {"2017": 1, "2022": 3},
        "of": 5,
        "elsewhere": 20,
        "others": 175,
        "log_ratio": 2.64,
        "bound": 0.4,
        "citation": "Camden, p. 6",
    }
