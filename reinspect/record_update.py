"""Check a file with a newer record of inspections, and say what it changes.

A record file comes with its checksum. It is refused if it is damaged, of another form, or names an authority or a
framework that this program does not know; a refusal says why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256

import msgspec

from reinspect.authorities import authorities
from reinspect.errors import RecordRefusedError
from reinspect.fact_changes import describe_fact_changes
from reinspect.frameworks import frameworks
from reinspect.model import SourceFacts
from reinspect.record import RECORD_FORM, Record, RecordedInspection

_CHECKSUM = re.compile(r"([0-9a-f]{64})(?:\s|$)", re.IGNORECASE)
_NEWER_PROGRAM = "install a newer reinspect first"


class RecordChanges(msgspec.Struct, frozen=True, kw_only=True):
    """The inspections that a record adds, changes (each with the changes in words) and withdraws (their ids)."""

    added: tuple[RecordedInspection, ...] = ()
    changed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    withdrawn: tuple[str, ...] = ()


class _FormOnly(msgspec.Struct, frozen=True):
    form: int = RECORD_FORM


def read_newer_record(data: bytes, printed_checksum: str) -> Record:
    """Read a record from the bytes of its file.

    `printed_checksum` is the text of the file with its checksum: "6a9a...0140  record.json".

    Raises:
        RecordRefusedError: the file is not what its checksum says, is damaged, or does not fit this program.
    """
    found = _CHECKSUM.match(printed_checksum.strip())
    if found is None:
        raise RecordRefusedError("the file with the checksum does not begin with a checksum (64 letters and digits)")
    if sha256(data).hexdigest() != found[1].lower():
        raise RecordRefusedError("it is damaged: its checksum is not the one that was published with it")
    try:
        form = msgspec.json.decode(data, type=_FormOnly).form
        if form != RECORD_FORM:
            raise RecordRefusedError(f"its form is {form}, and this program reads form {RECORD_FORM}; {_NEWER_PROGRAM}")
        record = msgspec.json.decode(data, type=Record)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RecordRefusedError(f"it is not a record of inspections: {error}") from None
    _check_contents(record)
    return record


def _check_contents(record: Record) -> None:
    """Check that this program knows everything a record names.

    Raises:
        RecordRefusedError: it does not, or the record contradicts itself.
    """
    if not record.inspections:
        raise RecordRefusedError("it has no inspections")
    twice = [identifier for identifier, count in Counter(each.id for each in record.inspections).items() if count > 1]
    if twice:
        raise RecordRefusedError(f"it has {twice[0]} twice")
    for inspection in record.inspections:
        if authorities().by_slug(inspection.authority) is None:
            raise RecordRefusedError(f'it names the authority "{inspection.authority}"; {_NEWER_PROGRAM}')
        if inspection.facts.framework not in frameworks():
            raise RecordRefusedError(f'it names the framework "{inspection.facts.framework}"; {_NEWER_PROGRAM}')
        if not inspection.id.startswith(f"{inspection.authority}-"):
            raise RecordRefusedError(f"{inspection.id} is not an inspection of {inspection.authority}")
        published = inspection.facts.published
        if published and published > record.as_of:
            raise RecordRefusedError(f"{inspection.id} was published on {published}, after the day of the record")


def record_changes(before: Mapping[str, SourceFacts], after: Record) -> RecordChanges:
    """Return what a record changes; `before` has the facts of the record in use, by the id of the inspection."""
    new = {inspection.id: inspection for inspection in after.inspections}
    described = ((key, describe_fact_changes(facts, new[key].facts)) for key, facts in before.items() if key in new)
    return RecordChanges(
        added=tuple(inspection for key, inspection in new.items() if key not in before),
        changed=tuple((key, changes) for key, changes in described if changes),
        withdrawn=tuple(key for key in before if key not in new),
    )
