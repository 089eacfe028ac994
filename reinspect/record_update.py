"""Check a file with a newer record of inspections, and say what it changes.

A record file comes with its checksum. It is refused if it is damaged, in another format, or names an authority or a
framework that this program does not know; a refusal says why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

import msgspec

from reinspect.authorities import authorities
from reinspect.checks import check_address, check_partial_date, sort_windows
from reinspect.errors import RecordRefusedError
from reinspect.fact_changes import describe_fact_changes
from reinspect.frameworks import frameworks
from reinspect.model import SourceFacts
from reinspect.reading.sanitise import safe_line
from reinspect.record import RECORD_FORMAT, Record, RecordedInspection

_CHECKSUM = re.compile(r"([0-9a-f]{64})(?:\s|$)", re.IGNORECASE)
_ID = re.compile(r"[a-z0-9-]+")
_NEWER_PROGRAM = "install a newer reinspect first"


class RecordChanges(msgspec.Struct, frozen=True, kw_only=True):
    """The inspections that a record adds, changes (each with the changes in words) and withdraws (their ids)."""

    added: tuple[RecordedInspection, ...] = ()
    changed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    withdrawn: tuple[str, ...] = ()


class _FormatOnly(msgspec.Struct, frozen=True, rename={"format_version": "form"}):
    format_version: int = RECORD_FORMAT


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
        version = msgspec.json.decode(data, type=_FormatOnly).format_version
        if version != RECORD_FORMAT:
            raise RecordRefusedError(
                f"it is in format {version}; this version reads format {RECORD_FORMAT}; {_NEWER_PROGRAM}"
            )
        record = msgspec.json.decode(data, type=Record)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
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
        _check_facts(inspection, record.as_of)
    for text in _texts_of(msgspec.to_builtins(record)):
        if text != safe_line(text):
            raise RecordRefusedError(f"it contains control characters, in {safe_line(text)[:60]}")


def _check_facts(inspection: RecordedInspection, as_of: date) -> None:
    """Check that the facts of an inspection are valid.

    Raises:
        RecordRefusedError: they are not valid; the message names the inspection.
    """
    facts, framework = inspection.facts, frameworks()[inspection.facts.framework or ""]
    if not _ID.fullmatch(inspection.id):
        raise RecordRefusedError(f'"{safe_line(inspection.id)}" is not the id of an inspection')
    if facts.published and facts.published > as_of:
        raise RecordRefusedError(f"{inspection.id} was published on {facts.published}, after the day of the record")
    try:
        if facts.partial_date is not None:
            check_partial_date(facts.partial_date)
        if facts.report_url is not None:
            check_address(facts.report_url)
        in_order = sort_windows(facts.windows)
    except ValueError as error:
        raise RecordRefusedError(f"{inspection.id}: {safe_line(str(error))}") from None
    if in_order != facts.windows:
        raise RecordRefusedError(f"{inspection.id}: its visits are not in the order of their days")
    strands, grades = {strand.key for strand in framework.strands}, {grade.key for grade in framework.grades}
    for judgement in facts.judgements:
        if judgement.strand not in strands or judgement.grade not in {None, *grades}:
            named = safe_line(f"{judgement.strand}: {judgement.grade}")
            raise RecordRefusedError(f"{inspection.id} has the grade {named}; {_NEWER_PROGRAM}")


def _texts_of(value: Any) -> Iterator[str]:
    """Yield every text in plain data, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for part in pair for text in _texts_of(part))
    elif isinstance(value, (list, tuple)):
        yield from (text for part in value for text in _texts_of(part))


def record_changes(before: Mapping[str, SourceFacts], after: Record) -> RecordChanges:
    """Return what a record changes; `before` has the facts of the record in use, by the id of the inspection."""
    new = {inspection.id: inspection for inspection in after.inspections}
    described = ((key, describe_fact_changes(facts, new[key].facts)) for key, facts in before.items() if key in new)
    return RecordChanges(
        added=tuple(inspection for key, inspection in new.items() if key not in before),
        changed=tuple((key, changes) for key, changes in described if changes),
        withdrawn=tuple(key for key in before if key not in new),
    )
