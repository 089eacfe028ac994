"""The quick calls of pdfium answer as pypdfium2's own functions do."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

from reinspect.reading.formats.pdf_calls import (
    DrawnObjects,
    ObjectAddress,
    address_of,
    drawn_objects,
    object_at,
    object_calls,
    only_placed,
)
from tests.making.odd_pdf import Drawn, drawn_pdf
from tests.making.ruled_pdf import RuledTable, ruled_pdf_bytes

TEXTS = drawn_pdf([[Drawn(50, 700, "Plans are clear."), Drawn(90, 300, "DRAFT", angle=45, size=60)]])
LINES = ruled_pdf_bytes([(["Plan"], RuledTable(rows=[[["Action"], ["Owner"]]]))])


@pytest.fixture(params=["texts", "lines"])
def page(request: pytest.FixtureRequest) -> Iterator[Any]:
    document = pdfium.PdfDocument(TEXTS if request.param == "texts" else LINES)
    yield document[0]
    document.close()


def test_each_object_has_the_same_kind_place_and_size(page: Any) -> None:
    calls = object_calls()
    numbers = (ctypes.c_float * 11)()
    places = [ctypes.byref(numbers, 4 * place) for place in range(11)]
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    assert count > 0
    for index in range(count):
        handle = calls.page_object(ctypes.c_void_p(address_of(page.raw)), index)
        drawn = pdfium_c.FPDFPage_GetObject(page.raw, index)
        assert handle.value == address_of(drawn)
        assert address_of(object_at(handle)) == handle.value
        matrix, size, edges = pdfium_c.FS_MATRIX(), ctypes.c_float(), [ctypes.c_float() for _ in range(4)]
        assert calls.kind_of(handle) == pdfium_c.FPDFPageObj_GetType(drawn)
        assert calls.matrix_of(handle, places[0]) == pdfium_c.FPDFPageObj_GetMatrix(drawn, matrix) == 1
        has_size = pdfium_c.FPDFTextObj_GetFontSize(drawn, size)
        assert calls.size_of(handle, places[6]) == has_size == (calls.kind_of(handle) == pdfium_c.FPDF_PAGEOBJ_TEXT)
        assert calls.bounds_of(handle, *places[7:]) == pdfium_c.FPDFPageObj_GetBounds(drawn, *edges) == 1
        placed = [matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f]
        assert numbers[:6] == placed
        assert numbers[6:7] == [size.value] or not has_size
        assert numbers[7:] == [edge.value for edge in edges]


@pytest.mark.parametrize("count", [1, 256, 257, 600])
def test_objects_asked_for_in_one_go_have_the_same_numbers_as_one_by_one(count: int) -> None:
    texts = [Drawn(50 + place % 7, 700 - place, f"Plan {place}", size=9 + place % 3) for place in range(count)]
    document = pdfium.PdfDocument(drawn_pdf([texts]))
    page, calls = document[0], object_calls()
    assert [len(drawn.objects) for drawn in drawn_objects(page.raw, in_form=False, most=1)] == [1]
    found = list(drawn_objects(page.raw, in_form=False, most=20_000))
    objects = [each for drawn in found for each in drawn.objects]
    numbers = [number for drawn in found for number in drawn.numbers]
    assert len(objects) == pdfium_c.FPDFPage_CountObjects(page.raw) == count
    assert all(is_text for drawn in found for is_text in drawn.are_texts)
    for place, drawn in enumerate(objects):
        assert drawn.value == address_of(pdfium_c.FPDFPage_GetObject(page.raw, place))
        own = (ctypes.c_float * 11)()
        places = [ctypes.byref(own, 4 * number) for number in (0, *range(6, 11))]
        assert calls.matrix_of(drawn, places[0]) and calls.size_of(drawn, places[1])
        assert calls.bounds_of(drawn, *places[2:])
        assert numbers[place * 11 : place * 11 + 11] == own[:]
    document.close()


def test_a_text_without_a_matrix_is_left_out_and_one_without_edges_has_none() -> None:
    objects = [ObjectAddress(place) for place in range(1, 5)]
    numbers = [float(place) for place in range(44)]
    placed = only_placed(DrawnObjects(objects, [1, 0, 1, 1], numbers), [1, 0, 1], [1, 1, 0])
    assert placed.objects == [objects[0], objects[1], objects[3]]
    assert placed.are_texts == [1, 0, 1]
    assert placed.numbers == [*numbers[:22], *numbers[33:40], 0, 0, 0, 0]
