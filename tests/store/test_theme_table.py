"""Stored themes: what a person says an improvement is about is kept between runs, and can be undone."""

from __future__ import annotations

import pytest

from reinspect.errors import NotFoundError
from reinspect.model import ThemeCorrection
from store import Store
from tests.making.readings import SMALL_RECORD


@pytest.fixture
def correction(small_store: Store) -> ThemeCorrection:
    first = small_store.inspections("camden")[0]
    return ThemeCorrection(inspection=first.id, improvement="Move sooner.", theme="visits")


def reopen(opened: Store) -> Store:
    return Store.open(opened.folder, record=SMALL_RECORD)


def test_a_theme_is_kept_between_runs_and_replaced_by_a_later_one(
    small_store: Store, correction: ThemeCorrection
) -> None:
    small_store.theme_table.save(correction)
    assert reopen(small_store).theme_corrections() == (correction,)
    later = ThemeCorrection(inspection=correction.inspection, improvement="Move sooner.", theme="permanence")
    small_store.theme_table.save(later)
    assert reopen(small_store).theme_corrections() == (later,)


def test_each_theme_can_be_undone_or_withdrawn(small_store: Store, correction: ThemeCorrection) -> None:
    small_store.theme_table.save(correction)
    assert small_store.undo() == 'undone: set the theme to visits: "Move sooner." of Camden, SIF inspection 2017'
    assert reopen(small_store).theme_corrections() == ()
    small_store.theme_table.save(correction)
    small_store.theme_table.withdraw(correction.inspection, correction.improvement)
    assert reopen(small_store).theme_corrections() == ()
    assert small_store.undo() == 'undone: withdraw the theme: "Move sooner." of Camden, SIF inspection 2017'
    assert reopen(small_store).theme_corrections() == (correction,)


def test_each_improvement_of_each_inspection_has_a_theme_of_its_own(
    small_store: Store, correction: ThemeCorrection
) -> None:
    last = small_store.inspections("camden")[-1].id
    others = [
        ThemeCorrection(inspection=correction.inspection, improvement="Nowhere late.", theme="permanence"),
        ThemeCorrection(inspection=correction.inspection, improvement="No where late.", theme="visits"),
        ThemeCorrection(inspection=last, improvement=correction.improvement, theme="permanence"),
    ]
    for each in (correction, *others):
        small_store.theme_table.save(each)
    assert set(reopen(small_store).theme_corrections()) == {correction, *others}
    assert small_store.theme_table.withdraw(last, correction.improvement) is True
    assert set(reopen(small_store).theme_corrections()) == {correction, *others[:2]}
    assert small_store.theme_table.withdraw(last, correction.improvement) is False


def test_a_theme_is_withdrawn_though_the_lines_of_the_improvement_are_cut_differently(
    small_store: Store, correction: ThemeCorrection
) -> None:
    small_store.theme_table.save(correction)
    assert small_store.theme_table.withdraw(correction.inspection, "Move\nsooner")
    assert small_store.theme_corrections() == ()
    assert not small_store.theme_table.withdraw(correction.inspection, "Move sooner.")


def test_a_theme_of_an_older_store_that_has_the_printed_text_as_its_key_is_replaced_and_withdrawn(
    small_store: Store, correction: ThemeCorrection
) -> None:
    with small_store._file.transaction("theme") as change:
        change.put_theme(f"{correction.inspection}: {correction.improvement}", correction)
    later = ThemeCorrection(inspection=correction.inspection, improvement="Move sooner.", theme="permanence")
    small_store.theme_table.save(later)
    assert reopen(small_store).theme_corrections() == (later,)
    assert small_store.theme_table.withdraw(correction.inspection, correction.improvement)
    assert reopen(small_store).theme_corrections() == ()


def test_saving_the_same_theme_again_changes_nothing(small_store: Store, correction: ThemeCorrection) -> None:
    small_store.theme_table.save(correction)
    revision = small_store.revision
    small_store.theme_table.save(correction)
    assert small_store.revision == revision


def test_a_theme_of_an_inspection_that_is_not_stored_is_refused(small_store: Store) -> None:
    with pytest.raises(NotFoundError):
        small_store.theme_table.save(ThemeCorrection(inspection="nowhere", improvement="x", theme="visits"))
