"""The shipped digests: documents in our own words that cite pages and paragraphs of their reports."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from reinspect.digests import Digest, digests, shipped
from reinspect.errors import ReinspectError
from reinspect.frameworks import frameworks
from reinspect.model import Owner, Reading
from reinspect.reading import read_file
from reinspect.record import record

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
READINGS = {digest.inspection: digest.read() for digest in shipped()}
LISTED = {
    "camden-2009-12-09-caa-rating": 0,
    "camden-2017-09-11-sif": 8,
    "camden-2018-05-15-focused-visit": 2,
    "camden-2022-04-25-ilacs": 2,
    "camden-2023-10-31-focused-visit": 2,
    "camden-2025-03-03-ilacs": 1,
}
each_digest = pytest.mark.parametrize("digest", READINGS.values(), ids=READINGS)


def test_there_is_a_digest_of_every_camden_inspection_whose_findings_are_known() -> None:
    assert {name: len(reading.facts.improvements) for name, reading in READINGS.items()} == LISTED
    assert sum(len(reading.passages) for reading in READINGS.values()) >= 200


def test_reading_the_same_bytes_again_gives_the_same_reading() -> None:
    assert tuple(READINGS.values()) == digests()
    assert [reading.document.sha256 for reading in digests()] == [
        sha256(digest.content).hexdigest() for digest in shipped()
    ]


@each_digest
def test_every_page_of_a_digest_says_that_it_does_not_quote(digest: Reading) -> None:
    assert digest.document.kind == "digest"
    assert digest.document.title.startswith("Digest of ")
    assert all("own words" in page and "not quotations" in page for page in digest.pages)


@each_digest
def test_the_span_of_every_note_is_its_text(digest: Reading) -> None:
    assert len(digest.pages) == digest.document.pages
    for passage in digest.passages:
        assert digest.pages[passage.page - 1][passage.start : passage.end] == passage.text
    for improvement in digest.facts.improvements:
        assert improvement.evidence is not None
        where = improvement.evidence
        assert digest.pages[where.page - 1][where.start : where.end] == improvement.text


@each_digest
def test_notes_are_in_printed_order_under_strands_of_the_framework(digest: Reading) -> None:
    framework = frameworks()[digest.facts.framework or ""]
    assert {passage.strand for passage in digest.passages} - {None} <= {strand.key for strand in framework.strands}
    assert [passage.page for passage in digest.passages] == sorted(passage.page for passage in digest.passages)
    printed = [passage.paragraph for passage in digest.passages if passage.paragraph is not None]
    assert printed == sorted(printed)


@each_digest
def test_a_note_has_one_or_two_sentences_and_is_not_repeated(digest: Reading) -> None:
    texts = [passage.text for passage in digest.passages]
    assert len(set(texts)) == len(texts)
    assert all(text.endswith(".") and text.count(". ") <= 1 and len(text) < 260 for text in texts)


@each_digest
def test_the_facts_of_a_digest_agree_with_the_record(digest: Reading) -> None:
    name = next(name for name, reading in READINGS.items() if reading is digest)
    recorded = next(inspection.facts for inspection in record().inspections if inspection.id == name)
    stated = digest.facts
    assert (stated.framework, stated.windows, stated.published) == (
        recorded.framework,
        recorded.windows,
        recorded.published,
    )
    assert stated.authority == recorded.authority
    assert stated.judgements == ()


def test_notes_on_the_safeguarding_board_belong_to_the_board() -> None:
    whose: set[tuple[str | None, Owner]] = {
        (passage.strand, passage.whose) for passage in READINGS["camden-2017-09-11-sif"].passages
    }
    assert ("lscb", "lscb") in whose
    assert {owner for strand, owner in whose if strand != "lscb"} == {"authority"}


def test_a_damaged_digest_is_refused_with_its_name() -> None:
    broken = Digest(inspection="camden-2022-04-25-ilacs", sha256="", file="digests/broken.toml", content=b"notes = 1")
    with pytest.raises(ReinspectError, match=r"digests/broken\.toml.*install reinspect again"):
        broken.read()


def test_an_unknown_key_in_a_digest_is_refused() -> None:
    digest = shipped()[0]
    misspelt = msgspec.structs.replace(digest, content=digest.content.replace(b"\nrole =", b"\nrolle =", 1))
    with pytest.raises(ReinspectError, match="rolle"):
        misspelt.read()


@pytest.mark.parametrize(
    ("inspection", "file"),
    [
        ("camden-2017-09-11-sif", "ilacs/80491_camden/children's services inspection - 24 november 2017.pdf"),
        (
            "camden-2018-05-15-focused-visit",
            "focused/80491_camden/children's services focused visit - 08 june 2018.pdf",
        ),
        ("camden-2022-04-25-ilacs", "ilacs/80491_camden/children's services inspection - 21 june 2022.pdf"),
        (
            "camden-2023-10-31-focused-visit",
            "focused/80491_camden/children's services focused visit - 05 december 2023.pdf",
        ),
        ("camden-2025-03-03-ilacs", "ilacs/80491_camden/children's services inspection - 15 april 2025.pdf"),
    ],
)
def test_every_note_cites_a_place_that_the_report_prints(inspection: str, file: str) -> None:
    if not (CORPUS / file).exists():
        pytest.skip("no ../shared/corpus here: the real reports are not in the repository")
    report, digest = read_file(CORPUS / file), READINGS[inspection]
    assert len(digest.pages) == len(report.pages)
    assert len(digest.facts.improvements) == len(report.facts.improvements)
    places = {(passage.page, passage.paragraph, passage.strand, passage.role) for passage in report.passages}
    cited = {(passage.page, passage.paragraph, passage.strand, passage.role) for passage in digest.passages}
    assert cited - places == set()
