"""Documents of other bands in a store: events of their own, and old stores that held them as unknown documents."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from reinspect.model import Reading
from reinspect.reading import documents
from reinspect.reading.documents import read_pages
from store import Store
from tests.making.area_send import joint_letter, send_front, send_lists
from tests.making.readings import sha_of

SEND_PAGES = (
    "\n".join(send_front()),
    send_lists(improvements="Leaders should answer.\n\n\nThe partnership should share."),
)
LETTER_PAGES = (
    "\n".join(joint_letter(("Joint targeted area inspection of Islington",), ["What needs to improve?", "◼ Plans."])),
)


def read(pages: tuple[str, ...], name: str) -> Reading:
    return read_pages(pages, sha256=sha_of(name), title=name, file=f"{name}.pdf")


@pytest.fixture
def opened(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store")


def as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as the program did before it knew these types."""
    new = {"area_send_report", "joint_inspection_letter"}
    old = tuple(each for each in documents._TYPES if each.__module__.rpartition(".")[2] not in new)
    monkeypatch.setattr(documents, "_TYPES", old)


def test_each_document_creates_an_event_of_its_own_band(opened: Store) -> None:
    results = opened.add([read(SEND_PAGES, "send"), read(LETTER_PAGES, "letter")])

    assert [result.inspection for result in results] == ["camden-2024-03-04-area-send", "islington-2024-01-08-jtai"]
    send = opened.inspection("camden-2024-03-04-area-send")
    assert send.outcome and send.outcome.key == "inconsistent"
    assert (len(send.improvements), send.judgements, send.graded) == (2, (), False)


def test_a_letter_to_many_bodies_belongs_to_its_area_alone(opened: Store) -> None:
    before = {each.id for each in opened.inspections()}
    opened.add([read(LETTER_PAGES, "letter")])

    assert {each.authority for each in opened.inspections() if each.id not in before} == {"islington"}


def test_documents_held_as_unknown_become_events_when_they_are_read_again(
    opened: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        as_before(earlier)
        old = [read(SEND_PAGES, "send"), read(LETTER_PAGES, "letter")]
    assert [result.outcome for result in opened.add(old)] == ["unattached", "unattached"]

    changed = opened.reread()
    assert {result.inspection for result in changed} == {"camden-2024-03-04-area-send", "islington-2024-01-08-jtai"}
    assert opened.reread() == []
    assert opened.check() == []


def test_a_text_whose_boxes_lost_their_rows_is_taken_again_from_its_file(opened: Store) -> None:
    lost = read((SEND_PAGES[0], SEND_PAGES[1].replace("\n\n\n", "\n")), "send")
    opened.add([lost])
    assert opened.needs(lost.document.sha256)

    opened.add([read(SEND_PAGES, "send")])
    assert not opened.needs(lost.document.sha256)
    assert len(opened.inspection("camden-2024-03-04-area-send").improvements) == 2


def test_a_store_of_today_keeps_its_rows_without_the_new_fields(opened: Store) -> None:
    opened.add([read(LETTER_PAGES, "letter")])
    row = next(iter(opened._file.catalogue.documents.values()))
    plain = msgspec.to_builtins(row)
    for name in ("outcome", "next_step", "previous", "theme", "partners", "ordinal"):
        plain["account"].pop(name, None)

    assert msgspec.convert(plain, type(row)).facts.theme is None
