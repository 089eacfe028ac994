"""The store remembers the latest changes to undo, and the dates by which a document finds its inspection."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

import store.transaction
from reinspect.errors import ReinspectError
from reinspect.model import Correction, Kind, Pin
from store import Store
from tests.making.readings import SIF_2017, SMALL_RECORD, VISIT_2018, facts, reading, record_of

ILACS = "camden-2022-04-25-ilacs"


def pin(text: str) -> Pin:
    return Pin(kind="phrase", text=text, citation="Camden")


def test_the_latest_changes_can_be_undone_however_many_there_were(
    small_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.transaction, "_UNDOABLE_CHANGES", 3)
    for number in range(12):
        small_store.basket.add(pin(f"phrase {number}"))
    undone = [small_store.undo() for _ in range(3)]
    assert undone == [f'undone: pin "phrase {number}"' for number in (11, 10, 9)]
    with pytest.raises(ReinspectError, match="no change to undo"):
        small_store.undo()


def test_a_pin_is_named_by_its_first_eight_words(small_store: Store) -> None:
    small_store.basket.add(pin("One two three four five six seven eight"))
    assert small_store.undo() == 'undone: pin "One two three four five six seven eight"'
    small_store.basket.add(pin("One two  three four\nfive six seven eight nine"))
    assert small_store.undo() == 'undone: pin "One two three four five six seven eight ..."'


def test_an_import_is_named_by_its_one_document_or_the_number_of_its_documents(small_store: Store) -> None:
    one, two, three = (reading(name, facts("sif")) for name in ("one", "two", "three"))
    small_store.add([one], run="import 1")
    assert small_store.next_undo() == ("add one", 1)
    small_store.add([two], run="import 1")
    assert small_store.next_undo() == ("add 2 documents", 2)
    small_store.undo()
    small_store.add([one, two])
    assert small_store.next_undo() == ("add 2 documents", 2)
    small_store.add([three], run="import 2")
    assert small_store.next_undo() == ("add three", 1)


def test_an_import_that_adds_one_document_and_assigns_another_anew_names_both(small_store: Store) -> None:
    report = reading("report", facts("ilacs-2018", "2022-04-25", "2022-04-29"))
    former = replace(report, document=replace(report.document, reader="0.9"), facts=facts("sif"))
    small_store.add([former])
    small_store.add([reading("letter", facts("sif"), "letter")], run="import 1")
    small_store.add([report], run="import 1")
    assert small_store.next_undo() == ("reread report, add letter", 2)
    small_store.undo()
    assert [stored.document.title for stored in small_store.stored_documents()] == ["report"]
    assert small_store.stored_documents()[0].inspection is None


def test_only_the_expected_change_is_undone(small_store: Store) -> None:
    small_store.basket.add(pin("drift"))
    small_store.basket.add(pin("delay"))
    with pytest.raises(ReinspectError, match="another change was made meanwhile"):
        small_store.undo('pin "drift"')
    assert small_store.undo('pin "delay"') == 'undone: pin "delay"'
    assert [one.text for one in small_store.pins()] == ["drift"]


def test_removing_an_inspection_says_which(small_store: Store) -> None:
    report = reading("report", facts("ilacs-2023", "2025-03-03", "2025-03-07", grades={"leaders": "good"}))
    small_store.add([report])
    assert small_store.remove("camden-2025-03-03-ilacs") == "camden-2025-03-03-ilacs"
    assert [one.id for one in small_store.inspections("camden")] == [one.id for one in SMALL_RECORD.inspections]


def test_the_date_of_an_article_is_no_date_of_its_inspection(small_store: Store) -> None:
    article = reading("article", facts(published="2022-09-30"), "coverage")
    letter = reading("letter", facts("ilacs-2018", published="2022-09-30"), "letter")
    small_store.add([article])
    small_store.attach(article.document.sha256, ILACS)
    (result,) = small_store.add([letter])
    assert result.inspection != ILACS


@pytest.mark.parametrize("kind", ["report", "letter", "digest"])
def test_the_date_of_a_text_that_lost_a_conflict_still_finds_its_inspection(small_store: Store, kind: Kind) -> None:
    misprinted = reading("report", facts("ilacs-2018", "2022-04-25", "2022-04-29", published="2022-09-30"), kind)
    copy = reading("copy", facts("ilacs-2018", published="2022-09-30"), "letter")
    small_store.correct(ILACS, Correction(field="published", value="2022-06-21"))
    results = small_store.add([misprinted, copy])
    assert [result.inspection for result in results] == [ILACS, ILACS]


def test_an_inspection_that_left_the_record_keeps_its_framework_for_its_texts(small_store: Store) -> None:
    article = reading("article", facts(published="2022-06-23"), "coverage")
    small_store.add([article])
    small_store.attach(article.document.sha256, ILACS)
    newer = replace(record_of(SIF_2017, VISIT_2018), as_of=date(2027, 1, 1))
    opened = Store.open(small_store.folder, record=newer)
    inspection = opened.inspection(ILACS)
    assert (inspection.framework, inspection.judgements) == ("ilacs-2018", ())
