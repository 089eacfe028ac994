"""A newer record is used only if it is whole and known, and what it changes is said in words."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

import msgspec
import pytest

from reinspect.errors import RecordRefusedError
from reinspect.model import Window
from reinspect.record import Record, encode_record
from reinspect.record_update import read_newer_record, record_changes
from tests.making.readings import ILACS_2022, ILACS_GRADES, SIF_2017, VISIT_2018, facts, record_of

RECORD = record_of(SIF_2017, ILACS_2022)
NEWER = facts("ilacs-2023", "2026-09-14", "2026-09-18", published="2026-11-02", grades={"leaders": "good"})


def checksum(data: bytes) -> str:
    return f"{sha256(data).hexdigest()}  record.json\n"


def encoded(**changes: Any) -> bytes:
    return encode_record(msgspec.structs.replace(RECORD, **changes))


def test_a_whole_record_is_read_as_it_was_written() -> None:
    data = encode_record(RECORD)
    assert read_newer_record(data, checksum(data)) == RECORD
    assert read_newer_record(data, checksum(data).upper().split()[0]) == RECORD


def misplaced() -> Record:
    (first, *others) = RECORD.inspections
    return msgspec.structs.replace(RECORD, inspections=(msgspec.structs.replace(first, authority="barnet"), *others))


UNKNOWN = msgspec.structs.replace(
    RECORD, inspections=(msgspec.structs.replace(RECORD.inspections[0], authority="atlantis"),)
)


def with_facts(**changes: Any) -> bytes:
    """Return the file of a record with these facts of its first inspection."""
    (first, *others) = RECORD.inspections
    changed = msgspec.structs.replace(first, facts=msgspec.structs.replace(first.facts, **changes))
    return encode_record(msgspec.structs.replace(RECORD, inspections=(changed, *others)))


def with_grade(**changes: str) -> bytes:
    (first, *_) = RECORD.inspections
    return with_facts(judgements=(msgspec.structs.replace(first.facts.judgements[0], **changes),))


REFUSED = {
    "not a record": (b"%PDF-1.7", "not a record of inspections"),
    "not text": (b"\xff\xfe", "not a record of inspections"),
    "nothing": (b"", "not a record of inspections"),
    "cut off": (encode_record(RECORD)[:-40], "not a record of inspections"),
    "another form": (encoded(format_version=2), "it is in format 2; this version reads format 1"),
    "no inspections": (encoded(inspections=()), "has no inspections"),
    "twice the same": (encoded(inspections=RECORD.inspections * 2), "twice"),
    "an unknown authority": (encode_record(UNKNOWN), 'the authority "atlantis"; install a newer reinspect'),
    "an unknown framework": (
        encode_record(record_of(facts("ilacs-2099", "2026-09-14", "2026-09-18"))),
        'the framework "ilacs-2099"; install a newer reinspect',
    ),
    "an id of another authority": (encode_record(misplaced()), "is not an inspection of barnet"),
    "deep nesting": (b"[" * 5000, "not a record of inspections"),
    "a date that is none": (with_facts(partial_date="later"), 'the date "later" is not valid'),
    "a month that is none": (with_facts(partial_date="2012-13"), 'the date "2012-13" is not valid'),
    "a visit that ends before it begins": (
        with_facts(windows=(Window(date(2022, 4, 29), date(2022, 4, 25)),)),
        "the visit ends on 2022-04-25, before it begins on 2022-04-29",
    ),
    "visits out of order": (
        with_facts(
            windows=(Window(date(2022, 4, 29), date(2022, 4, 29)), Window(date(2022, 4, 25), date(2022, 4, 25)))
        ),
        "its visits are not in the order of their days",
    ),
    "an address that runs": (with_facts(report_url="javascript:alert(1)"), "does not begin with https://"),
    "a grade that is none": (with_grade(strand="leaders", grade="banana"), "leaders: banana"),
    "a strand that is none": (with_grade(strand="kitchen", grade="good"), "kitchen: good"),
    "an escape sequence": (with_facts(lead_inspector="A\x1b[2J"), "it contains control characters"),
    "a publication after its day": (encode_record(record_of(NEWER, as_of="2026-10-01")), "after the day of the record"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_record_that_cannot_be_used_is_refused_with_the_reason(fault: str) -> None:
    data, reason = REFUSED[fault]
    with pytest.raises(RecordRefusedError, match=reason):
        read_newer_record(data, checksum(data))


@pytest.mark.parametrize("printed", ["", "not a checksum", "0" * 63])
def test_without_a_checksum_nothing_is_read(printed: str) -> None:
    with pytest.raises(RecordRefusedError, match="does not begin with a checksum"):
        read_newer_record(encode_record(RECORD), printed)


def test_one_flipped_bit_is_noticed() -> None:
    data = encode_record(RECORD)
    with pytest.raises(RecordRefusedError, match="damaged"):
        read_newer_record(data.replace(b"good", b"gooe", 1), checksum(data))


def test_what_is_new_changed_and_withdrawn_is_said() -> None:
    former = record_of(SIF_2017, VISIT_2018, ILACS_2022)
    before = {each.id: each.facts for each in former.inspections}
    better = msgspec.structs.replace(ILACS_2022, judgements=facts(grades={**ILACS_GRADES, "help": "good"}).judgements)
    changes = record_changes(before, record_of(SIF_2017, better, NEWER, as_of="2026-12-01"))
    assert [inspection.id for inspection in changes.added] == ["camden-2026-09-14-ilacs"]
    assert changes.changed == (("camden-2022-04-25-ilacs", ("grade of help: requires improvement, now good",)),)
    assert changes.withdrawn == ("camden-2018-05-15-focused-visit",)
